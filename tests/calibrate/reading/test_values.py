"""Single values: dates, numbers, per cent, lengths of time and marks of what is missing."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.calibrate.reading.dateform import date_evidence, settled
from scenarios.calibrate.reading.dates import DateForm, chosen, fast_shapes, read_dates
from scenarios.calibrate.reading.durations import (
    DurationForm,
    clock_in_name,
    read_durations,
    seconds,
    unit_in_name,
)
from scenarios.calibrate.reading.numbers import NumberForm, evidence, read_numbers
from scenarios.calibrate.reading.stamps import NONE, readings
from scenarios.calibrate.reading.words import is_missing, words


def moment(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("text", "parts", "offset"),
    [
        ("2024-01-05 09:03:04", (2024, 1, 5, 9, 3, 4), None),
        ("2024-01-05T09:03:04.123Z", (2024, 1, 5, 9, 3, 4), 0),
        ("2024-01-05 09:03:04+02:00", (2024, 1, 5, 9, 3, 4), 7200),
        ("2024-01-05 09:03:04 -0530", (2024, 1, 5, 9, 3, 4), -19800),
        ("2024/1/5", (2024, 1, 5), None),
        ("20240105", (2024, 1, 5), None),
        ("20240105T101112", (2024, 1, 5, 10, 11, 12), None),
        ("25/03/2024 9:05 PM", (2024, 3, 25, 21, 5), None),
        ("12/25/24 12:00 AM", (2024, 12, 25), None),
        ("25.03.2024, 14:30 Uhr", (2024, 3, 25, 14, 30), None),
        ("25-03-2024 14h30", (2024, 3, 25, 14, 30), None),
        ("25. 3. 2024", (2024, 3, 25), None),
        ("12/Jan/24 3:04 PM", (2024, 1, 12, 15, 4), None),
        ("5. März 2024", (2024, 3, 5), None),
        ("12 janv. 2024 14:05", (2024, 1, 12, 14, 5), None),
        ("lunes, 12 de enero de 2024 10:33", (2024, 1, 12, 10, 33), None),
        ("12 mag 2024", (2024, 5, 12), None),
        ("3 de fevereiro de 2024", (2024, 2, 3), None),
        ("Jan 12, 2024 03:04 PM", (2024, 1, 12, 15, 4), None),
        ("Mon, 12 Jan 2024 10:00:00 GMT", (2024, 1, 12, 10), 0),
        ("Fri Jan 12 10:33:00 UTC 2024", (2024, 1, 12, 10, 33), 0),
        ("2024-01-05 24:00", (2024, 1, 6), None),
        ("2024-01", (2024, 1, 1), None),
        ("01/2024", (2024, 1, 1), None),
        ("Jan-24", (2024, 1, 1), None),
        ("2024-W05", (2024, 1, 29), None),
        ("KW 05/2024", (2024, 1, 29), None),
    ],
)
def test_a_printed_date_is_read(text, parts, offset):
    """Each way of printing a date gives its wall clock and the offset that is printed."""
    found = readings(text)
    assert [(stamp.seconds, stamp.offset) for stamp in found] == [(moment(*parts), offset)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "12",
        "381.07",
        "Value 1",
        "2024-13-05",
        "31/02/2024",
        "1900-01-01",
        "9999-12-31",
        "31/12/69",
        "5 days",
        "25:61",
        "1-364285768",
    ],
)
def test_what_is_no_date_is_none(text):
    """Numbers, words, days that do not exist and stand-ins for no date have no reading."""
    assert readings(text) == []


def test_a_date_with_two_readings_has_both():
    """03/04/2024 is 3 April or 4 March; with a year of two digits in front, also 2003."""
    assert {stamp.order for stamp in readings("03/04/2024")} == {"day first", "month first"}
    assert {stamp.order for stamp in readings("03/04/05")} == {
        "day first",
        "month first",
        "year first",
    }


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/04/2024", "25/04/2024"], "day first"),
        (["03/04/2024", "04/25/2024"], "month first"),
        (["03/04/2024"] * 50, None),
        (["03/03/2024"] * 50, "day first"),
        (["25/03/2024", "03/25/2024"], None),
        (["03.04.2024"] * 5, "day first"),
        (["25/03/2024"] * 999 + ["03/25/2024"], "day first"),
        ([f"{d:02d}/03/24" for d in range(1, 32)], "day first"),
        ([f"24/03/{d:02d}" for d in range(1, 32)], "year first"),
        ([f"01/{m:02d}/{y}" for y in (2022, 2023) for m in range(1, 13)], "day first"),
        ([f"01/{m:02d}/2022" for m in range(1, 13)], None),
    ],
)
def test_the_order_is_settled_by_evidence_or_not_at_all(texts, order):
    """One order that reads all, equal steps, or dots settle it; likelihood does not."""
    assert settled(date_evidence(texts))[0] == order


FORMATS = [
    "%Y-%m-%d %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%m/%d/%y %I:%M %p",
    "%d.%m.%Y",
    "%d/%b/%y %I:%M %p",
    "%Y-%m-%dT%H:%M:%SZ",
]


@given(
    st.lists(
        st.integers(1, 3_124_223_999).map(lambda second: datetime.fromtimestamp(second, UTC)),
        min_size=1,
        max_size=30,
    ),
    st.sampled_from(FORMATS),
)
def test_many_dates_at_once_are_the_same_as_one_by_one(moments, form):
    """The fast path gives what the reading of each single text gives."""
    texts = [made.strftime(form) for made in moments]
    order = "month first" if form.startswith("%m") else "day first"
    wall, utc = read_dates(texts, DateForm(order, fast=fast_shapes(texts, order)))
    stamps = [chosen(text, order) for text in texts]
    assert wall.tolist() == [NONE if stamp is None else stamp.seconds for stamp in stamps]
    assert utc.tolist() == wall.tolist()


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("1234.5", ".", 1234.5),
        ("1,234.5", ".", 1234.5),
        ("1.234,5", ",", 1234.5),
        ("1 234,5", ",", 1234.5),
        ("1\u00a0234,5", ",", 1234.5),
        ("1'234.5", ".", 1234.5),
        ("94.01%", ".", 0.9401),
        ("94,01 %", ",", 0.9401),
        ("-0,5", ",", -0.5),
        ("€ 12.50", ".", 12.5),
        ("1e3", ".", 1000),
        ("1,5e3", ",", 1500),
        ("1,23,4", ".", np.nan),
        ("12,34", ".", np.nan),
        ("1.2.3", ",", np.nan),
        ("n/a", ".", np.nan),
        ("1e999", ".", np.nan),
        ("007", ".", 7),
    ],
)
def test_a_printed_number_is_read(text, mark, value):
    """Decimal marks, grouped thousands and per cent are read; what fits no form is no number."""
    (found,) = read_numbers([text], NumberForm(mark))
    assert found == pytest.approx(value, nan_ok=True)


@given(st.floats(-1e9, 1e9), st.sampled_from([".", ","]), st.booleans())
def test_a_number_survives_being_printed(value, mark, grouped):
    """A number with two decimals, in either style, is read as it was."""
    text = f"{value:,.2f}" if grouped else f"{value:.2f}"
    if mark == ",":
        text = text.translate(str.maketrans(".,", ",."))
    (found,) = read_numbers([text], NumberForm(mark))
    assert found == pytest.approx(float(f"{value:.2f}"), abs=1e-9)


def test_what_a_number_shows_of_its_decimal_mark():
    """1,234 could be either; 1,5 and 0,123 and 1.234,5 show a comma; 12345.678 shows a point."""
    assert evidence(["1,234"]) == {"?": 1}
    assert evidence(["1,5", "0,123", "1.234,5", "1.234.567"]) == {",": 4}
    assert evidence(["12345.678", "0.123", "1,234,567"]) == {".": 3}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0:02:14", 134),
        ("144:00:01", 518_401),
        ("1 day 02:03:04", 93_784),
        ("2 days, 3:04:05", 183_845),
        ("1.02:03:04", 93_784),
        ("2h 30m", 9_000),
        ("1 Day 2 Hours 3 Minutes", 93_780),
        ("2 Std. 5 Min.", 7_500),
        ("3,5 h", 12_600),
        ("PT2H", 7_200),
        ("P1DT2H3M", 93_780),
        ("-0:10:00", -600),
        ("2:14", None),
        ("0:99:00", None),
        ("12", None),
        ("P", None),
        ("soon", None),
    ],
)
def test_a_printed_length_of_time_is_read(text, expected):
    """Clocks, days with clocks, words and ISO 8601 give seconds; 2:14 alone stays open."""
    assert seconds(text, None) == expected


def test_a_clock_of_two_parts_is_what_it_is_said_to_be():
    """2:14 is hours and minutes or minutes and seconds, as the form says."""
    assert read_durations(["2:14"], DurationForm(clock="hours:minutes")).tolist() == [8_040]
    assert read_durations(["2:14"], DurationForm(clock="minutes:seconds")).tolist() == [134]
    assert clock_in_name("AHT (mm:ss)") == "minutes:seconds"
    assert clock_in_name("Duración (hh:mm)") == "hours:minutes"


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("resolve_h", "hours"),
        ("talk_s", "seconds"),
        ("Resolution Time (in Hrs)", "hours"),
        ("First reply time in minutes", "minutes"),
        ("Full resolution time in minutes within business hours", "minutes"),
        ("Lösungszeit (Std.)", "hours"),
        ("Dauer in Stunden", "hours"),
        ("Bearbeitungszeit [min]", "minutes"),
        ("Age days", "days"),
        ("Time Spent", None),
        ("service_level_20s", None),
        ("s", None),
    ],
)
def test_a_name_says_its_unit_or_not(name, unit):
    """The unit of time that stands in brackets, after "in", or at the end of a name."""
    found = unit_in_name(name)
    assert (found[0] if found else None) == unit


def test_marks_of_what_is_missing():
    """Empty fields and marks of several tools and languages are missing; nought and no are not."""
    assert all(
        map(is_missing, ["", "n/a", "NULL", "-", "—", r"\N", "#N/A", "k.A.", "?", "NaN", "(leer)"])
    )
    assert not any(map(is_missing, ["0", "no", "false", "none of them"]))


def test_the_words_of_a_name():
    """Case, accents, underscores and camels make no difference to a name."""
    assert words("firstResolvedAt") == words("First_Resolved-AT") == ("first", "resolved", "at")
    assert words("Wiedereröffnet am") == ("wiedereroffnet", "am")
    assert words("SL %") == ("sl", "percent")
