import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.calibrate.scales import scaled

VALUES = st.lists(st.floats(0.01, 0.99), min_size=1, max_size=8)


@pytest.mark.parametrize("kind", ["rate", "time", "score"])
@given(values=VALUES)
def test_the_way_back_is_the_way_there(kind, values):
    """A value on its scale and back again is the value."""
    found = scaled(kind, pd.Series(values))
    np.testing.assert_allclose(found.level(found.places), values, rtol=1e-9)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=8))
def test_counts_stay_finite(units):
    """No units at all are no minus infinity, wherever they are looked at from."""
    found = scaled("volume", pd.Series(units, dtype=float))
    values, noise = found.about(found.places)
    assert np.isfinite(values).all()
    assert (noise > 0).all()


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_rates_of_few_stay_finite(hits):
    """None of 40 and all of 40 are rates like others."""
    share = pd.Series(hits, dtype=float) / 40
    found = scaled("rate", share, pd.Series(40.0, share.index))
    values, noise = found.about(found.places)
    assert np.isfinite(values).all()
    assert (noise > 0).all()


def test_many_counts_have_little_luck():
    """A share of 0.9 of 1,000 units varies on the logit by 1 / (1,000 x 0.9 x 0.1)."""
    found = scaled("rate", pd.Series([0.9]), pd.Series([1000.0]))
    values, noise = found.about(np.array([np.log(9)]))
    assert values == pytest.approx([np.log(9)])
    assert noise == pytest.approx([1 / 90])


def test_a_missing_value_is_missing():
    """Nothing measured, and a rate of no units, are gaps and no zeros."""
    assert np.isnan(scaled("time", pd.Series([np.nan, 2.0])).places[0])
    rates = scaled("rate", pd.Series([0.5, np.nan]), pd.Series([0.0, 10.0]))
    values, noise = rates.about(np.zeros(2))
    assert np.isnan(values).all()
    assert (noise == 0).all()


def test_what_is_seen_is_counted():
    """Predictions of counts are whole numbers, of rates whole units of those it rests on."""
    random = np.random.default_rng(0)
    units = scaled("volume", pd.Series([5.0, 6.0])).counted(np.full(100, np.log(3.3)), random)
    assert set(units % 1) == {0.0}
    rate = scaled("rate", pd.Series([0.5] * 3), pd.Series([4.0] * 3))
    assert set(rate.counted(np.zeros(200), random)) == {0.0, 0.25, 0.5, 0.75, 1.0}


def test_a_later_rate_rests_on_as_many_units_as_of_late():
    """Ten units a month in the first year and 1,000 in the second: the next rests on 1,000."""
    counts = pd.Series([10.0] * 12 + [1000.0] * 12)
    assert scaled("rate", pd.Series([0.5] * 24), counts).counted_on == 1000
