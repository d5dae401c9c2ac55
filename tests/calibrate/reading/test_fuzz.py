"""Whatever bytes a file has, the answer is a log whose rows add up, or the package's error."""

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.calibrate.reading.exports import TODAY, made_cases, printed

from scenarios.calibrate.reading import Log, read_log
from scenarios.errors import ScenarioError

CASES = made_cases(end="2022-03-31", a_day=3)
EXPORT = (
    CASES.assign(
        opened=printed(CASES["opened"], "%d/%m/%Y %H:%M"),
        resolved=printed(CASES["resolved"], "%d/%m/%Y %H:%M"),
        id=range(len(CASES)),
    )[["id", "opened", "resolved", "reopened", "hours", "score"]]
    .to_csv(index=False)
    .encode()
)
DAYS = b"day;calls;answered;rate;wait\n" + b"".join(
    f"{n};{100 + n};{90 + n};{(90 + n) / (100 + n):.1%};0:00:{n % 60:02d}\n".encode()
    for n in range(1, 90)
)
PIECES = [
    b",",
    b";",
    b'"',
    b"\n",
    b"\r",
    b"\0",
    b"\xff",
    b"-",
    b"0",
    b"99999999",
    b"\t|\t",
    b"\xef\xbb\xbf",
    b"=1+1",
    b"1e999",
    b"nan",
    b"%",
    b"/",
    b":",
]


def outcome(content: bytes, **choices: object) -> Log | None:
    """The log, or None where the file is refused as it should be."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        path.write_bytes(content)
        try:
            return read_log(path, today=TODAY, **choices)
        except ScenarioError:
            return None


def rows_add_up(log: Log) -> bool:
    """Every row is counted in a period or left out for a reason, where a row is a case."""
    return log.rows == log.periods["units"].sum() + sum(log.left_out.values())


@given(
    st.lists(
        st.tuples(st.integers(0, 10**6), st.sampled_from(PIECES), st.integers(0, 30)), max_size=6
    ),
    st.sampled_from([EXPORT, DAYS]),
)
def test_a_damaged_export_is_read_or_refused(damage, content):
    """Pieces put in and cut out anywhere raise nothing but the package's error."""
    for place, piece, cut in damage:
        at = place % (len(content) + 1)
        content = content[:at] + piece + content[at + cut :]
    log = outcome(content)
    if (
        log is not None
        and "kpi.rate" not in log.periods
        and "opened" in content.decode(errors="replace")
    ):
        assert rows_add_up(log)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    """Bytes that were never a table raise nothing but the package's error."""
    outcome(content)


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "n/a",
            "2024-01-05",
            "03/04/2024",
            "1,234",
            "12:30",
            "yes",
            "-5",
            "1e308",
            "0:02:14",
            "94,1 %",
        ]
    ),
    st.text(max_size=8),
)


@given(
    st.lists(
        st.sampled_from(
            ["opened", "closed", "id", "calls", "date", "rate", "reopened", "csat", "x", "sla"]
        ),
        min_size=1,
        max_size=6,
    ),
    st.data(),
)
def test_any_table_is_read_or_refused(names, data):
    """Any values under any names raise nothing but the package's error."""
    row = st.lists(CELLS, min_size=len(names), max_size=len(names))
    rows = data.draw(st.lists(row, max_size=12))
    lines = [
        ";".join(f'"{cell.replace(chr(34), "")}"' for cell in cells) for cells in [names, *rows]
    ]
    outcome("\n".join(lines).encode(errors="replace"))
