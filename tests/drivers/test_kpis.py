import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.stats import binom, kstest

from scenarios.drivers import Correlated, Kpi
from scenarios.drivers.correlations import correlation_matrix, refuse_impossible
from scenarios.drivers.kpis import simulate
from scenarios.drivers.logit import logit_spread, rate_sd

RATE = Kpi(kind="rate", level=0.74, sd=0.03, autocorrelation=0.6)
SCORE = Kpi(kind="score", level=4.4, sd=0.12, autocorrelation=0.3)
TIME = Kpi(kind="time", level=6.0, sd=1.2, better="lower")


def logit(rate):
    """The log odds of a rate."""
    return np.log(rate / (1 - rate))


def one(kpi, draws, months=3):
    """One KPI on its own, as it is, (months, paths)."""
    return simulate({"it": kpi}, (), draws, months)["kpi.it"]


@pytest.mark.parametrize(("level", "sd"), [(0.74, 0.03), (0.95, 0.1), (0.99, 0.02), (0.5, 0.45)])
def test_a_rate_has_its_level_as_median_and_its_sd(draws, agree, level, sd):
    """Near 0 and 1 too, where a rate has room on one side only."""
    rate = one(Kpi(kind="rate", level=level, sd=sd), draws)[2]
    agree.mean(logit(rate), logit(level))
    agree.variance(rate, sd**2)


def test_a_small_deviation_of_a_rate_is_that_of_the_delta_method():
    """On the log-odds scale sd / (level (1 - level)), the first-order formula of textbooks."""
    assert logit_spread(0.74, 1e-4) == pytest.approx(1e-4 / (0.74 * 0.26), rel=1e-6)


@given(st.floats(0.005, 0.995), st.floats(0.001, 0.99))
def test_the_spread_of_a_logit_gives_its_deviation_back(level, part):
    """One function undoes the other."""
    sd = part * (level * (1 - level)) ** 0.5
    assert rate_sd(level, logit_spread(level, sd)) == pytest.approx(sd, rel=1e-6)


def test_a_rate_stays_between_zero_and_one(draws):
    """However wide its spread, a rate is a rate."""
    rate = one(Kpi(kind="rate", level=0.97, sd=0.17), draws)
    assert rate.min() > 0
    assert rate.max() <= 1


def test_a_score_has_its_mean_and_sd(draws, agree):
    """A score is normal in its own unit."""
    score = one(SCORE, draws)[2]
    agree.mean(score, 4.4)
    agree.variance(score, 0.12**2)


def test_a_time_has_its_mean_and_sd_and_is_positive(draws, agree):
    """A time is lognormal with the declared mean and standard deviation."""
    time = one(TIME, draws)[2]
    agree.mean(time, 6.0)
    agree.variance(time, 1.2**2)
    assert time.min() > 0


def test_an_uncertain_time_is_never_negative(draws):
    """Where the level itself is uncertain, a time still lies above 0."""
    assert one(Kpi(kind="time", level={"mean": 2, "sd": 2}, sd=0.5), draws).min() >= 0


@pytest.mark.parametrize("kpi", [RATE, SCORE, TIME])
def test_deviations_carry_over_on_the_scale_they_live_on(draws, agree, kpi):
    """One month's deviation stays by the declared share in the next."""
    months = one(kpi, draws, 6)
    scale = {"rate": logit, "score": np.asarray, "time": np.log}[kpi.kind]
    agree.correlation(scale(months[3]), scale(months[4]), kpi.autocorrelation)
    agree.correlation(scale(months[3]), scale(months[5]), kpi.autocorrelation**2)


def test_kpis_correlate_as_declared(draws, agree):
    """In the first month the realised matrix is the declared one; zero where none is declared."""
    pairs = (
        Correlated(between=("rate", "score"), value=0.5),
        Correlated(between=("score", "time"), value=-0.4),
    )
    series = simulate({"rate": RATE, "score": SCORE, "time": TIME}, pairs, draws, 2)
    rate, score, time = (series[f"kpi.{name}"][0] for name in ("rate", "score", "time"))
    agree.correlation(logit(rate), score, 0.5)
    agree.correlation(score, np.log(time), -0.4)
    agree.correlation(logit(rate), np.log(time), 0)


@pytest.mark.parametrize("month", [0, 1, 24])
def test_a_correlation_holds_in_every_month(draws, agree, month):
    """Also between a KPI that carries much over and one that carries nothing over."""
    kpis = {
        "slow": SCORE.replace(autocorrelation=0.7),
        "quick": SCORE.replace(autocorrelation=0.0),
    }
    pair = (Correlated(between=("slow", "quick"), value=0.6),)
    series = simulate(kpis, pair, draws, 25)
    agree.correlation(series["kpi.slow"][month], series["kpi.quick"][month], 0.6)


def test_a_correlation_that_cannot_last_is_refused():
    """Almost one movement, but one KPI remembers and the other does not: no process does that."""
    carried = {"slow": 0.95, "quick": 0.0}
    with pytest.raises(ValueError, match="bring the autocorrelations nearer to each other") as said:
        refuse_impossible(carried, [Correlated(between=("slow", "quick"), value=0.8)])
    offered = float(re.search(r"slow and quick (0\.\d+)", str(said.value))[1])
    assert 0.2 < offered < 0.32
    refuse_impossible(carried, [Correlated(between=("slow", "quick"), value=offered)])


@pytest.mark.parametrize(
    "wanted", [(-0.9, -0.9, -0.9), (0.9, 0.9, -0.9), (0.99, 0.5, -0.4), (1, 1, -1)]
)
def test_the_correlations_that_are_offered_instead_hold(wanted):
    """Three that cannot hold together: what the error offers can, and has the same signs."""
    names = [("a", "b"), ("a", "c"), ("b", "c")]
    pairs = [Correlated(between=two, value=r) for two, r in zip(names, wanted, strict=True)]
    with pytest.raises(ValueError, match="the nearest that can are") as said:
        correlation_matrix("abc", pairs)
    offered = [float(x) for x in re.findall(r"[abc] and [abc] (-?\d\.\d\d)", str(said.value))]
    assert np.sign(offered).tolist() == np.sign(wanted).tolist()
    correlation_matrix(
        "abc", [Correlated(between=two, value=r) for two, r in zip(names, offered, strict=True)]
    )


def test_perfect_correlation_is_allowed(draws):
    """Two KPIs may be one and the same movement."""
    pair = (Correlated(between=("a", "b"), value=1),)
    series = simulate({"a": SCORE, "b": SCORE}, pair, draws, 2)
    np.testing.assert_allclose(series["kpi.a"], series["kpi.b"], atol=1e-3)


def test_impossible_correlations_are_refused():
    """Three KPIs cannot all move against each other by 0.9."""
    pairs = [
        Correlated(between=names, value=-0.9) for names in (("a", "b"), ("a", "c"), ("b", "c"))
    ]
    with pytest.raises(ValueError, match="cannot hold together"):
        correlation_matrix("abc", pairs)
    with pytest.raises(ValueError, match="'a' cannot be correlated with itself"):
        correlation_matrix("ab", [Correlated(between=("a", "a"), value=0.5)])
    with pytest.raises(ValueError, match="no KPI named 'd'; KPIs are a, b"):
        correlation_matrix("ab", [Correlated(between=("a", "d"), value=0.5)])


def test_a_pair_has_one_correlation():
    """Two different values for the same two KPIs contradict each other, in either order."""
    pairs = [Correlated(between=("a", "b"), value=0.5), Correlated(between=("b", "a"), value=-0.5)]
    with pytest.raises(ValueError, match="b and a have two different correlations"):
        correlation_matrix("ab", pairs)


@pytest.mark.parametrize(("better", "sign"), [("higher", 1), ("lower", -1)])
def test_the_meter_shows_it_better_than_it_is(draws, better, sign):
    """Reported is true moved by ``overstated`` to the good side."""
    kpi = SCORE.replace(better=better, overstated=0.2)
    series = simulate({"it": kpi}, (), draws, 3)
    np.testing.assert_allclose(series["reported.it"] - series["kpi.it"], 0.2 * sign, rtol=1e-9)


def test_a_meter_never_shows_a_rate_beyond_one(draws):
    """An overstated rate stops at 1."""
    series = simulate({"it": RATE.replace(overstated=0.5)}, (), draws, 2)
    assert series["reported.it"].max() == 1


def test_a_meter_never_shows_a_time_below_zero(draws):
    """An overstated time stops at 0."""
    series = simulate({"it": TIME.replace(overstated=8)}, (), draws, 2)
    assert series["reported.it"].min() >= 0


def test_an_honest_meter_shows_what_is(draws):
    """Without overstatement reported and true are the same numbers."""
    series = simulate({"it": RATE}, (), draws, 2)
    assert series["reported.it"] is series["kpi.it"]


def test_without_deviation_a_kpi_is_its_level(draws):
    """A KPI without a spread needs one path only."""
    assert one(TIME.replace(sd=0), draws).tolist() == [[6.0]] * 3


@pytest.mark.parametrize(("kind", "level"), [("rate", 1.0), ("rate", 0), ("time", 0)])
def test_a_level_off_its_scale_is_refused(kind, level):
    """A rate lies between 0 and 1, a time above 0."""
    with pytest.raises(ValidationError, match=f"the level of a {kind} must be"):
        Kpi(kind=kind, level=level)


def test_an_expected_path_is_followed_between_its_points(draws, agree):
    """From the level at the start straight to each point, the last going on; the spread stays."""
    kpi = SCORE.replace(path=((2, 4.6), (4, 4.5)))
    score = one(kpi, draws, 7)
    for month, mean in enumerate((4.4, 4.5, 4.6, 4.55, 4.5, 4.5, 4.5)):
        agree.mean(score[month], mean)
    agree.variance(score[5], 0.12**2)
    odds = logit(one(RATE.replace(path=((3, 0.85),)), draws, 5)[4])
    agree.mean(odds, logit(0.85))
    agree.variance(odds, (0.03 / (0.74 * 0.26)) ** 2)


def test_the_path_of_an_uncertain_level_moves_with_it(draws, agree):
    """Each path of the simulation has its own level; the path adds the same change to all."""
    kpi = SCORE.replace(sd=0, level={"mean": 4.0, "sd": 0.1}, path=((6, 4.3),))
    score = one(kpi, draws, 8)
    np.testing.assert_allclose(score[7] - score[0], 0.3)
    agree.mean(score[7], 4.3)


def test_a_count_is_whole_poisson_around_its_level(draws, agree):
    """Without a spread of its own a count is Poisson; with one its variance is larger by it."""
    plain = one(Kpi(kind="count", level=4, better="lower"), draws)[1]
    assert np.all(plain == np.rint(plain))
    agree.mean(plain, 4)
    agree.variance(plain, 4)
    spread = one(Kpi(kind="count", level=4, sd=2, better="lower"), draws)[1]
    agree.mean(spread, 4)
    agree.variance(spread, 4 + 2**2)


def test_a_rate_of_few_cases_misses_by_luck(draws, agree):
    """Of 50 cases a true 90 % shows a whole number of cases, binomial around the truth."""
    kpi = Kpi(kind="rate", level=0.9, cases=0.5)
    shown = simulate({"it": kpi}, (), draws, 2, completed=np.full((2, 1), 100.0))["reported.it"][1]
    np.testing.assert_allclose(shown * 50, np.rint(shown * 50), atol=1e-9)
    agree.mean(shown, 0.9)
    agree.variance(shown, 0.9 * 0.1 / 50)
    missed = binom.cdf(44, 50, 0.9)
    assert (shown < 0.89).mean() == pytest.approx(missed, abs=5 * (missed / len(shown)) ** 0.5)


def test_a_survey_that_few_answer_scatters_more(draws, agree):
    """The mean of n answers has the variance of one over n; the truth is not touched."""
    kpi = Kpi(kind="score", level=4.4, cases=1.0, response_rate=0.1, case_sd=0.9)
    series = simulate({"it": kpi}, (), draws, 2, completed=np.full((2, 1), 250.0))
    np.testing.assert_array_equal(series["kpi.it"], 4.4)
    agree.mean(series["reported.it"][0], 4.4)
    agree.variance(series["reported.it"][0], 0.9**2 / 25)


def test_a_month_without_a_case_shows_the_truth(draws):
    """Nothing was measured, so nothing scatters."""
    kpi = Kpi(kind="rate", level=0.9, cases=0.5)
    series = simulate({"it": kpi}, (), draws, 2, completed=np.zeros((2, 1)))
    np.testing.assert_array_equal(series["reported.it"] - series["kpi.it"], 0)


def test_a_meter_errs_at_random_around_what_it_sees(draws, agree):
    """Its error has no direction: the mean stays, the variances add up."""
    series = simulate({"it": SCORE.replace(meter_error=0.3)}, (), draws, 2)
    error = series["reported.it"][1] - series["kpi.it"][1]
    agree.mean(error, 0)
    agree.variance(error, 0.3**2)


def test_the_part_from_outside_has_its_share_of_the_variance(draws, agree):
    """Three tenths of the variance, carried over like the whole; the rest is the provider's."""
    kpi = SCORE.replace(external=0.3, autocorrelation=0.5)
    series = simulate({"it": kpi}, (), draws, 4)
    outside, whole = series["external.it"], series["kpi.it"] - 4.4
    agree.variance(outside[2], 0.3 * 0.12**2)
    agree.variance(whole[2], 0.12**2)
    agree.correlation(outside[2], whole[2] - outside[2], 0)
    agree.correlation(outside[2], outside[3], 0.5)


@pytest.mark.parametrize(
    ("kpi", "scale", "mean", "sd"),
    [
        (RATE, logit, logit(0.74), logit_spread(0.74, 0.03)),
        (SCORE, np.asarray, 4.4, 0.12),
        (TIME, np.log, np.log(6) - np.log1p(0.04) / 2, np.log1p(0.04) ** 0.5),
    ],
)
def test_each_marginal_is_the_one_it_is_named_after(draws, kpi, scale, mean, sd):
    """Kolmogorov and Smirnov find no difference from the declared distribution."""
    assert kstest(scale(one(kpi, draws)[2]), "norm", (mean, sd)).pvalue > 1e-4


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"path": ((3, 1.2),)}, "the level of a rate must be between 0 and 1, not 1.2"),
        ({"path": ((3, 0.8), (3, 0.9))}, "the months of a path must rise"),
        ({"path": ((0, 0.8),)}, "the months of a path must rise, from 1"),
        ({"response_rate": 0.2}, "are about cases"),
        ({"cases": 1.0, "case_sd": 0.2}, "yes or no"),
        ({"kind": "count", "level": 3.0, "cases": 1.0}, "counted whole"),
    ],
)
def test_a_kpi_that_contradicts_itself_says_what_to_take_out(fields, message):
    """What is written must fit the KPI's kind."""
    with pytest.raises(ValidationError, match=message):
        RATE.replace(**fields)


@pytest.mark.parametrize(
    ("level", "sd"), [(0.97, 0.2), (0.5, 0.5), (0.995, 0.08), ({"p10": 0.96, "p90": 0.98}, 0.2)]
)
def test_a_rate_cannot_deviate_by_more_than_one_that_is_only_ever_all_or_nothing(level, sd):
    """A share X in 0 to 1 has X squared below X, so that its variance is at most p (1 - p)."""
    with pytest.raises(ValidationError, match=r"is typically .* cannot deviate") as told:
        Kpi(kind="rate", level=level, sd=sd)
    assert [error["loc"] for error in told.value.errors()] == [("sd",)]
    assert Kpi(kind="score", level=level, sd=sd).sd == sd


@given(st.floats(0.01, 0.99), st.floats(0, 0.999))
def test_every_smaller_deviation_of_a_rate_is_allowed(level, part):
    """Up to the root of level times 1 - level."""
    sd = part * (level * (1 - level)) ** 0.5
    assert Kpi(kind="rate", level=level, sd=sd).sd == sd
