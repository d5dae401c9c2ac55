"""How a deal becomes amounts: its terms are settled in their order, and a stop by a second pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from scenarios.deal import Deal
from scenarios.errors import ScenarioError, SettlementError
from scenarios.ledger import BOOKS, Book, Ledger
from scenarios.term import Array, Basis, Change, Clause, Term, add_up, by_year
from scenarios.world import World, masked

WORLD_LINES: Mapping[str, tuple[str, str, Book]] = {
    "value": ("value", "value", "benefit"),
    "consequence": ("unresolved and late", "own consequences", "buyer_cost"),
    "cost.labour": ("labour", "provider", "provider_cost"),
    "cost.subcontract": ("subcontractors", "provider", "provider_cost"),
    "cost.staffing": ("staffing", "provider", "provider_cost"),
    "cost.quality": ("better quality", "provider", "provider_cost"),
    "cost.ai": ("AI running", "provider", "provider_cost"),
    "cost.one_off": ("one-off investment", "provider", "provider_cost"),
    "cost.materials": ("materials", "provider", "provider_cost"),
    "cost.changes": ("change requests", "provider", "provider_cost"),
    "cost.repair": ("repairs", "provider", "provider_cost"),
    "cost.governance": ("provider's governance", "provider", "provider_cost"),
    "governance": ("buyer's governance", "own staff", "buyer_cost"),
    "loss": ("losses", "own consequences", "buyer_cost"),
}
"""Lines that the world itself writes: series -> (line, budget row, book)."""


def settle(deal: Deal, world: World) -> Ledger:
    """The deal's ledger in this world, (months, paths) [money].

    Stops that the world alone brings are known beforehand. Terms are causal, so a stop found on the
    ledger that runs on is the stop: a second pass with the stop marked is exact. Raises
    ``SettlementError`` that names deal and term.
    """
    if deal.months is not None:
        world = world.until(deal.months)
    if by_month := deal.averaged_by_month():
        world = world.averaging(by_month)
    for clause in deal.clauses:
        if not (world.happened and clause.ends_by_right):
            world = _ended(deal, clause, world)
    first = _Settlement(deal, world)
    first.run()
    if first.last is None:
        return first.ledger
    second = _Settlement(deal, world.stopped(first.last), final=True)
    second.run()
    return second.ledger


def _ended(deal: Deal, clause: Clause, world: World) -> World:
    """The world with the stop marked that it brings by itself."""
    try:
        last = _first(clause.ends(world), clause, world)
    except Exception as error:  # a clause may be anyone's code: name where it failed
        raise _named(error, deal, clause) from error
    return world if last is None else world.stopped(last)


def _named(error: Exception, deal: Deal, term: Term) -> SettlementError:
    return SettlementError(str(error), deal=deal.name, term=term.label(), month=None)


def _first(ends: Array | None, clause: Clause, world: World) -> Array | None:
    """Each path's last active month by what ends the contract there, (paths,); None: nowhere."""
    if ends is None or not ends.any():
        return None
    if "replacement.cost" not in world.series:
        raise ScenarioError(
            f"{clause.label()!r} ends the contract early, and the scenario does not say what "
            "happens then: give after_the_end a replacement cost, or none"
        )
    never = world.months + world.end
    first = np.where(ends.any(axis=0), ends.argmax(axis=0), never)
    return np.broadcast_to(first, world.paths)


class _Watched(Basis):
    """What a pricing model charges on; it notes whether the scorecard is looked at."""

    scored = False

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger.prices, ledger.billable, ledger.scorecard)

    def __getattribute__(self, name: str) -> Any:
        if name == "scorecard":
            object.__setattr__(self, "scored", True)
        return super().__getattribute__(name)


class _Settlement:
    """One pass over the terms of a deal; a pass that is not final ends where it finds a stop."""

    def __init__(self, deal: Deal, world: World, *, final: bool = False) -> None:
        self.deal, self.world, self.final = deal, world, final
        self.ledger = Ledger(world.months, world.paths, world.zero, world.active)
        self.last: Array | None = None
        """Each path's last month where what is owed ends the contract; none: nowhere."""
        self.charged: Any = world.zero
        """What the pricing model charges on what is in force, in all."""
        self.scored = False
        """True where it looked at the scorecard for that."""

    def run(self) -> None:
        """Settle term after term; once all stops are known and there is one, no further."""
        term: Term = self.deal.pricing
        happened = self.world.happened
        asked = [
            place
            for place, clause in enumerate(self.deal.clauses, 1)
            if clause.can_stop and not (happened and clause.ends_by_right)
        ]
        try:
            self._open()
            for place, term in enumerate(self.deal.clauses, 1):
                if not self.final and place in asked:
                    self._note_stop(term)
                    if self.last is not None and place == asked[-1]:
                        return
                if happened:
                    self._note_notice(term)
                if term.invoiced or not happened:
                    self._apply(term, place)
        except Exception as error:  # a clause may be anyone's code: name where it failed
            if isinstance(error, SettlementError):
                raise
            raise _named(error, self.deal, term) from error
        self._after_the_end()

    def _open(self) -> None:
        """The world's own lines and the fee that the pricing model charges."""
        pricing, world, ledger = self.deal.pricing, self.world, self.ledger
        for series, (name, budget, book) in WORLD_LINES.items():
            if series in world.series:
                own = self._settled({book: world[series]})
                ledger.post(name, budget, own, survives=False)
        ledger.prices.update({k: _column(v, world) for k, v in pricing.prices(world).items()})
        ledger.billable.update(pricing.billable(world))
        ledger.unit_prices = pricing.unit_prices(world, ledger.billable)
        ledger.targets.update({k: _target(v, world) for k, v in self.deal.targets.items()})
        ledger.scorecard.due.update(self.deal.due())
        parts = self._charge()
        for row, fee in parts.items():
            kind, survives = type(pricing), pricing.survives
            ledger.post(row, row, {"fee": fee}, 0, kind=kind, survives=survives)
        self.charged = add_up(parts.values())

    def _charge(self) -> dict[str, Array]:
        """What the pricing model charges on what is in force, by row; in months that happened in
        whole cents, so that a price agreed in all is paid in all.
        """
        pricing, basis = self.deal.pricing, _Watched(self.ledger)
        parts = pricing.charge(self.world, basis)
        self.scored = basis.scored
        rows = {row: self._checked(fee) for row, fee in parts.items()}
        if not self.world.happened:
            return rows
        book: Book = "cash" if pricing.adds_up else "fee"
        return {row: self._in_cents(book, fee) for row, fee in rows.items()}

    def _apply(self, clause: Clause, place: int) -> None:
        result = clause.apply(self.world, self.ledger)
        if result is None:
            raise ValueError("returned nothing: return an array or a Change")
        change = result if isinstance(result, Change) else Change(fee=result)
        amounts = {
            book: getattr(change, book) for book in BOOKS if getattr(change, book) is not None
        }
        self._check_stage(clause, change, amounts)
        if clause.stage == "revise":
            amounts = {"fee": self._charged_again(change)}
        self.ledger.post(
            clause.label(),
            clause.budget,
            self._settled(amounts),
            place,
            kind=type(clause),
            survives=clause.survives,
        )

    def _charged_again(self, change: Change) -> Array:
        """The difference that revised prices, quantities and targets make to the fee."""
        for held, revised in (
            (self.ledger.prices, change.price),
            (self.ledger.billable, change.billable),
            (self.ledger.targets, change.target),
        ):
            for name, factor in (revised or {}).items():
                held[name] = held[name] * factor
        for name, quantity in (change.billed or {}).items():
            self.ledger.billable[name] = self._checked(quantity)
        if change.review is not None:
            self.ledger.scorecard.reviews.append(change.review)
        if not (change.price or change.billable or change.billed or self.scored):
            return self._checked(self.world.zero)  # the fee does not depend on KPIs
        before = self.charged
        self.charged = add_up(self._charge().values())
        difference: Array = self.charged - before
        return difference

    def _check_stage(self, clause: Clause, change: Change, amounts: Mapping[Book, Array]) -> None:
        revisions = (change.price, change.billable, change.billed, change.target, change.review)
        revises = any(x is not None for x in revisions)
        shifts = {"cash", "escrow"}
        allowed = {
            "revise": not amounts,
            "money": not revises and shifts.isdisjoint(amounts),
            "cash": not revises and shifts.issuperset(amounts),
        }[clause.stage]
        if not allowed:
            moved = [f.name for f in fields(change) if getattr(change, f.name) is not None]
            raise ValueError(
                f"its stage is {clause.stage!r} but it changes {', '.join(moved)}: revise changes "
                "price, billable, billed, target or review; money moves fee, costs or benefit; "
                "cash shifts cash or escrow"
            )

    def _settled(self, amounts: Mapping[Book, Any]) -> dict[Book, Array]:
        """The amounts as the ledger takes them; in months that happened in whole cents."""
        checked = {book: self._checked(amount) for book, amount in amounts.items()}
        if self.world.happened:
            checked = {book: self._in_cents(book, amount) for book, amount in checked.items()}
        return checked

    def _in_cents(self, book: Book, amounts: Array) -> Array:
        """Whole cents: each fee by itself; of a shift the running total, so that it still ends at
        zero.
        """
        rounding = self.deal.rounding
        if book not in {"cash", "escrow"}:
            return rounding.each(amounts)
        so_far = rounding.each(self.world.running(amounts))
        return np.concatenate([so_far[:1], so_far[1:] - so_far[:-1]])

    def _checked(self, amount: Any) -> Array:
        """The amount as a (months, paths) or (months, 1) array, or an error that says its shape."""
        array = np.asarray(amount)
        months, paths = self.world.months, self.world.paths
        if array.shape in {(months, paths), (months, 1)}:
            return array
        if array.ndim == 0:
            return np.broadcast_to(array, (months, 1))
        raise ValueError(
            f"returned an array of shape {array.shape}; allowed are (months, paths) = "
            f"({months}, {paths}) and (months, 1) = ({months}, 1)"
        )

    def _note_stop(self, clause: Clause) -> None:
        """Each path's first month at whose end a clause ends the contract."""
        first = _first(clause.stops(self.world, self.ledger), clause, self.world)
        if first is not None:
            self.last = first if self.last is None else np.minimum(self.last, first)

    def _note_notice(self, clause: Clause) -> None:
        """Where months that happened make one party tell the other something."""
        due = clause.notices(self.world, self.ledger)
        if due is not None:
            self.ledger.notices.append((f"{clause.label()}: notice is due", due))
        may_end = clause.stops(self.world, self.ledger) if clause.ends_by_right else None
        if may_end is not None:
            self.ledger.notices.append((f"{clause.label()}: the contract may be ended", may_end))

    def _after_the_end(self) -> None:
        """What fills the buyer's months once the contract no longer runs."""
        active = self.ledger.active
        if active is None or "replacement.cost" not in self.world.series:
            return
        over = ~active
        self.ledger.post(
            "after the end",
            "after the end",
            {
                "buyer_cost": masked(self.world["replacement.cost"], over, self.world.zero),
                "benefit": masked(self.world["replacement.value"], over, self.world.zero),
            },
        )


def _column(price: Any, world: World) -> Array:
    """A number as (months, 1), so that revising it never loses its months.

    It stays one number in memory: arithmetic with it takes half the time of that with a column.
    """
    array = np.asarray(price)
    return np.broadcast_to(array, (world.months, 1)) if array.ndim == 0 else array


def _target(target: Any, world: World) -> Array:
    """A KPI target, one number or one a contract year, as (months, 1)."""
    return _column(by_year(target, world), world)
