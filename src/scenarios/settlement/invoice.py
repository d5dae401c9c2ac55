"""An invoice received, laid beside what the contract makes due, with the likely reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pandas as pd

from scenarios.clauses.value_added_tax import ValueAddedTax
from scenarios.errors import Problem, ScenarioError, nearest
from scenarios.io.amounts import read_amounts
from scenarios.results.frames import shown
from scenarios.settlement.months import decimal
from scenarios.settlement.readings import readings
from scenarios.settlement.settlement import DUE, WITH_TAX, Settlement

LINE, AMOUNT = "line", "amount"
COLUMNS = ["paragraph", LINE, "contract", "invoice", "difference", "why"]
CENTS = -2
TOTALS = frozenset({DUE, "total", "sum"})
"""What an invoice may call its last row."""


def compare_invoice(
    settlement: Settlement, invoice: pd.DataFrame | str | Path, month: str | int | None = None
) -> pd.DataFrame:
    """What an invoice says differently from the contract, and why that may be.

    ``invoice`` has the columns ``line`` (a line's name, as in ``settlement.invoice()``) and
    ``amount``, as a table or a CSV file. Returned are the lines whose amounts differ, the total
    last: ``paragraph``, ``line``, ``contract``, ``invoice``, ``difference`` (the invoice less the
    contract) [money, ``Decimal``], ``why``. Where an amount is what the contract would give when
    read in another way, such as claimed units instead of verified ones or a clause left out,
    ``why`` says in which. Raises ``ScenarioError`` for an invoice that cannot be read.
    """
    ours = settlement.invoice(month)
    contract = dict(zip(ours[LINE], ours[AMOUNT], strict=True))
    paragraphs = dict(zip(ours[LINE], ours["paragraph"], strict=True))
    table = invoice if isinstance(invoice, pd.DataFrame) else read_amounts(invoice, words=(LINE,))
    given = _amounts(table, list(contract))
    if WITH_TAX not in given:  # the sum without tax says the same
        contract.pop(WITH_TAX, None)
    lines = [*dict.fromkeys([*contract, *given])]
    lines.sort(key=lambda line: line in {DUE, WITH_TAX})
    if not set(given) - {DUE, WITH_TAX}:  # a total alone is compared with the total
        lines = [line for line in lines if line in given]
    other = _likeliest(_other_amounts(settlement, month), given)
    rows = []
    for line in lines:
        ours_, theirs = contract.get(line, Decimal(0)), given.get(line, Decimal(0))
        if theirs != ours_:
            why = _why(line, contract, given, other)
            amounts = [_in_full(amount) for amount in (ours_, theirs, theirs - ours_)]
            rows.append([paragraphs.get(line, ""), line, *amounts, why])
    result = pd.DataFrame(rows, columns=COLUMNS, dtype=object)
    result.attrs |= ours.attrs
    return shown(result)


def _amounts(table: pd.DataFrame, known: list[str]) -> dict[str, Decimal]:
    """The amounts of an invoice by the contract's own names of lines; repeated lines add up."""
    lacking = [name for name in (LINE, AMOUNT) if name not in table.columns]
    if lacking:
        told = "an invoice needs the columns line and amount"
        given = ", ".join(map(str, table.columns))
        raise ScenarioError(Problem(told, given=given, allowed=f"{LINE}, {AMOUNT}"))
    names = {name.casefold(): name for name in known}
    amounts: dict[str, Decimal] = {}
    for row, (line, amount) in enumerate(zip(table[LINE], table[AMOUNT], strict=True), 1):
        plain = " ".join(str(line).replace("_", " ").split()).casefold()
        name = DUE if plain in TOTALS else names.get(plain, str(line).strip())
        number = decimal(amount, AMOUNT, row)
        if name == DUE and amounts.get(DUE, number) != number:
            told = "the invoice has two totals that differ"
            raise ScenarioError(Problem(told, (AMOUNT, row), given=f"{amounts[DUE]}, {number}"))
        amounts[name] = number if name == DUE else amounts.get(name, Decimal(0)) + number
    tax = amounts.get(ValueAddedTax.label())
    if tax is not None and amounts.get(DUE) == _net(amounts) + tax:
        amounts[WITH_TAX] = amounts.pop(DUE)
    amounts.setdefault(DUE, _net(amounts))
    return amounts


def _in_full(amount: Decimal) -> Decimal:
    """The same amount with at least two decimals."""
    return amount if amount.as_tuple().exponent < CENTS else amount.quantize(Decimal("0.01"))  # type: ignore[operator]


def _net(amounts: Mapping[str, Decimal]) -> Decimal:
    """What an invoice's lines come to, without tax."""
    taxes = {DUE, WITH_TAX, ValueAddedTax.label()}
    return sum((amount for name, amount in amounts.items() if name not in taxes), Decimal(0))


def _other_amounts(
    settlement: Settlement, month: str | int | None
) -> Iterator[tuple[str, dict[str, Decimal]]]:
    """What the month's lines would be if the contract were read in other ways."""
    for words, deal in readings(settlement.deal):
        try:
            invoice = settlement.under(deal).invoice(month)
        except ScenarioError:  # figures that this reading needs are not there
            continue
        yield words, dict(zip(invoice[LINE], invoice[AMOUNT], strict=True))
    place = settlement.place(month)
    if place:
        invoice = settlement.invoice(settlement.labels[place - 1])
        yield "the month before", dict(zip(invoice[LINE], invoice[AMOUNT], strict=True))


def _likeliest(
    readings: Iterator[tuple[str, dict[str, Decimal]]], given: Mapping[str, Decimal]
) -> list[tuple[str, dict[str, Decimal]]]:
    """The readings, first those that explain most lines of the invoice."""

    def unexplained(reading: tuple[str, dict[str, Decimal]]) -> int:
        amounts = reading[1]
        return sum(amounts.get(line, 0) != given.get(line, 0) for line in {**amounts, **given})

    return sorted(readings, key=unexplained)


def _why(
    line: str,
    contract: Mapping[str, Decimal],
    given: Mapping[str, Decimal],
    other: list[tuple[str, dict[str, Decimal]]],
) -> str:
    """The likeliest reason for a difference, in words."""
    amount = given.get(line, Decimal(0))
    found = [words for words, amounts in other if amounts.get(line, Decimal(0)) == amount]
    read = f"as if read: {', or '.join(found[:3])}" if found else ""
    if line in {DUE, WITH_TAX}:
        return _why_the_total(given, read)
    if line not in contract:
        close = nearest(line, contract)
        meant = "" if close is None else f"; did it mean {close!r}?"
        return f"the contract makes no such line due this month{meant}"
    if line not in given:
        return "the invoice leaves it out"
    return read or "no other reading of the contract gives this amount"


def _why_the_total(given: Mapping[str, Decimal], read: str) -> str:
    """Why the sum differs: the lines do, or they do not add up to it."""
    if not set(given) - {DUE, WITH_TAX}:
        return read or "the invoice gives no lines: ask for them"
    lines = _net(given)
    if lines != given[DUE]:
        return f"the invoice does not add up: its lines come to {lines:,}"
    return "the differences above"
