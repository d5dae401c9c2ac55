from decimal import Decimal

from hypothesis import strategies as st
from tests.pieces import shares

from scenarios.clauses.payment_terms import PaymentTerms

EXAMPLES = [
    {"days": 45},
    {"days": 45, "falls": "in the later month"},
    {
        "days": 30,
        "early_share": 0.6,
        "early_days": 10,
        "late_share": 0.1,
        "late_days": 20,
    },
]


@st.composite
def _drawn(draw):
    days = draw(st.integers(0, 120))
    early, late = draw(shares) / 2, draw(shares) / 2
    early_days = draw(st.integers(1, days)) if early and days else 0
    late_days = draw(st.integers(1, 90)) if late else 0
    return PaymentTerms(
        days=days,
        early_share=early if early_days else 0,
        early_days=early_days,
        late_share=late if late_days else 0,
        late_days=late_days,
        falls=draw(st.sampled_from(["in both months", "in the later month"])),
    )


DRAWN = _drawn()
NEUTRAL = [PaymentTerms(days=0)]


def plainly(terms, path):
    """Each part of each payment counts in the month, or the two months, that its day falls in."""
    cash = [-payment for payment in path.paid]
    parts = [
        (1 - terms.early_share - terms.late_share, terms.days),
        (terms.early_share, terms.early_days),
        (terms.late_share, terms.days + terms.late_days),
    ]
    for month, payment in enumerate(path.paid):
        for share, days in parts:
            for count, part in falls(days, terms.falls):
                if month + count < path.months:
                    cash[month + count] += payment * share * part
    return {"cash": cash}


def falls(days, rule):
    """Months later, and the part of a payment that counts there."""
    full, over = days // 30, days % 30
    if over == 0:
        return [(full, 1)]
    if rule == "in the later month":
        return [(full + 1, 1)]
    return [(full, 1 - Decimal(over) / 30), (full + 1, Decimal(over) / 30)]
