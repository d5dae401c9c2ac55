"""Rules on what is counted twice: hours that are saved, units that are charged."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.checks.finding import (
    Finding,
    finding,
    has,
    listed,
    models,
    of_year,
    terms,
    weight,
    years,
)
from scenarios.clauses.volume_bands import VolumeBands
from scenarios.deal import Deal
from scenarios.pricing.outcome import PerOutcome
from scenarios.scenario import Scenario
from scenarios.term import Pricing


def counted_twice(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """Hours worked that are billed together with committed productivity, which starts in the second
    contract year.
    """
    later = range(1, max(len(years(scenario, deal)), 2))
    if has(deal, "committed_productivity") and any(_by_hours(deal, year) for year in later):
        yield finding(
            deal,
            "clauses.committed_productivity",
            "hours worked are billed and productivity is committed on top",
            "a saved hour lowers the fee twice: it is not billed, and the price falls for it",
            "bill contracted hours, or take committed_productivity out",
        )


def shared_twice(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """Hours worked that are billed together with a share of the saving on the rate-card bill."""
    for place, term in terms(deal).items():
        if getattr(term, "measured_on", None) != "rate-card bill":
            continue
        parts = [
            (_by_hours(deal, year), of_year(getattr(term, "buyer_share", 0), year))
            for year in years(scenario, deal)
        ]
        kept = [hours + share for hours, share in parts if hours and share]
        if kept:
            yield finding(
                deal,
                f"{place}.buyer_share",
                f"hours worked are billed, and the {term.label()} shares the saving of the same "
                "hours",
                "an hour saved is not billed, so the buyer has its saving already: it keeps up to "
                f"{100 * max(kept):.0f} % of it",
                f"bill contracted hours, or take {term.keyword()} out",
            )


def volume_paid_twice(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """Volume bands beside a price that moves with the same units."""
    for place, bands in terms(deal).items():
        if not isinstance(bands, VolumeBands):
            continue
        moving = [
            f"{where}.{field}"
            for where, model in models(deal).items()
            if (field := _moves_with_volume(model))
            and (bands.additional or _free_units(model) < _reduced_from(bands))
        ]
        if moving:
            verb = "moves" if len(moving) == 1 else "move"
            yield finding(
                deal,
                place,
                f"{listed(moving, 'and')} {verb} with the volume, and the bands charge or credit "
                "the same units",
                "their volume is paid twice",
                "let the bands stand on a base fee or a fixed price, or take one of the two out",
            )


def bills_hours_worked(pricing: Pricing) -> bool:
    """True where an hour that is saved is an hour that is not paid."""
    worked = getattr(pricing, "billing", "worked") == "worked"
    return worked and getattr(pricing, "rate", None) is not None


def _by_hours(deal: Deal, year: int) -> float:
    """The part of a contract year's fee that is paid by hours worked, where they are billed."""
    return sum(
        weight(deal, place, year)
        for place, model in models(deal).items()
        if bills_hours_worked(model)
    )


def _moves_with_volume(pricing: Pricing) -> str | None:
    """The field by which more units, or the hours they take, cost more."""
    if isinstance(pricing, PerOutcome):
        fields = ("price", "tiers", "by_kind")
        return next((field for field in fields if getattr(pricing, field)), None)
    if getattr(pricing, "per_unit", 0) > 0:
        return "per_unit"
    return "rate" if bills_hours_worked(pricing) else None


def _free_units(pricing: Pricing) -> float:
    """Units a month that cost nothing more; hours have none."""
    return 0 if bills_hours_worked(pricing) else getattr(pricing, "included_units", 0)


def _reduced_from(bands: VolumeBands) -> float:
    """The units a month below which the bands credit [units]."""
    most = max(bands.baseline) if isinstance(bands.baseline, tuple) else bands.baseline
    edge = 1 - bands.deadband if bands.convention == "from the edge" else 1
    return most * edge if bands.reduced else 0
