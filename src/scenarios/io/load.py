"""Load a scenario file: strict YAML in, a Scenario out, or every problem at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scenarios import paths
from scenarios.errors import KeyPath, Problem, ScenarioError
from scenarios.io.document import Document, read_document
from scenarios.io.dry_run import deal_problems
from scenarios.io.problems import explain
from scenarios.scenario import Scenario


def load(path: str | Path) -> Scenario:
    """The scenario of a file, with its comments as the sources of its numbers.

    Raises ``ScenarioError`` with every problem found: file, line, key path, what was given, what is
    allowed, and the nearest valid name.
    """
    return loads(read_document(Path(path)))


def loads(document: Document) -> Scenario:
    """The scenario of a document that was read."""
    try:
        scenario = Scenario.model_validate(document.data)
    except ValidationError as error:
        raise explain(error, document) from None
    problems = [*_case_problems(scenario, document), *deal_problems(scenario, document)]
    if problems:
        raise ScenarioError(*problems)
    return scenario.replace(sources=sources(document) | scenario.sources)


def sources(document: Document) -> dict[str, str]:
    """The comments behind the numbers, by dotted path.

    A number that is written in a mapping with a comment has that comment too: it is then told from
    one that was left at its default.
    """
    notes = {key: document.notes.get(key[:-1], "") for key in document.places if key}
    notes = {key: note for key, note in notes.items() if note and _is_number(document.data, key)}
    return {
        paths.dotted(document.data, key): note for key, note in {**notes, **document.notes}.items()
    }


def _is_number(data: Any, key: KeyPath) -> bool:
    for part in key:
        data = data[part]
    return isinstance(data, int | float) and not isinstance(data, bool)


def _case_problems(scenario: Scenario, document: Document) -> list[Problem]:
    """Cases and levers whose paths do not exist or whose values are not allowed."""
    problems = []
    for name, changes in scenario.cases.items():
        found = [
            problem
            for path, value in changes.items()
            for problem in _change_problems(
                scenario, {path: value}, ("cases", name, path), document
            )
        ]
        problems += found or _change_problems(scenario, changes, ("cases", name), document)
    for place, lever in enumerate(scenario.levers):
        for end in dict.fromkeys((lever.low, lever.high)):
            at = ("levers", place, "number")
            problems += _change_problems(scenario, {lever.number: end}, at, document)
    return list(dict.fromkeys(problems))


def _change_problems(
    scenario: Scenario, changes: Mapping[str, Any], key: KeyPath, document: Document
) -> list[Problem]:
    """What is wrong with a change of the scenario, placed where the file asks for it."""
    try:
        scenario.change(changes)
    except (ScenarioError, ValidationError) as error:
        found = explain(error, document) if isinstance(error, ValidationError) else error
        return [
            document.problem(
                _of_another(problem, changes) + problem.message,
                key,
                given=problem.given,
                allowed=problem.allowed,
                nearest=problem.nearest,
            )
            for problem in found.problems
        ]
    return []


def _of_another(problem: Problem, changes: Mapping[str, Any]) -> str:
    """Which number a change makes wrong where it is none of those that it changes."""
    sections = {path.partition(".")[0] for path in changes}
    if not problem.key or problem.key[0] in sections:
        return ""
    return f"{' > '.join(map(str, problem.key))}: "
