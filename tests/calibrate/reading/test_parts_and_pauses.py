"""Tables of periods: counts that are part of the units, totals without a label, yearly pauses."""

import numpy as np
import pandas as pd
import pytest
from tests.calibrate.reading.exports import TODAY, written

from scenarios.calibrate.reading import read_log

MONTHS = [str(month) for month in pd.period_range("2022-01", "2023-12", freq="M")]
RANDOM = np.random.default_rng(8)
CALLS = RANDOM.poisson(60, 24)
ANSWERED = RANDOM.binomial(CALLS, 0.94)
WITHIN = RANDOM.binomial(ANSWERED, 0.82)


def months(tmp_path, columns=None, **more):
    """A table of calls by month, with further columns."""
    table = pd.DataFrame({"Month": MONTHS, "Offered": CALLS}).assign(**more)
    return read_log(written(tmp_path / "report.csv", table), columns, today=TODAY)


class TestParts:
    """Counts whose names are also those of rates."""

    @pytest.mark.parametrize("size", [1, 40])
    @pytest.mark.parametrize("name", ["Answered Within SL", "Within SLA", "Answered within 20 s"])
    def test_counts_become_their_share_of_the_units(self, tmp_path, name, size):
        """Neither per cent nor the share of what was answered at all, however large the counts."""
        more = {"Offered": size * CALLS, "Answered": size * ANSWERED, name: size * WITHIN}
        log = months(tmp_path, **more)
        (kpi,) = set(log.kinds) - {"answer_rate"}
        assert log.periods[f"kpi.{kpi}"].to_numpy() == pytest.approx(WITHIN / CALLS)
        assert log.stated[kpi] == f"{name} / units"
        assert log.overall["answer_rate"]["value"] == pytest.approx(ANSWERED.sum() / CALLS.sum())
        assert not log.warnings

    def test_the_rate_that_is_stated_of_them_is_enough(self, tmp_path):
        """Beside Service Level % the counts are what it is of, and no second KPI."""
        level = [f"{100 * a / b:.2f}%" for a, b in zip(WITHIN, CALLS, strict=True)]
        log = months(tmp_path, **{"Answered Within SL": WITHIN, "Service Level %": level})
        assert log.stated == {"service_level_percent": "Answered Within SL / units"}

    def test_whole_per_cent_stay_per_cent(self, tmp_path):
        """Numbers that are steady while the units move are per cent."""
        percent = RANDOM.integers(88, 96, 24)
        log = months(tmp_path, SLA=percent)
        assert log.periods["kpi.sla"].to_numpy() == pytest.approx(percent / 100)

    def test_what_may_be_either_is_left_out_and_said(self, tmp_path):
        """Of a hundred units each month, ninety may be counts or per cent."""
        log = months(tmp_path, Offered=100, **{"Within SLA": RANDOM.integers(85, 96, 24)})
        assert not log.kinds
        assert any("'Within SLA' may be counts, or per cent" in told for told in log.warnings)

    @pytest.mark.parametrize(("unit", "scale"), [("count", 1 / CALLS), ("%", 1 / 100)])
    def test_the_caller_says_which(self, tmp_path, unit, scale):
        """A unit in brackets settles it."""
        log = months(tmp_path, {"kpi.sl": f"Within SLA [{unit}]"}, **{"Within SLA": WITHIN})
        assert log.periods["kpi.sl"].to_numpy() == pytest.approx(WITHIN * scale)

    def test_more_than_the_units_is_no_part_of_them(self, tmp_path):
        """A count above the units in one month is left out, and its line is named."""
        within = np.where(np.arange(24) == 5, CALLS + 1, WITHIN)
        log = months(tmp_path, **{"Within SLA": within})
        assert not log.kinds
        assert any("no part of the units, not used" in w and "lines 7" in w for w in log.warnings)

    def test_a_rate_within_is_never_replaced_by_what_was_answered(self, tmp_path):
        """Answered within SL (%) of which no counts are known stays as stated."""
        percent = (100 * WITHIN / CALLS).round(1)
        log = months(tmp_path, Answered=ANSWERED, **{"Answered within SL (%)": percent})
        found = log.periods["kpi.answered_within_sl_percent"].to_numpy()
        assert found == pytest.approx(percent / 100)


class TestBlankTotals:
    """Rows without a label that add up others."""

    ROWS = tuple(
        (month, queue, count) for month in MONTHS for queue, count in (("a", 10), ("b", 20))
    )

    def read(self, tmp_path, rows):
        """A table with one row a month and queue."""
        table = pd.DataFrame(rows, columns=["Month", "Queue", "Tickets"])
        return read_log(written(tmp_path / "report.csv", table), today=TODAY)

    def test_a_last_row_that_adds_up_the_file_is_left_out(self, tmp_path):
        """It would count twice in its month."""
        log = self.read(tmp_path, [*self.ROWS, (MONTHS[-1], "", 720)])
        assert log.periods["units"].tolist() == [30] * 24
        assert log.left_out == {"a total of other rows": 1}
        assert any("'Queue' whose counts are the sums" in told for told in log.warnings)

    def test_a_blank_row_in_each_month_that_adds_it_up_is_left_out(self, tmp_path):
        """Totals of a pivot table whose label is empty."""
        totals = [(month, "", 30) for month in MONTHS]
        log = self.read(tmp_path, sorted([*self.ROWS, *totals]))
        assert log.periods["units"].tolist() == [30] * 24
        assert log.left_out == {"a total of other rows": 24}

    @pytest.mark.parametrize("count", [719, 7])
    def test_a_blank_row_that_is_no_sum_counts(self, tmp_path, count):
        """Tickets without a queue are tickets."""
        log = self.read(tmp_path, [*self.ROWS, (MONTHS[-1], "", count)])
        assert log.periods["units"].iloc[-1] == 30 + count
        assert not log.left_out


class TestPauses:
    """Days of nought between the years."""

    @pytest.mark.parametrize("a_day", [3, 30])
    @pytest.mark.parametrize("start", ["2022-01-01", "2022-12-01"])
    def test_a_pause_of_both_years_leaves_december_whole(self, tmp_path, start, a_day):
        """What was nought on the same days a year before is a holiday, no cut."""
        table = self.table(start, a_day)
        table.loc[self.pause(table), "Calls"] = 0
        log = read_log(written(tmp_path / "report.csv", table), today=TODAY)
        own = table["Calls"][table["Date"] >= "2023-12-01"]
        assert str(log.periods.index[-1]) == "2023-12"
        assert log.periods["units"].iloc[-1] == own.sum()
        assert not log.left_out

    @pytest.mark.parametrize("years", ["2023 alone", "longer"])
    def test_a_new_or_longer_gap_is_a_cut(self, tmp_path, years):
        """A December that ends earlier than the pause explains was cut off by the extraction."""
        table = self.table("2022-01-01", 30)
        if years == "longer":
            table.loc[self.pause(table), "Calls"] = 0
        first = "2023-12-14" if years == "longer" else "2023-12-24"
        table.loc[table["Date"] >= first, "Calls"] = 0
        log = read_log(written(tmp_path / "report.csv", table), today=TODAY)
        assert str(log.periods.index[-1]) == "2023-11"

    def table(self, start, a_day):
        """Calls by the day until the end of 2023."""
        days = pd.date_range(start, "2023-12-31")
        calls = np.random.default_rng(1).poisson(a_day, len(days))
        return pd.DataFrame({"Date": days.strftime("%Y-%m-%d"), "Calls": calls})

    def pause(self, table):
        """Christmas Eve to the last of December of every year."""
        return table["Date"].str[5:] >= "12-24"
