"""The documentation is executed: its code runs, its links resolve, its reference is the code's."""

import re
import runpy
from pathlib import Path

import pytest

from scenarios.io.document import read_document

ROOT = next(p for p in Path(__file__).resolve().parents if (p / "pyproject.toml").is_file())
PAGES = sorted(
    page.relative_to(ROOT).as_posix() for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
)
BLOCK = re.compile(r"^```(?P<language>\w*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#+ +(?P<title>.+)$", re.MULTILINE)


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    """The code of the blocks so marked, each with blank lines up to its place in the page."""
    return [
        "\n" * text.count("\n", 0, block.start("code")) + block["code"]
        for block in BLOCK.finditer(text)
        if block["language"] == language
    ]


def pages_with(language: str) -> list[str]:
    return [page for page in PAGES if blocks(text_of(page), language)]


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as the usual viewers make them."""
    titles = (heading["title"].lower() for heading in HEADING.finditer(BLOCK.sub("", text)))
    return {re.sub(r"[^\w\- ]", "", title).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", pages_with("python"))
def test_the_python_of_a_page_runs(page, monkeypatch):
    """Every block of Python on a page runs, in order, as a reader would paste it into one cell."""
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {"__name__": "page"}
    for code in blocks(text_of(page), "python"):
        exec(compile(code, page, "exec"), names)  # noqa: S102  the code is the documentation's


@pytest.mark.parametrize("page", pages_with("yaml"))
def test_the_yaml_of_a_page_is_read(page):
    """Every piece of a scenario file on a page is YAML that the strict reader takes."""
    for text in blocks(text_of(page), "yaml"):
        assert read_document(text, name=page).data


@pytest.mark.parametrize("page", PAGES)
def test_the_links_of_a_page_lead_somewhere(page):
    """A link inside the repository names a file that exists, and a heading that the file has."""
    broken = []
    for link in LINK.finditer(BLOCK.sub("", text_of(page))):
        target, _, anchor = link["target"].partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        file = (ROOT / page).parent / target if target else ROOT / page
        if not file.exists() or (anchor and anchor not in anchors(file.read_text("utf-8"))):
            broken.append(link["target"])
    assert broken == []


def test_the_index_leads_to_every_page():
    """docs/README.md links each page of the documentation, decision records included."""
    index = text_of("docs/README.md")
    linked = {f"docs/{link['target']}" for link in LINK.finditer(index)}
    expected = {page for page in PAGES if page.startswith("docs/") and page != "docs/README.md"}
    assert expected - linked == set()


@pytest.mark.parametrize("name", ["terms.md", "scenario-file.md"])
def test_the_reference_is_the_code(name):
    """The committed reference pages are what docs/make_reference.py writes today."""
    pages = runpy.run_path(str(ROOT / "docs" / "make_reference.py"))["PAGES"]
    message = "run: .venv/bin/python docs/make_reference.py"
    assert text_of(f"docs/reference/{name}") == pages[name](), message


def test_the_code_of_a_page_keeps_its_line_numbers():
    """An error in a page's code names the line on which it stands in the page."""
    (code,) = blocks("one\n\n```python\n1 / 0\n```\n```sh\nno\n```\n", "python")
    with pytest.raises(ZeroDivisionError) as caught:
        exec(compile(code, "page", "exec"), {})  # noqa: S102  as above
    assert caught.tb.tb_next.tb_lineno == 4
