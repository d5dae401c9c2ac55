import numpy as np
import pytest

import scenarios as sc

STATISTICS = ["total", "P50", "P80", "approved", "chance over"]


def test_rows_add_up_to_the_total_and_to_the_run(run):
    """Components add up to the total row; its total is the run's mean all-in cost."""
    for name in run.names:
        table = run.budget(name)
        parts = table.drop(index=STATISTICS)
        np.testing.assert_allclose(parts.sum(), table.loc["total"], rtol=1e-12)
        assert table.loc["total", "total"] == pytest.approx(run.total(name, "all_in").mean())


def test_years_add_up_to_the_total(run):
    """Means and approved money add up over the fiscal years; quantiles need not."""
    for name in run.names:
        table = run.budget(name).drop(index=["P50", "P80", "chance over"])
        years = table.filter(like="FY")
        np.testing.assert_allclose(years.sum(axis=1), table["total"], rtol=1e-9, atol=1e-6)


def test_the_present_value_is_the_run_s(run):
    """The budget's present value is the one of the summary, holdback included."""
    for name in run.names:
        found = run.budget(name).loc["total", "present value"]
        assert found == pytest.approx(run.total(name, "buyer_pv").mean())


def test_quantiles_and_chances_are_of_each_column_s_own_total(desk):
    """P50, P80 and the chance over are those of the path totals."""
    totals = desk.total("Hourly", "all_in")
    column = desk.budget("Hourly")["total"]
    assert column["P50"] == pytest.approx(np.quantile(totals, 0.5))
    assert column["P80"] == pytest.approx(np.quantile(totals, 0.8))
    assert column["chance over"] == (totals > 3 * desk.scenario.approved_budget).mean()


def test_all_deals_are_each_deal_stacked(desk):
    """Without a name the table holds every deal under its own."""
    whole = desk.budget()
    for name in desk.names:
        np.testing.assert_array_equal(whole.loc[name].dropna(how="all"), desk.budget(name))


def test_fiscal_years_start_where_the_buyer_s_do(small):
    """A contract from January under fiscal years from April begins in the year before."""
    given = small(fiscal_year_starts=4, months=24, approved_budget=[1_200, 2_400])
    table = sc.simulate(given, paths=3).budget("Hourly")
    assert list(table.columns[:3]) == ["FY2025", "FY2026", "FY2027"]
    np.testing.assert_allclose(table.loc["total"].iloc[:3], [6_000, 24_000, 18_000])
    np.testing.assert_allclose(table.loc["approved"].iloc[:3], [300, 2_400, 1_800])


def test_money_is_in_the_row_that_its_term_names(small):
    """Caps, own staff and the rest have the rows that their terms name."""
    deal = {
        "pricing": {"hourly": {"rate": 20}},
        "clauses": [
            {"minimum_commitment": {"annual": 30_000}},
            {"fee_cap": {"total": 29_000}},
            {"coordination": {"buyer": 50}},
        ],
    }
    table = sc.simulate(small(deals={"D": deal}), paths=1).budget("D")
    assert table["total"].drop(["P50", "P80"]).to_dict() == pytest.approx(
        {"variable fee": 24_000, "caps and floors": 5_000, "own staff": 600, "total": 29_600}
    )
