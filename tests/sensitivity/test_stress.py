import inspect

import pytest
from tests.small import small

import scenarios as sc
from scenarios import ScenarioError
from scenarios.cli.stress import stress as stress_command
from scenarios.engine.streams import BLOCK

AUTOMATION = {"ceiling": 0.5, "go_live": 0, "midpoint": 3, "rise": 3}
DEALS = {
    "Hourly": {"pricing": {"hourly": {"rate": 20}}},
    "Fixed": {"pricing": {"hourly": {"rate": 16, "billing": "contracted"}}},
}
COST, CHANGE = "buyer's all-in cost", "buyer's all-in cost, change"


def desk(**sections):
    """A year of 100 hours a month at 20, against 1,600 a month whatever happens."""
    return small(**{"deals": DEALS} | sections)


def test_the_stresses_stand_side_by_side_with_what_they_change():
    """Half the volume from month 6 on halves six bills of twelve; contracted heads cost no less."""
    table = sc.stress_test(desk(), paths=1)
    assert table.loc["as written", (COST, "Hourly")] == pytest.approx(24_000)
    assert table.loc["volume_falls", (CHANGE, "Hourly")] == pytest.approx(-6_000, rel=0.02)
    assert table.loc["volume_falls", (CHANGE, "Fixed")] == 0
    jump = table.loc["wage_jump", ("provider's contribution, change", "Fixed")]
    assert jump == pytest.approx(-0.15 * 12_000)


def test_what_does_not_apply_is_left_out_with_its_reason():
    """Nothing is automated, there is no KPI, all is claimed and a year has no month 12: six say so,
    the others are told.
    """
    table = sc.stress_test(desk(), paths=1)
    why = table.attrs["left out"]
    assert set(why) == {
        *("automation_late", "next_wave", "kpi_shock", "meter_inflates"),
        *("provider_insolvent", "data_breach"),
    }
    assert "month 12 lies outside" in why["data_breach"]
    assert set(table.attrs["told"]) == set(table.index) - {"as written"}


def test_stresses_may_be_chosen():
    """Only those asked for, with their own numbers."""
    table = sc.stress_test(desk(), [sc.STRESSES["wage_jump"](rise=0.5)], paths=1)
    assert table.index.tolist() == ["as written", "wage_jump"]
    change = table.loc["wage_jump", ("provider's contribution, change", "Hourly")]
    assert change == pytest.approx(-6_000)


def test_how_bad_it_must_get_is_found_where_it_can_be_worked_out():
    """Hourly costs 24,000 + slower x 6 x 2,000 (half-life 600): Fixed's 26,400 from 0.2 on."""
    deals = DEALS | {"Fixed": {"pricing": {"hourly": {"rate": 22, "billing": "contracted"}}}}
    numbers = {"month": 6, "half_life": 600}
    found = sc.reverse_stress(
        desk(deals=deals), "key_people_leave", deal="Hourly", against="Fixed", paths=1, **numbers
    )
    assert found.advantage == pytest.approx(2_400)
    assert found.turns == pytest.approx(0.2, rel=0.01)
    assert str(found) == (
        "Hourly stays cheaper than Fixed until a unit takes 20 % more hours once key people have "
        "left"
    )


def test_a_deal_that_never_loses_says_up_to_where_was_looked():
    """No volume is small enough for contracted heads to be cheaper than hours worked."""
    dear = DEALS | {"Fixed": {"pricing": {"hourly": {"rate": 30, "billing": "contracted"}}}}
    found = sc.reverse_stress(
        desk(deals=dear), "volume_falls", deal="Hourly", against="Fixed", paths=1
    )
    assert found.turns is None
    assert str(found) == "Hourly stays cheaper than Fixed even where volume falls by 99 %"


def test_a_deal_that_has_lost_already_is_told():
    """Where nothing is stressed Hourly costs 24,000 against 19,200."""
    found = sc.reverse_stress(desk(), "wage_jump", deal="Hourly", against="Fixed", paths=1)
    assert found.turns is None
    assert str(found) == "Hourly costs more than Fixed as written, before any stress"


@pytest.mark.parametrize("name", sc.STRESSES)
def test_how_bad_a_stress_is_can_be_said_in_words(name):
    """Each stress says its severity with its unit, and no name of a field."""
    kind = sc.STRESSES[name](**{sc.STRESSES[name].severity: 0.254})
    said = kind.how_bad()
    assert sc.STRESSES[name].reached or name == "volume_falls"
    assert "{" not in said
    assert "_" not in said
    percent = name in {
        *("next_wave", "wage_jump", "key_people_leave", "meter_inflates", "relationship_fails")
    }
    assert ("25.4 %" in said) == percent
    assert ("74.6 %" in said) == (name == "volume_falls")


def test_large_money_is_written_out():
    """A hundred million is no power of ten to who reads it."""
    breach = sc.STRESSES["data_breach"](amount=1e8)
    assert breach.how_bad("EUR") == "a breach of data costs the buyer 100,000,000 EUR"
    table = sc.stress_test(desk(), [breach.replace(month=6)], paths=1)
    assert "100,000,000 USD" in table.attrs["told"]["data_breach"]


def test_a_small_fall_of_volume_is_not_rounded_away():
    """From 0.07 % less volume on, contracted heads that were as dear as hours cost more."""
    deals = DEALS | {"Fixed": {"pricing": {"hourly": {"rate": 19.994, "billing": "contracted"}}}}
    found = sc.reverse_stress(
        desk(deals=deals), "volume_falls", deal="Fixed", against="Hourly", paths=1
    )
    assert 0.999 < found.turns < 1
    assert "until volume falls by 0.0" in str(found)
    assert not str(found).endswith("by 0 %")


def test_automation_that_comes_late_turns_a_deal():
    """Hourly is cheaper as automation halves its hours; late enough it no longer is."""
    found = sc.reverse_stress(
        desk(automation=AUTOMATION), "automation_late", deal="Hourly", against="Fixed", paths=1
    )
    assert 0.5 < found.turns < 3


def test_unknown_names_are_errors_that_name_the_nearest():
    """A deal and a stress that there are."""
    with pytest.raises(ScenarioError, match="did you mean 'Hourly'"):
        sc.reverse_stress(desk(), "wage_jump", deal="Hourli", against="Fixed")
    with pytest.raises(ScenarioError, match="did you mean 'wage_jump'"):
        sc.reverse_stress(desk(), "wage_jumb", deal="Hourly", against="Fixed")


def test_claims_that_are_a_range_are_stressed_like_any_other():
    """Every stress is in the table or left out with its reason, whatever form the claims have."""
    for claimed in ({"p10": 0.93, "p90": 0.99}, {"low": 0.9, "mode": 0.97, "high": 0.995}):
        table = sc.stress_test(desk(outcomes={"claimed": claimed}), paths=1)
        assert "meter_inflates" in table.index


def test_a_stress_whose_result_is_not_valid_is_left_out_with_its_reason():
    """A cost below nothing is no scenario: the table says what is wrong."""

    class Gift(sc.Stress):
        """Work costs {cost}."""

        cost: float = -1.0

        def on(self, data):
            """A cost that cannot be."""
            data["delivery"]["roles"]["agent"]["cost"] = self.cost

    table = sc.stress_test(desk(), [Gift(), "wage_jump"], paths=1)
    assert table.index.tolist() == ["as written", "wage_jump"]
    assert "delivery > roles > agent > cost" in table.attrs["left out"]["gift"]


def test_two_stresses_of_one_kind_are_two_rows():
    """The second is numbered, and told with its own number."""
    jump = sc.STRESSES["wage_jump"]
    table = sc.stress_test(desk(), [jump(rise=0.1), jump(rise=0.2)], paths=1)
    assert table.index.tolist() == ["as written", "wage_jump", "wage_jump 2"]
    changes = table["provider's contribution, change"]["Hourly"].tolist()
    assert changes == pytest.approx([0, -1_200, -2_400])
    assert "20 %" in table.attrs["told"]["wage_jump 2"]


def test_the_advantage_is_that_of_the_scenario_as_written():
    """As written Hourly costs 24,000 against 26,400; insolvent in month 6 both end, Hourly's saving
    with it: 1,200 are left before the replacement, which costs both the same.
    """
    deals = DEALS | {"Fixed": {"pricing": {"hourly": {"rate": 22, "billing": "contracted"}}}}
    found = sc.reverse_stress(
        desk(deals=deals), "provider_insolvent", deal="Hourly", against="Fixed", paths=1, month=6
    )
    assert found.advantage == pytest.approx(2_400)
    assert found.turns is None


def test_a_deal_may_turn_at_the_least_severity():
    """A stress that doubles the hours before it begins to count: Hourly has lost at once."""

    class Muddle(sc.Stress):
        """A unit takes twice the hours and {more} more."""

        severity = "more"

        more: float = 0.5

        def on(self, data):
            """Twice, and more."""
            data["delivery"]["hours_per_unit"] *= 2 + self.more

    deals = DEALS | {"Fixed": {"pricing": {"hourly": {"rate": 22, "billing": "contracted"}}}}
    found = sc.reverse_stress(desk(deals=deals), Muddle(), deal="Hourly", against="Fixed", paths=1)
    assert (found.turns, found.advantage) == (0, pytest.approx(2_400))
    assert str(found) == "Hourly costs more than Fixed under muddle, however mild it is"


def test_a_severity_that_changes_nothing_is_said():
    """Where the file says what a replacement costs, no other price of it can turn a deal."""
    with pytest.raises(ScenarioError, match="dearer changes nothing in this scenario"):
        sc.reverse_stress(
            desk(after_the_end={"per_unit": 15.0}),
            "provider_insolvent",
            deal="Fixed",
            against="Hourly",
            paths=1,
            month=6,
        )


TWINS = {"A": DEALS["Hourly"], "B": DEALS["Hourly"]}


@pytest.mark.parametrize("pair", [("A", "B"), ("B", "A")])
def test_equal_deals_cost_the_same_and_neither_stays_cheaper(pair):
    """Two deals of the same words: no stress makes one of them the cheaper."""
    found = sc.reverse_stress(
        desk(deals=TWINS), "volume_falls", deal=pair[0], against=pair[1], paths=1
    )
    assert (found.turns, found.at_worst, found.same) == (None, None, True)
    assert found.holds == "not even as written"
    assert str(found) == f"{pair[0]} and {pair[1]} cost the buyer the same before any stress"


def test_rounding_is_no_loss():
    """A bill that is dearer by a ten-thousandth of a cent is the same bill."""
    near = {"hourly": {"rate": 20 + 1e-9}}
    found = sc.reverse_stress(
        desk(deals=TWINS | {"B": {"pricing": near}}), "wage_jump", deal="B", against="A", paths=1
    )
    assert -0.005 < found.advantage < 0
    assert str(found) == "B and A cost the buyer the same before any stress"


def test_rounding_under_a_stress_turns_no_deal():
    """A deal that a stress makes as dear as the other, but for the last bits, has not lost."""

    class Same(sc.Stress):
        """Both are paid the same rate, the first {more} of a billionth more."""

        severity = "more"

        more: float = 0.5

        def on(self, data):
            """The cheaper deal takes the other's rate, and a billionth."""
            rate = data["deals"]["Fixed"]["pricing"]["hourly"]["rate"]
            data["deals"]["Hourly"]["pricing"]["hourly"]["rate"] = rate + 1e-9 * self.more

    deals = DEALS | {"Fixed": {"pricing": {"hourly": {"rate": 22}}}}
    found = sc.reverse_stress(desk(deals=deals), Same(), deal="Hourly", against="Fixed", paths=1)
    assert found.turns is None
    assert abs(found.at_worst) < 0.005


def test_a_stress_that_moves_neither_deal_does_not_tell_them_apart():
    """A breach costs the buyer the same under both deals, however much it is; 99 % less volume
    makes hours worked still cheaper by more.
    """
    deals = DEALS | {"Fixed": {"pricing": {"hourly": {"rate": 30, "billing": "contracted"}}}}
    breach, falls = (
        sc.reverse_stress(desk(deals=deals), kind, deal="Hourly", against="Fixed", paths=1, month=6)
        for kind in ("data_breach", "volume_falls")
    )
    assert breach.at_worst == pytest.approx(breach.advantage) == pytest.approx(12_000)
    assert str(breach).endswith("100,000,000 USD: data breach does not tell the two apart")
    assert falls.at_worst == pytest.approx(12_000 + 0.99 * 12_000)
    assert falls.tells_apart


@pytest.mark.parametrize(
    ("stress", "numbers", "said"),
    [
        ("volume_falls", {"most": 2}, r"^most: must be a number from 0 to 1 \(given: 2\)$"),
        ("volume_falls", {"most": 1}, "most: at left 1 nothing is stressed"),
        (
            "key_people_leave",
            {"month": "x"},
            r"^key_people_leave > month: must be a whole number from 0 to 600 \(given: 'x'\)$",
        ),
        (
            "key_people_leave",
            {"half_life": -1},
            r"half_life: must be a whole number from 1 to 600 \(given: -1\)$",
        ),
        ("data_breach", {"most": -1.0}, r"^most: must be a number, 0 or more \(given: -1.0\)$"),
    ],
)
def test_a_number_outside_its_bounds_is_told_with_them(stress, numbers, said):
    """Which number it is, what it may be and what was given; nothing of how it was checked."""
    with pytest.raises(ScenarioError, match=said):
        sc.reverse_stress(desk(), stress, deal="Hourly", against="Fixed", paths=1, **numbers)


def test_a_stress_of_the_scenario_tells_its_bounds_too():
    """The same words where the stress is put on alone, by name or as a stress with new numbers."""
    for stress in ("volume_falls", sc.STRESSES["volume_falls"]()):
        with pytest.raises(ScenarioError, match="volume_falls > left: must be a number from 0 to"):
            desk().stress(stress, left=2)


def test_a_whole_block_is_looked_at_unless_told_otherwise():
    """Fewer futures save nothing: a block is settled whole; the command says the same number."""
    for one in (sc.stress_test, sc.reverse_stress, stress_command):
        assert inspect.signature(one).parameters["paths"].default == BLOCK
