"""One row a case, streamed: what is kept of each is a few numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from scenarios.calibrate.reading.answers import Heard, counted, flagged
from scenarios.calibrate.reading.case_columns import Reading
from scenarios.calibrate.reading.chunks import Chunk, chunks
from scenarios.calibrate.reading.clocks import left
from scenarios.calibrate.reading.decisions import Findings
from scenarios.calibrate.reading.durations import DurationForm, read_durations
from scenarios.calibrate.reading.moments import HOUR, Moments, moments, unread, usable
from scenarios.calibrate.reading.numbers import read_numbers
from scenarios.calibrate.reading.rows import Table
from scenarios.calibrate.reading.source import Progress
from scenarios.calibrate.reading.stamps import NONE
from scenarios.calibrate.reading.stated import Stated
from scenarios.calibrate.reading.words import is_missing
from scenarios.world import Array


@dataclass
class Cases:
    """Every case in a few arrays, (cases,) each: seconds, hours, shares; nan where unknown."""

    opened: Array
    """Wall clock of the opening [seconds since 1970]."""
    columns: dict[str, Array] = field(default_factory=dict)
    """What else is known: times [hours], reopened and other flags, scores; done and last [s]."""
    ids: Array | None = None
    """A hash of the case's id, 0 where there is none."""

    def __len__(self) -> int:
        return len(self.opened)

    def keep(self, chosen: Array) -> None:
        """Keep some of the cases; column by column, so that little is in memory twice."""
        self.opened = self.opened[chosen]
        for name in list(self.columns):
            self.columns[name] = self.columns[name][chosen]
        self.ids = None if self.ids is None else self.ids[chosen]


def read_cases(
    table: Table, reading: Reading, today: date, findings: Findings, progress: Progress | None
) -> tuple[Cases, Stated]:
    """Every row as a case; rows without a usable opening are left out, and counted.

    The second answer is how times that the file states compare with its own dates.
    """
    stated = Stated(coarse=reading.to_the_day)
    heard = {role: Heard() for role in reading.flags}
    parts = [
        _part(chunk, reading, today, findings, stated, heard)
        for chunk in chunks(table, reading.places, progress)
    ]
    whole = Cases(np.concatenate([part.opened for part in parts]))
    for name in list(parts[0].columns):
        whole.columns[name] = np.concatenate([part.columns.pop(name) for part in parts])
    for role, one in heard.items():
        blank_is_no = role == "reopened" and reading.blank_is_no
        if not one.tell(role, findings, blank_is_no=blank_is_no):
            del whole.columns[role]
    if "case" in reading.places:
        whole.ids = np.concatenate([part.ids for part in parts if part.ids is not None])
    return whole, stated


def _part(
    chunk: Chunk,
    reading: Reading,
    today: date,
    findings: Findings,
    stated: Stated,
    heard: dict[str, Heard],
) -> Cases:
    """The cases of a chunk."""
    dates = Moments.of(chunk, reading)
    walls = dates.walls
    for role in walls.keys() - {"opened"}:
        unreadable = (walls[role] == NONE) & ~dates.blank[role]
        findings.do_not_use(f"{role} unreadable", int(unreadable.sum()))
    latest = int(np.datetime64(today, "s").astype(np.int64)) + 86400
    keep = usable(chunk, walls["opened"], latest, findings)
    columns = moments(reading, dates, latest, findings, keep)
    for role, length in reading.times.items():
        columns[role] = _stated_times(chunk.texts[role], length, role, findings)
        stated.compare(role, columns, chunk, length)
    for role, number in reading.counts.items():
        numbers = read_numbers(chunk.texts[role], number)
        columns[role] = counted(numbers, role, blank_is_no=reading.blank_is_no)
    for role in reading.flags:
        columns[role] = flagged(
            chunk.texts[role], role, heard[role], blank_is_no=reading.blank_is_no
        )
    for role in reading.clocks:
        columns[role] = _kept(left(chunk.texts[role]), columns)
    if "reopened" in reading.dates:
        columns["reopened"] = (walls["reopened"] != NONE).astype(np.float32)
    ids = _hashes(chunk.texts["case"]) if "case" in reading.places else None
    kept = {name: _small(values[keep]) for name, values in columns.items()}
    return Cases(walls["opened"][keep], kept, None if ids is None else ids[keep])


def _kept(time_left: Array, columns: dict[str, Array]) -> Array:
    """1 where the SLA was kept, 0 where missed, nan where unknown or where time is still left."""
    running = (columns["done"] == NONE) if "done" in columns else np.zeros(len(time_left), bool)
    unknown = np.isnan(time_left) | (running & (time_left >= 0))
    return np.where(unknown, np.nan, time_left >= 0)


def _small(values: Array) -> Array:
    """Floating-point numbers in half the memory: hours to a few thousandths of a second."""
    return values.astype(np.float32) if values.dtype.kind == "f" else values


def _stated_times(texts: list[str], form: DurationForm, role: str, findings: Findings) -> Array:
    """Times that the file states [hours], as if in hours where the unit is open."""
    read = read_durations(texts, form) / HOUR
    findings.do_not_use(f"{role} unreadable", unread(texts, np.isnan(read)))
    negative = read < 0
    findings.do_not_use(f"{role} negative", int(negative.sum()))
    read[negative] = np.nan
    return read


def _hashes(texts: list[str]) -> Array:
    """A number for each id; 0 where there is none."""
    series = np.array(texts, dtype=object)
    hashed = pd.util.hash_array(series, categorize=False)
    empty = np.fromiter((is_missing(text) for text in texts), bool, len(texts))
    return np.where(empty, 0, hashed).astype(np.uint64)
