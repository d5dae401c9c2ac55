"""Columns are known by the names that tools and languages give them, and by what they hold."""

import pandas as pd
import pytest
from tests.calibrate.reading.exports import TODAY, written

from scenarios.calibrate.reading import read_log
from scenarios.calibrate.reading.columns import Column
from scenarios.calibrate.reading.lexicon import CASE_ROLES, PERIOD_ROLES
from scenarios.calibrate.reading.roles import Roles, match

VALUES = {
    "date": tuple(f"2024-01-{day:02d} 10:00" for day in range(1, 28)),
    "count": tuple(str(n % 3) for n in range(27)),
    "flag": ("yes", "no") * 14,
    "duration": tuple(f"{n}.5" for n in range(27)),
    "score": ("4", "5", "3") * 9,
    "text": tuple(f"INC{n:05d}" for n in range(27)),
}
CASE_NAMES = {
    "case": "Ticket ID|Incident Number|Case No.|Issue key|SR#|Ticketnummer|Vorgang|Nº Incidencia|"
    "Numéro de ticket|Numero richiesta|Chamado|case:concept:name",
    "opened": "Created|Opened At|opened_at|sys_created_on|Created time|Created at|createdAt|"
    "Date/Time Opened|Ticket created - Date|Open Time|Submit Date|Erstellt am|Eröffnet am|"
    "Eingangsdatum|Fecha de apertura|Fecha de creación|Créé le|Date d'ouverture|Data apertura|"
    "Creato il|Data de abertura|Aberto em",
    "resolved": "Resolved|resolved_at|Solved at|Resolution Date|Resolved Time|first_resolved|"
    "Gelöst am|Lösungsdatum|Fecha de resolución|Résolu le|Data risoluzione|Resolvido em",
    "closed": "Closed|closed_at|Close Time|Date/Time Closed|Geschlossen am|Fecha de cierre|"
    "Date de clôture|Data chiusura|Encerrado em",
    "reopened": "reopen_count|Reopens|Reopened?|# Reopens|Wiedereröffnet|Reaperturas|Rouvert|"
    "Riaperture|Reaberto",
    "due": "Due by Time|Due date|due_date|Fällig am|Vencimiento|Échéance|Scadenza|Prazo",
    "sla_met": "made_sla|SLA met|Resolution status|SLA eingehalten|SLA cumprido|Within SLA",
    "sla_breached": "SLA breached|Has breached|SLA Violated|Overdue",
    "csat": "Satisfaction Score|CSAT|Survey Result|Zufriedenheit|Satisfacción|Avaliação",
    "responded": "First response|First Responded At|Erste Antwort|Primera respuesta",
    "resolution_time": "resolve_h|Resolution time (in hrs)|Full resolution time in minutes|"
    "Age (Hours)|Lösungszeit (Std.)|Tiempo de resolución (h)|calendar_duration",
    "answer_time": "First reply time in minutes|First response time (in hrs)|Reaktionszeit (min)",
    "first_contact": "First Call Resolution|FCR|First contact",
}
HOLDS = {
    "due": "date",
    "responded": "date",
    "sla_met": "flag",
    "sla_breached": "flag",
    "csat": "score",
}
HOLDS |= {
    "case": "text",
    "opened": "date",
    "resolved": "date",
    "closed": "date",
    "reopened": "count",
}
HOLDS |= {"resolution_time": "duration", "answer_time": "duration", "first_contact": "flag"}


def roles(names: list[tuple[str, str]], kind: dict) -> dict[str, str]:
    """The roles of columns with these names and contents."""
    columns = [Column(place, name, VALUES[holds]) for place, (name, holds) in enumerate(names)]
    found = match(columns, kind, Roles())
    return {role: column.name for role, column in found.columns.items()}


@pytest.mark.parametrize(
    ("role", "name"),
    [(role, name) for role, names in CASE_NAMES.items() for name in names.split("|")],
)
def test_a_name_gives_its_role(role, name):
    """Names of six languages and of the common tools are known, in any writing."""
    others = [("Assigned to", "text"), ("Priority", "text"), ("Attachments", "count")]
    assert roles([*others, (name, HOLDS[role])], CASE_ROLES).get(role) == name


@pytest.mark.parametrize(
    ("name", "holds", "role"),
    [
        ("Opened by", "text", "opened"),
        ("Created", "text", "opened"),
        ("Closed", "flag", "closed"),
        ("Date of birth", "date", "opened"),
        ("First response due", "date", "responded"),
        ("Parent case number", "text", "case"),
        ("Customer ID", "text", "case"),
        ("Original estimate (h)", "duration", "handling_time"),
        ("service_level", "text", "sla_met"),
    ],
)
def test_a_name_alone_gives_no_role(name, holds, role):
    """What a column holds, and words that change a name's meaning, speak against a role."""
    assert role not in roles([(name, holds)], CASE_ROLES)


@pytest.mark.parametrize(
    "name",
    [
        *("Incoming", "Calls Offered", "Offered Calls", "Tickets created", "New tickets", "Volume"),
        *("Number of tickets", "Eingehende Anrufe", "Ticketvolumen", "Anzahl Tickets", "Eingänge"),
        *("Llamadas recibidas", "Casos creados", "Appels reçus", "Chiamate ricevute"),
        *("Chamadas recebidas", "Total calls", "Cases Opened"),
    ],
)
def test_a_name_gives_the_units_of_a_period(name):
    """Counts of what came in are known, beside counts of what was answered, lost or closed."""
    names = [("Date", "date"), ("Answered", "count"), ("Abandoned", "count"), (name, "count")]
    found = roles(names, PERIOD_ROLES)
    assert (found["units"], found["period"]) == (name, "Date")


@pytest.mark.parametrize(
    "words",
    [
        ("GoodWithComment", "BadWithComment"),
        ("good_with_comment", "bad_with_comment"),
        ("GoodWithComment", "BadWithComment", *("Offered", "Unoffered") * 4),
    ],
)
def test_satisfaction_in_words_with_comments_is_recognised(tmp_path, words):
    """Few answers, all with a comment, among those not given are a rate: one good in two."""
    days = [f"2023-{n % 12 + 1:02d}-{n % 28 + 1:02d} 10:00" for n in range(600)]
    rating = [words[n // 2 % len(words)] for n in range(600)]
    table = pd.DataFrame({"id": range(1000, 1600), "Created": days, "Satisfaction rating": rating})
    log = read_log(written(tmp_path / "tickets.csv", table), today=TODAY)
    assert log.overall["csat"]["value"] == pytest.approx(0.5, abs=0.01)
