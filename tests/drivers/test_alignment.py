import numpy as np
import pytest
from pydantic import ValidationError
from tests.small import small

from scenarios.drivers import Alignment
from scenarios.drivers.alignment import COMPONENTS, TOPIC
from scenarios.drivers.chance import a_month
from scenarios.drivers.governance import ONBOARDING_DAYS
from scenarios.drivers.published import published
from scenarios.engine.worlds import Worlds, build
from scenarios.io.benchmarks import benchmarks
from scenarios.uncertain import NoDraws

ROUND = {
    "usual_readiness": 0.4,
    "hours_ratio": 1.5,
    "ramp_ratio": 2.0,
    "hazard_ratio": 4.0,
    "onboarding_closes": 0.5,
    "checklist_closes": 0.2,
    "reviews_close": 0.3,
    "gates_close": 0.1,
}
"""Coefficients that are easy to work with by hand."""
TEN = dict.fromkeys(
    [
        f"{what}_{side}_hours"
        for what in ("onboarding", "checklist", "review", "gate")
        for side in ("provider", "buyer")
    ],
    10.0,
)
"""Everything takes ten hours."""


def aligned(months=12, **fields):
    """What an alignment makes of some months, uncertainty off."""
    coefficients = ROUND | fields.pop("coefficients", {})
    return Alignment(**fields, coefficients=coefficients).simulate(NoDraws(), months)


def test_an_alignment_that_says_nothing_changes_nothing():
    """At the usual readiness every factor is exactly 1, and no relationship fails."""
    for coefficients in ({}, ROUND):
        made = Alignment(coefficients=coefficients).simulate(NoDraws(), 5)
        assert (made.effort == 1).all()
        assert not made.failed.any()


def test_a_scenario_without_alignment_draws_and_writes_nothing_for_it():
    """Its series are absent, and what is drawn besides is the same, bit for bit, with one."""
    plain = small(demand={"volume": {"unit": "x", "per_month": 100, "volatility": 0.2}})
    without, usual = (Worlds(s, seed=1)(0) for s in (plain, plain.replace(alignment=Alignment())))
    assert not {"readiness", "relationship", "governance"} & set(without.series)
    for name, series in without.series.items():
        assert series.tobytes() == usual[name].tobytes(), name


def test_readiness_is_the_weighted_mean_of_six_scores():
    """With weight 3 on culture at 0.9 and the others, of weight 1, at 0.1: (2.7 + 0.5) / 8."""
    scores = dict.fromkeys(COMPONENTS, 0.1) | {"culture": 0.9}
    made = aligned(**scores, coefficients={"weight_culture": 3.0})
    np.testing.assert_allclose(made.readiness, 3.2 / 8)
    only = {f"weight_{name}": 0.0 for name in COMPONENTS} | {"weight_behaviour": 1.0}
    made = aligned(**dict.fromkeys(COMPONENTS, 0.2) | {"behaviour": 0.7}, coefficients=only)
    np.testing.assert_allclose(made.readiness, 0.7)


def test_hours_follow_the_gap_to_the_usual_readiness():
    """From readiness 0 to 1 hours fall by hours_ratio; at the usual one they are as written."""
    for score in (0.0, 0.4, 1.0):
        made = aligned(**dict.fromkeys(COMPONENTS, score), effects=["rework"])
        np.testing.assert_allclose(made.effort, 1.5 ** (0.4 - score))


def test_the_ratio_of_hours_is_that_of_cocomo():
    """TEAM runs from 5.48 to 0 in equal steps, rounded to 0.01: size to the power 0.01 TEAM."""
    rated = np.array([5.48, 4.38, 3.29, 2.19, 1.10, 0])
    for position, rating in zip(np.linspace(0, 1, 6), rated, strict=True):
        made = Alignment(
            **dict.fromkeys(COMPONENTS, position),
            effects=["rework"],
            coefficients={"hours_ratio": 30**0.0548},
        ).simulate(NoDraws(), 1)
        np.testing.assert_allclose(made.effort, 30 ** ((rating - 3.29) / 100), rtol=4e-4)
    row = benchmarks(TOPIC).set_index("key").loc["hours_ratio", ["low", "mid", "high"]]
    np.testing.assert_allclose(row.to_numpy(float), [s**0.0548 for s in (10, 30, 100)], atol=5e-4)


def test_what_onboarding_closes_builds_up_evenly_over_ninety_days():
    """Half of the gap of 0.6 closes: on average a sixth of it in month 1, then a half, 5 sixths."""
    made = aligned(onboarding={}, buyer_hour=0)
    expected = [0.4 + 0.3 / 6, 0.4 + 0.3 / 2, 0.4 + 0.3 * 5 / 6, 0.7]
    np.testing.assert_allclose(made.readiness[:4, 0], expected)
    at_once = aligned(onboarding={}, buyer_hour=0, effect_days=0)
    np.testing.assert_allclose(at_once.readiness, 0.7)


def test_each_measure_closes_its_share_of_what_is_left():
    """Onboarding for 15 of 30 days half of it; reviews every third month a third of it."""
    made = aligned(
        onboarding={"days": 15, "checklist": True},
        governance={"review_every": 3, "release_gates": True},
        buyer_hour=0,
    )
    left = 0.6 * (1 - 0.25) * (1 - 0.2) * (1 - 0.1) * (1 - 0.1)
    np.testing.assert_allclose(made.readiness[3:], 1 - left)
    longer = aligned(onboarding={"days": 90}, buyer_hour=0)
    np.testing.assert_allclose(longer.readiness[3:], 0.7)


def test_the_ramp_fades_as_the_effect_builds_up():
    """At readiness 0 hours start at 2^0.4 to the power of what is not yet built up."""
    made = aligned(**dict.fromkeys(COMPONENTS, 0.0), effects=["ramp"])
    expected = 2 ** (0.4 * np.array([5 / 6, 1 / 2, 1 / 6, 0]))
    np.testing.assert_allclose(made.effort[:4, 0], expected)
    onboarded = aligned(onboarding={}, buyer_hour=0, effects=["ramp"])
    np.testing.assert_allclose(onboarded.effort[0], 2 ** (-0.3 * 5 / 6))


def test_an_effect_that_is_switched_off_has_none():
    """Without effects readiness is a score and nothing else."""
    made = aligned(culture=0.0, effects=[])
    assert (made.effort == 1).all()
    assert (made.readiness < 0.4).all()


@pytest.mark.parametrize(
    ("score", "effects", "factor"),
    [(0.4, ["hazard"], 1), (0.0, ["hazard"], 4**0.4), (1.0, ["hazard"], 4**-0.6), (0.0, [], 1)],
)
def test_relationships_fail_as_often_as_declared(draws, agree, score, effects, factor):
    """In year one 1 - 0.7^f of them, f the hazard ratio's power; then the later chance a year."""
    given = Alignment(
        **dict.fromkeys(COMPONENTS, score),
        fails=0.3,
        fails_later=0.1,
        effects=effects,
        coefficients=ROUND,
    )
    failed = given.simulate(draws, 24).failed
    agree.mean(failed[11], 1 - 0.7**factor)
    agree.mean(failed[23], 1 - (0.7 * 0.9) ** factor)
    agree.mean(failed[0], a_month(1 - 0.7**factor))


def test_a_failed_relationship_goes_on_at_the_readiness_after_failure():
    """From the month after the failure readiness is 0 and hours rise by hours_ratio^0.4."""
    made = aligned(6, fails_in=2, effects=["rework"])
    assert made.failed[:, 0].tolist() == [0, 0, 1, 1, 1, 1]
    np.testing.assert_allclose(made.readiness[:, 0], [0.4, 0.4, 0.4, 0, 0, 0])
    np.testing.assert_allclose(made.effort[:, 0], [1, 1, 1, *[1.5**0.4] * 3])


def test_with_uncertainty_off_chance_alone_fails_no_relationship():
    """A chance of 0.9 a year is below a half a month."""
    assert not aligned(fails=0.9, fails_later=0.9).failed.any()


def test_onboarding_and_governance_cost_both_sides_their_hours():
    """Three people: 45 days at 10 hours a day each; reviews every second month; gates; checklist.

    The provider's hour costs 10, the buyer's 50.
    """
    section = {
        "onboarding": {"days": 45, "checklist": True},
        "governance": {"review_every": 2, "release_gates": True},
        "buyer_hour": 50.0,
        "coefficients": TEN,
    }
    roles = {"agent": {"people": 3, "hours": 100, "cost": 10}}
    delivery = {"hours_per_unit": 1, "roles": roles}
    world = build(small(alignment=section, delivery=delivery).certain(), NoDraws())
    provider = [900 + 10 + 10, 450 + 10 + 10, 10, 20]
    buyer = [300 + 10 + 10, 150 + 10 + 10, 10, 20]
    np.testing.assert_allclose(world["cost.governance"][:4, 0], np.array(provider) * 10)
    np.testing.assert_allclose(world["governance"][:4, 0], np.array(buyer) * 50)


def test_governance_rests_while_the_team_does():
    """No review and no gate in a month in which nobody works; half a month has half the gates."""
    given = Alignment(governance={"release_gates": True}, buyer_hour=1.0, coefficients=TEN)
    hours = given.hours(NoDraws(), "buyer", 3, np.array([[1.0], [0.5], [0.0]]))
    np.testing.assert_allclose(hours[:, 0], [20, 15, 0])


@pytest.mark.parametrize("team", ["flexible", "fixed"])
def test_alignment_moves_the_hours_of_the_work(team):
    """A flexible team works more hours for the same units; a fixed one lets units wait."""
    section = {"fails_in": 0, "effects": ["rework"], "coefficients": {"hours_ratio": 1.25**2.5}}
    delivery = {
        "hours_per_unit": 1,
        "team": team,
        "roles": {"agent": {"people": 1, "hours": 100, "cost": 10}},
    }
    world = build(small(alignment=section, delivery=delivery).certain(), NoDraws())
    if team == "flexible":
        np.testing.assert_allclose(world["hours"][:3, 0], [100, 125, 125])
    else:
        np.testing.assert_allclose(world["completed"][:3, 0], [100, 80, 80])


def test_a_backlog_is_finished_later_where_readiness_is_low():
    """Ten units of 100 hours at 100 a month: from month 2 on a unit takes 1.25 months."""
    section = {"fails_in": 0, "effects": ["rework"], "coefficients": {"hours_ratio": 1.25**2.5}}
    backlog = {"backlog": {"unit": "step", "units": 10, "hours_per_unit": 100}}
    delivery = {"team": "fixed", "roles": {"agent": {"people": 1, "hours": 100, "cost": 10}}}
    world = build(
        small(months=15, demand=backlog, delivery=delivery, alignment=section).certain(), NoDraws()
    )
    assert world["hours"].sum() == pytest.approx(100 + 9 * 125)
    assert np.cumsum(world["completed"][:, 0])[[0, 4, 11, 12]].tolist() == [1, 4, 9, 10]


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ({"coefficients": {"hour_ratio": 1.1}}, "did you mean 'hours_ratio'"),
        ({"coefficients": {"onboarding_closes": 1.2}}, "onboarding_closes is a share"),
        ({"coefficients": {"hazard_ratio": 0.0}}, "hazard_ratio is a ratio"),
        ({"onboarding": {}}, "say in buyer_hour"),
        ({"coefficients": {f"weight_{n}": 0.0 for n in COMPONENTS}}, "no component has a weight"),
        ({"effects": ["speed"]}, "rework"),
    ],
)
def test_what_cannot_be_is_refused_in_words(section, words):
    """An unknown coefficient, a share above 1, a ratio of 0, costs that nobody states."""
    with pytest.raises(ValidationError, match=words):
        small(alignment=section)


def test_every_coefficient_stands_in_the_scenario_with_its_source():
    """The digest holds all of them; an own number is no longer the published one."""
    scenario = small(alignment={"coefficients": {"hazard_ratio": 2.0}})
    alignment = scenario.alignment
    assert set(alignment.coefficients) == set(published(TOPIC))
    assert scenario.digest() != small(alignment={}).digest()
    assert alignment.source_of("hazard_ratio") is None
    assert alignment.source_of("hours_ratio").startswith("model: COCOMO II.2000")
    assert alignment.source_of("ramp_ratio") == "assumption"
    again = type(scenario).model_validate(scenario.model_dump(mode="json"))
    assert again == scenario
    assert again.alignment.source_of("hours_ratio") is not None


def test_thirty_and_ninety_days_are_the_published_ones():
    """The defaults are figures of the topic transition."""
    days = benchmarks("transition").set_index("key")["mid"]
    assert days["onboarding_days"] == ONBOARDING_DAYS
    assert days["improvement_days"] == Alignment().effect_days
