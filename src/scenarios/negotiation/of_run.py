"""The bargaining zone of a deal: what fixed sum on top of it both parties would accept."""

from __future__ import annotations

import math
from typing import Any

import numpy.typing as npt

from scenarios.errors import ScenarioError
from scenarios.negotiation.zone import BargainingZone, bargaining_zone
from scenarios.results.run import Run
from scenarios.risk.certainty import certainty_equivalent


def bargaining_zone_of(
    run: Run,
    deal: str,
    *,
    buyer_alternative: str | float,
    provider_alternative: str | float = 0.0,
    buyer_tolerance: float = math.inf,
    provider_tolerance: float = math.inf,
) -> BargainingZone:
    """The expected fees of a deal, over the scenario's months, that both parties would accept.

    The fee is moved by a fixed sum, the deal's terms as they are. An alternative is another deal of
    the run, settled on the same futures, or a sure amount: what the buyer nets from its best
    alternative (benefit less fee and own outlays), or the provider's contribution from its own (0
    unless given: no contract). A reservation price is where a party's certainty equivalent is that
    of its alternative, so that benefit that differs counts; the tolerances for risk [money] are
    infinite unless given. Undiscounted. Whoever reads the result knows both parties' secrets.
    Raises ``ScenarioError`` for no such deal, a tolerance that is not above 0, and a buyer's sure
    amount of 0 or more where the scenario values no outcome: the deal then nets only cost.
    """
    fee = float(run.total(deal, "fee").mean())
    buyer, provider = (buyer_tolerance, "buyer_net"), (provider_tolerance, "contribution")
    gives_up = _sure(run, deal, *buyer) - _sure(run, buyer_alternative, *buyer)
    _comparable(run, deal, buyer_alternative)
    needs = _sure(run, provider_alternative, *provider) - _sure(run, deal, *provider)
    return bargaining_zone(seller_reserve=fee + needs, buyer_reserve=fee + gives_up)


def _comparable(run: Run, deal: str, alternative: str | float) -> None:
    """Refuse a sure amount that holds benefit which the deal, for want of a value, does not."""
    if isinstance(alternative, str) or alternative < 0 or run.total(deal, "benefit").any():
        return
    raise ScenarioError(
        "the scenario values no outcome, so that the buyer nets only cost: give a deal as the "
        "alternative, or minus what the alternative costs, or value outcomes in the section value: "
        f"given buyer_alternative={alternative:g}"
    )


def _sure(run: Run, what: str | float, tolerance: float, total: str) -> float:
    """The certainty equivalent of a party's total under a deal, or the sure amount itself."""
    values: npt.NDArray[Any] | list[float]
    values = run.total(what, total) if isinstance(what, str) else [what]
    # A sum paid on every path moves the certainty equivalent by itself: no price has to be sought.
    return certainty_equivalent(values, tolerance)
