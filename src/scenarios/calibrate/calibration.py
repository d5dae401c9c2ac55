"""A calibration: a log's numbers as sections of a scenario file, and how they were found."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic import ValidationError

from scenarios.drivers import Backlog
from scenarios.errors import Problem, ScenarioError
from scenarios.io.document import Document
from scenarios.io.problems import explain
from scenarios.io.sections import sections_text
from scenarios.scenario import Scenario

if TYPE_CHECKING:
    from scenarios.calibrate.reading.log import Log

_CASES = ("cases", "response_rate", "case_sd")
"""What a KPI says of the cases behind it."""


@dataclass(frozen=True)
class Calibration:
    """Numbers of a scenario that a log tells, each with its source."""

    sections: Mapping[str, Any]
    """Plain data by the names of a scenario file: demand, kpis, correlations, outcomes."""
    sources: Mapping[str, str]
    """Where each number comes from, by dotted path: the comment beside it in a file."""
    fit: pd.DataFrame
    """One row a number: estimate, standard error, 80 % interval, periods, method."""
    periods: pd.DataFrame
    """One row a series and period: ``observed``, and ``p10``, ``p50``, ``p90`` of what the
    scenario's driver would have shown there [the series' unit].
    """
    decisions: tuple[str, ...]
    """What was decided on the way, while reading and while fitting, in words."""
    warnings: tuple[str, ...]
    """What to look at before these numbers are used."""
    source: str
    """What the numbers rest on: file, first and last period, how many."""
    log: Log = field(repr=False)
    """The log as it was read."""

    def to_yaml(self) -> str:
        """The sections as they stand in a scenario file, with a comment beside each number."""
        return sections_text(self.sections, self.sources, heading=f"Calibrated from {self.source}")

    def scenario(self, base: Scenario) -> Scenario:
        """The base scenario with these numbers instead of its own, and their sources.

        KPIs of the same name keep their direction, meter and unit; the cases that their meter looks
        at are the log's, and their ``sd`` is net of a ``meter_error``, which the log's values hold.
        Other KPIs and their correlations stay, those between two fitted KPIs are the log's. The
        level is that of the month after the log's last, whenever the base starts. Raises
        ``ScenarioError`` where the base has a backlog, or a KPI of the same name and another kind.
        """
        self._refuse_other_kinds(base)
        data = base.model_dump(mode="json")
        data["demand"] = self.sections.get("demand", data["demand"])
        data["outcomes"] |= self.sections["outcomes"]
        for name, numbers in self.sections.get("kpis", {}).items():
            data["kpis"][name] = _replaced(data["kpis"].get(name, {}), numbers)
        pairs = self.sections.get("correlations", ())
        fitted = set(self.sections.get("kpis", {}))
        pairs_kept = [pair for pair in base.correlations if not fitted.issuperset(pair.between)]
        data["correlations"] = [*(pair.model_dump(mode="json") for pair in pairs_kept), *pairs]
        data["sources"] = self._sources(
            base, [base.correlations.index(pair) for pair in pairs_kept]
        )
        try:
            return Scenario.model_validate(data)
        except ValidationError as error:
            raise explain(error, Document(data)) from None

    def _refuse_other_kinds(self, base: Scenario) -> None:
        if isinstance(base.demand, Backlog):
            raise ScenarioError(
                Problem(
                    "a log of units that come in gives a monthly volume, and this scenario has a "
                    "backlog: its overrun comes from estimates and actuals (sc.calibrate.effort)",
                    key=("demand", "backlog"),
                )
            )
        for name, numbers in self.sections.get("kpis", {}).items():
            had = base.kpis.get(name)
            if had is not None and had.kind != numbers["kind"]:
                raise ScenarioError(
                    Problem(
                        f"is a {had.kind} in the scenario and a {numbers['kind']} in the log: "
                        "call one of them something else",
                        key=("kpis", name),
                    )
                )

    def _sources(self, base: Scenario, kept: list[int]) -> dict[str, str]:
        """The base's sources as far as its numbers are still there, and our own."""
        demand = ("demand",) if "demand" in self.sections else ()
        replaced = (*demand, "correlations", *self.sources)
        left = {
            path: told
            for path, told in base.sources.items()
            if not any(path == name or path.startswith(f"{name}.") for name in replaced)
        }
        ours = {p: told for p, told in self.sources.items() if not p.startswith("correlations.")}
        pairs = [base.sources.get(f"correlations.{place + 1}") for place in kept]
        found = len(self.sections.get("correlations", ()))
        pairs += [self.sources[f"correlations.{place + 1}"] for place in range(found)]
        numbered = {f"correlations.{n}": told for n, told in enumerate(pairs, start=1) if told}
        return left | ours | numbered

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        said = "".join(f"<li>{html.escape(words)}</li>" for words in self.warnings + self.decisions)
        return f"<p>{html.escape(self.source)}</p><ul>{said}</ul>{self.fit.to_html()}"


def _replaced(had: Mapping[str, Any], numbers: Mapping[str, Any]) -> dict[str, Any]:
    """A scenario's KPI with a log's numbers.

    The log's values hold whatever its meter added: without its cases their luck is in ``sd``, and
    the scenario's own cases would add it a second time.
    """
    kept = {key: had[key] for key in ("better", "unit") if had.get(key)}
    left = {key: value for key, value in had.items() if key not in _CASES}
    error = had.get("meter_error", 0.0)
    sd = math.sqrt(max(numbers["sd"] ** 2 - error**2, 0.0)) if error else numbers["sd"]
    return left | dict(numbers) | kept | {"sd": sd}
