"""A collar: a floor and a cap on the fee in one."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import model_validator

from scenarios.clauses.fee_floor import lacking
from scenarios.ledger import Ledger
from scenarios.quantities import Money
from scenarios.term import Array, Clause, over_the_limit
from scenarios.world import World


class FeeCollar(Clause):
    """The fee of [if per is month: a month][if per is contract year: a contract year][if per is
    contract: the whole contract] shall not be less than {low} and shall not exceed {high}. What is
    above {high} is not paid later; what is lacking to {low} is paid when the {per} closes.[if
    per is not month:  If a {per} ends early, the lower limit is reduced in proportion to the
    months that ran.]

    Formula: low <= sum of fee of the period <= high.

    Source: contract practice; the same as a fee cap followed by a fee floor of the same period.
    The upper limit is not reduced for a period cut short.
    """

    budget: ClassVar[str] = "caps and floors"

    low: Money
    """Least money a period."""
    high: Money
    """Most money a period; not below the least."""
    per: Literal["month", "contract year", "contract"] = "contract year"
    """The period that both limits hold for."""

    @model_validator(mode="after")
    def _ordered(self) -> FeeCollar:
        if self.low > self.high:
            raise ValueError(
                f"low ({self.low:,.0f}) must not be above high ({self.high:,.0f}): exchange them, "
                "or make both the same for a fixed fee"
            )
        return self

    def apply(self, world: World, ledger: Ledger) -> Array:
        """Minus what is above the upper limit, plus what is lacking to the lower one at each
        close, (months, paths) [money].
        """
        every = {"month": 1, "contract year": 12, "contract": world.end}[self.per]
        excess = over_the_limit(ledger.fee, self.high, every)
        return excess + lacking(ledger.fee, self.low, world, every)
