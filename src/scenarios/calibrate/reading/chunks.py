"""Chunks of chosen columns: what a pass over a large file holds in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scenarios.calibrate.reading.rows import Table, kind_of_row
from scenarios.calibrate.reading.source import Progress
from scenarios.calibrate.reading.stamps import without_midnight

_SIZE = 25_000


@dataclass(frozen=True)
class Chunk:
    """Some rows: line numbers, and the texts of the columns that were asked for."""

    lines: list[int]
    texts: dict[str, list[str]]


@dataclass(frozen=True)
class Taken:
    """The columns whose texts are taken, and what stands between them."""

    places: Sequence[int]
    between: str = " "
    always: bool = False
    """True where the others count even if the first one is empty."""


def chunks(
    table: Table, places: dict[str, Taken], progress: Progress | None = None
) -> Iterator[Chunk]:
    """The rows that have the right number of fields, chunk by chunk.

    ``places`` gives each name the columns it is read from; texts of several are joined where the
    first one has any.
    """
    wanted = sorted({place for taken in places.values() for place in taken.places})
    with table.rows(progress) as rows:
        lines: list[int] = []
        kept: list[list[str]] = []
        for line, row in rows:
            if kind_of_row(table, row) == "take":
                lines.append(line)
                kept.append([row[place].strip() for place in wanted])
            if len(lines) >= _SIZE:
                yield _chunk(lines, kept, wanted, places)
                lines, kept = [], []
        if lines:
            yield _chunk(lines, kept, wanted, places)


def _chunk(
    lines: list[int], kept: list[list[str]], wanted: list[int], places: dict[str, Taken]
) -> Chunk:
    columns = dict(zip(wanted, (list(column) for column in zip(*kept, strict=True)), strict=True))
    texts = {}
    for name, taken in places.items():
        first, *others = (columns[place] for place in taken.places)
        if others:
            joined = zip(first, *others, strict=True)
            first = [_joined(parts, taken) if parts[0] or taken.always else "" for parts in joined]
        texts[name] = first
    return Chunk(lines, texts)


def _joined(parts: tuple[str, ...], taken: Taken) -> str:
    """Texts of several columns as one; a day's midnight gives way to the time beside it."""
    if taken.always:
        return taken.between.join(parts).strip()
    first, *others = parts
    return taken.between.join((without_midnight(first), *others)).strip()
