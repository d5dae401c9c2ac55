"""The term sheet: a deal on paper, in the words and with the numbers that are settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.deal import Deal
from scenarios.errors import ScenarioError, unknown
from scenarios.ledger import Line
from scenarios.scenario import Scenario
from scenarios.settling import WORLD_LINES
from scenarios.term import Term
from scenarios.wording import operations
from scenarios.wording.amounts import capital
from scenarios.wording.definitions import Defined, kpis, outcome, unit_of
from scenarios.wording.sentence import sentence

NO_PARAGRAPH = ("after the end", *(name for name, *_ in WORLD_LINES.values()))
"""Ledger lines that the world writes and not the contract."""


@dataclass(frozen=True)
class Paragraph:
    """One term of the contract."""

    number: int
    """From 1; the pricing model is the first."""
    heading: str
    """What the term is called."""
    text: str
    """Its sentence, with every number."""
    line: str | None
    """Its line in the ledger; none for the pricing model, whose lines are rows of the budget."""


@dataclass(frozen=True)
class TermSheet:
    """A deal in numbered paragraphs, with what they count, and how a month is settled."""

    title: str
    """The deal's name."""
    subject: str
    """The scenario's name; empty where none is given."""
    parties: tuple[tuple[str, str], ...]
    """Buyer and provider, by name where a scenario is given."""
    basis: tuple[tuple[str, str], ...]
    """What all paragraphs share: unit of work, money, start, duration, when they are settled."""
    paragraphs: tuple[Paragraph, ...]
    """The terms, pricing first, in the order of operations."""
    outcome: Defined
    """What counts as resolved; without facts where the paragraphs count no units."""
    kpis: tuple[Defined, ...]
    """Each KPI with a target or a definition."""
    order: tuple[str, ...]
    """The order of operations, step by step."""
    rounding: str
    """How amounts become whole cents, and how other figures are rounded."""

    def paragraph_of(self, line: str | Line) -> int | None:
        """The number of the paragraph that a ledger line comes from; None for the world's own.

        A name that is no clause's and not the world's is a row that the pricing model charges:
        paragraph 1. Raises ``ScenarioError`` for a name that no line of this deal can have.
        """
        if isinstance(line, Line):
            return None if line.term is None else line.term + 1
        numbers = {one.line: one.number for one in self.paragraphs if one.line is not None}
        if line in numbers:
            return numbers[line]
        if line in NO_PARAGRAPH:
            return None
        from scenarios.results.budget import ROWS  # noqa: PLC0415  tables load where needed

        if line not in ROWS:
            raise ScenarioError(unknown("ledger line", line, [*numbers, *ROWS, *NO_PARAGRAPH]))
        return 1

    def markdown(self) -> str:
        """The sheet as Markdown text."""
        from scenarios.wording.markdown import markdown  # noqa: PLC0415  it reads a TermSheet

        return markdown(self)

    def html(self) -> str:
        """The sheet as a page of its own that loads nothing and prints on A4."""
        from scenarios.wording.html import page  # noqa: PLC0415  as above

        return page(self)

    def docx(self) -> bytes:
        """The sheet as a Word document, the same bytes each time, without author or date."""
        from scenarios.wording.word import document  # noqa: PLC0415  as above

        return document(self)

    def __str__(self) -> str:
        return self.markdown()

    def __repr__(self) -> str:
        return f"TermSheet {self.title!r}: {len(self.paragraphs)} paragraphs"

    def _repr_markdown_(self) -> str:
        return self.markdown()

    def _repr_html_(self) -> str:
        from scenarios.wording.html import fragment  # noqa: PLC0415  as above

        return fragment(self)


def term_sheet(deal: Deal | str, scenario: Scenario | None = None) -> TermSheet:
    """The deal on paper: numbered paragraphs, definitions, order of operations, rounding.

    With a scenario it names the parties, the currency and the unit of work; a deal of it may be
    given by name. Without one it says buyer, provider and unit. It tells nothing of what the
    scenario expects to happen, nor what a term holds as planned. Raises ``ScenarioError`` for a
    name that no deal has.
    """
    if isinstance(deal, str):
        deals = {} if scenario is None else scenario.deals
        if deal not in deals:
            raise ScenarioError(unknown("deal", deal, deals))
        deal = deals[deal]
    currency = "" if scenario is None else scenario.currency
    paragraphs = tuple(_paragraphs(deal, currency))
    return TermSheet(
        title=deal.name,
        subject="" if scenario is None else scenario.name,
        parties=_parties(scenario),
        basis=tuple(_basis(deal, scenario)),
        paragraphs=paragraphs,
        outcome=outcome(deal, scenario, " ".join(one.text for one in paragraphs)),
        kpis=tuple(kpis(deal, scenario)),
        order=operations.order(deal),
        rounding=operations.rounding(deal, currency),
    )


def _parties(scenario: Scenario | None) -> tuple[tuple[str, str], ...]:
    if scenario is None:
        return (("Buyer", "the buyer"), ("Provider", "the provider"))
    parties = scenario.parties
    return (("Buyer", parties.buyer.name), ("Provider", parties.provider.name))


def _basis(deal: Deal, scenario: Scenario | None) -> Iterator[tuple[str, str]]:
    """What stands above the paragraphs."""
    yield "Unit of work", f"one {unit_of(scenario)}"
    if scenario is None:
        yield "Money", "in the currency of the contract"
        yield "Start", "not stated"
    else:
        basis = scenario.price_basis
        kind = {"real": "in prices of {}", "nominal": "in prices of each month"}[basis.kind]
        yield "Money", f"{scenario.currency}, {kind.format(operations.month(basis.base_month))}"
        yield "Start", operations.month(scenario.start)
    yield "Duration", operations.duration(deal, scenario)
    yield "Settled", "monthly, at the end of the month"


def _paragraphs(deal: Deal, currency: str) -> Iterator[Paragraph]:
    """Each term by its label; a clause's line is called after it, repeated ones are numbered."""
    times: dict[str, int] = {}
    for place, term in enumerate(deal.terms):
        label = term.label()
        times[label] = times.get(label, 0) + (place > 0)
        line = None if place == 0 else _numbered(label, times[label])
        yield Paragraph(place + 1, _heading(term), sentence(term, currency), line)


def _numbered(label: str, times: int) -> str:
    return label if times == 1 else f"{label} {times}"


def _heading(term: Term) -> str:
    return capital(term.label())
