import json

import pytest
from typer.testing import CliRunner

from scenarios.cli.main import app

DESK = "data/scenarios/support-desk.yaml"


@pytest.fixture
def files(tmp_path):
    """Two months, and an invoice for claimed units."""
    months, invoice = tmp_path / "months.csv", tmp_path / "provider.csv"
    months.write_text("month,verified,claimed\n2026-01,9120,9500\n2026-02,9004,9410\n")
    invoice.write_text("line,amount\nvariable fee,56460.00\n")
    return {"actuals": str(months), "invoice": str(invoice)}


def run(*words):
    """What the command prints, and its exit code."""
    done = CliRunner().invoke(app, ["settle", DESK, *words])
    return done.output, done.exit_code


def test_the_newest_months_invoice_is_printed(files):
    """9,004 units at 6.00 are 54,024.00 due."""
    told, code = run("--deal", "Outcome", "--actuals", files["actuals"])
    assert code == 0
    assert "54,024.00" in told


def test_an_invoice_that_differs_exits_with_3(files):
    """The difference is printed with its reason, for machines as JSON with exact amounts."""
    words = ("--deal", "Outcome", "--actuals", files["actuals"], "--invoice", files["invoice"])
    told, code = run(*words, "--json")
    assert code == 3
    first = json.loads(told)["differences"][0]
    assert (first["contract"], first["invoice"]) == ("54024.00", "56460.00")
    assert "claimed instead of verified" in first["why"]


def test_an_invoice_of_an_earlier_month_is_checked_against_it(files):
    """A month may be named; 56,460 is none of January's amounts."""
    told, code = run("--deal", "Outcome", "--actuals", files["actuals"], "--month", "2026-01")
    assert code == 0
    assert "54,720.00" in told


def test_the_header_that_the_months_need_is_printed():
    """It can be the first line of the file."""
    assert run("--deal", "Outcome", "--columns") == ("month,verified\n", 0)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--deal", "Outcome"), "give the months that happened"),
        ((), "say which deal: --deal NAME"),
        (("--deal", "Outcom", "--columns"), "did you mean 'Outcome'?"),
        (("--deal", "Outcome", "--actuals", "none.csv"), "none.csv cannot be read"),
    ],
)
def test_what_is_missing_is_told(words, told):
    """With exit code 2 and in words."""
    output, code = run(*words)
    assert code == 2
    assert told in output
