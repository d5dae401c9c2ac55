"""Tables of periods that were once misread: printed marks, headings without dates, totals."""

import pandas as pd
import pytest
from tests.calibrate.reading.exports import TODAY, written

from scenarios.calibrate.reading import read_log
from scenarios.errors import ScenarioError

MONTHS = [str(month) for month in pd.period_range("2022-01", "2023-12", freq="M")]
CALLS = [10_872 + 13 * n for n in range(24)]


@pytest.mark.parametrize(("heading", "german"), [("Monat;Anrufe", True), ("Month;Calls", False)])
def test_counts_with_thousands_marks_and_decimals_are_counts(tmp_path, heading, german):
    """10.872,0 and 10,872.00 are 10,872 calls, not a case."""
    texts = [f"{n:,}".replace(",", ".") + ",0" if german else f"{n:,}.00" for n in CALLS]
    table = pd.DataFrame(dict(zip(heading.split(";"), (MONTHS, texts), strict=True)))
    log = read_log(written(tmp_path / "export.csv", table, ";"), today=TODAY)
    assert log.every == "month"
    assert log.periods["units"].tolist() == CALLS


@pytest.mark.parametrize(
    "dates",
    [
        MONTHS,
        [f"{month}-01" for month in MONTHS if month != "2022-07"],
        [f"2023-W{n:02d}" for n in range(1, 30)],
        pd.bdate_range("2023-01-02", "2023-12-29").strftime("%Y-%m-%d").tolist(),
    ],
    ids=["months", "first days with a gap", "weeks", "working days"],
)
def test_a_table_of_periods_is_never_read_as_cases(tmp_path, dates):
    """Dates that stand there once each beside numbers that are no counts name both options."""
    table = pd.DataFrame({"Stand": dates, "Wert": [n + 0.5 for n in range(len(dates))]})
    path = written(tmp_path / "export.csv", table, ";")
    with pytest.raises(ScenarioError, match=r'columns=\{"period": "...", "units": "..."\}'):
        read_log(path, today=TODAY)


@pytest.mark.parametrize(
    ("heading", "every"),
    [
        *((name, "week") for name in ("Week", "KW", "Woche", "Semaine", "Semana")),
        *((name, "month") for name in ("Month", "Monat", "Mois", "Mes", "Mese")),
    ],
)
def test_numbered_rows_are_what_their_heading_says(tmp_path, heading, every):
    """Rows 1 to 40 under KW or Monat are forty weeks or months, not forty days."""
    counts = [100 + n for n in range(40)]
    table = pd.DataFrame({heading: range(1, 41), "Tickets": counts})
    log = read_log(written(tmp_path / "export.csv", table, ";"), today=TODAY)
    assert (log.every, len(log.periods)) == (every, 40)
    assert log.periods["units"].tolist() == counts


def with_totals(label: str) -> pd.DataFrame:
    """Two queues a month, and a row that adds them up."""
    rows = [
        (month, queue, count)
        for n, month in enumerate(MONTHS)
        for queue, count in (("a", 10 + n), ("b", 20), (label, 30 + n))
    ]
    return pd.DataFrame(rows, columns=["Month", "Queue", "Tickets"])


@pytest.mark.parametrize("label", ["Total", "Gesamt", "All", "Summe", "Grand total"])
def test_totals_beside_their_parts_are_left_out(tmp_path, label):
    """A row that is called a total and is the sum of its period's other rows counts once; told."""
    log = read_log(written(tmp_path / "export.csv", with_totals(label), ";"), today=TODAY)
    assert log.periods["units"].tolist() == [30 + n for n in range(24)]
    assert log.left_out == {"a total of other rows": 24}
    (decision,) = [decision for decision in log.decisions if decision.what == "totals"]
    assert decision.decided == f"rows {label!r} in 'Queue' left out"


def test_a_total_that_is_not_the_sum_of_its_parts_is_refused(tmp_path):
    """Where nearly all totals add up and one does not, its line is named."""
    table = with_totals("Total")
    table.loc[5, "Tickets"] += 1
    with pytest.raises(ScenarioError, match=r"count them twice, but not everywhere \(lines 7\)"):
        read_log(written(tmp_path / "export.csv", table, ";"), today=TODAY)


@pytest.mark.parametrize("other", ["Grand total", "", "World"])
def test_subtotals_and_totals_are_left_out(tmp_path, other):
    """A subtotal is the sum of its queue's rows, a grand total that of all parts."""
    rows = []
    for n, month in enumerate(MONTHS):
        for queue, web in (("a", 10 + n), ("b", 20)):
            rows += [(month, queue, "web", web), (month, queue, "phone", 5)]
            rows.append((month, queue, "Subtotal", web + 5))
        rows.append((month, "Grand total", other, 40 + n))
    rows.append(("Summe", "", "", sum(40 + n for n in range(24))))
    table = pd.DataFrame(rows, columns=["Month", "Queue", "Channel", "Tickets"])
    log = read_log(written(tmp_path / "export.csv", table, ";"), today=TODAY)
    assert log.periods["units"].tolist() == [40 + n for n in range(24)]
    assert log.left_out == {"period unreadable": 1, "a total of other rows": 72}


def test_a_queue_called_all_that_adds_up_nothing_is_kept_and_told(tmp_path):
    """A label alone does not take a row out: its numbers must be the sums of the others."""
    rows = [(month, queue, n) for month in MONTHS for queue, n in (("a", 10), ("All risks", 3))]
    table = pd.DataFrame(rows, columns=["Month", "Queue", "Tickets"])
    log = read_log(written(tmp_path / "export.csv", table, ";"), today=TODAY)
    assert log.periods["units"].tolist() == [13] * 24
    assert any("'All risks': added up with the others" in warning for warning in log.warnings)
