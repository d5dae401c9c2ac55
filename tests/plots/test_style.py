"""How pictures look: told apart without colour, money in words, labels apart."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from scenarios import plots
from scenarios.plots import layout, picture, style


def luminance(colour):
    """Relative luminance by WCAG 2, from 0 for black to 1 for white."""
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def test_seven_deals_are_told_apart_without_colour():
    """Seven deals have seven dashes, hatches and marks."""
    looks = [style.look(place) for place in range(7)]
    for kind in ("dash", "hatch", "marker", "colour"):
        assert len({getattr(look, kind) for look in looks}) == 7


def test_more_deals_than_colours_still_differ():
    """Up to 49 deals no two have the same colour and the same dash."""
    looks = {(look.colour, look.dash) for look in map(style.look, range(49))}
    assert len(looks) == 49


def test_the_two_parties_differ_in_black_and_white():
    """Buyer and provider differ in luminance, hatch and dash."""
    contrast = (luminance(style.PROVIDER.colour) + 0.05) / (luminance(style.BUYER.colour) + 0.05)
    assert contrast > 2
    assert style.BUYER.hatch != style.PROVIDER.hatch
    assert style.BUYER.dash != style.PROVIDER.dash


def test_lines_and_bars_of_a_picture_differ_without_colour(make):
    """What the palette promises is in the pictures: dashes on lines, hatches on bars."""
    deals = [f"Deal {n}" for n in range(7)]
    (ax,) = picture.figure(plots.break_even, make["sample"]("break_even", deals)).axes
    lines = [line for line in ax.get_lines() if len(line.get_xdata()) > 2]
    assert len({str(line._unscaled_dash_pattern) for line in lines}) == 7
    (ax,) = picture.figure(plots.who_keeps_it, make["sample"]("who_keeps_it", deals)).axes
    assert {bar.get_hatch() or "" for c in ax.containers for bar in c} == {"", "///"}


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (170_657.4, "USD", "170,657 USD"),
        (-170_657.4, "EUR", "-170,657 EUR"),
        (5.579, "USD", "5.58 USD"),
        (6, "", "6"),
        (-0.0, "USD", "0 USD"),
        (-0.001, "USD", "0.00 USD"),
        (1_000, "", "1,000"),
        (float("nan"), "USD", "unknown"),
    ],
)
def test_money_reads_as_people_write_it(amount, currency, text):
    """Thousands are separated, cents are shown below 100, and nothing is minus nothing."""
    assert style.money(amount, currency) == text


def test_a_gain_has_its_sign():
    """A gain is written with a plus, a loss with a minus, nothing with neither."""
    assert [style.signed(amount) for amount in (12_000, -12_000, 0)] == ["+12,000", "-12,000", "0"]


@given(
    st.lists(st.floats(-2, 3), min_size=1, max_size=12),
    st.lists(st.floats(0.01, 0.3), min_size=12, max_size=12),
)
def test_labels_spread_never_overlap_and_keep_their_order(wanted, heights):
    """Labels end apart by their heights, in the order of the lines that they name."""
    heights = heights[: len(wanted)]
    placed = layout.spread(wanted, heights, 0, 1)
    order = np.argsort(wanted, kind="stable")
    for one, other in pairwise(order):
        assert placed[other] - placed[one] >= (heights[one] + heights[other]) / 2 - 1e-9


def test_labels_with_room_stay_where_they_are():
    """Labels that do not touch are not moved."""
    assert layout.spread([0.8, 0.2, 0.5], [0.1] * 3, 0, 1) == pytest.approx([0.8, 0.2, 0.5])


def test_labels_stay_beside_the_axes_where_there_is_room():
    """Labels at the ends are moved inside."""
    assert layout.spread([1.0, 1.0, 0.0], [0.2] * 3, 0, 1) == pytest.approx([0.7, 0.9, 0.1])


@given(st.text(alphabet="abc 1%", max_size=200), st.floats(40, 600))
def test_a_title_loses_no_word(text, width):
    """Wrapping a title changes blanks into line ends, and nothing else."""
    assert layout.wrapped(text, width).split() == text.split()


def test_a_number_stays_with_its_unit():
    """No line of a title begins with a percent sign or a currency."""
    text = "a ceiling of 36 % to 58 % is likely and costs 44,040 USD a month or 52,138 USD at most"
    starts = {
        line.split()[0] for w in range(60, 500, 7) for line in layout.wrapped(text, w).split("\n")
    }
    assert starts.isdisjoint({"%", "USD"})


def test_end_labels_of_close_lines_do_not_overlap(make):
    """Seven lines that end within a hair of each other keep seven readable labels."""
    table = make["break_even"]({f"Deal {n}": (60_000, 44_000 + n) for n in range(7)})
    figure = picture.figure(plots.break_even, table)
    figure.draw_without_rendering()
    labels = [text for text in figure.axes[0].texts if text.get_text().startswith("Deal")]
    boxes = [Text.get_window_extent(text) for text in labels]
    assert len(boxes) == 7
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


def test_show_gives_a_notebook_the_alt_text(make, monkeypatch):
    """A picture shown in a notebook carries its alt text."""
    shown = []
    display = pytest.importorskip("IPython.display")
    monkeypatch.setattr(display, "display", shown.append)
    table = make["sample"]("waterfall", ["Hybrid"])
    picture.show(plots.waterfall, table)
    (image,) = shown
    assert image.alt == plots.waterfall.alt(table)
    assert image.data.startswith(b"\x89PNG")
