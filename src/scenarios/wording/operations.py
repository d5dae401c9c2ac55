"""When a contract runs, and in which order its paragraphs are settled, in words."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterator

from scenarios.deal import Deal
from scenarios.promises.sentence import within
from scenarios.scenario import Scenario
from scenarios.term import Stage
from scenarios.wording.amounts import joined, name
from scenarios.wording.sentence import sentence

NOT_STATED = "not stated"


def month(calendar_month: str) -> str:
    """A month in words: ``2026-01`` is January 2026."""
    year, number = calendar_month.split("-")
    return f"{month_name[int(number)]} {year}"


def duration(deal: Deal, scenario: Scenario | None) -> str:
    """How long the contract runs, and which paragraphs may end it or outlive it."""
    months = deal.months
    if months is None and scenario is not None:
        months = scenario.months
    told = [NOT_STATED if months is None else f"{months} month{'' if months == 1 else 's'}"]
    stops = [place + 2 for place, clause in enumerate(deal.clauses) if clause.can_end]
    lasts = [place + 1 for place, term in enumerate(deal.terms) if term.survives]
    if stops:
        told.append(f"{_paragraphs(stops).lower()} may end it earlier")
    if lasts:
        verb = "apply" if len(lasts) > 1 else "applies"
        told.append(f"{_paragraphs(lasts).lower()} still {verb} after its end")
    return "; ".join(told)


def order(deal: Deal) -> tuple[str, ...]:
    """The order of operations, step by step."""
    return tuple(_steps(deal))


def rounding(deal: Deal, currency: str = "") -> str:
    """How amounts become whole cents, and KPIs the figures that are compared."""
    told = sentence(deal.rounding, currency)
    parts = [part for term in deal.terms for part in within(term)]
    if any(getattr(part, "measured_every", 1) > 1 for part in parts):
        told += " A KPI read over several months is their average, weighted by completed units"
        plain = sorted(name(kpi) for kpi in deal.averaged_by_month())
        told += f", but of {joined(plain)} the simple mean of the months." if plain else "."
    decimals = ("decimals", "score_decimals")
    if any(getattr(part, field, None) is not None for part in parts for field in decimals):
        told += " Percentages and KPI readings that are rounded go half to even."
    return told


def _steps(deal: Deal) -> Iterator[str]:
    yield "The fee of the month is charged as paragraph 1 says."
    revise, money, cash = (_of(deal, stage) for stage in ("revise", "money", "cash"))
    if revise:
        verb = "revise" if len(revise) > 1 else "revises"
        yield (
            f"{_paragraphs(revise)} {verb} prices, quantities, targets or weights; the fee is "
            f"charged again on what is then in force{_in_turn(revise)}."
        )
    if money:
        verb = "change" if len(money) > 1 else "changes"
        yield (
            f"{_paragraphs(money)} {verb} what is owed, or what a party bears itself"
            f"{_in_turn(money)}, on what the paragraphs before it have left."
        )
    if cash:
        verb = "shift" if len(cash) > 1 else "shifts"
        yield f"{_paragraphs(cash)} {verb} when it is paid, not how much{_in_turn(cash)}."


def _of(deal: Deal, stage: Stage) -> list[int]:
    """The numbers of the paragraphs of a stage."""
    return [place + 2 for place, clause in enumerate(deal.clauses) if clause.stage == stage]


def _in_turn(numbers: list[int]) -> str:
    return ", each in turn" if len(numbers) > 1 else ""


def _paragraphs(numbers: list[int]) -> str:
    """Paragraph 2; paragraphs 2 and 4; paragraphs 3 to 6."""
    if len(numbers) == 1:
        return f"Paragraph {numbers[0]}"
    first, last = numbers[0], numbers[-1]
    running = len(numbers) > 2 and last - first == len(numbers) - 1  # noqa: PLR2004  a list of two
    listed = f"{first} to {last}" if running else joined([str(number) for number in numbers])
    return f"Paragraphs {listed}"
