from decimal import Decimal

from hypothesis import strategies as st
from tests.pieces import HUGE, given, price_names, rates, shares

from scenarios.clauses.automation_review import AutomationMilestone, AutomationReview
from scenarios.clauses.indexation import Indexation
from scenarios.deal import Deal
from scenarios.pricing.hybrid import Hybrid

SAVING = {"price": "unit", "share": 0.5}
AGREED = {"price": "unit", "lowered": "to the agreed price"}
EXAMPLES = [
    {**SAVING, "milestones": [{"reached": 0.1}, {"reached": 0.2}, {"reached": 0.4}]},
    {**SAVING, "share": 1.0, "milestones": [{"reached": 0.25}]},
    {**AGREED, "milestones": [{"reached": 0.1, "price": 5.25}, {"reached": 0.3, "price": 4.5}]},
    {**SAVING, "measured": "claimed", "milestones": [{"reached": 0.3}]},
    {
        **SAVING,
        "measured": "claimed",
        "overstated": -0.2,
        "milestones": [{"reached": 0.1}, {"reached": 0.3}],
    },
    {
        **AGREED,
        "measured": "claimed",
        "overstated": 2.5,
        "milestones": [{"reached": 0.3, "price": 5.25}, {"reached": 1.0, "price": 4.5}],
    },
]
CHARGED = Hybrid(per_unit=6)
"""A price per unit, of which a saving per unit can be shared."""
REACHED = st.lists(shares, min_size=1, max_size=3, unique=True).map(sorted)
reported = {"measured": st.just("claimed"), "overstated": st.floats(-0.9, 3)}
by_saving = given(
    "automation_review",
    price=st.just("unit"),
    milestones=REACHED.map(lambda at: tuple(AutomationMilestone(reached=share) for share in at)),
    share=shares,
)
claimed = given(
    "automation_review",
    price=st.just("unit"),
    milestones=REACHED.map(lambda at: tuple(AutomationMilestone(reached=share) for share in at)),
    share=shares,
    **reported,
)
to_the_agreed = given(
    "automation_review",
    price=st.just("unit"),
    lowered=st.just("to the agreed price"),
    milestones=st.tuples(REACHED, rates).map(
        lambda drawn: tuple(
            AutomationMilestone(reached=share, price=drawn[1] / (1 + number))
            for number, share in enumerate(drawn[0])
        )
    ),
)
DRAWN = by_saving | claimed | to_the_agreed
EARLY = (AutomationMilestone(reached=0.01),)
NEUTRAL = [
    AutomationReview(price="unit", milestones=EARLY, share=0),
    AutomationReview(
        price="unit",
        milestones=(AutomationMilestone(reached=1.0),),
        share=0.5,
        measured="claimed",
        overstated=-0.5,
    ),
    AutomationReview(
        price="unit",
        milestones=(AutomationMilestone(reached=0.01, price=HUGE),),
        lowered="to the agreed price",
    ),
]
FEE_ONLY = True
BEFORE = Deal("Before", Hybrid(base=20_000, per_unit=6), (Indexation(index="wages", every=6),))
"""A unit price well above the saving, which an index moves too."""


def fitting(clause, charged):
    """A price per unit if there is one, else an agreed price; without prices, nothing to lower."""
    names = price_names(charged)
    units = [name for name in names if name in ("unit", "tier 1", "automated")]
    if units or not names:
        return clause.replace(price=units[0]) if units else Indexation(index="wages", share=0)
    price = HUGE if clause.share == 0 else 5.0
    milestones = tuple(one.replace(price=one.price or price) for one in clause.milestones)
    lowered = "to the agreed price"
    return clause.replace(price=names[0], milestones=milestones, share=None, lowered=lowered)


def plainly(clause, path):
    """A milestone reached lowers the price of the next month; each counts once."""
    paper, automation, units = path.price(clause.price), path["automation"], path["completed"]
    costs = zip(path["cost.labour"], path["cost.ai"], strict=True)
    spent = [labour + ai for labour, ai in costs]
    waiting = list(clause.milestones)
    factor, before, due, factors = Decimal(1), None, None, []
    for month in range(path.months):
        price = paper[month] * factor
        if due is not None and price > 0:
            lower = min(price, due.get("most", price)) - due.get("less", 0)
            factor = factor * max(lower, 0) / price
        factors.append(factor)
        due = None
        if not units[month]:
            continue
        cost = spent[month] / units[month]
        before = cost if before is None else before
        share = automation[month] * (1 + clause.overstated)
        while waiting and share >= waiting[0].reached:
            milestone = waiting.pop(0)
            if milestone.price is not None:
                due = {"most": milestone.price}
            elif cost < before:
                due = {"less": clause.share * (before - cost)}
                before = cost
    return {f"price {clause.price}": factors}
