"""Exports in the formats of well-known public sets, made from cases whose truth is known."""

import numpy as np
import pandas as pd
import pytest
from tests.calibrate.reading.exports import TODAY, made_cases, printed, truth, written

from scenarios.calibrate.reading import read_log
from scenarios.errors import ScenarioError

CASES = made_cases(a_day=1.5)
TRUE = truth(CASES)
MONTHS = pd.period_range("2022-01", "2023-12", freq="M")
GERMAN = ("Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")
NINE_HOURS = pd.Timedelta(hours=9)
CALLS = np.random.default_rng(8).poisson(900, len(MONTHS))


def units_of(path, **reading):
    """The log of a file, and its units by month."""
    log = read_log(path, today=TODAY, **reading)
    return log, dict(zip(map(str, log.periods.index), log.periods["units"].tolist(), strict=True))


def agrees(units):
    """Whether every month that is kept has the units of the truth, and most are kept."""
    true = dict(zip(TRUE.months, TRUE.units, strict=True))
    return len(units) >= len(true) - 2 and all(true[month] == n for month, n in units.items())


class TestIncidentEventLog:
    """ServiceNow's audit log: a row a change, each with the whole case's dates, '?' as missing."""

    def rows(self):
        """Three rows a case; the SLA is known to be missed in the last one alone."""
        form = "%-d/%-m/%Y %H:%M"
        made = []
        for n, case in enumerate(CASES.itertuples(index=False)):
            closed = case.resolved + pd.Timedelta(days=5)
            for step, state in enumerate(("New", "Active", "Closed")):
                touched = case.opened + step * (closed - case.opened) / 2
                last = state == "Closed"
                made.append(
                    {
                        "number": f"INC{n:07d}",
                        "incident_state": state,
                        "reopen_count": int(case.reopened and last),
                        "made_sla": str(bool(case.kept or not last)).lower(),
                        "opened_at": f"{case.opened:{form}}",
                        "sys_created_at": "?"
                        if n % 3 == 0
                        else f"{case.opened + pd.Timedelta(minutes=7):{form}}",
                        "sys_updated_at": f"{touched:{form}}",
                        "resolved_at": f"{case.resolved:{form}}",
                        "closed_at": f"{closed:{form}}",
                    }
                )
        return pd.DataFrame(made)

    @pytest.mark.parametrize("newest_first", [False, True])
    def test_the_last_change_tells_the_state(self, tmp_path, newest_first):
        """What the row that was updated last says holds, also where the file begins with it."""
        rows = self.rows()
        rows = rows.iloc[::-1] if newest_first else rows
        log, units = units_of(written(tmp_path / "incident.csv", rows))
        assert agrees(units)
        assert log.overall["sla_met"]["value"] == pytest.approx(CASES["kept"].mean(), abs=1e-6)
        assert log.overall["reopen_rate"]["value"] == pytest.approx(TRUE.reopen_rate, abs=1e-6)
        hours = log.durations["resolution_hours"]["p50"]
        assert hours == pytest.approx(TRUE.median_hours, rel=0.01)

    def test_rows_of_the_same_minute_go_by_the_order_of_the_file(self, tmp_path):
        """Where a case's rows were updated together, the newest first file is read backwards."""
        rows = self.rows()
        together = rows["number"].str[-1] == "1"
        rows.loc[together, "sys_updated_at"] = rows.loc[together, "closed_at"]
        log, _ = units_of(written(tmp_path / "incident.csv", rows.iloc[::-1]))
        assert log.overall["sla_met"]["value"] == pytest.approx(CASES["kept"].mean(), abs=1e-6)

    @pytest.mark.parametrize("newest_first", [False, True])
    def test_rows_without_a_date_of_their_own_go_by_the_file(self, tmp_path, newest_first):
        """Without a date of change the order of the file decides, and that is said."""
        rows = self.rows().drop(columns="sys_updated_at")
        rows = rows.iloc[::-1] if newest_first else rows
        log, _ = units_of(written(tmp_path / "incident.csv", rows))
        assert log.overall["sla_met"]["value"] == pytest.approx(CASES["kept"].mean(), abs=1e-6)
        missed = int((~CASES["kept"]).sum())
        assert any(f"sla_met: {missed:,} cases have rows" in warning for warning in log.warnings)

    def test_the_record_is_not_the_opening(self, tmp_path):
        """sys_created_at is minutes later or '?': opened_at is the opening, and that is told."""
        log, _ = units_of(written(tmp_path / "incident.csv", self.rows()))
        told = [one for one in log.decisions if one.what == "date of opening"]
        assert [(one.decided, one.option) for one in told] == [
            ("opened_at", 'columns={"opened": "..."}')
        ]
        assert "'sys_created_at' is within 30 minutes" in told[0].why

    def test_a_record_that_was_written_much_later_is_asked_about(self, tmp_path):
        """Hours between both dates leave it open which is meant."""
        rows = self.rows()
        rows["sys_created_at"] = rows["closed_at"]
        with pytest.raises(ScenarioError, match="it is open when a case was opened"):
            read_log(written(tmp_path / "incident.csv", rows), today=TODAY)


class TestIncidentDetail:
    """Semicolons, and decimals that a spreadsheet took for thousands: 3,87 became 3.871.691.111."""

    def table(self, regrouped):
        """Cases with hours that are printed right, or ``regrouped`` in that share of the rows."""
        form = "%d/%m/%Y %H:%M:%S"
        whole = np.arange(len(CASES)) >= regrouped * len(CASES)
        hours = [
            f"{value:.8f}".replace(".", ",")
            if right
            else f"{round(value * 1e9):,}".replace(",", ".")
            for value, right in zip(CASES["hours"], whole, strict=True)
        ]
        return pd.DataFrame(
            {
                "Incident ID": [f"IM{n:07d}" for n in range(len(CASES))],
                "Open Time": printed(CASES["opened"], form),
                "Resolved Time": printed(CASES["resolved"], form),
                "Handle Time (Hours)": hours,
            }
        )

    @pytest.mark.parametrize("regrouped", [0.1, 0.5, 0.999])
    def test_hours_that_cannot_be_are_left_out(self, tmp_path, regrouped):
        """A column of which some hours are longer than all time since the opening is not used."""
        path = written(tmp_path / "detail.csv", self.table(regrouped), ";")
        log, units = units_of(path, decimal=",")
        assert agrees(units)
        assert "handling_hours" not in log.durations
        assert any("handling_time: left out" in warning for warning in log.warnings)

    def test_a_slip_or_two_do_not_cost_the_column(self, tmp_path):
        """Up to one value in a hundred is left out alone, and counted."""
        log, _ = units_of(written(tmp_path / "detail.csv", self.table(0.005), ";"), decimal=",")
        slips = log.unused["handling_time longer than can be"]
        assert 1 <= slips <= 0.01 * len(CASES)
        assert log.durations["handling_hours"]["n"] == len(CASES) - slips
        assert log.durations["handling_hours"]["p90"] < 1000


def test_dates_of_closing_that_cannot_be_read_are_counted(tmp_path):
    """Closings of 1900 and in words are not used, as if not closed, and their number is told."""
    closed = printed(CASES["resolved"], "%m/%d/%Y %I:%M:%S %p")
    closed[::50], closed[1::50] = "01/01/1900 12:00:00 AM", "see notes"
    closed[2::50] = ""
    table = pd.DataFrame(
        {
            "Unique Key": range(len(CASES)),
            "Created Date": printed(CASES["opened"], "%m/%d/%Y %I:%M:%S %p"),
            "Closed Date": closed,
            "Incident Zip": "10001",
        }
    )
    log, units = units_of(written(tmp_path / "requests_311.csv", table))
    assert agrees(units)
    bad = len(closed[::50]) + len(closed[1::50])
    assert log.unused["closed unreadable"] == bad
    assert any(f"{bad:,} values (closed unreadable)" in warning for warning in log.warnings)
    assert log.unit == "case"


class TestOpenPastDue:
    """City services: a due date for every case, and no closing date for what is still open."""

    def file(self, folder, left_open, due_day_alone=False):
        """Cases closed a day after opening and due in two; those ``left_open`` have no closing."""
        opened = CASES["opened"]
        form = "%Y-%m-%d" if due_day_alone else "%Y-%m-%d %H:%M:%S"
        closed = printed(opened + pd.Timedelta(days=1), "%Y-%m-%d %H:%M:%S")
        table = pd.DataFrame(
            {
                "case_enquiry_id": range(len(CASES)),
                "open_dt": printed(opened, "%Y-%m-%d %H:%M:%S"),
                "sla_target_dt": printed(opened + pd.Timedelta(days=2), form),
                "closed_dt": closed.where(~left_open, ""),
            }
        )
        return written(folder / "boston_311.csv", table)

    @pytest.mark.parametrize("due_day_alone", [False, True])
    def test_has_missed_its_sla(self, tmp_path, due_day_alone):
        """One case in five is open: it is late if it was due before the last date in the file."""
        left_open = np.arange(len(CASES)) % 5 == 0
        log, _ = units_of(self.file(tmp_path, left_open, due_day_alone))
        last = (CASES["opened"] + pd.Timedelta(days=1))[~left_open].max()
        due = CASES["opened"] + pd.Timedelta(days=2)
        due = due.dt.normalize() + pd.Timedelta(hours=24) if due_day_alone else due
        late = int((left_open & (due < last)).sum())
        assert 0 < late < left_open.sum()
        assert log.overall["sla_met"]["of"] == (~left_open).sum() + late
        assert log.overall["sla_met"]["value"] == pytest.approx(
            (~left_open).sum() / ((~left_open).sum() + late)
        )
        told = [one.why for one in log.decisions if one.what == "open cases past their due date"]
        assert len(told) == 1
        assert f"{late:,} cases" in told[0]

    def test_is_not_known_where_most_have_no_end(self, tmp_path):
        """Where hardly a closing is written, what has none is not counted, and that is said."""
        left_open = np.arange(len(CASES)) % 5 > 0
        log, _ = units_of(self.file(tmp_path, left_open))
        assert log.overall["sla_met"] == {"value": 1.0, "of": int((~left_open).sum())}
        assert any("ends may not be written" in warning for warning in log.warnings)

    def test_is_not_known_where_the_end_cannot_be_read(self, tmp_path):
        """A closing before the opening, or in words, is no open case."""
        path = self.file(tmp_path, np.zeros(len(CASES), bool))
        table = pd.read_csv(path, dtype=str)
        table.loc[table.index[::50], "closed_dt"] = "2000-01-01 00:00:00"
        table.loc[table.index[1::50], "closed_dt"] = "by hand"
        log, _ = units_of(written(path, table))
        bad = len(table.index[::50]) + len(table.index[1::50])
        assert log.overall["sla_met"] == {"value": 1.0, "of": len(CASES) - bad}


class TestStillOpen:
    """A log of issues: what was opened late and takes long is not closed in the export."""

    def file(self, folder, days):
        """Cases that take ``days`` in the middle, exported at the end of 2023."""
        random = np.random.default_rng(6)
        closed = CASES["opened"] + pd.to_timedelta(
            days * random.lognormal(0, 1.5, len(CASES)) * 1440, unit="min"
        )
        table = pd.DataFrame(
            {
                "number": range(len(CASES)),
                "created_at": printed(CASES["opened"], "%Y-%m-%dT%H:%M:%SZ"),
                "closed_at": printed(closed, "%Y-%m-%dT%H:%M:%SZ").where(closed < "2024-01-01", ""),
            }
        )
        return written(folder / "issues.csv", table)

    def test_months_of_quick_cases_alone_have_no_time(self, tmp_path):
        """Where half of the last month's cases are open, its median would be too short."""
        log, units = units_of(self.file(tmp_path, 15))
        assert agrees(units)
        known = log.periods["kpi.resolution_hours"].notna().to_numpy()
        assert 12 <= known.sum() < len(known)
        assert known[: known.sum()].all()
        assert log.periods["of.resolution_hours"][~known].isna().all()
        assert any("resolution_hours: not told for the last" in one for one in log.warnings)

    def test_months_of_finished_cases_keep_it(self, tmp_path):
        """Where cases take minutes, every month has its median."""
        log, _ = units_of(self.file(tmp_path, 0.01))
        assert log.periods["kpi.resolution_hours"].notna().all()
        assert not any("not told" in warning for warning in log.warnings)


def test_lengths_in_words_are_counted(tmp_path):
    """A stated time that is no length is not used, and the number of them is told."""
    hours = [f"{value:.2f}" for value in CASES["hours"]]
    hours[:7] = ["unknown to us"] * 7
    table = pd.DataFrame(
        {
            "Ticket ID": range(len(CASES)),
            "Opened": printed(CASES["opened"], "%Y-%m-%d %H:%M"),
            "Handle time (hours)": hours,
        }
    )
    log, _ = units_of(written(tmp_path / "tickets.csv", table))
    assert log.unused["handling_time unreadable"] == 7


class TestActivities:
    """A help desk's log of events: a row an activity, dated by its completion."""

    def file(self, folder):
        """Three activities a case."""
        steps = ("Assign seriousness", "Resolve ticket", "Closed")
        made = [
            {
                "Case ID": f"Case {n}",
                "Activity": step,
                "Complete Timestamp": f"{case.opened + k * NINE_HOURS:%Y/%m/%d %H:%M:%S}.000",
            }
            for n, case in enumerate(CASES.itertuples(index=False))
            for k, step in enumerate(steps)
        ]
        return written(folder / "finale.csv", pd.DataFrame(made))

    def test_the_error_names_the_column(self, tmp_path):
        """Whether a row is a case is asked, with the answer ready to be copied."""
        with pytest.raises(ScenarioError, match=r'columns=\{"case": "Case ID"\}'):
            read_log(self.file(tmp_path), today=TODAY)

    def test_the_first_activity_opens_the_case(self, tmp_path):
        """By its case each row counts once; that no end is taken from the last row is told."""
        log, units = units_of(self.file(tmp_path), columns={"case": "Case ID"})
        assert agrees(units)
        assert log.durations == {}
        assert any("no time to resolution" in warning for warning in log.warnings)


class TestSideBySide:
    """Statistics with the periods side by side, under a title and above a footnote."""

    def file(self, folder, rows, header, sep=",", above="", below=""):
        """A table as it is published."""
        lines = [sep.join(map(str, line)) for line in (header, *rows)]
        path = folder / "published.csv"
        path.write_text(above + "\n".join(lines) + "\n" + below)
        return path

    @pytest.mark.parametrize("form", ["%b-%y", "%Y-%m", "%B %Y", "%m/%Y"])
    def test_rows_that_are_measured_become_columns(self, tmp_path, form):
        """Calls offered and answered, a row each, are read as one row a month would be."""
        answered = (0.9 * CALLS).astype(int)
        rows = [["Calls offered", *CALLS], ["Calls answered", *answered]]
        header = ["Measure", *(month.strftime(form) for month in MONTHS)]
        path = self.file(tmp_path, rows, header, above="Citizen line\n\n", below="\nSource: us\n")
        log, units = units_of(path)
        assert units == dict(zip(map(str, MONTHS), CALLS.tolist(), strict=True))
        answer_rate = log.overall["answer_rate"]["value"]
        assert answer_rate == pytest.approx(answered.sum() / CALLS.sum())
        assert any(one.what == "table" and "turned" in one.decided for one in log.decisions)
        assert any("Source: us" in warning for warning in log.warnings)

    def test_parts_are_counted_by_their_total(self, tmp_path):
        """A row Total that adds up the others is what is counted."""
        rows = [["Surgery", *CALLS], ["Emergency", *(2 * CALLS)], ["Total", *(3 * CALLS)]]
        header = ["Ward", *MONTHS]
        _, units = units_of(self.file(tmp_path, rows, header, ";", "Wards\n"))
        assert list(units.values()) == (3 * CALLS).tolist()

    @pytest.mark.parametrize("last", [[], ["Total"]])
    def test_parts_without_their_total_are_asked_for(self, tmp_path, last):
        """Without a Total, or with one that is not the sum, the option is named."""
        rows = [["Surgery", *CALLS], ["Emergency", *(2 * CALLS)], *([*last, *CALLS] for _ in last)]
        path = self.file(tmp_path, rows, ["Ward", *MONTHS])
        with pytest.raises(ScenarioError, match=r'columns=\{"units": "..."\}'):
            read_log(path, today=TODAY)
        _, units = units_of(path, columns={"units": "Surgery"})
        assert list(units.values()) == CALLS.tolist()

    def test_years_and_their_months(self, tmp_path):
        """Years below each other, months side by side; totals and footnotes do not count."""
        header = ["Jahr", *GERMAN, "Gesamt"]
        rows = [
            ["2022", *CALLS[:12], CALLS[:12].sum()],
            ["2023*", *CALLS[12:19], *[""] * 5, CALLS[12:19].sum()],
            ["Summe", *[1] * 13],
        ]
        log, units = units_of(self.file(tmp_path, rows, header, ";", below="* vorläufig\n"))
        assert units == dict(zip(map(str, MONTHS[:19]), CALLS[:19].tolist(), strict=True))
        assert any("Gesamt" in warning for warning in log.warnings)
        assert any("Summe" in warning for warning in log.warnings)

    def test_months_and_their_years(self, tmp_path):
        """Months below each other, years side by side; the line of totals does not count."""
        rows = [[f"{MONTHS[n]:%B}", CALLS[n], CALLS[12 + n]] for n in range(12)]
        rows.append(["Total", CALLS[:12].sum(), CALLS[12:].sum()])
        log, units = units_of(self.file(tmp_path, rows, ["Month", "2022", "2023"]))
        assert units == dict(zip(map(str, MONTHS), CALLS.tolist(), strict=True))
        assert any("Total" in warning for warning in log.warnings)

    def test_months_without_years_are_refused(self, tmp_path):
        """Months side by side with a queue a row: nothing says the year, and that is said."""
        header = ["Queue", *(f"{month:%b}" for month in MONTHS[:12])]
        path = self.file(tmp_path, [["A", *CALLS[:12]], ["B", *CALLS[12:]]], header)
        with pytest.raises(ScenarioError, match="months stand side by side"):
            read_log(path, today=TODAY)

    @pytest.mark.parametrize("years", [("2022", "2023"), ("2022/23", "2023/24")])
    def test_fiscal_years_are_refused(self, tmp_path, years):
        """From April to March the year in front is not the year of January: nothing is guessed."""
        months = [f"{month:%b}" for month in (*MONTHS[3:12], *MONTHS[:3])]
        rows = [[years[0], *CALLS[:12]], [years[1], *CALLS[12:]]]
        with pytest.raises(ScenarioError, match="not calendar years"):
            read_log(self.file(tmp_path, rows, ["Year", *months]), today=TODAY)

    def test_cases_with_many_dates_are_not_turned(self, tmp_path):
        """A log of cases whose rows hold six dates stays one row a case."""
        day = printed(CASES["opened"], "%Y-%m-%d %H:%M")
        names = ("Opened", "Due", "Updated", "Assigned on", "Sent on", "Seen on")
        table = pd.DataFrame({"Ticket ID": range(len(CASES)), **dict.fromkeys(names, day)})
        log, units = units_of(written(tmp_path / "tickets.csv", table))
        assert agrees(units)
        assert not any(one.what == "table" for one in log.decisions)


class TestMunicipalMonths:
    """One row a month, with the marks of provisional figures, or dates written once a group."""

    def test_marks_of_provisional_figures_are_no_text(self, tmp_path):
        """987 (p) and 987* are 987: the months are no cases, and none is left out."""
        marks = [""] * 18 + [" (p)"] * 3 + ["*"] * 3
        calls = [f"{n}{mark}" for n, mark in zip(CALLS, marks, strict=True)]
        table = pd.DataFrame({"Month": map(str, MONTHS), "Calls offered": calls})
        _, units = units_of(written(tmp_path / "months.csv", table))
        assert list(units.values()) == CALLS.tolist()

    def test_months_with_remarks_are_no_cases(self, tmp_path):
        """Where words stand among the counts, each month once is no case a month."""
        calls = [str(n) if n % 7 else "see note" for n in CALLS]
        table = pd.DataFrame({"Month": map(str, MONTHS), "Calls offered": calls})
        path = written(tmp_path / "months.csv", table)
        with pytest.raises(ScenarioError, match="as in a table of periods"):
            read_log(path, today=TODAY)

    def test_a_day_that_is_written_once_is_asked_for(self, tmp_path):
        """Half-hours whose day stands in the first row alone would be lost: they are refused."""
        days = pd.date_range("2022-01-01", periods=400).strftime("%Y-%m-%d")
        rows = [(day if k == 0 else "", f"{9 + k}:00", 5) for day in days for k in range(4)]
        table = pd.DataFrame(rows, columns=["Date", "Interval", "Offered"])
        with pytest.raises(ScenarioError, match="write it in each of them"):
            read_log(written(tmp_path / "intervals.csv", table), today=TODAY)

    def test_a_few_counts_without_a_month_are_told(self, tmp_path):
        """One count without a month is left out with a warning that names its line."""
        table = pd.DataFrame({"Month": [*map(str, MONTHS), ""], "Calls": [*CALLS, 77]})
        log, units = units_of(written(tmp_path / "months.csv", table))
        assert list(units.values()) == CALLS.tolist()
        assert any("1 of 25 rows have a count and nothing in 'Month'" in w for w in log.warnings)


class TestHeadersInTwoRows:
    """Names of groups above names of columns, or names that go on in the next row."""

    def log(self, tmp_path, header, rows):
        """The log of a file of these rows of names and of data, and its units by month."""
        path = tmp_path / "months.csv"
        text = "\n".join(",".join(map(str, row)) for row in (*header, *rows))
        path.write_text(text, encoding="utf-8")
        return units_of(path)

    @pytest.mark.parametrize(
        "above",
        [["", "Calls", "", "Service"], ["Reporting", "Calls", "Calls", "Service"]],
    )
    def test_both_rows_name_the_columns(self, tmp_path, above):
        """Calls above Offered and Answered: both counts are known, and that is told."""
        header = [["Citizen line", "", "", ""], above, ["Month", "Offered", "Answered", "Level"]]
        rows = [(month, n, n - 90, "82%") for month, n in zip(MONTHS, CALLS, strict=True)]
        log, units = self.log(tmp_path, header, rows)
        assert list(units.values()) == CALLS.tolist()
        assert log.overall["answer_rate"]["value"] == pytest.approx(1 - 90 * 24 / CALLS.sum())
        assert log.overall["service_level"]["value"] == pytest.approx(0.82)
        assert [one.decided for one in log.decisions if one.what == "header"] == [
            "rows 2 and 3 together"
        ]

    def test_groups_tell_repeated_names_apart(self, tmp_path):
        """Sparse groups above repeated names: the calls' and the mails' columns have both words."""
        header = [
            ["", "Calls", "", "Mails", "", ""],
            ["Month", "Offered", "Answered", "Sent", "Answered", "Note"],
        ]
        rows = [(month, n, n - 90, 5, 4, "a") for month, n in zip(MONTHS, CALLS, strict=True)]
        log, units = self.log(tmp_path, header, rows)
        assert list(units.values()) == CALLS.tolist()
        assert any(one.decided == "rows 1 and 2 together" for one in log.decisions)

    def test_years_above_months(self, tmp_path):
        """Years, each once above its twelve months side by side: one row a month."""
        years = [str(month.year) if month.month == 1 else "" for month in MONTHS]
        header = [["Measure", *years], ["", *(f"{month:%b}" for month in MONTHS)]]
        rows = [["Calls", *CALLS], ["Calls answered", *(CALLS - 90)]]
        _, units = self.log(tmp_path, header, rows)
        assert units == dict(zip(map(str, MONTHS), CALLS.tolist(), strict=True))

    def test_the_first_row_of_words_is_no_name(self, tmp_path):
        """A month whose counts are remarks is a row, though it holds no number."""
        header = [["Month", "Offered", "Answered"], ["2021-12", "see note", "see note"]]
        rows = [(month, n, n - 90) for month, n in zip(MONTHS, CALLS, strict=True)]
        log, units = self.log(tmp_path, header, rows)
        assert list(units.values()) == CALLS.tolist()
        assert not any(one.what == "header" for one in log.decisions)


class TestLongPeriods:
    """Years or quarters side by side: a level may be told from them, and no month."""

    @pytest.mark.parametrize(
        "header",
        [
            ["2019", "2020", "2021", "2022"],
            ["Q1 2021", "Q2 2021", "Q3 2021", "Q4 2021", "Q1 2022", "Q2 2022"],
            ["2021-Q1", "2021-Q2", "2021-Q3", "2021-Q4"],
        ],
    )
    def test_refused_with_what_is_needed(self, tmp_path, header):
        """Months or weeks are asked for, and why."""
        rows = [[name, *CALLS[: len(header)]] for name in ("Calls", "Answered")]
        path = written(tmp_path / "calls.csv", pd.DataFrame(rows, columns=["Measure", *header]))
        with pytest.raises(ScenarioError, match=r"years or quarters .* season .* months or weeks"):
            read_log(path, today=TODAY)


class TestResolvedYesOrNo:
    """Whether a call was resolved, as yes or no: no date, and not at first contact by itself."""

    def path(self, tmp_path, name="Resolved", *, answered=True):
        """A log of calls: every tenth is not answered, every fifth is not resolved."""
        n = np.arange(len(CASES))
        table = pd.DataFrame({"Call Id": n, "Date": printed(CASES["opened"], "%Y-%m-%d %H:%M")})
        if answered:
            table["Answered (Y/N)"] = np.where(n % 10 == 0, "N", "Y")
        table[name] = np.where(n % 5 == 0, "N", "Y")
        return written(tmp_path / "calls.csv", table)

    def test_a_call_log_has_a_resolution_rate(self, tmp_path):
        """Resolved beside Answered is a share of all calls, and the other option is told."""
        log, units = units_of(self.path(tmp_path))
        assert agrees(units)
        assert log.overall["resolved_rate"]["value"] == pytest.approx(0.8, abs=0.001)
        assert "first_contact" not in log.overall
        assert any('"first_contact": "Resolved"' in one.option for one in log.decisions)

    @pytest.mark.parametrize("given", [False, True])
    def test_first_contact_is_named_or_given(self, tmp_path, given):
        """It is first-contact resolution where its name says so, or the caller."""
        name = "Resolved" if given else "Resolved on first contact"
        options = {"columns": {"first_contact": name}} if given else {}
        log, _ = units_of(self.path(tmp_path, name), **options)
        assert log.overall["first_contact"]["value"] == pytest.approx(0.8, abs=0.001)
        assert "resolved_rate" not in log.overall

    def test_a_state_at_the_export_is_no_rate(self, tmp_path):
        """Without calls that were answered it may be a state, and the option is told."""
        log, _ = units_of(self.path(tmp_path, answered=False))
        assert "resolved_rate" not in log.overall
        assert any(
            one.decided == "not used" and '"first_contact": "Resolved"' in one.option
            for one in log.decisions
        )


class TestOpenCasesInMedians:
    """A median needs the number of cases that are still open, and not how long they take."""

    def log(self, tmp_path, share):
        """The slowest share of the cases of each month has no end, and the log of that."""
        month = CASES["opened"].dt.to_period("M")
        slow = CASES["hours"].groupby(month).rank(pct=True) > 1 - share
        done = printed(CASES["resolved"], "%Y-%m-%d %H:%M").mask(slow, "")
        opened = printed(CASES["opened"], "%Y-%m-%d %H:%M")
        table = pd.DataFrame({"Ticket ID": CASES.index, "Opened": opened, "Resolved": done})
        log, _ = units_of(written(tmp_path / "tickets.csv", table))
        return log, CASES["hours"].groupby(month).median(), slow

    def test_median_is_that_of_all_cases(self, tmp_path):
        """With the slowest fifth open each month's median is still that of all its cases."""
        log, true, slow = self.log(tmp_path, 0.2)
        kept = log.periods["kpi.resolution_hours"].iloc[:-2]
        assert kept.tolist() == pytest.approx(true.reindex(kept.index).tolist(), rel=1e-5)
        assert log.durations["resolution_hours"]["mean"] == pytest.approx(
            CASES["hours"][~slow].mean(), rel=1e-5
        )
        assert "open cases count as longer" in log.stated["resolution_hours"]
        assert any("count as longer than any known" in warning for warning in log.warnings)

    def test_half_open_says_nothing(self, tmp_path):
        """Where more than half have no end, ends may not be written: they are not counted."""
        log, _, _ = self.log(tmp_path, 0.6)
        assert "open cases" not in log.stated["resolution_hours"]

    def test_a_month_that_is_half_open_has_no_median(self, tmp_path):
        """A month of which six in ten are open has none, and is named; its neighbours have one."""
        month = CASES["opened"].dt.to_period("M").astype(str)
        log, _, _ = self.log(tmp_path, np.where(month == "2022-06", 0.6, 0.1))
        hours = log.periods["kpi.resolution_hours"]
        assert np.isnan(hours["2022-06"])
        assert np.isfinite(hours[["2022-05", "2022-07"]]).all()
        assert any("half" in told and "2022-06" in told for told in log.warnings)
