import pytest
from pydantic import ValidationError
from tests.small import SMALL, small

import scenarios as sc
from scenarios import paths
from scenarios.drivers import Stages
from scenarios.io.sections import sections_text

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
        ({"automation": CURVE | {"go_live": "stage.deliv"}}, "did you mean 'delivery'"),
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


def test_a_file_with_stages_is_loaded_and_shows_every_view(tmp_path):
    """Views make other scenarios of it: certain, not automated, later; all of them are valid."""
    file = tmp_path / "staged.yaml"
    data = staged(months=24).model_dump(mode="json", exclude_defaults=True)
    references = data.pop("references")
    for path, reference in references.items():
        paths.put(data, path, reference)
    file.write_text(sections_text(data, {}, heading="Staged"), encoding="utf-8")
    scenario = sc.load(file)
    assert scenario.references == references
    run = sc.simulate(scenario, paths=5)
    for view in (run.summary, run.who_keeps_it, run.maturity, run.incentives, run.people):
        view()
    assert scenario.replace(automation=None).certain().automation is None
    assert scenario.stress("wage_jump").references == references


def test_a_case_may_replace_a_section_that_refers_to_a_stage():
    """What the section said goes with it; another one may refer to a stage of its own."""
    cases = {
        "none": {"automation": None},
        "own": {"automation": CURVE | {"go_live": 1}},
        "late": {"automation": CURVE | {"go_live": "stage.close"}},
    }
    scenario = staged(cases=cases)
    assert scenario.case("none").automation is None
    assert scenario.case("own").change({"stages.release": "2026-07"}).automation.go_live == 1
    assert scenario.case("late").automation.go_live == 10


def test_a_deals_month_in_a_case_counts_from_one_as_in_the_deal():
    """The release is contract month 6 wherever the deal's number is written."""
    moved = {"deals.D.clauses.one_off_charge.month": "stage.delivery"}
    scenario = staged(cases={"early": moved})
    assert scenario.case("early").deals["D"].clauses[0].month == 3


def test_a_scenario_that_runs_until_its_close_has_the_closing_month():
    """From January to November are eleven months."""
    assert staged(months="stage.close").months == 11
