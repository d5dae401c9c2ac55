"""The page of assumptions is measured, not remembered, and leaves no driver out."""

import runpy

import pytest

from scenarios import drivers, load
from scenarios.stresses import STRESSES


@pytest.fixture(scope="module")
def script(root):
    """The names of docs/make_assumptions.py."""
    return runpy.run_path(str(root / "docs" / "make_assumptions.py"))


@pytest.mark.slow
def test_the_tables_of_assumptions_are_what_the_model_says_today(script):
    """The committed page is what docs/make_assumptions.py measures, to a tenth of a per cent."""
    message = "run: .venv/bin/python docs/make_assumptions.py"
    assert script["PAGE"].read_text("utf-8") == script["page"](), message


def test_every_driver_has_an_assumption(script):
    """What a scenario can declare is an assumption that the page names."""
    told = {name for entry in script["entries"]() for name in entry.get("about", [])}
    assert set(drivers.__all__) - told == set()
    assert told - set(drivers.__all__) == set()


def test_every_assumption_has_a_source_and_a_change_or_why_not(script):
    """Each says where it comes from; it is changed in one way, or why it is not."""
    for entry in script["entries"]():
        assert entry["assumes"].endswith(".")
        assert entry["source"].strip()
        assert len({"change", "run", "unmoved"} & entry.keys()) == 1, entry["assumes"]


def test_a_change_of_an_assumption_changes_the_scenario(script):
    """No line measures the scenario against itself: what is changed to is not what is written."""
    desk = load(script["EXAMPLE"])
    for entry in script["entries"]():
        if "change" in entry:
            assert desk.change(entry["change"]).digest() != desk.digest(), entry["assumes"]


def test_an_assumption_that_is_known_to_move_the_answer_moves_it(script):
    """Ten per cent more hours a unit cost the buyer more by the hour, and nothing by outcome."""
    desk = load(script["EXAMPLE"])
    entry = next(e for e in script["entries"]() if e["assumes"] == "A unit takes so many hours.")
    more = script["measured"](desk, entry | {"run": {"paths": 5_000}})
    base = script["answer"](desk, paths=5_000)
    assert more["Hourly"][0] > 1.05 * base["Hourly"][0]
    assert more["Outcome"][0] == base["Outcome"][0]


def test_the_page_lists_every_stress(script):
    """Each named bad future stands on the page."""
    text = script["PAGE"].read_text("utf-8")
    assert [name for name in STRESSES if f"| `{name}` |" not in text] == []


def test_a_change_is_printed_in_tenths_without_a_negative_nought(script):
    """0.04 % less is 0.0, one per cent more is +1.0."""
    printed = [script["_percent"](change) for change in (-0.0004, 0.01, -0.0126)]
    assert printed == ["0.0", "+1.0", "-1.3"]
