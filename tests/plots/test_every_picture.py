"""What holds of every picture."""

import subprocess
import sys
from itertools import combinations

import pytest
from matplotlib import pyplot as plt
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from scenarios import plots
from scenarios.plots import picture

pytestmark = pytest.mark.slow  # every layout is measured: seconds, not milliseconds


def test_no_word_is_cut_off(drawn, words):
    """Every title, label and number lies inside the figure, also for seven long names."""
    width, height = drawn.figure.bbox.size
    for text, box in words(drawn.figure):
        assert box.x0 >= -1, text
        assert box.y0 >= -1, text
        assert box.x1 <= width + 1, text
        assert box.y1 <= height + 1, text


def test_no_words_overlap(drawn, words):
    """No two texts of a picture stand on each other."""
    for (one, first), (other, second) in combinations(words(drawn.figure), 2):
        assert not first.padded(-1).overlaps(second.padded(-1)), (one, other)


def test_the_title_is_the_finding(drawn, words):
    """The finding stands above the picture in full, whatever its length."""
    shown = [" ".join(text.replace(r"\$", "$").split()) for text, _ in words(drawn.figure)]
    assert drawn.module.finding(drawn.data) in shown


def test_the_alt_text_says_the_finding_and_names_every_deal(drawn):
    """Who cannot see the picture is told its finding, and something of every deal."""
    alt = drawn.module.alt(drawn.data)
    assert alt.startswith(drawn.module.finding(drawn.data))
    assert all(deal in alt for deal in drawn.deals)


def test_a_picture_of_ones_own_leaves_pyplot_alone(four):
    """A figure of one's own leaves no figure behind in pyplot and no setting changed."""
    before = dict(rcParams)
    picture.figure(four.module, four.data)
    assert plt.get_fignums() == []
    assert dict(rcParams) == before


def test_the_same_picture_has_the_same_bytes(four):
    """Two pictures of the same table are the same file, 900 pixels wide."""
    one, again = (picture.png(picture.figure(four.module, four.data)) for _ in range(2))
    assert one == again
    assert int.from_bytes(again[16:20], "big") == 900


@pytest.mark.parametrize("name", ["who_keeps_it", "break_even", "waterfall", "attainment"])
def test_without_axes_pyplot_holds_the_figure(name, make):
    """Without axes of one's own pyplot holds the figure, so a notebook shows it with the cell."""
    ax = getattr(plots, name).draw(make["sample"](name, ["Hourly", "Outcome"]))
    held = [plt.figure(number) for number in plt.get_fignums()]
    plt.close("all")
    assert isinstance(ax, Axes)
    assert held == [ax.figure]


@pytest.mark.parametrize("name", ["monthly", "distribution", "per_unit"])
def test_small_multiples_are_let_go(name, make):
    """A Figure that is returned is not held by pyplot too, or a notebook would show it twice."""
    figure = getattr(plots, name).draw(make["sample"](name, ["Hourly", "Outcome"]))
    assert isinstance(figure, Figure)
    assert plt.get_fignums() == []


@pytest.mark.parametrize("name", ["who_keeps_it", "break_even", "waterfall", "per_unit"])
def test_a_missing_currency_is_left_out(name, make):
    """Where a table says no currency, none is made up and no gap is left for one."""
    data = make["sample"](name, ["Hourly", "Outcome"])
    data.attrs.pop("currency")
    module = getattr(plots, name)
    for text in (module.finding(data), module.alt(data)):
        assert "USD" not in text
        assert "  " not in text
        assert " ," not in text
    picture.figure(module, data)


def test_importing_the_package_loads_no_matplotlib():
    """Matplotlib is imported with the first picture, not with the package."""
    code = "import sys, scenarios, scenarios.plots; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603  our own interpreter


def test_a_picture_drawn_off_screen_loads_no_pyplot():
    """A report's pictures never load pyplot, which keeps figures and looks for a screen."""
    code = (
        "import sys, pandas as pd; from scenarios import plots;"
        "table = pd.DataFrame({'buyer': [1.0, 1.0]}, index=['fee', 'total']);"
        "plots.picture.png(plots.picture.figure(plots.waterfall, table));"
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603  our own interpreter


def test_a_picture_that_is_not_there_is_answered_with_those_that_are():
    """A wrong name is answered with the names there are."""
    with pytest.raises(AttributeError, match="who_keeps_it"):
        _ = plots.pie
    assert "break_even" in dir(plots)
