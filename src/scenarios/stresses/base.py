"""What stresses have in common, and how they move numbers that may be distributions."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import count
from typing import Any, ClassVar

from pydantic import ValidationError

from scenarios.declared import Declared
from scenarios.errors import Problem, ScenarioError
from scenarios.numbering import nth
from scenarios.quantities import Quantity
from scenarios.uncertain import FORMS

SHIFTED = ("p10", "p90", "low", "mode", "high", "mean", "observations", "min", "max")
"""What of a written distribution moves with it."""
SCALED = (*SHIFTED, "median", "sd")
"""What of it grows with it."""


class Stress(Declared):
    """A bad future: frozen numbers, and how they change what a scenario says."""

    severity: ClassVar[str] = ""
    """The number that says how bad it is."""
    neutral: ClassVar[float] = 0
    """Its value at which nothing is stressed."""
    most: ClassVar[float] = 1
    """The worst that a reverse stress test tries."""
    reached: ClassVar[str] = ""
    """How bad it is as part of a sentence, after "until": with its numbers in braces."""

    def on(self, data: dict[str, Any]) -> None:
        """Changes the data of a scenario in place; ``ScenarioError`` where it has no part that the
        stress could change.
        """
        raise NotImplementedError

    def put_on(self, data: dict[str, Any]) -> None:
        """Changes the data as ``on`` does; ``ScenarioError`` also for a month that the scenario has
        not, and where nothing is changed though the stress is one.
        """
        month = getattr(self, "month", None)
        if isinstance(month, int) and month >= data["months"]:
            raise ScenarioError(
                f"month {month} lies outside the scenario's {data['months']} months, which count "
                "from 0: give an earlier month"
            )
        before = deepcopy(data)
        self.on(data)
        stressed = not self.severity or getattr(self, self.severity) != self.neutral
        if stressed and data == before:
            raise ScenarioError(
                f"{self.keyword().replace('_', ' ')} changes nothing in this scenario: what it "
                "would bring is there already, or there is nothing that it could move"
            )

    def told(self, currency: str = "") -> str:
        """What happens, in words, with its numbers; money with its currency, where given."""
        return self.sentence().format(**self._shown(currency))

    def how_bad(self, currency: str = "") -> str:
        """How bad it is, in words that go on after "until": ``volume falls by 34 %``."""
        name = self.keyword().replace("_", " ")
        sentence = self.reached or f"{name} has {self.severity} {{{self.severity}}}"
        return sentence.format(**self._shown(currency))

    def _shown(self, currency: str) -> dict[str, str]:
        """Each number in words."""
        fields = type(self).model_fields.items()
        return {
            name: _told(getattr(self, name), field.metadata, currency) for name, field in fields
        }


def refused(kind: type[Stress], error: ValidationError) -> Iterator[Problem]:
    """What is wrong with a stress's numbers: which one, what it may be and what was given."""
    for found in error.errors(include_url=False):
        field = kind.model_fields.get(str(next(iter(found["loc"]), "")))
        units = [] if field is None else [one for one in field.metadata if _is_quantity(one)]
        message = found["msg"].removeprefix("Value error, ")
        if field is not None and units:
            whole = "whole " if field.annotation is int else ""
            message = f"must be a {whole}number{_bounds(units[0])}"
        yield Problem(message, key=(kind.keyword(), *found["loc"]), given=repr(found["input"]))


def _is_quantity(given: Any) -> bool:
    return isinstance(given, Quantity)


def _bounds(quantity: Quantity) -> str:
    """Between what a number lies, in words."""
    if quantity.low is None or quantity.high is None:
        return "" if quantity.low is None else f", {quantity.low:g} or more"
    return f" from {quantity.low:g} to {quantity.high:g}"


def shifted(number: Any, by: float) -> Any:
    """The number moved by so much; of a distribution, the whole of it."""
    if not isinstance(number, dict):
        return number + by
    if {"median", "evidence"} & number.keys():
        raise ScenarioError(
            "a distribution written as median and log_sd, or as evidence, cannot be moved by a "
            "number: write it as p10 and p90"
        )
    return _each(number, SHIFTED, lambda x: x + by)


def scaled(number: Any, by: float) -> Any:
    """The number times so much; of a distribution, the whole of it."""
    if isinstance(number, dict):
        if "evidence" in number:
            raise ScenarioError("evidence cannot be scaled: write it as p10 and p90")
        return _each(number, SCALED, lambda x: x * by)
    return number * by


def _each(number: dict[str, Any], names: tuple[str, ...], change: Any) -> dict[str, Any]:
    moved = dict(number)
    for name in names:
        value = moved.get(name)
        if isinstance(value, list | tuple):
            moved[name] = [change(x) for x in value]
        elif value is not None:
            moved[name] = change(value)
    return moved


def central(number: Any) -> float:
    """A number as it is taken with uncertainty off."""
    if not isinstance(number, dict):
        return float(number)
    for key, form in FORMS.items():
        if key in number:
            return form.model_validate(number).central
    raise ScenarioError(f"not a distribution: {number}")


def demand(data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The kind of demand, volume or backlog, and what is written of it."""
    ((kind, written),) = data["demand"].items()
    return kind, written


def added(known: dict[str, Any] | None, name: str, what: Any) -> dict[str, Any]:
    """What is known with one more of this name, numbered where the name is taken."""
    known = known or {}
    free = next(called for n in count(1) if (called := nth(name, n)) not in known)
    return known | {free: what}


def _told(value: Any, metadata: list[Any], currency: str) -> str:
    """A number in words: a share in per cent, money with its currency, others as they are."""
    if not isinstance(value, int | float):
        return str(value)
    units = [quantity.unit for quantity in metadata if isinstance(quantity, Quantity)]
    number = f"{value:,.10g}"
    if units == ["money"]:
        return f"{number} {currency}".rstrip()
    return f"{100 * value:g} %" if units in (["share"], ["relative change"]) else number
