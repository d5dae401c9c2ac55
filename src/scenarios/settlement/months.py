"""Months that happened, as a world that a deal settles in exact decimals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from numbers import Integral, Real
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from scenarios.deal import Deal
from scenarios.errors import Problem, ScenarioError, unknown
from scenarios.quantities import MONTH_PATTERN
from scenarios.scenario import Scenario
from scenarios.world import SERIES, World

Array = npt.NDArray[Any]
MONTH, ENDED = "month", "ended"
WORDS = (MONTH, ENDED)
"""Columns that hold words: the month's name, and in a contract's last month the keyword of the
clause by which it was ended."""
SIGNED = ("kpi", "reported", "value")
"""Families of series that may be negative."""
OPEN_ENDED = 600
"""Months of a contract whose length nobody wrote down."""
UNTOLD = {"insolvent": 0, "replacement.cost": 0, "replacement.value": 0}
"""What is taken to be so where no column says otherwise: the provider is solvent, and what follows
the contract's end is no matter of its invoices."""


def world_of(
    deal: Deal,
    months: pd.DataFrame,
    scenario: Scenario | None,
    lower_is_better: Iterable[str] | None,
) -> World:
    """The months as a world on one path, in ``Decimal``, from the contract's first month on.

    Where the column ``ended`` names a clause, the contract has ended with that month.

    Columns are names of world series, such as ``verified`` or ``hours.agent``, and names of KPIs.
    Raises ``ScenarioError`` for a column of no known name, a number that is missing, or months that
    do not follow each other.
    """
    labels(months, scenario)
    end = ended(months, deal)
    series = {
        name: _decimals(months[column])
        for column in months.columns
        if column not in WORDS
        for name in _names(str(column), deal, scenario)
    }
    if not series:
        raise ScenarioError("the months have no column of figures: see scenarios settle --columns")
    _plausible(series, scenario)
    _complete(series, len(months), scenario)
    length = deal.months or (OPEN_ENDED if scenario is None else scenario.months)
    roles = {} if scenario is None else scenario.delivery.roles
    return World(
        series=series,
        paths=1,
        end=length,
        lower_is_better=_lower(deal, scenario, lower_is_better),
        month_hours={name: Decimal(repr(role.hours)) for name, role in roles.items()},  # type: ignore[misc]
        zero=Decimal(0),
        happened=True,
        last=None if end is None else np.array([end[0]]),
    )


def ended(months: pd.DataFrame, deal: Deal) -> tuple[int, str] | None:
    """The place of the contract's last month, and the keyword of the clause that ended it there."""
    if ENDED not in months.columns:
        return None
    named = ["" if pd.isna(word) else str(word).strip() for word in months[ENDED]]
    place = next((place for place, word in enumerate(named) if word), None)
    if place is None:
        return None
    grounds = [clause.keyword() for clause in deal.clauses if clause.can_end]
    if named[place] not in grounds:
        raise ScenarioError(unknown("clause that ends the contract", named[place], grounds))
    return place, named[place]


def _plausible(series: dict[str, Array], scenario: Scenario | None) -> None:
    """Refuse what no month can hold: negative units, a rate above 1."""
    kpis = {} if scenario is None else scenario.kpis
    for name, array in series.items():
        family, _, kpi = name.partition(".")
        rate = family in {"kpi", "reported"} and kpi in kpis and kpis[kpi].kind == "rate"
        for row, value in enumerate(array[:, 0], 1):
            if value < 0 and (rate or family not in SIGNED):
                raise ScenarioError(Problem("must be at least 0", (name, row), given=str(value)))
            if rate and value > 1:
                told = "a rate is a share of 1: write 71 % as 0.71"
                raise ScenarioError(Problem(told, (kpi, row), given=str(value)))


def labels(months: pd.DataFrame, scenario: Scenario | None = None) -> list[str]:
    """The months' names, from their column ``month`` or their number; each must follow the last."""
    if MONTH not in months.columns:
        return [str(number) for number in range(1, len(months) + 1)]
    given = [str(label).strip() for label in months[MONTH]]
    if not given:
        raise ScenarioError("there are no months: give at least the first")
    calendar = all(re.fullmatch(MONTH_PATTERN, label) for label in given)
    if calendar:
        start = given[0] if scenario is None else scenario.start
        first = pd.Period(start, freq="M")
        expected = [str(first + number) for number in range(len(given))]
    else:
        expected = [str(number) for number in range(1, len(given) + 1)]
    for place, (label, follows) in enumerate(zip(given, expected, strict=True)):
        if label != follows:
            told = "months must be given from the contract's first month on, each once, in order"
            raise ScenarioError(Problem(told, (MONTH, place + 1), given=label, allowed=follows))
    return given


def known_columns(deal: Deal, scenario: Scenario | None) -> list[str]:
    """The names that a column may have, KPIs by their own name; families as ``hours.ROLE``."""
    return [*WORDS, *SERIES, *_kpis(deal, scenario)]


def _kpis(deal: Deal, scenario: Scenario | None) -> list[str]:
    return list(dict.fromkeys([*deal.targets, *({} if scenario is None else scenario.kpis)]))


def _names(column: str, deal: Deal, scenario: Scenario | None) -> tuple[str, ...]:
    """The world's series that a column gives."""
    if column in _kpis(deal, scenario):
        return (f"kpi.{column}", f"reported.{column}")
    if column in SERIES or column.partition(".")[0] in SERIES:
        return (column,)
    raise ScenarioError(unknown("column", column, known_columns(deal, scenario)))


def _decimals(column: pd.Series[Any]) -> Array:
    """A column as (months, 1) of ``Decimal``."""
    values = [decimal(value, str(column.name), row) for row, value in enumerate(column, 1)]
    return np.array(values, dtype=object)[:, None]


def decimal(value: Any, column: str, row: int) -> Decimal:
    """A number as the ``Decimal`` that a person would write for it; what is none is an error."""
    if isinstance(value, bool | np.bool_):
        found = None
    elif isinstance(value, Decimal):
        found = value
    elif isinstance(value, Integral):
        found = Decimal(int(value))
    elif isinstance(value, Real):
        found = Decimal(repr(float(value)))  # the shortest text that reads back as this number
    else:
        found = None
    if found is None or not found.is_finite():
        raise ScenarioError(Problem("must be a number", (column, row), given=repr(value)))
    return found


def _complete(series: dict[str, Array], months: int, scenario: Scenario | None) -> None:
    """What follows from the columns given: totals of the roles, and what the scenario says."""
    zero = np.full((months, 1), Decimal(0))
    for name, value in UNTOLD.items():
        series.setdefault(name, zero + value)
    for family in ("hours", "contracted", "overtime"):
        parts = [array for name, array in series.items() if name.startswith(f"{family}.")]
        if parts and family not in series:
            series[family] = np.asarray(sum(parts))
    if scenario is None:
        return
    roles = scenario.delivery.roles
    if len(roles) == 1 and "hours" in series:
        series.setdefault(f"hours.{next(iter(roles))}", series["hours"])
    for name, role in roles.items():
        hours = Decimal(repr(role.people)) * Decimal(repr(role.hours))
        series.setdefault(f"contracted.{name}", zero + hours)


def _lower(deal: Deal, scenario: Scenario | None, given: Iterable[str] | None) -> frozenset[str]:
    """The KPIs of which less is better: as given, and as the scenario says."""
    if scenario is not None:
        lower = {name for name, kpi in scenario.kpis.items() if kpi.better == "lower"}
        return frozenset(given or ()) | lower
    if given is None and deal.targets:
        raise ScenarioError(
            f"the deal has targets for {', '.join(deal.targets)}: give the scenario, or name those "
            "of which less is better in lower_is_better (an empty list: none)"
        )
    return frozenset(given or ())
