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


def kept(saving, joint=100, **deals) -> pd.DataFrame:
    """A table of who keeps it: by deal what the buyer keeps and what the provider gains."""
    columns = {
        ("saving", words.OFF): [saving] * len(deals),
        ("buyer keeps", words.OFF): [keeps for keeps, _ in deals.values()],
        ("provider gain", words.OFF): [gain for _, gain in deals.values()],
        ("joint gain", words.OFF): [joint] * len(deals),
    }
    frame = pd.DataFrame(columns, index=list(deals), dtype=float)
    frame.attrs["currency"] = "EUR"
    return frame


@pytest.mark.parametrize(
    ("deals", "said"),
    [
        (
            {"A": (100, -50), "B": (60, 90)},
            (
                "Under B the buyer keeps 60 of the 100 EUR a month that automation saves, and "
                "automating earns the provider 90 over 24 months; A leaves the buyer all 100, but "
                "automating costs the provider 50."
            ),
        ),
        ({"A": (100, 90), "B": (60, 90)}, "keeps all of the 100 EUR a month"),
        ({"A": (100, 90), "B": (60, 90)}, "over 24 months; no deal leaves the buyer more."),
        ({"A": (120, 90)}, "keeps 120, more than the 100 EUR a month"),
        ({"A": (100, -50), "B": (-20, 90)}, "keeps nothing (it pays 20 more) of the 100 EUR"),
        ({"A": (100, 10), "B": (60, 90)}, "all 100, but automating earns the provider 10."),
        (
            {"A": (100, -50), "B": (60, 10)},
            (
                "No deal gives the provider a reason to automate (B comes closest: automating "
                "earns the provider 10 over 24 months); A leaves the buyer all of the 100 EUR"
            ),
        ),
        ({"A": (100, 0)}, "automating brings the provider nothing over 24 months"),
    ],
)
def test_the_answer_follows_the_numbers(deals, said):
    """The deal that is named is the best for the buyer among those with a reason to automate."""
    assert said in words.who_keeps_it(kept(100, **deals), 24)


@pytest.mark.parametrize(
    ("saving", "said"),
    [
        (-50, "costs 50 EUR more than without it."),
        (0.4, "Automation saves nothing within the term."),
        (-0.4, "Automation saves nothing within the term."),
    ],
)
def test_the_answer_says_when_nothing_is_saved(saving, said):
    """A negative saving is a cost, less than half a unit is nothing, and nobody keeps it."""
    assert words.who_keeps_it(kept(saving, A=(0, 50)), 24).endswith(said)


def test_a_deal_that_ends_early_is_left_out_and_named():
    """Without a mature month a deal keeps no number: the answer is read from the others."""
    gone = kept(100, Short=(np.nan, 90), Long=(60, 90))
    gone.loc["Short", ("saving", words.OFF)] = np.nan
    told = words.who_keeps_it(gone, 24)
    assert told.startswith("Under Long the buyer keeps 60 of the 100 EUR")
    assert told.endswith("; Short ends before automation is mature.")
    assert "Every deal ends before" in words.who_keeps_it(gone.loc[["Short"]], 24)


@pytest.mark.parametrize(
    ("gain", "joint", "said"),
    [
        (20, 100, "a reason to automate"),
        (19, 100, "little reason to automate"),
        (-1, 100, "a reason not to automate"),
        (-20, -100, "a reason not to automate"),
        (20, -100, "a reason to automate"),
        (0.1, 100, "no reason to automate"),
        (0, 0, "nothing to gain"),
    ],
)
def test_a_reason_is_a_fifth_of_what_both_gain(gain, joint, said):
    """The verdict follows the provider's part of the joint gain over the term, and its sign."""
    assert words.reason(gain, joint) == said


def test_signs_that_differ_at_the_margin_are_explained():
    """A loss over the term beside a gain at the margin is told, with its cause where it is one."""
    table = pd.DataFrame(
        {"provider gain": [-6320, -6320, 50, 90], "incentive": [0.11, 0.11, -0.2, 0.5]},
        index=["A", "B", "C", "D"],
    )
    assert words.margins(table, {"A": 60_000, "B": 0, "C": 0, "D": 0}) == [
        (
            "A: over the term automating costs the provider 6,320, at the margin it keeps "
            f"11{SPACE}% of a month sooner: the one-off is spent either way."
        ),
        (
            "B: over the term automating costs the provider 6,320, at the margin it keeps "
            f"11{SPACE}% of a month sooner."
        ),
        (
            "C: over the term automating earns the provider 50, at the margin it loses by a month "
            "sooner."
        ),
    ]


@pytest.mark.parametrize(
    ("chances", "said"),
    [
        ({"A": 0.441, "B": 0.449, "C": 0.99}, "A and B are alike least likely (about 44 %)"),
        ({"A": 0.2, "B": 0.449, "C": 0.99}, "A is least likely (20 %) to cost more"),
        ({"A": 0.2, "B": 0.449, "C": 0.99}, "approved, C is most likely (99 %)."),
        ({"A": 0.441, "B": 0.449}, "All deals are alike"),
        ({"A": 0.441}, "A goes over all years' approved money with a chance of 44 %"),
    ],
)
def test_chances_a_point_apart_are_alike(chances, said):
    """No deal is called the safer one for less than a percentage point."""
    table = pd.concat(
        {
            deal: pd.DataFrame({"total": [chance]}, ["chance over"])
            for deal, chance in chances.items()
        },
        names=["deal", "row"],
    )
    assert said.replace(" %", f"{SPACE}%") in words.budgets(table)


def test_a_fiscal_year_says_when_it_starts():
    """Only where it is not the calendar year."""
    assert words.fiscal_years(["FY2026", "FY2027"], 4) == " FY2026: starts in April 2026."
    assert words.fiscal_years(["FY2026"], 1) == ""


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
