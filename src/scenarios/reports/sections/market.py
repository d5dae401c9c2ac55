"""The market: where the prices of the deals stand against published figures."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.deal import Deal
from scenarios.drivers import Volume
from scenarios.io.benchmarks import benchmarks, place
from scenarios.pricing.hourly import Hourly
from scenarios.pricing.hybrid import Hybrid
from scenarios.pricing.outcome import PerOutcome
from scenarios.reports.show import Part
from scenarios.reports.style import Cell, heading, table
from scenarios.results.run import Run

SUPPORT = ("offshore_support", "offshore_agent_managed", "onshore_agent_us")
SOFTWARE = ("offshore_development", "nearshore_development")
RESOLUTION = ("bpo_pay_per_resolution",)
TICKETS = ("ticket", "resolution", "conversation", "chat", "call")
"""Units for which a price per resolution was published."""
Figure = tuple[str, str, float, str, str]
"""Deal, price, value, topic of figures, key of a figure."""


def market(run: Run) -> list[Part]:
    """Each price that has a published figure of the same unit, and where in it the price stands."""
    if run.scenario.currency != "USD":
        return []
    found: dict[tuple[str, Cell, str], list[str]] = {}
    for deal in run.deals:
        for name, what, value, topic, key in _prices(deal, run):
            row = benchmarks(topic).set_index("key").loc[key]
            position = (place(topic, key, value), str(row["figure"]))
            found.setdefault((what, position, str(row["kind"])), []).append(name)
    rows: list[list[Cell]] = [[", ".join(names), *told] for told, names in found.items()]
    if not rows:
        return []
    note = (
        "Kind: what the figure is worth; an assumption or a claim is not an observation. A deal is "
        "not good because its price is low: compare what it leads to."
    )
    return [
        heading("Where the prices stand in the market"),
        table(["deal", "price", "position", "kind"], rows, note, words=range(4)),
    ]


def _prices(deal: Deal, run: Run) -> Iterator[Figure]:
    pricing, unit = deal.pricing, run.scenario.demand.unit
    keys = SUPPORT if isinstance(run.scenario.demand, Volume) else SOFTWARE
    if isinstance(pricing, Hourly | Hybrid) and pricing.rate is not None:
        card = pricing.rate if isinstance(pricing.rate, dict) else {"": pricing.rate}
        for role, rate in card.items():
            for key in keys:
                yield deal.name, f"per hour {role}".strip(), float(rate), "hourly_rates", key
    if unit in TICKETS:
        for price in _unit_prices(pricing):
            for key in RESOLUTION:
                yield deal.name, f"per {unit}", price, "prices_per_resolution", key
    if isinstance(pricing, Hybrid) and pricing.at_risk:
        at_risk = 100 * pricing.at_risk
        yield deal.name, "fee at risk, %", at_risk, "at_risk_and_credits", "at_risk_amount"


def _unit_prices(pricing: object) -> list[float]:
    if isinstance(pricing, Hybrid):
        return [pricing.per_unit] if pricing.per_unit else []
    if isinstance(pricing, PerOutcome) and pricing.price is not None:
        given = pricing.price if isinstance(pricing.price, tuple) else (pricing.price,)
        return list(dict.fromkeys(given))
    return []
