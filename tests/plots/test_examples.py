"""The pictures of the two example scenarios, from the tables that a run gives."""

import nbformat
import pytest
from nbclient import NotebookClient

import scenarios as sc
from scenarios import plots, resources
from scenarios.plots import picture

pytestmark = pytest.mark.slow  # every layout is measured: seconds, not milliseconds


@pytest.fixture(scope="module", params=["support-desk", "software-team", "online-shop"])
def run(request):
    """A small run of an example."""
    scenario = sc.load(resources.resource("scenarios", f"{request.param}.yaml"))
    return sc.simulate(scenario, paths=64, seed=7)


def tables(run):
    """Each picture's module, with what it takes from a run."""
    names, scenario = run.names, run.scenario
    yield (
        plots.monthly,
        {n: (run.monthly("all_in", n), run.monthly("contribution", n)) for n in names},
    )
    yield (
        plots.distribution,
        {n: (run.total(n, "all_in"), run.total(n, "contribution")) for n in names},
    )
    yield plots.attainment, run.attainment()
    yield plots.per_unit, run.per_unit()
    for name in names:
        yield plots.waterfall, run.waterfall(name)
    if scenario.automation is not None:
        yield plots.who_keeps_it, run.who_keeps_it()
        yield plots.break_even, sc.break_even(scenario)


def test_every_picture_takes_what_a_run_gives(run, words):
    """Each picture draws the run's own table, under its finding, with every word inside."""
    for module, table in tables(run):
        figure = picture.figure(module, table)
        shown = words(figure)
        assert module.finding(table) in [" ".join(text.split()) for text, _ in shown]
        assert all(box.x0 >= -1 and box.x1 <= figure.bbox.width + 1 for _, box in shown)


def test_the_published_case_is_told_with_its_numbers():
    """The title of the support desk's first picture says who keeps the 17,000, and why not more."""
    desk = sc.load(resources.resource("scenarios", "support-desk.yaml"))
    run = sc.simulate(desk, paths=64)
    assert plots.who_keeps_it.finding(run.who_keeps_it()) == (
        "Outcome leaves the buyer 13,960 of the 17,000 USD a month; "
        "Hourly leaves all of it, but the provider loses 170,657 USD by automating"
    )
    assert plots.break_even.finding(sc.break_even(desk)).startswith(
        "Outcome costs the buyer least until automation passes 48.8 %, then Hourly"
    )


@pytest.mark.slow
def test_a_notebook_shows_each_picture_once(monkeypatch):
    """A drawn picture is one image under its cell, and one that is shown has its alt text."""
    monkeypatch.delenv("MPLBACKEND", raising=False)
    made = "import numpy as np, pandas as pd\nfrom scenarios import plots\n"
    made += "table = pd.DataFrame({'buyer': [1.0, 1.0]}, index=['fixed fee', 'total'])\n"
    made += "results = {'Hourly': (np.arange(9.0), np.arange(9.0))}"
    cells = [
        made,
        "plots.waterfall.draw(table)",
        "plots.waterfall.draw(table); done = True",
        "plots.distribution.draw(results)",
        "plots.picture.show(plots.waterfall, table)",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, kernel_name="python3").execute()
    images = [
        [one for one in cell.outputs if "image/png" in one.get("data", {})]
        for cell in notebook.cells
    ]
    assert [len(each) for each in images] == [0, 1, 1, 1, 1]
    assert "fixed fee" in images[-1][0].metadata["image/png"]["alt"]
