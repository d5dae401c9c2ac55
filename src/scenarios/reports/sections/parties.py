"""Both parties: who has a reason to automate, what each ends up with, and in which case."""

from __future__ import annotations

import pandas as pd

from scenarios.clauses.investment import Investment
from scenarios.drivers import Backlog
from scenarios.engine.cases import side_by_side, simulate_cases
from scenarios.reports import words
from scenarios.reports.show import Part
from scenarios.reports.style import (
    Cell,
    bullets,
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
from scenarios.results.summary import ALL_IN, CHANCE, CONTRIBUTION


def incentives(run: Run) -> list[Part]:
    """What automating is worth to each party, in words."""
    if run.scenario.automation is None:
        return []
    kept = run.who_keeps_it()
    numbers = run.incentives().assign(start=kept["against start", words.OFF])
    rows: list[list[Cell]] = [
        [
            str(deal),
            words.reason(row["provider gain"], row["joint gain"]),
            *(signed(row[name]) for name in ("buyer gain", "provider gain", "joint gain")),
            share(row["incentive"]),
            signed(row["start"]),
        ]
        for deal, row in numbers.iterrows()
    ]
    header = [
        "deal",
        "the provider has",
        "buyer gains",
        "provider gains",
        "both together",
        "at the margin: provider's part of a month sooner",
        "provider's month against the start",
    ]
    note = (
        f"{run.scenario.currency}, uncertainty off. Gains: over {run.scenario.months} months "
        "against never automating; what the provider has follows from its part of what both "
        "gain. At the margin: of what both gain when automation comes one month sooner, the part "
        "that the provider keeps; below 0 it would pay it to be slower. "
        "Against the start: contribution of a mature month less that of today's bill."
    )
    told = [
        *words.margins(numbers, _one_offs(run)),
        words.in_the_price(kept["buyer keeps", words.OFF], numbers["buyer gain"]),
    ]
    parts: list[Part] = [
        heading("Who has a reason to automate"),
        table(header, rows, note, words=(0, 1)),
    ]
    return [*parts, *(paragraph(one) for one in told if one)]


def _one_offs(run: Run) -> dict[str, float]:
    """What the provider itself invests in automation under each deal, uncertainty off [money]."""
    one_off = float(run.worlds.certain()["cost.one_off"].sum())
    return {
        deal.name: one_off
        * (1 - sum(term.buyer_share for term in deal.clauses if isinstance(term, Investment)))
        for deal in run.deals
    }


def summary(run: Run) -> list[Part]:
    """Both parties' totals and the two chances."""
    numbers = run.summary()
    rows: list[list[Cell]] = []
    for deal, row in numbers.iterrows():
        totals = [
            (drawn(row[name, "P50"]), spread(row[name, "P10"], row[name, "P90"]))
            for name in (ALL_IN, CONTRIBUTION)
        ]
        chances = [share(row[CHANCE, name]) for name in ("a provider loss", "going over budget")]
        rows.append([str(deal), *totals, *chances])
    header = [
        "deal",
        ALL_IN,
        CONTRIBUTION,
        "chance of a provider loss",
        "chance of going over budget",
    ]
    note = (
        f"{run.scenario.currency} over {run.scenario.months} months, not discounted. Large: P50; "
        "small: P10 to P90. All-in: what is paid to the provider and the buyer's own outlays. "
        "Budget: all fiscal years' approved money."
    )
    return [heading("What each party ends up with"), table(header, rows, note)]


def cases(run: Run) -> list[Part]:
    """The named cases beside the scenario as written."""
    named = run.scenario.cases
    if not named:
        return []
    runs = simulate_cases(run.scenario, paths=run.paths, seed=run.seed, sampling=run.sampling)
    numbers = side_by_side(runs)
    order = ["base", *named]
    demand = run.scenario.demand
    units = demand.units if isinstance(demand, Backlog) else 1
    over = f"for each {demand.unit}" if units > 1 else f"over {run.scenario.months} months"
    rows = [[str(deal), *_each(row, order, units)] for deal, row in numbers.iterrows()]
    note = (
        f"{run.scenario.currency} {over} on the same shocks. Large: P50 of {ALL_IN}; small: P50 of "
        f"{CONTRIBUTION} and the provider's chance of a loss."
    )
    spoken = [name.replace("_", " ") for name in order]
    told = [f"{name.replace('_', ' ')}: {words.changes(case)}" for name, case in named.items()]
    return [
        heading(f"The cases: {words.joined(spoken)}"),
        table(["deal", *spoken], rows, note),
        paragraph("Base is the scenario as written; the others change:"),
        bullets(told),
    ]


def _each(row: pd.Series, order: list[str], units: int) -> list[Cell]:
    """Both parties' results by case; for each unit of a backlog to the unit of money."""
    told = money if units > 1 else drawn
    return [
        (
            told(row[ALL_IN, case] / units),
            (
                f"provider {told(row[CONTRIBUTION, case] / units)}, "
                f"loss {share(row['chance of a provider loss', case])}"
            ),
        )
        for case in order
    ]
