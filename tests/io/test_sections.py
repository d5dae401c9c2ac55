from hypothesis import given
from hypothesis import strategies as st

from scenarios.io.document import read_document
from scenarios.io.load import sources
from scenarios.io.sections import sections_text

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" "),
    min_size=1,
    max_size=12,
).filter(lambda text: text == text.strip())
NUMBERS = st.integers(-(10**9), 10**9) | st.floats(-1e12, 1e12).map(lambda x: x + 0.0)
LEAVES = (
    NUMBERS
    | WORDS
    | st.lists(NUMBERS, min_size=1, max_size=12)
    | st.fixed_dictionaries({"p10": NUMBERS, "p90": NUMBERS, "shape": st.just("lognormal")})
)
SECTIONS = st.dictionaries(
    WORDS, st.dictionaries(WORDS, LEAVES, min_size=1), min_size=1, max_size=4
)


def test_a_section_as_a_person_would_write_it():
    """Blocks by indent, ranges and lists on one line, large numbers grouped, comments in a line."""
    sections = {
        "demand": {"volume": {"unit": "ticket", "per_month": {"p10": 9000.0, "p90": 12500.0}}},
        "correlations": [{"between": ["a", "b"], "value": -0.5}],
    }
    notes = {"demand.volume.per_month": "log.csv", "correlations.1": "n = 40"}
    assert sections_text(sections, notes, heading="From a log").splitlines() == [
        "# From a log",
        "",
        "demand:",
        "  volume:",
        "    unit: ticket",
        "    per_month: {p10: 9000, p90: 12_500}  # log.csv",
        "",
        "correlations:",
        "  - {between: [a, b], value: -0.5}  # n = 40",
    ]


def test_a_long_list_takes_several_lines():
    """Twelve factors and their comment stay within a screen; the comment is still the list's."""
    factors = [1.123] * 12
    text = sections_text(
        {"demand": {"seasonality": factors}}, {"demand.seasonality": "60 months"}, heading="x"
    )
    assert text.splitlines()[3:] == [
        "  seasonality: [1.123, 1.123, 1.123, 1.123,",
        "                1.123, 1.123, 1.123, 1.123,",
        "                1.123, 1.123, 1.123, 1.123]  # 60 months",
    ]
    document = read_document(text)
    assert document.data == {"demand": {"seasonality": factors}}
    assert sources(document)["demand.seasonality"] == "60 months"


def test_comments_of_short_lines_stand_in_one_column():
    """A long line does not push the comments of all others to the right."""
    sections = {
        "kpis": {
            "sd": 1,
            "autocorrelation": 0.25,
            "level": {"p10": 123456, "p90": 234567, "shape": "lognormal"},
        }
    }
    notes = {f"kpis.{name}": "n" for name in ("sd", "autocorrelation", "level")}
    text = sections_text(sections, notes, heading="x")
    assert [line.index("#") for line in text.splitlines()[3:]] == [25, 25, 57]


@given(SECTIONS)
def test_what_is_written_is_read_again(sections):
    """Any names, numbers, ranges and lists come back the same from the strict reader."""
    assert read_document(sections_text(sections, {}, heading="x")).data == sections


@given(st.text(max_size=60))
def test_no_source_breaks_the_file(told):
    """A comment stays a comment: no line break, no hidden character ends it."""
    text = sections_text({"months": {"x": 5}}, {"months.x": told}, heading=told)
    document = read_document(text)
    assert document.data == {"months": {"x": 5}}
    assert set(sources(document)) <= {"months.x"}
