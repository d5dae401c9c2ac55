import numpy as np
import pytest

import scenarios as sc

ALL_IN, CONTRIBUTION = "buyer's all-in cost", "provider's contribution"


def test_the_summary_is_quantiles_of_the_totals(run):
    """P10, P50 and P90 are numpy's quantiles of fee and costs, in rising order."""
    table, totals = run.summary(), run.totals
    for name in run.names:
        one = totals[name]
        for measure, values in (
            (ALL_IN, one["fee"] + one["buyer_cost"]),
            (CONTRIBUTION, one["fee"] - one["provider_cost"]),
        ):
            found = table.loc[name, measure]
            assert found.tolist() == np.quantile(values, (0.1, 0.5, 0.9)).tolist()
            assert found["P10"] <= found["P50"] <= found["P90"]


def test_chances_are_shares_of_paths(run):
    """A loss is a contribution below 0; over budget is above the approved money of all years."""
    table = run.summary()
    given, years = run.scenario.approved_budget, run.scenario.months // 12
    amounts = given if isinstance(given, tuple) else (given,)
    approved = sum(amounts[min(year, len(amounts) - 1)] for year in range(years))
    for name in run.names:
        loss = (run.total(name, "contribution") < 0).mean()
        over = (run.total(name, "all_in") > approved).mean()
        assert table.loc[name, "chance of"].tolist() == [loss, over]


def test_without_a_budget_there_is_no_chance_to_exceed_it(small):
    """The chance is unknown, not zero."""
    table = sc.simulate(small(), paths=5).summary()
    assert np.isnan(table.loc["Hourly", ("chance of", "going over budget")])


def test_detail_adds_means_present_values_and_people(run):
    """Means and standard errors are of the totals; present values are the discounted books."""
    table = run.summary(detail=True)
    for name in run.names:
        values, row = run.total(name, "all_in"), table.loc[name]
        assert row[ALL_IN, "mean"] == values.mean()
        assert row[ALL_IN, "standard error"] == pytest.approx(values.std() / run.paths**0.5)
        assert row["present value", ALL_IN] == run.total(name, "buyer_pv").mean()
        hours = run.people()["hours a month"].sum()
        assert row["a month", "hours worked"] == pytest.approx(hours)


@pytest.mark.parametrize(("timing", "shift"), [("end of month", 1.0), ("mid month", 0.5)])
def test_present_value_is_the_annuity(small, timing, shift):
    """2,000 a month at 6 % a year: the sum of 2,000 / 1.06 ** ((n + timing) / 12)."""
    found = sc.simulate(small(discounting=timing), paths=1)
    months = (np.arange(12) + shift) / 12
    assert found.total("Hourly", "buyer_pv")[0] == pytest.approx((2_000 * 1.06**-months).sum())
    assert found.total("Hourly", "provider_pv")[0] == pytest.approx((1_000 * 1.1**-months).sum())


def test_totals_are_the_ledgers_added_up(run):
    """Every book of every path is the sum of its settlement's months."""
    world = run.worlds(0)
    for deal in run.deals:
        ledger = sc.settle(deal, world)
        for book in ("fee", "buyer_cost", "provider_cost", "benefit"):
            months = ledger.total(book).sum(axis=0)
            found = run.total(deal.name, book)
            np.testing.assert_allclose(found[: world.paths], months, rtol=1e-12)


def test_an_unknown_deal_is_refused_with_the_nearest_name(desk):
    """The error says which deals the run has."""
    for act in (
        lambda: desk.total("Hourli", "fee"),
        lambda: desk.waterfall("Hourli"),
        lambda: desk.compare("Outcome", "Hourli"),
        lambda: desk.budget("Hourli"),
        lambda: desk.monthly("fee", "Hourli"),
    ):
        with pytest.raises(sc.ScenarioError, match=r"no deal named 'Hourli'.*mean 'Hourly'"):
            act()


def test_an_unknown_total_is_refused_in_words(desk):
    """The error says which totals there are."""
    with pytest.raises(sc.ScenarioError, match="all_in"):
        desk.total("Hourly", "all in")


def test_a_holdback_costs_its_delay_and_no_more(small):
    """In present value a fee counts when it is paid, what is still held in the last month."""
    held = {
        "pricing": {"hourly": {"rate": 20}},
        "clauses": [{"holdback": {"share": 1, "months": 6}}],
    }
    found = sc.simulate(small(deals={"D": held}), paths=1)
    paid = np.minimum(np.arange(12) + 6, 11) + 1
    assert found.total("D", "buyer_pv")[0] == pytest.approx((2_000 * 1.06 ** (-paid / 12)).sum())


def test_the_chance_of_ending_early_is_shown_where_a_deal_can(small):
    """A ceiling of three months' fees ends every path early; an hourly deal never does."""
    stop = {
        "pricing": {"hourly": {"rate": 20}},
        "clauses": [{"not_to_exceed": {"amount": 6_000, "then": "stop work"}}],
    }
    free = {"pricing": {"hourly": {"rate": 20}}}
    table = sc.simulate(
        small(deals={"S": stop, "F": free}, after_the_end="none"), paths=1
    ).summary()
    assert table.loc["S", ("chance of", "ending early")] == 1
    assert np.isnan(table.loc["F", ("chance of", "ending early")])
