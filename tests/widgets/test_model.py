import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scenarios as sc
from scenarios.resources import resource
from scenarios.results.summary import ALL_IN, CONTRIBUTION
from scenarios.scenario import Lever
from scenarios.widgets.model import CHANGE, Board

PATHS = 300
MINIMUM = "deals.Outcome.pricing.per_outcome.minimum"
SHARE = "deals.Hybrid.clauses.gain_share.buyer_share"
CEILING = "automation.ceiling"
GO_LIVE = "automation.go_live"


def lever(path: str, low: float, high: float, step: float = 1) -> Lever:
    return Lever(number=path, low=low, high=high, step=step)


@pytest.fixture(scope="module")
def desk() -> sc.Scenario:
    """The support desk, with two levers more: a range and a whole number of the world."""
    written = sc.load(resource("scenarios", "support-desk.yaml"))
    world = (lever(CEILING, 0.2, 0.7, 0.01), lever(GO_LIVE, 1, 9))
    return written.replace(levers=(*written.levers, *world))


@pytest.fixture
def board(desk) -> Board:
    return Board(desk, paths=PATHS)


def simulated(desk: sc.Scenario, changes: dict) -> np.ndarray:
    return sc.simulate(desk.change(changes), paths=PATHS).array


@pytest.mark.parametrize(
    "changes",
    [
        {MINIMUM: 41_000.0},
        {SHARE: 0.75},
        {CEILING: 0.4},
        {GO_LIVE: 6},
        {MINIMUM: 41_000.0, CEILING: 0.4, SHARE: 0.0},
        {CEILING: 0.4, MINIMUM: 20_000.0},
    ],
    ids=lambda changes: " and ".join(path.rpartition(".")[2] for path in changes),
)
def test_moved_numbers_are_those_of_a_fresh_simulation(desk, board, changes):
    """Whatever was moved, every total is that of the changed scenario, bit for bit."""
    for path, value in changes.items():
        board.move(path, float(value))  # a slider knows no whole numbers
    assert np.array_equal(board.run.array, simulated(desk, changes))
    assert board.scenario == desk.change(changes)
    assert board.run.scenario == board.scenario


@settings(max_examples=12)  # each draws worlds three times
@given(minimum=st.floats(0, 60_000), share=st.floats(0, 1))
def test_any_allowed_position_is_that_of_a_fresh_simulation(desk, minimum, share):
    """A slider may stop anywhere that the scenario allows."""
    board = Board(desk, paths=16)
    board.move(MINIMUM, minimum)
    board.move(SHARE, share)
    fresh = sc.simulate(desk.change({MINIMUM: minimum, SHARE: share}), paths=16)
    assert np.array_equal(board.run.array, fresh.array)


def test_a_number_of_a_deal_settles_that_deal_alone(board):
    """Moving a number of one deal settles that deal and draws nothing."""
    settled = []
    price = board.run.price

    def spy(worlds, deals, paths, **options):
        settled.extend((worlds is board.run.worlds, deal.name) for deal in deals)
        return price(worlds, deals, paths, **options)

    object.__setattr__(board.run, "price", spy)
    before = board.run.array
    board.move(MINIMUM, 45_000.0)
    assert settled == [(True, "Outcome")]
    changed = (board.run.array != before).any(axis=(1, 2))
    assert dict(zip(board.run.names, changed, strict=True)) == {
        "Per agent": False,
        "Hourly": False,
        "Hybrid": False,
        "Outcome": True,
    }


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (MINIMUM, -5.0, "Outcome - minimum a month must be at least 0"),
        (MINIMUM, float("nan"), "must be a finite number"),
        (MINIMUM, float("inf"), "must be a finite number"),
        (SHARE, 1.2, "buyer's share of savings must be at most 1"),
        (GO_LIVE, 2.5, "go live must be a whole number"),
        (GO_LIVE, 24.0, "must come after go_live"),
        ("deals.Outcome.pricing.per_outcome.minima", 1.0, "did you mean"),
    ],
)
def test_a_refused_value_changes_nothing(board, path, value, words):
    """A value that the scenario does not allow is refused in words; what stood, stands."""
    board.move(MINIMUM, 30_000.0)
    scenario, run, positions = board.scenario, board.run, board.positions
    with pytest.raises(sc.ScenarioError, match=words):
        board.move(path, value)
    assert (board.scenario, board.run, board.positions) == (scenario, run, positions)


def test_an_attempt_that_fails_later_is_taken_back(board):
    """A move whose showing fails does not stand."""
    run = board.run

    def move_and_fail():
        with board.attempt():
            board.move(MINIMUM, 30_000.0)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        move_and_fail()
    assert board.run is run


def test_the_change_is_the_p50_against_the_starting_offer(desk, board):
    """The change is counted from the starting offer, not from the move before."""
    opening = sc.simulate(desk, paths=PATHS).summary()
    board.move(MINIMUM, 20_000.0)
    table = board.move(MINIMUM, 45_000.0)
    now = sc.simulate(desk.change({MINIMUM: 45_000.0}), paths=PATHS).summary()
    for measure in (ALL_IN, CONTRIBUTION):
        expected = now[measure, "P50"] - opening[measure, "P50"]
        assert table[CHANGE, measure].to_list() == expected.to_list()
        assert table.loc["Outcome", (CHANGE, measure)] > 0


def test_reset_is_the_starting_offer(desk, board):
    """Reset brings back the written scenario, ranges included."""
    board.move(CEILING, 0.3)
    board.move(MINIMUM, 45_000.0)
    table = board.reset()
    assert board.scenario == desk
    assert (table[CHANGE] == 0).all(axis=None)
    assert np.array_equal(board.run.array, simulated(desk, {}))


def test_a_range_returns_where_its_lever_returns(desk, board):
    """A lever on a range starts at its middle and makes it certain; put back, the range is back."""
    assert board.positions[CEILING] == desk.automation.ceiling.central
    board.move(CEILING, 0.3)
    assert board.scenario.automation.ceiling == 0.3
    board.move(CEILING, desk.automation.ceiling.central)
    assert board.scenario == desk


def test_a_slider_reaches_its_start(desk):
    """Ends that leave out the starting offer are widened: no slider begins on another number."""
    board = Board(desk.replace(levers=(lever(MINIMUM, 35_000, 45_000),)), paths=16)
    assert (board.dials[MINIMUM].low, board.dials[MINIMUM].high) == (33_000, 45_000)


def test_a_lever_without_a_label_is_called_by_its_last_word(desk):
    """The label falls back on the number's own name, in words."""
    assert Board(desk, paths=16).dials[GO_LIVE].label == "go live"


@pytest.mark.parametrize("path", ["deals.Outcome.pricing.per_outcome.price", "deals.Outcome"])
def test_a_lever_leads_to_one_number(desk, path):
    """A lever on a list or a block is refused by its label, with its path."""
    with pytest.raises(sc.ScenarioError, match=f"one number, and {path} is none"):
        Board(desk.replace(levers=(lever(path, 1, 2),)), paths=16)
