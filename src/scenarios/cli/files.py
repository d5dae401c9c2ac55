"""Commands on scenario files: start one, check some, print the schema."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import scenarios as sc
from scenarios.cli.command import BAD_INPUT, tell
from scenarios.cli.options import Files
from scenarios.errors import Problem, ScenarioError
from scenarios.resources import resource

if TYPE_CHECKING:
    from scenarios.checks.finding import Severity
    from scenarios.scenario import Scenario

_NAME = re.compile(r"\w([\w .-]{0,58}\w)?")


def init(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the scenario is called.")],
) -> None:
    """Write a commented file NAME.yaml to start from; never overwrites one.

    Example: scenarios init desk
    """
    name = name.removesuffix(".yaml")
    if not _NAME.fullmatch(name):
        advice = "a name is letters, digits, spaces and . _ - in between, at most 60 of them"
        raise ScenarioError(Problem(advice, given=name))
    text = resource("scenarios", "template.yaml").read_text(encoding="utf-8")
    path = Path(f"{name}.yaml")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(re.sub(r"(?m)^name: .*$", f'name: "{name}"', text, count=1))
    except FileExistsError:
        advice = "is already there: choose another name, or move it away"
        raise ScenarioError(Problem(advice, file=str(path))) from None
    print(f"{path}: put your numbers in, then: scenarios check {_quoted(path)}")


def check(
    files: Files,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Let a problem fail, too.")] = False,
) -> None:
    """Say everything that is wrong with scenario files, or that nothing is; then what their deals
    leave open: problems, and notes on what is fine where it is meant.

    Example: scenarios check desk.yaml --strict
    """
    bad = False
    for file in files:
        try:
            scenario = sc.load(file)
        except ScenarioError as error:
            tell(error)
            bad = True
        else:
            _say(file, scenario, told := _left_open(scenario))
            bad = bad or (strict and bool(told["problem"]))
    if bad:
        raise typer.Exit(BAD_INPUT)


def _say(file: Path, scenario: Scenario, told: dict[Severity, list[str]]) -> None:
    """What a good file holds, and below it what its deals leave open, the problems first."""
    deals, months = _count(len(scenario.deals), "deal"), _count(scenario.months, "month")
    counts = [_count(len(lines), severity) for severity, lines in told.items() if lines]
    more = f" with the file; in its deals {', '.join(counts)}" if counts else ""
    print(f"{file}: {scenario.name}, {deals}, {months}: nothing wrong{more}")
    for severity, lines in told.items():
        for line in lines:
            print(f"{file}: {severity}: {line}")


def _left_open(scenario: Scenario) -> dict[Severity, list[str]]:
    """One line a finding, problems and notes; deals of which the same is said share it."""
    deals: dict[tuple[Severity, str, str], list[str]] = {}
    for found in sc.check_definitions(scenario):
        place = found.place.removeprefix(f"deals.{found.deal}.")
        deals.setdefault((found.severity, place, found.words), []).append(found.deal)
    told: dict[Severity, list[str]] = {"problem": [], "note": []}
    for (severity, place, words), names in deals.items():
        told[severity].append(f"{', '.join(names)} ({place}): {words}")
    return told


def schema() -> None:
    """Print the JSON Schema of scenario files: an editor then completes and checks them.

    Example: scenarios schema > scenario.schema.json
    """
    from scenarios.io.schema import schema as scenario_schema

    print(json.dumps(scenario_schema(), indent=2, ensure_ascii=False))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)
