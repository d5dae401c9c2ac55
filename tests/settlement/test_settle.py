from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from tests.small import small

import scenarios as sc
from scenarios.errors import ScenarioError


def months(**columns):
    """A table of months numbered from 1."""
    return pd.DataFrame(columns)


def settled(given, *clauses, pricing=None, **deal):
    """The months under a deal by the unit."""
    pricing = sc.PerOutcome(price=6.05) if pricing is None else pricing
    return sc.settle(sc.Deal("Units", pricing, clauses, **deal), given)


def test_the_invoice_is_the_newest_months_lines_in_whole_cents():
    """10.5 units at 6.05 are 63.525: half up is 63.53, and the paragraph is the pricing's."""
    invoice = settled(months(verified=[100, 10.5])).invoice()
    assert invoice.to_numpy().tolist() == [
        ["1", "variable fee", Decimal("63.53")],
        ["", "due", Decimal("63.53")],
    ]
    assert invoice.attrs["month"] == "2"


@pytest.mark.parametrize(
    ("rule", "cents"),
    [("half up", "63.53"), ("half even", "63.52"), ("half down", "63.52"), ("down", "63.52")],
)
def test_a_tie_goes_where_the_contract_says(rule, cents):
    """63.525 is rounded by the deal's own rule."""
    settlement = settled(months(verified=[10.5]), rounding=sc.Rounding(rule=rule))
    assert settlement.due() == Decimal(cents)


def test_an_annual_cap_is_met_to_the_cent():
    """Rounded as posted, twelve months of a third of a cent too much still add up to the cap."""
    settlement = settled(
        months(verified=[33.335] * 12), sc.FeeCap(annual=2_000), pricing=sc.PerOutcome(price=6)
    )
    assert sum(settlement.due(number) for number in range(1, 13)) == Decimal(2000)
    assert settlement.invoice("12").iloc[1].tolist() == ["2", "fee cap", Decimal("-200.01")]


def test_months_so_far_are_the_same_months_later():
    """A month's invoice does not change when the next month comes in."""
    units = [100.0, 90.0, 80.0, 120.0]
    clauses = (sc.Holdback(share=0.1, months=2), sc.FeeFloor(monthly=550))
    clauses = clauses[::-1]
    known = settled(months(verified=units[:2]), *clauses, months=12).invoice()
    later = settled(months(verified=units), *clauses, months=12).invoice("2")
    pd.testing.assert_frame_equal(known, later)


def test_what_is_held_back_shows_when_it_moves():
    """Less in its month, and the same amount when it is released."""
    settlement = settled(months(verified=[100, 0, 0]), sc.Holdback(share=0.1, months=2))
    held = settlement.history()["holdback"].tolist()
    assert held == [Decimal("-60.50"), Decimal(0), Decimal("60.50")]


def test_what_is_held_back_is_released_to_the_cent():
    """10 % of 33,333.33, held twelve times and released: the shifts still sum to zero."""
    settlement = settled(
        months(verified=[33_333.33] * 14),
        sc.Holdback(share=0.1, release="contract end", months=2),
        pricing=sc.PerOutcome(price=1),
        months=12,
    )
    shifts = settlement.history()["holdback"]
    assert sum(shifts) == 0
    assert sum(settlement.history()["due"]) == 12 * Decimal("33333.33")


def test_an_indexed_price_times_its_units_is_due_to_the_cent():
    """What a revision adds is the rounded charge less the rounded charge before it: 5 x 1.125."""
    clause = sc.MostFavouredCustomer(price="unit", comparable="other")
    table = {"verified": [5], "market.other": [1.125]}
    settlement = settled(table, clause, pricing=sc.PerOutcome(price=1.17), months=12)
    assert settlement.due() == Decimal("5.63")


def test_a_price_in_all_is_paid_in_all():
    """36 instalments of 100,000 are 100,000.00, though none is a whole number of cents."""
    settlement = settled(months(verified=[1] * 36), pricing=sc.FixedPrice(price=100_000), months=36)
    assert sum(settlement.due(month) for month in range(1, 37)) == 100_000


def test_the_length_of_the_contract_is_asked_for_where_it_matters():
    """Instalments depend on it, and a price by the unit does not."""
    with pytest.raises(ScenarioError, match="give the deal its months"):
        settled(months(verified=[1] * 3), pricing=sc.FixedPrice(price=120_000))
    assert settled(months(verified=[1] * 3)).due() == Decimal("6.05")


def test_compensation_for_failure_is_due_whenever_the_right_is_used():
    """Two misses by month 2, ended in month 4: half of four fees; ended otherwise, nothing."""
    failure = sc.TerminationForFailure(kpis=("a",), misses=2, within=2, compensation=0.5)
    leave = sc.TerminationForConvenience()
    deal = sc.Deal(
        "F", sc.FixedPrice(per_month=1_000), (failure, leave), targets={"a": 1.0}, months=12
    )
    for ground, due in (
        ("termination_for_failure", -1_000),
        ("termination_for_convenience", 1_000),
    ):
        table = months(a=[0, 0, 1, 1], ended=["", "", "", ground])
        assert sc.settle(deal, table, lower_is_better=[]).due() == due


def test_a_kpi_column_is_what_its_meter_says():
    """A column called like the KPI is compared with the target, on the side the scenario says."""
    desk = small(
        kpis={"wait": {"kind": "time", "level": 5.0, "better": "lower"}},
        deals={
            "D": {
                "pricing": {"per_outcome": {"price": 1}},
                "targets": {"wait": 6.0},
                "clauses": [{"service_credits": {"at_risk": 0.1, "weights": {"wait": 1.0}}}],
            }
        },
    )
    table = months(month=["2026-01", "2026-02"], verified=[1000, 1000], wait=[6.0, 6.1])
    settlement = sc.settle(desk.deals["D"], table, desk)
    assert settlement.history()["service credits"].tolist() == [Decimal(0), Decimal("-100.00")]


def test_a_notice_is_told_in_its_month():
    """85 % of a ceiling of 1,000 is passed in the second month."""
    settlement = settled(
        months(verified=[80, 80]), sc.NotToExceed(amount=1_000), pricing=sc.PerOutcome(price=6)
    )
    assert settlement.notices("1") == []
    assert settlement.notices() == ["not to exceed: notice is due"]


def test_a_contract_that_has_ended_owes_nothing_more():
    """After its last month the lines are zero, and the settlement says so."""
    settlement = settled(months(verified=[1, 1, 1]), months=2)
    assert settlement.due("3") == 0
    assert settlement.notices() == ["the contract has ended"]


def test_a_right_to_end_is_told_and_not_taken():
    """Three misses in a row allow the buyer to end it; it runs on unless the months say so."""
    kpis = {"wait": {"kind": "time", "level": 5.0, "better": "lower"}}
    desk = small(kpis=kpis, after_the_end="none")
    failure = sc.TerminationForFailure(kpis=["wait"], misses=3, within=3)
    deal = sc.Deal("D", sc.PerOutcome(price=1), (failure,), targets={"wait": 6.0})
    columns = {"verified": [10] * 5, "wait": [7, 7, 7, 5, 5]}
    settlement = sc.settle(deal, months(**columns), desk)
    assert settlement.notices(3) == ["termination for failure: the contract may be ended"]
    assert settlement.due(4) == 10
    over = months(**columns, ended=["", "", "termination_for_failure", "", ""])
    assert sc.settle(deal, over, desk).due(4) == 0


def test_termination_for_convenience_is_paid_in_the_month_in_which_it_happened():
    """Planned for month 9 and never used, it costs nothing; used in month 2, 25 % of 12 months."""
    clause = sc.TerminationForConvenience(month=9, form="share of annual fee", share=0.25)
    unused = settled(months(verified=[100] * 3), clause, months=24)
    assert unused.due() == Decimal("605.00")
    ended = ["", "termination_for_convenience", ""]
    used = settled(months(verified=[100] * 3, ended=ended), clause, months=24)
    assert [used.due(month) for month in (1, 2, 3)] == [605, 605 + 3 * 605, 0]


def test_a_clause_that_cannot_end_the_contract_did_not_end_it():
    """The column says which clauses can."""
    with pytest.raises(ScenarioError, match="no clause that ends the contract named 'fee_cap'"):
        settled(months(verified=[1], ended=["fee_cap"]), sc.FeeCap(annual=1_000))


def test_a_rate_in_per_cent_is_refused():
    """71 is no share; nothing is guessed."""
    desk = small(
        kpis={"solved": {"kind": "rate", "level": 0.7}},
        deals={"D": {"pricing": {"hourly": {"rate": 1}}, "targets": {"solved": 0.7}}},
    )
    with pytest.raises(ScenarioError, match=r"write 71 % as 0\.71"):
        sc.settle(desk.deals["D"], months(hours=[1], solved=[71]), desk)
    with pytest.raises(ScenarioError, match="must be at least 0"):
        sc.settle(desk.deals["D"], months(hours=[-1], solved=[0.71]), desk)


def test_ages_of_one_thing_are_needed_together():
    """What a warranty leaves to be paid needs the repairs of every age."""
    desk = small(
        delivery={
            "hours_per_unit": 1,
            "repair": 0.1,
            "roles": {"agent": {"people": 1, "hours": 100, "cost": 10}},
        }
    )
    deal = sc.Deal("D", sc.PerOutcome(price=1), (sc.Warranty(months=2, rate=9.0),))
    needed = sc.columns_needed(deal, desk)
    table = months(**{name: [1] for name in needed if name != "month"})
    assert {"repair.2", "repair.5"} <= set(needed)
    assert sc.settle(deal, table, desk).due() > 1


def test_a_world_still_settles_to_a_ledger():
    """Given a world, the same name settles a simulation."""
    world = sc.World(series={"verified": np.full((2, 1), 100.0)}, paths=1, end=2)
    assert sc.settle(sc.Deal("D", sc.PerOutcome(price=2)), world).fee.sum() == 400


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"verified_units": [1]}, "there is no column named 'verified_units'"),
        ({"claimed": [1]}, "the months lack a column that 'per outcome' needs"),
        ({"verified": [None]}, "verified > 1: must be a number"),
        ({"verified": [float("nan")]}, "must be a number"),
        ({"verified": [True]}, "must be a number"),
        ({"verified": ["12"]}, "must be a number"),
        ({"month": ["2026-01", "2026-03"], "verified": [1, 1]}, "each once, in order"),
        ({"month": [2], "verified": [1]}, "from the contract's first month on"),
        ({"month": [1]}, "no column of figures"),
    ],
)
def test_figures_that_cannot_be_used_are_told_in_words(table, words):
    """Each says what was given and what is allowed; nothing is guessed."""
    with pytest.raises(ScenarioError) as error:
        settled(pd.DataFrame(table))
    assert words in str(error.value)


def test_the_direction_of_a_kpi_is_never_guessed():
    """Targets without a scenario need the names of those of which less is better."""
    deal = sc.Deal("D", sc.PerOutcome(price=1), targets={"wait": 6.0})
    table = months(verified=[1])
    with pytest.raises(ScenarioError, match="lower_is_better"):
        sc.settle(deal, table)
    assert sc.settle(deal, table, lower_is_better=["wait"]).due() == 1


def test_the_columns_needed_are_those_without_which_it_cannot_be_settled():
    """What a deal owes depends on its own figures only, and settling needs no more than those."""
    desk = sc.load("data/scenarios/support-desk.yaml")
    assert sc.columns_needed(desk.deals["Outcome"], desk) == ["month", "verified"]
    needed = sc.columns_needed(desk.deals["Hybrid"], desk)
    table = pd.DataFrame({name: [1] for name in needed})
    table["month"] = ["2026-01"]
    assert sc.settle(desk.deals["Hybrid"], table, desk).due() > 0
    with pytest.raises(ScenarioError, match="lack a column"):
        sc.settle(desk.deals["Hybrid"], table.drop(columns="verified"), desk)
