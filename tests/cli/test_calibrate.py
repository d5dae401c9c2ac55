import json

import numpy as np
import pandas as pd
import pytest

from scenarios.io.document import read_document


@pytest.fixture
def calls(tmp_path):
    """Fourteen months of calls and how many were answered in time."""
    random = np.random.default_rng(1)
    rows = pd.DataFrame({
        "month": pd.period_range("2023-01", periods=14, freq="M").astype(str),
        "calls": random.poisson(400, 14),
        "csat": np.round(4.2 + random.normal(0, 0.1, 14), 2),
    })  # fmt: skip
    path = tmp_path / "calls.csv"
    rows.to_csv(path, index=False)
    return path.name


def test_decisions_numbers_and_sections_are_printed(scenarios, calls):
    """A person sees what was decided, what was fitted, and the sections to copy."""
    result = scenarios("calibrate", calls)
    assert result.exit_code == 0, result.output
    assert "Decided:" in result.stdout
    assert "demand.volume.per_month" in result.stdout
    yaml = result.stdout[result.stdout.index("# Calibrated from calls.csv") :]
    assert read_document(yaml).data["demand"]["volume"]["unit"] == "call"


def test_sections_go_to_a_file_that_is_not_there_yet(scenarios, calls, tmp_path):
    """--out writes the file once; a second time nothing is overwritten."""
    result = scenarios("calibrate", calls, "--out", "sections.yaml")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].startswith("sections.yaml: put these sections")
    written = (tmp_path / "sections.yaml").read_text(encoding="utf-8")
    assert set(read_document(written).data) == {"demand", "kpis", "outcomes"}
    again = scenarios("calibrate", calls, "--out", "sections.yaml")
    assert again.exit_code == 2
    assert "is already there" in again.stderr


def test_a_page_goes_to_a_file_that_is_not_there_yet(scenarios, calls, tmp_path):
    """--page writes the fit as a page, backtest included; a second time nothing is overwritten."""
    result = scenarios("calibrate", calls, "--backtest", "--page", "fit.html", "--out", "fit.yaml")
    assert result.exit_code == 0, result.output
    assert "fit.html: the fit beside what happened" in result.stdout
    written = (tmp_path / "fit.html").read_text(encoding="utf-8")
    assert "Calibrated from calls.csv" in written
    assert "values held out" in written
    again = scenarios("calibrate", calls, "--page", "fit.html", "--out", "other.yaml")
    assert again.exit_code == 2
    assert "is already there" in again.stderr
    assert (tmp_path / "fit.html").read_text(encoding="utf-8") == written
    assert not (tmp_path / "other.yaml").exists()


def test_a_backtest_is_printed_with_its_verdict(scenarios, calls):
    """--backtest says how many of the values held out lay inside, and whom the fit beats."""
    result = scenarios("calibrate", calls, "--backtest")
    assert result.exit_code == 0
    words = " ".join(result.stdout.split())
    assert "fitted, the rest predicted 6 months at a time" in words
    assert "values held out" in words


def test_json_is_the_same_for_machines(scenarios, calls):
    """--json prints sections, fit and backtest as data, and nothing else."""
    told = json.loads(scenarios("calibrate", calls, "--backtest", "--json").stdout)
    assert told["source"] == "calls.csv, 2023-01 to 2024-02, 14 months"
    assert told["sections"]["demand"]["volume"]["unit"] == "call"
    assert {row["number"] for row in told["fit"]} >= {"demand.volume.growth", "kpis.csat.level"}
    assert told["backtest"]["series"][-1]["series"] == "all"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--column", "opened"), "--column opened=Created"),
        (("--column", "period=nowhere"), "nowhere"),
        (("--out", "nowhere/sections.yaml"), "cannot be written"),
        (("--page", "nowhere/fit.html"), "cannot be written"),
    ],
)
def test_what_cannot_be_used_is_told(scenarios, calls, words, told):
    """A column without a role, one that is not there, a folder that is not there: in words."""
    result = scenarios("calibrate", calls, *words)
    assert result.exit_code == 2
    assert told in result.stderr


def test_too_few_months_are_told(scenarios, tmp_path):
    """Four months are no history."""
    (tmp_path / "few.csv").write_text("month,calls\n" + "".join(f"2024-0{m},9\n" for m in "1234"))
    result = scenarios("calibrate", "few.csv")
    assert result.exit_code == 2
    assert "6 or more" in result.stderr
