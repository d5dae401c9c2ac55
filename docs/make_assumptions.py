#!/usr/bin/env python3
"""Measure what each assumption does to the answer: `python docs/make_assumptions.py`.

Each entry of `docs/assumptions.yaml` is changed in the support desk example, alone, and every deal
is settled again on the same futures. The tables go between two marks on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from scenarios import load, simulate
from scenarios.scenario import Scenario
from scenarios.stresses import STRESSES

DOCS = Path(__file__).resolve().parent
PAGE = DOCS / "explanation" / "what-the-model-assumes.md"
EXAMPLE = DOCS.parent / "data" / "scenarios" / "support-desk.yaml"
BEGIN = "<!-- Written by docs/make_assumptions.py from docs/assumptions.yaml: change those. -->"
END = "<!-- Here the written part ends. -->"
PATHS, SEED = 10_000, 1
DEALS = ("Hourly", "Hybrid", "Outcome")
"""The deals with columns of their own; all of them are asked which is cheapest."""
Answer = dict[str, tuple[float, float]]
"""Mean and P90 of what the buyer pays, by deal [money]."""
HEAD = f"| the model assumes | source | changed to | {' | '.join(DEALS)} | cheapest |"


def topics() -> list[dict[str, Any]]:
    """The assumptions by topic."""
    read: list[dict[str, Any]] = yaml.safe_load(
        (DOCS / "assumptions.yaml").read_text(encoding="utf-8")
    )
    return read


def entries() -> Iterator[dict[str, Any]]:
    """The assumptions, one after the other."""
    for topic in topics():
        yield from topic["entries"]


def answer(scenario: Scenario, of: str = "all_in", **how: Any) -> Answer:
    """What the buyer pays under each deal."""
    run = simulate(scenario, **{"paths": PATHS, "seed": SEED} | how)
    totals = {name: run.total(name, of) for name in run.names}
    return {
        name: (float(total.mean()), float(np.quantile(total, 0.9)))
        for name, total in totals.items()
    }


def measured(scenario: Scenario, entry: dict[str, Any]) -> Answer:
    """The answer with the assumption of this entry changed."""
    how = dict(entry.get("run", {}))
    if how.pop("certain", False):
        scenario = scenario.certain()
    return answer(scenario.change(entry.get("change", {})), _total(entry), **how)


def written() -> str:
    """The part of the page that is measured."""
    scenario = load(EXAMPLE)
    base = {total: answer(scenario, total) for total in ("all_in", "buyer_pv")}
    lines = []
    for topic in topics():
        lines += ["", f"### {topic['topic']}", "", HEAD, "|---|---|---|---|---|---|---|"]
        for entry in topic["entries"]:
            words = [entry["assumes"], entry["source"]]
            if "unmoved" in entry:
                cells = [entry["unmoved"], *["-"] * (len(DEALS) + 1)]
            else:
                cells = [_changed(scenario, entry)]
                cells += _cells(base[_total(entry)], measured(scenario, entry))
            lines.append(_row([*words, *cells]))
    lines += ["", "### Named bad futures", "", f"| stress | what happens |{HEAD.split('to |')[1]}"]
    lines.append("|---|---|---|---|---|---|")
    for name, kind in STRESSES.items():
        cells = _cells(base["all_in"], answer(scenario.stress(name)))
        lines.append(_row([f"`{name}`", kind().told(), *cells]))
    return "\n".join([*_told(base["all_in"]), *_overturned(lines), *lines])


def _overturned(lines: list[str]) -> list[str]:
    """How many of the changes make another deal the cheapest."""
    changed = [line for line in lines if " / " in line and not line.endswith("- |")]
    other = sum(line.endswith("** |") for line in changed)
    return [f"Of {len(changed)} changes {other} make another deal the cheapest; it stands in bold."]


def page() -> str:
    """The page as it should be: its prose as it is, its tables as they are measured."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    return f"{before}{BEGIN}\n{written()}\n{END}{rest.split(END)[1]}"


def _told(base: Answer) -> list[str]:
    """What the tables start from."""
    hundreds = ([round(amount, -2) for amount in base[deal]] for deal in DEALS)
    amounts = (
        f"{deal} {mean:,.0f} ({p90:,.0f})"
        for deal, (mean, p90) in zip(DEALS, hundreds, strict=True)
    )
    return [
        "As written, mean (P90) of what the buyer pays all in over the 36 months, in USD:",
        f"{'; '.join(amounts)}.",
        f"Cheapest on average: {_cheapest(base)}. {PATHS:,} futures, seed {SEED}.",
    ]


def _changed(scenario: Scenario, entry: dict[str, Any]) -> str:
    """The change in words: as the entry says, or from what to what."""
    if "changed" in entry:
        return str(entry["changed"])
    ((path, new),) = entry["change"].items()
    key = path.rpartition(".")[2]
    words = f"`{key}` {_number(scenario.number(path))} to {_number(new)}"
    return f"{words} (of present values)" if "of" in entry else words


def _number(value: Any) -> str:
    return f"{value:,g}" if isinstance(value, int | float) else str(value)


def _cells(base: Answer, changed: Answer) -> list[str]:
    """Mean and P90 of each deal, in per cent of what they were, and the cheapest deal."""
    cells = []
    for deal in DEALS:
        both = zip(changed[deal], base[deal], strict=True)
        cells.append(" / ".join(_percent(new / old - 1) for new, old in both))
    cheapest = _cheapest(changed)
    return [*cells, cheapest if cheapest == _cheapest(base) else f"**{cheapest}**"]


def _percent(change: float) -> str:
    """A change in per cent with one decimal, without a negative nought."""
    tenths = round(1000 * change)
    return f"{tenths / 10:+.1f}" if tenths else "0.0"


def _cheapest(amounts: Answer) -> str:
    return min(amounts, key=lambda name: amounts[name][0])


def _total(entry: dict[str, Any]) -> str:
    return "buyer_pv" if entry.get("of") == "pv" else "all_in"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(' '.join(cell.split()) for cell in cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
