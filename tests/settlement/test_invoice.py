from decimal import Decimal

import pandas as pd
import pytest

import scenarios as sc
from scenarios.errors import ScenarioError

MONTHS = pd.DataFrame({"verified": [100, 90], "claimed": [110, 95]})
DEAL = sc.Deal(
    "Units", sc.PerOutcome(price=(6.0, 5.0)), (sc.Holdback(share=0.1, months=6),), months=24
)


def compared(**lines):
    """What an invoice with these lines has differently, by line."""
    table = pd.DataFrame({"line": list(lines), "amount": list(lines.values())})
    return sc.compare_invoice(sc.settle(DEAL, MONTHS), table).set_index("line")


class TwiceBack(sc.Clause):
    """In the second month the buyer gets the fee back twice."""

    def apply(self, world, ledger):
        """Minus two fees."""
        return ledger.fee * (-2 * (world.month == 1))


def test_an_invoice_like_the_contract_has_no_differences():
    """The same lines, whatever their case or underscores, and the total differ nowhere."""
    assert compared(Variable_Fee=540, holdback=-54, Total=486).empty


def test_claimed_units_instead_of_verified_are_recognised():
    """An amount that another reading of the contract gives says which reading."""
    table = compared(variable_fee=570, holdback=-57)
    assert table.loc["variable fee", "difference"] == Decimal(30)
    assert table.loc["variable fee", "why"] == (
        "as if read: per outcome: counts claimed instead of verified"
    )
    assert table.loc["due", "why"] == "the differences above"


def test_the_month_before_is_recognised():
    """An invoice that repeats the last one says so."""
    assert "the month before" in compared(variable_fee=600, holdback=-60)["why"].iloc[0]


def test_a_line_that_the_contract_does_not_know_is_named():
    """With the nearest line that the contract has."""
    table = compared(variable_fees=540, holdback=-54)
    assert table.loc["variable_fees", "why"].endswith("did it mean 'variable fee'?")
    assert table.loc["variable fee", "why"] == "the invoice leaves it out"
    assert table.loc["variable fee", "invoice"] == 0


def test_a_total_that_does_not_add_up_is_told():
    """The lines are right and the sum is not."""
    table = compared(variable_fee=540, holdback=-54, due=500)
    assert table.loc["due", "why"] == "the invoice does not add up: its lines come to 486"


def test_an_amount_that_no_reading_gives_is_said_to_be_so():
    """No reason is invented."""
    why = compared(variable_fee=541.17, holdback=-54).loc["variable fee", "why"]
    assert why == "no other reading of the contract gives this amount"


def test_an_invoice_without_its_columns_is_refused():
    """The columns are named."""
    with pytest.raises(ScenarioError, match="needs the columns line and amount"):
        sc.compare_invoice(sc.settle(DEAL, MONTHS), pd.DataFrame({"text": ["a"]}))


def test_tax_stands_below_what_is_due():
    """19 % of 540 is 102.60: on the fee, whatever is held back of it."""
    taxed = DEAL.replace(clauses=(sc.ValueAddedTax(rate=0.19, recoverable=1), *DEAL.clauses))
    settlement = sc.settle(taxed, MONTHS)
    assert settlement.invoice().to_numpy().tolist()[-3:] == [
        ["", "due", Decimal("486.00")],
        ["2", "value-added tax", Decimal("102.60")],
        ["", "due with tax", Decimal("588.60")],
    ]
    lines = {"variable fee": 540, "holdback": -54, "value-added tax": 100}
    received = pd.DataFrame({"line": list(lines), "amount": list(lines.values())})
    table = sc.compare_invoice(settlement, received)
    assert table["line"].tolist() == ["value-added tax"]


@pytest.mark.parametrize(
    ("rule", "tax"), [("half up", "1.05"), ("half even", "1.04"), ("half down", "1.04")]
)
def test_tax_is_whole_cents_by_the_deals_rule(rule, tax):
    """10 % of 10.45 is a tie, and of a credit of 10.45 the same tie below zero."""
    clauses = TwiceBack(), sc.ValueAddedTax(rate=0.1)
    price, rounding = sc.PerOutcome(price=0.95), sc.Rounding(rule=rule)
    taxed = sc.Deal("T", price, clauses, months=12, rounding=rounding)
    settlement = sc.settle(taxed, pd.DataFrame({"verified": [11, 11]}))
    for month, sign in ((1, 1), (2, -1)):
        invoice = settlement.invoice(month).set_index("line")["amount"]
        assert invoice["value-added tax"] == sign * Decimal(tax)
        assert invoice["due with tax"] == sign * (Decimal("10.45") + Decimal(tax))


def test_a_total_alone_is_compared_with_the_total():
    """One that is right has no differences; one that is not names the reading that gives it."""
    assert compared(total=486).empty
    assert compared(total=513).loc["due", "why"].startswith("as if read: per outcome: counts")


def test_the_reading_that_explains_most_lines_comes_first():
    """Without the holdback, both the lines and the total fit."""
    table = compared(variable_fee=570, holdback=-57)
    assert table.loc["variable fee", "why"].split(", or ")[0].endswith("instead of verified")


def test_a_total_with_tax_is_recognised_and_two_totals_must_agree():
    """600 and 114 of tax come to 714, whatever the last row is called."""
    taxed = sc.Deal("T", sc.PerOutcome(price=6.0), (sc.ValueAddedTax(rate=0.19),), months=12)
    settlement = sc.settle(taxed, pd.DataFrame({"verified": [100]}))
    lines, amounts = ["variable fee", "value-added tax", "total"], [600, 114, 714]
    table = pd.DataFrame({"line": lines, "amount": amounts})
    assert sc.compare_invoice(settlement, table).empty
    twice = pd.DataFrame({"line": ["variable fee", "sum", "total"], "amount": [600, 600, 601]})
    with pytest.raises(ScenarioError, match="two totals that differ"):
        sc.compare_invoice(settlement, twice)
