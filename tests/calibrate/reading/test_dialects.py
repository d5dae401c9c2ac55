"""Exports of many tools, languages and dialects give the cases that they were made from."""

import gzip
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.calibrate.reading.exports import TODAY, Truth, made_cases, printed, truth, written, yes

from scenarios.calibrate.reading import Log, read_log

CASES = made_cases(start="2022-10-03", a_day=4)
TRUTH = truth(CASES)


def ids(prefix: str = "") -> list[str]:
    return [f"{prefix}{n:06d}" for n in range(1, len(CASES) + 1)]


def service_now(folder: Path) -> Path:
    """English, comma, ISO dates, texts in quotes with commas and line breaks, states in words."""
    table = pd.DataFrame(
        {
            "Number": ids("INC"),
            "Short description": CASES["text"],
            "Opened": printed(CASES["opened"], "%Y-%m-%d %H:%M:%S"),
            "Opened by": "somebody",
            "Resolved": printed(CASES["resolved"], "%Y-%m-%d %H:%M:%S"),
            "Closed": printed(CASES["resolved"] + pd.Timedelta(days=5), "%Y-%m-%d %H:%M:%S"),
            "Made SLA": yes(CASES["kept"], "true", "false"),
            "Reopen count": CASES["reopened"].astype(int),
            "Resolve time": (CASES["hours"] * 3600).round().astype(int),
        }
    )
    return written(folder / "incident.csv", table)


def service_now_history(folder: Path) -> Path:
    """Several rows a case, one for each change; ? for what is missing; single digits of days."""
    form = "%-d/%-m/%Y %H:%M"
    late = CASES["resolved"] + pd.Timedelta(days=5)
    rows = []
    for n, moment, state in (
        (0, CASES["opened"], "New"),
        (1, CASES["resolved"], "Resolved"),
        (2, late, "Closed"),
    ):
        rows.append(
            pd.DataFrame(
                {
                    "number": ids("INC"),
                    "incident_state": state,
                    "active": str(n < 2).lower(),
                    "reassignment_count": n,
                    "reopen_count": CASES["reopened"].astype(int) * (n == 2),
                    "made_sla": yes(CASES["kept"], "true", "false"),
                    "opened_at": printed(CASES["opened"], form),
                    "sys_created_at": "?",
                    "sys_updated_at": printed(moment, form),
                    "resolved_at": printed(CASES["resolved"], form),
                    "closed_at": printed(late, form),
                }
            )
        )
    table = pd.concat(rows).sort_values(["number", "reassignment_count"])
    return written(folder / "incident_event_log.csv", table)


def jira(folder: Path) -> Path:
    """A byte order mark, columns that are named alike, months in words, a clock of twelve hours."""
    table = pd.DataFrame(
        {
            "Summary": CASES["text"],
            "Issue key": ids("DESK-"),
            "Issue id": ids("1"),
            "Status": "Done",
            "Created": printed(CASES["opened"], "%d/%b/%y %-I:%M %p"),
            "Updated": printed(CASES["resolved"] + pd.Timedelta(days=1), "%d/%b/%y %-I:%M %p"),
            "Resolved": printed(CASES["resolved"], "%d/%b/%y %-I:%M %p"),
            "Reopened": yes(CASES["reopened"], "Yes", "No"),
            "Comment": "first",
            "Comment.1": "second",
            "Comment.2": "",
        }
    ).rename(columns=lambda name: "Comment" if name.startswith("Comment") else name)
    return written(folder / "jira.csv", table, encoding="utf-8-sig")


def zendesk(folder: Path) -> Path:
    """ISO dates with an offset, minutes in a column's name, satisfaction in words."""
    words = CASES["score"].map({1: "Bad", 2: "Bad", 3: "Offered", 4: "Good", 5: "Good"})
    table = pd.DataFrame(
        {
            "Id": ids(),
            "Requester": "x",
            "Requester id": "77",
            "Subject": CASES["text"],
            "Created at": printed(CASES["opened"], "%Y-%m-%d %H:%M:%S +0000"),
            "Updated at": printed(CASES["resolved"], "%Y-%m-%d %H:%M:%S +0000"),
            "Solved at": printed(CASES["resolved"], "%Y-%m-%d %H:%M:%S +0000"),
            "Reopens": CASES["reopened"].astype(int),
            "First reply time in minutes": 12,
            "First reply time in minutes within business hours": 3,
            "Full resolution time in minutes": (CASES["hours"] * 60).round().astype(int),
            "Satisfaction Score": words,
        }
    )
    return written(folder / "zendesk tickets.csv", table)


def freshdesk(folder: Path) -> Path:
    """Lengths of time as clocks of many hours, SLA in words."""
    minutes = (CASES["hours"] * 60).round().astype(int)
    table = pd.DataFrame(
        {
            "Ticket ID": ids(),
            "Subject": CASES["text"],
            "Created time": printed(CASES["opened"], "%Y-%m-%d %H:%M:%S"),
            "Due by Time": printed(CASES["opened"] + pd.Timedelta(days=3), "%Y-%m-%d %H:%M:%S"),
            "Resolved time": printed(CASES["resolved"], "%Y-%m-%d %H:%M:%S"),
            "Resolution time (in hrs)": [f"{m // 60}:{m % 60:02d}:00" for m in minutes],
            "Resolution status": yes(CASES["kept"], "Within SLA", "SLA Violated"),
            "Reopened": CASES["reopened"].astype(int),
        }
    )
    return written(folder / "tickets.csv", table)


def otrs_german(folder: Path) -> Path:
    """German: a title above the header, semicolons, cp1252, dots in dates, decimal commas."""
    table = pd.DataFrame(
        {
            "Ticketnummer": ids("2022"),
            "Titel": CASES["text"],
            "Erstellt am": printed(CASES["opened"], "%d.%m.%Y %H:%M"),
            "Gelöst am": printed(CASES["resolved"], "%d.%m.%Y %H:%M"),
            "Wiedereröffnet": yes(CASES["reopened"], "ja", "nein"),
            "SLA eingehalten": yes(CASES["kept"], "ja", "nein"),
            "Lösungszeit (Std.)": [f"{hours:.2f}".replace(".", ",") for hours in CASES["hours"]],
        }
    )
    above = "Auswertung Störungen\r\nerstellt am 30.06.2024 für Müller\r\n\r\n"
    return written(folder / "Vorgänge.csv", table, ";", "cp1252", above)


def spanish(folder: Path) -> Path:
    """Spanish: tabs, UTF-16 as Excel writes it, slashes, si and no."""
    table = pd.DataFrame(
        {
            "Nº de caso": ids("C"),
            "Descripción": "avería",
            "Fecha de apertura": printed(CASES["opened"], "%d/%m/%Y %H:%M"),
            "Fecha de cierre": printed(CASES["resolved"], "%d/%m/%Y %H:%M"),
            "Reabierto": yes(CASES["reopened"], "sí", "no"),
        }
    )
    return written(folder / "casos.txt", table, "\t", "utf-16")


def french(folder: Path) -> Path:
    """French: hyphens in dates, h between hours and minutes, a total at the end."""
    table = pd.DataFrame(
        {
            "ID": ids(),
            "Titre": "problème",
            "Date d'ouverture": printed(CASES["opened"], "%d-%m-%Y %Hh%M"),
            "Date de résolution": printed(CASES["resolved"], "%d-%m-%Y %Hh%M"),
            "Réouvert": yes(CASES["reopened"], "oui", "non"),
        }
    )
    path = written(folder / "glpi.csv", table, ";")
    path.write_bytes(path.read_bytes() + f"Total : {len(table)}\r\n".encode())
    return path


def italian(folder: Path) -> Path:
    """Italian: pipes, years of two digits, dots in times, packed with gzip."""
    table = pd.DataFrame(
        {
            "Numero richiesta": ids("R"),
            "Data apertura": printed(CASES["opened"], "%d/%m/%y %H.%M"),
            "Data chiusura": printed(CASES["resolved"], "%d/%m/%y %H.%M"),
            "Riaperture": CASES["reopened"].astype(int),
        }
    )
    plain = written(folder / "richieste.csv", table, "|").read_bytes()
    path = folder / "richieste.csv.gz"
    path.write_bytes(gzip.compress(plain))
    return path


def portuguese(folder: Path) -> Path:
    """Portuguese: sim and nao, a score with decimal commas, in a zip."""
    table = pd.DataFrame(
        {
            "Chamado": ids("CH"),
            "Aberto em": printed(CASES["opened"], "%d/%m/%Y %H:%M:%S"),
            "Resolvido em": printed(CASES["resolved"], "%d/%m/%Y %H:%M:%S"),
            "Reaberto": yes(CASES["reopened"], "Sim", "Não"),
            "SLA cumprido": yes(CASES["kept"], "Sim", "Não"),
            "Avaliação": [f"{score},5" for score in CASES["score"]],
        }
    )
    plain = written(folder / "chamados.csv", table, ";")
    path = folder / "chamados.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(plain, "chamados.csv")
        archive.writestr("__MACOSX/._chamados.csv", "junk")
    return path


def salesforce(folder: Path) -> Path:
    """American: month first, a clock of twelve hours, thousands in quotes, shuffled rows."""
    table = pd.DataFrame(
        {
            "Case Number": ids("00"),
            "Subject": CASES["text"],
            "Date/Time Opened": printed(CASES["opened"], "%-m/%-d/%Y %-I:%M %p"),
            "Date/Time Closed": printed(CASES["resolved"], "%-m/%-d/%Y %-I:%M %p"),
            "Age (Hours)": [f"{hours:,.2f}" for hours in CASES["hours"]],
            "Reopened": yes(CASES["reopened"], "TRUE", "FALSE"),
        }
    ).sample(frac=1, random_state=3)
    return written(folder / "report1717.csv", table)


def excel_serials(folder: Path) -> Path:
    """Dates that a spreadsheet left as numbers of days."""
    epoch = pd.Timestamp("1899-12-30")
    table = pd.DataFrame(
        {
            "Ticket": ids("T"),
            "Created": (CASES["opened"] - epoch) / pd.Timedelta(days=1),
            "Closed": (CASES["resolved"] - epoch) / pd.Timedelta(days=1),
            "Reopened": CASES["reopened"].astype(int),
        }
    )
    return written(folder / "from excel.csv", table, ";")


def epoch_milliseconds(folder: Path) -> Path:
    """Dates as milliseconds since 1970, tabs, a file without an ending that says so."""
    table = pd.DataFrame(
        {
            "ticket_id": ids("T"),
            "created_at": CASES["opened"].astype("datetime64[ms]").astype("int64"),
            "resolved_at": CASES["resolved"].astype("datetime64[ms]").astype("int64"),
            "reopened": CASES["reopened"].astype(int),
        }
    )
    return written(folder / "dump.tsv", table, "\t")


def workbook(folder: Path) -> Path:
    """An Excel workbook with true dates and numbers, under a title."""
    table = pd.DataFrame(
        {
            "Ticket ID": np.arange(1, len(CASES) + 1),
            "Created": CASES["opened"],
            "Resolved": CASES["resolved"],
            "Reopened": CASES["reopened"],
        }
    )
    path = folder / "tickets.xlsx"
    table.to_excel(path, index=False, startrow=2)
    return path


EXPORTS = [
    *(service_now, service_now_history, jira, zendesk, freshdesk, otrs_german, spanish, french),
    *(italian, portuguese, salesforce, excel_serials, epoch_milliseconds, workbook),
]


def read(path: Path) -> Log:
    return read_log(path, today=TODAY)


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.__name__)
def test_an_export_gives_the_cases_it_was_made_from(export, tmp_path):
    """Units by month, reopenings and median hours are those of the cases, whatever the dialect."""
    log = read(export(tmp_path))
    found = Truth(
        log.periods["units"].tolist(),
        [str(month) for month in log.periods.index],
        log.overall["reopen_rate"]["value"],
        log.durations["resolution_hours"]["p50"],
    )
    assert (found.months, found.units) == (TRUTH.months, TRUTH.units)
    assert found.reopen_rate == pytest.approx(TRUTH.reopen_rate)
    assert found.median_hours == pytest.approx(TRUTH.median_hours, abs=0.02)
    assert log.rows == len(log.periods.index) * 0 + log.periods["units"].sum() + sum(
        log.left_out.values()
    )
