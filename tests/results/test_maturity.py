import pandas as pd
import pytest

import scenarios as sc
from scenarios import ScenarioError

CURVE = {"ceiling": {"low": 0.2, "mode": 0.4, "high": 0.6}, "go_live": 3, "midpoint": 12}
PLANNED, WAITING = "uncertainty off", "a year later"


def table(small, **automation):
    """The phases of an automation, from one block of paths."""
    return sc.simulate(small(automation=CURVE | {"rise": 12} | automation), paths=1).maturity()


def test_a_start_in_2026_is_mature_in_2028_and_one_in_2027_in_2029(small):
    """Phases are shares of each path's own ceiling, so its uncertainty moves none of them."""
    phases = table(small, mature=24)
    assert phases.loc["go-live", [PLANNED, WAITING]].tolist() == ["2026-04", "2027-04"]
    assert phases.loc["mature", [PLANNED, WAITING]].tolist() == ["2028-01", "2029-01"]
    assert phases.loc["mature", ["P10", "P50", "P90"]].tolist() == ["2028-01"] * 3


def test_phases_are_reached_when_the_curve_says_so(small):
    """An observed curve: a tenth after 1 month, half after 5, nine tenths after 9, all after 10."""
    curve = {"midpoint": None, "rise": None, "points": [[10, 1.0]]}
    months = table(small, **curve)[PLANNED].tolist()
    assert months == ["2026-04", "2026-05", "2026-09", "2027-01", "2027-02"]


def test_an_uncertain_delay_spreads_the_months_by_as_much(small):
    """One chance in ten below 0 and one above 6 months: P10 and P90 lie six months apart."""
    phases = table(small, mature=24, delay={"p10": 0, "p90": 6})
    assert phases.loc["mature", ["P10", "P50", "P90"]].tolist() == ["2028-01", "2028-04", "2028-07"]


def test_what_never_matures_within_the_months_looked_at_is_later(small):
    """A plain logistic curve ten years away is not mature three years after the end."""
    phases = table(small, midpoint=120)
    assert phases.loc["mature"].tolist()[1:] == ["later"] * 5
    assert phases.loc["go-live", PLANNED] == "2026-04"


def test_nothing_automated_is_an_error_that_says_what_to_write(small):
    """There is no maturity without automation."""
    with pytest.raises(ScenarioError, match="describe it in the section automation"):
        sc.simulate(small(), paths=1).maturity()


HOURS = {"pricing": {"hourly": {"rate": 20}}}
FIXED = {"pricing": {"hourly": {"rate": 20, "billing": "contracted"}}}


def responding(small, **response):
    """The phases where one deal keeps all of the gain from automating and one loses by it."""
    given = small(
        automation=CURVE | {"rise": 12, "mature": 24},
        deals={"Hourly": HOURS, "Fixed": FIXED},
        response=response,
    )
    return sc.simulate(given, paths=1).maturity()


def test_a_deal_under_which_the_provider_automates_faster_matures_earlier(small):
    """Live in April 2026 and mature in January 2028 by itself, 21 months later: 14 at one and a
    half times the pace, and some 42 at half of it (99.5 % is a month before the last of it).
    """
    phases = responding(small, automation=1.0)
    assert phases.index.names == ["deal", "phase"]
    mature = phases.xs("mature", level="phase")[PLANNED]
    assert mature.to_dict() == {"Hourly": "2029-09", "Fixed": "2027-06"}
    live = phases.xs("go-live", level="phase")[PLANNED]
    assert set(live) == {"2026-04"}


def test_a_response_that_moves_no_automation_leaves_the_table_as_it_is(small):
    """One row a phase, the same as without a response."""
    phases = responding(small, quality=1.0)
    pd.testing.assert_frame_equal(phases, table(small, mature=24))
