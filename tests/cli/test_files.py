import json
from pathlib import Path

import pytest

import scenarios as sc


def test_a_new_file_passes_its_check(scenarios):
    """What init writes, check accepts: name, deals, months, on one line."""
    assert scenarios("init", "help desk").exit_code == 0
    result = scenarios("check", "help desk.yaml")
    assert result.exit_code == 0
    first, *problems = result.stdout.splitlines()
    told = f"nothing wrong with the file; in its deals {len(problems)} problems"
    assert first == f"help desk.yaml: help desk, 2 deals, 24 months: {told}"
    assert all(line.startswith("help desk.yaml: problem: ") for line in problems)
    assert result.stderr == ""


def test_init_overwrites_nothing(scenarios):
    """A file that is there stays as it is."""
    Path("desk.yaml").write_text("mine", encoding="utf-8")
    result = scenarios("init", "desk")
    assert result.exit_code == 2
    assert "desk.yaml: is already there" in result.stderr
    assert Path("desk.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["../desk", "a/b", "", 'a"b', "a: b", "-", ".hidden", "x" * 61])
def test_init_takes_a_plain_name_only(scenarios, tmp_path, name):
    """No name leads out of the folder or into the YAML."""
    result = scenarios("init", "--", name)
    assert result.exit_code == 2
    assert "a name is letters" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["desk", "desk.yaml", "Müller 2.0", "no", "007", "1e3"])
def test_init_keeps_the_name_as_text(scenarios, name):
    """Whatever a name looks like to YAML, the scenario is called that."""
    assert scenarios("init", name).exit_code == 0
    stem = name.removesuffix(".yaml")
    assert sc.load(f"{stem}.yaml").name == stem


def test_check_tells_all_problems_of_all_files(scenarios, desk):
    """Every problem of every file is a line on stderr; good files still say they are good."""
    text = desk.read_text(encoding="utf-8")
    bad = desk.with_name("bad.yaml")
    bad.write_text(
        text.replace("team: flexible", "teem: flexible").replace("months: 36", "months: 0"),
        encoding="utf-8",
    )
    result = scenarios("check", "bad.yaml", "desk.yaml", "nothing.yaml")
    assert result.exit_code == 2
    first = result.stdout.splitlines()[0]
    assert first.startswith("desk.yaml: Support desk, 4 deals, 36 months: nothing wrong with the ")
    months, team, nothing = result.stderr.splitlines()
    assert ":9 months: must be at least 1" in months
    assert ":3 delivery > teem: unknown key" in team
    assert months.startswith("bad.yaml:")
    assert team.startswith("bad.yaml:")
    assert nothing.startswith("nothing.yaml: there is no such file")


def test_deals_share_a_problem_that_is_the_same(scenarios, desk):
    """What holds for several deals is one line that names them; the count is of lines."""
    result = scenarios("check", desk.name)
    told = [line for line in result.stdout.splitlines() if "no way out" in line]
    assert len(told) == 1
    assert told[0].startswith(
        "desk.yaml: problem: Per agent, Hourly, Hybrid, Outcome (clauses): no way out before"
    )
    assert result.exit_code == 0


def one_deal(desk, **parts):
    """Write the support desk with one deal of 24 months that leaves nothing open, and these parts
    of it.
    """
    text = desk.read_text(encoding="utf-8")
    before = text[: text.index("deals:")].replace("months: 36", "months: 24").splitlines()
    deal = {"pricing": {"hourly": {"rate": 22}}, "clauses": []} | parts
    deal["clauses"] = [{"termination_for_convenience": {}}, *deal["clauses"]]
    lines = [line for line in before if "approved_budget" not in line]
    lines += ["after_the_end: none", "deals: " + json.dumps({"Hourly": deal})]
    desk.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_strict_lets_a_problem_fail(scenarios, desk):
    """With --strict the same lines end in exit code 2; a file without problems still passes."""
    assert scenarios("check", desk.name, "--strict").exit_code == 2
    one_deal(desk)
    result = scenarios("check", desk.name, "--strict")
    assert result.stderr == ""
    assert result.stdout == "desk.yaml: Support desk, 1 deal, 24 months: nothing wrong\n"
    assert result.exit_code == 0


def test_strict_lets_no_note_fail(scenarios, desk):
    """A pool of 150 % of what is at risk is told, and fine."""
    asked = {"means": "mean", "source": "survey", "measured_by": "independent", "due": 1}
    credit = {"service_credits": {"at_risk": 0.1, "weights": {"csat": 1}, "pool": 1.5}}
    one_deal(desk, clauses=[credit], targets={"csat": 4.3}, definitions={"csat": asked})
    result = scenarios("check", desk.name, "--strict")
    first, note = result.stdout.splitlines()
    assert first.endswith(": nothing wrong with the file; in its deals 1 note")
    assert note.startswith("desk.yaml: note: Hourly (clauses.service_credits.pool): all credits ")
    assert result.exit_code == 0


def test_schema_prints_json(scenarios):
    """The schema on stdout is the one of the package."""
    result = scenarios("schema")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["title"] == "Scenario file"
