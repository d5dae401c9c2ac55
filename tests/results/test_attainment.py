import pytest

import scenarios as sc

DEAL = {"D": {"pricing": {"hourly": {"rate": 20}}, "targets": {"csat": 4.3}}}
CSAT = {"kind": "score", "level": 4.4, "sd": 0.12, "autocorrelation": 0.5}


def table(small, **kpi):
    """The attainment of one KPI in one deal."""
    return sc.simulate(
        small(kpis={"csat": CSAT | kpi}, deals=DEAL), paths=5_000, seed=2
    ).attainment()


def test_what_all_comes_from_outside_explains_every_miss(small):
    """Without its deviations a KPI above its target is never missed."""
    row = table(small, external=1.0).loc["D", "csat"]
    assert row["missed from outside"] == pytest.approx(1 - row["months on target"])


def test_what_partly_comes_from_outside_explains_some_misses(small):
    """A share of them: more than none and less than all, and the misses are as many as before."""
    alone, shared = table(small), table(small, external=0.4)
    assert "missed from outside" not in alone
    missed = 1 - shared["months on target"].item()
    assert 0.1 * missed < shared["missed from outside"].item() < 0.9 * missed
    assert shared["months on target"].item() == alone["months on target"].item()
