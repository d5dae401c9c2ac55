"""A term's sentence can be read: every field that it names exists, every bracket has its partner.

``scenarios.wording.sentence`` says what the little language of sentences is, and fills one in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scenarios.declared import Declared
from scenarios.errors import Problem, unknown
from scenarios.term import Term

BRACKET = re.compile(r"\[([^\[\]]*)\]")
"""A part that may be left out."""
FIELD = re.compile(r"\{(\w+)\}")
"""A field's value."""
CONDITION = re.compile(r"if (?P<tests>\w+ is [^:]+):(?P<text>.*)")
"""What a part that stands under a condition is made of: one test, or some joined by and."""
_TEST = re.compile(r"(?P<field>\w+) is (?P<no>not )?(?P<value>.+)")


def named(kind: type[Declared]) -> list[str]:
    """The fields that a declaration's sentence names, as a value or as a condition."""
    text = kind.sentence()
    conditions = filter(None, map(CONDITION.match, BRACKET.findall(text)))
    decide = [field for one in conditions for field, _, _ in parsed(one["tests"])]
    return list(dict.fromkeys([*FIELD.findall(text), *decide]))


def parsed(condition: str) -> list[tuple[str, bool, str]]:
    """Of each test of a condition the field, whether it must be the value, and the value."""
    found = filter(None, map(_TEST.match, condition.split(" and ")))
    return [(test["field"], not test["no"], test["value"].strip()) for test in found]


def planned(kind: type[Declared]) -> tuple[str, ...]:
    """The fields that are simulated and never printed; none where the declaration is no term."""
    return kind.planned if issubclass(kind, Term) else ()


def faults(kind: type[Declared]) -> list[Problem]:
    """What is wrong with a declaration's sentence."""
    text, place = kind.sentence(), f"the sentence of {kind.__name__}"
    found = [
        unknown(f"field in {place}", field, kind.model_fields)
        for field in named(kind)
        if field not in kind.model_fields
    ]
    found += [
        Problem(f"{place}: names what is planned and not agreed: leave it out", given=field)
        for field in planned(kind)
        if field in named(kind)
    ]
    idle = [part for part in BRACKET.findall(text) if not FIELD.search(part)]
    idle = [part for part in idle if not CONDITION.match(part)]
    found += [
        Problem(f"{place}: a part in brackets names no field: write it without", given=f"[{part}]")
        for part in idle
    ]
    left = re.sub(r"[^\[\]{}]", "", FIELD.sub("", BRACKET.sub(r"\1", text)))
    if left:
        told = "a bracket or brace has no partner, stands within another, or holds no field"
        found.append(Problem(f"{place}: {told}", given=left))
    return found


def unreadable(declared: Declared) -> list[Problem]:
    """What is wrong with its sentence, and with those of the declarations within it."""
    kinds = dict.fromkeys(type(each) for each in within(declared))
    return [problem for kind in kinds for problem in faults(kind)]


def within(value: Any) -> Iterator[Declared]:
    """The declarations in a value, itself included."""
    if isinstance(value, Declared):
        yield value
        members = [member for _, member in value]
    elif isinstance(value, dict):
        members = list(value.values())
    else:
        members = list(value) if isinstance(value, tuple) else []
    for member in members:
        yield from within(member)
