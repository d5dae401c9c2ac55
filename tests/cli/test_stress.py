import json

import pytest


def test_every_stress_stands_beside_the_scenario_as_written(scenarios, desk):
    """A line for each stress in words, a column for each in the table."""
    result = scenarios("stress", desk.name, "--paths", "10")
    assert result.exit_code == 0
    for words in ("automation late", "provider insolvent", "meter inflates"):
        assert words in " ".join(result.stdout.split())
    assert "wage jump: The provider's cost of an hour rises by 15 % at the start." in result.stdout


def test_as_json_it_is_for_machines(scenarios, desk):
    """Each stress with both parties' means and changes."""
    told = json.loads(scenarios("stress", desk.name, "--paths", "10", "--json").stdout)
    rows = {row["name"]: row for row in told["stresses"]}
    change = rows["wage_jump"]["buyer's all-in cost, change"]
    assert set(change.values()) == {0.0}
    breach = rows["data_breach"]["buyer's all-in cost, change"]["Hourly"]
    assert breach == pytest.approx(500_000)


def test_how_bad_it_must_get_is_a_sentence(scenarios, desk):
    """The reverse: the stress, the deal, the other, and the number at which it turns."""
    asked = ("--reverse", "automation_late", "--deal", "Hourly", "--against", "Outcome")
    result = scenarios("stress", desk.name, *asked, "--paths", "10")
    assert result.exit_code == 0
    assert "Outcome" in result.stdout
    told = json.loads(scenarios("stress", desk.name, *asked, "--paths", "10", "--json").stdout)
    assert told["severity"] == "quarters"


def test_what_is_missing_or_misspelt_is_said(scenarios, desk):
    """Two deals are needed, and a stress that there is."""
    alone = scenarios("stress", desk.name, "--reverse", "wage_jump")
    assert alone.exit_code != 0
    assert "--deal NAME and --against NAME" in alone.stderr
    odd = ("--reverse", "wage_jmp", "--deal", "Hourly", "--against", "Outcome")
    assert "did you mean 'wage_jump'" in scenarios("stress", desk.name, *odd).stderr
