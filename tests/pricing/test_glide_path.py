"""A glide path leads from one pricing model to another."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.pieces import shares
from tests.strategies import PRICED, worlds

from scenarios.deal import Deal
from scenarios.errors import ScenarioError
from scenarios.paths import get, put
from scenarios.pricing import PRICING
from scenarios.pricing.glide_path import GlidePath, neutral_price
from scenarios.pricing.hourly import Hourly
from scenarios.pricing.hybrid import Hybrid
from scenarios.pricing.outcome import PerOutcome
from scenarios.settling import settle
from scenarios.world import World

TARGETS = {"csat": 4.3, "answer_hours": 7.0}
models = st.one_of([drawn for kind, drawn in PRICED.items() if kind != "glide_path"])


def fee(pricing, world):
    """What the buyer owes, month by month, (months, paths)."""
    return settle(Deal("Glide path", pricing, targets=TARGETS), world).fee


@given(models, models, worlds())
def test_without_weight_it_is_its_start_and_with_all_weight_its_end(start, end, world):
    """At a weight of 0 it charges what its start model charges, at 1 its end model, bit for bit."""
    for weight, model in ((0, start), (1, end)):
        glide = GlidePath(start=start, end=end, weights=(weight,))
        np.testing.assert_array_equal(fee(glide, world), fee(model, world))


@given(st.lists(shares, min_size=1, max_size=3), st.floats(100, 9_000), st.floats(0, 5_000))
def test_at_the_neutral_price_the_weights_change_nothing(weights, units, base):
    """At the baseline volume both forms pay the same, so any mixture of them does."""
    world = World({"verified": np.full((36, 1), units)}, paths=1, end=36)
    start = Hybrid(base=20_000, per_unit=3)
    price = neutral_price(20_000 + 3 * units, units, base=base, included_units=50)
    end = PerOutcome(price=price, base_fee=base, included_units=50)
    glide = GlidePath(start=start, end=end, weights=tuple(weights))
    np.testing.assert_allclose(fee(glide, world), fee(start, world), rtol=1e-12)


def test_the_neutral_price_worked_out_by_hand():
    """55,000 for 9,120 units are 6.03 each; a base of 9,400 leaves 45,600, which are 5.00 each."""
    assert neutral_price(55_000, 9_120) == pytest.approx(6.0307, abs=5e-5)
    assert neutral_price(55_000, 9_120, base=9_400) == 5
    assert neutral_price(55_000, 9_170, base=9_400, included_units=50) == 5


def test_no_price_is_neutral_where_none_is_paid_or_the_base_is_too_high():
    """The message says what to change."""
    with pytest.raises(ValueError, match="above the included units"):
        neutral_price(55_000, 50, included_units=50)
    with pytest.raises(ValueError, match="lower the base"):
        neutral_price(55_000, 9_120, base=60_000)


def test_names_that_both_models_have_say_which_model_is_meant():
    """Other names stay as they are; a role that both bill has two prices as well."""
    glide = GlidePath(
        start=Hybrid(base=9, rate=20, per_unit=3),
        end=Hybrid(rate=10, per_unit=5),
        weights=(0.5,),
    )
    world = World({"hours.agent": np.ones((1, 1)), "verified": np.ones((1, 1))}, paths=1, end=1)
    assert glide.prices(world) == {
        "base": 9,
        "start agent": 20,
        "start unit": 3,
        "end agent": 10,
        "end unit": 5,
    }
    assert set(glide.billable(world)) == {"start agent", "start unit", "end agent", "end unit"}


def test_a_glide_path_within_a_glide_path_is_refused():
    """Written in a file it is no kind that is allowed there; given as an object it is refused."""
    inner = GlidePath(start=Hourly(rate=20), end=PerOutcome(price=6), weights=(0.5,))
    with pytest.raises(ValidationError, match="cannot start or end in a glide path"):
        GlidePath(start=inner, end=PerOutcome(price=6), weights=(0.5,))
    written = {"start": {"glide_path": {}}, "end": {"per_outcome": {"price": 6}}, "weights": [0.5]}
    with pytest.raises(ValidationError, match="no pricing model of a glide path named glide_path"):
        PRICING["glide_path"].model_validate(written)


def test_it_is_written_as_it_is_read():
    """Its models are one-key mappings, in a file and in a dotted path."""
    written = {
        "start": {"hourly": {"rate": 20.0}},
        "end": {"per_outcome": {"price": 6.0}},
        "weights": [0.0, 0.5],
    }
    glide = GlidePath.model_validate(written)
    assert glide.model_dump(mode="json", exclude_defaults=True) == written
    data = {"glide_path": written}
    put(data, "glide_path.end.per_outcome.price", 5.0)
    assert get(data, "glide_path.end.per_outcome.price") == 5
    with pytest.raises(ScenarioError, match="does not exist"):
        get(data, "glide_path.middle")
