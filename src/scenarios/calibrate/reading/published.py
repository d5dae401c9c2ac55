"""Rates that a file states against its own counts, row by row, by the decimals printed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np
import pandas as pd

from scenarios.calibrate.reading.decisions import Findings, some
from scenarios.calibrate.reading.kpi_columns import KpiColumn
from scenarios.calibrate.reading.periods import PeriodRows, is_count
from scenarios.calibrate.reading.words import words
from scenarios.world import Array

_SAME = 0.8
"""Share of rows that must agree before counts are taken to be what a rate is of; an assumption."""
_FEWEST = 5
_MEANT = (
    (
        {"abandon", "abandoned", "abandonment", "lost", "abbruchquote", "abandono"},
        "abandoned",
        "units",
    ),
    ({"answer", "answered", "answering", "annahmequote", "erreichbarkeit"}, "answered", "units"),
    ({"reopen", "reopened", "reopening"}, "reopened", "closed"),
)
"""What rates are of by their names, where the numbers themselves do not tell."""

_OF_MORE = frozenset(
    ("within", "sl", "sla", "level", "target", "threshold", "time", "first", "met", "fcr")
)
"""Words of rates that count less than all that was answered, such as Answered within SL."""


@dataclass(frozen=True)
class Share:
    """A rate as a share of counts: numerator over denominator, or one minus that."""

    of: str
    over: str
    rest: bool = False

    def values(self, table: pd.DataFrame) -> Array:
        """The share in each row, nan where the denominator is nought."""
        over = table[self.over].to_numpy(dtype=float)
        share = np.divide(
            table[self.of].to_numpy(dtype=float),
            over,
            out=np.full(len(over), np.nan),
            where=over > 0,
        )
        return 1 - share if self.rest else share

    def __str__(self) -> str:
        told = f"{_plain(self.of)} / {_plain(self.over)}"
        return f"1 - {told}" if self.rest else told


def _plain(name: str) -> str:
    return name.removeprefix("count.")


def check_rates(rows: PeriodRows, findings: Findings) -> dict[str, Share]:
    """Which counts each stated rate is of; rows where it contradicts them are listed.

    A rate agrees where it is the share of the counts, rounded to the decimals that are printed.
    """
    counts = [name for name in rows.table.columns if is_count(name)]
    found = {}
    for name, kpi in rows.kpis.items():
        if kpi.kind != "rate" or not np.isfinite(rows.table[f"kpi.{name}"]).any():
            continue
        if (share := _share_of(rows.table, name, kpi, counts)) is not None:
            found[name] = share
            _tell(rows.table, name, kpi, share, findings)
    _check_sum(rows.table, findings)
    return found | _parts(rows, found, findings)


def _parts(rows: PeriodRows, stated: dict[str, Share], findings: Findings) -> dict[str, Share]:
    """The shares of counts that are part of the units, where no stated rate is of them."""
    of = {share.of for share in stated.values()}
    found = {}
    for column, kpi in rows.table.attrs.get("parts", {}).items():
        name = f"count.{column}"
        if name in of or name not in rows.table.columns:
            continue
        above = rows.table[name] > rows.table["units"]
        if above.any():
            lines = some([str(line) for line in rows.table["line"][above].tolist()])
            told = f"more than the units in {int(above.sum()):,} rows (lines {lines})"
            findings.warn(f"{column!r}: no part of the units, not used: {told}")
            continue
        share = Share(name, "units")
        why = f"whole numbers, in none of {len(rows.table):,} rows more than the units"
        findings.decide(f"{column!r} counts a part", f"{kpi} is {share}", why)
        found[kpi] = share
    return found


def _room(table: pd.DataFrame, name: str) -> Array:
    """Half of the last printed decimal, and a little for binary numbers."""
    return 0.5 * 10.0 ** -table[f"printed.{name}"].to_numpy(dtype=float) + 1e-9


def _compared(table: pd.DataFrame, name: str, share: Share) -> tuple[Array, Array]:
    """Which rows can be compared, and which of them disagree."""
    stated, own = table[f"kpi.{name}"].to_numpy(dtype=float), share.values(table)
    both = np.isfinite(stated) & np.isfinite(own)
    return both, both & (np.abs(stated - own) > _room(table, name))


def _share_of(table: pd.DataFrame, name: str, kpi: KpiColumn, counts: list[str]) -> Share | None:
    """The counts that most rows agree with; else those that the name means."""
    best, agreed = None, 0.0
    varies = table[f"kpi.{name}"].nunique() > 2  # noqa: PLR2004  a constant agrees with much
    for of, over in permutations(counts, 2):
        for rest in (False, True):
            share = Share(of, over, rest)
            both, apart = _compared(table, name, share)
            if both.sum() < _FEWEST or not varies:
                continue
            same = 1 - apart.sum() / both.sum()
            if same > agreed + 1e-9:
                best, agreed = share, same
    if best is not None and agreed >= _SAME:
        return best
    held = set(words(kpi.column.name))
    if held & _OF_MORE or any(word.isdigit() for word in held):
        return None
    for names, of, over in _MEANT:
        if held & names and of in counts:
            over_known = over if over in counts else "units"
            return Share(of, over_known)
    return None


def _tell(table: pd.DataFrame, name: str, kpi: KpiColumn, share: Share, findings: Findings) -> None:
    both, apart = _compared(table, name, share)
    same = int(both.sum() - apart.sum())
    why = f"{same:,} of {int(both.sum()):,} rows agree to the decimals printed"
    findings.decide(f"{kpi.column.name!r} is", str(share), why)
    if not apart.any():
        return
    places = np.flatnonzero(apart).tolist()
    stated, own = table[f"kpi.{name}"].to_numpy(dtype=float), share.values(table)
    lines = [
        f"line {int(table['line'].iloc[n])}: {stated[n]:.4g} against "
        f"{table[share.of].iloc[n]:g} of {table[share.over].iloc[n]:g} = {own[n]:.4g}"
        for n in places
    ]
    findings.warn(
        f"{kpi.column.name!r} contradicts the file's own counts ({share}) in {len(places):,} of "
        f"{int(both.sum()):,} rows; the counts are used ({some(lines, 10)})"
    )


def _check_sum(table: pd.DataFrame, findings: Findings) -> None:
    """What was answered and abandoned must be what came in, where it mostly is."""
    if not {"answered", "abandoned"} <= set(table.columns):
        return
    both = table[["units", "answered", "abandoned"]].notna().all(axis=1)
    apart = both & (table["units"] != table["answered"] + table["abandoned"])
    if not apart.any():
        return
    lines = [str(line) for line in table["line"][apart].tolist()]
    if apart.sum() > (1 - _SAME) * both.sum():
        findings.warn(
            "answered and abandoned do not add up to what came in: one of them counts otherwise"
        )
    else:
        findings.warn(
            f"answered and abandoned do not add up to what came in (lines {some(lines, 10)})"
        )
