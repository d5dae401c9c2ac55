import math

import pytest
from tests.small import SMALL, small

import scenarios as sc
from scenarios.checks.fit import standard_error

GOOD = {
    "definition": "solved",
    "source": "ticket log",
    "measured_by": "buyer",
    "data_owner": "buyer",
    "baseline_months": 12,
    "controllable": 0.7,
}
BUSY = {"volume": {"unit": "ticket", "per_month": 10_000}}
AUTOMATION = {"ceiling": 0.5, "go_live": 1, "midpoint": 6, "rise": 6}


def suited(**facts):
    """A scenario that suits an outcome deal, with some facts of its outcomes changed."""
    return small(outcomes=GOOD | facts, demand=BUSY, automation=AUTOMATION)


def answers(scenario):
    """The answers by topic."""
    return {one.topic: one.answer for one in sc.fit(scenario).answers}


def test_work_of_which_all_is_known_suits():
    """Seven times yes is the sentence that it suits, and nothing is left to change."""
    found = sc.fit(suited())
    assert set(answers(suited()).values()) == {"yes"}
    assert found.verdict == "This work suits an outcome deal."
    assert {one.change for one in found.answers} == {""}


@pytest.mark.parametrize(
    ("facts", "topic", "answer"),
    [
        ({"definition": ""}, "definition", "unknown"),
        ({"measured_by": None}, "measurement", "unknown"),
        ({"measured_by": "provider"}, "measurement", "no"),
        ({"measured_by": "independent"}, "measurement", "yes"),
        ({"baseline_months": None}, "baseline", "unknown"),
        ({"baseline_months": 11}, "baseline", "no"),
        ({"controllable": None}, "control", "unknown"),
        ({"controllable": 0.69}, "control", "no"),
        ({"data_owner": None}, "data", "unknown"),
        ({"data_owner": "provider"}, "data", "no"),
    ],
)
def test_a_fact_answers_its_own_question_only(facts, topic, answer):
    """One fact changed changes one answer, and what is not yes says what would change it."""
    found = sc.fit(suited(**facts))
    told = {one.topic: one for one in found.answers}
    assert told.pop(topic).answer == answer
    assert {one.answer for one in told.values()} == {"yes"}
    if answer != "yes":
        (change,) = [one.change for one in found.answers if one.topic == topic]
        assert change
        assert topic in found.verdict


def test_luck_decides_at_small_volumes():
    """100 units a month, all verified: (102 / 104) of 104 moves by 1.3 points; ten by 9.4."""
    assert standard_error(100, 1.0) == pytest.approx(math.sqrt(102 * 2) / 104 / math.sqrt(104))
    few = {"volume": {"unit": "ticket", "per_month": 10}}
    assert answers(small(outcomes=GOOD))["volume"] == "yes"
    found = {one.topic: one for one in sc.fit(small(outcomes=GOOD, demand=few)).answers}
    assert found["volume"].answer == "no"
    needed = int(found["volume"].change.removesuffix(" units.").rpartition(" ")[2])
    assert standard_error(needed, 1.0) <= 0.02 < standard_error(needed - 1, 1.0)


def test_nothing_to_automate_speaks_against_nothing():
    """Work without automation still suits; the sentence says that there is little to automate.
    More units an hour count as something to automate.
    """
    plain = suited().replace(automation=None)
    assert answers(plain)["automation"] == "no"
    assert sc.fit(plain).verdict.startswith("This work suits an outcome deal, though")
    faster = plain.replace(delivery=plain.delivery.replace(throughput=0.1))
    assert answers(faster)["automation"] == "yes"


def test_a_no_outweighs_what_is_unknown():
    """The sentence names what speaks against it first, then what is not known."""
    verdict = sc.fit(suited(data_owner="provider", controllable=None)).verdict
    assert verdict == (
        "An outcome deal does not suit this work as it stands: data speaks against it; "
        "not known yet: control."
    )


def test_a_plain_scenario_knows_little():
    """A scenario that states no facts gets no yes for them."""
    topics = answers(small())
    unknown = {topic for topic, answer in topics.items() if answer == "unknown"}
    assert unknown == {"definition", "measurement", "baseline", "control", "data"}
    assert sc.fit(small()).verdict.startswith("Whether an outcome deal suits this work is not")


def test_the_facts_move_no_money():
    """What is written of the outcome for this check changes no number of a run."""
    plain = small(demand=SMALL["demand"], outcomes={"claimed": 0.9})
    told = small(demand=SMALL["demand"], outcomes={"claimed": 0.9} | GOOD)
    ways = [sc.simulate(one, paths=10).array for one in (plain, told)]
    assert (ways[0] == ways[1]).all()


def test_the_table_has_a_row_a_question():
    """The table and the page of a notebook say the same, with text made safe for HTML."""
    found = sc.fit(suited(definition="solved & <b>closed</b>"))
    assert list(found.table()["answer"]) == [one.answer for one in found.answers]
    assert "solved &amp; &lt;b&gt;closed" in found._repr_html_()
    assert str(found).splitlines()[0] == found.verdict
