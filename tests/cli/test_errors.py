import pytest

from scenarios.cli import run
from scenarios.errors import Problem, ScenarioError, SettlementError


def failing(error):
    """Stands in for loading, and fails."""

    def load(_):
        raise error

    return load


@pytest.fixture
def broken(monkeypatch):
    """Make the run of any file end in an error."""
    return lambda error: monkeypatch.setattr(run.sc, "load", failing(error), raising=False)


def test_an_unexpected_error_is_one_line(scenarios, broken):
    """What nobody foresaw is one line on stderr without a traceback, and exit code 1."""
    broken(ZeroDivisionError("division\nby zero"))
    result = scenarios("run", "desk.yaml")
    assert result.exit_code == 1
    assert result.stderr == "scenarios: ZeroDivisionError: division by zero (see: --debug)\n"
    assert result.stdout == ""


@pytest.mark.parametrize("error", [ZeroDivisionError("x"), ScenarioError("x")])
def test_debug_shows_where_an_error_arose(scenarios, broken, error):
    """With --debug the error itself comes through, with its traceback."""
    broken(error)
    assert scenarios("--debug", "run", "desk.yaml").exception is error


def test_problems_are_lines_and_exit_code_two(scenarios, broken):
    """Each problem of a ScenarioError is one line."""
    broken(ScenarioError("one", Problem("two", given="3")))
    result = scenarios("run", "desk.yaml")
    assert (result.exit_code, result.stderr) == (2, "one\ntwo (given: 3)\n")


def test_a_settlement_that_fails_names_deal_and_term(scenarios, broken):
    """Where a deal failed is part of what is told."""
    broken(SettlementError("no index", deal="A", term="indexation", month=3))
    result = scenarios("run", "desk.yaml")
    assert result.exit_code == 2
    assert "deal A, term indexation, month 3: no index" in result.stderr
