"""The value of a term's field in the words of a contract, by what the field is declared to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import Tag

from scenarios.declared import Declared
from scenarios.quantities import Quantity
from scenarios.wording.amounts import by_year, in_unit, joined, name, number


@dataclass(frozen=True)
class Hint:
    """One form that a field may take: its type, and what stands beside it."""

    kind: Any
    beside: tuple[Any, ...] = ()

    @property
    def unit(self) -> str:
        """The unit of a quantity; empty for anything else."""
        return next((note.unit for note in self.beside if isinstance(note, Quantity)), "")

    @property
    def is_by_year(self) -> bool:
        """True for a list of one a contract year."""
        return any(isinstance(note, Tag) and note.tag == "by year" for note in self.beside)

    def within(self, place: int) -> Any:
        """What the members of a tuple, or the values of a mapping, are declared to be."""
        members = get_args(self.kind)
        if get_origin(self.kind) is not tuple or members[1:] == (...,):
            place = -1 if get_origin(self.kind) is not tuple else 0
        return members[place] if members else Any


def value_of(declared: Declared, field: str) -> tuple[Any, Any]:
    """A field's value, and what it is declared to be."""
    info = type(declared).model_fields[field]
    return getattr(declared, field), Annotated[info.annotation, "a field", *info.metadata]


def in_words(value: Any, declared: Any, currency: str = "") -> str:
    """A value in words: "33,000 USD", "5 %", "csat 60 % and answer hours 40 %", "yes".

    ``declared`` is the annotation that says its unit. Numbers are written with all their digits.
    """
    hint = _fitting(value, declared)
    if value is None or isinstance(value, bool):
        return plain(value)
    if isinstance(value, Declared):
        from scenarios.wording.sentence import clause  # noqa: PLC0415  a sentence holds values

        return clause(value, currency)
    if isinstance(value, Mapping):
        return _by_name(value, hint.within(-1), currency)
    if isinstance(value, tuple | list):
        return _listed(list(value), hint, currency)
    if isinstance(value, int | float | Decimal):
        return in_unit(value, hint.unit, currency)
    return name(str(value))


def plain(value: Any) -> str:
    """A value as a condition of a sentence names it: a published word, yes, no, none, a number."""
    if value is None or value in ((), {}):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number(value) if isinstance(value, int | float | Decimal) else str(value)


def _fitting(value: Any, declared: Any) -> Hint:
    """The form in which the value was written, of those that are declared."""
    hints = list(_forms(declared))
    kind = dict if isinstance(value, Mapping) else type(value)
    same = [hint for hint in hints if kind in (hint.kind, get_origin(hint.kind))]
    numbers = [hint for hint in hints if hint.unit and isinstance(value, int | float | Decimal)]
    return next(iter(same + numbers), Hint(Any))


def _forms(declared: Any, beside: tuple[Any, ...] = ()) -> Iterator[Hint]:
    """Every form that an annotation allows, with all that is noted beside it."""
    origin = get_origin(declared)
    if origin is Annotated:
        yield from _forms(declared.__origin__, (*declared.__metadata__, *beside))
    elif origin in (Union, UnionType):
        for arm in get_args(declared):
            yield from _forms(arm, beside)
    else:
        yield Hint(declared, beside)


def _by_name(values: Mapping[Any, Any], declared: Any, currency: str) -> str:
    """Values by name; rates and prices stand before what they are paid for."""
    told = {name(str(key)): in_words(one, declared, currency) for key, one in values.items()}
    if any(isinstance(one, Declared) for one in values.values()):
        return "; ".join(f"{key}: {text}" for key, text in told.items())
    money = any(hint.unit.startswith("money") for hint in _forms(declared))
    parts = [f"{text} ({key})" if money else f"{key} {text}" for key, text in told.items()]
    return joined(parts) or "none"


def _listed(values: list[Any], hint: Hint, currency: str) -> str:
    """A list: sentences one after the other, one a contract year, or parts of a sentence."""
    say = partial(in_words, currency=currency)
    told = [say(value, hint.within(place)) for place, value in enumerate(values)]
    if any(isinstance(value, Declared) for value in values):
        return "; ".join(told)
    return by_year(told) if hint.is_by_year else joined(told) or "none"
