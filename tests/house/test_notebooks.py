"""What a committed notebook may carry."""

import json
from pathlib import Path

import pytest

BOARD = "board.ipynb"  # live widgets: nothing to compare
MARKER = "NBVAL_CHECK_OUTPUT"


def read(folder: Path) -> dict[str, dict]:
    """The notebooks directly in a folder, by file name; none at all is a mistake."""
    found = {
        file.name: json.loads(file.read_text(encoding="utf-8"))
        for file in sorted(folder.glob("*.ipynb"))
    }
    assert found, f"no notebooks in {folder.name}"
    return found


@pytest.fixture(scope="module")
def tutorials(root: Path) -> dict[str, dict]:
    return read(root / "notebooks")


@pytest.fixture(scope="module")
def templates(root: Path) -> dict[str, dict]:
    return read(root / "notebooks" / "reports")


def code_cells(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def test_report_templates_carry_no_outputs(templates):
    """A report template is committed empty: what one run printed is nobody else's."""
    printed = [
        name
        for name, book in templates.items()
        if any(cell["outputs"] for cell in code_cells(book))
    ]
    assert printed == []


def test_every_tutorial_has_an_output_that_is_checked(tutorials):
    """Each tutorial marks at least one cell whose committed output a new run must repeat."""
    unchecked = [
        name
        for name, book in tutorials.items()
        if name != BOARD
        and not any(MARKER in "".join(c["source"]) and c["outputs"] for c in code_cells(book))
    ]
    assert unchecked == []


def test_every_notebook_names_the_kernel_that_each_environment_has(tutorials, templates):
    """The kernel is python3: any other name exists on its author's machine only."""
    books = {**tutorials, **templates}
    kernels = {name: book["metadata"]["kernelspec"]["name"] for name, book in books.items()}
    assert kernels == dict.fromkeys(books, "python3")


def test_no_notebook_stores_widget_state(tutorials, templates):
    """Saved widget state is large and holds values that were never shown: none is committed."""
    books = {**tutorials, **templates}
    assert [name for name, book in books.items() if "widgets" in book["metadata"]] == []
