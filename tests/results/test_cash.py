import numpy as np
import pytest

import scenarios as sc
from scenarios.engine.worlds import Worlds
from scenarios.results.cash import PAY_BACK, PEAK, PRESENT, REMAINS, pay_back

HOURLY = {"pricing": {"hourly": {"rate": 20}}}
TERMS = HOURLY | {"clauses": [{"payment_terms": {"days": 60}}]}
STOP = {"not_to_exceed": {"amount": 7_000, "then": "stop work"}}
HELD = HOURLY | {"clauses": [STOP, {"holdback": {"share": 0.1, "months": 3}}]}
POOR = {"pricing": {"hourly": {"rate": 5}}}


def table(scenario):
    """The cash table of a scenario without uncertainty."""
    return sc.simulate(scenario, paths=1).cash()


def test_paid_at_once_the_provider_is_never_in_the_red(small):
    """2,000 a month against 1,000: cash is above zero from month 1, and nothing remains due."""
    row = table(small(deals={"D": HOURLY})).loc["D"]
    assert row[PEAK].tolist() == [0, 0, 0]
    assert row[PAY_BACK].tolist() == [1, 1, 1, 1]
    assert row[REMAINS, "mean"] == 0


def test_paid_after_sixty_days_the_provider_finances_two_months(small):
    """-1,000, -2,000, -1,000, 0, then above: back in month 4; two fees remain due at the end."""
    found = sc.simulate(small(deals={"D": TERMS}), paths=1)
    row = found.cash().loc["D"]
    assert row[PEAK].tolist() == [-2_000, -2_000, -2_000]
    assert row[PAY_BACK].tolist() == [4, 4, 4, 1]
    assert row[REMAINS, "mean"] == 4_000
    paid = np.minimum(np.arange(12) + 2, 11) + 1
    buyer = (2_000 * 1.06 ** (-paid / 12)).sum()
    provider = (2_000 * 1.1 ** (-paid / 12)).sum() - (1_000 * 1.1 ** (-np.arange(1, 13) / 12)).sum()
    assert row[PRESENT].tolist() == pytest.approx([buyer, provider])


def test_a_deal_below_cost_never_pays_back(small):
    """500 a month against 1,000: 6,000 in the red after a year, and no month of pay-back."""
    row = table(small(deals={"D": POOR})).loc["D"]
    assert row[PEAK].tolist() == [-6_000, -6_000, -6_000]
    assert row[PAY_BACK].isna().tolist() == [True, True, True, False]
    assert row[PAY_BACK, "paid back"] == 0


def test_the_pay_back_month_is_the_first_from_which_cash_stays():
    """A balance that falls below zero again has not paid back; zero is paid back."""
    balance = np.array(
        [[-1, 5, -3, 1, 1], [2, 5, -2, -1, -9], [-1, 0, -1, 1e-15, 1], [3, 1, -1, 2, 0]]
    )
    assert pay_back(balance).tolist() == [4, 1, np.inf, 3, 3]


def test_the_table_is_quantiles_over_paths(run):
    """Peak and pay-back month are those of each path's own running cash."""
    found = run.cash()
    assert found.attrs["paths"] == run.paths
    for name in run.names:
        peaks, months, dues = [], [], []
        for block in run.blocks([run.deal(name)]):
            ledger = block.ledgers[name]
            net = (ledger.cash - ledger.total("provider_cost"))[:, : block.paths]
            for path in net.T:
                balance = np.add.accumulate(path)
                peaks.append(min(0, balance.min()))
                stays = [m for m in range(len(path)) if (balance[m:] >= 0).all()]
                months.append(stays[0] + 1 if stays else 9_999)
            dues += ledger.remains_due[: block.paths].tolist()
        row = found.loc[name]
        np.testing.assert_allclose(row[PEAK], np.quantile(peaks, (0.1, 0.5, 0.9)), rtol=1e-9)
        ordered = sorted(months)
        places = [ordered[int(np.ceil(q * len(ordered))) - 1] for q in (0.1, 0.5, 0.9)]
        assert row[PAY_BACK][:3].fillna(9_999).tolist() == places
        assert row[PAY_BACK, "paid back"] == np.mean(np.array(months) < 9_999)
        assert row[REMAINS, "mean"] == pytest.approx(np.mean(dues))
        assert row[PRESENT, "buyer's all-in cost"] == run.total(name, "buyer_pv").mean()


def test_after_a_stop_the_ledger_says_what_remains_due(small):
    """Stopped in month 4, 200, 200 and 100 are paid later; the replacement fills eight months."""
    scenario = small(deals={"D": HELD}, after_the_end={"per_month": 500, "per_unit": 25})
    ledger = sc.settle(scenario.deals["D"], Worlds(scenario, 1).certain())
    assert ledger.remains_due.tolist() == pytest.approx([500])
    assert ledger.outstanding.tolist() == pytest.approx([0], abs=1e-9)
    assert ledger.cash[4:, 0].tolist() == pytest.approx([200, 200, 100, 0, 0, 0, 0, 0], abs=1e-9)
    assert ledger.total("buyer_cost")[:, 0].tolist() == [0] * 4 + [3_000] * 8
    assert table(scenario).loc["D", (REMAINS, "mean")] == pytest.approx(500)


def test_what_is_paid_beyond_the_months_given_remains_due(small):
    """Stopped in month 11, part of the holdback of three months is due after the scenario."""
    held = [{"not_to_exceed": STOP["not_to_exceed"] | {"amount": 22_000}}, HELD["clauses"][1]]
    scenario = small(deals={"D": HOURLY | {"clauses": held}}, after_the_end="none")
    ledger = sc.settle(scenario.deals["D"], Worlds(scenario, 1).certain())
    assert ledger.remains_due.tolist() == pytest.approx([600])
    assert ledger.outstanding.tolist() == pytest.approx([400])
