"""Rounding: how a contract makes whole cents of an amount."""

from __future__ import annotations

import decimal
from decimal import Decimal
from typing import Annotated, Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from scenarios.declared import Declared

Array = npt.NDArray[Any]
RULES = {
    "half up": decimal.ROUND_HALF_UP,
    "half even": decimal.ROUND_HALF_EVEN,
    "half down": decimal.ROUND_HALF_DOWN,
    "down": decimal.ROUND_DOWN,
}
"""A tie goes away from zero, to the even neighbour, or towards zero; or all that is over falls."""


class Rounding(Declared):
    """Each amount is rounded, when it becomes due, to {decimals} decimals of the currency, {rule}
    [if rule is half up: (a tie goes away from zero)][if rule is half even: (a tie goes to the even
    neighbour)][if rule is half down: (a tie goes towards zero)][if rule is down: (whatever is over
    is dropped)].

    "half up" takes a tie away from zero, as commercial rounding does; "half even" to the even
    neighbour; "half down" towards zero; "down" drops whatever is over.
    """

    decimals: Annotated[int, Field(ge=0, le=6)] = 2
    """Decimals of the currency's unit."""
    rule: Literal["half up", "half even", "half down", "down"] = "half up"
    """What becomes of a tie."""

    def one(self, amount: Decimal) -> Decimal:
        """One amount in whole cents; exact for any size."""
        unit = Decimal(1).scaleb(-self.decimals)
        with decimal.localcontext(prec=max(28, amount.adjusted() + self.decimals + 3)):
            return amount.quantize(unit, rounding=RULES[self.rule])

    def each(self, amounts: Array) -> Array:
        """Every amount of an array of ``Decimal`` or whole numbers, in whole cents."""
        return np.asarray(
            np.vectorize(lambda amount: self.one(Decimal(amount)), otypes=[object])(amounts)
        )
