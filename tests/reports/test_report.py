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
        incentive = table.loc[deal, ("incentive", "uncertainty off")]
        assert cells[4][0] == pytest.approx(incentive, abs=0.005)


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
    """One sentence with the saving, the buyer's part, and the deal that dulls the incentive."""
    answer = reports["support-desk"].summary
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


@each_example
def test_every_picture_is_there_and_told(example, seen):
    """At least five pictures, each with words that say more than a label."""
    pictures = seen[example].pictures
    assert len(pictures) >= 4 + (example == "support-desk")
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
