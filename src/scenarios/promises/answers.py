"""What a term answers in a world, by name, so that two answers can be laid side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np

from scenarios.deal import Deal
from scenarios.ledger import Ledger
from scenarios.settling import settle
from scenarios.term import Array, Basis, Change, Clause, Pricing, Term
from scenarios.world import World

Answer = Mapping[str, Array]


class MisshapenError(ValueError):
    """An array of a shape that the engine does not take."""


@dataclass(frozen=True, eq=False)
class Case:
    """A term, the deal up to it, and a world to ask it in."""

    term: Term
    before: Deal
    world: World

    @cached_property
    def known(self) -> Answer:
        """The answer in the world as it is."""
        return self.answer(self.world)

    def answer(self, world: World) -> Answer:
        """Amounts, factors and stops by name, each (months, paths)."""
        return self._asked(world, settle(self.before, world))

    def written(self) -> list[str]:
        """What of the world and of the ledger is another after the term was asked."""
        ledger = settle(self.before, self.world)
        kept = _copies(self.world, ledger)
        self._asked(self.world, ledger)
        now = _copies(self.world, ledger)
        return [
            name
            for name in {**kept, **now}
            if name not in kept or name not in now or not np.array_equal(kept[name], now[name])
        ]

    def _asked(self, world: World, ledger: Ledger) -> Answer:
        term = self.term
        parts = _clause(term, world, ledger) if isinstance(term, Clause) else {}
        if isinstance(term, Pricing):
            parts = _pricing(term, world, ledger)
        shape = (world.months, world.paths)
        return {name: _shaped(name, array, shape) for name, array in parts.items()}


def _clause(clause: Clause, world: World, ledger: Ledger) -> dict[str, Any]:
    result = clause.apply(world, ledger)
    change = result if isinstance(result, Change) else Change(fee=result)
    parts: dict[str, Any] = {}
    for field in fields(change):
        value = getattr(change, field.name)
        if isinstance(value, tuple):  # a review: where it is in force, and the weights it sets
            since, value = value
            value = {kpi: np.where(since, weight, 0) for kpi, weight in value.items()}
        named = isinstance(value, Mapping)
        parts |= {f"{field.name} {key}": x for key, x in value.items()} if named else {}
        if value is not None and not named:
            parts[field.name.replace("_", " ")] = value
    stops, ends = clause.stops(world, ledger), clause.ends(world)
    parts |= {} if stops is None else {"stop": stops}
    return parts | ({} if ends is None else {"end": ends})


def _pricing(pricing: Pricing, world: World, ledger: Ledger) -> dict[str, Any]:
    basis = Basis(ledger.prices, ledger.billable, ledger.scorecard)
    return {
        **{f"price {name}": price for name, price in pricing.prices(world).items()},
        **{f"billable {name}": units for name, units in pricing.billable(world).items()},
        **pricing.charge(world, basis),
    }


def _shaped(name: str, given: Any, shape: tuple[int, int]) -> Array:
    array = np.asarray(given)
    if array.shape not in ((), shape, (shape[0], 1)):
        raise MisshapenError(
            f"its {name} has the shape {array.shape}; allowed are (months, paths) = {shape} and "
            f"(months, 1) = ({shape[0]}, 1)"
        )
    return np.broadcast_to(array, shape)


def _copies(world: World, ledger: Ledger) -> dict[str, Array]:
    return {name: np.array(array) for name, array in _held(world, ledger)}


def _held(world: World, ledger: Ledger) -> Iterator[tuple[str, Array]]:
    for name, array in world.series.items():
        yield f"the world's {name}", array
    held = {"price": ledger.prices, "billable": ledger.billable, "target": ledger.targets}
    for kind, arrays in held.items():
        for name, array in arrays.items():
            yield f"the {kind} {name}", array
    for kpi, month in ledger.scorecard.due.items():
        yield f"the month from which {kpi} counts", np.array(month)
    for number, (since, _) in enumerate(ledger.scorecard.reviews, 1):
        yield f"KPI review {number}", since
    for line in ledger:
        for book, amounts in line.amounts.items():
            yield f"the {book} of line {line.name}", amounts


def differs(
    one: Answer, other: Answer, *, before: int | None = None, paths: Any = None
) -> str | None:
    """Where two answers first differ, in words, in the months before and the paths given."""
    months, chosen = slice(before), slice(None) if paths is None else paths
    for name in {**one, **other}:
        if (name in one) != (name in other):
            return f"whether there is a {name}"
        a, b = one[name][months][:, chosen], other[name][months][:, chosen]
        if (a != b).any():
            month, path = np.argwhere(a != b)[0]
            place = "" if paths is None else f"path {np.flatnonzero(paths)[path]}, "
            return f"{place}month {month}: its {name}, {a[month, path]} became {b[month, path]}"
    return None
