"""The steps that lead from one version of a deal to another, each of which can be taken alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Any

from scenarios.deal import Deal
from scenarios.term import STAGES, Clause, Term
from scenarios.wording.amounts import capital, joined, name
from scenarios.wording.sentence import sentence
from scenarios.wording.values import in_words, value_of

MOST_FIELDS = 6
"""With more changed fields, a term changes in one step."""


@dataclass(frozen=True)
class Step:
    """One change: what it is about, in words, and which fields of what it touches."""

    what: str
    """The kind of place: pricing, clause, target, definition, months, rounding, order."""
    key: Any
    words: str
    fields: tuple[str, ...] = ()


def steps(a: Deal, b: Deal, currency: str = "") -> list[Step]:
    """What changed from ``a`` to ``b``, in the order of the paper."""
    return [
        *_agreed(a, b),
        *_pricing(a, b, currency),
        *_clauses(a.by_name, b.by_name, currency),
    ]


def applied(a: Deal, b: Deal, taken: Collection[Step]) -> Deal:
    """Deal ``a`` with these steps of the way to ``b`` taken.

    Raises ``ValueError`` where what results is no valid deal.
    """
    fields = [step for step in taken if step.what == "deal"]
    changes: dict[str, Any] = {step.key: getattr(b, step.key) for step in fields}
    for part in ("targets", "definitions"):
        keys = [step.key for step in taken if step.what == part]
        changes[part] = _replaced(getattr(a, part), getattr(b, part), keys)
    for step in taken:
        if step.what == "pricing":
            before = changes.get("pricing", a.pricing)
            changes["pricing"] = _with(before, b.pricing, step.fields)
    return a.replace(**changes, clauses=_ordered(a, b, taken))


def _replaced(before: dict[str, Any], after: dict[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    kept = {key: value for key, value in before.items() if key not in keys}
    return kept | {key: after[key] for key in keys if key in after}


def _with(before: Any, after: Term, fields: Sequence[str]) -> Any:
    """The term with these fields as they are afterwards; no fields: the other term altogether."""
    return before.replace(**{one: getattr(after, one) for one in fields}) if fields else after


def _ordered(a: Deal, b: Deal, taken: Collection[Step]) -> tuple[Clause, ...]:
    """The clauses after these steps; what is added stands after its neighbour of ``b``."""
    clauses, others = a.by_name, b.by_name
    fields: dict[str, list[tuple[str, ...]]] = {}
    for step in taken:
        if step.what == "clause":
            fields.setdefault(step.key, []).append(step.fields)
    keys = [key for key in clauses if key not in fields or key in others]
    if any(step.what == "order" for step in taken):
        common = iter([key for key in others if key in keys])
        keys = [next(common) if key in others else key for key in keys]
    before: str | None = None
    for key in others:
        if key in fields and key not in clauses:
            keys.insert(keys.index(before) + 1 if before in keys else 0, key)
        before = key if key in keys else before
    made: list[Clause] = []
    for key in keys:
        clause = clauses.get(key, others.get(key))
        for some in fields.get(key, ()):
            clause = _with(clause, others[key], some)
        assert clause is not None  # noqa: S101  a key is of one deal or of the other
        made.append(clause)
    return tuple(sorted(made, key=lambda clause: STAGES.index(clause.stage)))


def _agreed(a: Deal, b: Deal) -> Iterator[Step]:
    """Duration, targets, definitions and rounding."""
    for field in ("months", "rounding"):
        before, after = getattr(a, field), getattr(b, field)
        if before != after:
            told = [_said(a, field, value) for value in (before, after)]
            yield Step("deal", field, f"{capital(name(field))}: {told[0]} becomes {told[1]}")
    for part in ("targets", "definitions"):
        before, after = getattr(a, part), getattr(b, part)
        for key in [*before, *(key for key in after if key not in before)]:
            if before.get(key) != after.get(key):
                yield Step(part, key, _changed(a, part, key, before, after))


def _changed(deal: Deal, part: str, key: str, before: Any, after: Any) -> str:
    """What became of a target or a definition."""
    place = f"{part.removesuffix('s')} of {name(key)}"
    if key not in before:
        return f"Added: {place}: {_one(deal, part, after[key])}"
    if key not in after:
        return f"Struck out: {place}: {_one(deal, part, before[key])}"
    told = [_one(deal, part, values[key]) for values in (before, after)]
    return f"{capital(place)}: {told[0]} becomes {told[1]}"


def _said(deal: Deal, field: str, value: Any) -> str:
    return "as long as the scenario" if value is None else in_words(value, value_of(deal, field)[1])


def _one(deal: Deal, part: str, value: Any) -> str:
    """A target or a definition in words."""
    if part == "definitions":
        told = [
            f"{name(field)} {in_words(*value_of(value, field))}"
            for field in type(value).model_fields
            if getattr(value, field)
        ]
        return "; ".join(told) or "nothing stated"
    hint = value_of(deal, part)[1]
    return in_words({"": value}, hint).strip()


def _pricing(a: Deal, b: Deal, currency: str) -> Iterator[Step]:
    if type(a.pricing) is type(b.pricing):
        yield from _fields("pricing", None, a.pricing, b.pricing, currency)
    else:
        words = f"{capital(b.pricing.label())} instead of {a.pricing.label()}"
        yield Step("pricing", None, f"{words}: {sentence(b.pricing, currency)}")


def _clauses(a: dict[str, Clause], b: dict[str, Clause], currency: str) -> Iterator[Step]:
    """What is struck out, changed, moved and added."""
    for key, clause in a.items():
        if key not in b:
            words = f"Struck out: {_whole(clause, currency)}"
            yield Step("clause", key, words)
        else:
            yield from _fields("clause", key, clause, b[key], currency)
    common = [key for key in a if key in b], [key for key in b if key in a]
    if common[0] != common[1]:
        order = ", then ".join(a[key].label() for key in common[1])
        yield Step("order", None, f"Moved: now {order}")
    for key, clause in b.items():
        if key not in a:
            words = f"Added: {_whole(clause, currency)}"
            yield Step("clause", key, words)


def _whole(clause: Clause, currency: str) -> str:
    """A clause's name and sentence, and what is planned beside it."""
    planned = [
        f"{name(field)} {in_words(*value_of(clause, field), currency)}"
        for field in clause.planned
        if getattr(clause, field)
    ]
    plan = f" (plan: {joined(planned)})" if planned else ""
    return f"{clause.label()}. {sentence(clause, currency)}{plan}"


def _fields(what: str, key: str | None, before: Any, after: Any, currency: str) -> Iterator[Step]:
    """The changed fields of one term: one step each, or all in one where they hang together."""
    changed = [
        field
        for field in type(before).model_fields
        if getattr(before, field) != getattr(after, field)
    ]
    if not changed:
        return
    told = {
        field: f"{name(field)} {in_words(*value_of(before, field), currency)} becomes "
        f"{in_words(*value_of(after, field), currency)}{' (plan)' * (field in before.planned)}"
        for field in changed
    }
    title = capital(before.label())
    if len(changed) <= MOST_FIELDS and _free(before, after, changed):
        for field in changed:
            yield Step(what, key, f"{title}: {told[field]}", (field,))
    else:
        yield Step(what, key, f"{title}: {'; '.join(told.values())}", tuple(changed))


def _free(before: Any, after: Any, fields: list[str]) -> bool:
    """Whether the fields may change one without the other, in any order."""
    some = chain.from_iterable(combinations(fields, n) for n in range(1, len(fields)))
    for subset in some:
        try:
            _with(before, after, subset)
        except ValueError:
            return False
    return True
