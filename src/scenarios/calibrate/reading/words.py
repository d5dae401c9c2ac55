"""Words of exports in several languages: names of columns, yes and no, months, what is missing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_WORD = re.compile(r"[\W_]+")
_SIGNS = {"%": " percent ", "#": " number ", "№": " number ", "nº": " number ", "n°": " number "}


def plain(text: str) -> str:
    """The text in lower case and without accents: ``Größe`` is ``grosse``."""
    if text.isascii():
        return text.lower()
    text = text.replace("ß", "ss").replace("\u2019", "'")
    split = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in split if not unicodedata.combining(letter)).lower()


_COMPOUND = re.compile(
    r"\b(ticket|anruf|call|fall|vorgangs?|incident|stoerungs?|storungs?|kontakt|chat|auftrags?)s?"
    r"(volumen|anzahl|zahl|menge|eingange?|aufkommen|nummer|id|dauer|status)\b"
)
"""German compounds whose parts are what other languages write apart."""


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """The words of a column's name: ``firstResolvedAt`` is first, resolved, at."""
    for sign, word in _SIGNS.items():
        name = name.replace(sign, word)
    parted = _CAMEL.sub(" ", name)
    return tuple(_COMPOUND.sub(r"\1 \2", _NOT_WORD.sub(" ", plain(parted))).split())


MISSING = frozenset(
    [
        *("", "na", "n/a", "n.a.", "n. a.", "#n/a", "#na", "#n/v", "#nv", "nan", "null", "none"),
        *(
            "nil",
            "-",
            "--",
            "---",
            "\u2013",
            "\u2014",
            "?",
            "??",
            ".",
            r"\n",
            "(null)",
            "(empty)",
            "<null>",
        ),
        *("(blank)", "blank", "empty", "<empty>", "undefined", "nat", "not set", "not available"),
        *("0000-00-00", "0000-00-00 00:00:00", "k.a.", "k. a.", "ka", "leer", "(leer)", "n/v"),
        *("nicht gesetzt", "nicht verfugbar", "s/d", "sin datos", "n/d", "n.d.", "nd", "vacio"),
        *("non renseigne", "vide", "vuoto", "vazio", "sem dados", "#value!", "#wert!", "#ref!"),
        *("no response", "no reply", "not surveyed", "no survey", "survey not sent", "unoffered"),
        *("not rated", "no rating", "unrated", "no feedback", "not applicable", "keine antwort"),
        *("keine angabe", "keine bewertung", "nicht bewertet", "sin respuesta", "sin valorar"),
        *("sans reponse", "pas de reponse", "non note", "nessuna risposta", "sem resposta"),
        *("aucun", "aucune", "ninguno", "nessuno", "nenhum", "keine", "no aplica", "n.v.t."),
    ]
)
"""Marks that stand for no value, without accents and in lower case."""


def is_missing(text: str) -> bool:
    """True for an empty field and for a mark such as ``n/a`` or ``-``."""
    return not text or plain(text.strip()) in MISSING


_YES = (
    *("yes", "y", "true", "t", "1", "x", "ja", "j", "wahr", "si", "s", "verdadero", "oui", "o"),
    *("vrai", "vero", "sim", "verdadeiro"),
)
_NO = (*("no", "n", "false", "f", "0", "nein", "falsch", "falso", "non", "faux", "nao"),)
_GOOD = (
    *("met", "achieved", "within", "within sla", "in sla", "ok", "passed", "hit", "on time"),
    *("compliant", "good", "satisfied", "positive", "eingehalten", "erfullt", "fristgerecht"),
    *("cumplido", "cumple", "respecte", "tenu", "rispettato", "cumprido", "no prazo", "dentro"),
    *(
        "a tiempo",
        "gut",
        "bueno",
        "bon",
        "buono",
        "bom",
        "happy",
        "sla met",
        "in time",
        "completed",
    ),
    *("within the service target", "within service target", "service target met"),
    *("service targets met", "not breached", "not violated", "not missed", "not overdue"),
)
_BAD = (
    *("missed", "breached", "breach", "violated", "sla violated", "failed", "not met", "overdue"),
    *("late", "out of sla", "outside sla", "bad", "dissatisfied", "unsatisfied", "negative"),
    *("verletzt", "nicht eingehalten", "nicht erfullt", "uberschritten", "verspatet"),
    *("incumplido", "no cumplido", "no cumple", "non respecte", "depasse", "non rispettato"),
    *("violato", "nao cumprido", "fora do prazo", "fuera", "vencido", "schlecht", "malo"),
    *("mauvais", "cattivo", "ruim", "unhappy", "sla breached", "sla missed", "unmet"),
    *("service target breached", "service targets breached", "all service targets breached"),
    *("service target missed", "open violation", "closed violation", "violation"),
)
ANSWERS: dict[str, tuple[bool, bool]] = {
    **dict.fromkeys(_YES, (True, False)),
    **dict.fromkeys(_NO, (False, False)),
    **dict.fromkeys(_GOOD, (True, True)),
    **dict.fromkeys(_BAD, (False, True)),
}
"""Words of flags: yes or no, and whether the word itself says what is good (met, breached)."""

_MONTHS = (
    "jan january januar janner janvier janv enero ene gennaio gen janeiro januari",
    "feb february februar fevrier fevr fev febrero febbraio fevereiro februari",
    "mar march marz mrz maerz mars marzo marco maart mrt",
    "apr april avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "jun june juni juin junio giugno giu junho",
    "jul july juli juillet juil julio luglio lug julho",
    "aug august aout agosto ago augustus",
    "sep sept september septembre septiembre setiembre settembre set setembro",
    "oct october oktober okt octobre octubre ottobre ott outubro out",
    "nov november novembre noviembre novembro",
    "dec december dezember dez decembre diciembre dic dicembre dezembro",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
"""Month names and their usual short forms, without accents, by number."""

UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("ms", "millis", "milliseconds", "msec"), ("milliseconds", 0.001)),
    **dict.fromkeys(
        (
            *("s", "sec", "secs", "second", "seconds", "sek", "sekunde", "sekunden", "seg"),
            *("segs", "segundo", "segundos", "seconde", "secondes", "secondo", "secondi"),
        ),
        ("seconds", 1.0),
    ),
    **dict.fromkeys(
        (
            *("m", "min", "mins", "minute", "minutes", "minuten", "minuto", "minutos"),
            *("minuti", "mn"),
        ),
        ("minutes", 60.0),
    ),
    **dict.fromkeys(
        (
            *("h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "hora", "horas"),
            *("heure", "heures", "ora", "ore"),
        ),
        ("hours", 3600.0),
    ),
    **dict.fromkeys(
        (
            *("d", "day", "days", "tag", "tage", "tagen", "dia", "dias", "jour", "jours"),
            *("giorno", "giorni", "j", "t", "g"),
        ),
        ("days", 86400.0),
    ),
    **dict.fromkeys(
        ("w", "week", "weeks", "woche", "wochen", "semana", "semanas", "semaine", "semaines"),
        ("weeks", 604800.0),
    ),
}
"""Words for units of time: the unit's name, and seconds."""
