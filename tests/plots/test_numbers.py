"""The numbers in a picture are those of its table."""

from itertools import pairwise

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from scenarios import plots
from scenarios.plots import picture


def bars(ax):
    """The bars of the axes, in the order drawn: (left end, width)."""
    return [(bar.get_x(), bar.get_width()) for c in ax.containers for bar in c]


def texts(ax):
    """What is written in the axes."""
    return [text.get_text() for text in ax.texts]


def test_bars_are_what_each_party_keeps(make):
    """The buyer's bar starts at zero and the provider's where the buyer's ends."""
    table = make["who_keeps_it"]({"Hybrid": (11_000, 6000, -6320), "Fixed": (0, 17_000, 90_000)})
    (ax,) = picture.figure(plots.who_keeps_it, table).axes
    assert bars(ax) == [(0, 11_000), (11_000, 6000), (0, 0), (0, 17_000)]
    assert {"11,000", "6,000", "17,000", "-6,320", "+90,000"} <= set(texts(ax))


def test_a_negative_part_stands_left_of_zero(make):
    """Where the provider pays for the buyer's gain, its part is drawn from zero to the left."""
    table = make["who_keeps_it"]({"Outcome": (20_000, -3000, -50_000)})
    (ax,) = picture.figure(plots.who_keeps_it, table).axes
    assert bars(ax) == [(0, 20_000), (0, -3000)]
    assert "20,000, more than the 17,000 USD a month saved" in plots.who_keeps_it.finding(table)


def test_whiskers_are_p10_and_p90_of_the_part(make):
    """The line below a bar runs from P10 to P90, from where the party's part begins."""
    table = make["who_keeps_it"]({"Hybrid": (11_000, 6000, 1)})
    (ax,) = picture.figure(plots.who_keeps_it, table).axes
    ends = [tuple(line.get_xdata()) for line in ax.get_lines() if line.get_linestyle() != "None"]
    assert (10_500, 11_500) in ends
    assert (16_500, 17_500) in ends


def test_a_deal_that_ends_before_automation_is_mature_has_words_for_a_bar(make):
    """Without a mature month there is no part to draw; the others are compared without it."""
    table = make["who_keeps_it"]({"Short": (0, 0, -5), "Fixed": (9000, 8000, 90_000)})
    table.loc[
        "Short", [one for one in table if one[0] in {"saving", "buyer keeps", "provider keeps"}]
    ] = np.nan
    (ax,) = picture.figure(plots.who_keeps_it, table).axes
    assert "ends before automation is mature" in texts(ax)
    assert plots.who_keeps_it.finding(table).startswith("Fixed leaves the buyer 9,000 of")
    assert "; Fixed: buyer 9,000" in plots.who_keeps_it.alt(table)
    assert "Every deal ends before" in plots.who_keeps_it.finding(table.loc[["Short"]])


def test_the_gains_may_stand_elsewhere(make):
    """A page whose table tells the provider's gain has the picture without that column."""
    table = make["who_keeps_it"]({"Fixed": (0, 17_000, 90_000)})
    (ax,) = picture.figure(plots.who_keeps_it, table, gains=False).axes
    assert "+90,000" not in texts(ax)
    assert "+90,000" not in plots.who_keeps_it.alt(table, gains=False)


def test_the_finding_weighs_the_saving_against_the_reason_to_automate(make):
    """The deal that leaves most is not named alone where the provider would not automate."""
    table = make["who_keeps_it"](
        {"Hourly": (17_000, 0, -170_657), "Outcome": (13_960, 3040, 130_732)}
    )
    assert plots.who_keeps_it.finding(table) == (
        "Outcome leaves the buyer 13,960 of the 17,000 USD a month; "
        "Hourly leaves all of it, but the provider loses 170,657 USD by automating"
    )


@pytest.mark.parametrize(
    ("parts", "finding"),
    [
        ((0.0, 0.0, 0.0), "Automation saves nothing a month: there is nothing to share"),
        ((0.0, 9000.0, 5.0), "Fixed leaves the buyer nothing of the 9,000 USD a month, and"),
        ((-800.0, -200.0, -5.0), "Automation costs 1,000 USD a month; under Fixed the buyer bears"),
    ],
)
def test_nothing_saved_is_said_in_words(make, parts, finding):
    """No saving, none left and a loss each have a picture and a true title."""
    table = make["who_keeps_it"]({"Fixed": parts})
    picture.figure(plots.who_keeps_it, table)
    assert plots.who_keeps_it.finding(table).startswith(finding)


def test_lines_are_the_buyers_month(make):
    """Each deal's line is its column, and each crossing is marked where it is."""
    table = make["break_even"]({"Hourly": (64_000, 24_000), "Outcome": (44_000, 44_000)})
    (ax,) = picture.figure(plots.break_even, table).axes
    drawn = [line for line in ax.get_lines() if len(line.get_xdata()) == len(table)]
    for line, deal in zip(drawn, table.columns, strict=True):
        np.testing.assert_array_equal(line.get_ydata(), table[deal])
        np.testing.assert_array_equal(line.get_xdata(), table.index)
    (mark,) = [line for line in ax.get_lines() if len(line.get_xdata()) == 1]
    assert (mark.get_xdata()[0], mark.get_ydata()[0]) == pytest.approx((0.4, 44_000))
    assert plots.break_even.finding(table).startswith(
        "Outcome costs the buyer least until automation passes 40.0 %, then Hourly; "
        "a ceiling of 35 % to 58 % is likely"
    )


def test_the_band_is_the_likely_ceiling(make):
    """The shaded band runs from P10 to P90 of the ceiling."""
    table = make["break_even"]({"Hourly": (64_000, 24_000)})
    (ax,) = picture.figure(plots.break_even, table).axes
    (band,) = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    assert (band.get_x(), band.get_x() + band.get_width()) == pytest.approx((0.35, 0.58))


def test_at_most_four_crossings_are_labelled(make):
    """Of many crossings the four nearest to the likely ceilings are labelled, all are marked."""
    costs = {f"Deal {n}": (60_000 - 700 * n * n, 30_000 + 4000 * n) for n in range(6)}
    table = make["break_even"](costs)
    assert len(table.attrs["crossings"]) > 4
    (ax,) = picture.figure(plots.break_even, table).axes
    assert sum("%, " in text for text in texts(ax)) == 4
    marks = [line for line in ax.get_lines() if len(line.get_xdata()) == 1]
    assert len(marks) == len(table.attrs["crossings"])


def test_fans_are_the_months_quantiles(make):
    """Each panel's thick lines are P50 of the buyer's cost and of the provider's contribution."""
    fans = {deal: (make["fan"](50_000), make["fan"](9000)) for deal in ("Hourly", "Outcome")}
    figure = picture.figure(plots.monthly, fans, currency="USD")
    assert len(figure.axes) == 2
    for ax, both in zip(figure.axes, fans.values(), strict=True):
        thick = [line for line in ax.get_lines() if line.get_linewidth() == 2]
        for line, fan in zip(thick, both, strict=True):
            np.testing.assert_array_equal(line.get_ydata(), fan["P50"])
        for band, fan in zip(ax.collections, both, strict=True):
            ends = band.get_paths()[0].vertices[:, 1]
            assert (ends.min(), ends.max()) == (fan["P10"].min(), fan["P90"].max())
    assert "varies by 2,000 USD on average under every deal" in plots.monthly.finding(
        fans, currency="USD"
    )


def test_bars_add_up_to_the_total(make):
    """Each bar begins where the one before ended, small ones are joined, the last is the total."""
    lines = {f"clause {n}": 1000.0 * (n + 1) * (-1) ** n for n in range(9)} | {"labour": 0.0}
    table = make["waterfall"]({"fixed fee": 90_000.0} | lines)
    (ax,) = picture.figure(plots.waterfall, table).axes
    drawn = bars(ax)
    assert len(drawn) == plots.waterfall.MOST + 2
    for (start, width), (following, _) in pairwise(drawn[:-1]):
        assert start + width == pytest.approx(following)
    assert sum(drawn[-2]) == pytest.approx(drawn[-1][1])
    assert drawn[-1] == (0, pytest.approx(table.loc["total", "buyer"]))
    assert "labour" not in [label.get_text() for label in ax.get_yticklabels()]


def test_intervals_are_the_quantiles():
    """Thick lines run from P10 to P90 and thin ones from P1 to P99 of the results."""
    rng = np.random.default_rng(1)
    results = {"Outcome": (rng.normal(100, 10, 999), rng.normal(5, 10, 999))}
    figure = picture.figure(plots.distribution, results)
    for ax, values in zip(figure.axes, results["Outcome"], strict=True):
        for width, ends in ((8, (0.1, 0.9)), (1.2, (0.01, 0.99))):
            lines = [line for line in ax.get_lines() if line.get_linewidth() == width]
            np.testing.assert_allclose(lines[0].get_xdata(), np.quantile(values, ends))
    chance = f"{100 * (results['Outcome'][1] < 0).mean():.0f} %"
    assert f"loses money in {chance} of futures" in plots.distribution.finding(results)


def test_a_unit_shows_both_parties_and_uncertainty_off(make):
    """P10 to P90 is a bar, the result with uncertainty off a diamond, for either party."""
    table = make["per_unit"]({"Outcome": (5.5, 1.25), "Hourly": (5.25, -2.5)})
    figure = picture.figure(plots.per_unit, table)
    for ax, measure in zip(figure.axes, plots.per_unit.MEASURES, strict=True):
        thick = [line.get_xdata() for line in ax.get_lines() if line.get_linewidth() == 8]
        np.testing.assert_array_equal(thick, table[measure][["P10", "P90"]])
        off = [line.get_xdata()[0] for line in ax.get_lines() if line.get_marker() == "D"]
        np.testing.assert_array_equal(off, table[measure]["uncertainty off"])
    assert plots.per_unit.finding(table).endswith("the provider's P10 under Hourly is -3.50 USD")


def test_cheap_as_a_rule_is_told_from_cheap_in_bad_times():
    """Where one deal has the lowest P50 and another the lowest P90 the title names both."""
    wide, narrow = np.linspace(50, 150, 101), np.linspace(105, 115, 101)
    text = plots.distribution.finding({"Hourly": (wide, narrow), "Outcome": (narrow, wide)})
    assert text == (
        "Hourly typically costs the buyer least, 100, but one time in ten over 140; "
        "under Outcome that is 114"
    )


def test_reported_and_true_are_two_marks_where_they_differ(make):
    """A KPI that is not what the meter says has two marks; one that is has one."""
    table = make["attainment"](
        {("Hybrid", "csat"): (0.8, 0.8), ("Hybrid", "first_contact"): (0.9, 0.7)}
    )
    (ax,) = picture.figure(plots.attainment, table).axes
    marks = [line.get_xdata()[0] for line in ax.get_lines() if line.get_linestyle() == "None"]
    assert sorted(marks) == [0.7, 0.8, 0.9]
    assert plots.attainment.finding(table) == (
        "Csat under Hybrid is on target in 80 % of months, the least of all targets; "
        "first contact under Hybrid is reported on target in 90 %, truly in 70 %"
    )


def test_no_target_is_said(make):
    """Without a KPI target the picture says so instead of failing."""
    table = make["attainment"]({})
    picture.figure(plots.attainment, table)
    assert "No deal has a KPI target" in plots.attainment.alt(table)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("who_keeps_it", ["17,000 USD", "14,000 USD", "+40,000 USD"]),
        ("break_even", ["60,000 USD", "43,550 USD", "68.6 %"]),
        ("monthly", ["60,000", "54,000", "9,000"]),
        ("waterfall", ["+810,000 USD", "-720,000 USD", "total"]),
        ("distribution", ["2,000,000", "1,760,000", "90,000"]),
        ("attainment", ["99 % reported, 90 % truly", "69 % reported, 60 % truly"]),
        ("per_unit", ["5.50 USD", "4.50 USD", "0.65 USD"]),
    ],
)
def test_alt_texts_carry_the_numbers(name, numbers, make):
    """Who cannot see a picture is told its key numbers."""
    deals = ["Per agent", "Hourly", "Hybrid", "Outcome"]
    alt = getattr(plots, name).alt(make["sample"](name, deals))
    assert [number for number in numbers if number not in alt] == []
