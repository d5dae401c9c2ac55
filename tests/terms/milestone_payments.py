from hypothesis import strategies as st
from tests.pieces import shares

from scenarios.clauses.milestone_payments import Milestone, MilestonePayments

EXAMPLES = [{"milestones": [{"month": 4, "share": 0.5}, {"month": 9, "share": 0.8}, {"month": 12}]}]
DRAWN = st.dictionaries(st.integers(1, 40), shares, min_size=1, max_size=5).map(
    lambda plan: MilestonePayments(
        milestones=tuple(Milestone(month=m, share=plan[m]) for m in sorted(plan))
    )
)


def world(world):
    """The contract ends four months before the months given do."""
    return world.until(world.months - 4)


def plainly(term, path):
    """What is earned piles up until a milestone, or the contract's end, pays its share."""
    plan = {milestone.month: milestone.share for milestone in term.milestones}
    cash, unpaid = [], 0
    for month, due in enumerate(path.paid):
        unpaid += due
        paid = unpaid if month >= path.final else unpaid * plan.get(month + 1, 0)
        unpaid -= paid
        cash.append(paid - due)
    return {"cash": cash}
