"""Worlds, terms and deals for Hypothesis: every test draws what it needs from here."""

import numpy as np
from hypothesis import strategies as st

from scenarios.clauses import CLAUSES, CommittedProductivity
from scenarios.deal import Deal
from scenarios.pricing import PRICING
from scenarios.term import STAGES
from scenarios.world import World

KPIS = ("csat", "answer_hours")
shares = st.integers(0, 1_000_000).map(lambda millionths: millionths / 1_000_000)
small_shares = shares.map(lambda share: 0.3 * share)
rates = st.floats(1, 60)
monthly = st.floats(1_000, 90_000)
annual = st.floats(10_000, 900_000)
periods = st.sampled_from([1, 3, 6, 12])
decimals = st.none() | st.integers(0, 3)


def by_year(amounts):
    """One amount, or one a contract year."""
    return amounts | st.lists(amounts, min_size=1, max_size=3).map(tuple)


def card(amounts):
    """One rate, or one for each role."""
    return amounts | st.fixed_dictionaries({"agent": amounts, "lead": amounts})


@st.composite
def weights(draw):
    """Weights of the two KPIs that sum to 1."""
    first = draw(shares)
    return {"csat": first, "answer_hours": 1 - first}


def given(kind, **fields):
    """The term of this keyword with these numbers; what a strategy draws as None is left out."""
    made = {**CLAUSES, **PRICING}[kind]
    return st.fixed_dictionaries(fields).map(
        lambda numbers: made(**{name: x for name, x in numbers.items() if x is not None})
    )


@st.composite
def tiers(draw):
    """Graduated prices with rising limits."""
    limits = sorted(draw(st.sets(st.integers(1, 12_000), max_size=3)))
    ends = [*map(float, limits), None]
    return tuple({"price": draw(rates), "up_to": end} for end in ends)


PRICED = {
    "hourly": given(
        "hourly",
        rate=card(rates),
        billing=st.sampled_from(["worked", "contracted"]),
    ),
    "hybrid": given(
        "hybrid",
        base=monthly,
        rate=st.none() | card(rates),
        per_unit=st.just(0) | rates,
        counts=st.sampled_from(["verified", "claimed"]),
        included_units=st.just(0) | st.floats(1, 9_000),
        at_risk=st.just(0) | shares,
        bonus=st.just(0) | monthly,
        bonus_cap=st.none() | annual,
        weights=weights(),
        measured_every=periods,
        decimals=decimals,
    ),
    "per_outcome": given(
        "per_outcome",
        price=by_year(rates),
        counts=st.sampled_from(["verified", "claimed"]),
        base_fee=st.just(0) | monthly,
        minimum=st.just(0) | monthly,
    )
    | given("per_outcome", tiers=tiers(), base_fee=st.just(0) | monthly),
}
"""A strategy for each pricing model, by keyword."""

_at_least_one = st.fixed_dictionaries(
    {}, optional={"monthly": monthly, "annual": annual, "total": annual}
).filter(bool)
WRITTEN = {
    "ai_pass_through": given("ai_pass_through", share=shares, handling=small_shares),
    "committed_productivity": given(
        "committed_productivity", annual=small_shares, on=st.sampled_from(["prices", "hours"])
    ),
    "coordination": given("coordination", buyer=monthly, provider=st.just(0) | monthly),
    "fee_cap": _at_least_one.map(lambda caps: CLAUSES["fee_cap"](**caps)),
    "fee_floor": _at_least_one.map(lambda floors: CLAUSES["fee_floor"](**floors)),
    "gain_share": given(
        "gain_share",
        buyer_share=shares,
        baseline=monthly,
        rate=card(rates),
        committed=small_shares,
        baseline_units=st.none() | st.floats(1_000, 20_000),
    )
    | given(
        "gain_share",
        buyer_share=shares,
        baseline=monthly,
        measured_on=st.just("provider cost"),
    ),
    "holdback": given("holdback", share=shares, months=st.integers(0, 40)),
    "indexation": given(
        "indexation",
        index=st.just("wages"),
        share=shares,
        floor=st.none() | st.floats(-0.05, 0.01),
        cap=st.none() | st.floats(0.01, 0.1),
        method=st.sampled_from(["chained", "base-fixed"]),
        every=st.sampled_from([1, 3, 12]),
    ),
    "investment": given("investment", buyer_share=shares),
    "minimum_commitment": given("minimum_commitment", annual=by_year(annual), share=shares),
    "not_to_exceed": given(
        "not_to_exceed", amount=annual, then=st.sampled_from(["complete at cost", "stop work"])
    ),
    "service_credits": given(
        "service_credits",
        at_risk=small_shares,
        weights=weights(),
        pool=st.floats(0, 3),
        measured_every=periods,
        cap_per=st.sampled_from(["month", "contract year"]),
        decimals=decimals,
    ),
}
"""A strategy for each clause, by keyword."""
FEE_ONLY = (
    "ai_pass_through",
    "committed_productivity",
    "fee_cap",
    "fee_floor",
    "gain_share",
    "indexation",
    "minimum_commitment",
    "service_credits",
)
"""Clauses that are pure transfers from one party to the other."""


def pricing(*kinds):
    """Any pricing model, or one of these."""
    return st.one_of([PRICED[kind] for kind in kinds or PRICED])


def clauses(*kinds):
    """Any clause, or one of these."""
    return st.one_of([WRITTEN[kind] for kind in kinds or WRITTEN])


def fitting(clause, charged):
    """The clause, or, where it is about hours and none are billed, the same about prices."""
    if isinstance(clause, CommittedProductivity) and getattr(charged, "rate", None) is None:
        return clause.replace(on="prices")
    return clause


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
        series=_series(random, months, paths, wide, quiet),
        paths=paths,
        end=end,
        lower_is_better=frozenset({"answer_hours"}),
        month_hours={"agent": 125.0, "lead": 125.0},
    )


def _series(random, months, paths, wide, quiet):
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
        "claimed": claimed,
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
