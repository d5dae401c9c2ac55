"""A term's sentence, filled with its numbers: a paragraph of the contract.

A sentence is the first paragraph of a declaration's docstring, in a little language:

- ``{field}`` is the field's value in words.
- ``[...]`` is left out where a field in it is none, empty, 0 or no.
- ``[if field is VALUE: ...]`` and ``[if field is not VALUE: ...]`` stand only then; the value is a
  published word, yes, no, none or a number; ``[if a is X and b is not Y: ...]`` needs both.

A term's planned fields are what is expected and not agreed: they are neither named nor printed.
Brackets do not nest. A space that a left-out part leaves before a comma is taken away.
"""

from __future__ import annotations

import re

from scenarios.declared import Declared
from scenarios.errors import ScenarioError
from scenarios.promises.sentence import BRACKET, CONDITION, FIELD, faults, named, parsed, planned
from scenarios.wording.amounts import capital
from scenarios.wording.values import in_words, plain, value_of

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
    parts = BRACKET.split(kind.sentence())
    parts[::2] = [_filled(text, declared, currency) for text in parts[::2]]
    parts[1::2] = [_optional(text, declared, currency) for text in parts[1::2]]
    said = (*named(kind), *planned(kind))
    unsaid = [field for field in kind.model_fields if field not in said]
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


def _value(field: str, declared: Declared, currency: str) -> str:
    return in_words(*value_of(declared, field), currency)


def _filled(text: str, declared: Declared, currency: str) -> str:
    return FIELD.sub(lambda found: _value(found[1], declared, currency), text)


def _optional(text: str, declared: Declared, currency: str) -> str:
    """A part in brackets, or nothing."""
    condition = CONDITION.match(text)
    if condition is None:
        stands = all(getattr(declared, field) for field in FIELD.findall(text))
        return _filled(text, declared, currency) if stands else ""
    stands = all(
        (plain(getattr(declared, field)) == value) == holds
        for field, holds, value in parsed(condition["tests"])
    )
    return _filled(condition["text"], declared, currency) if stands else ""


def _tidy(text: str) -> str:
    """Single spaces, none before a comma, one month instead of 1 months, a capital at the start."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r" +([,.;)])", r"\1", text)
    text = _EACH.sub(r"\1 ", _ONE.sub(r"1 \1", text))
    return capital(text)
