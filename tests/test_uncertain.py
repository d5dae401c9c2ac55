import math

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from scenarios.uncertain import (
    Z90,
    Distribution,
    LogNormal,
    Normal,
    Observations,
    Percentiles,
    ShareOrName,
    Triangular,
    UncertainMoney,
    UncertainShare,
)

DRAWS = np.random.default_rng(11).standard_normal(200_000)
PHI = math.exp(-0.5) / math.sqrt(2 * math.pi)  # the normal density at 1
BELOW = 0.5 * math.erfc(1 / math.sqrt(2))  # its probability beyond 1


def lognormal(mu, s):
    """Mean and variance of the lognormal whose logarithm has mean ``mu`` and deviation ``s``."""
    return math.exp(mu + s**2 / 2), math.expm1(s**2) * math.exp(2 * mu + s**2)


FORMS = {
    "percentiles": (Percentiles(p10=10, p90=20), (15, (5 / Z90) ** 2)),
    "percentiles, lognormal": (
        Percentiles(p10=1, p90=4, shape="lognormal"),
        lognormal(math.log(2), math.log(2) / Z90),
    ),
    "triangular": (Triangular(low=0, mode=1, high=4), (5 / 3, 13 / 18)),
    "triangular, mode at an end": (Triangular(low=0, mode=0, high=3), (1, 0.5)),
    "normal": (Normal(mean=3, sd=2), (3, 4)),
    "lognormal by mean and sd": (Normal(mean=3, sd=2, shape="lognormal"), (3, 4)),
    "lognormal by median": (LogNormal(median=2, log_sd=0.5), lognormal(math.log(2), 0.5)),
    "observations": (Observations(observations=(7, 1, 2, 2)), (3, 5.5)),
    "normal, none below 0": (
        Normal(mean=0, sd=1, min=0),
        (1 / math.sqrt(2 * math.pi), 0.5 - 1 / (2 * math.pi)),
    ),
    "normal, within 1 of 0": (
        Normal(mean=0, sd=1, min=-1, max=1),
        (0, 1 - 2 * BELOW - 2 * PHI + 2 * BELOW),
    ),
}


@pytest.mark.parametrize(("given", "moments"), FORMS.values(), ids=FORMS)
def test_mean_and_variance_are_the_closed_form(given, moments):
    """Within five standard errors every form has the mean and variance of its textbook formula."""
    values = given.value_at(DRAWS)
    mean, variance = moments
    deviations = (values - values.mean()) ** 2
    assert abs(values.mean() - mean) < 5 * values.std() / len(values) ** 0.5
    assert abs(deviations.mean() - variance) < 5 * deviations.std() / len(values) ** 0.5


@pytest.mark.parametrize("shape", ["normal", "lognormal"])
def test_the_percentiles_are_the_ones_written(shape):
    """One draw in ten lies below p10 and one in ten above p90: those are its 10 and 90 % points."""
    points = Percentiles(p10=3, p90=8, shape=shape).value_at(np.array([-Z90, Z90]))
    np.testing.assert_allclose(points, [3, 8], rtol=1e-14)


@pytest.mark.parametrize(("given", "_"), FORMS.values(), ids=FORMS)
def test_a_higher_draw_is_never_a_lower_value(given, _):
    """Every form rises with the normal, so that a correlation keeps its sign."""
    assert (np.diff(given.value_at(np.linspace(-6, 6, 501))) >= 0).all()


@pytest.mark.parametrize(
    ("given", "central"),
    [
        (Percentiles(p10=10, p90=20), 15),
        (Percentiles(p10=1, p90=4, shape="lognormal"), 2),
        (Triangular(low=0, mode=1, high=4), 1),
        (Normal(mean=3, sd=2, shape="lognormal"), 3),
        (LogNormal(median=2, log_sd=0.5), 2),
        (Observations(observations=(7, 1, 2, 2)), 2),
        (Normal(mean=3, sd=2, min=4), 4),
        (Triangular(low=0, mode=3, high=4, max=2), 2),
    ],
)
def test_the_central_value_is_what_was_written(given, central):
    """With uncertainty off: the median, the mode or the mean, never outside min and max."""
    assert given.central == pytest.approx(central, rel=1e-14)


@pytest.mark.parametrize(
    "given",
    [
        Percentiles(p10=5, p90=5),
        Percentiles(p10=5, p90=5, shape="lognormal"),
        Triangular(low=5, mode=5, high=5),
        Normal(mean=5, sd=0),
        Normal(mean=5, sd=0, shape="lognormal"),
        LogNormal(median=5, log_sd=0),
        Observations(observations=(5, 5)),
    ],
)
def test_without_spread_every_draw_is_the_central_value(given):
    """A distribution of zero width is its number."""
    np.testing.assert_allclose(given.value_at(DRAWS[:100]), given.central, rtol=1e-14)


def test_observations_are_equally_likely_and_nothing_else_comes():
    """Draws are the observations, each as often as it was seen."""
    values, counts = np.unique(
        Observations(observations=(3, 1, 1, 9)).value_at(DRAWS), return_counts=True
    )
    assert values.tolist() == [1, 3, 9]
    np.testing.assert_allclose(counts / len(DRAWS), [0.5, 0.25, 0.25], atol=0.006)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"p10": 2, "p90": 1}, "p10 (2) must not be above p90 (1)"),
        ({"p10": 0, "p90": 1, "shape": "lognormal"}, "use shape: normal"),
        ({"low": 0, "mode": 0.9, "high": 0.5}, "must rise (given 0, 0.9, 0.5)"),
        ({"mean": 0, "sd": 1, "shape": "lognormal"}, "mean above 0"),
        ({"mean": 0.5, "sd": -1}, "greater than or equal to 0"),
        ({"mean": float("nan"), "sd": 1}, "finite"),
        ({"median": 0, "log_sd": 1}, "greater than 0"),
        ({"observations": [1]}, "at least 2"),
        ({"mean": 0.5, "sigma": 1}, "sigma"),
        ({"average": 1}, "is not a distribution this file knows"),
        ({"mean": 2, "sd": 1}, "2.0 lies outside what a share can be"),
        ({"low": -0.1, "mode": 0.5, "high": 0.9}, "-0.1 lies outside"),
        ({"mean": 0.5, "sd": 1, "min": 0.9, "max": 0.1}, "min"),
    ],
)
def test_a_distribution_that_cannot_be_is_refused_in_words(fields, says):
    """The message says what is wrong with the numbers as they were written."""
    with pytest.raises(ValidationError) as error:
        TypeAdapter(UncertainShare).validate_python(fields)
    assert says in str(error.value)


@pytest.mark.parametrize("given", [True, "0.5", math.inf, math.nan, 1.5, None])
def test_only_a_number_within_the_bounds_is_a_number(given):
    """Text, truth values, infinities and numbers out of bounds are refused."""
    with pytest.raises(ValidationError):
        TypeAdapter(UncertainShare).validate_python(given)


def test_draws_stay_within_the_bounds_of_the_quantity():
    """A share with a wide spread is still between 0 and 1, and own bounds may be tighter."""
    wide = TypeAdapter(UncertainShare).validate_python({"mean": 0.5, "sd": 2, "max": 0.8})
    assert isinstance(wide, Distribution)
    assert (wide.value_at(DRAWS).min(), wide.value_at(DRAWS).max()) == (0, 0.8)
    money = TypeAdapter(UncertainMoney).validate_python({"mean": 1, "sd": 2, "min": -5})
    assert money.value_at(DRAWS).min() == 0


def test_a_name_is_read_only_where_a_name_may_stand():
    """A share may be the name of a KPI where the declaration says so."""
    assert TypeAdapter(ShareOrName).validate_python("resolution") == "resolution"


def test_what_is_written_again_reads_the_same():
    """A distribution goes to JSON and back unchanged."""
    adapter = TypeAdapter(UncertainShare)
    given = adapter.validate_python({"low": 0.1, "mode": 0.2, "high": 0.4})
    assert adapter.validate_python(adapter.dump_python(given, mode="json")) == given
    assert adapter.dump_python(0.25) == 0.25


def test_the_schema_offers_a_number_and_every_form():
    """An editor completes each way to write an uncertain number, with its unit and bounds."""
    number, *forms = TypeAdapter(UncertainShare).json_schema()["anyOf"]
    assert number == {"type": "number", "unit": "share", "minimum": 0, "maximum": 1}
    assert len(forms) == 6
