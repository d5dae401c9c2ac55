import numpy as np
import pytest

import scenarios as sc


def test_each_cell_is_that_of_the_paths(run):
    """Mean, deviation, quantiles and the bad end are those of the path totals, sorted by hand."""
    table = run.risk(share=0.03)
    count = 0.03 * run.paths
    for name in run.names:
        costs = np.sort(run.total(name, "all_in"))[::-1]
        row = table.loc[name]
        assert row["mean"] == pytest.approx(costs.mean(), rel=1e-12)
        assert row["sd"] == pytest.approx(costs.std(), rel=1e-9)
        assert row[["P10", "P50", "P90"]].tolist() == np.quantile(costs, (0.1, 0.5, 0.9)).tolist()
        whole, part = divmod(count, 1)
        assert row["value at risk"] == costs[int(np.ceil(count - 1e-9)) - 1]
        worst = costs[: int(whole)].sum() + part * costs[int(whole)]
        assert row["worst mean"] == pytest.approx(worst / count)
    assert "certainty equivalent" not in table


def test_what_is_bad_for_the_provider_is_a_low_contribution(run):
    """The provider's bad end lies below its P10, the buyer's above its P90."""
    buyer, provider = run.risk(), run.risk("provider")
    for name in run.names:
        assert buyer.loc[name, "worst mean"] >= buyer.loc[name, "value at risk"]
        assert buyer.loc[name, "value at risk"] >= buyer.loc[name, "P90"]
        assert provider.loc[name, "worst mean"] <= provider.loc[name, "value at risk"]
        assert provider.loc[name, "value at risk"] <= provider.loc[name, "P10"]
        assert provider.loc[name, "mean"] == run.total(name, "contribution").mean()


def test_a_party_that_shuns_risk_sees_a_higher_cost_and_a_lower_contribution(desk):
    """The certainty equivalent is the formula's, worse than the mean for either party."""
    tolerance = 200_000
    for party, way, total in (("buyer", 1, "all_in"), ("provider", -1, "contribution")):
        table = desk.risk(party, risk_tolerance=tolerance)
        for name in desk.names:
            x = way * desk.total(name, total).astype(np.longdouble) / tolerance
            plainly = way * tolerance * float(np.log(np.exp(x - x.max()).mean()) + x.max())
            assert table.loc[name, "certainty equivalent"] == pytest.approx(plainly)
            assert way * (plainly - table.loc[name, "mean"]) > 0


def test_without_uncertainty_every_amount_is_the_same(small):
    """A certain scenario has no risk: 12 months of 100 hours at 20."""
    row = sc.simulate(small(), paths=3).risk(risk_tolerance=1_000).loc["Hourly"]
    assert row.drop("sd").tolist() == [24_000] * 7
    assert row["sd"] == 0


def test_the_table_says_what_it_shows(desk):
    """Party, amounts, share, tolerance, currency and paths stand in its attributes."""
    assert desk.risk("provider", share=0.1, risk_tolerance=5e5).attrs == {
        "party": "provider",
        "amounts": "provider's contribution",
        "share": 0.1,
        "risk_tolerance": 5e5,
        "currency": desk.scenario.currency,
        "paths": desk.paths,
        "sampling": "random",
    }


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"party": "byer"}, "did you mean 'buyer'"),
        ({"share": 5}, "such as 0.05: given 5"),
        ({"share": "5%"}, "above 0 and at most 1, such as 0.05: given '5%'"),
        ({"share": None}, "such as 0.05: given None"),
        ({"risk_tolerance": 0}, "an amount of money above 0"),
        ({"risk_tolerance": "1e6"}, "an amount of money above 0 .*given '1e6'"),
        ({"risk_tolerance": float("nan")}, "an amount of money above 0 .*given nan"),
    ],
)
def test_what_cannot_be_is_refused(desk, how, told):
    """No such party, share or tolerance is an error that says what is allowed."""
    with pytest.raises(sc.ScenarioError, match=told):
        desk.risk(**how)
