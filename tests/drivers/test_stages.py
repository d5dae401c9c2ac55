import pytest
from pydantic import ValidationError
from tests.small import SMALL, small

from scenarios.drivers import Stages

STAGES = {"scope": "2026-01", "delivery": "2026-03", "release": "2026-06", "close": "2026-11"}
CURVE = {"ceiling": 0.5, "midpoint": 8, "rise": 6}
CHARGE = {"one_off_charge": {"amount": 900, "month": "stage.release"}}
DEALS = {"D": {"pricing": {"hourly": {"rate": 20}}, "clauses": [CHARGE]}}


def staged(**sections):
    """The small scenario with stages, and automation that goes live with the release."""
    given = {"stages": STAGES, "automation": CURVE | {"go_live": "stage.release"}, "deals": DEALS}
    return small(**given | sections)


def test_a_stage_stands_for_its_months():
    """June is five months after January: month 5 of the world, contract month 6 on paper."""
    scenario = staged()
    assert scenario.automation.go_live == 5
    assert scenario.deals["D"].clauses[0].month == 6


@pytest.mark.parametrize(("written", "months"), [("stage.close - 2", 8), ("stage.scope+3", 3)])
def test_months_are_added_and_taken_off(written, months):
    """A stage and so many months before or after it."""
    assert staged(automation=CURVE | {"go_live": written}).automation.go_live == months


def test_a_stage_that_moves_takes_its_numbers_with_it():
    """What was written stays known: the release two months later moves both numbers."""
    later = staged().change({"stages.release": "2026-08"})
    assert later.automation.go_live == 7
    assert later.deals["D"].clauses[0].month == 8


def test_a_number_changed_by_itself_no_longer_follows():
    """Who overrides a number has taken it off its stage."""
    own = staged().change({"automation.go_live": 2}).change({"stages.release": "2026-08"})
    assert own.automation.go_live == 2
    assert own.deals["D"].clauses[0].month == 8


def test_what_was_given_is_left_as_it_was():
    """Reading a mapping changes nothing in it."""
    given = SMALL | {"stages": STAGES, "deals": DEALS}
    type(staged()).model_validate(given)
    assert DEALS["D"]["clauses"][0]["one_off_charge"]["month"] == "stage.release"
    assert "references" not in given


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        ({"stages": None}, "no stage is given"),
        ({"automation": CURVE | {"go_live": "stage.relaese"}}, "did you mean 'release'"),
        (
            {
                "stages": STAGES | {"scope": "2025-11"},
                "automation": CURVE | {"go_live": "stage.scope"},
            },
            "before the scenario's start",
        ),
    ],
)
def test_a_reference_that_leads_nowhere_says_so(sections, message):
    """No stages at all, a misspelt one, and one before the start."""
    with pytest.raises(ValidationError, match=message):
        staged(**sections)


def test_stages_follow_one_another():
    """A release before delivery is an error, and so is a section without a stage."""
    with pytest.raises(ValidationError, match=r"release \(2026-02\) must not come before delivery"):
        Stages(delivery="2026-03", release="2026-02")
    with pytest.raises(ValidationError, match="names no stage"):
        Stages()
