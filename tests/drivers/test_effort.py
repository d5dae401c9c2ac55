import csv
import math
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError
from scipy.stats import kstest, lognorm, norm

from scenarios.drivers import Distance, Effort, Level
from scenarios.drivers.distance import SITES
from scenarios.drivers.effort import estimate_error, touches
from scenarios.drivers.seniority import relative_cost, speed

MONTHS = np.full((6, 1), 50.0)
KITCHENHAM = {"median": 1.0, "log_sd": 0.355}


def test_a_plain_declaration_changes_nothing(draws):
    """Every part left at its default is a factor of exactly 1."""
    assert Effort().factor(draws) == 1
    assert Effort().by_month(draws, MONTHS) == 1


def test_the_mix_of_complexity_is_an_average(draws, agree):
    """Half simple at 0.6, half complex at about 1.6: 1.1 in the mean."""
    mix = {
        "simple": {"share": 0.5, "factor": 0.6},
        "complex": {"share": 0.5, "factor": {"mean": 1.6, "sd": 0.2}},
    }
    factor = Effort(complexity=mix).factor(draws)
    agree.mean(factor[0], 1.1)
    agree.variance(factor[0], (0.5 * 0.2) ** 2)
    assert kstest(factor[0], norm(1.1, 0.1).cdf).pvalue > 1e-4


@pytest.mark.parametrize("mix", ["complexity", "seniority"])
def test_a_mix_is_whole(mix):
    """Shares that do not sum to 1 are refused, and named."""
    parts = {"a": {"share": 0.5}, "b": {"share": 0.4}}
    more = {"factor": 1} if mix == "complexity" else {"speed": 1, "cost": 1}
    with pytest.raises(ValidationError, match=f"shares of {mix} sum to 0.9: they must sum to 1"):
        Effort(**{mix: {name: part | more for name, part in parts.items()}})


def test_rework_until_right_is_a_geometric_series():
    """A fifth fails each time: 1 + 0.2 + 0.04 + ... = 1.25 touches; worked once more it is 1.2."""
    assert touches(0.2, "until right") == pytest.approx(sum(0.2**n for n in range(60)))
    assert touches(0.2, "until right") == pytest.approx(1.25)
    assert touches(0.2, "once") == pytest.approx(1.2)


def test_rework_has_the_distribution_of_its_share(draws):
    """Touches of a share about 0.1: what is left of 1 is normal, as declared."""
    factor = Effort(rework={"mean": 0.1, "sd": 0.02}).factor(draws)
    assert kstest(1 - 1 / factor[0], norm(0.1, 0.02).cdf).pvalue > 1e-4


def test_the_estimate_is_wrong_by_one_factor_a_path(draws, agree):
    """Lognormal, the same in every month: its mean is exp(0.355 ** 2 / 2) = 1.065."""
    factor = Effort(estimate_error=KITCHENHAM).by_month(draws, MONTHS)
    assert factor.shape == (1, draws.paths)
    agree.mean(factor[0], math.exp(0.355**2 / 2))
    agree.variance(factor[0], math.exp(0.355**2) * math.expm1(0.355**2))
    assert kstest(factor[0], lognorm(0.355).cdf).pvalue > 1e-4


def test_the_monthly_error_keeps_the_mean(draws, agree):
    """Every month's factor has mean 1 and the declared sd of its logarithm; months are
    independent.
    """
    factor = Effort(monthly_error=0.2).by_month(draws, MONTHS)
    assert factor.shape == (6, draws.paths)
    for month in (0, 5):
        agree.mean(factor[month], 1)
        agree.variance(np.log(factor[month]), 0.2**2)
        assert kstest(np.log(factor[month]), norm(-0.02, 0.2).cdf).pvalue > 1e-4
    agree.correlation(factor[0], factor[1], 0)


def test_parts_multiply(draws):
    """Rework, distance, learning and changes of scope each take their part of what others leave."""
    effort = Effort(
        rework=0.2,
        distance={"sites": "international"},
        learning={"slope": 0.8, "units_before": 0},
        scope={"chance": 1, "effort": 0.1},
    )
    factor = effort.by_month(draws, np.array([[1.0], [1.0], [2.0]]))
    learned = [1, 0.8, (3 ** np.log2(0.8) + 0.64) / 2]
    expected = 1.25 * 1.22 * np.array(learned) * [1.1, 1.2, 1.3]
    np.testing.assert_allclose(factor, np.broadcast_to(expected[:, None], factor.shape), rtol=1e-9)


def test_the_published_factors_of_multisite_development():
    """COCOMO II.2000, SITE: very low to extra high, nominal 1."""
    assert list(SITES.values()) == [1.22, 1.09, 1.00, 0.93, 0.86, 0.80]


def test_distance_is_over_where_the_hours_were_measured(draws):
    """Measured in one building and done abroad: 1.22 / 0.86; the same place twice is neutral."""
    abroad = Distance(sites="international", measured="same building")
    assert abroad.factor(draws) == pytest.approx(1.22 / 0.86)
    assert Distance(sites="one room", measured="one room").factor(draws) == 1
    assert Distance().factor(draws) == 1


def test_hours_not_shared_cost_what_is_declared(draws, agree):
    """Five of eight hours apart at 2 % each: 10 % more; with an uncertain overlap on average."""
    assert Distance(overlap=3, hour_apart=0.02).factor(draws) == pytest.approx(1.1)
    factor = Distance(overlap={"mean": 4, "sd": 0.5}, hour_apart=0.02).factor(draws)
    agree.mean(factor[0], 1.08)
    assert kstest(factor[0], norm(1.08, 0.01).cdf).pvalue > 1e-4


SENIOR = {
    "junior": Level(share=0.25, speed=0.7, cost=0.8),
    "senior": Level(share=0.75, speed=1.3, cost=1.2),
}


def test_a_smaller_senior_team_does_the_same_work(draws):
    """Hours fall by the mean speed, an hour costs the mean cost: 1.1 / 1.15 of the money here."""
    assert speed(SENIOR, draws) == pytest.approx(1.15)
    assert relative_cost(SENIOR, draws) == pytest.approx(1.1)
    assert Effort(seniority=SENIOR).factor(draws) == pytest.approx(1 / 1.15)


def test_uncertain_seniority_keeps_its_mean(draws, agree):
    """Speeds of two levels are drawn independently."""
    level = {"mean": 1.0, "sd": 0.1}
    pair = {name: Level(share=0.5, speed=level, cost=1) for name in ("a", "b")}
    found = speed(pair, draws)[0]
    agree.mean(found, 1)
    agree.variance(found, 2 * (0.5 * 0.1) ** 2)
    assert kstest(found, norm(1, 0.005**0.5).cdf).pvalue > 1e-4


def test_an_estimate_error_is_fitted_to_pairs():
    """Median and sd of the logarithms of actual over estimate, divisor n - 1."""
    fitted = estimate_error([10, 10, 10], [10, 20, 5])
    assert fitted.median == pytest.approx(1)
    assert fitted.log_sd == pytest.approx(math.log(2))


@pytest.mark.parametrize(
    ("estimated", "actual", "words"),
    [([1, 2], [1], "at least two pairs"), ([1], [1], "two pairs"), ([1, 0], [1, 1], "above 0")],
)
def test_an_error_is_fitted_to_two_pairs_or_more(estimated, actual, words):
    """Lists of different lengths, one pair, and estimates of 0 hours are refused."""
    with pytest.raises(ValueError, match=words):
        estimate_error(estimated, actual)


def test_the_error_of_145_projects():
    """Kitchenham's outsourcer: first estimates against actual effort, sd of the logarithm 0.355."""
    path = Path(__file__).parents[3] / "shared" / "data" / "effort" / "kitchenham.csv"
    if not path.is_file():
        pytest.skip("needs shared/data/effort/kitchenham.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    estimated = [float(row["First.estimate"]) for row in rows]
    fitted = estimate_error(estimated, [float(row["Actual.effort"]) for row in rows])
    assert len(rows) == 145
    assert fitted.log_sd == pytest.approx(0.355, abs=5e-4)
    assert fitted.median == pytest.approx(0.95, abs=0.05)
