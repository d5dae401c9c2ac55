"""The page that lists the reports of a batch, one line each."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, FileSystemLoader

from scenarios.reports.page import TEMPLATES
from scenarios.reports.result import PRIVATE, Result


def index_page(results: Sequence[Result]) -> bytes:
    """The list, marked private: each report's name and link, and its answer or its problem."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES / "report"), autoescape=True)
    page = environment.get_template("list.html.j2").render(results=results, private=PRIVATE)
    return (page + "\n").encode()
