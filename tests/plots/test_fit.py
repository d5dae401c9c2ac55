from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from scenarios.plots import fit, picture


def periods(names, count=24):
    """A fit of some series: five of six observed values lie in the band, every sixth above it."""
    parts = {}
    for name in names:
        observed = np.where(np.arange(count) % 6 == 5, 140.0, 100.0)
        months = pd.period_range("2022-01", periods=count, freq="M").astype(str)
        parts[name] = pd.DataFrame(
            {"observed": observed, "p10": 80.0, "p50": 100.0, "p90": 120.0}, index=months
        )
    return pd.concat(parts, names=["series", "period"])


def test_the_title_counts_what_lies_in_the_band():
    """Twenty of twenty-four."""
    told = "83 % of 24 observed values lie in the scenario's band from P10 to P90"
    assert fit.finding(periods(["units"])) == told


def test_a_band_that_is_too_wide_or_too_narrow_is_said_to_be_so():
    """All inside: the level is uncertain; half of it: fewer than expected."""
    table = periods(["units"])
    assert fit.finding(table.assign(p90=200.0)).endswith("because the level itself is uncertain")
    assert fit.finding(table.assign(p10=101.0)).endswith("fewer than the 80 % expected")


def test_the_alt_text_has_every_series():
    """Each with its share inside and a typical value."""
    alt = fit.alt(periods(["units", "kpi.first_contact"]))
    assert "units 83 % inside, typically 100" in alt
    assert "first contact 83 % inside" in alt


def test_a_month_without_an_observation_is_left_out():
    """What was not seen is neither inside nor outside."""
    table = periods(["units"])
    table.iloc[0, 0] = np.nan
    assert "of 23 observed" in fit.finding(table)


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 2, 5])
def test_no_word_is_cut_off_or_stands_on_another(words, count):
    """One series or five: titles, axes and the key are readable."""
    names = ["units", "kpi.first_contact", "kpi.resolution_hours", "kpi.a", "kpi.b"][:count]
    figure = picture.figure(fit, periods(names))
    shown = words(figure)
    width, height = figure.bbox.size
    for text, box in shown:
        assert box.x0 >= -1, text
        assert box.x1 <= width + 1, text
        assert box.y1 <= height + 1, text
    for (one, first), (other, second) in combinations(shown, 2):
        assert not first.padded(-1).overlaps(second.padded(-1)), (one, other)
