"""Value-based pricing: a share of what the outcomes are worth to the buyer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from pydantic import model_validator

from scenarios.quantities import Money, Share
from scenarios.term import Array, Basis, Pricing
from scenarios.world import World


class ValueShare(Pricing):
    """The buyer pays {share} of what the verified outcomes of a month are worth to it[ beyond
    {hurdle}][, and a base fee of {base_fee} a month][; in all at least {minimum} a month][; in all
    at most {maximum} a month].

    Formula: Fee_t = min(max(B + s * max(0, V_t - H), floor), cap); V value of the month, H hurdle,
    s share, B base fee.

    Source: value-based pricing, general practice; what a unit is worth and how that is verified is
    an assumption of the scenario (section value).

    Hurdle, floor and cap apply to each month by itself: a month below the hurdle is not set off
    against another.
    """

    share: Share
    """Share of the value beyond the hurdle."""
    hurdle: Money = 0
    """Value a month of which nothing is shared."""
    base_fee: Money = 0
    """Money a month on top of the share."""
    minimum: Money = 0
    """Least money a month, base fee included."""
    maximum: Money | None = None
    """Most money a month, base fee included; none for no cap."""

    @model_validator(mode="after")
    def _in_order(self) -> ValueShare:
        least = max(self.minimum, self.base_fee)
        if self.maximum is not None and self.maximum < least:
            raise ValueError(
                f"maximum ({self.maximum:g}) must not be below minimum or base_fee ({least:g})"
            )
        return self

    def prices(self, world: World) -> Mapping[str, Any]:
        """``base``, where there is a base fee [money]. The share is none: no index moves it."""
        return {"base": self.base_fee} if self.base_fee else {}

    def billable(self, world: World) -> Mapping[str, Array]:
        """``value``: what is shared, the value beyond the hurdle [money]."""
        if "value" not in world.series:
            raise ValueError(
                "it shares what the outcomes are worth, and the scenario says no worth: give "
                "value.verified_unit, what a verified unit is worth to the buyer, or value.kpis"
            )
        value = world["value"]
        return {"value": np.maximum(value - self.hurdle, 0)}

    def charge(self, world: World, basis: Basis) -> Mapping[str, Array]:
        """The base fee, and the share within floor and cap."""
        base = basis.prices.get("base")
        other = 0 if base is None else base
        share: Any = basis.billable["value"] * self.share
        if self.minimum:
            share = np.maximum(share, self.minimum - other)
        if self.maximum is not None:
            share = np.minimum(share, self.maximum - other)
        return {"variable fee": share} | ({} if base is None else {"fixed fee": base})
