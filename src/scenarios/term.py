"""Terms: what a contract says, as pure functions of a World and the Ledger so far.

A term draws nothing, mutates nothing, looks at no later month and at no other path. It uses whole
numbers and ``ledger.zeros()`` instead of float literals, so that the same code settles invoices
in ``Decimal``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from importlib import import_module
from operator import add
from pkgutil import iter_modules
from typing import Any, ClassVar, Literal, TypeVar

import numpy as np
import numpy.typing as npt

from scenarios.declared import Declared
from scenarios.ledger import Ledger, UnitPrices
from scenarios.quantities import RateCard
from scenarios.scorecard import Scorecard
from scenarios.world import World, running_total

Array = npt.NDArray[Any]
Stage = Literal["revise", "money", "cash"]
STAGES: tuple[Stage, ...] = ("revise", "money", "cash")


@dataclass(frozen=True, eq=False)
class Change:
    """What a clause asks the engine to do; arrays are (months, paths) or (months, 1).

    ``fee``, ``buyer_cost``, ``provider_cost``, ``benefit``, ``cash`` and ``escrow`` are amounts
    [money]. ``price``, ``billable`` and ``target`` are factors by name, ``billed`` are quantities
    by name that take the place of those billed, ``review`` is where new KPI weights are in force,
    (months, 1), and those weights: the engine charges again and posts the difference.
    """

    fee: Array | None = None
    buyer_cost: Array | None = None
    provider_cost: Array | None = None
    benefit: Array | None = None
    cash: Array | None = None
    escrow: Array | None = None
    price: Mapping[str, Array] | None = None
    billable: Mapping[str, Array] | None = None
    billed: Mapping[str, Array] | None = None
    target: Mapping[str, Array] | None = None
    review: tuple[Array, Mapping[str, Any]] | None = None


@dataclass(frozen=True, eq=False)
class Basis:
    """What a pricing model charges on: prices, billable quantities and the scorecard in force."""

    prices: Mapping[str, Array]
    billable: Mapping[str, Array]
    scorecard: Scorecard


class Term(Declared):
    """One paragraph of the contract: frozen numbers, each with unit and hard bounds."""

    stage: ClassVar[Stage] = "money"
    survives: ClassVar[bool] = False
    """True where the term still applies after the contract has stopped."""
    budget: ClassVar[str] = "other terms"
    """The row of the buyer's budget that its line belongs to."""
    invoiced: ClassVar[bool] = True
    """False where no invoice shows the term: it moves the parties' own outlays or the day of
    payment, or depends on what the parties did with the invoices."""
    planned: ClassVar[tuple[str, ...]] = ()
    """Fields that are what we expect, not what is agreed: simulated, never printed."""

    @classmethod
    def label(cls) -> str:
        """The name of its ledger line: ``FeeCap`` posts under ``fee cap``."""
        return cls.keyword().replace("_", " ")


AnyTerm = TypeVar("AnyTerm", bound=Term)


class Pricing(Term):
    """How the fee starts, before any clause."""

    @property
    def adds_up(self) -> bool:
        """True where what is charged adds up to a price agreed in all."""
        return False

    def prices(self, world: World) -> Mapping[str, Array]:
        """The named prices on the paper, each (months, 1) or a number [money per unit]."""
        raise NotImplementedError

    def billable(self, world: World) -> Mapping[str, Array]:
        """The quantities billed, by name, (months, paths) or (months, 1)."""
        return {}

    def unit_prices(self, world: World, billable: Mapping[str, Array]) -> tuple[UnitPrices, ...]:
        """Which of the quantities billed are units of result, for clauses that deduct some."""
        names = unit_names(billable)
        return (UnitPrices(names),) if names else ()

    def charge(self, world: World, basis: Basis) -> Mapping[str, Array]:
        """The fee by budget row, such as ``{"fixed fee": ..., "variable fee": ...}`` [money]."""
        raise NotImplementedError


class Clause(Term):
    """What the contract adds to its pricing."""

    ends_by_right: ClassVar[bool] = False
    """True where a party may end the contract: simulated as if it always did; in months that
    happened it is told, and only done where they say so."""

    def apply(self, world: World, ledger: Ledger) -> Array | Change:
        """The change it makes: an array moves the fee only, a pure transfer [money]."""
        raise NotImplementedError

    @property
    def can_stop(self) -> bool:
        """True where the clause can end the contract early."""
        return type(self).stops is not Clause.stops or type(self).ends is not Clause.ends

    @property
    def can_end(self) -> bool:
        """True where the clause can stop the contract, or is a right to end it."""
        return self.can_stop or self.ends_by_right

    def ends(self, world: World) -> Array | None:
        """True from the month at whose end what happens, whatever is owed, ends the contract,
        (months, 1 or paths); None: never.
        """
        return None

    def stops(self, world: World, ledger: Ledger) -> Array | None:
        """True from the month at whose end what is owed ends the contract, (months, paths); None:
        never. It is found on the ledger that runs on, which costs a second settlement.
        """
        return None

    def notices(self, world: World, ledger: Ledger) -> Array | None:
        """True in the month in which one party must tell the other something, such as that 85 % of
        a ceiling is reached, (months, paths); None: there is nothing to tell.
        """
        return None


def found_in(package: str, kind: type[AnyTerm]) -> dict[str, type[AnyTerm]]:
    """Every term of this kind in a package's modules, by keyword: one file is enough."""
    found: dict[str, type[AnyTerm]] = {}
    for module in iter_modules(import_module(package).__path__):
        name = f"{package}.{module.name}"
        members = vars(import_module(name)).values()
        for term in members:
            if isinstance(term, type) and issubclass(term, kind) and term.__module__ == name:
                found[term.keyword()] = term
    return found


def over_the_limit(amounts: Array, limit: Any, every: int | None) -> Array:
    """What a cumulative upper limit changes, month by month: minus the growth of the excess.

    ``limit`` is a number or an array like ``amounts``; ``every`` restarts the running total each so
    many months. Posting the excess instead of "limited minus unlimited" keeps a limit that is
    never reached exactly neutral.
    """
    many = amounts.dtype == float and amounts.shape[1] > 1
    if many and np.ndim(limit) == 0 and (compiled := _compiled()) is not None:
        return compiled(amounts, limit, every)
    return _over_the_limit(amounts, limit, every)


def _over_the_limit(amounts: Array, limit: Any, every: int | None) -> Array:
    """The same on anything that can be added and compared, pass by pass."""
    beyond = running_total(amounts, every)
    beyond = np.maximum(np.subtract(beyond, limit, out=beyond), 0, out=beyond)
    change: Array = 0 - beyond
    step = every or len(amounts)
    for month in range(1, step):
        change[month::step] += beyond[month - 1 :: step][: len(change[month::step])]
    return change


@cache
def _compiled() -> Callable[[Array, Any, int | None], Array] | None:
    """One pass where the optional extra ``fast`` is installed; looked up once paths are settled."""
    try:
        from scenarios.compiled import over_the_limit as compiled  # noqa: PLC0415  a compiler
    except ImportError:
        return None
    return compiled


def add_up(amounts: Iterable[Any]) -> Any:
    """The sum of one or more arrays, without the pass that starting from zero takes."""
    return reduce(add, amounts)


def rates(card: RateCard, world: World) -> dict[str, Any]:
    """The rate card by role [money per hour]; a role without a rate is an error."""
    if not isinstance(card, dict):
        return dict.fromkeys(world.roles, card)
    if set(card) != set(world.roles):
        raise ValueError(
            f"the rate card names {', '.join(sorted(card))}; "
            f"the roles that work are {', '.join(sorted(world.roles))}"
        )
    return {role: card[role] for role in world.roles}


def unit_names(names: Iterable[str]) -> tuple[str, ...]:
    """Of the names of prices or quantities, those of units of result: ``unit``, ``tier 1`` and the
    following, ``automated`` and ``assisted``.
    """
    whole = ("unit", "automated", "assisted")
    return tuple(name for name in names if name in whole or name.startswith("tier "))


def known_prices(names: Iterable[str], prices: Mapping[str, Array]) -> tuple[str, ...]:
    """The prices that a clause names, all where it names none; an unknown name is an error."""
    chosen = tuple(names) or tuple(prices)
    unknown = [name for name in chosen if name not in prices]
    if unknown:
        raise ValueError(
            f"there is no price named {', '.join(unknown)}; the prices are "
            f"{', '.join(prices) or 'none'}: name one of them"
        )
    return chosen


def by_year(number: Any, world: World) -> Any:
    """One number, or one a contract year, the last going on; a tuple becomes (months, 1)."""
    if not isinstance(number, tuple):
        return number
    years = np.minimum(world.year, len(number) - 1)
    return np.array(number)[years]
