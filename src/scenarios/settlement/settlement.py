"""What months that happened make due: invoices, their history, and notices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import pandas as pd

from scenarios.clauses.value_added_tax import ValueAddedTax
from scenarios.deal import Deal
from scenarios.errors import ScenarioError, unknown
from scenarios.ledger import Ledger, Line
from scenarios.promises import exact
from scenarios.results.frames import shown
from scenarios.settlement.months import MONTH
from scenarios.settling import settle as settle_ledger
from scenarios.world import World

DUE, WITH_TAX = "due", "due with tax"
"""What the sums of an invoice are called."""


@dataclass(frozen=True, eq=False)
class Settlement:
    """What the months that happened make due: every line in whole cents, by the contract's rule."""

    deal: Deal
    world: World
    """The months, in ``Decimal``."""
    ledger: Ledger
    labels: tuple[str, ...]
    """The months' names."""

    def invoice(self, month: str | int | None = None) -> pd.DataFrame:
        """The invoice of a month, the newest unless named: one row a line, then what is due.

        Columns: ``paragraph`` of the term sheet, ``line``, ``amount`` [money, ``Decimal``]. A line
        that moves nothing this month is left out, but for the pricing model's. What is due is net
        of value-added tax; where the deal has that clause, the tax on the fee and the sum follow.
        """
        place = self.place(month)
        rows = [
            {"paragraph": str(line.term + 1), "line": line.name, "amount": amount}
            for line, amount in self.lines(place)
            if line.term is not None and (amount or line.term == 0)
        ]
        rows.append({"paragraph": "", "line": DUE, "amount": self.due(month)})
        rows += self._tax(place)
        table = pd.DataFrame(rows, dtype=object)
        table.attrs |= {"deal": self.deal.name, "month": self.labels[place]}
        return shown(table)

    def history(self) -> pd.DataFrame:
        """Every month's lines and what was due: rows months, columns lines [money, ``Decimal``]."""
        body = {
            label: {line.name: amount for line, amount in self.lines(place)}
            for place, label in enumerate(self.labels)
        }
        table = pd.DataFrame.from_dict(body, orient="index", dtype=object).rename_axis(index=MONTH)
        table[DUE] = pd.Series({label: self.due(label) for label in self.labels}, dtype=object)
        return shown(table)

    def due(self, month: str | int | None = None) -> Decimal:
        """What the buyer pays the provider for a month, the newest unless named [money]."""
        return sum((amount for _, amount in self.lines(self.place(month))), Decimal(0))

    def notices(self, month: str | int | None = None) -> list[str]:
        """What one party must tell the other because of a month, such as a ceiling coming near."""
        place = self.place(month)
        told = [words for words, due in self.ledger.notices if due[place].any()]
        active = self.ledger.active
        over = active is not None and not active[place].any()
        return [*told, "the contract has ended"] if over else told

    def under(self, deal: Deal) -> Settlement:
        """The same months under another deal."""
        return replace(self, deal=deal, ledger=settle_ledger(exact(deal), self.world))

    def lines(self, place: int) -> Iterator[tuple[Line, Decimal]]:
        """Each line of the contract's terms, and what it adds to what is paid in a month."""
        for line in self.ledger:
            if line.term is not None:
                books = [
                    amounts for book, amounts in line.amounts.items() if book in ("fee", "cash")
                ]
                yield line, sum((amounts[place, 0] for amounts in books), Decimal(0))

    def _tax(self, place: int) -> Iterator[dict[str, object]]:
        """The rows below what is due: the tax that the invoice shows on the month's fee."""
        for number, clause in enumerate(self.deal.clauses, 2):
            if isinstance(clause, ValueAddedTax):
                fee = self.ledger.fee[place, 0]
                tax = self.deal.rounding.one(fee * exact(clause).rate)
                yield {"paragraph": str(number), "line": clause.label(), "amount": tax}
                gross = self.due(self.labels[place]) + tax
                yield {"paragraph": "", "line": WITH_TAX, "amount": gross}

    def place(self, month: str | int | None) -> int:
        """The place of a month among those given, the newest unless named."""
        if month is None:
            return len(self.labels) - 1
        if str(month) not in self.labels:
            raise ScenarioError(unknown("month", str(month), self.labels))
        return self.labels.index(str(month))
