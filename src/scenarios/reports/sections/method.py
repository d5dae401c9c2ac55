"""How it was computed: enough to compute it again."""

from __future__ import annotations

from scenarios.deal import Deal
from scenarios.reports.job import Job
from scenarios.reports.show import Part
from scenarios.reports.style import bullets, heading, paragraph, table
from scenarios.reports.versions import versions


def method(job: Job) -> list[Part]:
    """Futures, money, discounting, the order of operations, versions."""
    scenario = job.scenario
    buyer, provider = scenario.parties.buyer, scenario.parties.provider
    basis = scenario.price_basis
    facts = [
        (
            f"{job.paths:,} simulated futures from seed {job.seed}"
            f"{'' if job.sampling == 'random' else ', scrambled Sobol points'}; "
            "every deal is settled on the "
            "same ones, so the difference of two deals is no sampling noise. The same file, seed "
            "and versions give the same page."
        ),
        (
            f"{scenario.months} months from {scenario.start}; money is {scenario.currency}, "
            f"{basis.kind}, in prices of {basis.base_month}."
        ),
        (
            f"Present values: {buyer.name} at {100 * buyer.discount_rate:g} %, {provider.name} at "
            f"{100 * provider.discount_rate:g} % a year, money taken to move at "
            f"{scenario.discounting}. Only what is called present value is discounted."
        ),
        (
            "P10, P50 and P90: one, five and nine of ten futures lie below. Uncertainty off: the "
            "one future in which every number takes its central value and nothing varies."
        ),
    ]
    if scenario.automation is not None:
        facts.append(f"The saving is measured by the bill of {scenario.reference_deal.name}.")
    orders = [[deal.name, _order(deal)] for deal in scenario.deals.values()]
    named = ", ".join(f"{name} {version}" for name, version in versions().items())
    return [
        heading("How it was computed"),
        bullets(facts),
        table(["deal", "order of operations"], orders, words=(0, 1)),
        paragraph(f"Digest of the scenario {job.digest}; {named}.", "note"),
    ]


def _order(deal: Deal) -> str:
    return ", then ".join(term.label() for term in deal.terms)
