"""Each path's totals: the books added up over the months, and present values."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from scenarios.errors import SettlementError
from scenarios.ledger import Book, Ledger
from scenarios.scenario import Scenario
from scenarios.settling import WORLD_LINES
from scenarios.world import World

Array = npt.NDArray[Any]

TOTALS: Mapping[str, str] = {
    "fee": "what the buyer pays the provider [money]",
    "buyer_cost": "the buyer's own outlays [money]",
    "provider_cost": "the provider's own outlays [money]",
    "benefit": "what the outcomes are worth to the buyer [money]",
    "buyer_pv": "present value of fee and own outlays, at the buyer's rate [money]",
    "provider_pv": "present value of fee less own outlays, at the provider's rate [money]",
}
"""The totals kept for each path and deal, undiscounted unless they say so."""


def weights(scenario: Scenario) -> Array:
    """What a month counts: plainly, to the buyer, to the provider; (3, months).

    The last two are one row where both discount alike: (2, months).
    """
    timing = {"end of month": 1.0, "mid month": 0.5}[scenario.discounting]
    years = (np.arange(scenario.months) + timing) / 12
    parties = scenario.parties
    rates = dict.fromkeys((parties.buyer.discount_rate, parties.provider.discount_rate))
    return np.stack([np.ones_like(years), *((1 + rate) ** -years for rate in rates)])


def world_sums(world: World, weighed: Array) -> dict[int, Array]:
    """The sums of what the world itself writes on every deal's ledger, by the arrays' identity.

    Valid as long as the world lives: it is added up once a world, not once a deal.
    """
    series = (world.series[name] for name in WORLD_LINES if name in world.series)
    return {id(array): weighed @ array for array in series}


def path_totals(
    ledger: Ledger, weighed: Array, known: Mapping[int, Array] = MappingProxyType({})
) -> Array:
    """The totals of one ledger, (len(TOTALS), paths) [money]; ``known`` are the world's sums.

    What is outstanding when the months end counts in present values as paid in the last month.
    """
    books: dict[Book, Any] = {}
    if ledger.active is not None:
        written = {book for line in ledger for book in line.whole}
        books = {book: weighed @ ledger.total(book) for book in written}
    else:
        for line in ledger:
            for book, amounts in line.whole.items():
                added = known.get(id(amounts))
                if added is None:
                    added = weighed @ amounts
                books[book] = books[book] + added if book in books else added
    out = np.zeros((len(TOTALS), ledger.paths))
    nothing = np.zeros((len(weighed), 1))
    fee, own = books.get("fee", nothing), books.get("buyer_cost", nothing)
    provider = books.get("provider_cost", nothing)
    cash = books.get("cash", nothing)
    deposits = books.get("escrow", nothing)
    received = fee + cash - cash[0] * weighed[:, -1:]
    paid = received + deposits - deposits[0] * weighed[:, -1:]
    out[0], out[1], out[2] = fee[0], own[0], provider[0]
    out[3] = books.get("benefit", nothing)[0]
    out[4] = paid[1] + own[1]
    out[5] = received[-1] - provider[-1]
    return out


def refuse_infinite(out: Array, ledger: Ledger, deal: str, first: int) -> None:
    """Raise ``SettlementError`` that names the first line, month and path that is not a number.

    ``out`` are the totals of the paths asked for; ``first`` is the number of the first of them.
    """
    if np.isfinite(out).all():
        return
    for line in ledger:
        for amounts in line.amounts.values():
            bad = np.argwhere(~np.isfinite(amounts[:, : out.shape[1]]))
            if len(bad):
                month, path = (int(place) for place in bad[0])
                raise SettlementError(
                    f"gives {amounts[month, path]} on path {first + path}: check its numbers",
                    deal=deal,
                    term=line.name,
                    month=month,
                )
