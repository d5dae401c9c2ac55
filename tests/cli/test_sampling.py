import json

import pytest

import scenarios as sc


def test_run_takes_sobol_points_and_says_so(scenarios, desk):
    """The numbers are those of a notebook; the caption and the JSON name the sampling."""
    words = ("run", desk, "--paths", 256, "--sampling", "sobol")
    run = sc.simulate(sc.load(desk), paths=256, sampling="sobol")
    shown = scenarios(*words)
    assert shown.exit_code == 0
    for cost in run.summary()["buyer's all-in cost", "P50"]:
        assert f" {cost:,.0f} " in shown.stdout
    assert "256 futures, seed 1, Sobol points" in shown.stdout
    assert "standard error" not in shown.stdout.lower()
    assert "No standard error: Sobol points are not" in scenarios(*words, "--detail").stdout
    assert json.loads(scenarios(*words, "--json").stdout)["sampling"] == "sobol"


def test_compare_has_no_standard_error_with_sobol_points(scenarios, desk):
    """Null for a machine; a dash and the reason for a person."""
    words = ("compare", desk, "Hourly", "Outcome", "--paths", 256, "--sampling", "sobol")
    rows = json.loads(scenarios(*words, "--json").stdout)["difference"]
    table = sc.simulate(sc.load(desk), paths=256, sampling="sobol").compare("Hourly", "Outcome")
    assert [row["mean"] for row in rows] == pytest.approx(list(table["mean"]))
    assert {row["standard error"] for row in rows} == {None}
    assert "No standard error: Sobol points are not" in scenarios(*words).stdout


def test_compare_goes_on_until_the_difference_is_known(scenarios, desk):
    """--tolerance simulates as ``simulate_until`` does, and says what it reached."""
    words = ("compare", desk, "Hourly", "Outcome", "--paths", 5_000, "--tolerance", 1_500)
    deals = [sc.load(desk).deals[name] for name in ("Hourly", "Outcome")]
    run = sc.simulate_until(
        sc.load(desk), deals, between=("Hourly", "Outcome"), tolerance=1_500, least=5_000
    )
    told = json.loads(scenarios(*words, "--json").stdout)
    assert told["paths"] == told["precision"]["paths"] == run.paths > 5_000
    assert told["precision"]["half_width"] == run.precision.half_width
    assert told["precision"]["reached"] is True
    assert told["difference"][0]["mean"] == pytest.approx(run.precision.mean)
    assert "the tolerance of 1,500 is reached" in " ".join(scenarios(*words).stdout.split())
    few = scenarios(*words[:-1], 10, "--most", 5_000, "--json")
    assert json.loads(few.stdout)["precision"]["reached"] is False


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        (("run", "desk.yaml", "--sampling", "sobal"), "did you mean 'sobol'?"),
        (("report", "desk.yaml", "--sampling", "sobal"), "did you mean 'sobol'?"),
        (
            ("compare", "desk.yaml", "Hourly", "Outcome", "--sampling", "sobol", "--tolerance", 9),
            "--tolerance needs --sampling random",
        ),
        (("compare", "desk.yaml", "Hourly", "Outcome", "--tolerance", 0), "above 0: given 0"),
        (("compare", "desk.yaml", "Hourly", "Hourly", "--tolerance", 9), "given Hourly twice"),
    ],
)
def test_what_cannot_be_is_told_and_is_exit_code_two(scenarios, desk, words, fragment):
    """Nothing is printed to standard output; the words say what is allowed."""
    assert desk.exists()
    result = scenarios(*words)
    assert result.exit_code == 2
    assert fragment in result.stderr
    assert result.stdout == ""
