"""Take-or-pay."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import Money, MoneyByYear, Quantity, Share, Units
from scenarios.term import Array, Clause, by_year
from scenarios.world import ON_TARGET, World, chosen, masked

Years = Annotated[int, Quantity("contract years", 0, 50)]


class MinimumCommitment(Clause):
    """[if total is none: Each contract year the buyer commits to charges of {annual}; it pays
    {share} of what is lacking when the year closes.][if total is not none: Over the whole contract
    the buyer commits to charges of {total}; it pays {share} of what is lacking when the contract
    closes.][ What was paid for a shortfall may be used against charges above the commitment up to
    {make_up_years} contract years later.][if surplus_years is not 0:  Charges above the
    commitment][if surplus_years is not 0 and make_up_years is not 0:  that make up for no earlier
    shortfall][if surplus_years is not 0:  count towards later commitments, up to {surplus_years}
    contract years later.][if relief is not none and total is none:  If the incoming units of a
    contract year are more than {relief} below {baseline_units} units a month, its commitment falls
    in proportion to them.][if relief is not none and total is not none:  If the incoming units of
    the contract are more than {relief} below {baseline_units} units a month, the commitment falls
    in proportion to them.] [if on_termination is pro rata and total is none: If the contract ends
    early, the commitment of that year counts in proportion to the months that ran.][if
    on_termination is pro rata and total is not none: If the contract ends early, the commitment
    counts in proportion to the months that ran.][if on_termination is all that is unmet: If the
    contract ends early, all that is then unmet of the commitments up to the agreed end is due at
    once and in full.]

    Formula: shortfall_y = share * max(0, M_y - charges_y); with relief M_y * Q / V if
    Q < (1 - relief) * V; make-up_y = min(charges_y - M_y, shortfalls paid and not yet used); with
    earlier surplus M_y - min(M_y - charges_y, surplus not yet used) in place of M_y.

    Source: underutilization charge at 100 % (lawinsider, minimum commitments); 20/75/80/75/50
    million, 300 million in all (Clearwire and Sprint). Typical 60 to 80 % of the baseline
    (assumption). Using one year's surplus for another is an assumption either way: back, as a
    make-up of what was paid, or forward.

    Conventions: a last year that is shorter by agreement always counts in proportion. The oldest
    shortfall is made up first, and the oldest surplus counted first, at the year's close; a surplus
    makes up earlier shortfalls before it is carried forward. A surplus is counted in full, though
    only the share of a shortfall is paid. At an early end what is left of it counts towards all
    that is due. Put the clause before the credits: after them it would refund them.
    """

    budget: ClassVar[str] = "caps and floors"

    annual: MoneyByYear | None = None
    """Money a contract year: one number, or one a year (the last goes on)."""
    total: Money | None = None
    """Money over the whole contract, in place of an amount a contract year."""
    share: Share = 1
    """Share of the shortfall that is paid."""
    make_up_years: Years = 0
    """Later contract years in which a shortfall paid may still be used; 0 for none."""
    surplus_years: Years = 0
    """Later contract years to whose commitment a surplus still counts; 0 for none."""
    relief: Share | None = None
    """Fall of the demand, as a share of the baseline units, beyond which the commitment falls."""
    baseline_units: Units | None = None
    """Units a month behind the commitment; needed for the relief and only there."""
    on_termination: Literal["pro rata", "all that is unmet"] = "pro rata"
    """What is due for the agreed months that do not run when a clause ends the contract early."""

    @model_validator(mode="after")
    def _consistent(self) -> MinimumCommitment:
        if (self.annual is None) == (self.total is None):
            raise ValueError("needs either annual or total, and not both")
        if self.total is not None and (self.make_up_years or self.surplus_years):
            raise ValueError(
                "a total has no contract years to carry anything between: leave out make_up_years "
                "and surplus_years, or commit to annual amounts"
            )
        if (self.relief is None) != (self.baseline_units is None):
            raise ValueError("relief and baseline_units go together: give both or neither")
        if self.baseline_units == 0:
            raise ValueError("baseline_units is 0; it must be above 0 to measure a fall against it")
        return self

    def apply(self, world: World, ledger: Ledger) -> Array:
        """The shortfall less what is made up, at each close, (months, paths) [money]."""
        every = 12 if self.total is None else world.end
        rows = np.arange(world.months)[world.closing(every)]
        charged = world.running(ledger.fee, every)[rows]
        committed = self._committed(world, rows)
        lacking, share = np.maximum(committed - charged, 0), np.array(self.share)
        if self.on_termination == "all that is unmet" and world.ends_early.any():
            early = world.ends_early[rows]
            this_year, later = (
                np.broadcast_to(x, (world.months, 1))[rows] for x in self._unrun(world)
            )
            committed = np.where(early, committed + this_year, committed)
            unmet = np.maximum(committed - charged, 0) + later
            lacking = np.where(early, unmet, lacking)
            share = np.where(early, 1, share)
        if not self.make_up_years and not self.surplus_years:
            return world.from_closing(lacking * share, every)
        above, closes = np.maximum(charged - committed, 0), world.closes(every)[rows]
        lacking, above = masked(lacking, closes, world.zero), masked(above, closes, world.zero)
        due = self._carried(lacking, above, np.broadcast_to(share, lacking.shape), rows // 12)
        return world.from_closing(due, every)

    def _committed(self, world: World, rows: Array) -> Any:
        """The commitment for the months of the period so far, relief included, in some months
        [money].
        """
        if self.total is None:
            every, committed = 12, by_year(self.annual, world) * world.elapsed(12) / 12
        else:
            every, committed = world.end, self.total * world.elapsed(world.end) / world.end
        if self.relief is None:
            return committed[rows]
        units = world.running(world["demand"], every)[rows]
        baseline = self.baseline_units * world.elapsed(every)[rows]
        edge = baseline * (1 - self.relief)
        noise = 0 if edge.dtype == object else edge * ON_TARGET
        return committed[rows] * chosen(units < edge - noise, units / baseline, 1)

    def _unrun(self, world: World) -> tuple[Any, Any]:
        """The commitment for the agreed months after each month: of this year, of later years."""
        if self.total is not None:
            rest = np.maximum(world.end - 1 - world.month, 0)
            return self.total * rest / world.end, 0
        year_ends = np.minimum((world.year + 1) * 12, world.end)
        this_year = by_year(self.annual, world) * np.maximum(year_ends - 1 - world.month, 0) / 12
        amounts: Any = self.annual if isinstance(self.annual, tuple) else (self.annual,)
        later: Any = this_year * 0
        for year, start in enumerate(range(12, world.end, 12), 1):
            months = min(12, world.end - start)
            amount = amounts[min(year, len(amounts) - 1)] * months / 12
            later = later + np.where(world.year < year, amount, 0)
        return this_year, later

    def _carried(self, lacking: Array, above: Array, share: Array, years: Array) -> Array:
        """What is due at each close, less what earlier shortfalls pay of later charges [money].

        ``years`` are the contract years of the rows. Each path has one close a year at most, so
        that the year's sum is the amount of that month.
        """
        due = lacking * 0
        paid: list[Array] = []
        surplus: list[Array] = []
        for number in range(years.max(initial=0) + 1):
            year = years == number
            lacks, spare = lacking[year].sum(axis=0), above[year].sum(axis=0)
            short = _drawn(surplus, self.surplus_years, lacks)
            left = _drawn(paid, self.make_up_years, spare)
            made_up = (above[year] - left) * (above[year] > 0)
            if self.surplus_years:  # at an early end this year's surplus counts towards later years
                surplus.append(left)
                short = _drawn(surplus, 1, short)
            owed = (lacking[year] - (lacks - short)) * (lacking[year] > 0) * share[year]
            due[year] = owed - made_up
            paid.append(owed.sum(axis=0))
        return due


def _drawn(banked: list[Array], last: int, wanted: Array) -> Array:
    """What is still wanted once the last so many amounts in a bank, oldest first, are drawn on."""
    for place in range(max(0, len(banked) - last), len(banked)):
        taken = np.minimum(wanted, banked[place])
        banked[place], wanted = banked[place] - taken, wanted - taken
    return wanted
