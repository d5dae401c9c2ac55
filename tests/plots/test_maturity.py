from itertools import combinations

import pandas as pd
import pytest

from scenarios.plots import maturity, picture

COLUMNS = ["share of ceiling", "uncertainty off", "P10", "P50", "P90", "a year later"]
PHASES = pd.DataFrame(
    [
        [0.0, "2026-04", "2026-02", "2026-04", "2026-06", "2027-04"],
        [0.5, "2027-02", "2026-12", "2027-02", "2027-06", "2028-02"],
        [0.995, "2028-01", "2027-10", "2028-01", "later", "2029-01"],
    ],
    index=pd.Index(["go-live", "half way", "mature"], name="phase"),
    columns=COLUMNS,
)


def test_the_title_says_both_years_of_start_and_maturity():
    """The years are those of the table's first and last phase."""
    expected = "A start in 2026 is mature in 2028, a start in 2027 in 2029"
    assert maturity.finding(PHASES) == expected


def test_the_alt_text_has_every_month():
    """Who cannot see the picture is told each phase's months."""
    alt = maturity.alt(PHASES)
    for month in PHASES[COLUMNS[1:]].to_numpy().ravel():
        assert month in alt


@pytest.mark.slow
def test_no_word_is_cut_off_or_stands_on_another(words):
    """All months of a phase are readable, and so is what the marks mean."""
    figure = picture.figure(maturity, PHASES)
    shown = words(figure)
    width, height = figure.bbox.size
    for text, box in shown:
        assert box.x0 >= -1, text
        assert box.x1 <= width + 1, text
        assert box.y1 <= height + 1, text
    for (one, first), (other, second) in combinations(shown, 2):
        assert not first.padded(-1).overlaps(second.padded(-1)), (one, other)


def test_what_is_not_reached_is_said_and_not_drawn():
    """A phase that comes later than looked at leaves no mark."""
    late = PHASES.replace({"2028-01": "later", "2029-01": "later"})
    assert "not mature within the months looked at" in maturity.finding(late)
    ax = maturity.draw(late)
    assert not {text.get_text() for text in ax.texts} & {"2028-01", "2029-01", "later"}


BY_DEAL = pd.concat(
    {"Hourly": PHASES.replace({"2028-01": "later"}), "Fixed": PHASES}, names=["deal"]
)


def test_deals_of_their_own_pace_are_told_apart():
    """The title says when each is mature, and each row which deal it is of."""
    expected = "A start in 2026 is mature later than looked at under Hourly and in 2028 under Fixed"
    assert maturity.finding(BY_DEAL) == expected
    assert "Fixed, half way: 2027-02 as planned" in maturity.alt(BY_DEAL)
    ax = maturity.draw(BY_DEAL)
    labels = [" ".join(label.get_text().split()) for label in ax.get_yticklabels()]
    assert labels[3:5] == ["Fixed, go-live (0 %)", "Fixed, half way (50 %)"]
