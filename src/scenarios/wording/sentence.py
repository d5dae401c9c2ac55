"""A term's sentence, filled with its numbers: a paragraph of the contract.

A sentence is the first paragraph of a declaration's docstring, in a little language:

- ``{field}`` is the field's value in words.
- ``[...]`` is left out where a field in it is none, empty, 0 or no.
- ``[if field is VALUE: ...]`` and ``[if field is not VALUE: ...]`` stand only then; the value is a
  published word, yes, no or none.

Brackets do not nest. A space that a left-out part leaves before a comma is taken away.
"""

from __future__ import annotations

import re

from scenarios.declared import Declared
from scenarios.errors import Problem, ScenarioError, unknown
from scenarios.wording.values import in_words, plain, value_of

_BRACKET = re.compile(r"\[([^\[\]]*)\]")
_FIELD = re.compile(r"\{(\w+)\}")
_CONDITION = re.compile(r"if (?P<field>\w+) is (?P<no>not )?(?P<value>[^:]+):(?P<text>.*)")
_ONE = re.compile(
    r"(?<![\w.,])1 (contract year|decimal|day|hour|level|month|period|step|time|unit|year)s\b"
)
_EACH = re.compile(r"\b([Ee]very|[Ee]ach) 1 (?=month|contract year|year|period)")

_BEGINS = re.compile(r"\[?(?:if [^:\]]+:\s*)?([A-Z][a-z]*)\b")
"""The word of its own that a sentence begins with."""


def sentence(declared: Declared, currency: str = "") -> str:
    """The paragraph of the contract: the declaration's sentence with every number of it.

    Numbers that the sentence does not name, as in a clause of one's own, follow at its end:
    nothing that is settled is missing on the paper. Raises ``ScenarioError`` where the sentence
    names a field that does not exist, or its brackets do not close.
    """
    kind = type(declared)
    problems = faults(kind)
    if problems:
        raise ScenarioError(*problems)
    parts = _BRACKET.split(kind.sentence())
    parts[::2] = [_filled(text, declared, currency) for text in parts[::2]]
    parts[1::2] = [_optional(text, declared, currency) for text in parts[1::2]]
    unsaid = [field for field in kind.model_fields if field not in named(kind)]
    told = [f"{field.replace('_', ' ')} {_value(field, declared, currency)}" for field in unsaid]
    text = _tidy("".join(parts))
    if told:
        text = f"{text}{'' if text.endswith('.') or not text else '.'} {'; '.join(told)}"
    text = _tidy(text)
    return text if text.endswith((".", "!", "?")) else f"{text}."


def clause(declared: Declared, currency: str = "") -> str:
    """The same words within another sentence: no capital at the start, no full stop."""
    text = sentence(declared, currency).removesuffix(".")
    word = _BEGINS.match(type(declared).sentence())
    if word is None or not text.startswith(word[1]):  # it begins with a value: a name may be
        return text
    return text[:1].lower() + text[1:]


def named(kind: type[Declared]) -> list[str]:
    """The fields that a declaration's sentence names, as a value or as a condition."""
    text = kind.sentence()
    conditions = (_CONDITION.match(part) for part in _BRACKET.findall(text))
    found = [*_FIELD.findall(text), *(match["field"] for match in conditions if match)]
    return list(dict.fromkeys(found))


def faults(kind: type[Declared]) -> list[Problem]:
    """What is wrong with a declaration's sentence."""
    text, place = kind.sentence(), f"the sentence of {kind.__name__}"
    found = [
        unknown(f"field in {place}", field, kind.model_fields)
        for field in named(kind)
        if field not in kind.model_fields
    ]
    idle = [part for part in _BRACKET.findall(text) if not _FIELD.search(part)]
    idle = [part for part in idle if not _CONDITION.match(part)]
    found += [
        Problem(f"{place}: a part in brackets names no field: write it without", given=f"[{part}]")
        for part in idle
    ]
    left = re.sub(r"[^\[\]{}]", "", _FIELD.sub("", _BRACKET.sub(r"\1", text)))
    if left:
        told = "a bracket or brace has no partner, stands within another, or holds no field"
        found.append(Problem(f"{place}: {told}", given=left))
    return found


def _value(field: str, declared: Declared, currency: str) -> str:
    return in_words(*value_of(declared, field), currency)


def _filled(text: str, declared: Declared, currency: str) -> str:
    return _FIELD.sub(lambda found: _value(found[1], declared, currency), text)


def _optional(text: str, declared: Declared, currency: str) -> str:
    """A part in brackets, or nothing."""
    condition = _CONDITION.match(text)
    if condition is None:
        stands = all(getattr(declared, field) for field in _FIELD.findall(text))
        return _filled(text, declared, currency) if stands else ""
    holds = plain(getattr(declared, condition["field"])) == condition["value"].strip()
    if holds == bool(condition["no"]):
        return ""
    return _filled(condition["text"], declared, currency)


def _tidy(text: str) -> str:
    """Single spaces, none before a comma, one month instead of 1 months, a capital at the start."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r" +([,.;)])", r"\1", text)
    text = _EACH.sub(r"\1 ", _ONE.sub(r"1 \1", text))
    return text[:1].upper() + text[1:]
