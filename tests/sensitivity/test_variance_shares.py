from functools import partial

import numpy as np
import pytest
from scipy import stats
from tests.small import SMALL, small

import scenarios as sc
from scenarios.engine.worlds import Worlds
from scenarios.resources import resource
from scenarios.sensitivity import variance_shares as module

HOURS, DEMAND = (1.0, 0.1), (100.0, 30.0)
"""Mean and standard deviation of the hours of a unit and of the units a month."""
TOTAL = ("total order", "estimate")


def uncertain(number):
    """A mean and a standard deviation as a file writes them."""
    return {"mean": number[0], "sd": number[1]}


@pytest.fixture(scope="module")
def two():
    """A scenario whose hourly bill is 20 x 12 x hours a unit x units a month, both uncertain."""
    demand = {"volume": {"unit": "ticket", "per_month": uncertain(DEMAND)}}
    delivery = SMALL["delivery"] | {"hours_per_unit": uncertain(HOURS)}
    return small(demand=demand, delivery=delivery)


@pytest.fixture(scope="module")
def desk():
    """The support desk example."""
    return sc.load(resource("scenarios", "support-desk.yaml"))


def near(table, row, order, expected):
    """Whether an estimate is within five of its own standard errors of what it should be."""
    error = table.loc[row, (order, "standard error")]
    assert 0 < error < 0.05
    return table.loc[row, (order, "estimate")] == pytest.approx(expected, abs=5 * error)


def test_a_product_of_two_has_its_closed_form(two):
    """Of x y: first order mean(y)^2 var(x), total order var(x) (mean(y)^2 + var(y)), of all."""
    table = sc.variance_shares(two, "Hourly", paths=16_384)
    (x, sx), (y, sy) = HOURS, DEMAND
    variance = (x**2 + sx**2) * (y**2 + sy**2) - x**2 * y**2
    assert near(table, "delivery", "first order", sx**2 * y**2 / variance)
    assert near(table, "delivery", "total order", sx**2 * (y**2 + sy**2) / variance)
    assert near(table, "demand", "first order", sy**2 * x**2 / variance)
    assert near(table, "demand", "total order", sy**2 * (x**2 + sx**2) / variance)
    assert table.attrs["sd"] == pytest.approx(240 * variance**0.5, rel=0.03)
    assert list(table.index) == ["demand", "delivery"]


def test_the_standard_errors_are_those_over_seeds(two):
    """Estimates scatter over seeds by about their printed errors."""
    tables = [sc.variance_shares(two, "Hourly", paths=1_024, seed=seed) for seed in range(30)]
    for order in ("first order", "total order"):
        scatter = np.std([table.loc["demand", (order, "estimate")] for table in tables], ddof=1)
        printed = np.mean([table.loc["demand", (order, "standard error")] for table in tables])
        assert printed == pytest.approx(scatter, rel=0.4)


def test_drawing_one_driver_again_leaves_all_others_alone(desk):
    """What does not depend on a driver is the same, bit for bit; what does is not."""
    as_written = Worlds(desk, 4)
    draws = partial(module._Redrawn, again=lambda key: key.startswith("kpis."))
    again = Worlds(desk, 4, draws=draws)
    one, other = as_written(1).series, again(1).series
    changed = {name for name in one if not np.array_equal(one[name], other[name])}
    assert changed == {f"{what}.{kpi}" for what in ("kpi", "reported") for kpi in desk.kpis}


def test_nothing_drawn_again_is_the_run_itself(desk):
    """The first sample is the simulation of the same seed, whichever way it is made."""
    table = sc.variance_shares(desk, "Outcome", "Hourly", paths=512, seed=9)
    run = sc.simulate(desk, paths=512, seed=9)
    difference = run.total("Outcome", "all_in") - run.total("Hourly", "all_in")
    assert table.attrs["sd"] == difference.std()
    again = module._redrawn(run, Worlds(desk, 9), lambda _: False)
    assert np.array_equal(again.array, run.array)


def test_a_driver_that_no_deal_feels_has_no_share(desk):
    """The provider's contribution of the hourly deal owes nothing to the buyer's management."""
    table = sc.variance_shares(desk, "Hourly", of="contribution", paths=256)
    assert (table.loc["management"] == 0).all()
    assert table.loc["demand", TOTAL] > 0.5


def test_by_number_correlated_kpis_are_one_row(desk):
    """Noise that is mixed cannot be told apart; other numbers stand under their own names."""
    table = sc.variance_shares(desk, "Outcome", "Hybrid", by="number", paths=256)
    assert set(table.index) == {
        "automation.ceiling",
        "demand.noise",
        "kpis, correlated",
        "management.load",
    }


def test_only_kpis_that_a_correlation_names_are_one_row(desk):
    """The noise of a KPI that no correlation names is its own row."""
    pair = desk.correlations[:1]
    alone = set(desk.kpis) - set(pair[0].between)
    table = sc.variance_shares(
        desk.replace(correlations=pair), "Hybrid", of="fee", by="number", paths=64
    )
    rows = {row for row in table.index if row.startswith("kpis")}
    assert rows == {"kpis, correlated"} | {f"kpis.{name}.noise" for name in alone}
    assert len(alone) == 1


def test_a_response_stays_what_it_is(desk):
    """A provider that responds has the same pace in every sample, whatever is drawn again."""
    reacts = next(case for name in desk.cases if (case := desk.case(name)).response)
    seen = set()
    pace = Worlds(reacts, 1).under(reacts.deals["Outcome"]).reaction

    def noted(worlds, deals, paths):
        seen.add(worlds.reaction)
        return np.zeros((len(deals), 6, paths))

    run = sc.simulate(reacts, [reacts.deals["Outcome"]], paths=8)
    object.__setattr__(run, "price", noted)
    module._redrawn(run, Worlds(reacts, 1), lambda key: key.startswith("demand"))
    assert seen == {pace}
    assert pace.pace != 1


def test_an_answer_that_does_not_move_has_no_shares(desk):
    """A deal less itself is 0 in every future: nothing has a share of it."""
    assert (sc.variance_shares(desk, "Hourly", "Hourly", paths=64) == 0).all(axis=None)


@pytest.mark.parametrize("seed", [1, 3])
def test_a_sure_difference_has_no_shares(desk, seed):
    """One per mill less of a paid investment is one sum on every path, its rounding aside."""
    other = desk.change({"deals.Hourly.clauses.investment.buyer_share": 0.999})
    twin = other.deals["Hourly"].replace(name="Twin")
    both = desk.replace(deals={**desk.deals, "Twin": twin})
    run = sc.simulate(both, paths=256, seed=seed)
    assert run.total("Hourly", "all_in") - run.total("Twin", "all_in") == pytest.approx(60)
    table = sc.variance_shares(both, "Hourly", "Twin", paths=256, seed=seed)
    assert (table == 0).all(axis=None)
    assert table.attrs["sd"] == 0


def test_a_small_difference_that_moves_has_its_shares(desk):
    """A ten-thousandth of the hourly rate moves with the bill that it is a part of."""
    other = desk.change({"deals.Hourly.pricing.hourly.rate": 22.0022})
    twin = other.deals["Hourly"].replace(name="Twin")
    both = desk.replace(deals={**desk.deals, "Twin": twin})
    table = sc.variance_shares(both, "Hourly", "Twin", paths=256)
    assert table.attrs["sd"] > 0
    assert table[TOTAL].sum() > 0.5


def test_a_sum_of_two_inputs_has_its_shares():
    """Of x + 2 y, standard normals, x has a fifth and y four fifths, alone as together."""
    written = sc.load(resource("scenarios", "support-desk.yaml")).automation.ceiling
    inputs = {"x": stats.norm(), "y": stats.norm(), "idle": written}
    table = sc.sobol_indices(lambda given: given["x"] + 2 * given["y"], inputs)
    for order in ("first order", "total order"):
        assert near(table.drop(index="idle"), "x", order, 0.2)
        assert near(table.drop(index="idle"), "y", order, 0.8)
    assert table.loc["idle"].to_numpy() == pytest.approx(0, abs=1e-12)
    assert table.index[0] == "y"


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"a": "Hourli"}, "did you mean 'Hourly'"),
        ({"b": "Outcom"}, "did you mean 'Outcome'"),
        ({"paths": 1_000}, "a power of two, such as 4,096: given 1,000"),
        ({"of": "fees"}, "did you mean 'fee'"),
        ({"by": "numbers"}, "did you mean 'number'"),
    ],
)
def test_what_cannot_be_is_refused(desk, how, told):
    """An error says what was given and what is allowed."""
    with pytest.raises(sc.ScenarioError, match=told):
        sc.variance_shares(desk, **({"a": "Hourly", "b": "Hybrid", "paths": 64} | how))


def test_a_certain_scenario_has_nothing_to_share():
    """Where nothing is drawn there is no variance."""
    with pytest.raises(sc.ScenarioError, match="nothing is uncertain in 'Small'"):
        sc.variance_shares(small(), "Hourly", paths=64)


def test_a_function_must_give_a_number_a_sample():
    """A wrong shape, an infinite answer, no inputs and odd samples are errors."""
    inputs = {"x": stats.norm()}
    with pytest.raises(sc.ScenarioError, match="one finite number a sample"):
        sc.sobol_indices(lambda _: 1.0, inputs)
    with pytest.raises(sc.ScenarioError, match="one finite number a sample"):
        sc.sobol_indices(lambda given: given["x"] + np.inf, inputs)
    with pytest.raises(sc.ScenarioError, match="at least one input"):
        sc.sobol_indices(lambda _: 1.0, {})
    with pytest.raises(sc.ScenarioError, match=r"inputs > y: .*given: 3; .*distribution of scipy"):
        sc.sobol_indices(lambda given: given["x"], inputs | {"y": 3})
    with pytest.raises(sc.ScenarioError, match="samples must be a power of two"):
        sc.sobol_indices(lambda given: given["x"], inputs, samples=1)
