"""Disputed amounts: what a dispute costs the provider."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from scenarios.ledger import Ledger
from scenarios.quantities import Share
from scenarios.term import Array, Clause
from scenarios.world import World


class DisputedAmounts(Clause):
    """The buyer may dispute a fee or a part of it. What of it is found to be owed stays part of the
    fee; the rest is struck off the fee of its month.

    ``share`` and ``upheld`` are what is expected, not what is agreed. The fee is then what is owed
    as found in the end; when it is paid, and what is paid in the meantime, is the interim payment,
    a term of its own. A negative fee is not disputed.

    Formula: struck off(t) = s * (1 - u) * max(0, fee(t)).

    Source: dispute windows with interim payment are general practice; shares are the parties' own,
    no source at hand.
    """

    invoiced: ClassVar[bool] = False
    planned: ClassVar[tuple[str, ...]] = ("share", "upheld")

    share: Share
    """Share of each fee that is expected to be disputed."""
    upheld: Share
    """Share of the disputed amount that is expected to be found owed to the provider."""

    def apply(self, world: World, ledger: Ledger) -> Array:
        """Minus what is struck off."""
        return np.maximum(ledger.fee, 0) * (-self.share * (1 - self.upheld))
