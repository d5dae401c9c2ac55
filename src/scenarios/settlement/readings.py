"""A contract read in other ways: an option turned, a clause left out, other rounding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from scenarios.deal import Deal
from scenarios.rounding import RULES
from scenarios.term import Term


def readings(deal: Deal) -> Iterator[tuple[str, Deal]]:
    """What might be read instead, in words, and the deal that says so; the likeliest first."""
    for place, term in enumerate(deal.terms):
        for words, other in _options(term):
            yield f"{term.label()}: {words}", _with(deal, place, other)
    for place, clause in enumerate(deal.clauses):
        yield f"without {clause.label()}", deal.without(place)
    for rule in RULES:
        if rule != deal.rounding.rule:
            yield f"rounded {rule}", deal.replace(rounding=deal.rounding.replace(rule=rule))


def _with(deal: Deal, place: int, term: Any) -> Deal:
    if place == 0:
        return deal.replace(pricing=term)
    clauses = list(deal.clauses)
    clauses[place - 1] = term
    return deal.replace(clauses=tuple(clauses))


def _options(term: Term) -> Iterator[tuple[str, Term]]:
    """The term with one option the other way; what it does not allow is left out."""
    for name, field in type(term).model_fields.items():
        given = getattr(term, name)
        for words, value in _others(field.annotation, name.replace("_", " "), given):
            try:
                yield words, term.replace(**{name: value})
            except ValueError:
                continue


def _others(annotation: Any, name: str, given: Any) -> Iterator[tuple[str, Any]]:
    """Other values that an option might have, in words."""
    if get_origin(annotation) is Literal:
        for value in get_args(annotation):
            if value != given:
                yield f"{name} {value} instead of {given}", value
    elif name == "decimals" and given is not None:
        yield "not rounded", None
    elif isinstance(given, bool):
        yield f"{name} {'no' if given else 'yes'}", not given
    elif isinstance(given, tuple) and len(given) > 1 and isinstance(given[0], float):
        yield f"{name} of the year before", (given[0], *given[:-1])
