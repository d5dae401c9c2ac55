import numpy as np
import pytest

import scenarios as sc
from scenarios.engine.streams import BLOCK


class LoyaltyRebate(sc.Clause):
    """After the first year the buyer gets back {share} of every fee."""

    share: sc.Share

    def apply(self, world, ledger):
        """A share of the fee so far, from month 12 on."""
        return -self.share * ledger.fee * (world.month >= 12)


class Broken(sc.Clause):
    """Divides by zero on one path of one block, in month 5."""

    demand: float

    def apply(self, world, ledger):
        """Zero, but not a number in month 5 of the path whose first demand this is."""
        wrong = (world["demand"][:1] == self.demand) & (world.month == 5)
        with np.errstate(all="ignore"):
            return ledger.zeros() / np.where(wrong, 0, 1)


class Unshaped(sc.Clause):
    """Returns an array of no allowed shape."""

    def apply(self, world, ledger):
        """Paths only."""
        return np.zeros(world.paths + 1)


@pytest.fixture
def uncertain(small):
    """The small scenario over two years, every path with its own demand."""
    demand = {"volume": {"unit": "t", "per_month": {"median": 100, "log_sd": 0.1}}}
    return small(months=24, demand=demand)


def deal(*clauses):
    """A deal by the hour with these clauses."""
    return sc.Deal("Own", sc.Hourly(rate=20), clauses)


def test_a_clause_of_five_lines_works_everywhere(uncertain):
    """Its line is in the waterfall, its money in the totals, the budget and the months."""
    run = sc.simulate(uncertain, [deal()], paths=100).reprice(
        sc.Deal("Loyal", sc.Hourly(rate=20), (LoyaltyRebate(share=0.05),))
    )
    plain, loyal = run.total("Own", "fee"), run.total("Loyal", "fee")
    np.testing.assert_allclose(loyal, plain * (1 - 0.05 / 2))
    table = run.waterfall("Loyal", if_removed=True)
    rebate = -0.025 * plain.mean()
    assert table.loc["loyalty rebate", "buyer"] == pytest.approx(rebate)
    assert table.loc["loyalty rebate", "if removed"] == pytest.approx(rebate)
    assert table.loc["loyalty rebate", "bites"] == 0.5
    budget = run.budget("Loyal").loc["other terms"]
    np.testing.assert_allclose(budget[["FY2026", "FY2027"]].astype(float), [0, rebate])
    months = run.monthly("loyalty rebate", "Loyal")["mean"]
    assert (months[:12] == 0).all()
    assert months.sum() == pytest.approx(rebate)


@pytest.mark.parametrize("path", [3, BLOCK + 7])
def test_what_is_no_number_is_located(uncertain, path):
    """The error names the deal, the term, the month and the run's own path."""
    block, place = divmod(path, BLOCK)
    first = sc.simulate(uncertain, [deal()], paths=1).worlds(block)["demand"][0, place]
    with pytest.raises(sc.SettlementError, match=rf"on path {path}\b") as error:
        sc.simulate(uncertain, [deal(Broken(demand=float(first)))], paths=2 * BLOCK)
    assert (error.value.deal, error.value.term, error.value.month) == ("Own", "broken", 5)


def test_paths_that_were_not_asked_for_cannot_fail_a_run(uncertain):
    """A run of ten paths does not fail for what happens on the thousandth."""
    beyond = sc.simulate(uncertain, [deal()], paths=1).worlds(0)["demand"][0, 1_000]
    run = sc.simulate(uncertain, [deal(Broken(demand=float(beyond)))], paths=10)
    assert np.isfinite(run.array).all()


def test_an_array_of_a_wrong_shape_says_which_are_allowed(uncertain):
    """The error names deal and term, the shape given and the shapes allowed."""
    with pytest.raises(
        sc.SettlementError, match=rf"shape \({BLOCK + 1},\); allowed.*\(24, {BLOCK}\)"
    ) as error:
        sc.simulate(uncertain, [deal(Unshaped())], paths=1)
    assert (error.value.deal, error.value.term) == ("Own", "unshaped")


def test_an_error_in_pricing_names_the_pricing(uncertain):
    """A rate card of the wrong roles is reported under the term hourly."""
    given = sc.Deal("Own", sc.Hourly(rate={"lead": 30.0}))
    with pytest.raises(sc.SettlementError, match="the roles that work are agent") as error:
        sc.simulate(uncertain, [given], paths=1)
    assert (error.value.deal, error.value.term) == ("Own", "hourly")
