#!/usr/bin/env python3
"""Write the reference pages from the declarations: `python docs/make_reference.py`.

Every sentence, field, unit and default stands once, in the code; these pages only lay them out.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from scenarios.clauses import CLAUSES
from scenarios.declared import Declared, OneOf
from scenarios.ledger import BOOKS
from scenarios.pricing import PRICING
from scenarios.quantities import Quantity
from scenarios.scenario import Scenario
from scenarios.term import Term
from scenarios.uncertain import FORMS, Distribution, Uncertain
from scenarios.world import SERIES

REFERENCE = Path(__file__).resolve().parent / "reference"
GENERATED = (
    "Generated from the declarations by `docs/make_reference.py`: change those, not this page."
)

KINDS = {str: "text", int: "whole number", float: "number"}
STAGES = {
    "revise": "revises prices, quantities or targets",
    "money": "moves money",
    "cash": "shifts when money is paid",
}


COMMON = (
    "indexation",
    "service_credits",
    "fee_cap",
    "minimum_commitment",
    "gain_share",
    "payment_terms",
    "termination_for_convenience",
    "holdback",
)
"""The clauses that most services contracts have, first in the table: our judgement, not a count."""


def terms() -> str:
    """The page of pricing models and clauses: one table row and one section a term."""
    lines = [
        "# Terms: pricing models and clauses",
        "",
        GENERATED,
        "In a scenario file a term is one key, its keyword, with its numbers under it.",
        "Inside a deal every number is a plain number: the paper has one.",
        "",
        "The sentence is what a term sheet prints: `{braces}` hold a number of the deal, and what",
        "stands in [brackets] is printed only where it is set.",
        "",
    ]
    for title, family in (("Pricing models", PRICING), ("Clauses", CLAUSES)):
        first = [name for name in COMMON if name in family]
        names = [*first, *(name for name in sorted(family) if name not in first)]
        lines += [f"## {title}", ""]
        if first:
            lines += ["The eight that most contracts have stand first.", ""]
        lines += _overview({name: family[name] for name in names})
        for keyword in names:
            term = family[keyword]
            lines += ["", f"### `{keyword}`", "", _prose(term.sentence()), ""]
            lines += [f"Stage `{term.stage}`: {STAGES[term.stage]}.", ""]
            if term.planned:
                planned = ", ".join(f"`{field}`" for field in term.planned)
                lines += [f"Expected and not agreed, so never printed: {planned}.", ""]
            for paragraph in _paragraphs(term):
                lines += [paragraph, ""]
            lines += _fields(term)
            for part in _parts(term):
                if issubclass(part, Term):
                    continue  # it has a section of its own
                lines += ["", f"Each of its `{part.keyword()}` entries: {part.sentence()}", ""]
                lines += _fields(part)
        lines += [""]
    return "\n".join([*lines, *_readable()]).rstrip() + "\n"


def _readable() -> list[str]:
    """What a clause of one's own can read: the world's series and the ledger."""
    return [
        "## What a clause can read",
        "",
        'Of the world, by name, as in `world["verified"]`; each array is (months, paths) or',
        "(months, 1):",
        "",
        "| series | what it is |",
        "|---|---|",
        *(f"| `{name}` | {text} |" for name, text in SERIES.items()),
        "",
        "Also `world.month` and `world.year` (months and contract years since the start),",
        "`world.closes(n)`, `world.running(amounts, n)`, `world.average(kpi, n)` and",
        "`world.meets(kpi, target, n)`. Of the ledger so far: `ledger.fee`, `ledger.total(book)`",
        "with the books below, `ledger.prices`, `ledger.billable`, `ledger.targets`, and",
        "`ledger.zeros()`.",
        "",
        "| book | what it is |",
        "|---|---|",
        *(f"| `{name}` | {text} |" for name, text in BOOKS.items()),
    ]


def scenario_file() -> str:
    """The page of the scenario file's sections: one section a declaration."""
    lines = ["# The scenario file, key by key", "", GENERATED]
    lines += [
        "Where the second column says *or a range*, a distribution may stand instead of a number.",
        "What the sections are for: [Write a scenario file](../how-to/write-a-scenario-file.md).",
        "",
    ]
    lines += ["## Distributions", "", "| written as | what it says | with uncertainty off |"]
    lines += ["|---|---|---|"]
    for form in FORMS.values():
        own = [name for name in form.model_fields if name not in {"min", "max"}]
        centre = _prose(form.central.__doc__)
        lines += [
            f"| {', '.join(f'`{name}`' for name in own)} | {_prose(form.sentence())} | {centre} |"
        ]
    lines += ["", "Each also takes `min` and `max`: a draw beyond one is set to it.", ""]
    seen: dict[type[Declared], None] = {Scenario: None}
    for declared in seen_in_order(Scenario, seen):
        title = "The file" if declared is Scenario else f"`{declared.keyword()}`"
        lines += [f"## {title}", "", _prose(declared.sentence()), "", *_fields(declared), ""]
    return "\n".join(lines).rstrip() + "\n"


def seen_in_order(first: type[Declared], seen: dict[type[Declared], None]) -> list[type[Declared]]:
    """The declarations below one, each once, in the order of the file; terms have a page."""
    for part in _parts(first):
        if part not in seen and not issubclass(part, Term):
            seen[part] = None
            seen_in_order(part, seen)
    return list(seen)


def _overview(family: dict[str, type[Any]]) -> list[str]:
    """One row a term: sentence, formula, options and defaults, source."""
    rows = [
        f"| [`{name}`](#{name}) | {_prose(term.sentence())} | {_said(term, 'Formula')} "
        f"| {_options(term)} | {_said(term, 'Source')} |"
        for name, term in family.items()
    ]
    head = ["| keyword | in one sentence | formula | options and defaults | source |"]
    return [*head, "|---|---|---|---|---|", *rows]


def _paragraphs(term: type[Term]) -> list[str]:
    """The docstring below the sentence."""
    parts = inspect.cleandoc(term.__doc__ or "").split("\n\n")[1:]
    return [" ".join(part.split()) for part in parts]


def _said(term: type[Term], what: str) -> str:
    """The paragraph that begins with ``Formula:`` or ``Source:``."""
    found = [text for text in _paragraphs(term) if text.startswith(f"{what}: ")]
    return _prose(found[0].removeprefix(f"{what}: ")) if found else ""


def _options(term: type[Term]) -> str:
    """The published variants, the default first, and the defaults of the other fields."""
    told = []
    for name, field in term.model_fields.items():
        words = [
            w for p in _pieces((field.annotation,)) if get_origin(p) is Literal for w in get_args(p)
        ]
        default = (
            None
            if field.is_required()
            else field.get_default(call_default_factory=True, validated_data={})
        )
        if words:
            others = [f"`{word}`" for word in words if word != default]
            told.append(
                f"{name}: "
                + ", ".join([*([f"**`{default}`**"] if default in words else []), *others])
            )
        elif not field.is_required() and default not in (None, {}, (), ""):
            told.append(f"{name}: `{default}`")
    return _prose("; ".join(told))


def _fields(declared: type[Declared]) -> list[str]:
    rows = ["| key | what is written | default | what it means |", "|---|---|---|---|"]
    for name, field in declared.model_fields.items():
        default = "required" if field.is_required() else _default(field)
        unit = _unit((field.annotation, *field.metadata))
        rows.append(f"| `{name}` | {unit} | {default} | {_prose(field.description)} |")
    return rows


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is None:
        return "none"
    if isinstance(value, Declared):
        return "its own defaults"
    return "empty" if value in ({}, (), "") else f"`{value}`"


def _unit(found: Any) -> str:
    """The unit and hard bounds of a number, or the words it may be, or what else stands there."""
    pieces = list(_pieces(found))
    ranges = [f"{_bounded(p.quantity)}, or a range" for p in pieces if isinstance(p, Uncertain)]
    if ranges:
        return ranges[0]
    units = [_bounded(piece) for piece in pieces if isinstance(piece, Quantity)]
    words = [f"`{w}`" for p in pieces if get_origin(p) is Literal for w in get_args(p)]
    kinds = [KINDS[piece] for piece in pieces if isinstance(piece, type) and piece in KINDS]
    listed = any(get_origin(piece) is tuple for piece in pieces)
    parts = ["a list of keys" if listed else "keys" for piece in pieces if _declared(piece)]
    return ", ".join(dict.fromkeys(units + words + parts or kinds))


def _bounded(quantity: Quantity) -> str:
    if quantity.low is None or quantity.high is None:
        return quantity.unit
    return f"{quantity.unit}, {quantity.low:g} to {quantity.high:g}"


def _parts(declared: type[Declared]) -> list[type[Declared]]:
    """The declarations that the fields of one are made of; distributions have their own table."""
    parts: dict[type[Declared], None] = {}
    for field in declared.model_fields.values():
        for piece in _pieces((field.annotation, *field.metadata)):
            parts |= dict.fromkeys(_declared(piece))
    return list(parts)


def _declared(piece: Any) -> list[type[Declared]]:
    """The declarations that one piece of an annotation names."""
    if isinstance(piece, OneOf):
        return list(piece.family().values())
    if isinstance(piece, type) and issubclass(piece, Declared):
        return [] if issubclass(piece, Distribution) or not piece.model_fields else [piece]
    return []


def _pieces(found: tuple[Any, ...]) -> Iterator[Any]:
    """Some annotations and all they are made of."""
    for piece in found:
        yield piece
        if get_origin(piece) is not Literal:
            yield from _pieces((*get_args(piece), *getattr(piece, "__metadata__", ())))


def _prose(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")


PAGES = {"terms.md": terms, "scenario-file.md": scenario_file}


if __name__ == "__main__":
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
