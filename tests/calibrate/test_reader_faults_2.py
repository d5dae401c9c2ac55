"""Tables filled ahead with zeros, levels beyond all that was seen, and answers with more to say."""

import re

import numpy as np
import pandas as pd
import pytest

from scenarios import calibrate
from scenarios.calibrate.reading import read_log
from scenarios.calibrate.reading.answers import Heard, answer, flagged
from scenarios.calibrate.reading.collapse import ends_in_zeros, zeros_within

UNITS = [int(n) for n in np.random.default_rng(1).integers(9_000, 14_000, 24)]


def month_table(path, units):
    """A file with one row a month."""
    months = pd.period_range("2022-01", periods=len(units), freq="M").strftime("%Y-%m")
    pd.DataFrame({"Month": months, "Tickets": units}).to_csv(path, index=False)
    return path


@pytest.mark.parametrize("filled", [1, 2, 3])
def test_months_filled_ahead_with_zeros_are_left_out(tmp_path, filled):
    """All zeros at the end of large counts are left out, each told, and the level is that seen."""
    found = calibrate.tickets(month_table(tmp_path / "months.csv", UNITS + [0] * filled))
    assert found.log.periods["units"].tolist() == UNITS
    assert sum("filled ahead" in told for told in found.warnings) == filled
    level = found.sections["demand"]["volume"]["per_month"]
    assert 9_000 < level["p10"] < level["p90"] < 14_000


def test_a_month_of_nought_among_large_ones_is_a_gap(tmp_path):
    """It is missing and told; with edges="keep" it stays."""
    path = month_table(tmp_path / "months.csv", [*UNITS[:10], 0, *UNITS[10:]])
    found = read_log(path)
    assert found.periods["units"].tolist() == UNITS
    assert "2022-11" not in found.periods.index.astype(str)
    assert any("taken as missing: 2022-11" in told for told in found.warnings)
    assert 0 in read_log(path, edges="keep").periods["units"].tolist()


def test_zeros_of_small_counts_are_luck():
    """Where few units come in a month, none at all is a month like others."""
    counts = np.array([0, 1, 0, 2, 1, 3, 0, 0.0])
    assert ends_in_zeros(counts) == 0
    assert not zeros_within(counts).any()
    assert ends_in_zeros(np.zeros(5)) == 0


@pytest.mark.parametrize(
    ("text", "good"),
    [("GoodWithComment", True), ("BadWithComment", False), ("bad_with_comment", False)],
)
def test_an_answer_with_a_comment_is_the_answer(text, good):
    """Zendesk's satisfaction says in the same word that there is a comment."""
    assert answer(text) == (good, True)
    assert flagged([text], "csat", Heard(), blank_is_no=False).tolist() == [float(good)]


@pytest.mark.parametrize("text", ["No comment", "Goodwill", "Partially", "Not sure", "With"])
def test_other_words_that_begin_alike_are_no_answers(text):
    """What only begins like an answer is not read as one."""
    assert answer(text) is None


def case_file(path, name, answers):
    """A log of cases over a year, whose column says these answers in turn."""
    opened = pd.date_range("2023-01-01", periods=1_200, freq="8h")
    said = [answers[n % len(answers)] for n in range(len(opened))]
    table = {"Ticket ID": range(len(opened)), "Created": opened, name: said}
    pd.DataFrame(table).to_csv(path, index=False)
    return path


@pytest.mark.parametrize(
    ("name", "answers", "why"),
    [
        ("SLA breached", ["Breached", "", ""], "one kind of answer"),
        ("Reopened", ["Yes", "No", "No", "Partially"], "left out, 300 of 1,200 words.*'Partially'"),
    ],
)
def test_a_column_whose_words_leave_it_open_is_left_out(tmp_path, name, answers, why):
    """Not fitted from the words that are known; the reason is told with counts."""
    found = read_log(case_file(tmp_path / "cases.csv", name, answers))
    assert not [column for column in found.periods if column.startswith("kpi.")]
    assert re.search(why, " ".join(found.warnings))


def test_a_few_words_that_are_not_known_are_counted(tmp_path):
    """Up to one in twenty is passed over, and told."""
    found = read_log(case_file(tmp_path / "cases.csv", "Reopened", [*["Yes", "No"] * 12, "Maybe"]))
    assert "kpi.reopen_rate" in found.periods
    assert any("48 of 1,200 words are not known: 'Maybe' 48x" in told for told in found.warnings)
    assert found.unused["reopened in words that are not known"] == 48
