from hypothesis import strategies as st
from tests.pieces import HUGE, monthly, shares

from scenarios.clauses.holdback import Holdback

EXAMPLES = [
    {"share": 0.1, "months": 3},
    {"share": 0.1, "months": 3, "most": 12_000.0},
    {"share": 0.05, "months": 2, "release": "contract end", "most": 20_000.0},
    {"share": 0.35, "months": 1, "release": "acceptance", "accepted": 10},
]


@st.composite
def _drawn(draw):
    release = draw(st.sampled_from(["payment", "acceptance", "contract end"]))
    return Holdback(
        share=draw(shares),
        months=draw(st.integers(0, 40)),
        release=release,
        accepted=draw(st.integers(1, 40)) if release == "acceptance" else None,
        most=draw(st.none() | monthly),
    )


DRAWN = _drawn()
NEUTRAL = [
    Holdback(share=0, months=3),
    Holdback(share=0.1, months=0),
    Holdback(share=0.1, months=0, most=HUGE),
    Holdback(share=0, months=3, release="contract end"),
]


def world(world):
    """The contract ends four months before the months given do."""
    return world.until(world.months - 4)


def plainly(term, path):
    """What is held of each payment, within the limit, and the month in which it is released."""
    end = path.final + 1
    until = end if term.accepted is None else min(end, term.accepted)
    cash, holding = [0] * path.months, [0] * path.months
    for month, payment in enumerate(path.paid):
        back = month + term.months
        if term.release != "payment":
            back = until - 1 + term.months
        if term.release != "payment" and month >= until:
            continue
        held = max(payment, 0) * term.share
        if term.most is not None:
            held = min(held, term.most - holding[month])
        cash[month] -= held
        if back < path.months:
            cash[back] += held
        for later in range(month, min(back, path.months)):
            holding[later] += held
    return {"cash": cash}
