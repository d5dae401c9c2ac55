"""The first screen: the question, the answer in one sentence, one table, one picture."""

from __future__ import annotations

import math

import pandas as pd

from scenarios.clauses.fee_cap import FeeCap
from scenarios.clauses.not_to_exceed import NotToExceed
from scenarios.deal import Deal
from scenarios.drivers import Backlog
from scenarios.plots import per_unit as per_unit_plot
from scenarios.plots import who_keeps_it as keeps_plot
from scenarios.pricing.fixed_price import FixedPrice
from scenarios.pricing.hourly import Hourly
from scenarios.pricing.hybrid import Hybrid
from scenarios.pricing.outcome import PerOutcome
from scenarios.pricing.per_result import PerResult
from scenarios.reports import words
from scenarios.reports.show import Part, picture
from scenarios.reports.style import (
    CENTS_BELOW,
    Cell,
    drawn,
    heading,
    money,
    paragraph,
    share,
    signed,
    spread,
    table,
)
from scenarios.results.run import Run
from scenarios.term import Pricing
from scenarios.uncertain import Distribution

KEEPS = ("buyer pays", "buyer keeps", "provider keeps", "provider contribution")
WIDE = 10.3
"""Width of the picture [inches]: as wide as the page, so that it may be low."""


def answer(run: Run) -> list[Part]:
    """Title, question, answer, and the table and picture that the answer is read from."""
    scenario = run.scenario
    top: list[Part] = [heading(scenario.name, 1)]
    if scenario.question:
        top.append(paragraph(scenario.question, "question"))
    if scenario.automation is None:
        return top + _carries(run)
    return top + _keeps(run)


def _keeps(run: Run) -> list[Part]:
    numbers, months = run.who_keeps_it(), run.scenario.months
    currency = numbers.attrs["currency"]
    rows = [[str(deal), *_kept(row)] for deal, row in numbers.iterrows()]
    header = ["deal", *KEEPS[:3], "provider's contribution", "provider's gain from automating"]
    note = (
        f"{currency} a month once automation is mature, from month "
        f"{numbers.attrs['mature month'] + 1} on; the gain over all {months} months, uncertainty "
        f"off. Large: uncertainty off; small: P50 (P10 to P90) of {numbers.attrs['paths']:,} "
        "simulated futures. The two differ because ranges are not symmetric. Keeps: measured "
        f"against the bill of {run.scenario.reference_deal.name} without automation in the same "
        "future, so a fee that does not follow demand shows luck with demand. Contribution: what "
        "the provider is paid less its own outlays."
    )
    return [
        paragraph(words.who_keeps_it(numbers, months), "answer"),
        table(header, rows, note),
        picture(keeps_plot, numbers, size=(WIDE, 1.4 + 0.46 * len(rows)), gains=False),
    ]


def _kept(row: pd.Series) -> list[Cell]:
    gain, joint = (float(row[name, words.OFF]) for name in ("provider gain", "joint gain"))
    whole = max(abs(float(row[name, words.OFF])) for name in KEEPS) >= CENTS_BELOW
    keeps = (_both(row[name], whole=whole) for name in KEEPS)
    return [*keeps, (signed(gain), words.reason(gain, joint))]


def _carries(run: Run) -> list[Part]:
    numbers = run.per_unit()
    unit = run.scenario.demand.unit
    losses = {name: float((run.total(name, "contribution") < 0).mean()) for name in run.names}
    rows: list[list[Cell]] = []
    for deal, row in numbers.iterrows():
        cells = [_both(row[name]) for name in ("buyer all-in", "provider contribution")]
        rows.append([str(deal), *cells, share(losses[str(deal)])])
    note = (
        f"{numbers.attrs['currency']} for each {unit} that was verified. Large: uncertainty off; "
        f"small: P50 (P10 to P90) of {numbers.attrs['paths']:,} simulated futures. The two differ "
        "because ranges are not symmetric."
    )
    header = ["deal", "buyer's all-in cost", "provider's contribution", "chance of a provider loss"]
    return [
        paragraph(words.who_carries_it(numbers, losses, unit), "answer"),
        *_months(run),
        table(header, rows, note),
        picture(per_unit_plot, numbers, size=(WIDE, 1.3 + 0.6 * len(rows))),
    ]


def _months(run: Run) -> list[Part]:
    """When a backlog is finished, and who pays for a month more."""
    if not isinstance(run.scenario.demand, Backlog):
        return []
    row = run.schedule().iloc[0]
    mean, planned = (f"{row[name]:.1f}".removesuffix(".0") for name in ("mean", "planned"))
    low, high = (f"{row[name]:.0f}" for name in ("P10", "P90"))
    open_end = " or more" if row["P90"] >= run.scenario.months else ""
    carried: dict[str, list[str]] = {}
    for deal in run.deals:
        carried.setdefault(month_more(deal), []).append(deal.name)
    told = [f"under {words.joined(deals)} {who}" for who, deals in carried.items() if who]
    more = f" Each further month: {', '.join(told)}.{_late(run)}" if told else ""
    return [
        paragraph(
            f"The team finishes after {mean} months on average (P10 {low}, P90 {high}{open_end}) "
            f"against {planned} planned; within plan with a chance of "
            f"{share(float(row['chance within plan']))}.{more}"
        )
    ]


def _late(run: Run) -> str:
    """What the buyer itself loses by being late, which no price takes off it."""
    cost, unit = run.scenario.value.waiting_unit, run.scenario.demand.unit
    if cost == 0:
        return f" What a late {unit} costs the buyer's own business is not counted."
    amount = cost.central if isinstance(cost, Distribution) else cost
    return (
        f" Under every deal the buyer bears besides what a late {unit} costs its own business, "
        f"{drawn(amount)} {run.scenario.currency} a month each."
    )


def month_more(deal: Deal) -> str:
    """Who pays when the work takes a month longer; empty where that is a longer story."""
    pricing = deal.pricing
    if deal.months is not None or any(isinstance(c, FeeCap | NotToExceed) for c in deal.clauses):
        return ""
    if isinstance(pricing, Hourly):
        return "the buyer pays it" if pricing.billing == "worked" else ""
    if isinstance(pricing, FixedPrice | PerResult) or _by_units_alone(pricing):
        return "the provider bears it"
    if not isinstance(pricing, Hybrid) or pricing.minimum or pricing.maximum is not None:
        return ""
    return "both share it" if pricing.per_unit else ""


def _by_units_alone(pricing: Pricing) -> bool:
    """True where units are all that is paid for."""
    if isinstance(pricing, PerOutcome):
        return not (pricing.minimum or pricing.base_fee)
    if not isinstance(pricing, Hybrid) or pricing.minimum or not pricing.per_unit:
        return False
    return not (pricing.base or pricing.rate)


def _both(row: pd.Series, *, whole: bool = False) -> Cell:
    """A number with uncertainty off, and below it its range; a dash where there is none.

    ``whole`` is for amounts beside larger ones, whose cents say nothing.
    """
    off = float(row[words.OFF])
    low, middle, high = (float(row[name]) for name in ("P10", "P50", "P90"))
    if math.isnan(middle):
        return money(off)
    if whole:
        off, low, middle, high = (float(round(amount)) for amount in (off, low, middle, high))
    return money(off), drawn(middle) if low == high else f"{drawn(middle)} ({spread(low, high)})"
