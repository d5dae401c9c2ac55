"""Worlds, terms and deals for Hypothesis: every test draws what it needs from here."""

from importlib import import_module
from pathlib import Path

import numpy as np
from hypothesis import strategies as st
from tests.pieces import by_year

from scenarios.deal import Deal
from scenarios.pricing import PRICING
from scenarios.term import STAGES
from scenarios.world import World

TERMS = {
    file.stem: import_module(f"tests.terms.{file.stem}")
    for file in sorted((Path(__file__).parent / "terms").glob("*.py"))
}
"""What the tests know of each term, by keyword: examples, a strategy, neutral numbers."""
PRICED = {kind: told.DRAWN for kind, told in TERMS.items() if kind in PRICING}
"""A strategy for each pricing model, by keyword."""
WRITTEN = {kind: told.DRAWN for kind, told in TERMS.items() if kind not in PRICING}
"""A strategy for each clause, by keyword."""
FEE_ONLY = tuple(kind for kind in WRITTEN if getattr(TERMS[kind], "FEE_ONLY", False))
"""Clauses that are pure transfers from one party to the other."""


def pricing(*kinds):
    """Any pricing model, or one of these."""
    return st.one_of([PRICED[kind] for kind in kinds or PRICED])


def clauses(*kinds):
    """Any clause, or one of these."""
    return st.one_of([WRITTEN[kind] for kind in kinds or WRITTEN])


def fitting(clause, charged):
    """The clause as it fits this pricing model, such as about prices where no hours are billed."""
    fit = getattr(TERMS[clause.keyword()], "fitting", None)
    return clause if fit is None else fit(clause, charged)


@st.composite
def deals(draw, *kinds, most=5, must=()):
    """A deal with clauses of these kinds, in the legal order of stages; ``must`` are in it."""
    drawn = draw(st.lists(clauses(*kinds), max_size=most)) + [draw(clauses(kind)) for kind in must]
    drawn.sort(key=lambda clause: STAGES.index(clause.stage))
    charged = draw(pricing())
    drawn = [fitting(clause, charged) for clause in drawn]
    targets = {
        "csat": draw(by_year(st.floats(4.2, 4.4))),
        "answer_hours": draw(by_year(st.floats(6, 8))),
    }
    months = draw(st.none() | st.integers(1, 30))
    return Deal("Drawn", charged, tuple(drawn), targets=targets, months=months)


@st.composite
def worlds(draw, *, paths=None):
    """1 to 30 months of a support desk; the contract may end before or after the months given.

    The amounts come from a generator whose seed is drawn: sums of them lie on no limit by chance,
    where floats and Decimals may part. Series vary by path, or are the same on all.
    """
    months, paths = draw(st.integers(1, 30)), paths or draw(st.integers(1, 4))
    end = max(1, months + draw(st.sampled_from([-5, 0, 0, 7])))
    random = np.random.Generator(np.random.SFC64(draw(st.integers(0, 2**32 - 1))))
    wide = paths if draw(st.booleans()) else 1
    quiet = draw(st.integers(0, 2))
    return World(
        series=series(random, months, paths, wide, quiet),
        paths=paths,
        end=end,
        lower_is_better=frozenset({"answer_hours"}),
        month_hours={"agent": 125.0, "lead": 125.0},
    )


def series(random, months, paths, wide, quiet):
    """All that terms read; in the last ``quiet`` months nobody works."""
    month = np.arange(months)[:, None]

    def about(centre, spread, width=paths):
        return centre * (1 + spread * random.uniform(-1, 1, (months, width)))

    works = np.where(month < months - quiet, 1.0, 0.0)
    share = np.clip(0.05 * (month - 2), 0, 0.5) * about(1, 0.3, wide)
    demand = about(9_000, 0.3) * works
    hours = demand * (1 - share) * 0.25
    claimed = demand * about(0.95, 0.03)
    return {
        "demand": demand,
        "completed": demand * about(0.98, 0.02),
        "automation": share,
        "automated": demand * share,
        "claimed": claimed,
        "claimed.automated": claimed * share,
        "verified": claimed * about(0.96, 0.03, wide),
        "activity": about(0.9, 0.1, wide) * works,
        "management": about(1.1, 0.3),
        "hours": hours,
        "hours.agent": hours * 0.9,
        "hours.lead": hours * 0.1,
        "contracted.agent": about(2_250, 0, 1),
        "contracted.lead": about(250, 0, 1),
        "cost.labour": hours * about(15, 0.1),
        "cost.ai": (2_800 + demand * share) * works,
        "confirmed": claimed * about(0.5, 0.1),
        **{f"reopened.{age}": claimed * about(0.02 / (1 + age), 0.4) for age in range(4)},
        "audit.error": about(0.03, 0.9),
        "overtime.agent": hours * about(0.05, 0.9),
        "overtime.lead": hours * about(0.005, 0.9),
        "changes": about(60, 0.9) * works,
        **{f"repair.{age}": hours * about(0.02 / (1 + age), 0.5) for age in range(6)},
        "leavers.agent": np.floor(about(1, 1)),
        "leavers.lead": np.floor(about(0.6, 1)),
        "insolvent": np.where(month >= random.integers(5, 60, (1, paths)), 1.0, 0.0),
        "loss": np.floor(about(0.55, 1)) * about(90_000, 0.5),
        "loss.breach": np.floor(about(0.55, 1)) * about(90_000, 0.5),
        "market.unit": about(5, 0.2) * 0.99**month,
        "market.agent": about(20, 0.2) * 0.99**month,
        "cost.hour": about(15, 0.1),
        "cost.materials": about(2_000, 0.5) * works,
        "cost.changes": about(900, 0.9) * works,
        "cost.repair": about(500, 0.9),
        "index.fx": about(1, 0.15),
        "index.cpi": 1.03 ** (month / 12) * about(1, 0.02),
        "cost.one_off": np.where(month == 2, about(60_000, 0.2, wide), 0.0),
        "value": claimed * about(7, 0.1),
        "consequence": demand * about(0.3, 0.5),
        "kpi.csat": about(4.3, 0.05),
        "reported.csat": about(4.3, 0.05),
        "kpi.answer_hours": about(7, 0.3, wide),
        "reported.answer_hours": about(7, 0.3, wide),
        "index.wages": 1.06 ** (month / 12) * about(1, 0.03, wide),
        "replacement.cost": about(50_000, 0.2),
        "replacement.value": claimed * 7,
        "coordination.cost": about(6_000, 0.4) * works,
        "cost.subcontract": hours * about(4, 0.2),
        "cost.staffing": about(3_000, 0.9),
        "relationship": np.where(month >= random.integers(5, 60, (1, paths)), 1.0, 0.0),
    }


def alike(one, other, months=None):
    """Where two ledgers differ, line by line and book by book, in the first months; "" nowhere."""
    first, second = _books(one, months), _books(other, months)
    for key in {**first, **second}:
        a, b = first.get(key, 0.0), second.get(key, 0.0)  # a line that is missing moved nothing
        if not (np.asarray(a) == b).all():
            return f"{key}: {a} and {b}"
    return ""


def _books(ledger, months):
    return {
        (line.name, book): np.asarray(amounts)[:months]
        for line in ledger
        for book, amounts in line.amounts.items()
    }
