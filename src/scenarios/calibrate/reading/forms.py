"""How the dates, numbers and lengths of time of a file are printed: a form for each column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from scenarios.calibrate.reading.columns import Column
from scenarios.calibrate.reading.dateform import mostly_midnights, numeric_kind, settled
from scenarios.calibrate.reading.dates import DateForm, fast_shapes, zones_told
from scenarios.calibrate.reading.decisions import Findings
from scenarios.calibrate.reading.durations import (
    DurationForm,
    clock_in_name,
    clock_in_values,
    is_two_part,
    unit_in_name,
)
from scenarios.calibrate.reading.numbers import Mark, NumberForm, evidence
from scenarios.calibrate.reading.stamps import Order
from scenarios.calibrate.reading.words import UNITS, plain
from scenarios.errors import Problem, ScenarioError

_MARKS: tuple[Mark, ...] = (".", ",")
_ESSENTIAL = ("opened", "period", "units")


@dataclass(frozen=True)
class Options:
    """What the caller says about a file."""

    columns: Mapping[str, str] | None = None
    decimal: Mark | None = None
    date_order: Order | None = None
    timezone: str | None = None


class Forms:
    """How dates and numbers of a file are printed: each column by itself, else as the others."""

    def __init__(
        self, columns: Sequence[Column], options: Options, file: str, findings: Findings
    ) -> None:
        self.file, self.options, self.findings = file, options, findings
        self.zone = _zone(options.timezone)
        self._columns = [column for column in columns if column.texts]

    def dates(self, column: Column, role: str) -> DateForm | None:
        """How a column's dates are printed; None, with a warning, where an unneeded one is open."""
        if not column.is_date and column.is_numeric:
            numeric = numeric_kind(column.numbers)
            if numeric is not None:
                told = f"{len(column.numbers):,} values of {column.name!r} lie in that range"
                option = f'columns={{"{role}": "..."}}'
                self.findings.decide(
                    f"dates in {column.name!r}", f"numbers: {numeric}", told, option
                )
                return DateForm(
                    numeric=numeric,
                    zone=self.zone,
                    number=self.number(column, counts=True) or NumberForm(),
                    whole_days=mostly_midnights(column.numbers, numeric),
                )
        order, why = self._order(column)
        if order is None and column.dates.days:
            self._open_dates(column, role, why)
            return None
        if order is not None:
            self.findings.decide(f"dates in {column.name!r}", order, why, 'date_order="..."')
        self._tell_zone(column)
        if column.dates.short:
            told = f"{column.dates.short:,} dates have a year of two digits"
            self.findings.decide(
                f"years in {column.name!r}", "00-68 are 20xx, 69-99 are 19xx", told
            )
        return DateForm(
            order,
            fast=fast_shapes(column.texts, order),
            zone=self.zone,
            whole_days=column.dates.mostly_midnights,
        )

    def _order(self, column: Column) -> tuple[Order | None, str]:
        """The order of a column's dates: as given, as its values show, or as other columns show."""
        if self.options.date_order is not None and column.dates.days:
            refused, dates = column.dates.refused[self.options.date_order], column.dates.dates
            if self.options.date_order == "year first" and not column.dates.short:
                refused = 0
            if 2 * refused > dates:
                raise ScenarioError(
                    Problem(
                        f"{refused:,} of {dates:,} dates in {column.name!r} cannot be read so",
                        ("date_order",),
                        self.file,
                        given=f"{self.options.date_order}; {column.texts[0]}",
                        allowed="day first, month first, year first",
                    )
                )
            return self.options.date_order, "as given"
        order, why = settled(column.dates)
        if order is not None or not column.dates.days:
            return order, why
        others = {
            found: other.name
            for other in self._columns
            if other.is_date and other.dates.days and (found := settled(other.dates)[0]) is not None
        }
        if len(others) == 1:
            ((found, name),) = others.items()
            if column.dates.refused[found] == 0:
                return found, f"{why}; {name!r} is {found}"
        return None, why

    def _open_dates(self, column: Column, role: str, why: str) -> None:
        example = column.dates.example or column.texts[0]
        told = f"the dates in {column.name!r} leave open which number is the day: {why}"
        if role in _ESSENTIAL:
            raise ScenarioError(
                Problem(
                    f'{told}; say date_order="day first" or date_order="month first"',
                    ("date_order",),
                    self.file,
                    given=example,
                    allowed="day first, month first, year first",
                )
            )
        self.findings.warn(f"{told} (such as {example}); not used: say date_order=...")

    def _tell_zone(self, column: Column) -> None:
        offsets = column.dates.offsets
        printed = {seconds for seconds in offsets if seconds is not None}
        if not printed:
            return
        told = zones_told(offsets)
        decided = f"moved to {self.options.timezone}" if self.zone else "as printed"
        why = f"{sum(offsets[s] for s in printed):,} of {offsets.total():,} values have one: {told}"
        self.findings.decide(f"time zone of {column.name!r}", decided, why, 'timezone="..."')

    def number(self, column: Column, *, counts: bool = False) -> NumberForm | None:
        """How a column's numbers are printed; None where a decimal mark stays open."""
        seen = evidence(column.texts)
        marks: list[Mark] = [mark for mark in _MARKS if seen[mark]]
        if self.options.decimal is not None:
            return NumberForm(self.options.decimal)
        if not marks and not seen["?"]:
            return NumberForm()
        if counts and seen["?"] and not marks:
            group = "," if any("," in text for text in column.texts) else "."
            told = f"{seen['?']:,} counts such as {_grouped(column.texts)} are whole numbers"
            self.findings.decide(
                f"numbers in {column.name!r}",
                f"thousands grouped by {group!r}",
                told,
                'decimal="..."',
            )
            return NumberForm("." if group == "," else ",")
        if len(marks) == 1 or (marks and min(seen[m] for m in marks) <= 0.005 * sum(seen.values())):
            mark = max(marks, key=lambda m: seen[m])
            told = f"{seen[mark]:,} values of {column.name!r} can be read in no other way"
            if mark == ",":
                self.findings.decide(
                    f"decimal mark in {column.name!r}", mark, told, 'decimal="..."'
                )
            return NumberForm(mark)
        if not marks and (common := self._common_mark()) is not None:
            told = f"as in the other columns; {seen['?']:,} values alone could be read in two ways"
            self.findings.decide(f"decimal mark in {column.name!r}", common, told, 'decimal="..."')
            return NumberForm(common)
        self.findings.warn(
            f"the numbers in {column.name!r} can be read in two ways, such as "
            f"{_grouped(column.texts) or column.texts[0]}: not used; "
            'say decimal="," or decimal="."'
        )
        return None

    def _common_mark(self) -> Mark | None:
        """The decimal mark of the file's other columns, if they agree."""
        numeric = [evidence(column.some) for column in self._columns if column.is_numeric]
        shown = [mark for mark in _MARKS if any(seen[mark] for seen in numeric)]
        return shown[0] if len(shown) == 1 else None

    def duration(self, column: Column, role: str) -> DurationForm | None:
        """How a column's lengths of time are printed; None where the unit stays open."""
        named = UNITS.get(plain(column.unit)) or unit_in_name(column.name)
        clock = clock_in_name(f"{column.name} ({column.unit})") or clock_in_values(column.texts)
        if any(map(is_two_part, column.some)):
            if clock is None and named and named[0] in ("hours", "minutes"):
                clock = "hours:minutes" if named[0] == "hours" else "minutes:seconds"
            if clock is None:
                self.findings.warn(
                    f"{column.name!r} has values such as {column.texts[0]}, hours and minutes or "
                    "minutes and seconds: not used; "
                    f'say columns={{"{role}": "{column.name} [mm:ss]"}} or [hh:mm]'
                )
                return None
            option = f'columns={{"{role}": "{column.name} [hh:mm]"}}'
            self.findings.decide(
                f"lengths of time in {column.name!r}", clock, "values and name", option
            )
        if not column.is_numeric:
            told = f"such as {column.some[0]}"
            self.findings.decide(f"lengths of time in {column.name!r}", "units as printed", told)
            return DurationForm(clock=clock)
        if (form := self.number(column)) is None:
            return None
        if named is not None:
            why = "as given" if column.unit else "the column's name says so"
            self.findings.decide(
                f"unit of {column.name!r}",
                named[0],
                why,
                f'columns={{"{role}": "{column.name} [hours]"}}',
            )
            return DurationForm(named[1], named[0], clock, form)
        return DurationForm(3600.0, "", clock, form, open_unit=True)


def _grouped(texts: Sequence[str]) -> str:
    return next((text for text in texts if evidence([text])["?"]), "")


def _zone(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        allowed = "names such as Europe/Berlin, America/New_York, UTC"
        raise ScenarioError(
            Problem("there is no such time zone", ("timezone",), given=name, allowed=allowed)
        ) from None
