import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scenarios as sc

WORTH = st.integers(-20, 60)
OPTIONS = st.dictionaries(st.integers(0, 99), st.tuples(WORTH, WORTH), min_size=1, max_size=8)
GAINFUL = st.dictionaries(
    st.integers(0, 99), st.tuples(st.integers(1, 60), st.integers(1, 60)), min_size=1, max_size=8
)
RULES = ("Nash", "Kalai-Smorodinsky", "egalitarian")
WAYS = [*product(RULES, (False, True)), ("Raiffa", True)]


def far(found, lower):
    """Whether a point is at or above another, rounding aside."""
    return all(one >= other - 1e-9 for one, other in zip(found, lower, strict=True))


def mixtures(options):
    """Many lotteries between any two options, (n, 2)."""
    points = np.array(list(options.values()), dtype=float)
    chances = np.linspace(0, 1, 21)[:, None, None, None]
    return (chances * points[:, None] + (1 - chances) * points[None]).reshape(-1, 2)


@given(OPTIONS, st.sampled_from(WAYS))
def test_nobody_is_worse_off_and_nothing_is_left_on_the_table(options, way):
    """Neither party loses, and no option, or lottery where allowed, is better for both."""
    rule, lotteries = way
    found = sc.bargain(options, rule=rule, lotteries=lotteries)
    assert far(found.gains, (0, 0))
    within_reach = mixtures(options) if lotteries else list(options.values())
    if found.agreement:
        assert not any(
            a > found.worth[0] + 1e-6 and b > found.worth[1] + 1e-6 for a, b in within_reach
        )
    else:
        assert not any(a > 1e-9 and b > 1e-9 for a, b in within_reach)


@given(OPTIONS, st.sampled_from(WAYS))
def test_the_agreement_is_worth_what_its_options_are(options, way):
    """Chances add up to 1, and the worth is that of the options drawn, on average."""
    found = sc.bargain(options, (-20, -20), rule=way[0], lotteries=way[1])
    assert sum(found.agreement.values()) == pytest.approx(1)
    assert len(found.agreement) <= (2 if way[1] else 1)
    mean = sum(np.array(options[name]) * p for name, p in found.agreement.items())
    assert found.worth == pytest.approx(tuple(mean), abs=1e-5)
    assert found.gains == pytest.approx(tuple(np.add(found.worth, 20)), abs=1e-9)


@given(OPTIONS, st.floats(0.1, 0.9), st.booleans())
def test_nash_has_the_greatest_product(options, power, lotteries):
    """No option, and no lottery between two where allowed, has a greater weighted product."""
    found = sc.bargain(options, power=power, lotteries=lotteries)
    reached = max(found.gains[0], 0) ** power * max(found.gains[1], 0) ** (1 - power)
    within_reach = mixtures(options) if lotteries else np.array(list(options.values()), dtype=float)
    both = within_reach[(within_reach >= 0).all(axis=1)]
    products = both[:, 0] ** power * both[:, 1] ** (1 - power)
    assert reached >= products.max(initial=0) - 1e-6


@given(OPTIONS, st.booleans())
def test_the_smaller_gain_is_as_large_as_can_be(options, lotteries):
    """Egalitarian: nothing in reach has a greater smaller gain."""
    found = sc.bargain(options, rule="egalitarian", lotteries=lotteries)
    within_reach = mixtures(options) if lotteries else np.array(list(options.values()), dtype=float)
    assert min(found.gains) >= within_reach.min(axis=1).max(initial=0) - 1e-9


@given(OPTIONS, st.sampled_from([way for way in WAYS if way[0] != "egalitarian"]))
def test_the_unit_of_worth_does_not_matter(options, way):
    """Thousands instead of units for one party change the answer by that factor alone."""
    found = sc.bargain(options, rule=way[0], lotteries=way[1])
    thousands = {name: (a / 8, b) for name, (a, b) in options.items()}
    again = sc.bargain(thousands, rule=way[0], lotteries=way[1])
    assert again.gains == pytest.approx((found.gains[0] / 8, found.gains[1]), abs=1e-6)


@given(OPTIONS, st.sampled_from([way for way in WAYS if way[1]]))
def test_with_lotteries_the_names_of_the_parties_do_not_matter(options, way):
    """Turned round, each gains what it gained."""
    found = sc.bargain(options, rule=way[0], lotteries=True)
    turned = {name: (b, a) for name, (a, b) in options.items()}
    again = sc.bargain(turned, rule=way[0], lotteries=True)
    assert again.gains == pytest.approx(found.gains[::-1], abs=1e-6)


@given(GAINFUL)
def test_both_get_the_same_share_of_the_most_that_they_could_gain(options):
    """Kalai-Smorodinsky with lotteries lies on the line to the point of both parties' dreams."""
    found = sc.bargain(options, rule="Kalai-Smorodinsky", lotteries=True)
    one, other = np.array(found.gains) / np.max(list(options.values()), axis=0)
    assert one == pytest.approx(other)


def test_two_options_that_one_party_refuses_may_be_mixed():
    """Where lots may be drawn, half a chance of each is better for both than no agreement."""
    options = {"to one": (10, -1), "to other": (-1, 10)}
    assert sc.bargain(options).agreement == {}
    found = sc.bargain(options, lotteries=True)
    assert found.agreement == pytest.approx({"to one": 0.5, "to other": 0.5})
    assert found.gains == pytest.approx((4.5, 4.5))


def test_without_agreement_both_have_what_they_had():
    """Where every option is worse for one, the disagreement stands."""
    found = sc.bargain({"a": (5, 1)}, (2, 3), lotteries=True)
    assert (found.agreement, found.option, found.worth, found.gains) == ({}, None, (2, 3), (0, 0))


@pytest.mark.parametrize(("rule", "lotteries"), WAYS)
def test_an_option_is_refused_only_by_who_loses(rule, lotteries):
    """A gain of 0 is no reason to refuse, so no agreement is left only where somebody loses."""
    ways = {"rule": rule, "lotteries": lotteries}
    assert sc.bargain({"x": (0, 0)}, **ways).option == "x"
    assert sc.bargain({"x": (0, 5), "y": (0, 3)}, **ways).option == "x"
    assert sc.bargain({"x": (-1, 5)}, **ways).agreement == {}


@given(OPTIONS, st.sampled_from(WAYS))
def test_chances_are_plain_numbers(options, way):
    """A chance is a float of Python's, so that it prints as one."""
    found = sc.bargain(options, rule=way[0], lotteries=way[1])
    assert {type(chance) for chance in found.agreement.values()} <= {float}


def test_raiffa_s_steps_are_half_way_to_each_side_s_best():
    """On (6, 0), (4, 4), (0, 5) the steps, made by hand, end where the rule says."""
    a = b = 0.0
    for _ in range(60):
        most_a = 6 - b / 2 if b <= 4 else 4 * (5 - b)
        most_b = 2 * (6 - a) if a >= 4 else 5 - a / 4
        a, b = (a + most_a) / 2, (b + most_b) / 2
    options = {"a": (6, 0), "b": (4, 4), "c": (0, 5)}
    found = sc.bargain(options, rule="Raiffa", lotteries=True)
    assert found.gains == pytest.approx((a, b))
    assert set(found.agreement) == {"a", "b"}


def test_packages_are_every_combination_with_its_sum():
    """Two issues of two and three settlements make six packages."""
    issues = {
        "price": {"low": (0, 9), "high": (6, 0)},
        "term": {"1": (0, 0), "2": (1, 2), "3": (2, 1)},
    }
    found = sc.packages(issues)
    assert len(found) == 6
    assert found["high", "2"] == (7, 2)
    assert found["low", "3"] == (2, 10)


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"options": {}}, "given 0 options"),
        ({"options": {"a": (1, 2), "b": (1, 2, 3)}}, r"b: .*given: \(1, 2, 3\).*two finite"),
        ({"options": {"a": (1, math.nan)}}, r"a: .*given: \(1, nan\).*two finite numbers"),
        ({"options": {"a": ("1", "2")}}, r"a: .*given: \('1', '2'\)"),
        ({"disagreement": (1,)}, r"disagreement: .*given: \(1,\).*two finite numbers"),
        ({"rule": "nash"}, "did you mean 'Nash'"),
        ({"rule": "Raiffa"}, "lotteries=True"),
        ({"power": 1}, "between 0 and 1: given 1"),
        ({"power": 0.7, "rule": "egalitarian"}, "only Nash's rule"),
    ],
)
def test_what_cannot_be_is_refused(how, told):
    """An error says what was given and what is allowed."""
    with pytest.raises(sc.ScenarioError, match=told):
        sc.bargain(**({"options": {"a": (1, 2)}} | how))


def test_packages_that_cannot_be_made_are_refused():
    """No issues, an issue without settlements, and too many packages are errors."""
    with pytest.raises(sc.ScenarioError, match="give issues"):
        sc.packages({})
    with pytest.raises(sc.ScenarioError, match="term"):
        sc.packages({"price": {"a": (1, 1)}, "term": {}})
    with pytest.raises(sc.ScenarioError, match="these issues make 1,048,576"):
        sc.packages({str(n): {"a": (1, 1), "b": (0, 2)} for n in range(20)})


@pytest.mark.parametrize(
    ("worth", "told"),
    [
        (3, "given: 3;"),
        ((1,), r"given: \(1,\);"),
        ((1, 2, 3), r"given: \(1, 2, 3\);"),
        ((1, math.nan), r"given: \(1, nan\);"),
        (((1, 2), (3, 4)), r"given: \(\(1, 2\), \(3, 4\)\);"),
        ("12", "given: '12';"),
        (None, "given: None;"),
    ],
)
@pytest.mark.parametrize("others", [{}, {"b": (1, 2)}])
def test_a_settlement_is_worth_two_numbers(worth, told, others):
    """Anything else is told with its issue and settlement, and never taken for both parties'."""
    issues = {"term": {"1": (0, 0)}, "price": {"a": worth} | others}
    with pytest.raises(sc.ScenarioError, match=f"price > a: .*{told}.*two finite numbers"):
        sc.packages(issues)


def test_every_wrong_settlement_of_an_issue_is_told():
    """Ragged worths are several problems of one error."""
    with pytest.raises(sc.ScenarioError) as caught:
        sc.packages({"price": {"a": (1,), "b": (1, 2), "c": (1, 2, 3)}})
    assert [problem.key for problem in caught.value.problems] == [("price", "a"), ("price", "c")]


def test_settlements_have_names():
    """A list of settlements is told as an issue without."""
    with pytest.raises(sc.ScenarioError, match=r"by name, such as .*'price'"):
        sc.packages({"price": [(1, 2)]})
