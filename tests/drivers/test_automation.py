import numpy as np
import pytest
from pydantic import ValidationError
from tests.small import small

from scenarios.drivers import Automation
from scenarios.drivers.bass import bass
from scenarios.engine.worlds import build
from scenarios.uncertain import NoDraws

CEILING = {"low": 0.25, "mode": 0.5, "high": 0.66}


def automation(**fields):
    """Automation of half the units, live from month 3."""
    given = {"ceiling": 0.5, "go_live": 3, "midpoint": 12, "rise": 12}
    return Automation(**given | fields)


def test_with_maturity_the_curve_runs_from_zero_to_the_ceiling(draws):
    """Nothing at go-live, the whole ceiling at maturity and after, never falling between."""
    share = automation(mature=24).adoption(draws, 36)[:, 0]
    np.testing.assert_array_equal(share[:4], 0)
    np.testing.assert_array_equal(share[24:], 0.5)
    assert (np.diff(share[3:25]) > 0).all()


def test_without_maturity_it_is_the_plain_logistic_curve(draws):
    """From go-live on: ceiling / (1 + exp(-k (t - midpoint))) with k = ln 81 / rise."""
    share = automation().adoption(draws, 36)[:, 0]
    months = np.arange(36)
    expected = 0.5 / (1 + 81 ** (-(months - 12) / 12)) * (months >= 3)
    np.testing.assert_allclose(share, expected, rtol=1e-12)


def test_rise_is_the_time_from_ten_to_ninety_percent(draws):
    """Half a rise before the midpoint the curve is at 10 %, half a rise after it at 90 %."""
    share = automation(ceiling=1, midpoint=18).adoption(draws, 36)[:, 0]
    np.testing.assert_allclose(share[[12, 18, 24]], [0.1, 0.5, 0.9], rtol=1e-12)


def test_an_uncertain_ceiling_scales_the_curve(draws, agree):
    """The mature share has the ceiling's own mean and variance (triangular)."""
    low, mode, high = CEILING.values()
    share = automation(ceiling=CEILING, mature=24).adoption(draws, 36)
    agree.mean(share[30], (low + mode + high) / 3)
    cross = low * mode + low * high + mode * high
    agree.variance(share[30], (low**2 + mode**2 + high**2 - cross) / 18)


def test_an_uncertain_curve_stays_between_zero_and_the_ceiling(draws):
    """However the midpoint and the rise fall, nobody automates more than the ceiling."""
    given = automation(
        midpoint={"mean": 12, "sd": 6}, rise={"median": 12, "log_sd": 0.5}, mature=24
    )
    share = given.adoption(draws, 36)
    assert share.min() == 0
    assert share.max() == 0.5


def test_a_month_ahead_is_the_same_curve_shifted(draws):
    """Automating a month sooner moves every cost and share one month to the left."""
    given = automation(mature=24, running_cost=2_800, one_off=60_000)
    for series in (given.adoption, given.running, given.invested):
        np.testing.assert_allclose(series(draws, 36, 1)[:-1], series(draws, 36)[1:], rtol=1e-12)


def test_running_cost_starts_and_the_one_off_falls_at_go_live(draws):
    """Running cost from go-live on; the investment once."""
    given = automation(running_cost=2_800, one_off=60_000)
    np.testing.assert_array_equal(given.running(draws, 6)[:, 0], [0, 0, 0, 2800, 2800, 2800])
    np.testing.assert_array_equal(given.invested(draws, 6)[:, 0], [0, 0, 0, 60_000, 0, 0])


def test_maturity_comes_after_go_live():
    """An order that cannot be is refused with both numbers."""
    with pytest.raises(ValidationError, match=r"mature \(3\) must come after go_live \(3\)"):
        automation(mature=3)


def test_a_curve_without_a_rise_is_refused_or_a_step(draws):
    """A rise of 0 months is a switch or an error in words, never a division by zero."""
    try:
        given = automation(rise=0)
    except ValidationError:
        return
    share = given.adoption(draws, 36)[:, 0]
    np.testing.assert_array_equal(share[[0, 30]], [0, 0.5])


def test_a_late_steep_curve_is_zero_until_it_comes(draws):
    """A steep curve far in the future is 0 now, without overflow."""
    share = automation(midpoint=400, rise=1).adoption(draws, 36)
    np.testing.assert_array_equal(share, 0)


def bass_curve(**fields):
    """Automation of half the units by Bass diffusion, live from month 3."""
    curve = {"bass": {"innovation": 0.3, "imitation": 0.6}}
    return Automation(**{"ceiling": 0.5, "go_live": 3} | curve | fields)


def test_bass_runs_from_go_live_to_the_ceiling(draws):
    """Nothing up to go-live, then the Bass curve of the months since, times the ceiling."""
    share = bass_curve().adoption(draws, 400)[:, 0]
    np.testing.assert_array_equal(share[:4], 0)
    np.testing.assert_allclose(share[15], 0.5 * bass(1, 0.3, 0.6), rtol=1e-12)
    assert share[-1] == pytest.approx(0.5)


def test_an_observed_curve_is_interpolated_and_its_end_goes_on(draws):
    """Months since go-live and shares of the ceiling, straight between them."""
    given = Automation(ceiling=0.5, go_live=2, points=[[4, 0.4], [8, 1.0]])
    share = given.adoption(draws, 14)[:, 0]
    np.testing.assert_allclose(share[[0, 2, 4, 6, 8, 10, 13]], [0, 0, 0.1, 0.2, 0.35, 0.5, 0.5])


def test_a_delay_moves_the_whole_curve_and_its_costs(draws):
    """Three months late is the same curve, running cost and one-off three months later."""
    for given in (automation(mature=24), automation(), bass_curve()):
        costs = {"running_cost": 2_800, "one_off": 60_000}
        planned, late = given.replace(**costs), given.replace(**costs, delay=3)
        for one, other in (
            (planned.adoption, late.adoption),
            (planned.running, late.running),
            (planned.invested, late.invested),
        ):
            np.testing.assert_allclose(other(draws, 33)[3:], one(draws, 30), atol=1e-15)
            np.testing.assert_array_equal(other(draws, 33)[:3], 0)


def test_an_uncertain_delay_invests_once_on_every_path(draws):
    """Whole or not, a delay moves the one-off to the first month that is live."""
    given = automation(one_off=60_000, delay={"p10": 0, "p90": 6})
    invested = given.invested(draws, 36)
    np.testing.assert_array_equal((invested > 0).sum(axis=0), 1)
    np.testing.assert_array_equal(invested.sum(axis=0), 60_000)
    live = given.adoption(draws, 36) > 0
    assert np.all(live.argmax(axis=0) >= invested.argmax(axis=0))


def test_twice_the_speed_takes_half_of_the_months(draws):
    """From go-live on, month 3 + n of a fast curve is month 3 + 2 n of the plan."""
    for given in (automation(mature=24), bass_curve()):
        fast = given.replace(speed=2).adoption(draws, 15)
        np.testing.assert_allclose(fast[3:], given.adoption(draws, 27)[3::2])
        np.testing.assert_array_equal(given.adoption(draws, 15, pace=2), fast)


def test_a_later_wave_adds_to_the_first_and_never_takes_more_than_all(draws):
    """A tenth of its ceiling a month for ten months, invested in its first month."""
    wave = {"go_live": 20, "ceiling": 0.4, "rise": 10, "one_off": 9_000}
    given = automation(mature=12, one_off=60_000, waves=[wave])
    share = given.adoption(draws, 36)[:, 0]
    np.testing.assert_allclose(share[[19, 20, 24, 29, 35]], [0.5, 0.54, 0.7, 0.9, 0.9])
    invested = given.invested(draws, 36)[:, 0]
    assert {month: invested[month] for month in np.flatnonzero(invested)} == {3: 60_000, 20: 9_000}
    both = automation(waves=[wave, wave]).adoption(draws, 36)
    assert both.max() == 1


def test_an_automated_unit_becomes_cheaper_by_the_year(draws):
    """A fifth less after twelve months, compounded monthly."""
    cost = automation(unit_cost=1.0, unit_cost_change=-0.2).handling(draws, 25)[:, 0]
    np.testing.assert_allclose(cost[[0, 12, 24]], [1, 0.8, 0.64])


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "needs one curve"),
        ({"midpoint": 12}, "needs one curve"),
        ({"midpoint": 12, "rise": 12, "bass": {}}, "needs one curve"),
        ({"bass": {}, "mature": 24}, "mature belongs to the logistic curve"),
        ({"points": [[6, 0.5], [3, 1.0]]}, "points must rise"),
        ({"points": [[0, 0.5]]}, "points must rise"),
        ({"points": [[3, 0.5], [6, 0.2]]}, "points must rise"),
    ],
)
def test_one_curve_is_declared_and_it_rises(fields, message):
    """None, two, or one that falls is an error that says what to write."""
    with pytest.raises(ValidationError, match=message):
        Automation(ceiling=0.5, go_live=3, **fields)


def test_automated_units_reopened_more_often_cost_verified_units():
    """Of 100 units 40 are automated: they lose 0.1 x 3 of the claimed, the other 60 a tenth."""
    wave = {"go_live": 0, "ceiling": 0.4, "rise": 1}
    machines = {"ceiling": 0.0, "go_live": 0, "points": [[1, 1.0]], "waves": [wave], "reopened": 3}
    scenario = small(automation=machines, outcomes={"reopened": 0.1, "reopening_delay": 0.0})
    world = build(scenario, NoDraws())
    assert world["verified"][5, 0] == pytest.approx(60 * 0.9 + 40 * 0.7)
    assert world["verified.automated"][5, 0] == pytest.approx(40 * 0.7)
    assert world["claimed.automated"][5, 0] == pytest.approx(40)
    assert world["reopened.0"][5, 0] == pytest.approx(60 * 0.1 + 40 * 0.3)


def test_no_more_automated_units_are_reopened_than_there_are():
    """Five times three tenths is more than all: then every automated claim comes back, no more."""
    wave = {"go_live": 0, "ceiling": 0.5, "rise": 1}
    machines = {"ceiling": 0.0, "go_live": 0, "points": [[1, 1.0]], "waves": [wave], "reopened": 5}
    world = build(small(automation=machines, outcomes={"reopened": 0.3}), NoDraws())
    assert world["verified.automated"][5, 0] == pytest.approx(0, abs=1e-9)
    assert world["verified"][5, 0] == pytest.approx(50 * 0.7)


@pytest.mark.parametrize(
    ("fields", "pace", "month"),
    [
        ({}, 1, 24),
        ({"delay": 6}, 1, 30),
        ({"delay": {"p10": 2, "p90": 6}}, 1, 28),
        ({"speed": 2}, 1, 14),
        ({}, 0.75, 31),
        ({"delay": 20}, 1, 35),
    ],
)
def test_it_is_mature_when_delay_speed_and_pace_have_let_it(fields, pace, month):
    """From go-live in month 3 the plan takes 21 months, more or fewer; at last the last month."""
    assert automation(mature=24, **fields).matures(36, pace) == month
