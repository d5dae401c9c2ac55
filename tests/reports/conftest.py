"""One report of each example scenario, made once for all tests that look at it."""

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest

from scenarios.reports.batch import report
from scenarios.reports.result import Result
from scenarios.resources import resource

EXAMPLES = ("support-desk", "software-team")
PATHS = 2048


class Seen(HTMLParser):
    """What a page holds: its pictures, its tables cell by cell, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.pictures: list[dict] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.tables: list[list[list[str]]] = []
        self.tags: list[str] = []
        self.text = ""
        self.in_cell = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Note a tag, its attributes, and where a table's rows and cells begin."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag == "img":
            self.pictures.append(dict(attrs))
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")
            self.in_cell = True
        elif tag == "span":
            self._add(" | ")

    def handle_endtag(self, tag):
        """Note where a cell ends: what follows a table is no part of it."""
        self.in_cell = self.in_cell and tag not in {"td", "th"}

    def handle_data(self, data):
        """Note the text, also in the cell it stands in."""
        self._add(data)

    def _add(self, data):
        self.text += data
        if self.in_cell:
            self.tables[-1][-1][-1] += data


@pytest.fixture(scope="session")
def look() -> type[Seen]:
    """Reads a page: `look(text).pictures`, `.tables`, `.attributes`, `.tags`, `.text`."""
    return Seen


@pytest.fixture(scope="session")
def make() -> Callable[..., Result]:
    """Makes one report on few paths."""

    def one(file: Path, output: Path, **options) -> Result:
        return report([file], paths=PATHS, output=output, **options)[0]

    return one


@pytest.fixture(scope="session")
def reports(tmp_path_factory, make) -> dict[str, Result]:
    """Reports of both example scenarios, each made alone."""
    output = tmp_path_factory.mktemp("reports")
    return {name: make(resource("scenarios", f"{name}.yaml"), output) for name in EXAMPLES}


@pytest.fixture
def template(tmp_path) -> Callable[..., Path]:
    """Writes a report notebook with the given cells behind the parameters."""

    def write(*sources: str) -> Path:
        cells = [nbformat.v4.new_code_cell(source) for source in ("path = sha256 = ''", *sources)]
        cells[0].metadata["tags"] = ["parameters"]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
        file = tmp_path / "template.ipynb"
        nbformat.write(notebook, file)
        return file

    return write
