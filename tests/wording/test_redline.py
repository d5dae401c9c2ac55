import numpy as np
import pytest
from hypothesis import given, settings
from tests.small import small
from tests.strategies import deals

import scenarios as sc
from scenarios.errors import ScenarioError
from scenarios.resources import resource
from scenarios.wording.steps import applied, steps

HOURLY = sc.Deal("Old", sc.Hourly(rate=20), (sc.FeeCap(annual=20_000),))


def worth(a, b, **options):
    """What each change is worth in the small scenario, by its number."""
    return sc.redline(a, b, small(), paths=10, **options).table()


def test_every_change_is_said_in_words():
    """Fields by name with both values, clauses added and struck out with their sentence."""
    new = sc.Deal(
        "New",
        sc.Hourly(rate=22),
        (sc.Holdback(share=0.1, months=3),),
        targets={"csat": (4.3, 4.4)},
        months=24,
    )
    changes = sc.redline(HOURLY, new).changes
    assert changes[:3] == [
        "Months: as long as the scenario becomes 24",
        "Added: target of csat: 4.3 in contract year 1 and 4.4 from year 2 on",
        "Hourly: rate 20.00 becomes 22.00",
    ]
    assert changes[3].startswith("Struck out: fee cap. The fee")
    assert changes[4].startswith("Added: holdback. ")


def test_what_is_planned_is_marked():
    """A plan is nothing that the parties agree: its change says so, and a new clause's as well."""
    old, new = (
        HOURLY.replace(clauses=(sc.Coordination(buyer=buyer, provider=5),)) for buyer in (10, 20)
    )
    assert sc.redline(old, new).changes == ["Coordination: buyer 10 becomes 20 (plan)"]
    added = sc.redline(HOURLY.replace(clauses=()), old).changes
    assert added[0].endswith("of the fee. (plan: buyer 10 and provider 5)")


def test_acronyms_stay_as_they_are():
    """A title has a capital at its start and keeps those within."""
    old, new = (
        HOURLY.replace(clauses=(sc.KpiReview(from_month=month, weights={"csat": 1.0}),))
        for month in (2, 3)
    )
    assert sc.redline(old, new).changes == ["KPI review: from month 2 becomes 3"]


def test_a_moved_clause_is_said_to_be_moved():
    """The same clauses in another order are one change."""
    clauses = (sc.FeeCap(monthly=1_500), sc.FeeFloor(monthly=1_600))
    a = HOURLY.replace(clauses=clauses)
    (change,) = sc.redline(a, a.replace(clauses=clauses[::-1])).changes
    assert change == "Moved: now fee floor, then fee cap"


def test_the_same_deal_has_no_changes():
    """Another name alone is no change."""
    assert sc.redline(HOURLY, HOURLY.replace(name="Other")).changes == []


def test_a_change_is_worth_what_it_moves():
    """100 hours a month at 22 instead of 20 cost 2,400 a year; a cap at 20,000 was 4,000 worth."""
    table = worth(HOURLY, HOURLY.replace(pricing=sc.Hourly(rate=22), clauses=()))
    assert table.loc["1", "to the buyer"] == 0
    assert table.loc["2", "to the buyer"] == pytest.approx(-6_400)
    assert table.loc["in all", "to the provider"] == pytest.approx(6_400)


def test_the_order_decides_the_rows_and_shapley_does_not_depend_on_it():
    """Rate and cap: in either order the Shapley values are the mean of both."""
    table = worth(HOURLY, HOURLY.replace(pricing=sc.Hourly(rate=22), clauses=()), shapley=True)
    assert table.loc["1", "to the provider"] == pytest.approx((0 + 2_400) / 2)
    assert table.loc["2", "to the provider"] == pytest.approx((6_400 + 4_000) / 2)
    assert table.attrs["orders"] == 2


def test_payment_terms_are_worth_something_in_present_values_only():
    """Paying a month later moves no total, and helps the buyer as it hurts the provider."""
    later = HOURLY.replace(clauses=(*HOURLY.clauses, sc.PaymentTerms(days=30)))
    row = worth(HOURLY, later).loc["1"]
    assert row["to the buyer"] == row["to the provider"] == 0
    assert row["buyer, present value"] > 0 > row["provider, present value"]


def test_words_need_no_scenario_and_worth_does():
    """Asked for the worth without a scenario, it says what is missing."""
    with pytest.raises(ScenarioError, match="needs a scenario"):
        sc.redline(HOURLY, HOURLY).table()


def test_changes_that_hang_together_are_one():
    """Tiers instead of a price: neither stands without the other."""
    a = HOURLY.replace(pricing=sc.PerOutcome(price=5.0))
    b = HOURLY.replace(pricing=sc.PerOutcome(tiers=(sc.Tier(price=4.0),)))
    (change,) = sc.redline(a, b).changes
    assert "price 5.00 becomes none" in change
    assert "tiers" in change


def test_a_page_escapes_what_a_person_wrote():
    """A deal's name is text, never markup."""
    page = sc.redline(HOURLY.replace(name="<b>"), HOURLY)._repr_html_()
    assert "<b>" not in page
    assert "&lt;b&gt;" in page


@settings(max_examples=40)
@given(deals(), deals())
def test_all_steps_together_make_the_other_deal(a, b):
    """Whatever two deals differ in, taking every step leads from one to the other."""
    made = applied(a, b, steps(a, b))
    assert made.replace(name=b.name) == b
    assert applied(a, b, []) == a


def test_rows_add_up_to_the_whole():
    """Sequential or Shapley, the rows sum to the difference of the two deals on the same paths."""
    desk = sc.load("data/scenarios/support-desk.yaml")
    a = desk.deals["Hybrid"]
    fields = {"base": 26_000.0, "per_unit": 3.2}
    b = a.replace(
        pricing=a.pricing.replace(**fields), clauses=(a.clauses[1], sc.FeeCap(annual=500_000))
    )
    run = sc.simulate(desk, [a, b.replace(name="B")], paths=200, seed=3)
    whole = run.total("B", "contribution").mean() - run.total("Hybrid", "contribution").mean()
    for shapley in (False, True):
        table = sc.redline(a, b, desk, paths=200, seed=3, shapley=shapley).table()
        rows = table.drop(index="in all")["to the provider"]
        np.testing.assert_allclose([rows.sum(), table.loc["in all", "to the provider"]], whole)


def test_a_weight_and_its_target_are_one_change():
    """A KPI that is struck out of the weights and of the targets goes in one row, in either
    direction and whatever else changes; without a scenario nobody knows, and there are two.
    """
    desk = sc.load(resource("scenarios", "support-desk.yaml"))
    a = desk.deals["Hybrid"]
    fewer = a.pricing.replace(weights={"csat": 0.5, "first_contact": 0.5}, base=27_000.0)
    targets = {kpi: a.targets[kpi] for kpi in ("csat", "first_contact")}
    b = a.replace(pricing=fewer, targets=targets)
    for one, other in ((a, b), (b, a)):
        found = sc.redline(one, other, desk, paths=20, shapley=True)
        joined = [words for words in found.changes if "; with it: " in words]
        assert len(found.changes) == 2
        assert len(joined) == 1
        assert "answer hours" in joined[0]
        assert "; with it: Struck" not in joined[0]
        assert "; with it: Added" not in joined[0]
        assert "weights" in joined[0]
        assert len(sc.redline(one, other).changes) == 3


@pytest.mark.parametrize("shapley", [False, True])
def test_any_two_deals_of_the_examples_can_be_laid_side_by_side(shapley):
    """Whatever hangs together is found, and the rows add up to the whole."""
    desk = sc.load(resource("scenarios", "support-desk.yaml"))
    for a in desk.deals.values():
        for b in desk.deals.values():
            table = sc.redline(a, b, desk, paths=5, shapley=shapley).table()
            rows = table.drop(index="in all")
            for column in ("to the buyer", "provider, present value"):
                np.testing.assert_allclose(
                    rows[column].sum(), table.loc["in all", column], rtol=1e-9, atol=1e-6
                )


def test_many_changes_are_averaged_over_some_orders():
    """Above eight changes forty orders are drawn at the seed; the table says so and adds up."""
    caps = {"monthly": 1_900.0, "annual": 22_000.0, "total": 22_500.0}
    floors = {"monthly": 100.0, "annual": 1_000.0, "total": 2_000.0}
    a = HOURLY.replace(clauses=(sc.FeeCap(monthly=3_000.0), sc.FeeFloor(monthly=1.0)))
    clauses = (
        sc.FeeCap(**caps),
        sc.FeeFloor(**floors),
        sc.Coordination(buyer=10.0),
        sc.Investment(),
        sc.Holdback(share=0.1, months=2),
    )
    b = HOURLY.replace(pricing=sc.Hourly(rate=21), clauses=clauses)
    table = worth(a, b, shapley=True)
    assert len(table) - 1 > 8
    assert table.attrs["orders"] == 40
    total = table.drop(index="in all")["to the provider"].sum()
    assert total == pytest.approx(table.loc["in all", "to the provider"])
    np.testing.assert_array_equal(
        table["to the provider"], worth(a, b, shapley=True)["to the provider"]
    )


def test_a_deal_that_does_not_fit_the_scenario_is_said_to():
    """Not the changes but the deal is what is wrong, and its term is named."""
    b = HOURLY.replace(clauses=(sc.PriceReview(price="unit", benchmark="market"),))
    with pytest.raises(ScenarioError, match="price review"):
        worth(HOURLY, b)


def test_a_clause_of_ones_own_is_compared_like_any_other():
    """Its fields are named, and what the change is worth is settled."""

    class OwnRebate(sc.Clause):
        """The buyer gets back {share} of every fee."""

        share: sc.Share

        def apply(self, world, ledger):
            return -ledger.fee * self.share

    a, b = (HOURLY.replace(clauses=(OwnRebate(share=share),)) for share in (0.1, 0.2))
    assert sc.redline(a, b).changes == ["Own rebate: share 10 % becomes 20 %"]
    assert worth(a, b).loc["1", "to the buyer"] == pytest.approx(2_400)
