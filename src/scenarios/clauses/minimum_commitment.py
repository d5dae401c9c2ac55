"""Take-or-pay."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import MoneyByYear, Quantity, Share, Units
from scenarios.term import Array, Clause, by_year
from scenarios.world import ON_TARGET, World, chosen

Years = Annotated[int, Quantity("contract years", 0, 50)]


class MinimumCommitment(Clause):
    """Each contract year the buyer commits to charges of {annual}; it pays {share} of what is
    lacking when the year closes.[ What was paid for a shortfall may be used against charges above
    the commitment up to {make_up_years} contract years later.][if relief is not none:  If the
    incoming units of a contract year are more than {relief} below {baseline_units} units a month,
    its commitment falls in proportion to them.] [if on_termination is pro rata: If the contract
    ends early, the commitment of that year counts in proportion to the months that ran.][if
    on_termination is all that is unmet: If the contract ends early, all that is then unmet of the
    commitments up to the agreed end is due at once and in full.]

    Formula: shortfall_y = share * max(0, M_y - charges_y); with relief M_y * Q / V if
    Q < (1 - relief) * V; make-up_y = min(charges_y - M_y, shortfalls paid and not yet used).

    Source: underutilization charge at 100 % (lawinsider, minimum commitments); 20/75/80/75/50
    million (Clearwire and Sprint). Typical 60 to 80 % of the baseline (assumption). A last year
    that is shorter by agreement always counts in proportion. The oldest shortfall is made up
    first, at the year's close. Put the clause before the credits: after them it would refund them.
    """

    budget: ClassVar[str] = "caps and floors"

    annual: MoneyByYear
    """Money a contract year: one number, or one a year (the last goes on)."""
    share: Share = 1
    """Share of the shortfall that is paid."""
    make_up_years: Years = 0
    """Later contract years in which a shortfall paid may still be used; 0 for none."""
    relief: Share | None = None
    """Fall of the demand, as a share of the baseline units, beyond which the commitment falls."""
    baseline_units: Units | None = None
    """Units a month behind the commitment; needed for the relief and only there."""
    on_termination: Literal["pro rata", "all that is unmet"] = "pro rata"
    """What is due for the agreed months that do not run when a clause ends the contract early."""

    @model_validator(mode="after")
    def _relief(self) -> MinimumCommitment:
        if (self.relief is None) != (self.baseline_units is None):
            raise ValueError("relief and baseline_units go together: give both or neither")
        if self.baseline_units == 0:
            raise ValueError("baseline_units is 0; it must be above 0 to measure a fall against it")
        return self

    def apply(self, world: World, ledger: Ledger) -> Array:
        """The shortfall less what is made up, at each year's close, (months, paths) [money]."""
        charged = world.running(ledger.fee, 12)
        committed = self._committed(world)
        shortfall = np.maximum(committed - charged, 0) * self.share
        if self.on_termination == "all that is unmet" and world.ends_early.any():
            this_year, later = self._unrun(world)
            committed = np.where(world.ends_early, committed + this_year, committed)
            unmet = np.maximum(committed - charged, 0) + later
            shortfall = np.where(world.ends_early, unmet, shortfall)
        due = world.at_close(shortfall, 12)
        if not self.make_up_years:
            return due
        above = world.at_close(np.maximum(charged - committed, 0), 12)
        return due - self._made_up(due, above)

    def _committed(self, world: World) -> Any:
        """The commitment for the months of the year so far, relief included [money]."""
        committed = by_year(self.annual, world) * world.elapsed(12) / 12
        if self.relief is None:
            return committed
        units = world.running(world["demand"], 12)
        baseline = self.baseline_units * world.elapsed(12)
        edge = baseline * (1 - self.relief)
        noise = 0 if edge.dtype == object else edge * ON_TARGET
        return committed * chosen(units < edge - noise, units / baseline, 1)

    def _unrun(self, world: World) -> tuple[Any, Any]:
        """The commitment for the agreed months after each month: of this year, of later years."""
        year_ends = np.minimum((world.year + 1) * 12, world.end)
        this_year = by_year(self.annual, world) * np.maximum(year_ends - 1 - world.month, 0) / 12
        amounts = self.annual if isinstance(self.annual, tuple) else (self.annual,)
        later: Any = this_year * 0
        for year, start in enumerate(range(12, world.end, 12), 1):
            months = min(12, world.end - start)
            amount = amounts[min(year, len(amounts) - 1)] * months / 12
            later = later + np.where(world.year < year, amount, 0)
        return this_year, later

    def _made_up(self, paid: Array, above: Array) -> Array:
        """What earlier shortfalls pay of each year's charges above its commitment [money].

        Each contract year has one close at most, so its sum is the amount of that month.
        """
        used = paid * 0
        banked: list[Array] = []
        for start in range(0, len(paid), 12):
            year = slice(start, start + 12)
            left = above[year].sum(axis=0)
            for place in range(max(0, len(banked) - self.make_up_years), len(banked)):
                taken = np.minimum(left, banked[place])
                banked[place], left = banked[place] - taken, left - taken
            used[year] = (above[year] - left) * (above[year] > 0)
            banked.append(paid[year].sum(axis=0))
        return used
