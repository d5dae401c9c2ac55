"""The term sheet as Markdown; text of the scenario never becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.wording.term_sheet import TermSheet

_MARKS = re.compile(r"([\\`*_\[\]<>|])")


def markdown(sheet: TermSheet) -> str:
    """Headings, a table of what all paragraphs share, numbered paragraphs, tables."""
    return "\n".join(_lines(sheet)).rstrip() + "\n"


def _lines(sheet: TermSheet) -> Iterator[str]:
    subject = f"Term sheet: {_plain(sheet.subject)}" if sheet.subject else "Term sheet"
    yield from (f"# {_plain(sheet.title)}", "", subject, "")
    yield from _table(("Contract", ""), (*sheet.parties, *sheet.basis))
    yield from ("## Terms", "")
    for one in sheet.paragraphs:
        yield from (f"**{one.number}. {_plain(one.heading)}.** {_plain(one.text)}", "")
    if sheet.outcome.facts or sheet.kpis:
        yield from ("## Definitions", "")
    if sheet.outcome.facts:
        yield from _table((sheet.outcome.word, ""), sheet.outcome.facts)
    if sheet.kpis:
        header = ["KPI", *(what for what, _ in sheet.kpis[0].facts)]
        yield from _table(header, ([kpi.word, *dict(kpi.facts).values()] for kpi in sheet.kpis))
    yield from ("## Order of operations", "")
    yield from (f"{number}. {_plain(step)}" for number, step in enumerate(sheet.order, 1))
    yield from ("", "## Rounding", "", _plain(sheet.rounding))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _row(header)
    yield "|" + "---|" * len(header)
    yield from map(_row, rows)
    yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(_plain, cells))} |".replace("  ", " ")


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
