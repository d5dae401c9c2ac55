import pytest
from tests.small import small

import scenarios as sc


def found(*clauses, pricing=None):
    """What the rule on order finds in a deal with these clauses."""
    deal = sc.Deal("D", pricing or sc.Hourly(rate=20), clauses)
    scenario = small(indices={"cpi": {"annual": 0.02}}).replace(deals={"D": deal})
    findings = sc.check_definitions(scenario)
    return [f.place for f in findings if "comes after it" in f.what or "whole fee" in f.what]


CEILING, CAP = sc.NotToExceed(amount=100_000), sc.FeeCap(annual=50_000)
CHANGES, INDEX = sc.ChangeRequests(rate=30), sc.Indexation(index="cpi")
MARKET = sc.PriceReview(price="agent", benchmark="agent")
INCENTIVE = sc.FixedPriceIncentive(
    target_cost=1_000, target_profit=100, ceiling_price=1_300, share_over=0.5, share_under=0.5
)
CREDITS = sc.ServiceCredits(at_risk=0.1, weights={})


@pytest.mark.parametrize(
    ("clauses", "place"),
    [
        ((CEILING, CHANGES), "clauses.not_to_exceed"),
        ((CAP, CHANGES), "clauses.fee_cap"),
        ((MARKET, INDEX), "clauses.price_review"),
        ((CREDITS, INCENTIVE), "clauses.fixed_price_incentive"),
    ],
)
def test_a_promise_that_a_later_clause_undoes_is_found(clauses, place):
    """In this order it is a finding, turned around it is none."""
    assert found(*clauses) == [f"deals.D.{place}"]
    assert found(*clauses[::-1]) == []
