from pathlib import Path

import pytest

import scenarios as sc
from scenarios.errors import ScenarioError
from scenarios.reports import batch
from scenarios.reports.result import PRIVATE, Result


@pytest.fixture
def written(monkeypatch):
    """Reports that cost no time: each call is noted, files that load but are named bad fail."""
    calls = []

    def one(file, output):
        folder = output / file.stem
        try:
            scenario = sc.load(file)
        except ScenarioError as error:
            return Result(file.stem, folder, None, "cannot be used", "", None, error)
        if file.stem == "bad":
            return Result(file.stem, folder, None, "no kernel", "", scenario)
        return Result(file.stem, folder, folder / "index.html", None, "ok", scenario)

    def report(files, *, paths, seed, sampling, output, progress):
        calls.append(([Path(file).name for file in files], paths, seed, sampling, output, progress))
        return [one(Path(file), output) for file in files]

    monkeypatch.setattr(batch, "report", report)
    return calls


def test_each_report_says_where_it_is(scenarios, desk, written):
    """Each page stands on a line of its own, then for whose eyes it is; options reach the batch."""
    result = scenarios("report", desk, "--paths", 70, "--seed", 3, "--output", "out")
    again = ("--paths", 70, "--seed", 3, "--sampling", "sobol", "--output", "out")
    assert scenarios("report", desk, *again).exit_code == 0
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-2:] == [str(Path("out/desk/index.html")), PRIVATE]
    assert written == [
        (["desk.yaml"], 70, 3, sampling, Path("out"), None) for sampling in ("random", "sobol")
    ]


def test_a_report_that_fails_is_exit_code_one(scenarios, desk, written):
    """One failure does not hide the reports that were made."""
    bad = desk.with_name("bad.yaml")
    bad.write_bytes(desk.read_bytes())
    result = scenarios("report", bad, desk)
    assert result.exit_code == 1
    assert "failed: no kernel" in result.stdout
    assert str(Path("reports/desk/index.html")) in result.stdout
    assert len(written) == 1


def test_a_bad_scenario_file_is_exit_code_two(scenarios, desk, written):
    """What is wrong is told with its place; every file reaches the batch, which lists them all."""
    wrong, bad = desk.with_name("wrong.yaml"), desk.with_name("bad.yaml")
    wrong.write_text("name: 5", encoding="utf-8")
    bad.write_bytes(desk.read_bytes())
    result = scenarios("report", wrong, bad, desk)
    assert result.exit_code == 2
    assert f"{wrong}:1:7 name: must be text" in result.stderr
    assert str(Path("reports/desk/index.html")) in result.stdout
    assert written[0][0] == ["wrong.yaml", "bad.yaml", "desk.yaml"]


def test_nothing_is_written_where_no_file_is_good(scenarios, tmp_path):
    """One file that cannot be used leaves no folder, and nothing that would be private."""
    result = scenarios("report", "nothing.yaml")
    assert result.exit_code == 2
    assert "no such file" in result.stderr
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []
