"""Every driver's random output at a million paths of the engine's own streams.

Expected values are written from the formulas of the field, with scipy's distributions and sums of
their own, never with the drivers' code. Counts take seconds a million, so what is counted over
several months has fewer paths.
"""

import csv
import itertools
import math

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import ndtr
from scipy.stats import binom, chisquare, kstest, lognorm, nbinom, norm, poisson, triang

from scenarios.distributions import LogNormal, Normal, Observations, Percentiles, Triangular
from scenarios.drivers import (
    Alignment,
    Automation,
    Backlog,
    Bass,
    Changes,
    Channels,
    Correlated,
    Delivery,
    Effort,
    Events,
    Index,
    Kpi,
    KpiWorth,
    Learning,
    Loss,
    Management,
    MarketPrice,
    Outcomes,
    Role,
    ScopeChange,
    Shock,
    Volume,
    Wave,
    Workforce,
)
from scenarios.drivers.backlog import accepted
from scenarios.drivers.kpis import simulate
from scenarios.drivers.logit import logit_spread
from scenarios.drivers.scope import grown
from scenarios.drivers.shocks import on_demand, on_effort, on_kpis
from scenarios.engine.streams import BLOCK, BlockDraws
from scenarios.evidence import STUDIES, Evidence
from scenarios.resources import resource

pytestmark = pytest.mark.slow

LIKELY = 1e-4
"""A sample of the right distribution is rarer than this once in ten thousand tests."""
FEWER = 100_000
Z90, Z975 = norm.ppf(0.9), norm.ppf(0.975)


class Streams:
    """The blocks of the engine side by side, as many as make so many paths."""

    def __init__(self, paths=1_000_000):
        self.paths = paths
        self.blocks = [BlockDraws(1, block) for block in range(paths // BLOCK)]

    def normals(self, key, rows, out=None):
        """Standard normals, (rows, paths), as the engine draws them."""
        out = np.empty((rows, self.paths)) if out is None else out
        for place, block in enumerate(self.blocks):
            out[:, place * BLOCK : (place + 1) * BLOCK] = block.normals(key, rows)
        return out

    def value(self, number, key):
        """The number, or one draw of it a path, (1, paths)."""
        if isinstance(number, int | float):
            return number
        return np.concatenate([block.value(number, key) for block in self.blocks], axis=1)


@pytest.fixture(scope="module")
def many():
    """A million paths."""
    return Streams()


@pytest.fixture(scope="module")
def fewer():
    """A hundred thousand, for counts month after month."""
    return Streams(FEWER)


def fits(values, distribution):
    """Kolmogorov and Smirnov find no difference in every fiftieth path."""
    assert kstest(values[::50], distribution.cdf).pvalue > LIKELY


def counted(values, distribution):
    """Chi-square finds no difference in every fiftieth path, of cells that five are expected in."""
    values = np.rint(values[::50]).astype(int)
    cells = np.arange(values.max() + 2)
    expected = distribution.pmf(cells) * len(values)
    usual = cells[expected >= 5]
    low, high = usual[0], usual[-1]
    seen = np.bincount(np.clip(values, low, high), minlength=high + 1)[low:]
    expected = expected[low : high + 1]
    expected[0] = distribution.cdf(low) * len(values)
    expected[-1] = distribution.sf(high - 1) * len(values)
    assert chisquare(seen, expected).pvalue > LIKELY


def mean_of(function, distribution):
    """The mean of a function of an uncertain number, by the trapezoidal rule."""
    z = np.linspace(-8, 8, 200_001)
    density = norm.pdf(z)
    return float(function(distribution.ppf(ndtr(z))) @ density / density.sum())


def lognormal(mean, sd):
    """The lognormal of scipy with this mean and standard deviation."""
    variance = math.log1p((sd / mean) ** 2)
    return lognorm(math.sqrt(variance), scale=mean * math.exp(-variance / 2))


def triangular(low, mode, high):
    """The triangular distribution of scipy."""
    return triang((mode - low) / (high - low), low, high - low)


def a_month(annual):
    """The chance a month of what has this chance a year."""
    return 1 - (1 - annual) ** (1 / 12)


CEILING = {"low": 0.25, "mode": 0.5, "high": 0.66}
UNCERTAIN = triangular(0.25, 0.5, 0.66)


# What a person writes as a range


@pytest.mark.parametrize(
    ("written", "distribution"),
    [
        (Percentiles(p10=4, p90=9), norm(6.5, 2.5 / Z90)),
        (Percentiles(p10=4, p90=9, shape="lognormal"), lognorm(math.log(1.5) / Z90, scale=6)),
        (Triangular(low=1, mode=2, high=6), triangular(1, 2, 6)),
        (Normal(mean=3, sd=2), norm(3, 2)),
        (Normal(mean=3, sd=2, shape="lognormal"), lognormal(3, 2)),
        (LogNormal(median=2, log_sd=0.4), lognorm(0.4, scale=2)),
    ],
)
def test_a_range_has_its_distribution(many, agree, written, distribution):
    """Mean, variance and shape are those of the distribution that was written."""
    values = many.value(written, "it")[0]
    agree.mean(values, distribution.mean())
    agree.variance(values, distribution.var())
    fits(values, distribution)


def test_observations_are_equally_likely(many, agree):
    """Four of them, one twice: a quarter of the draws each."""
    values = many.value(Observations(observations=(1, 2, 2, 6)), "it")[0]
    for seen, share in ((1, 0.25), (2, 0.5), (6, 0.25)):
        agree.mean(values == seen, share)


def test_what_lies_beyond_a_bound_is_set_to_it(many, agree):
    """A normal cut at 0 has its chance below 0 at 0, and so a larger mean."""
    values = many.value(Normal(mean=1, sd=2, min=0), "it")[0]
    agree.mean(values == 0, norm(1, 2).cdf(0))
    agree.mean(values, mean_of(lambda x: np.maximum(x, 0), norm(1, 2)))


@pytest.mark.parametrize("work", STUDIES)
def test_evidence_is_the_mixture_of_its_studies(many, agree, work):
    """One study at random, then its effect: half are below the median, and as many below 0."""
    with resource("benchmarks", "ai_productivity.csv").open(encoding="utf-8") as file:
        rows = {row["key"]: row for row in csv.DictReader(file)}
    logs = [
        [
            math.log1p(max(float(rows[key][name]) / 100, -0.999999))
            for name in ("low", "mid", "high")
        ]
        for key in STUDIES[work]
    ]
    studies = [
        norm(mid, (high - mid) / Z975 if low < -9 else (high - low) / (2 * Z975))
        for low, mid, high in logs
    ]

    def chance(log):
        return np.mean([study.cdf(log) for study in studies], axis=0)

    values = np.log1p(many.value(Evidence(evidence=work), "it")[0])
    median = brentq(lambda x: chance(x) - 0.5, -3, 3)
    agree.mean(values < median, 0.5)
    agree.mean(values < 0, float(chance(0.0)))
    assert Evidence(evidence=work).central == pytest.approx(math.expm1(median), abs=1e-3)
    assert kstest(values[::50], chance).pvalue > LIKELY


# Demand


def volume(**fields):
    """A volume of 40 tickets a month, growing by 20 % a year."""
    return Volume(**{"unit": "ticket", "per_month": 40, "growth": 0.2} | fields)


def test_demand_is_a_lognormal_autoregression(many, agree):
    """Mean on the trend, variance and covariances of the lognormal, in the units themselves."""
    units = volume(volatility=0.3, autocorrelation=0.7).simulate(many, 5, 1)
    trend = 40 * 1.2 ** (np.arange(5) / 12)
    for month in (0, 4):
        agree.mean(units[month], trend[month])
        agree.variance(units[month], trend[month] ** 2 * math.expm1(0.3**2))
        fits(units[month], lognorm(0.3, scale=trend[month] * math.exp(-(0.3**2) / 2)))
    for lag in (1, 3):
        together = (units[4] - trend[4]) * (units[4 - lag] - trend[4 - lag])
        agree.mean(together, trend[4] * trend[4 - lag] * math.expm1(0.3**2 * 0.7**lag))
        agree.correlation(np.log(units[4]), np.log(units[4 - lag]), 0.7**lag)


def test_uncertain_level_and_growth_multiply(many, agree):
    """Level and growth are drawn independently of each other."""
    growth = {"low": -0.1, "mode": 0.1, "high": 0.4}
    units = volume(per_month={"mean": 40, "sd": 4}, growth=growth).simulate(many, 19, 1)[18]
    agree.mean(units, 40 * mean_of(lambda g: (1 + g) ** 1.5, triangular(-0.1, 0.1, 0.4)))


def test_poisson_demand_is_poisson(many, agree):
    """Without a volatility of the level the variance is the mean."""
    units = volume(counts="poisson").simulate(many, 1, 1)[0]
    agree.mean(units, 40)
    agree.variance(units, 40)
    counted(units, poisson(40))


def test_overdispersed_demand_is_negative_binomial(many, agree):
    """NB2: the variance is m + a m squared."""
    demand = volume(counts="negative binomial", overdispersion=0.05)
    units = demand.simulate(many, 1, 1)[0]
    agree.mean(units, 40)
    agree.variance(units, 40 + 0.05 * 40**2)
    counted(units, nbinom(20, 20 / 60))


def test_counts_around_a_lognormal_level_add_up_their_variances(many, agree):
    """Variance m + a E(L squared) + var L; from month to month only the level carries over."""
    demand = volume(
        counts="negative binomial",
        overdispersion=0.05,
        growth=0,
        volatility=0.2,
        autocorrelation=0.6,
    )
    units = demand.simulate(many, 2, 1)
    level = 40**2 * math.expm1(0.2**2)
    agree.mean(units[1], 40)
    agree.variance(units[1], 40 + 0.05 * (level + 40**2) + level)
    together = (units[0] - 40) * (units[1] - 40)
    agree.mean(together, 40**2 * math.expm1(0.2**2 * 0.6))


# Prices


def test_an_index_is_a_random_walk_around_its_growth(many, agree):
    """The mean grows as declared; the logarithm's variance grows with time, steps independent."""
    level = Index(annual=0.03, volatility=0.1).simulate(many, 13, "cpi")
    np.testing.assert_array_equal(level[0], 1)
    for month in (6, 12):
        agree.mean(level[month], 1.03 ** (month / 12))
        agree.variance(np.log(level[month]), 0.1**2 * month / 12)
    agree.correlation(np.log(level[6]), np.log(level[12] / level[6]), 0)
    fits(np.log(level[12]), norm(math.log(1.03) - 0.1**2 / 2, 0.1))


def test_a_market_price_is_its_start_times_a_walk(many, agree):
    """Both uncertain and independent: means multiply, second moments too."""
    price = MarketPrice(price={"mean": 20, "sd": 3}, annual=-0.05, volatility=0.2)
    found = price.simulate(many, 13, "unit")[12]
    agree.mean(found, 20 * 0.95)
    agree.variance(found, (20**2 + 3**2) * 0.95**2 * math.exp(0.2**2) - (20 * 0.95) ** 2)


def test_management_is_its_load_times_its_growth(many, agree):
    """The mean of the load times that of the compounded growth."""
    load, growth = {"low": 0.8, "mode": 1, "high": 1.4}, {"low": 0, "mode": 0.02, "high": 0.1}
    factor = Management(load=load, growth=growth).simulate(many, 7)[6]
    grown_by = mean_of(lambda g: (1 + g) ** 0.5, triangular(0, 0.02, 0.1))
    agree.mean(factor, triangular(0.8, 1, 1.4).mean() * grown_by)


def test_channels_grow_with_the_square_of_a_random_team(many, agree):
    """E n (n - 1) / 2 is (variance + mean squared - mean) / 2."""
    people = lognorm(0.2, scale=10).ppf(ndtr(many.normals("people", 1)))
    drawn = lognorm(0.2, scale=10)
    cost = Channels(hours={"mean": 2, "sd": 0.2}, cost=30).simulate(many, people, np.ones((1, 1)))
    agree.mean(cost[0], 2 * 30 * (drawn.var() + drawn.mean() ** 2 - drawn.mean()) / 2)


# KPIs

RATE = Kpi(kind="rate", level=0.8, sd=0.04, autocorrelation=0.6)
SCORE = Kpi(kind="score", level=4.4, sd=0.12, autocorrelation=0.3)
TIME = Kpi(kind="time", level=6, sd=1.8, autocorrelation=0.5, better="lower")
LOGIT = norm(math.log(4), logit_spread(0.8, 0.04))


def from_logit(x):
    """The rate of these log odds."""
    return 1 / (1 + np.exp(-x))


def test_each_kind_of_kpi_has_its_marginal(many, agree):
    """A rate's mean is that of the logit-normal; all have the sd, the others the mean, given."""
    kpis = {"rate": RATE, "score": SCORE, "time": TIME}
    series = simulate(kpis, (), many, 2)
    rate, score, time = (series[f"kpi.{name}"][1] for name in kpis)
    mean = mean_of(from_logit, LOGIT)
    agree.mean(rate, mean)
    agree.variance(rate, 0.04**2)
    fits(np.log(rate / (1 - rate)), LOGIT)
    for found, sd, distribution in (
        (score, 0.12, norm(4.4, 0.12)),
        (time, 1.8, lognormal(6, 1.8)),
    ):
        agree.mean(found, distribution.mean())
        agree.variance(found, sd**2)
        fits(found, distribution)


def test_a_count_is_poisson_around_a_lognormal(fewer, agree):
    """Variances add up; only the level carries over, on the scale of the logarithm."""
    kpi = Kpi(kind="count", level=6, sd=1.8, autocorrelation=0.5, better="lower")
    count = simulate({"it": kpi}, (), fewer, 2)["kpi.it"]
    agree.mean(count[1], 6)
    agree.variance(count[1], 6 + 1.8**2)
    agree.mean((count[0] - 6) * (count[1] - 6), 36 * math.expm1(math.log1p(0.3**2) * 0.5))
    plain = simulate({"it": kpi.replace(sd=0)}, (), fewer, 1)["kpi.it"][0]
    counted(plain, poisson(6))


@pytest.mark.parametrize("month", [0, 1, 5])
def test_kpis_correlate_as_requested_in_every_month(many, agree, month):
    """First and later months alike, between KPIs that remember differently; lags are the own."""
    pairs = [("rate", "score", 0.5), ("score", "time", -0.4), ("rate", "time", 0.1)]
    requested = [Correlated(between=(one, other), value=r) for one, other, r in pairs]
    kpis = {"rate": RATE, "score": SCORE, "time": TIME}
    series = simulate(kpis, requested, many, month + 2)
    z = {
        "rate": np.log(1 / series["kpi.rate"] - 1) * -1,
        "score": series["kpi.score"],
        "time": np.log(series["kpi.time"]),
    }
    for one, other, r in pairs:
        agree.correlation(z[one][month], z[other][month], r)
    for name, kpi in kpis.items():
        agree.correlation(z[name][month], z[name][month + 1], kpi.autocorrelation)
        if month:
            agree.correlation(z[name][0], z[name][month + 1], kpi.autocorrelation ** (month + 1))


def test_the_part_from_outside_is_its_share(many, agree):
    """Its variance is the share of the whole, and it covaries with the whole by as much."""
    series = simulate({"it": SCORE.replace(external=0.3)}, (), many, 3)
    outside, whole = series["external.it"], series["kpi.it"] - 4.4
    agree.variance(outside[2], 0.3 * 0.12**2)
    agree.variance(whole[2] - outside[2], 0.7 * 0.12**2)
    agree.correlation(outside[2], whole[2], math.sqrt(0.3))
    agree.correlation(outside[1], outside[2], 0.3)
    fits(outside[2], norm(0, 0.12 * math.sqrt(0.3)))


def test_a_meter_of_few_cases_adds_the_variance_of_a_binomial(many, agree):
    """Variance of p plus E p (1 - p) / n of a rate that varies; binomial of one that stands."""
    kpi, completed = RATE.replace(cases=0.5, response_rate=0.5), np.full((1, 1), 120.0)
    shown = simulate({"it": kpi}, (), many, 1, completed=completed)["reported.it"][0]
    mean = mean_of(from_logit, LOGIT)
    square = mean_of(lambda x: from_logit(x) ** 2, LOGIT)
    agree.mean(shown, mean)
    agree.variance(shown, square - mean**2 + (mean - square) / 30)
    still = simulate({"it": kpi.replace(sd=0)}, (), many, 1, completed=completed)
    counted(still["reported.it"][0] * 30, binom(30, 0.8))


def test_a_meter_of_scores_adds_case_error_and_its_own(many, agree):
    """Variances of the KPI, of a mean of n cases, and of the meter; it is shown 0.1 better."""
    kpi = SCORE.replace(
        cases=1.0, case_sd=0.9, meter_error=0.05, overstated={"mean": 0.1, "sd": 0.02}
    )
    shown = simulate({"it": kpi}, (), many, 1, completed=np.full((1, 1), 81.0))["reported.it"][0]
    variance = 0.12**2 + 0.9**2 / 81 + 0.05**2 + 0.02**2
    agree.mean(shown, 4.5)
    agree.variance(shown, variance)
    fits(shown, norm(4.5, math.sqrt(variance)))


@pytest.mark.parametrize("per", ["a month", "a unit"])
def test_what_a_kpi_is_worth_multiplies_what_is_independent(many, agree, per):
    """Mean worth times mean steps, times mean demand where it is worth it by the unit."""
    kpi = simulate({"it": SCORE}, (), many, 1)["kpi.it"]
    demand = volume(volatility=0.3).simulate(many, 1, 1)
    worth = KpiWorth(worth={"low": 10, "mode": 20, "high": 60}, step=0.1, reference=4.1, per=per)
    found = worth.simulate(kpi, demand, many, "it", lower_is_better=False)[0]
    agree.mean(found, 30 * 3 * (40 if per == "a unit" else 1))
    if per == "a month":
        square = (triangular(10, 20, 60).var() + 30**2) * (0.3**2 + 0.12**2) / 0.1**2
        agree.variance(found, square - 90**2)


# Shocks


def test_a_shock_is_a_sum_of_fading_arrivals(many, agree):
    """Bernoulli each month, half left after the half-life: mean, variance and lag of the sum."""
    p, left, months = a_month(0.5), 0.5 ** (1 / 2), 6
    level = Shock(chance=0.5, half_life=2).level(many, months, "it")
    for month in range(months):
        agree.mean(level[month], p * (1 - left ** (month + 1)) / (1 - left))
    squares = sum(left ** (2 * age) for age in range(months))
    agree.variance(level[5], p * (1 - p) * squares)
    agree.mean(level[0] > 0, p)
    centred = [level[m] - p * (1 - left ** (m + 1)) / (1 - left) for m in (3, 5)]
    shared = sum(left ** (2 * age + 2) for age in range(4))
    agree.mean(centred[0] * centred[1], p * (1 - p) * shared)


def test_a_certain_shock_fades_over_an_uncertain_half_life(many, agree):
    """One on arrival; half a year later the mean over all half-lives."""
    half_life = {"low": 1, "mode": 3, "high": 8}
    level = Shock(month=1, half_life=half_life, demand=0.2).level(many, 8, "it")
    np.testing.assert_array_equal(level[:2].T, np.tile([0, 1], (many.paths, 1)))
    agree.mean(level[7], mean_of(lambda h: 0.5 ** (6 / h), triangular(1, 3, 8)))


def test_a_shock_moves_demand_effort_and_kpis_by_its_level(many, agree):
    """Two shocks multiply on demand and add up on a KPI; sizes are independent of arrivals."""
    size = {"low": 0.05, "mode": 0.1, "high": 0.3}
    shocks = {
        "a": Shock(chance=0.4, demand=size, kpis={"it": {"mean": -0.2, "sd": 0.05}}),
        "b": Shock(month=0, half_life=1, demand=-0.5, effort=0.4, kpis={"it": 0.1}),
    }
    levels = {name: shock.level(many, 3, name) for name, shock in shocks.items()}
    left = 0.5 ** (1 / 3)
    felt = a_month(0.4) * (1 + left + left**2)
    agree.mean(on_demand(shocks, many, levels)[2], (1 + 0.15 * felt) * (1 - 0.5 * 0.25))
    agree.mean(on_kpis(shocks, many, levels)["it"][2], -0.2 * felt + 0.1 * 0.25)
    assert on_effort(shocks, many, levels)[:, 0].tolist() == [1.4, 1.2, 1.1]


# Automation


def plan(**fields):
    """Observed points: nothing at go-live in month 2, all after eight months."""
    given = {"ceiling": 0.5, "go_live": 2, "points": ((8, 1.0),)}
    return Automation(**given | fields)


def test_an_uncertain_ceiling_scales_the_curve(many, agree):
    """The share is the curve's height times the ceiling; waves add their own mean."""
    curve = {"points": None, "midpoint": 12, "rise": 12}
    share = plan(ceiling=CEILING, **curve).adoption(many, 19)[18]
    height = 1 / (1 + math.exp(-6 * math.log(81) / 12))
    agree.mean(share, height * UNCERTAIN.mean())
    agree.variance(share, height**2 * UNCERTAIN.var())
    fits(share / height, UNCERTAIN)
    wave = Wave(go_live=10, rise=6, ceiling={"low": 0, "mode": 0.1, "high": 0.2}, one_off=5)
    more = plan(ceiling=CEILING, waves=(wave,), **curve).adoption(many, 13)[12]
    agree.mean(more, UNCERTAIN.mean() / 2 + 0.1 / 2)


def test_an_uncertain_delay_shifts_share_cost_and_investment(many, agree):
    """The mean over all delays; the one-off falls in the first whole month after go-live."""
    delay, drawn = {"low": 0, "mode": 2, "high": 6}, triangular(0, 2, 6)
    late = plan(delay=delay, running_cost=100, one_off=1000)
    share = late.adoption(many, 9)
    for month in (3, 8):
        expected = mean_of(lambda d, m=month: 0.5 * np.clip((m - 2 - d) / 8, 0, 1), drawn)
        agree.mean(share[month], expected)
    running, invested = late.running(many, 9), late.invested(many, 9)
    for month in (3, 5):
        agree.mean(running[month] / 100, drawn.cdf(month - 2))
        agree.mean(invested[month] / 1000, drawn.cdf(month - 2) - drawn.cdf(month - 3))


def test_uncertain_speed_and_bass_coefficients_are_averaged_over(many, agree):
    """The mean of the curve over its coefficients, one at a time, not the curve of their mean."""
    speed = plan(speed={"low": 0.5, "mode": 1, "high": 2}).adoption(many, 8)[7]
    drawn = triangular(0.5, 1, 2)
    agree.mean(speed, mean_of(lambda s: 0.5 * np.clip(5 * s / 8, 0, 1), drawn))

    def bass(p, q=0.4, years=0.5):
        decay = np.exp(-(p + q) * years)
        return (1 - decay) / (1 + q / p * decay)

    curve = Bass(innovation={"low": 0.01, "mode": 0.03, "high": 0.08}, imitation=0.4)
    share = plan(points=None, bass=curve).adoption(many, 9)[8]
    agree.mean(share, 0.5 * mean_of(bass, triangular(0.01, 0.03, 0.08)))
    midpoint = plan(points=None, rise=12, midpoint={"mean": 12, "sd": 2}).adoption(many, 11)[10]
    curve = norm(12, 2)
    agree.mean(
        midpoint, 0.5 * mean_of(lambda m: 1 / (1 + np.exp((m - 10) * math.log(81) / 12)), curve)
    )


def test_an_automated_unit_gets_cheaper_by_an_uncertain_share(many, agree):
    """Price and its change are independent: a year later their means multiply."""
    prices = plan(unit_cost={"mean": 1, "sd": 0.1}, unit_cost_change={"mean": -0.2, "sd": 0.05})
    agree.mean(prices.handling(many, 13)[12], 0.8)


# Backlog and scope


def test_overruns_share_what_is_common(many, agree):
    """Lognormal overruns: each hour's mean, its variance, and a correlation of the logarithms."""
    backlog = Backlog(
        unit="piece",
        units=4,
        hours_per_unit=100,
        overrun={"median": 1.1, "log_sd": 0.4},
        common=0.3,
    )
    each, drawn = backlog.each(many), lognorm(0.4, scale=110)
    agree.mean(each[3], drawn.mean())
    agree.variance(each[3], drawn.var())
    fits(each[3], drawn)
    agree.correlation(np.log(each[0]), np.log(each[2]), 0.3)
    covariance = drawn.mean() ** 2 * math.expm1(0.4**2 * 0.3)
    agree.variance(backlog.effort(many)[-1], 4 * drawn.var() + 12 * covariance)


def test_a_unit_is_accepted_in_the_month_in_which_its_hours_are_worked(many, agree):
    """Three units with normal overruns: the chance that the last is done by a month's end."""
    backlog = Backlog(
        unit="piece", units=3, hours_per_unit=100, overrun={"mean": 1.2, "sd": 0.2}, common=0.5
    )
    done = np.cumsum(accepted(backlog.effort(many), 150, 3), axis=0)
    hours = norm(360, 20 * math.sqrt(3 + 6 * 0.5))
    for month in (1, 2):
        agree.mean(done[month] == 3, hours.cdf(150 * (month + 1)))


def test_changes_of_scope_arrive_by_bernoulli(many, agree):
    """So far they are binomial; uncertain sizes are independent of them."""
    scope = ScopeChange(chance=0.15, units={"low": 1, "mode": 2, "high": 6}, effort=0.1)
    so_far = scope.so_far(many, 6)[5]
    agree.mean(so_far, 6 * 0.15)
    agree.variance(so_far, 6 * 0.15 * 0.85)
    counted(so_far, binom(6, 0.15))
    agree.mean((so_far * scope.more_units(many))[0], 6 * 0.15 * 3)


def test_a_backlog_grows_as_its_scope_changes(many, agree):
    """Hours in all over every pattern of four months in which a change may come or not."""
    chance, capacity, lot, harder = 0.3, 30.0, 12.0, 0.2

    def hours(pattern):
        total = 75.0
        for month, comes in enumerate(pattern):
            if comes and total > capacity * month:
                total += (total - capacity * month) * harder + lot
        return total

    patterns = list(itertools.product((0, 1), repeat=4))
    weights = [chance ** sum(p) * (1 - chance) ** (4 - sum(p)) for p in patterns]
    expected = np.array([hours(pattern) for pattern in patterns])
    arrives = ScopeChange(chance=chance, units=1).arrives(many, 4)
    reached = np.arange(1, 5)[:, None] * capacity
    lots = np.full((4, many.paths), lot)
    _, total, _ = grown(np.array([[30.0], [75.0]]), reached, arrives, lots, harder)
    mean = expected @ weights
    agree.mean(total, mean)
    agree.variance(total, (expected - mean) ** 2 @ weights)


# Hours of a unit


def test_hours_of_a_unit_multiply_their_uncertain_parts(many, agree):
    """Mix, rework, estimate, distance and seniority are independent: means multiply."""
    factor = Effort(
        complexity={
            "easy": {"share": 0.7, "factor": 0.8},
            "hard": {"share": 0.3, "factor": CEILING},
        },
        rework={"low": 0.05, "mode": 0.1, "high": 0.3},
        estimate_error={"median": 1, "log_sd": 0.355},
        distance={"overlap": {"low": 2, "mode": 4, "high": 8}, "hour_apart": 0.05},
        seniority={"all": {"share": 1, "speed": {"low": 0.8, "mode": 1, "high": 1.5}, "cost": 1}},
        monthly_error=0.2,
    ).by_month(many, np.ones((2, 1)))
    touches = mean_of(lambda r: 1 / (1 - r), triangular(0.05, 0.1, 0.3))
    overlap, pace = triangular(2, 4, 8).mean(), triangular(0.8, 1, 1.5)
    expected = (0.7 * 0.8 + 0.3 * UNCERTAIN.mean()) * touches * math.exp(0.355**2 / 2)
    expected *= (1 + 0.05 * (8 - overlap)) * mean_of(lambda s: 1 / s, pace)
    agree.mean(factor[1], expected)
    agree.variance(np.log(factor[0] / factor[1]), 2 * 0.2**2)


@pytest.mark.parametrize("model", ["crawford", "wright"])
def test_learning_averages_over_an_uncertain_slope(many, agree, model):
    """The hours of the tenth to the twentieth unit, from either theory's own formula."""
    slope = {"low": 0.7, "mode": 0.85, "high": 0.95}
    learning = Learning(slope=slope, units_before=0, model=model)
    factor = learning.factor(many, 9, 11)[0]

    def hours(s):
        b = np.log2(s)
        if model == "crawford":
            return sum(float(n) ** b for n in range(10, 21)) / 11
        return (20.0 ** (1 + b) - 9.0 ** (1 + b)) / 11

    agree.mean(factor, mean_of(hours, triangular(0.7, 0.85, 0.95)))


# People


def team(**fields):
    """Twenty agents of whom 60 % leave in a year."""
    agent = Role(people=20, hours=125, cost={"mean": 15, "sd": 2}, leavers=0.6)
    return Delivery(**{"roles": {"agent": agent}, "team": "fixed"} | fields)


def test_leavers_are_poisson_around_those_at_work(fewer, agree):
    """A twelfth of the yearly share a month; hours that vary add their variance."""
    hours = 2500 * lognormal(1, 0.3).ppf(ndtr(fewer.normals("hours", 1)))
    left = team().beside(fewer, {"hours.agent": hours})["leavers.agent"][0]
    agree.mean(left, 1)
    agree.variance(left, 1 + 0.3**2)
    still = team().beside(fewer, {"hours.agent": np.full((1, 1), 2500.0)})["leavers.agent"][0]
    counted(still, poisson(1))


def test_newcomers_leave_as_much_undone_as_their_curve_says(fewer, agree):
    """First and second moments of what is undone, month by month, where each is replaced."""
    ramp, gap, share, seats = 3, 0.5, 0.05, 20
    staff = team(
        workforce=Workforce(starting_productivity=0.5, ramp=ramp, new_at_start=0.4)
    ).staffing(fewer, 5)
    kept = 0.5 ** (1 / ramp)
    first = gap * (1 - kept) / (math.log(2) / ramp)
    mean, square = 0.4 * first, (0.4 * first) ** 2
    for month in range(5):
        lost = 1 - np.broadcast_to(staff.productivity[month], fewer.paths)
        if month:
            agree.mean(lost, mean)
            agree.variance(lost, square - mean**2)
        # What is undone: b k (1 - g) + g f, where g has mean a and variance a / seats.
        after = kept * mean * (1 - share) + share * first
        difference = first**2 - 2 * first * kept * mean + kept**2 * square
        square = (
            kept**2 * square
            + 2 * share * (first * kept * mean - kept**2 * square)
            + (share**2 + share / seats) * difference
        )
        mean = after


def test_vacant_seats_and_what_newcomers_leave_undone_add_up(fewer, agree):
    """With seats that stay empty for two months on average, means follow a linear recursion."""
    force = Workforce(starting_productivity=0.5, mentoring=0.2, ramp=2, vacancy=2)
    staff = team(workforce=force).staffing(fewer, 5)
    kept, fills, share = 0.5 ** (1 / 2), 1 / 3, 0.05
    first = 0.7 * (1 - kept) / (math.log(2) / 2)
    vacant = undone = 0.0
    for month in range(5):
        if month:
            agree.mean(staff.present[month], 1 - vacant)
            agree.mean(staff.present[month] * (1 - staff.productivity[month]), undone)
        empty = vacant + share * (1 - vacant)
        undone = undone * kept * (1 - share) + empty * fills * first
        vacant = empty * (1 - fills)


def test_hours_bought_and_paid_average_over_their_shares(many, agree):
    """Paid hours are worked ones over 1 - shrinkage; a subcontractor costs a premium more."""
    force = Workforce(
        shrinkage={"low": 0.2, "mode": 0.3, "high": 0.35},
        subcontracted={"low": 0.1, "mode": 0.2, "high": 0.4},
        premium={"mean": 0.25, "sd": 0.1},
    )
    paid = force.kinds(many, {"hours.agent": np.ones((1, 1))})["paid.agent"][0]
    bought = triangular(0.1, 0.2, 0.4).mean()
    unpaid = mean_of(lambda s: 1 / (1 - s), triangular(0.2, 0.3, 0.35))
    agree.mean(paid, (1 - bought) * unpaid)
    agree.mean(force.bought(np.ones((1, 1)), many)[1][0], bought * 1.25)
    agree.mean(team().hourly_cost(many)[0], 15)


# Events


def test_change_requests_are_lognormal_around_their_mean(many, agree):
    """Mean and dispersion as declared, in proportion to the work that is going on."""
    changes = Changes(hours=40, volatility=0.5)
    hours = Events(changes=changes).simulate(many, np.array([[1.0], [0.25]]))["changes"]
    for found, mean in zip(hours, (40, 10), strict=True):
        agree.mean(found, mean)
        fits(found, lognorm(0.5, scale=mean * math.exp(-(0.5**2) / 2)))
    agree.correlation(np.log(hours[0]), np.log(hours[1]), 0)


def test_a_loss_comes_by_its_chance_and_has_its_own_size(many, agree):
    """Once a year or more with the chance of the year; sizes do not know of it."""
    size, p = lognorm(0.8, scale=1000), a_month(0.3)
    loss = Loss(chance=0.3, amount={"median": 1000, "log_sd": 0.8}).simulate(many, 12, "breach")
    agree.mean((loss > 0).any(axis=0), 0.3)
    agree.mean(loss[4], p * size.mean())
    agree.variance(loss[4], p * (size.var() + size.mean() ** 2) - (p * size.mean()) ** 2)
    hit = loss[loss > 0]
    assert kstest(hit[::20], size.cdf).pvalue > LIKELY


def test_insolvency_has_a_constant_chance(many, agree):
    """By the end of month t with 1 - (1 - a)^(t / 12); of an uncertain chance, on average."""
    events = Events(insolvency=0.1).simulate(many, np.ones((6, 1)))["insolvent"]
    for month in (0, 5):
        agree.mean(events[month], 1 - 0.9 ** ((month + 1) / 12))
    unsure = Events(insolvency={"low": 0, "mode": 0.1, "high": 0.5})
    after = unsure.simulate(many, np.ones((12, 1)))["insolvent"]
    agree.mean(after[5], mean_of(lambda a: 1 - (1 - a) ** 0.5, triangular(0, 0.1, 0.5)))
    agree.mean(after[11], 0.2)


# Outcomes


def test_verified_units_multiply_independent_shares(many, agree):
    """Mean claimed share times what is neither reopened nor a duplicate, of random units."""
    outcomes = Outcomes(
        claimed={"low": 0.8, "mode": 0.95, "high": 1},
        reopened={"mean": 0.1, "sd": 0.02},
        duplicates={"low": 0, "mode": 0.01, "high": 0.02},
        confirmed={"low": 0.7, "mode": 0.8, "high": 0.9},
    )
    completed = volume(growth=0, volatility=0.3).simulate(many, 1, 1)
    claimed, verified = outcomes.count(completed, {}, many)
    share = triangular(0.8, 0.95, 1).mean()
    agree.mean(claimed[0], 40 * share)
    agree.mean(verified[0], 40 * share * (1 - 0.1 - 0.01))
    agree.mean(outcomes.beside(claimed, many)["confirmed"][0], 40 * share * 0.8)


def test_claims_that_name_a_rate_are_that_rate(many, agree):
    """The mean of a logit-normal share of the completed units."""
    completed = np.full((1, 1), 100.0)
    kpis = simulate({"fcr": RATE}, (), many, 1)
    claimed, _ = Outcomes(claimed="fcr").count(completed, kpis, many)
    agree.mean(claimed[0], 100 * mean_of(from_logit, LOGIT))


def test_an_audit_finds_wrong_claims_by_binomial_sampling(many, agree):
    """Of 80 claims; an uncertain share adds its own variance."""
    audit = Outcomes(wrongly_claimed=0.05, audit_sample=80)
    error = audit.beside(np.ones((1, 1)), many)["audit.error"][0]
    agree.mean(error, 0.05)
    agree.variance(error, 0.05 * 0.95 / 80)
    counted(error * 80, binom(80, 0.05))
    unsure = audit.replace(wrongly_claimed={"low": 0, "mode": 0.05, "high": 0.1})
    error = unsure.beside(np.ones((1, 1)), many)["audit.error"][0]
    share = triangular(0, 0.05, 0.1)
    square = share.var() + share.mean() ** 2
    agree.mean(error, 0.05)
    agree.variance(error, share.var() + (0.05 - square) / 80)


# Alignment

ONE_SCORE = {f"weight_{name}": 0.0 for name in ("structure", "decision_making", "culture")} | {
    f"weight_{name}": 0.0 for name in ("behaviour", "ways_of_working")
}


def aligned(**fields):
    """Parties that one score describes, everything else certain."""
    known = {"usual_readiness": 0.4, "hours_ratio": 1.2, "ramp_ratio": 1.0, "hazard_ratio": 4.0}
    return Alignment(coefficients=ONE_SCORE | known, **fields)


def test_a_relationship_fails_by_its_readiness(many, fewer, agree):
    """The rate is multiplied by 4 to the gap; the second year has a chance of its own."""
    score, drawn = {"low": 0.1, "mode": 0.3, "high": 0.9}, triangular(0.1, 0.3, 0.9)
    parties = aligned(capability=score, fails=0.2, fails_later=0.1)
    quarter = parties.simulate(many, 3).failed[2]
    agree.mean(quarter, 1 - mean_of(lambda s: 0.8 ** (4 ** (0.4 - s) / 4), drawn))
    failed = parties.simulate(fewer, 24).failed
    agree.mean(failed[11], 1 - mean_of(lambda s: 0.8 ** (4 ** (0.4 - s)), drawn))
    both = mean_of(lambda s: (0.8 * 0.9) ** (4 ** (0.4 - s)), drawn)
    agree.mean(failed[23], 1 - both)


def test_hours_follow_readiness_before_and_after_a_failure(fewer, agree):
    """1.2 to the gap, on average over the score; after a failure the gap is all of it."""
    score, drawn = {"low": 0.1, "mode": 0.3, "high": 0.9}, triangular(0.1, 0.3, 0.9)
    found = aligned(capability=score, fails=0.2, effects=("rework",)).simulate(fewer, 13)
    agree.mean(found.readiness[0], drawn.mean())
    agree.mean(found.effort[0], mean_of(lambda s: 1.2 ** (0.4 - s), drawn))
    agree.mean(found.effort[12], 0.8 * mean_of(lambda s: 1.2 ** (0.4 - s), drawn) + 0.2 * 1.2**0.4)


def test_published_coefficients_are_drawn_from_their_range(many, agree):
    """The hours ratio of the market figures is triangular between its limits."""
    with resource("benchmarks", "alignment.csv").open(encoding="utf-8") as file:
        row = next(row for row in csv.DictReader(file) if row["key"] == "hours_ratio")
    ratio = triangular(*(float(row[name]) for name in ("low", "mid", "high")))
    none = Alignment(
        **dict.fromkeys(Alignment.model_fields.keys() & SCORES, 0.0), effects=("rework",)
    )
    effort = none.simulate(many, 1).effort[0]
    agree.mean(effort, mean_of(lambda h: h**0.4, ratio))


SCORES = {"structure", "decision_making", "culture", "capability", "behaviour", "ways_of_working"}
