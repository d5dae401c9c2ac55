"""The term sheet as HTML: escaped, loading nothing, to be printed on A4."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scenarios.wording.amounts import bound

if TYPE_CHECKING:
    from scenarios.wording.term_sheet import TermSheet

TEMPLATES = Path(__file__).parent / "templates"


def page(sheet: TermSheet) -> str:
    """A page of its own."""
    return _environment().get_template("page.html.j2").render(sheet=sheet) + "\n"


def fragment(sheet: TermSheet) -> str:
    """The same without the page around it, for a notebook; its style touches nothing else."""
    return _environment().get_template("sheet.html.j2").render(sheet=sheet)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["bound"] = bound
    return made
