"""A baseline volume that follows lasting change."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import worlds

from scenarios.clauses.volume_bands import AdditionalBand, ReducedBand, VolumeBands
from scenarios.clauses.volume_rebaselining import VolumeRebaselining
from scenarios.deal import Deal
from scenarios.pricing.hybrid import Hybrid
from scenarios.settling import settle
from scenarios.wording.sentence import sentence

BANDS = VolumeBands(
    baseline=8_000, additional=(AdditionalBand(rate=5),), reduced=(ReducedBand(rate=5),)
)


def charged(world, clause):
    """What the bands move, (months, paths)."""
    return settle(Deal("D", Hybrid(base=40_000), (clause,)), world)["volume bands"].amounts["fee"]


def again(**told):
    """The bands with a baseline that follows."""
    told = {"beyond": 0.2, "periods": 2, "charge_per_unit": 5.0} | told
    return BANDS.replace(rebaselining=VolumeRebaselining(**told))


@given(worlds())
def test_a_baseline_that_is_never_left_changes_nothing(world):
    """More periods than there are months, or a difference that no fall reaches and no rise."""
    np.testing.assert_array_equal(charged(world, again(periods=600)), charged(world, BANDS))


@given(worlds(), st.integers(1, 4), st.sampled_from([1, 3]))
def test_the_baseline_at_work_is_no_free_volume(world, periods, every):
    """Without a deadband, at one rate both ways that is also the charge for the baseline, what is
    paid is each unit times the rate: where the baseline stands does not matter.
    """
    flat = {"deadband": 0.0, "measured_every": every}
    follows = again(periods=periods).replace(**flat)
    moved, plain = charged(world, follows), charged(world, BANDS.replace(**flat))
    whole = np.arange(world.months) < min(world.months, world.end) // every * every
    np.testing.assert_allclose(moved[whole].sum(), plain[whole].sum(), rtol=1e-9, atol=1e-3)


@given(worlds(), st.floats(0.3, 3))
def test_a_volume_that_has_moved_for_good_is_the_baseline(world, times):
    """After the periods agreed it is neither charged nor credited by the bands: what is left is
    the charge for the change.
    """
    series = {**world.series, "completed": world["completed"] * 0 + 8_000 * times}
    world = replace(world, series=series)
    late = charged(world, again(periods=3, beyond=0.1))[3 : world.end]
    if abs(times - 1) > 0.11:
        np.testing.assert_allclose(late, 8_000 * (times - 1) * 5 + 0 * late, rtol=1e-9, atol=1e-6)


def test_the_paper_says_when_the_baseline_follows():
    """In the words of the part, only where it is agreed."""
    text = sentence(again(), "EUR")
    assert "follows lasting change: once the volume has differed from the baseline" in text
    assert "by more than 20 % on the same side, in 2 periods of comparison in a row" in text
    assert "by 5.00 EUR a month for each unit of that change." in text
    assert "lasting" not in sentence(BANDS)
