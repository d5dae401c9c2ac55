import numpy as np
from hypothesis import strategies as st
from tests.pieces import monthly, shares

from scenarios.clauses.termination_for_convenience import (
    TerminationForConvenience,
    TerminationPhase,
)

EXAMPLES = [
    {
        "month": 9,
        "investment": 180_000.0,
        "wind_down": 20_000.0,
        "monthly_fees": 2.0,
        "notice_months": 3,
    },
    {"month": 9, "investment": 180_000.0, "amortised_over": 12},
    {"month": 9, "form": "months remaining", "share": 0.5},
    {"month": 9, "form": "share of annual fee", "share": 0.25},
    {"month": 9, "discount": 0.08, "conversion": 15_000.0, "monthly_fees": 1.0, "average_of": 3},
    {"month": 9, "form": "months remaining", "share": 0.8, "average_of": 3},
    {
        "month": 9,
        "form": "share of compensation",
        "phases": [{"share": 0.2, "up_to": 5}, {"share": 0.05, "up_to": 9}, {"share": 0.02}],
    },
]
AVERAGE = st.none() | st.integers(1, 12)


def phases(rates):
    """A phase of five months for each share, the last without an end."""
    ends = [5 * (place + 1) for place in range(len(rates) - 1)]
    return tuple(
        TerminationPhase(share=share, up_to=end)
        for share, end in zip(rates, [*ends, None], strict=True)
    )


MONTH = st.none() | st.integers(4, 30)
DRAWN = st.one_of(
    st.builds(
        TerminationForConvenience,
        month=MONTH,
        investment=monthly,
        amortised_over=st.none() | st.integers(1, 40),
        wind_down=monthly,
        monthly_fees=st.floats(0.01, 6),
        conversion=st.just(0) | monthly,
        discount=st.just(0) | st.floats(0, 0.3),
        average_of=AVERAGE,
        notice_months=st.integers(0, 3),
    ),
    st.builds(
        TerminationForConvenience,
        month=MONTH,
        form=st.sampled_from(["months remaining", "share of annual fee"]),
        share=shares,
        average_of=AVERAGE,
    ),
    st.builds(
        TerminationForConvenience,
        month=MONTH,
        form=st.just("share of compensation"),
        phases=st.lists(shares, min_size=1, max_size=3).map(phases),
    ),
)
NEUTRAL = [
    TerminationForConvenience(wind_down=50_000),
    TerminationForConvenience(form="months remaining", share=1),
    TerminationForConvenience(month=600, form="share of annual fee", share=0.25),
]


def world(world):
    """Some paths end when the clause ends them, some before, some never."""
    path = np.arange(world.paths)
    return world.stopped(np.where(path % 3 == 0, 8, path % 40))


def plainly(term, path):
    """The fee of the month in which it ends the contract; nothing where that month never comes."""
    stop, fee = [0] * path.months, [0] * path.months
    at = term.month - 1
    if at < path.end - 1:
        stop[at] = 1
        if path.last == at:
            fee[at] = owed(term, path, path.fee[: at + 1])
    return {"fee": fee, "end": stop}


def owed(term, path, fees):
    """What the form written asks for, of the fees so far."""
    if term.form == "share of compensation":
        share = next(p.share for p in term.phases if p.up_to is None or term.month <= p.up_to)
        return share * sum(fees)
    counted = fees if term.average_of is None else fees[-term.average_of :]
    average = sum(counted) / len(counted)
    if term.form == "share of annual fee":
        return term.share * 12 * average
    if term.form == "months remaining":
        return term.share * (path.end - term.month) * average
    total = path.end if term.amortised_over is None else term.amortised_over
    left = max(total - term.month, 0)
    repaid = sum(fees) / (1 - term.discount) - sum(fees)
    fixed = term.investment * left / total + term.wind_down + term.conversion
    return fixed + repaid + term.monthly_fees * average
