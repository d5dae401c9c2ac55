from hypothesis import strategies as st
from tests.pieces import HUGE, annual

from scenarios.clauses.fee_collar import FeeCollar

PERIODS = ["month", "contract year", "contract"]
EXAMPLES = [
    {"low": 48_000.0, "high": 54_000.0, "per": "month"},
    {"low": 600_000.0, "high": 610_000.0},
    {"low": 700_000.0, "high": 800_000.0, "per": "contract"},
]


@st.composite
def collars(draw):
    """Two limits in order."""
    low, high = sorted((draw(annual), draw(annual)))
    per = draw(st.sampled_from(PERIODS))
    if per == "month":
        low, high = low / 12, high / 12
    return FeeCollar(low=low, high=high, per=per)


DRAWN = collars()
NEUTRAL = [FeeCollar(low=0, high=HUGE, per=per) for per in PERIODS]
FEE_ONLY = True


def plainly(collar, path):
    """Of each period at most the upper limit is paid; at its close at least the lower one."""
    length = {"month": 1, "contract year": 12, "contract": path.end}[collar.per]
    change, charged, paid, months = [], 0, 0, 0
    for month, fee in enumerate(path.fee):
        charged += fee
        months += 1
        to_pay = min(charged, collar.high) - paid
        closes = months == length or month == path.final
        if closes:
            to_pay = max(to_pay, collar.low * months / length - paid)
        paid += to_pay
        change.append(to_pay - fee)
        if closes:
            charged, paid, months = 0, 0, 0
    return {"fee": change}
