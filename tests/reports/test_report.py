"""Reports of both example scenarios, as they come out of the whole machinery."""

import hashlib
import json
import re

import pytest

import scenarios as sc
from scenarios.resources import resource

pytestmark = pytest.mark.slow
PATHS = 2048
EXAMPLES = ("support-desk", "software-team")
each_example = pytest.mark.parametrize("example", EXAMPLES)


@pytest.fixture(scope="module")
def seen(reports, look) -> dict:
    assert {name: made.problem for name, made in reports.items()} == dict.fromkeys(reports)
    return {name: look(made.page.read_text("utf-8")) for name, made in reports.items()}


@pytest.fixture(scope="module")
def runs() -> dict[str, sc.Run]:
    files = {name: resource("scenarios", f"{name}.yaml") for name in EXAMPLES}
    return {name: sc.simulate(sc.load(file), paths=PATHS, seed=1) for name, file in files.items()}


def numbers(text: str) -> list[float]:
    """The numbers of a text as a reader reads them: separators, minus signs, per cent as shares."""
    found = re.findall("(\u2212?\\d[\\d,]*(?:\\.\\d+)?)(\u00a0%)?", text)
    plain = [(one.replace(",", "").replace("\u2212", "-"), percent) for one, percent in found]
    return [float(one) / (100 if percent else 1) for one, percent in plain]


def rows_of_first_table(page) -> dict[str, list[list[float]]]:
    """The first table's numbers by deal and column: large first, then the small ones."""
    return {row[0]: [numbers(cell) for cell in row[1:]] for row in page.tables[0][1:]}


def near(shown, expected):
    """Shown to three figures."""
    return shown == pytest.approx(expected, rel=5.1e-3, abs=0.5)


def test_the_first_table_says_who_keeps_it_in_the_engine_s_numbers(seen, runs):
    """Large: uncertainty off, to the unit; small: P50, P10 and P90, to three figures."""
    table = runs["support-desk"].who_keeps_it()
    shown = rows_of_first_table(seen["support-desk"])
    assert list(shown) == list(table.index)
    measures = ("buyer pays", "buyer keeps", "provider keeps", "provider contribution")
    for deal, cells in shown.items():
        for measure, cell in zip(measures, cells[:4], strict=True):
            row = table.loc[deal, measure]
            assert cell[0] == pytest.approx(row["uncertainty off"], abs=0.5)
            assert near(cell[1], row["P50"])
            if row["P10"] != row["P90"]:
                assert near(cell[2], row["P10"])
                assert near(cell[3], row["P90"])
        gain = table.loc[deal, ("provider gain", "uncertainty off")]
        assert cells[4][0] == pytest.approx(gain, abs=0.5)


def test_the_first_table_says_per_unit_where_nothing_is_automated(seen, runs):
    """Large: uncertainty off; small: P50, P10 and P90; and the chance of a provider loss."""
    table = runs["software-team"].per_unit()
    shown = rows_of_first_table(seen["software-team"])
    assert list(shown) == list(table.index)
    for deal, cells in shown.items():
        for measure, cell in zip(("buyer all-in", "provider contribution"), cells[:2], strict=True):
            row = table.loc[deal, measure]
            assert cell[0] == pytest.approx(row["uncertainty off"], abs=0.5)
            assert near(cell[1], row["P50"])
        loss = (runs["software-team"].total(deal, "contribution") < 0).mean()
        assert cells[2][0] == pytest.approx(loss, abs=0.01)


def test_the_answer_of_the_published_case_names_its_numbers(reports):
    """One sentence: the saving, the buyer's part, and what automating is worth to the provider."""
    answer = reports["support-desk"].summary
    assert "automating earns the provider 130,7" in answer
    assert "automating costs the provider 170,6" in answer
    assert "13,960 of the 17,000 USD a month" in answer
    assert "Hourly leaves the buyer all 17,000" in answer
    assert answer.count(". ") == 0
    assert answer.endswith(".")


@each_example
def test_the_summary_shows_the_engine_s_p50(example, seen, runs):
    """Both parties' P50 of every deal stand on the page."""
    table = runs[example].summary()
    header = "chance of going over budget"
    (shown,) = (one for one in seen[example].tables if one[0][-1] == header)
    for row in shown[1:]:
        for cell, name in zip(
            row[1:], ("buyer's all-in cost", "provider's contribution"), strict=False
        ):
            assert near(numbers(cell)[0], table.loc[row[0], (name, "P50")])


def test_each_measure_of_a_reason_has_its_own_name(seen):
    """Over the term on the first screen; at the margin below, with why the signs differ."""
    first, second = seen["support-desk"].tables[:2]
    assert first[0][-1] == "provider's gain from automating"
    assert "at the margin: provider's part of a month sooner" in second[0]
    assert [row[-1].split(" | ")[1] for row in first[1:]] == [row[1] for row in second[1:]]
    assert "the one-off is spent either way" in seen["support-desk"].text


def test_a_backlog_says_when_it_is_finished_and_who_pays(seen, runs):
    """The months stand on the first screen; lumpy months are not drawn as risk."""
    row = runs["software-team"].schedule().iloc[0]
    page = seen["software-team"]
    months = f"finishes after {row['mean']:.1f} months on average (P10 {row['P10']:.0f}, P90"
    assert months in page.text
    assert "Each further month: under Hourly the buyer pays it" in page.text
    assert page.text.index(months) < page.text.index("What each party ends up with")
    assert "Month by month" not in page.text
    assert "Month by month" in seen["support-desk"].text


def test_a_year_without_approved_money_has_no_chance_to_go_over(seen):
    """A dash stands where nothing was approved."""
    budgets = [one for one in seen["software-team"].tables if one[-1][0] == "chance over"]
    assert len(budgets) == 3
    for shown in budgets:
        approved, over = shown[-2][1:], shown[-1][1:]
        for limit, chance in zip(approved, over, strict=True):
            assert (chance == "\u2013") == (limit in {"0", "\u2013"})


def test_a_clause_struck_out_has_a_sign_and_costs_are_no_clauses(seen, runs):
    """What the buyer pays without a clause is the change of its bill, in pricing's order."""
    page = seen["support-desk"]
    (shown,) = (one for one in page.tables if one[0][-1] == "without it the buyer pays")
    assert {row[1] for row in shown[1:]} == {
        "AI pass-through",
        "committed productivity",
        "gain share",
    }
    for deal, clause, _, change in shown[1:]:
        removed = runs["support-desk"].waterfall(deal, if_removed=True)["if removed"][clause]
        assert change[0] in "+\u2212"
        assert near(numbers(change)[0], -removed)
    (lines,) = (one for one in page.tables if one[0][0] == "line")
    order = [row[0] for row in lines[1:]]
    assert order[:3] == ["fixed fee", "variable fee", "credits"]
    assert order[-2:] == ["one-off investment", "total"]
    assert "The picture shows Hybrid, the deal with the most clauses that move the fee" in page.text


def test_a_deal_that_ends_early_has_dashes_and_is_named(tmp_path, make, look):
    """A contract shorter than automation takes is told to be so, and keeps nothing."""
    text = resource("scenarios", "support-desk.yaml").read_text("utf-8")
    file = tmp_path / "short.yaml"
    for old, new in {
        "  Outcome:\n": "  Outcome:\n    months: 12\n",
        "\nreference:": "\nafter_the_end: none\n\nreference:",
    }.items():
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    made = make(file, tmp_path / "out")
    assert made.problem is None
    assert made.summary.endswith("; Outcome ends before automation is mature.")
    page = look(made.page.read_text("utf-8"))
    (row,) = (row for row in page.tables[0] if row[0] == "Outcome")
    assert row[1:5] == ["\u2013"] * 4
    assert "Outcome ends before automation is mature" in page.pictures[0]["alt"]


@each_example
def test_a_page_is_marked_private(example, reports):
    """The provider's margin is estimated on it: title, top of the page and manifest say so."""
    page = reports[example].page.read_text("utf-8")
    assert "<title>PRIVATE - S" in page
    assert page.index("PRIVATE: shows an estimate of the provider") < page.index("<h1>")
    told = json.loads((reports[example].folder / "manifest.json").read_text("utf-8"))
    assert told["private"] is True


@each_example
def test_every_picture_is_there_and_told(example, seen):
    """Three pictures or more, each with words that say more than a label."""
    pictures = seen[example].pictures
    assert len(pictures) == {"support-desk": 6, "software-team": 3}[example]
    for picture in pictures:
        assert picture["src"].startswith("data:image/png;base64,")
        assert len(picture["alt"]) > 60


@each_example
def test_a_page_loads_nothing_and_runs_nothing(example, seen):
    """No address to load from, no script, no handler, no code of the notebook."""
    page = seen[example]
    assert not {"script", "link", "iframe", "a", "form"} & set(page.tags)
    leads_out = [
        (tag, name)
        for tag, name, value in page.attributes
        if name.startswith("on") or re.search(r"https?:|url\(", value)
    ]
    assert leads_out == []
    assert "show(" not in page.text


@each_example
def test_nothing_of_this_machine_is_in_what_is_delivered(example, reports):
    """No folder of the machine that made it stands in any file of a report."""
    made = reports[example]
    for file in made.folder.iterdir():
        content = file.read_text("utf-8")
        for place in (made.folder.parent, resource("scenarios")):
            assert str(place) not in content, file.name


@each_example
def test_the_manifest_s_hashes_fit(example, reports):
    """The manifest names every other file with its hash, and what it was computed from."""
    folder = reports[example].folder
    told = json.loads((folder / "manifest.json").read_text("utf-8"))
    files = {file.name: file.read_bytes() for file in folder.iterdir() if file.suffix != ".json"}
    assert told["outputs"] == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }
    scenario = sc.load(resource("scenarios", f"{example}.yaml"))
    assert told["scenario"]["digest"] == scenario.digest()
    assert told["scenario"]["file"] == f"{example}.yaml"
    assert (told["paths"], told["seed"]) == (PATHS, 1)
    assert sc.load(folder / "scenario.yaml").digest() == scenario.digest()


@each_example
def test_the_register_of_assumptions_is_last_and_whole(example, seen, runs):
    """Every number of the scenario stands in the last tables, sorted by effect."""
    table = sc.assumptions(runs[example].scenario)
    moving, resting = seen[example].tables[-2:]
    listed = [row[0] for row in [*moving[1:], *resting[1:]]]
    assert sorted(listed) == sorted(table.index)
    effects = [numbers(row[3])[0] for row in moving[1:]]
    assert effects == sorted(effects, reverse=True)


def test_two_runs_give_the_same_page(reports, make, tmp_path):
    """The same file, seed and versions: the same bytes, wherever they are written."""
    again = make(resource("scenarios", "software-team.yaml"), tmp_path / "elsewhere")
    assert again.page.read_bytes() == reports["software-team"].page.read_bytes()


def test_nothing_is_left_beside_the_reports(reports):
    """Run folders are gone when a run is over."""
    output = reports["support-desk"].folder.parent
    assert {file.name for file in output.iterdir()} == set(EXAMPLES)
