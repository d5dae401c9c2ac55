import json
from pathlib import Path

import pytest

import scenarios as sc


def test_a_new_file_passes_its_check(scenarios):
    """What init writes, check accepts: name, deals, months, on one line."""
    assert scenarios("init", "help desk").exit_code == 0
    result = scenarios("check", "help desk.yaml")
    assert result.exit_code == 0
    assert result.stdout == "help desk.yaml: help desk, 2 deals, 24 months: nothing wrong\n"
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
    assert result.stdout == "desk.yaml: Support desk, 4 deals, 36 months: nothing wrong\n"
    months, team, nothing = result.stderr.splitlines()
    assert ":9 months: must be at least 1" in months
    assert ":3 delivery > teem: unknown key" in team
    assert months.startswith("bad.yaml:")
    assert team.startswith("bad.yaml:")
    assert nothing.startswith("nothing.yaml: there is no such file")


def test_schema_prints_json(scenarios):
    """The schema on stdout is the one of the package."""
    result = scenarios("schema")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["title"] == "Scenario file"
