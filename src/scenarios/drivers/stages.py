"""Stages of the engagement: calendar months by name, to which other numbers of a file refer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pydantic import model_validator

from scenarios import paths
from scenarios.declared import Declared
from scenarios.errors import Problem, ScenarioError, nearest
from scenarios.quantities import CalendarMonth

REFERENCE = re.compile(r"stage\.(\w+)(?:\s*([+-])\s*(\d{1,3}))?")
"""How a number is written as a stage: ``stage.release``, or ``stage.release + 3``."""


COUNTED_FROM_ONE = re.compile(r"(cases\..+?\.)?(deals\.|months$)")
"""Paths whose months are counted from 1: the deals', the scenario's length, and both in a case."""


class Stages(Declared):
    """Intake in {intake}, scope in {scope}, delivery from {delivery}, release in {release}, close
    in {close}; an SLA-backed run phase from {run}, or a handover.

    Any whole number of months elsewhere in the file may be written as ``stage.release`` or
    ``stage.release + 3``. Under ``deals``, and as the scenario's ``months``, it becomes the month
    counted from 1, so that the stage's own month is in; everywhere else the months since the start,
    from 0, as those sections count. ``Scenario.change`` moves what refers to a stage along with it.
    """

    intake: CalendarMonth | None = None
    """Month in which the request is taken up."""
    scope: CalendarMonth | None = None
    """Month in which the scope is agreed."""
    delivery: CalendarMonth | None = None
    """First month of delivery."""
    release: CalendarMonth | None = None
    """Month of the release."""
    close: CalendarMonth | None = None
    """Month in which the engagement is closed, by a handover or into a run phase."""
    run: CalendarMonth | None = None
    """First month of the run phase that service levels back; none for a handover at the close."""

    @model_validator(mode="after")
    def _one_after_the_other(self) -> Stages:
        known = list(self.by_name.items())
        if not known:
            raise ValueError(f"names no stage: give some of {', '.join(type(self).model_fields)}")
        early = [
            Problem(f"{after} ({other}) must not come before {before} ({one})", key=(after,))
            for (before, one), (after, other) in pairwise(known)
            if other < one
        ]
        if early:
            raise ScenarioError(*early)
        return self

    @property
    def by_name(self) -> dict[str, str]:
        """The stages that have a month, in their order."""
        months = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: month for name, month in months.items() if month is not None}


def settle_references(data: dict[str, Any]) -> dict[str, Any]:
    """The data of a scenario with every reference to a stage as a number of months.

    What was written stays under ``references``, by dotted path, so that it can be settled again
    once a stage moves. Raises ``ScenarioError`` that lists every reference that leads nowhere.
    """
    written = dict(_written(data))
    if not written:
        return data
    known = data.get("references") or {}
    data = _copied(data)
    problems: list[Problem] = []
    stages = data.get("stages")
    by_name = stages if isinstance(stages, dict) else getattr(stages, "by_name", {})
    given = {name: month for name, month in by_name.items() if month is not None}
    for path, reference in written.items():
        try:
            paths.put(data, path, _months(data, given, path, reference))
        except ScenarioError as error:
            at = paths.keys(data, path)
            problems += [replace(problem, key=at) for problem in error.problems]
    if problems:
        raise ScenarioError(*problems)
    return data | {"references": {**known, **written}}


def follow_stages(data: dict[str, Any], changed: Iterable[str]) -> None:
    """Takes care, in place, of the references of a scenario's data after changes at these paths: a
    number that was changed, or lies in what was, leaves its stage; where a stage or the start has
    moved, what refers to one is written as it was, to be settled again.
    """
    left = {
        path: reference
        for path, reference in data["references"].items()
        if not any(path == one or path.startswith(f"{one}.") for one in changed)
    }
    data["references"] = left
    if any(one == "start" or one.partition(".")[0] == "stages" for one in changed):
        for path, reference in left.items():
            paths.put(data, path, reference)


def _written(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each reference in the data, by dotted path."""
    for name, value in paths.entries(node, path):
        if isinstance(value, str) and REFERENCE.fullmatch(value.strip()):
            yield name, value.strip()
        elif path or name not in {"sources", "references"}:
            yield from _written(value, name)


def _months(data: Mapping[str, Any], stages: Mapping[str, Any], path: str, reference: str) -> int:
    """The number of months that a reference stands for at this place."""
    found = REFERENCE.fullmatch(reference)
    name, sign, more = found.groups() if found else ("", None, None)
    month = stages.get(name)
    if month is None:
        raise ScenarioError(
            Problem(
                f"refers to the stage {name!r}, which has no month: give it one in the section "
                "stages",
                given=reference,
                allowed=", ".join(stages) or "no stage is given",
                nearest=nearest(name, list(stages)),
            )
        )
    since = _index(month) - _index(data.get("start"))
    since += int(f"{sign}{more}") if sign else 0
    first = int(COUNTED_FROM_ONE.match(path) is not None)
    since += first
    if since < first:
        raise ScenarioError(
            Problem(
                f"would lie before the scenario's start: {name} is {month}, and it starts in "
                f"{data.get('start')}; write a later month",
                given=reference,
            )
        )
    return since


def _index(month: Any) -> int:
    """A calendar month as a number of months; 0 where it is not one, which validation says."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", str(month))
    return 12 * int(found[1]) + int(found[2]) if found else 0


def _copied(node: Any) -> Any:
    """The mappings and lists copied, what they hold as it is."""
    if isinstance(node, dict):
        return {key: _copied(value) for key, value in node.items()}
    return [_copied(value) for value in node] if isinstance(node, list) else node
