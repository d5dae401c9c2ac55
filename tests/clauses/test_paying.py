"""What the clauses on payment refuse."""

import pytest

from scenarios.clauses.holdback import Holdback
from scenarios.clauses.interim_payment import InterimPayment
from scenarios.clauses.milestone_payments import Milestone, MilestonePayments
from scenarios.clauses.payment_terms import PaymentTerms


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"early_share": 0.5}, "early_share and early_days go together"),
        ({"late_days": 20}, "late_share and late_days go together"),
        ({"early_share": 0.5, "early_days": 31}, r"early_days \(31\) must not be above days"),
        (
            {"early_share": 0.7, "early_days": 10, "late_share": 0.7, "late_days": 10},
            "together at most 1",
        ),
    ],
)
def test_parts_of_an_invoice_have_a_share_and_days(fields, words):
    """A share without days, early days after the terms, or more than an invoice are refused."""
    with pytest.raises(ValueError, match=words):
        PaymentTerms(days=30, **fields)


@pytest.mark.parametrize("fields", [{"release": "acceptance"}, {"accepted": 6}])
def test_acceptance_has_a_month(fields):
    """A release at acceptance needs its month, and only that release takes one."""
    with pytest.raises(ValueError, match="goes with release: acceptance"):
        Holdback(share=0.1, months=3, **fields)


def test_milestones_stand_in_order():
    """A month that comes again, or an earlier one, is refused."""
    with pytest.raises(ValueError, match="month 3 stands after that of month 3"):
        MilestonePayments(milestones=(Milestone(month=3), Milestone(month=3)))


def test_a_dispute_leaves_something_to_pay():
    """All disputed and nothing owed is no payment."""
    with pytest.raises(ValueError, match="nothing to pay"):
        InterimPayment(share=1, interim=0.5, months=2, upheld=0)
