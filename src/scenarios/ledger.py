"""The Ledger: who owes what, line by line. Terms read it; only the engine writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from scenarios.declared import Declared
from scenarios.numbering import nth
from scenarios.scorecard import Scorecard
from scenarios.world import masked

Array = npt.NDArray[Any]
Book = Literal["fee", "buyer_cost", "provider_cost", "benefit", "cash", "escrow"]

ByTier = Callable[[Array], Mapping[str, Array]]
"""How so many units of a month, (months, paths), fall into tiers, by the tiers' names."""

BOOKS: Mapping[Book, str] = {
    "fee": "buyer to provider [money]",
    "buyer_cost": "the buyer's own outlays [money]",
    "provider_cost": "the provider's own outlays [money]",
    "benefit": "what the outcomes are worth to the buyer [money]",
    "cash": "when the fee is paid, against when it is due [money]; sums to zero or is outstanding",
    "escrow": "what the buyer deposits, and what is taken from the deposit [money]; sums to zero",
}


@dataclass(frozen=True, eq=False)
class UnitPrices:
    """The units of result that one pricing model bills: the names of their prices, and the share of
    their charge that counts, a number or (months, 1).

    ``by_tier`` says how units fall into tiers of these names; none where there are no tiers.
    """

    names: tuple[str, ...]
    weight: Any = 1
    by_tier: ByTier | None = None


@dataclass(frozen=True, eq=False)
class Line:
    """What one term moved: an array a book, (months, paths) or (months, 1)."""

    name: str
    budget: str
    whole: Mapping[Book, Array]
    """What the term moved as if the contract went on [money]."""
    active: Array | None = None
    """Where it counts, (months, 1 or paths); None in every month."""
    zero: Any = 0.0
    term: int | None = None
    """Place of the term in the deal, 0 for the pricing model; none for what the world writes."""
    kind: type[Declared] | None = None
    """The term's class, by which another clause finds it; none for what the world writes."""

    @cached_property
    def amounts(self) -> Mapping[Book, Array]:
        """What it moved, by book, nothing where it no longer counts [money]; read only."""
        if self.active is None:
            return self.whole
        masked = {
            book: np.where(self.active, array, self.zero) for book, array in self.whole.items()
        }
        for array in masked.values():
            array.flags.writeable = False
        return masked


class Ledger:
    """The lines in the order of operations, and the prices, quantities and targets in force."""

    def __init__(
        self, months: int, paths: int, zero: Any = 0.0, active: Array | None = None
    ) -> None:
        self.months, self.paths, self.zero = months, paths, zero
        self.active = active
        """Where the contract ran, (months, 1 or paths); None in every month."""
        self.prices: dict[str, Array] = {}
        self.billable: dict[str, Array] = {}
        self.unit_prices: tuple[UnitPrices, ...] = ()
        """Which of these are units of result: one entry, or one each model of a glide path."""
        self.scorecard = Scorecard()
        self.notices: list[tuple[str, Array]] = []
        """In months that happened: what one party must or may tell the other, and where."""
        self._lines: list[Line] = []
        self._names: dict[str, int] = {}
        self._sums: dict[Book, tuple[int, Array | None, Array | None]] = {}

    def __iter__(self) -> Iterator[Line]:
        return iter(self._lines)

    def __getitem__(self, name: str) -> Line:
        """The line of this name."""
        for line in self._lines:
            if line.name == name:
                return line
        raise KeyError(f"no line {name!r}; lines are {', '.join(self.names)}")

    @property
    def names(self) -> list[str]:
        """The lines' names, in order."""
        return [line.name for line in self._lines]

    @property
    def targets(self) -> dict[str, Array]:
        """The KPI targets in force, (months, 1 or paths)."""
        return self.scorecard.targets

    @property
    def fee(self) -> Array:
        """What the buyer owes the provider so far, (months, paths) [money]."""
        return self.total("fee")

    @property
    def cash(self) -> Array:
        """What the provider is paid a month after the shifts so far, (months, paths) [money]."""
        return self.total("fee") + self.total("cash")

    @property
    def paid(self) -> Array:
        """What the buyer pays in each month, deposits included, (months, paths) [money]."""
        return self.cash + self.total("escrow")

    @property
    def outstanding(self) -> Array:
        """What is shifted beyond the months given, (paths,) [money]."""
        total: Array = -self.total("cash").sum(axis=0)
        return total

    @property
    def remains_due(self) -> Array:
        """What is paid after the contract has ended, in the months given or later, (paths,)."""
        over = np.zeros((self.months, 1), bool) if self.active is None else ~self.active
        later: Array = np.where(over, self.cash, self.zero).sum(axis=0) + self.outstanding
        return later

    def zeros(self) -> Array:
        """Zero money, (months, paths)."""
        return np.full((self.months, self.paths), self.zero)

    def total(self, book: Book) -> Array:
        """The sum of a book's lines so far, (months, paths) [money], read only."""
        count, running, surviving = self._sums.get(book, (0, None, None))
        for line in self._lines[count:]:
            amounts = line.whole.get(book)
            if amounts is None:
                continue
            if line.active is None:
                surviving = amounts if surviving is None else surviving + amounts
            else:
                running = amounts if running is None else running + amounts
        self._sums[book] = (len(self._lines), running, surviving)
        total = surviving
        if running is not None and self.active is not None:  # cut off once, not line by line
            counts = masked(running, self.active, self.zero)
            total = counts if total is None else total + counts
        if total is None:
            total = np.full((self.months, 1), self.zero)
        return np.broadcast_to(total, (self.months, self.paths))

    def later(self, amounts: Array, months: int) -> Array:
        """The same amounts so many months later; what falls beyond the grid is dropped."""
        shifted = self.zeros()
        if months < self.months:
            shifted[months:] = amounts[: self.months - months]
        return shifted

    def post(
        self,
        name: str,
        budget: str,
        amounts: Mapping[Book, Array],
        term: int | None = None,
        *,
        kind: type[Declared] | None = None,
        survives: bool = True,
    ) -> Line:
        """Write a line (the engine alone does); a repeated name is numbered.

        A line that does not survive counts only while the contract runs.
        """
        count = self._names[name] = self._names.get(name, 0) + 1
        for array in amounts.values():
            array.flags.writeable = False
        active = None if survives else self.active
        line = Line(nth(name, count), budget, amounts, active, self.zero, term, kind)
        self._lines.append(line)
        return line
