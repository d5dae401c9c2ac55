import numpy as np
import pytest
from scipy.stats import chisquare, poisson

from scenarios.drivers.attrition import (
    Newcomers,
    Seats,
    annual_attrition,
    gone,
    leavers,
    leaving,
    staffed,
)


def test_the_published_convention_is_additive():
    """E38: 4.2 % a month is 50 % a year (gitnux); 8 % of 60 agents are 58 (leadadvisors)."""
    assert annual_attrition(0.042) == pytest.approx(0.504)
    assert leavers(0.08, 60, 12) == pytest.approx(57.6)
    assert leavers(annual_attrition(0.08) / 12, 60, 12) == pytest.approx(57.6)


def test_compounding_is_not_the_published_convention():
    """X7: 1 - (1 - a)^12 gives 40.2 % for 4.2 %: what is gone where nobody is replaced."""
    assert gone(0.042, 12) == pytest.approx(0.402, abs=5e-4)
    assert abs(gone(0.042, 12) - annual_attrition(0.042)) > 0.1
    assert gone(0.042, 1) == pytest.approx(0.042)
    assert annual_attrition(0.2) > 1


A, PEOPLE, MONTHS = 0.05, 40, 12


def seats(draws, *, leaving=A, people=PEOPLE, share=1.0, key="noise"):
    """One role's seats, 100 hours a person."""
    return Seats(share, people, 100, leaving, draws.normals(key, MONTHS))


def fixed(draws, **given):
    """A fixed team of forty whose newcomers differ as given."""
    numbers = {"gap": 0, "ramp": 3, "vacancy": 0, "at_start": 0} | given
    return staffed(Newcomers.of(**numbers), {"agent": seats(draws)}, MONTHS)


def test_leavers_of_a_full_team_are_poisson(draws, agree):
    """Forty people at 5 % a month: two a month, whole people, each month anew."""
    left = fixed(draws).leavers["agent"]
    agree.mean(left[5], 2)
    agree.variance(left[5], 2)
    agree.correlation(left[5], left[6], 0)
    expected = poisson(2).pmf(np.arange(6))
    seen = np.bincount(left[5].astype(int))[:6]
    whole = [*seen, len(left[5]) - seen.sum()]
    assert (
        chisquare(whole, [*expected * len(left[5]), len(left[5]) * (1 - expected.sum())]).pvalue
        > 1e-4
    )


def test_empty_seats_follow_littles_law(draws, agree):
    """A share a leaves, seats stay empty v months: a v / (1 + a v) in the long run."""
    v = 1.5
    found = fixed(draws, vacancy=v).present
    empty = 0.0
    for month in range(MONTHS):
        agree.mean(found[month], 1 - empty) if month else None
        empty = (empty + A * (1 - empty)) * v / (1 + v)
    assert empty == pytest.approx(A * v / (1 + A * v), abs=1e-3)


def test_work_undone_by_newcomers_has_its_closed_form(draws, agree):
    """Mean and variance by the recursion of moments: a gap fades, goes with who leaves, comes."""
    newcomers = Newcomers.of(gap=0.5, ramp=3, vacancy=0, at_start=0)
    found = 1 - fixed(draws, gap=0.5).productivity
    kept, first = newcomers.kept[0], newcomers.first[0]
    mean, square = 0.0, 0.0
    one, two = A, A / PEOPLE + A**2  # moments of the share who leave
    for month in range(MONTHS):
        if month:
            agree.mean(found[month], mean)
            agree.variance(found[month], square - mean**2)
        square = (
            kept**2 * (1 - 2 * one + two) * square
            + 2 * kept * first * (one - two) * mean
            + first**2 * two
        )
        mean = kept * (1 - one) * mean + first * one
    assert mean == pytest.approx(A * first / (1 - kept * (1 - A)), rel=0.05)


def test_a_newcomer_costs_the_area_below_the_gap():
    """In all gap x ramp / ln 2 months of work, however coarse the months."""
    for ramp in (0.2, 3.0, 11.0):
        one = Newcomers.of(gap=0.5, ramp=ramp, vacancy=0, at_start=0)
        lost = sum(one.first[0] * one.kept[0] ** month for month in range(600))
        assert lost == pytest.approx(0.5 * ramp / np.log(2), rel=1e-9)


def test_a_new_team_learns():
    """Nobody leaves, all are new: the gap of a half is closed to a half after each ramp."""
    given = Newcomers.of(gap=0.5, ramp=2, vacancy=0, at_start=1)
    found = 1 - staffed(given, {"agent": Seats(1, 10, 100)}, 9).productivity[:, 0]
    np.testing.assert_allclose(found[2:] / found[:-2], 0.5, rtol=1e-12)
    assert found[0] == pytest.approx(0.5 * (1 - 0.5**0.5) / (np.log(2) / 2))


def test_a_flexible_team_loses_people_by_those_at_work(draws, agree):
    """1,500 hours are 15 people, whatever the contract says; newcomers make it more."""
    numbers = {"gap": 0.4, "ramp": 3, "vacancy": 0, "at_start": 0}
    needed = np.full((MONTHS, 1), 1_500.0)
    found = staffed(Newcomers.of(**numbers), {"agent": seats(draws)}, MONTHS, needed)
    agree.mean(found.leavers["agent"][0], 15 * A)
    agree.mean(found.leavers["agent"][9] - 15 * A / found.productivity[9], 0)
    assert (found.present == 1).all()


def test_two_roles_lose_by_their_shares(draws):
    """A role of a fifth of the hours that never stays moves the team by a fifth."""
    numbers = {"gap": 0.5, "ramp": 3, "vacancy": 0, "at_start": 0}
    team = {
        "lead": Seats(0.2, 10, 100),
        "agent": seats(draws, share=0.8),
    }
    found = 1 - staffed(Newcomers.of(**numbers), team, MONTHS).productivity
    alone = 1 - fixed(draws, gap=0.5).productivity
    np.testing.assert_allclose(found, 0.8 * alone, atol=1e-12)
    assert set(staffed(Newcomers.of(**numbers), team, MONTHS).leavers) == {"agent"}


def test_no_turnover_makes_a_team_useless(draws):
    """Everybody leaving each month, never replaced before a year: productivity stays above 0."""
    numbers = {"gap": 1.5, "ramp": 12, "vacancy": 12, "at_start": 1}
    team = {"agent": seats(draws, leaving=1.0)}
    found = staffed(Newcomers.of(**numbers), team, MONTHS)
    assert (found.productivity >= 0.05).all()
    assert (found.present >= 0).all()
    assert (found.present <= 1).all()


def test_one_person_leaves_once(draws, agree):
    """Poisson of mean 1 cut at one person: it leaves with the chance that the count is not 0."""
    left = leaving(draws.normals("one", 1)[0], 1, 1.0)
    assert set(left) == {0, 1}
    agree.mean(left, 1 - np.exp(-1))
    half = leaving(draws.normals("one", 1)[0], 0.5, 1.0)  # a part-timer leaves whole
    agree.mean(half, 1 - np.exp(-0.5))
