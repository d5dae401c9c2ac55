import json

import pytest

import scenarios as sc


def test_run_prints_each_deal_with_separators(scenarios, desk):
    """The table has a column a deal, money with separators and chances in percent."""
    result = scenarios("run", desk, "--paths", 500)
    assert result.exit_code == 0
    assert result.stderr == ""
    summary = sc.simulate(sc.load(desk), paths=500).summary()
    for deal, cost in summary["buyer's all-in cost", "P50"].items():
        assert str(deal) in result.stdout
        assert f" {cost:,.0f} " in result.stdout
    for chance in summary["chance of", "a provider loss"]:
        assert f" {chance:.1%} " in result.stdout
    assert "USD, 36 months, 500 futures, seed 1" in result.stdout


def test_json_is_what_the_run_has_and_nothing_else(scenarios, desk):
    """Standard output is one JSON object with what makes the numbers again, and the numbers."""
    result = scenarios("run", desk, "--paths", 300, "--seed", 5, "--threads", 2, "--json")
    told = json.loads(result.stdout)
    scenario = sc.load(desk)
    summary = sc.simulate(scenario, paths=300, seed=5).summary()
    assert told["scenario"] == {"name": "Support desk", "digest": scenario.digest()}
    assert (told["seed"], told["paths"], told["case"]) == (5, 300, "base")
    assert {"python", "scenarios", "numpy"} <= set(told["versions"])
    assert [record["name"] for record in told["summary"]] == list(summary.index)
    for record in told["summary"]:
        for measure, statistic in summary.columns:
            assert record[measure][statistic] == summary.loc[record["name"], (measure, statistic)]


def test_a_number_that_is_missing_is_null(scenarios):
    """Without an approved budget there is no chance of going over it: null, and a dash."""
    scenarios("init", "desk")
    told = json.loads(scenarios("run", "desk.yaml", "--paths", 100, "--json").stdout)
    assert told["summary"][0]["chance of"]["going over budget"] is None
    assert " - " in scenarios("run", "desk.yaml", "--paths", 100).stdout


def test_a_case_is_run_instead_of_the_base(scenarios, desk):
    """--case takes the named case: its numbers, its name, its own digest."""
    told = json.loads(scenarios("run", desk, "--paths", 100, "--case", "worst", "--json").stdout)
    scenario = sc.load(desk).case("worst")
    assert told["case"] == "worst"
    assert told["scenario"]["digest"] == scenario.digest()
    assert "case worst" in scenarios("run", desk, "--paths", 100, "--case", "worst").stdout


def test_detail_adds_measures(scenarios, desk):
    """--detail prints means and attainment as well."""
    plain = scenarios("run", desk, "--paths", 100).stdout
    detailed = scenarios("run", desk, "--paths", 100, "--detail").stdout
    assert "standard error" in detailed
    assert "standard error" not in plain


def test_compare_prints_the_paired_difference(scenarios, desk):
    """A comparison shows A less B on the same futures, the same numbers as in a notebook."""
    told = json.loads(
        scenarios("compare", desk, "Hourly", "Outcome", "--paths", 400, "--json").stdout
    )
    table = sc.simulate(sc.load(desk), paths=400).compare("Hourly", "Outcome")
    assert [row["name"] for row in told["difference"]] == list(table.index)
    assert [row["mean"] for row in told["difference"]] == pytest.approx(list(table["mean"]))
    shown = scenarios("compare", desk, "Hourly", "Outcome", "--paths", 400).stdout
    assert f"{table.iloc[0]['mean']:,.0f}" in shown
    assert "Hourly less Outcome" in shown


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        (("run", "desk.yaml", "--case", "wurst"), "did you mean 'worst'?"),
        (("compare", "desk.yaml", "Hourly", "Outcom"), "did you mean 'Outcome'?"),
        (("run", "dask.yaml"), "did you mean 'desk.yaml'?"),
        (("run", "desk.yaml", "--paths", "0"), "--paths"),
        (("run", "desk.yaml", "--seed", "-1"), "--seed"),
        (("rum", "desk.yaml"), "No such command"),
    ],
)
def test_what_is_not_there_is_told_and_is_exit_code_two(scenarios, desk, words, fragment):
    """A wrong name says which are known; nothing is printed to standard output."""
    assert desk.exists()
    result = scenarios(*words)
    assert result.exit_code == 2
    assert fragment in result.stderr
    assert result.stdout == ""


def test_names_of_a_file_are_printed_as_they_stand(scenarios, desk):
    """What looks like markup or an emoji in a name is no markup."""
    text = desk.read_text(encoding="utf-8").replace("  Per agent:", '  "[red]Per:smile:":')
    desk.write_text(text.replace("name: Support desk", "name: '[b]Desk'"), encoding="utf-8")
    shown = scenarios("run", desk, "--paths", 50).stdout
    assert "[red]Per:smile:" in shown
    assert "[b]Desk" in shown
