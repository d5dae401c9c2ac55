"""The forms of a termination fee, and what each refuses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import worlds

from scenarios.clauses.termination_for_convenience import TerminationForConvenience
from scenarios.deal import Deal
from scenarios.pricing.hourly import Hourly
from scenarios.settling import settle
from scenarios.wording.sentence import sentence

PHASED = {"form": "share of compensation", "phases": [{"share": 0.05, "up_to": 6}, {"share": 0.02}]}


def fee(world, **told):
    """The termination fee in all, on each path."""
    deal = Deal("D", Hourly(rate=20), (TerminationForConvenience(**told),))
    return settle(deal, world)["termination for convenience"].amounts["fee"].sum(axis=0)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (PHASED | {"share": 0.1}, "takes phases"),
        ({"form": "share of compensation"}, "which needs them"),
        ({"phases": PHASED["phases"]}, "phases are for the form 'share of compensation'"),
        (PHASED | {"average_of": 3}, "average_of needs monthly_fees or share"),
        ({"wind_down": 5.0, "average_of": 3}, "average_of needs monthly_fees or share"),
        (PHASED | {"wind_down": 5.0}, "takes no investment"),
        ({"form": "months remaining", "share": 0.5, "discount": 0.1}, "takes no investment"),
        (PHASED | {"phases": [{"share": 0.1, "up_to": 6}]}, "only the last has no up_to"),
        (PHASED | {"phases": [{"share": 0.1}] * 2}, "only the last has no up_to"),
        (
            PHASED | {"phases": [{"share": 0.1, "up_to": m} for m in (6, 3)] + [{"share": 0.1}]},
            "phases must rise",
        ),
        ({"discount": 1.0}, "it must be below 1"),
    ],
)
def test_each_form_takes_its_own_numbers(fields, words):
    """A number of another form, phases that do not rise, or a discount of all, are refused."""
    with pytest.raises(ValueError, match=words):
        TerminationForConvenience.model_validate(fields)


@given(worlds(), st.integers(1, 12), st.integers(1, 40))
def test_an_average_of_all_months_is_the_average_so_far(world, month, over):
    """From as many months as there were on, more of them change nothing."""
    told = {"month": month, "monthly_fees": 2.0}
    all_of_them, some = fee(world, **told), fee(world, **told, average_of=over)
    if over >= month:
        np.testing.assert_array_equal(some, all_of_them)
    alone = fee(world, **told, average_of=1)
    if all_of_them.any():
        last = settle(Deal("D", Hourly(rate=20)), world).fee[month - 1]
        np.testing.assert_allclose(alone, 2 * last, rtol=1e-9, atol=1e-6)


@given(worlds(), st.integers(1, 12), st.floats(0, 0.9))
def test_a_discount_repaid_brings_back_the_fees_without_it(world, month, discount):
    """The fees so far and what is repaid are the fees at prices without the discount."""
    repaid = fee(world, month=month, discount=discount)
    paid = settle(Deal("D", Hourly(rate=20)), world).fee[:month].sum(axis=0)
    if repaid.any():
        np.testing.assert_allclose((paid + repaid) * (1 - discount), paid, rtol=1e-9)


def test_the_paper_names_the_phases_and_the_average():
    """Each phase with its end, and the months that count."""
    text = sentence(TerminationForConvenience.model_validate(PHASED))
    assert "5 % up to an end with contract month 6; 2 % after that." in text
    text = sentence(TerminationForConvenience(form="months remaining", share=0.8, average_of=3))
    assert "only the last 3 count for the average." in text
