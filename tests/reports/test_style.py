"""How numbers and sentences read."""

import numpy as np
import pandas as pd
import pytest

from scenarios.reports import words
from scenarios.reports.run import without_places
from scenarios.reports.style import drawn, money, share, table

MINUS, SPACE = "\u2212", "\u00a0"


@pytest.mark.parametrize(
    ("amount", "exact", "estimated"),
    [
        (17_000, "17,000", "17,000"),
        (1_914_328, "1,914,328", "1,914,000"),
        (-4162.77, f"{MINUS}4,163", f"{MINUS}4,160"),
        (5.579, "5.58", "5.58"),
        (-0.0, "0", "0"),
        (-1e-9, "0", "0"),
        (float("nan"), "\u2013", "\u2013"),
    ],
)
def test_money_has_separators_and_no_false_digits(amount, exact, estimated):
    """Exact amounts to the unit, estimated ones to the figures that they carry."""
    assert (money(amount), drawn(amount)) == (exact, estimated)


@pytest.mark.parametrize(
    ("part", "text"),
    [(0, "0 %"), (1, "100 %"), (0.004, "below 1 %"), (0.9999, "above 99 %"), (-0.775, "-78 %")],
)
def test_a_rare_chance_is_not_called_none(part, text):
    """0 % and 100 % are said only of what never and always happens."""
    assert share(part) == text.replace("-", MINUS).replace(" %", f"{SPACE}%")


def test_a_table_escapes_every_cell():
    """Markup in any cell, header or note is shown as text."""
    hostile = "<b>&"
    page = table([hostile, hostile], [[hostile, (hostile, hostile)]], hostile)
    assert "<b>" not in page
    assert page.count("&lt;b&gt;&amp;") == 6


def kept(saving, **deals) -> pd.DataFrame:
    """A table of who keeps it: by deal what the buyer keeps and the provider's incentive."""
    columns = {
        ("saving", words.OFF): [saving] * len(deals),
        ("buyer keeps", words.OFF): [keeps for keeps, _ in deals.values()],
        ("incentive", words.OFF): [incentive for _, incentive in deals.values()],
    }
    frame = pd.DataFrame(columns, index=list(deals))
    frame.attrs["currency"] = "EUR"
    return frame


@pytest.mark.parametrize(
    ("deals", "said"),
    [
        ({"A": (100, -0.5), "B": (60, 0.9)}, "Under B the buyer keeps 60 of the 100 EUR"),
        ({"A": (100, 0.9), "B": (60, 0.9)}, "no deal leaves the buyer more"),
        ({"A": (100, -0.5), "B": (60, 0.1)}, "No deal gives the provider a reason to automate"),
        ({"A": (100, np.nan), "B": (60, np.nan)}, "No deal gives the provider a reason"),
    ],
)
def test_the_answer_follows_the_numbers(deals, said):
    """The deal that is named is the best for the buyer among those with a reason to automate."""
    assert said in words.who_keeps_it(kept(100, **deals))


def test_the_answer_says_when_nothing_is_saved():
    """A negative saving is a cost, and nobody is said to keep it."""
    assert "costs 50 EUR more" in words.who_keeps_it(kept(-50, A=(0, 0.5)))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("cannot open '{0}home{0}me{0}desk.yaml'", "cannot open 'desk.yaml'"),
        ("C:{1}Users{1}me{1}desk.yaml is bad", "desk.yaml is bad"),
        ("given 3/4 of 9 USD", "given 3/4 of 9 USD"),
    ],
)
def test_a_message_keeps_no_place_of_the_machine(message, expected):
    """Only the last part of a path is told."""
    assert without_places(message.format("/", "\\")) == expected
