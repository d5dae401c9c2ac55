from pathlib import Path

import pytest

from scenarios.reports import batch
from scenarios.reports.result import Result


@pytest.fixture
def written(monkeypatch):
    """Reports that cost no time: each call is noted, files named bad fail."""
    calls = []

    def report(files, *, paths, seed, output, progress):
        calls.append(([Path(file).name for file in files], paths, seed, output, progress))
        return [
            Result(file.stem, output / file.stem, None, "no kernel", "")
            if file.stem == "bad"
            else Result(
                file.stem, output / file.stem, output / file.stem / "index.html", None, "ok"
            )
            for file in map(Path, files)
        ]

    monkeypatch.setattr(batch, "report", report)
    return calls


def test_each_report_says_where_it_is(scenarios, desk, written):
    """The page of each file stands on a line of its own; options reach the batch."""
    result = scenarios("report", desk, "--paths", 70, "--seed", 3, "--output", "out")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == str(Path("out/desk/index.html"))
    assert written == [(["desk.yaml"], 70, 3, Path("out"), None)]


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
    """What is wrong is told, the other files are reported on all the same."""
    wrong = desk.with_name("wrong.yaml")
    wrong.write_text("name: 5", encoding="utf-8")
    result = scenarios("report", wrong, desk)
    assert result.exit_code == 2
    assert "name: must be text" in result.stderr
    assert written[0][0] == ["desk.yaml"]


def test_nothing_is_written_where_no_file_is_good(scenarios, written):
    """Without a usable file the batch is not even started."""
    assert scenarios("report", "nothing.yaml").exit_code == 2
    assert written == []
