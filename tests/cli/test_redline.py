import json

import pytest

import scenarios as sc


def test_two_deals_of_a_file(scenarios, desk):
    """The changes in words, with what they are worth; JSON says the same."""
    told = scenarios("redline", desk.name, "Per agent", "Hourly", "--paths", 50)
    assert told.exit_code == 0
    assert "Hourly: billing contracted becomes worked" in " ".join(told.stdout.split())
    answer = scenarios("redline", desk.name, "Per agent", "Hourly", "--paths", 50, "--json")
    changes = json.loads(answer.stdout)["changes"]
    scenario = sc.load(desk)
    found = sc.redline(*(scenario.deals[n] for n in ("Per agent", "Hourly")), scenario, paths=50)
    assert [row["change"] for row in changes[:-1]] == found.changes
    assert changes[-1]["to the buyer"] == found.table().loc["in all", "to the buyer"]


def test_one_deal_of_two_files_is_valued_in_the_first(scenarios, desk):
    """The older file brings the older deal only; the worth is that of the file's own scenario."""
    text = desk.read_text(encoding="utf-8")
    old = desk.with_name("old.yaml")
    old.write_text(
        text.replace("minimum: 33_000", "minimum: 30_000").replace(
            "per_month: 10_000", "per_month: 1"
        ),
        encoding="utf-8",
    )
    words = ("redline", desk.name, old.name, "--deal", "Outcome", "--paths", 50, "--json")
    (row, total) = json.loads(scenarios(*words).stdout)["changes"]
    assert row["change"] == "Per outcome: minimum 30,000 USD becomes 33,000 USD"
    assert 0 <= row["to the provider"] < 3_000 * 36 / 2  # at one ticket a month it would be all
    assert row["to the provider"] == total["to the provider"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("Hourly",), "name two deals of the file, or an older file and --deal NAME"),
        (("Hourly", "Outcom"), "did you mean 'Outcome'?"),
    ],
)
def test_what_is_missing_is_said(scenarios, desk, words, says):
    """One deal alone, or a deal that is not there, is an error in words."""
    result = scenarios("redline", desk.name, *words)
    assert result.exit_code == 2
    assert says in result.stderr


def test_shapley_values_add_up_to_the_same_whole(scenarios, desk):
    """--shapley moves the rows and says over how many orders; their sum stays what it was."""
    words = ("redline", desk.name, "Hourly", "Outcome", "--paths", 50, "--json")
    plain, even = (json.loads(scenarios(*words, *more).stdout) for more in ((), ("--shapley",)))
    assert plain["orders"] == 1
    assert even["orders"] > 1
    assert plain["changes"][-1] == even["changes"][-1]
    for told in (plain, even):
        *rows, total = told["changes"]
        assert sum(row["to the buyer"] for row in rows) == pytest.approx(total["to the buyer"])


def test_the_older_file_must_be_there_and_have_the_deal(scenarios, desk):
    """A file that is missing, or has no such deal, is an error in words that names it."""
    missing = scenarios("redline", desk.name, "nothing.yaml", "--deal", "Outcome")
    assert missing.exit_code == 2
    assert missing.stderr.startswith("nothing.yaml: there is no such file")
    unknown = scenarios("redline", desk.name, desk.name, "--deal", "Outcom")
    assert unknown.exit_code == 2
    assert "did you mean 'Outcome'?" in unknown.stderr
