"""The command that prints the term sheets of a scenario's deals."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import scenarios as sc
from scenarios.cli.options import File, known
from scenarios.errors import Problem, ScenarioError, nearest

if TYPE_CHECKING:
    from scenarios.wording.term_sheet import TermSheet


class Format(StrEnum):
    """What a term sheet can be written as."""

    md = "md"
    html = "html"
    docx = "docx"


def terms(
    file: File,
    *,
    deal: Annotated[str | None, typer.Option(help="One deal of the file instead of all.")] = None,
    form: Annotated[
        Format | None, typer.Option("--format", help="As what; md is printed unless --output is.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(help="The file that takes it; a name without an ending is a folder."),
    ] = None,
) -> None:
    """Print each deal as a term sheet: the contract's paragraphs with their numbers.

    Example: scenarios terms desk.yaml --deal Hybrid --format docx
    """
    scenario = sc.load(file)
    chosen = list(scenario.deals) if deal is None else [known(deal, scenario.deals, "deal")]
    sheets = [sc.term_sheet(name, scenario) for name in chosen]
    wanted = _format(form, output)
    if wanted is Format.md and output is None:
        print("\n".join(sheet.markdown() for sheet in sheets), end="")
        return
    written = _places(sheets, wanted, output, file.stem)
    for path in written:
        if path.exists():
            _refuse("is already there: choose another --output, or move it away", path)
    if output is not None and _is_folder(output):
        _make(output)
    for path, content in written.items():
        _write(path, content)
        print(path)


def _format(given: Format | None, output: Path | None) -> Format:
    """As given, else as the file's name ends; the two must not contradict each other."""
    if output is None or _is_folder(output):
        return given or Format.md
    ending = output.suffix.removeprefix(".").lower()
    allowed = [form.value for form in Format]
    if ending not in allowed or (given is not None and ending != given):
        wanted = f".{given}" if given else ", ".join(f".{name}" for name in allowed)
        close = None if given or not (found := nearest(ending, allowed)) else f".{found}"
        told = "the name of --output must end as its format, or be a folder: there, or no ending"
        raise ScenarioError(Problem(told, given=output.name, allowed=wanted, nearest=close))
    return Format(ending)


def _is_folder(output: Path) -> bool:
    """A folder that is there, or a name without an ending: that one is made."""
    return output.is_dir() or (not output.suffix and not output.exists())


def _places(
    sheets: list[TermSheet], wanted: Format, output: Path | None, stem: str
) -> dict[Path, bytes]:
    """Which file takes what: one file as named, or one a deal named after the file and the deal."""
    if output is not None and not _is_folder(output):
        if wanted is Format.md:
            return {output: "\n".join(sheet.markdown() for sheet in sheets).encode()}
        if len(sheets) > 1:
            told = f"one {wanted} file takes one deal: add --deal NAME, or let --output be a folder"
            names = ", ".join(sheet.title for sheet in sheets)
            raise ScenarioError(Problem(told, given=names))
        return {output: _content(sheets[0], wanted)}
    places: dict[Path, bytes] = {}
    for sheet in sheets:
        slug = re.sub(r"\W+", "-", sheet.title).strip("-").lower() or "deal"
        path = (output or Path()) / f"{stem}-{slug}.{wanted}"
        if path in places:
            _refuse("would take two deals: name them more differently, or use --deal", path)
        places[path] = _content(sheet, wanted)
    return places


def _content(sheet: TermSheet, wanted: Format) -> bytes:
    if wanted is Format.docx:
        return sheet.docx()
    return (sheet.html() if wanted is Format.html else sheet.markdown()).encode()


def _make(folder: Path) -> None:
    """The folder, and those it stands in; one that is there stays."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _refuse(f"cannot be made: {error.strerror or error}", folder)


def _write(path: Path, content: bytes) -> None:
    """A new file; one that is there stays as it is, also where it came in between."""
    try:
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        _refuse(f"cannot be written: {error.strerror or error}", path)


def _refuse(why: str, path: Path) -> None:
    raise ScenarioError(Problem(why, file=path.as_posix()))
