import numpy as np
from hypothesis import strategies as st
from tests.pieces import monthly, shares

from scenarios.clauses.termination_for_convenience import TerminationForConvenience

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
]
MONTH = st.none() | st.integers(4, 30)
DRAWN = st.one_of(
    st.builds(
        TerminationForConvenience,
        month=MONTH,
        investment=monthly,
        amortised_over=st.none() | st.integers(1, 40),
        wind_down=monthly,
        monthly_fees=st.floats(0, 6),
        notice_months=st.integers(0, 3),
    ),
    st.builds(
        TerminationForConvenience,
        month=MONTH,
        form=st.sampled_from(["months remaining", "share of annual fee"]),
        share=shares,
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
            fee[at] = owed(term, path, sum(path.fee[: at + 1]) / term.month)
    return {"fee": fee, "end": stop}


def owed(term, path, average):
    """What the form written asks for."""
    if term.form == "share of annual fee":
        return term.share * 12 * average
    if term.form == "months remaining":
        return term.share * (path.end - term.month) * average
    total = path.end if term.amortised_over is None else term.amortised_over
    left = max(total - term.month, 0)
    return term.investment * left / total + term.wind_down + term.monthly_fees * average
