"""The market: where the prices of the deals stand against published figures of the same service."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

from scenarios.deal import Deal
from scenarios.io.benchmark_file import NUMBERS
from scenarios.io.benchmarks import benchmarks, position
from scenarios.pricing.hourly import Hourly
from scenarios.pricing.hybrid import Hybrid
from scenarios.pricing.outcome import PerOutcome
from scenarios.reports import words
from scenarios.reports.show import Part
from scenarios.reports.style import NOTHING, Cell, heading, paragraph, table
from scenarios.results.run import Run

TICKETS = ("ticket", "resolution", "conversation", "chat", "call")
"""Units of support, for which a price per resolution was published too."""
INCREMENTS = ("increment", "feature", "story", "story point", "release")
"""Units of software development."""
RATES = {
    "support": ("offshore_support", "offshore_agent_managed", "onshore_agent_us"),
    "software": ("offshore_development", "nearshore_development", "onshore_development"),
}
"""The published hourly rates of each service."""
ROLES = {
    "support": {"agent", "agents"},
    "software": {"developer", "engineer", "programmer", "tester", "qa", "devops"},
}
"""Words of a role's name that say its service, whatever the unit."""


@dataclass(frozen=True)
class Price:
    """A price of a deal, and the figures of the same service; none where none was published."""

    deal: str
    what: str
    """What is paid for; a role's name, or what the figure says already."""
    value: float
    topic: str
    figures: tuple[str, ...]


def market(run: Run) -> list[Part]:
    """Each published figure, and where in it the prices of the same service stand."""
    prices = [price for deal in run.deals for price in _prices(deal, run)]
    if not prices:
        return []
    parts: list[Part] = [heading("Where the prices stand in the market")]
    dollars = run.scenario.currency == "USD"
    alike = [price for price in prices if dollars or price.topic == "at_risk_and_credits"]
    if rows := _rows(run, alike):
        note = (
            "Small: the figure's range and unit, who says it, and what that is worth; an "
            "assumption or a claim is not an observation. A deal is not good because its price is "
            "low: compare what it leads to."
        )
        header = ["published figure", *run.names]
        parts.append(table(header, rows, note, words=range(len(header))))
    if not dollars:
        parts.append(
            paragraph(
                f"Published prices are in USD and this scenario is in {run.scenario.currency}: "
                "none is placed among them."
            )
        )
    elif alone := _alone(prices):
        parts.append(paragraph(f"Of the same service no figure is published: {alone}."))
    return parts


def _rows(run: Run, prices: list[Price]) -> list[list[Cell]]:
    """One row a figure: what it is, and each deal's prices in it."""
    keys = dict.fromkeys((price.topic, key) for price in prices for key in price.figures)
    rows: list[list[Cell]] = []
    for topic, key in keys:
        row = benchmarks(topic).set_index("key").loc[key].to_dict()
        stand: dict[str, list[str]] = {}
        for price in prices:
            if price.topic == topic and key in price.figures:
                stand.setdefault(price.deal, []).append(_placed(price, row))
        told = f"{_range(row)} {row['unit']}; {row['who']}; {row['kind']}"
        cells = ["; ".join(dict.fromkeys(stand.get(name, [NOTHING]))) for name in run.names]
        rows.append([(str(row["figure"]), told), *cells])
    return rows


def _placed(price: Price, row: Mapping[Hashable, object]) -> str:
    low, high = _ends(row)
    amount, _, where = position(price.value, low, high).partition(" in ")
    told = where.rpartition(": ")[2]
    beyond = " the range" if told in {"above", "below"} else ""
    return f"{price.what} {amount}: {told}{beyond}".strip()


def _range(row: Mapping[Hashable, object]) -> str:
    low, high = _ends(row)
    return f"{low:,g}" if low == high else f"{low:,g} to {high:,g}"


def _ends(row: Mapping[Hashable, object]) -> tuple[float, float]:
    known = [float(str(row[name])) for name in NUMBERS]
    known = [number for number in known if not math.isnan(number)]
    return min(known), max(known)


def _alone(prices: list[Price]) -> str:
    """The prices that no figure stands beside, each with its deals."""
    found: dict[str, list[str]] = {}
    for price in prices:
        if not price.figures:
            of = f" of {price.what}" if price.what else ""
            found.setdefault(f"the hourly rate{of}", []).append(price.deal)
    return "; ".join(f"{what} ({words.joined(deals)})" for what, deals in found.items())


def _prices(deal: Deal, run: Run) -> Iterator[Price]:
    pricing, unit = deal.pricing, run.scenario.demand.unit
    if isinstance(pricing, Hourly | Hybrid) and pricing.rate is not None:
        card = pricing.rate if isinstance(pricing.rate, dict) else {"": pricing.rate}
        for role, rate in card.items():
            figures = RATES.get(_service(role, unit), ())
            yield Price(deal.name, role.replace("_", " "), float(rate), "hourly_rates", figures)
    if unit in TICKETS:
        for price in _unit_prices(pricing):
            yield Price(deal.name, "", price, "prices_per_resolution", ("bpo_pay_per_resolution",))
    if isinstance(pricing, Hybrid) and pricing.at_risk:
        at_risk = 100 * pricing.at_risk
        yield Price(deal.name, "", at_risk, "at_risk_and_credits", ("at_risk_amount",))


def _service(role: str, unit: str) -> str:
    """The service that a rate pays for: by the role's name, else by the unit; empty if neither."""
    named = {*re.split(r"[^a-z]+", role.casefold())}
    for service, said in ROLES.items():
        if named & said:
            return service
    return "support" if unit in TICKETS else "software" if unit in INCREMENTS else ""


def _unit_prices(pricing: object) -> list[float]:
    if isinstance(pricing, Hybrid):
        return [pricing.per_unit] if pricing.per_unit else []
    if isinstance(pricing, PerOutcome) and pricing.price is not None:
        given = pricing.price if isinstance(pricing.price, tuple) else (pricing.price,)
        return list(dict.fromkeys(given))
    return []
