"""Files with one row a day, week or month: counts, KPIs, and stated rates against own counts."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.calibrate.reading.exports import TODAY, written

from scenarios.calibrate.reading import read_log
from scenarios.errors import ScenarioError

GERMAN_MONTHS = ("Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")


def german_comma(value: float, digits: int) -> str:
    return f"{value:,.{digits}f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def daily(days: pd.DatetimeIndex, seed: int = 1) -> pd.DataFrame:
    """A call centre's days, with a rate and times that follow from its counts."""
    rng = np.random.default_rng(seed)
    incoming = rng.poisson(200, len(days))
    answered = rng.binomial(incoming, 0.93)
    return pd.DataFrame(
        {
            "Date": days.strftime("%m/%d/%Y"),
            "Calls Offered": incoming,
            "Calls Handled": answered,
            "Calls Abandoned": incoming - answered,
            "Abandon Rate": [f"{(i - a) / i:.2%}" for i, a in zip(incoming, answered, strict=True)],
            "AHT (mm:ss)": [f"{s // 60}:{s % 60:02d}" for s in rng.integers(100, 500, len(days))],
            "Service Level %": (rng.random(len(days)) * 20 + 75).round(1),
        }
    )


def test_a_german_month_report_is_read(tmp_path):
    """Months in words, grouped thousands, decimal commas, per cent, clocks and a total row."""
    months = pd.period_range("2022-01", "2023-12", freq="M")
    calls = 1_200 + 10 * np.arange(24)
    rate = 0.90 + 0.002 * np.arange(24)
    table = pd.DataFrame(
        {
            "Monat": [f"{GERMAN_MONTHS[m.month - 1]} {m.year}" for m in months],
            "Eingehende Anrufe": [german_comma(c, 0) for c in calls],
            "Servicegrad": [f"{german_comma(100 * r, 2)} %" for r in rate],
            "Wartezeit": [f"0:02:{n:02d}" for n in range(24)],
            "Zufriedenheit": [german_comma(4 + n / 100, 2) for n in range(24)],
            "Bemerkung": "keine",
        }
    )
    table.loc[24] = ["Summe", german_comma(calls.sum(), 0), "", "", "", ""]
    log = read_log(written(tmp_path / "anrufe.csv", table, ";", "cp1252"), today=TODAY)
    assert log.every == "month"
    assert log.unit == "call"
    assert log.periods["units"].tolist() == calls.tolist()
    assert log.periods["kpi.servicegrad"].to_numpy() == pytest.approx(rate)
    assert log.periods["kpi.wartezeit"].tolist() == [120 + n for n in range(24)]
    assert log.periods["kpi.zufriedenheit"].to_numpy() == pytest.approx(4 + np.arange(24) / 100)
    assert log.kinds == {"servicegrad": "rate", "wartezeit": "time", "zufriedenheit": "score"}
    assert log.left_out == {"period unreadable": 1}


def test_daily_rows_become_months_weighed_by_calls(tmp_path):
    """A month's counts are its days' sums; a rate is their share; a level is weighed by calls."""
    days = pd.bdate_range("2023-01-02", "2023-12-29")
    table = daily(days)
    log = read_log(written(tmp_path / "report.csv", table), today=TODAY)
    month = pd.DatetimeIndex(days).to_period("M")
    offered = table["Calls Offered"].groupby(month).sum()
    abandoned = table["Calls Abandoned"].groupby(month).sum()
    level = (table["Service Level %"] / 100 * table["Calls Offered"]).groupby(month).sum() / offered
    assert log.periods["units"].tolist() == offered.tolist()
    assert log.periods["kpi.abandon_rate"].to_numpy() == pytest.approx(
        (abandoned / offered).to_numpy()
    )
    assert log.periods["kpi.service_level_percent"].to_numpy() == pytest.approx(level.to_numpy())
    assert log.periods["of.abandon_rate"].tolist() == offered.tolist()
    assert log.units_of["aht_mm_ss"] == "seconds"
    assert not any("contradicts" in warning for warning in log.warnings)


def test_a_rate_that_contradicts_its_counts_is_listed(tmp_path):
    """Rows where a stated rate is not the share of its counts, as printed, are named by line."""
    table = daily(pd.bdate_range("2023-01-02", "2023-12-29"))
    table.loc[[10, 20], "Abandon Rate"] = "99.00%"
    log = read_log(written(tmp_path / "report.csv", table), today=TODAY)
    (warning,) = [warning for warning in log.warnings if "contradicts" in warning]
    assert "line 12: 0.99 against" in warning
    assert "line 22: 0.99 against" in warning
    assert "in 2 of 260 rows" in warning
    assert log.periods["kpi.abandon_rate"].max() < 0.2


@pytest.mark.parametrize(
    ("stated", "contradicts"),
    [
        ("0.9401", False),
        ("0.94", False),
        ("0.9402", True),
        ("0.95", True),
        ("94.01%", False),
        ("94,01 %", False),
        ("94%", False),
        ("94.02%", True),
    ],
)
def test_a_rate_is_compared_by_the_decimals_it_prints(tmp_path, stated, contradicts):
    """204 of 217 is 0.9401 and 0.94 and 94 %, but neither 0.9402 nor 0.95."""
    rows = [
        (f"2023-{m:02d}-01", 200 + m, 190 + m, f"{(190 + m) / (200 + m):.4f}") for m in range(1, 13)
    ]
    rows[4] = ("2023-05-01", 217, 204, stated)
    table = pd.DataFrame(rows, columns=["month", "incoming", "answered", "answer_rate"])
    log = read_log(written(tmp_path / "calls.csv", table, ";"), today=TODAY)
    assert any("contradicts" in warning for warning in log.warnings) is contradicts


def test_a_month_that_the_extraction_cut_off_is_left_out(tmp_path):
    """Days until the 12th are no month: it is left out, with a warning that says so."""
    table = daily(pd.bdate_range("2023-01-02", "2023-11-10"))
    log = read_log(written(tmp_path / "report.csv", table), today=TODAY)
    assert str(log.periods.index[-1]) == "2023-10"
    assert any("2023-11" in warning and "cut off" in warning for warning in log.warnings)
    assert sum(log.left_out.values()) == 8


def test_a_collapse_in_the_last_month_is_left_out(tmp_path):
    """A last month far below all others, deeper than any fall before, is taken for cut off."""
    months = pd.period_range("2022-01", "2023-12", freq="M").astype(str)
    table = pd.DataFrame(
        {"month": months, "tickets": [500 + 20 * (n % 5) for n in range(23)] + [60]}
    )
    path = written(tmp_path / "months.csv", table)
    log = read_log(path, today=TODAY)
    assert len(log.periods) == 23
    assert any("a fall as nowhere within the file" in warning for warning in log.warnings)
    assert len(read_log(path, today=TODAY, edges="keep").periods) == 24


def test_a_missing_month_is_missing_and_not_nought(tmp_path):
    """A month without a row is not among the periods, and that is said."""
    months = [
        str(m) for m in pd.period_range("2022-01", "2023-12", freq="M") if str(m) != "2022-07"
    ]
    table = pd.DataFrame({"month": months, "tickets": 500})
    log = read_log(written(tmp_path / "months.csv", table), today=TODAY)
    assert "2022-07" not in log.periods.index.astype(str)
    assert any("missing and not nought: 2022-07" in warning for warning in log.warnings)


def test_rows_by_queue_are_added_up(tmp_path):
    """Several rows a day, one a queue, are one day; that is said, and repeated rows are not two."""
    days = pd.bdate_range("2023-01-02", "2023-12-29").strftime("%Y-%m-%d")
    table = pd.DataFrame(
        [(d, q, n) for d in days for q, n in (("a", 10), ("b", 20))],
        columns=["date", "queue", "calls"],
    )
    table = pd.concat([table, table.iloc[[5]]])
    log = read_log(written(tmp_path / "queues.csv", table), today=TODAY)
    assert log.periods["units"].sum() == 30 * len(days)
    assert log.left_out == {"repeats a row": 1}
    assert any("added up" in warning for warning in log.warnings)


def test_numbered_days_become_weeks_or_blocks_of_thirty_days(tmp_path):
    """Days 1 to 1,251 without dates are 178 weeks of seven days, or 41 blocks of thirty."""
    table = pd.DataFrame({"day": range(1, 1252), "incoming": 100, "answered": 90})
    path = written(tmp_path / "days.csv", table)
    log = read_log(path, today=TODAY)
    assert (len(log.periods), log.every) == (178, "week")
    assert log.periods["units"].tolist() == [700] * 178
    assert log.left_out == {"in an incomplete week": 5}
    months = read_log(path, every="month", today=TODAY)
    assert (len(months.periods), months.every) == (41, "month")


def test_first_days_of_months_settle_their_own_order(tmp_path):
    """01/02/2023 is February where only so the rows are months in a row."""
    days = pd.date_range("2022-01-01", periods=24, freq="MS").strftime("%d/%m/%Y")
    table = pd.DataFrame({"Mes": days, "Tickets creados": range(100, 124)})
    log = read_log(written(tmp_path / "mes.csv", table, ";"), today=TODAY)
    assert log.periods["units"].tolist() == list(range(100, 124))
    assert str(log.periods.index[1]) == "2022-02"


def test_twelve_first_days_of_months_are_refused(tmp_path):
    """01/02/2023 in twelve rows are months or days of January: the error names the option."""
    days = pd.date_range("2022-01-01", periods=12, freq="MS").strftime("%d/%m/%Y")
    table = pd.DataFrame({"month": days, "tickets": range(100, 112)})
    path = written(tmp_path / "months.csv", table)
    with pytest.raises(ScenarioError, match="date_order="):
        read_log(path, today=TODAY)
    assert len(read_log(path, date_order="day first", today=TODAY).periods) == 12


def test_an_open_count_names_the_option(tmp_path):
    """Two columns that may both be the count are refused, with the option that settles it."""
    months = pd.period_range("2022-01", "2022-12", freq="M").astype(str)
    table = pd.DataFrame({"month": months, "Incoming 1": range(12), "Incoming 2": range(1, 13)})
    path = written(tmp_path / "months.csv", table)
    with pytest.raises(ScenarioError, match=r'columns=\{"units": "..."\}'):
        read_log(path, today=TODAY)
    log = read_log(path, {"units": "Incoming 2"}, today=TODAY)
    assert log.periods["units"].tolist() == list(range(1, 13))


def test_a_per_cent_below_one_is_not_guessed(tmp_path):
    """A column named per cent that is never above one is not used until its unit is given."""
    months = pd.period_range("2022-01", "2022-12", freq="M").astype(str)
    table = pd.DataFrame(
        {"month": months, "calls": 100, "Reopen %": [0.5 + n / 100 for n in range(12)]}
    )
    path: Path = written(tmp_path / "months.csv", table)
    log = read_log(path, today=TODAY)
    assert "reopen_percent" not in log.kinds
    assert any("0.5 could be 50 %" in warning for warning in log.warnings)
    log = read_log(path, {"kpi.reopen": "Reopen % [%]"}, today=TODAY)
    assert log.periods["kpi.reopen"].iloc[0] == pytest.approx(0.005)
