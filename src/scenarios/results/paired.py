"""What a deal comes to in futures that differ in one thing, added up over months and paths."""

from __future__ import annotations

from typing import Any

import numpy as np

from scenarios.clauses.termination_for_failure import TerminationForFailure
from scenarios.deal import Deal
from scenarios.ledger import BOOKS, Book, Ledger
from scenarios.results.counterfactual import Otherwise
from scenarios.settling import settle
from scenarios.world import Array, World

HALF_A_CENT = 0.005
"""What money may move by and still stand still: rounding in the last bits."""
GOVERNANCE = "provider's governance"
"""What the provider's own staff costs beside the lines of the budget row ``own staff``."""


def paired_sums(deal: Deal, ledger: Ledger, futures: Otherwise, paths: int) -> dict[str, float]:
    """What the measures of a deal are made of, added up over a block's months and first paths.

    ``WORLD BOOK`` are the books as written, under an overrun and with worse KPIs; ``fee WORLD`` is
    what is paid as long as no right to terminate for failure is used; all in [money].
    """
    ledgers = {
        "written": ledger,
        "overrun": settle(deal, futures.overrun),
        "worse": settle(deal, futures.worse),
    }
    lasting = deal.striking(TerminationForFailure)
    names = ("written", "missed", "more_hours", "fewer_results", "unproven")
    fees = {name: settle(lasting, getattr(futures, name)).fee[:, :paths] for name in names}
    return {
        **{
            f"{name} {book}": float(one.total(book)[:, :paths].sum())
            for name, one in ledgers.items()
            for book in BOOKS
        },
        **{f"fee {name}": float(fee.sum()) for name, fee in fees.items()},
        **_months(futures, ledger, fees, paths),
        **_end(futures.written, ledger, paths),
        "paths": paths,
        "buyer staff": _staff(ledger, "buyer_cost", paths),
        "provider staff": _staff(ledger, "provider_cost", paths),
    }


def _months(
    futures: Otherwise, ledger: Ledger, fees: dict[str, Array], paths: int
) -> dict[str, float]:
    """Months of work, those of them in which proof decides any of the fee, and those that the work
    takes in all, as written and under an overrun [months].
    """
    activity = _wide(futures.written["activity"], ledger, paths)
    works = activity * _active(ledger, paths)
    hangs = np.abs(fees["written"] - fees["unproven"]) > HALF_A_CENT
    longer = _wide(futures.overrun["activity"], ledger, paths)
    return {
        "months": float(works.sum()),
        "months with work": float((works > 0).sum()),
        "months with proof": float((hangs & (works > 0)).sum()),
        "activity": float(activity.sum()),
        "overrun activity": float(longer.sum()),
    }


def _end(world: World, ledger: Ledger, paths: int) -> dict[str, float]:
    """Units that come in, in all and while the contract runs, units verified by its end [units];
    and what is paid after its last month with work [money].
    """
    runs = _active(ledger, paths)
    demand, verified = (_wide(world[name], ledger, paths) for name in ("demand", "verified"))
    works = runs & (_wide(world["activity"], ledger, paths) > 0)
    over = ~np.logical_or.accumulate(works[::-1], axis=0)[::-1]
    later = np.where(over, ledger.cash[:, :paths], 0).sum() + ledger.outstanding[:paths].sum()
    return {
        "demand": float(demand.sum()),
        "demand while it runs": float((demand * runs).sum()),
        "verified": float((verified * runs).sum()),
        "later": float(later),
    }


def _staff(ledger: Ledger, book: Book, paths: int) -> float:
    """What a party's own staff costs it [money]."""
    lines = [
        _wide(line.amounts[book], ledger, paths).sum()
        for line in ledger
        if book in line.amounts and (line.budget == "own staff" or line.name == GOVERNANCE)
    ]
    return float(sum(lines))


def _active(ledger: Ledger, paths: int) -> Any:
    """True where the contract runs, (months, paths)."""
    runs = np.ones((1, 1), bool) if ledger.active is None else ledger.active
    return _wide(runs, ledger, paths)


def _wide(array: Array, ledger: Ledger, paths: int) -> Any:
    """The array's first paths, (months, paths)."""
    return np.broadcast_to(array, (ledger.months, ledger.paths))[:, :paths]
