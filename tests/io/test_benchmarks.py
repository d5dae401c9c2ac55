"""Market figures: the shipped files keep their rules, and a position is said in words."""

import gzip
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import resources
from scenarios.errors import ScenarioError
from scenarios.io.benchmark_file import COLUMNS, KINDS, read_benchmarks
from scenarios.io.benchmarks import benchmarks, place, position
from scenarios.resources import resource

TOPICS = sorted(path.stem for path in resource("benchmarks").glob("*.csv"))
GOOD = "a_key,what it is,1,2,3,USD,2026,NA,NA,claim,title,\n"


def write(folder: Path, *lines: str, header: str = ",".join(COLUMNS) + "\n") -> Path:
    path = folder / "figures.csv"
    path.write_text(header + "".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("topic", TOPICS)
def test_every_shipped_topic_keeps_the_rules(topic):
    """Each topic has unique keys, allowed kinds, a unit, a speaker and a source, low <= high."""
    table = benchmarks(topic)
    assert len(table) >= 2
    assert tuple(table.columns) == COLUMNS
    assert table["key"].is_unique
    assert set(table["kind"]) <= set(KINDS)
    for name in ("figure", "unit", "period", "region", "who", "source"):
        assert (table[name].str.strip() != "").all(), name
    assert not (table["low"] > table["high"]).any()
    assert not (table["low"] > table["mid"]).any()
    assert not (table["mid"] > table["high"]).any()


def test_a_speaker_has_a_year():
    """Whoever said a figure is named with a year, or the figure is called undated."""
    table = benchmarks()
    dated = table["who"].str.contains(r"\b(?:19|20)\d\d\b|undated", regex=True)
    assert table.loc[~dated, ["topic", "key", "who"]].to_numpy().tolist() == []


def test_time_and_throughput_are_never_mixed():
    """An effect of AI on work is a change of task time or of throughput, and says which."""
    assert set(benchmarks("ai_productivity")["unit"]) == {"% task time", "% throughput"}


def test_a_midpoint_is_in_the_middle():
    """A mid that its note calls the midpoint lies halfway from low to high."""
    table = benchmarks()
    stated = table[table["note"].str.contains("mid is the midpoint")]
    assert len(stated) > 10
    np.testing.assert_allclose(stated["mid"], (stated["low"] + stated["high"]) / 2)


@pytest.mark.parametrize("key", ["peng_copilot", "metr_experienced"])
def test_task_time_converts_to_throughput(key):
    """A task-time effect t is a throughput effect of 1 / (1 + t) - 1, bound by bound."""
    table = benchmarks("ai_productivity").set_index("key")
    time = table.loc[key, ["high", "mid", "low"]].to_numpy(float) / 100
    throughput = table.loc[f"{key}_throughput", ["low", "mid", "high"]].to_numpy(float)
    np.testing.assert_allclose(throughput, 100 * (1 / (1 + time) - 1), atol=0.05)


@pytest.mark.parametrize(
    ("topic", "key", "numbers"),
    [
        ("hourly_rates", "offshore_support", [15, 20, 25]),
        ("cost_structure", "provider_cost", [70]),
        ("prices_per_resolution", "bpo_pay_per_resolution", [3, 6, 9]),
        ("prices_per_resolution", "intercom_fin", [0.99]),
        ("automation", "klarna_chats", [66]),
        ("automation", "spend_before", [55_000]),
        ("automation", "spend_after", [38_000]),
        ("ai_productivity", "metr_experienced_throughput", [-28.1, -16.0, -2.0]),
        ("ai_productivity", "cui_three_experiments", [5.88, 26.08, 46.28]),
        ("effort", "kitchenham_log_sd", [0.355]),
        ("effort", "kitchenham_lognormal", [1.065, 1.576]),
        ("reopening", "italian_help_desk", [3.3]),
        ("reopening", "volvo_incidents", [6.8]),
    ],
)
def test_the_examples_stand_on_shipped_figures(topic, key, numbers):
    """Every number that an example scenario takes from a source has its row."""
    row = benchmarks(topic).set_index("key").loc[key, ["low", "mid", "high"]]
    assert row.dropna().tolist() == numbers


def test_all_topics_come_with_their_name():
    """Without an argument every figure of every topic comes, once."""
    table = benchmarks()
    assert sorted(set(table["topic"])) == TOPICS
    assert not table.duplicated(["topic", "key"]).any()
    assert len(table) == sum(len(benchmarks(topic)) for topic in TOPICS)


def test_an_unknown_topic_names_the_nearest():
    """An unknown topic is refused with the allowed ones and the one most like it."""
    with pytest.raises(ScenarioError, match=r"allowed: .*market.*did you mean 'hourly_rates'"):
        benchmarks("hourly_rate")
    with pytest.raises(ScenarioError, match="unknown topic"):
        benchmarks("../benchmarks/market")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (14.99, "14.99 in 15-25: below"),
        (15, "15.00 in 15-25: lower third"),
        (18.33, "18.33 in 15-25: lower third"),
        (18.34, "18.34 in 15-25: middle third"),
        (21.66, "21.66 in 15-25: middle third"),
        (22.0, "22.00 in 15-25: upper third"),
        (25, "25.00 in 15-25: upper third"),
        (25.01, "25.01 in 15-25: above"),
    ],
)
def test_position_words_at_the_edges(value, words):
    """Both ends belong to the range, and each third has its word."""
    assert position(value, 15, 25) == words


def test_position_at_the_boundary_of_thirds():
    """A value on the boundary between two thirds belongs to the upper one."""
    assert position(1, 0, 3) == "1.00 in 0-3: middle third"
    assert position(2, 0, 3) == "2.00 in 0-3: upper third"


def test_position_is_written_plainly():
    """No exponent, no trailing zeros in a range, "to" where a minus sign would be misread."""
    assert position(1_500_000, 1e6, 2e7) == "1,500,000.00 in 1,000,000-20,000,000: lower third"
    assert position(-30, -89, -21) == "-30.00 in -89 to -21: upper third"
    assert position(0.355, 0.3, 0.4) == "0.355 in 0.3-0.4: middle third"
    assert position(0.99, 0.99, 0.99) == "0.99 in 0.99: equal"


@pytest.mark.parametrize("numbers", [(math.nan, 1, 2), (1, 2, 1), (1, 0, math.inf)])
def test_position_refuses_what_is_not_a_range(numbers):
    """A range runs from low to high, and every number is finite."""
    with pytest.raises(ScenarioError, match="finite numbers"):
        position(*numbers)


@given(st.floats(-1e6, 1e6), st.floats(0.01, 1e6), st.floats(0, 1), st.floats(0, 1))
def test_a_larger_value_is_never_placed_lower(low, width, first, second):
    """The words rise with the value."""
    order = ["below", "lower third", "middle third", "upper third", "above"]
    values = sorted(low + width * (3 * share - 1) for share in (first, second))
    ranks = [order.index(position(v, low, low + width).rpartition(": ")[2]) for v in values]
    assert ranks == sorted(ranks)


def test_place_says_unit_and_speaker():
    """A place names the range, its unit and who said it; one bound alone is the whole range."""
    assert place("prices_per_resolution", "intercom_fin", 1.2).startswith(
        "1.20 in 0.99: above (USD"
    )
    told = place("hourly_rates", "offshore_support", 22.0)
    assert told == (
        "22.00 in 15-25: upper third (USD per hour; example scenarios of this package, 2026)"
    )
    assert place("committed_savings", "deals_committed_2023", 79).startswith("79.00 in 80: below")
    with pytest.raises(ScenarioError, match="did you mean 'volvo_incidents'"):
        place("reopening", "volvo_incident", 4)


def test_a_good_line_is_read_as_written(tmp_path):
    """The text NA stays text, an empty number is NaN, and an empty note is empty text."""
    row = read_benchmarks(write(tmp_path, GOOD.replace(",1,2,3,", ",,2,,"))).iloc[0]
    assert (row["region"], row["who"], row["note"]) == ("NA", "NA", "")
    assert math.isnan(row["low"])
    assert row["mid"] == 2.0


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (GOOD.replace("what it is", "what, it is"), "wrong number of fields"),
        ("\n", "wrong number of fields"),
        (GOOD.replace(",1,2,3,", ",1e3,2,3,"), "low must be a plain number"),
        (GOOD.replace(",1,2,3,", ",nan,2,3,"), "low must be a plain number"),
        (GOOD.replace(",1,2,3,", ", 1,2,3,"), "low must be a plain number"),
        (GOOD.replace(",1,2,3,", ',"0,5",2,3,'), "low must be a plain number"),
        (GOOD.replace(",1,2,3,", ",1,2,94.01%,"), "high must be a plain number"),
        (GOOD.replace(",1,2,3,", ",4,2,3,"), "rising order"),
        (GOOD.replace(",1,2,3,", f",1,2,{'9' * 400},"), "finite"),
        (GOOD.replace(",1,2,3,", ",,,,"), "needs a number"),
        (GOOD.replace("a_key", "A key"), "snake_case"),
        (GOOD.replace("claim", "claims"), "did you mean 'claim'"),
        (GOOD.replace(",title,", ",,"), "source is empty"),
        (GOOD.replace("NA,claim", " ,claim"), "who is empty"),
        (GOOD.replace("a_key", "first"), "key already used in line 2"),
    ],
)
def test_a_bad_line_is_refused_with_its_place(tmp_path, line, told):
    """Whatever is wrong in a line is said with the file's name and the line's number."""
    with pytest.raises(ScenarioError, match=told) as caught:
        read_benchmarks(write(tmp_path, GOOD.replace("a_key", "first"), line))
    assert "figures.csv:3" in str(caught.value)


def test_all_bad_lines_are_told_at_once(tmp_path):
    """One reading tells every problem of a file."""
    lines = [GOOD.replace("claim", "rumour"), GOOD.replace("a_key", "b").replace(",3,", ",x,")]
    with pytest.raises(ScenarioError) as caught:
        read_benchmarks(write(tmp_path, *lines))
    assert [problem.line for problem in caught.value.problems] == [2, 3]


@pytest.mark.parametrize("header", ["key,figure\n", "", ",".join(reversed(COLUMNS)) + "\n"])
def test_the_columns_are_the_declared_ones(tmp_path, header):
    """Missing, extra or reordered columns are refused."""
    with pytest.raises(ScenarioError, match=r"figures.csv:1: the columns must be"):
        read_benchmarks(write(tmp_path, header=header))


def test_a_file_that_is_not_csv_text_is_refused(tmp_path):
    """Bytes that are not UTF-8, an open quote and a missing file end as the package's error."""
    path = write(tmp_path, '"open')
    with pytest.raises(ScenarioError, match="cannot be read as CSV"):
        read_benchmarks(path)
    path.write_bytes(gzip.compress(b"text"))
    with pytest.raises(ScenarioError, match="cannot be read as CSV"):
        read_benchmarks(path)
    with pytest.raises(ScenarioError, match="cannot be read as CSV"):
        read_benchmarks(tmp_path / "absent.csv")


def test_a_resource_that_is_missing_says_where_it_was_looked_for():
    """The error of a missing resource names the places; a path cannot lead out of them."""
    with pytest.raises(ScenarioError, match=r"looked for .*benchmarks.* and .*benchmarks"):
        resource("benchmarks", "no_such_topic.csv")
    with pytest.raises(ScenarioError, match="did you mean 'benchmarks'"):
        resource("benchmark")
    with pytest.raises(ScenarioError, match="begin with one of"):
        resource()
    for part in ("..", "", "a/b", "a\\b"):
        with pytest.raises(ScenarioError, match="one plain name"):
            resource("benchmarks", part)


@pytest.mark.parametrize("kind", ["benchmarks", "scenarios", "notebooks"])
def test_an_installed_package_carries_its_resources_below_itself(tmp_path, monkeypatch, kind):
    """In an installed package every kind of resource stands in its data folder, found first."""
    below = tmp_path / "data" / kind
    below.mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    assert resource(kind) == below
