"""The term sheet as a Word document: no author, no date, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scenarios.wording.amounts import bound

if TYPE_CHECKING:
    from scenarios.wording.term_sheet import TermSheet

_NEVER = datetime(1980, 1, 1, tzinfo=UTC)
"""The first date that a zip archive can hold: it says nothing of when the sheet was printed."""
_MARGIN, _WIDTH = 22, 166
"""Margin and width of the text on A4 [mm]."""
_CELL, _LETTER = 4, 1.75
"""Margins of a cell, and the width of a letter in a table with a header [mm]."""
_INK = (0x1C, 0x24, 0x30)


def document(sheet: TermSheet) -> bytes:
    """The document's bytes, on A4."""
    from docx import Document  # noqa: PLC0415  loads only where a document is written

    made = Document()
    _on_a4(made)
    made.add_heading(sheet.title, 0)
    made.add_paragraph(f"Term sheet: {sheet.subject}" if sheet.subject else "Term sheet")
    _table(made, None, (*sheet.parties, *sheet.basis))
    made.add_heading("Terms", 1)
    for one in sheet.paragraphs:
        made.add_heading(f"{one.number}. {one.heading}", 2)
        made.add_paragraph(bound(one.text))
    _definitions(made, sheet)
    made.add_heading("Order of operations", 1)
    for number, step in enumerate(sheet.order, 1):
        made.add_paragraph(f"{number}. {step}")
    made.add_heading("Rounding", 1)
    made.add_paragraph(bound(sheet.rounding))
    _nameless(made, sheet.title)
    return _bytes(made)


def _definitions(made: Any, sheet: TermSheet) -> None:
    """What words mean, and the KPIs, where there are any."""
    if sheet.outcome.facts or sheet.kpis:
        made.add_heading("Definitions", 1)
    if sheet.outcome.facts:
        made.add_heading(sheet.outcome.word, 2)
        _table(made, None, sheet.outcome.facts)
    if sheet.kpis:
        made.add_heading("KPIs", 2)
        header = ["KPI", *(what for what, _ in sheet.kpis[0].facts)]
        _table(made, header, ([kpi.word, *dict(kpi.facts).values()] for kpi in sheet.kpis))


def _on_a4(made: Any) -> None:
    from docx.shared import Mm, Pt, RGBColor  # noqa: PLC0415  as above

    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(_MARGIN)
    made.styles["Normal"].font.size = Pt(10.5)
    for name, size in (("Title", 21), ("Heading 1", 13), ("Heading 2", 10.5)):
        made.styles[name].font.size, made.styles[name].font.color.rgb = Pt(size), RGBColor(*_INK)


def _table(made: Any, header: Sequence[str] | None, rows: Iterable[Sequence[str]]) -> None:
    """A table whose rows are not cut by the end of a page, and whose header each page repeats."""
    from docx.oxml import OxmlElement  # noqa: PLC0415  as above
    from docx.shared import Mm, Pt  # noqa: PLC0415  as above

    filled = [*([header] if header else []), *rows]
    widths = _widths(filled) if header else [44, _WIDTH - 44]
    table = made.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for place, row in enumerate(filled):
        added = table.add_row()
        about = added._tr.get_or_add_trPr()  # noqa: SLF001  the library has no name for it
        about.append(OxmlElement("w:cantSplit"))
        if header and place == 0:
            about.append(OxmlElement("w:tblHeader"))
        for column, (cell, text) in enumerate(zip(added.cells, row, strict=True)):
            cell.width = Mm(widths[column])
            run = cell.paragraphs[0].add_run(bound(text[:1].upper() + text[1:]))
            run.bold = column == 0 or bool(header and place == 0)
            run.font.size = Pt(8.5 if header else 10)


def _widths(filled: Sequence[Sequence[str]]) -> list[float]:
    """Widths that hold each column's longest word, the rest shared by length of text [mm]."""
    columns = list(zip(*filled, strict=True))
    words = [max(len(word) for text in column for word in text.split()) for column in columns]
    texts = [max(map(len, column)) for column in columns]
    least = [_CELL + _LETTER * word for word in words]
    rest = max(_WIDTH - sum(least), 0) / sum(texts)
    return [width + rest * text for width, text in zip(least, texts, strict=True)]


def _nameless(made: Any, title: str) -> None:
    """Properties that say what it is, and neither who made it nor when."""
    about = made.core_properties
    about.title, about.author, about.last_modified_by, about.comments = title, "", "", ""
    about.created = about.modified = _NEVER
    package = made.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):  # a picture of the library's empty page
            del package.rels[key]


def _bytes(made: Any) -> bytes:
    """The archive, each part dated alike."""
    written, again = io.BytesIO(), io.BytesIO()
    made.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(again, "w") as archive:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, _NEVER.timetuple()[:6])
            archive.writestr(part, parts.read(name), zipfile.ZIP_DEFLATED)
    return again.getvalue()
