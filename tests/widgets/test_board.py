import gc
import re
import stat
import tempfile

import pytest
from ipywidgets import HTML, Button, FloatSlider, Widget
from matplotlib.figure import Figure

import scenarios as sc
from scenarios.plots import distribution
from scenarios.resources import resource
from scenarios.results.summary import ALL_IN, CONTRIBUTION
from scenarios.scenario import Lever
from scenarios.widgets import guard
from scenarios.widgets.model import Board

PATHS = 200
MINIMUM = "deals.Outcome.pricing.per_outcome.minimum"
CSAT = "deals.Hybrid.pricing.hybrid.at_risk"


def lever(path: str, low: float, high: float, step: float, label: str) -> Lever:
    return Lever(number=path, low=low, high=high, step=step, label=label)


@pytest.fixture(scope="module")
def desk() -> sc.Scenario:
    levers = (
        lever(MINIMUM, 20_000, 45_000, 1_000, "Minimum"),
        lever(CSAT, 0, 2, 0.1, "At risk"),  # the scenario allows no more than 1
        lever("automation.ceiling", 0.2, 0.7, 0.01, "Ceiling"),
    )
    return sc.load(resource("scenarios", "support-desk.yaml")).replace(levers=levers)


@pytest.fixture
def board(desk) -> Widget:
    return sc.board(desk, paths=PATHS)


def parts(widget: Widget, kind: type) -> list:
    """Every widget of a kind below this one, in the order of the page."""
    found = [widget] if isinstance(widget, kind) else []
    return found + [
        part for child in getattr(widget, "children", ()) for part in parts(child, kind)
    ]


def slider(board: Widget, label: str) -> FloatSlider:
    return next(part for part in parts(board, FloatSlider) if part.tooltip == label)


def holding(board: Widget, tag: str) -> HTML:
    """The one piece of the page that holds this tag."""
    (found,) = [part for part in parts(board, HTML) if tag in part.value]
    return found


def words(board: Widget) -> str:
    """The text of the page, without the picture's data and the style sheet."""
    page = " ".join(part.value for part in parts(board, HTML))
    page = re.sub(r"<style>.*?</style>|base64,[^\"]*", "", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def fresh(desk: sc.Scenario, changes: dict) -> tuple[str, list[str]]:
    """The alt text and the Outcome row that a simulation of the changed scenario leads to."""
    run = sc.simulate(desk.change(changes), paths=PATHS)
    totals = {
        name: tuple(run.total(name, x) for x in ("all_in", "contribution")) for name in run.names
    }
    row = run.summary().loc["Outcome"]
    amounts = [row[m, q] for m in (ALL_IN, CONTRIBUTION) for q in ("P10", "P50", "P90")]
    return distribution.alt(totals, currency="USD"), [f"{x / 1000:,.0f}" for x in amounts]


def test_a_moved_slider_changes_text_and_picture(desk, board):
    """Text and picture follow a slider to the engine's numbers, in the widgets that are there."""
    picture, table = holding(board, "<img"), holding(board, "<table")
    before = picture.value
    slider(board, "Minimum").value = 45_000
    alt, amounts = fresh(desk, {MINIMUM: 45_000.0})
    assert f'alt="{alt}"' in picture.value.replace("&#39;", "'")
    assert picture.value.partition("src=")[2] != before.partition("src=")[2]
    row = table.value.partition('<th scope="row">Outcome</th>')[2]
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", row)
    assert [*cells[:3], *cells[4:7]] == amounts


def test_only_the_moved_deal_is_marked(board):
    """The rows of deals that did not move read unchanged and are not marked."""
    slider(board, "Minimum").value = 45_000
    rows = holding(board, "<table").value.partition("<tbody>")[2].split("</tr>")[:-1]
    assert ['class="moved"' in row for row in rows] == [False, False, False, True]
    assert [row.count("unchanged") for row in rows] == [2, 2, 2, 0]


def test_the_board_is_stamped_private(board):
    """The stamp is the first thing on the page and says what must not be seen."""
    assert words(board).startswith("PRIVATE Not for the other party")
    assert "estimate of Provider's margin" in words(board).replace("&#39;", "'")


def test_each_lever_has_its_name_as_text(desk, board):
    """A slider has no name of its own for a screen reader: its label stands beside it as text."""
    for written in desk.levers:
        assert f"{written.label} starting offer" in words(board)


def test_reset_brings_the_starting_offer_back(board):
    """The button puts sliders, text and picture back."""
    opening = [holding(board, "<img").value, holding(board, "<table").value]
    slider(board, "Minimum").value = 45_000
    slider(board, "Ceiling").value = 0.3
    (button,) = parts(board, Button)
    button.click()
    assert [holding(board, "<img").value, holding(board, "<table").value] == opening
    assert slider(board, "Minimum").value == 33_000


def test_a_refused_value_is_said_and_the_slider_goes_back(board):
    """A value the scenario refuses changes no number; a good one clears the words."""
    good = holding(board, "<table").value
    slider(board, "At risk").value = 1.5
    assert "At risk must be at most 1" in holding(board, 'role="alert"').value
    assert holding(board, "<table").value == good
    assert slider(board, "At risk").value == 0.1
    slider(board, "At risk").value = 0.2
    assert "At risk must be" not in words(board)


def test_new_worlds_are_announced(board):
    """Drawing the worlds again takes longer, so the page says so while it lasts."""
    said = []
    holding(board, 'role="status"').observe(lambda change: said.append(change["new"]), "value")
    slider(board, "Minimum").value = 40_000
    slider(board, "Ceiling").value = 0.3
    assert ["Drawing again" in text for text in said] == [True, False]


@pytest.fixture
def logs(tmp_path, monkeypatch):
    """The folder of the board's log."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    guard.log.cache_clear()
    yield tmp_path
    logger = guard.log()
    for handler in logger.handlers[:]:
        if getattr(handler, "baseFilename", "").startswith(str(tmp_path)):
            logger.removeHandler(handler)
            handler.close()
    guard.log.cache_clear()


@pytest.mark.parametrize("failing", [(Board, "move"), (distribution, "alt")], ids=["model", "view"])
def test_an_error_shows_an_id_and_nothing_else(board, logs, monkeypatch, capfd, failing):
    """The page gets an error id, the log the traceback, the streams a kernel passes on nothing."""
    good = holding(board, "<table").value

    def fail(*_, **__):
        raise RuntimeError("walk away at 31,415")

    with monkeypatch.context() as patch:
        patch.setattr(*failing, fail)
        slider(board, "Minimum").value = 45_000
    (file,) = logs.glob("scenarios-board-*.log")
    logged = file.read_text(encoding="utf-8")
    number = re.search(r"Error ([0-9a-f]{8})", words(board))[1]
    assert number in logged
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "RuntimeError: walk away at 31,415" in logged
    assert "31,415" not in words(board)
    assert capfd.readouterr() == ("", "")
    assert slider(board, "Minimum").value == 33_000
    assert holding(board, "<table").value == good


def test_moves_leave_nothing_behind(board):
    """A hundred moves are no heavier than one: no new widget, no figure kept."""
    minimum = slider(board, "Minimum")
    minimum.value = 40_000
    gc.collect()
    widgets = set(map(id, parts(board, Widget)))
    figures = sum(isinstance(thing, Figure) for thing in gc.get_objects())
    for value in (41_000, 42_000, 43_000):
        minimum.value = value
    gc.collect()
    assert set(map(id, parts(board, Widget))) == widgets
    assert sum(isinstance(thing, Figure) for thing in gc.get_objects()) <= figures


def test_a_scale_never_shrinks_while_a_slider_moves(board, monkeypatch):
    """What moves in the picture is the deal and not the axis."""
    scales = []
    draw = distribution.draw

    def spy(results, figure=None, **options):
        scales.append(draw(results, figure, **options).axes[0])
        return figure

    monkeypatch.setattr(distribution, "draw", spy)
    for value in (45_000, 33_000):
        slider(board, "Minimum").value = value
    wide, back = (axes.get_xlim() for axes in scales)
    assert back == wide


def test_a_scenario_without_levers_says_how_to_add_some(desk):
    """Without levers there is a table, a picture, and an example that would work."""
    board = sc.board(desk.replace(levers=()), paths=PATHS)
    assert parts(board, FloatSlider) == []
    assert holding(board, "<img")
    shown = re.search(r"number: ([\w. ]+), low: (\S+), high: (\S+), step: ([^}\s]+)}", words(board))
    path, *numbers = shown.groups()
    example = lever(path, *map(float, numbers), "")
    assert parts(sc.board(desk.replace(levers=(example,)), paths=16), FloatSlider)


def test_names_cannot_carry_markup(desk):
    """A name written as markup is shown as it is written."""
    bad = "<img src=x onerror=alert(1)>"
    levers = (lever(MINIMUM, 20_000, 45_000, 1_000, bad),)
    deals = [*desk.deals.values(), desk.deals["Hourly"].replace(name=bad)]
    board = sc.board(desk.replace(name=bad, question=bad, levers=levers, deals=deals), paths=16)
    assert not any(bad in part.value for part in parts(board, HTML))
    assert sum("&lt;img src=x" in part.value for part in parts(board, HTML)) >= 3
