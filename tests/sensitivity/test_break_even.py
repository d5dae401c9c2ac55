import numpy as np
import pandas as pd
import pytest

import scenarios as sc
from scenarios.resources import resource
from scenarios.sensitivity.break_even import crossings


@pytest.fixture(scope="module")
def desk():
    """The support desk example."""
    return sc.load(resource("scenarios", "support-desk.yaml"))


def lines(**deals):
    """A table of deals by share automated, at 0, 10 ... 100 %."""
    return pd.DataFrame(deals, index=np.linspace(0, 1, 11))


def test_a_crossing_lies_where_two_lines_meet():
    """100 - 40 x and 60 + 60 x meet at 40 %, where both cost 84; here between two rows."""
    share = np.linspace(0, 1, 11)
    ((at, cost, one, other),) = crossings(lines(A=100 - 40 * share, B=65 + 60 * share))
    assert (one, other) == ("A", "B")
    assert at == pytest.approx(0.35)
    assert cost == pytest.approx(86)


def test_a_crossing_on_a_row_counts_once():
    """Lines that meet exactly at a point of the table cross there."""
    share = np.arange(11) / 10
    found = crossings(lines(A=10 * share, B=np.full(11, 4.0)))
    assert len(found) == 1
    assert found[0][0] == pytest.approx(0.4)


def test_lines_that_never_meet_do_not_cross():
    """Parallel lines and equal lines have no crossing."""
    share = np.linspace(0, 1, 11)
    assert crossings(lines(A=share, B=share + 1)) == []
    assert crossings(lines(A=share, B=share)) == []


def test_without_automation_and_as_expected_it_is_the_mature_month(desk):
    """Nothing automated: the start's bill; the central ceiling: the published month."""
    table = sc.break_even(desk)
    assert table.loc[0.0, "Hourly"] == pytest.approx(55_000 + 2_800 + 5_500)
    assert table.loc[0.5, "Hourly"] == pytest.approx(38_000 + 5_500)
    assert (table["Per agent"] == 55_000 + 5_500).all()
    assert table.attrs["expected"] == 0.5


def test_every_crossing_costs_the_same_under_both_deals(desk):
    """At a crossing a scenario with that ceiling costs the same in a mature month."""
    table = sc.break_even(desk)
    assert table.attrs["crossings"]
    for at, cost, one, other in table.attrs["crossings"]:
        for name in (one, other):
            found = np.interp(at, table.index, table[name])
            assert found == pytest.approx(cost, rel=1e-9)


def test_the_likely_range_is_what_the_scenario_believes(desk):
    """P10 and P90 of the ceiling: the triangular distribution's own, within sampling error."""
    low, high = sc.break_even(desk).attrs["likely"]
    assert low == pytest.approx(0.25 + (0.1 * 0.41 * 0.25) ** 0.5, abs=0.01)
    assert high == pytest.approx(0.66 - (0.1 * 0.41 * 0.16) ** 0.5, abs=0.01)


def test_chosen_deals_and_range(desk):
    """The caller may choose the deals and how far to look."""
    table = sc.break_even(desk, [desk.deals["Outcome"]], highest=0.6)
    assert list(table.columns) == ["Outcome"]
    assert table.index[-1] == 0.6


def test_a_scenario_without_automation_is_refused():
    """There is nothing to break even where nothing is automated."""
    with pytest.raises(sc.ScenarioError, match="nothing is automated"):
        sc.break_even(sc.load(resource("scenarios", "software-team.yaml")))


@pytest.mark.parametrize("then", ["stop work", "complete at cost"])
def test_a_ceiling_does_not_move_the_lines(desk, then):
    """When a ceiling on the whole fee is reached says nothing about a mature month's price."""
    hourly = desk.deals["Hourly"]
    ceiling = sc.NotToExceed(amount=900_000, then=then)
    capped = hourly.replace(clauses=(*hourly.clauses, ceiling))
    free, bound = (sc.break_even(desk, [deal]) for deal in (hourly, capped))
    np.testing.assert_array_equal(free["Hourly"], bound["Hourly"])
