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
    assert told["told"] == " ".join(result.stdout.split())


def test_how_far_volume_may_fall_is_said_in_per_cent(scenarios, desk):
    """No field's name and no share that is left: how far volume falls."""
    asked = ("--reverse", "volume_falls", "--deal", "Outcome", "--against", "Hourly")
    said = scenarios("stress", desk.name, *asked, "--paths", "200").stdout.strip()
    assert said.startswith("Outcome stays cheaper than Hourly until volume falls by ")
    assert said.endswith(" %")
    assert "left" not in said


def test_a_column_of_large_amounts_shows_no_cents(scenarios, desk):
    """What a stress does not move is 0 beside hundreds of thousands, and never -0."""
    shown = scenarios("stress", desk.name, "--paths", "10").stdout
    cells = [cell.strip() for line in shown.splitlines() for cell in line.split("│")[2:-1]]
    assert "0" in cells
    assert {"0.00", "-0", "+0", "-0.00"}.isdisjoint(cells)
    assert "+500,000" in cells
    lines = [line for line in shown.splitlines() if "as written" in line and "│" in line]
    assert len(lines) == 2
    assert not any("+" in line for line in lines)


def test_what_is_missing_or_misspelt_is_said(scenarios, desk):
    """Two deals are needed, and a stress that there is."""
    alone = scenarios("stress", desk.name, "--reverse", "wage_jump")
    assert alone.exit_code != 0
    assert "--deal NAME and --against NAME" in alone.stderr
    odd = ("--reverse", "wage_jmp", "--deal", "Hourly", "--against", "Outcome")
    assert "did you mean 'wage_jump'" in scenarios("stress", desk.name, *odd).stderr
