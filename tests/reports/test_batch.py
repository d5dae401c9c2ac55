"""Batches: what fails is told, what was good stays, and nothing is written elsewhere."""

import json
import os
import shutil
from pathlib import Path

import pytest

from scenarios.errors import ScenarioError
from scenarios.reports.batch import report
from scenarios.reports.folders import folders, slug
from scenarios.resources import resource

pytestmark = pytest.mark.slow
SAY = "from scenarios.reports.show import end, show"
GOOD = (SAY, "show(['<p class=\"answer\">So it is.</p>'])", "end()")


@pytest.fixture
def scenario(tmp_path) -> Path:
    return Path(shutil.copy(resource("scenarios", "software-team.yaml"), tmp_path / "team.yaml"))


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ((SAY, "x = 1\n1 / 0", "end()"), "cell 3 (x = 1) failed: ZeroDivisionError"),
        ((SAY, "import sys\nsys.exit(0)", "end()"), "cell of the notebook stopped"),
        ((SAY, "show(['<p>no end</p>'])"), "did not get to its end"),
        ((SAY, "show(['<img src=x>'])\nimport os\nos._exit(1)", "end()"), "the kernel died"),
    ],
    ids=["error", "exit", "no sentinel", "dead kernel"],
)
def test_a_failing_notebook_leaves_the_earlier_report(
    scenario, template, make, tmp_path, cells, told
):
    """The error says which cell and why; every byte of the earlier report stays."""
    output = tmp_path / "out"
    good = make(scenario, output, template=template(*GOOD))
    assert good.problem is None
    before = contents(good.folder)
    failed = make(scenario, output, template=template(*cells))
    assert told in failed.problem
    assert failed.page is None
    assert str(tmp_path) not in failed.problem
    assert contents(good.folder) == before
    assert [file.name for file in output.iterdir()] == ["team"]


def test_a_run_has_a_time_limit(scenario, template, make, tmp_path):
    """A notebook that goes on and on is stopped and told."""
    endless = template("import time\ntime.sleep(60)")
    failed = make(scenario, tmp_path / "out", template=endless, seconds=3)
    assert "not done after 3 seconds" in failed.problem


def test_a_picture_without_words_makes_no_page(scenario, template, make, tmp_path):
    """A page is refused when a picture has no alt text."""
    bare = "from IPython.display import display\ndisplay({'image/png': 'AAAA'}, raw=True)"
    cells = (SAY, bare, "end()")
    failed = make(scenario, tmp_path / "out", template=template(*cells))
    assert "no alt text" in failed.problem


def test_a_notebook_cannot_bring_script_or_links_onto_a_page(
    scenario, template, make, look, tmp_path
):
    """Whatever a cell displays is sanitized: text stays, what could run or load does not."""
    hostile = (
        'show([\'<p onclick="x()">a</p><script>alert(1)</script><a href="https://x.test">b</a>\''
        "'<img src=\"https://x.test/i.png\"><svg onload=alert(1)></svg>'])"
    )
    made = make(scenario, tmp_path / "out", template=template(SAY, hostile, "end()"))
    page = look(made.page.read_text("utf-8"))
    assert not {"script", "a", "img", "svg"} & set(page.tags)
    assert "alert(1)" in page.text


def test_a_bad_file_does_not_stop_the_others(scenario, template, tmp_path, look):
    """The index lists good and bad ones; a bad one says where its mistake is."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("name: Bad\nmonth: 3\n", "utf-8")
    files = [bad, tmp_path / "missing.yaml", scenario]
    told = []
    results = report(
        files,
        paths=64,
        output=tmp_path / "out",
        template=template(*GOOD),
        progress=lambda file, done, total: told.append((file.name, done, total)),
    )
    assert [result.problem is None for result in results] == [False, False, True]
    assert "bad.yaml:2:1 month: unknown key" in results[0].problem
    assert str(tmp_path) not in results[0].problem
    assert f"{bad}:2:1 month: unknown key" in str(results[0].bad)
    assert [result.scenario is None for result in results] == [True, True, False]
    assert results[2].bad is None
    assert "no such file" in results[1].problem
    assert [result.summary for result in results] == ["", "", "So it is."]
    assert {name for name, _, _ in told} == {"team.yaml"}
    assert told[-1][1:] == (4, 4)
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "So it is." in page
    assert "No new report" in page
    assert "PRIVATE: shows an estimate" in page
    assert "<title>PRIVATE - Reports</title>" in page
    links = [value for tag, name, value in look(page).attributes if (tag, name) == ("a", "href")]
    assert links == ["team/index.html"]
    assert (tmp_path / "out" / links[0]).is_file()


def test_a_backend_chosen_outside_changes_nothing(scenario, template, make, tmp_path, monkeypatch):
    """MPLBACKEND neither reaches the kernel nor is lost to the caller."""
    monkeypatch.setenv("MPLBACKEND", "no-such-backend")
    tells = "import os\nshow([f\"<p>backend {os.environ.get('MPLBACKEND', 'none')}</p>\"])"
    made = make(scenario, tmp_path / "out", template=template(SAY, tells, "end()"))
    assert "no-such-backend" not in made.page.read_text("utf-8")
    assert os.environ["MPLBACKEND"] == "no-such-backend"


def test_two_files_of_one_name_get_folders_of_their_own(tmp_path):
    """A clash is told apart by a short hash, whatever the order of the files."""
    a, b, c = (Path(name) for name in ("x/desk.yaml", "y/Desk.yml", "z/other.yaml"))
    first, second, third = folders([a, b, c], tmp_path)
    assert first.name != second.name
    assert first.name.startswith("desk-")
    assert second.name.startswith("desk-")
    assert third.name == "other"
    assert folders([b, a], tmp_path) == [second, first]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("support-desk", "support-desk"),
        ("..", "scenario"),
        ("../../etc", "etc"),
        ("{path}", "path"),
        ("B\u00fcro 2026", "buro-2026"),
        ("\u6771\u4eac", "scenario"),
        ("a" * 300, "a" * 60),
    ],
)
def test_a_folder_is_called_by_a_slug(name, expected):
    """Letters, digits and hyphens: never a path, never empty, never too long."""
    assert slug(name) == expected


def test_a_link_planted_in_the_output_is_not_followed(tmp_path):
    """A folder that leads out of the output is refused."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "desk").symlink_to(tmp_path)
    with pytest.raises(ScenarioError, match="outside out"):
        folders([Path("desk.yaml")], tmp_path / "out")


def test_hostile_names_are_text_on_the_page(make, look, tmp_path):
    """Names with markup in a scenario and its deals are shown and never run."""
    text = resource("scenarios", "software-team.yaml").read_text("utf-8")
    for old, new in {
        "name: Software team": 'name: "<script>alert(1)</script>"',
        "question: Who": 'question: "<img src=x onerror=alert(2)> {{ 7 * 7 }} Who',
        "estimated?\n": 'estimated?"\n',
        "  Hybrid:": '  "<img src=x onerror=alert(3)>":',
        "deals.Hybrid.": '"deals.<img src=x onerror=alert(3)>.',
        "hybrid.per_unit, low": 'hybrid.per_unit", low',
        "Buyer,": '"</style><script>alert(4)</script>",',
    }.items():
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "hostile.yaml"
    file.write_text(text, "utf-8")
    made = make(file, tmp_path / "out")
    assert made.problem is None
    page = look(made.page.read_text("utf-8"))
    assert "script" not in page.tags
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert "<script>alert(1)</script>" in page.text
    assert "<img src=x onerror=alert(3)>" in page.text
    assert "{{ 7 * 7 }}" in page.text
    manifest = json.loads((made.folder / "manifest.json").read_text("utf-8"))
    assert manifest["scenario"]["name"] == "<script>alert(1)</script>"
