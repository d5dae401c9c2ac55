"""The page: what a notebook displayed, sanitized, in one file that loads nothing."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbformat import NotebookNode

from scenarios.errors import ScenarioError
from scenarios.reports.result import PRIVATE
from scenarios.reports.show import SENTINEL

_EXPORTER: Any = HTMLExporter
_SANITIZER: Any = SanitizeHTML  # nbconvert is not typed

TEMPLATES = Path(__file__).parent / "templates"
TAGS = (
    "h1 h2 h3 p ul li div span table thead tbody tr th td hr wbr".split()  # noqa: SIM905
)
ATTRIBUTES = {"*": ["class"], "th": ["class", "scope"]}
LOADING = re.compile(
    r"url\s*\(|@import|<(?:script|iframe|object|embed|link|base|form)\b", re.IGNORECASE
)
ANSWER = re.compile(r'<p class="answer">(?P<text>[^<]*)</p>')
LOADS = ("src", "href", "srcset", "action", "data", "poster", "background")


def make_page(notebook: NotebookNode, title: str) -> bytes:
    """The page of an executed notebook, checked: see ``check``.

    Raises ScenarioError for a notebook that did not get to its end or has an error in it.
    """
    _finished(notebook)
    exporter = _EXPORTER(
        template_name="report",
        extra_template_basedirs=[str(TEMPLATES)],
    )
    sanitizer = _SANITIZER(
        tags=TAGS, attributes=ATTRIBUTES, safe_output_keys={"metadata", "image/png"}, enabled=True
    )
    exporter.register_preprocessor(sanitizer, enabled=True)
    body, _ = exporter.from_notebook_node(
        notebook, resources={"title": f"PRIVATE - {title}", "private": PRIVATE}
    )
    page = "\n".join(line for line in body.splitlines() if line.strip()) + "\n"
    check(page)
    return page.encode()


def answer_of(notebook: NotebookNode) -> str:
    """The answer that the first screen gives, as plain text; empty where it gives none."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            found = ANSWER.search(output.get("data", {}).get("text/html", ""))
            if found:
                return unescape(found["text"])
    return ""


def _finished(notebook: NotebookNode) -> None:
    """Raise unless the last cell displayed the sentinel and none ended in an error."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    if any(output.output_type == "error" for output in outputs):
        raise ScenarioError("a cell of the notebook stopped before its end: no page is made of it")
    last = notebook.cells[-1].get("outputs", []) if notebook.cells else []
    if not any(output.get("metadata", {}).get("scenarios") == SENTINEL for output in last):
        raise ScenarioError(
            "the notebook did not get to its end: its last cell must call show.end()"
        )


def check(page: str) -> None:
    """Raise ScenarioError if a picture has no words, or if the page would load or run anything."""
    reader = _Reader()
    reader.feed(page)
    found = reader.found
    if "<body" not in page:
        found.append("the page is empty")
    found += [f"{hit[0]} would load or run something" for hit in LOADING.finditer(reader.markup)]
    if found:
        raise ScenarioError(*dict.fromkeys(found))


class _Reader(HTMLParser):
    """Reads a page's tags and style, and notes what must not be there."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.markup = ""
        self.in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: dict[str, Any] = dict(attrs)
        self.in_style = tag == "style"
        self.markup += f"<{tag} {given.get('style') or ''}>\n"
        if tag == "img" and not (given.get("alt") or "").strip():
            self.found.append("a picture has no alt text")
        for name, value in given.items():
            if name.startswith("on"):
                self.found.append(f"<{tag}> has the handler {name}")
            if name in LOADS and not (value or "").startswith("data:image/png;base64,"):
                self.found.append(f"<{tag} {name}> leads out of the page")

    def handle_data(self, data: str) -> None:
        if self.in_style:
            self.markup += data

    def handle_endtag(self, tag: str) -> None:
        self.in_style = False
