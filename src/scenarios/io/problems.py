"""What a validation found wrong, said in plain words and placed in the scenario file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from scenarios.errors import KeyPath, Problem, ScenarioError, nearest
from scenarios.io.document import Document

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_NUMBER = "must be a number"
_WHOLE = "must be a whole number"
_TEXT = "must be text"
_SWITCH = "must be true or false"
_LIST = "must be a list"
_KEYS = "must be keys with values"
_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "unknown key",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "multiple_of": "must be a multiple of {multiple_of}",
    "finite_number": "must be a finite number",
    "too_short": "must have at least {min_length} entries",
    "too_long": "must have at most {max_length} entries",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "literal_error": "is not one of the allowed values",
    "enum": "is not one of the allowed values",
    "union_tag_invalid": "unknown kind",
    "union_tag_not_found": "does not say its kind: add {discriminator}",
    **dict.fromkeys(("float_type", "float_parsing", "decimal_type", "decimal_parsing"), _NUMBER),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), _WHOLE),
    **dict.fromkeys(("string_type", "string_sub_type"), _TEXT),
    **dict.fromkeys(("bool_type", "bool_parsing"), _SWITCH),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "iterable_type"), _LIST),
    **dict.fromkeys(("dict_type", "mapping_type", "model_type", "model_attributes_type"), _KEYS),
    "dataclass_type": _KEYS,
    "none_required": "must be left empty",
}
_OR = ", or "
_LONGEST = 60


def explain(error: ValidationError, document: Document) -> ScenarioError:
    """Say each error of a validation as a problem of the document, in the order of its lines.

    A ScenarioError that a validator raised keeps its own words and gains its place. Errors at one
    key, as from the branches of a union, are one problem; where one branch took the value apart
    and found fault inside, that the others wanted another type is left out.
    """
    found = [
        (details["type"], problem)
        for details in error.errors(include_url=False)
        for problem in _problems(details, document)
    ]
    opened = {problem.key[:n] for _, problem in found for n in range(len(problem.key))}
    together: dict[KeyPath, Problem] = {}
    for kind, problem in found:
        if kind.endswith("_type") and problem.key in opened:
            continue
        known = together.setdefault(problem.key, problem)
        if problem.message not in known.message:
            together[problem.key] = replace(known, message=known.message + _OR + problem.message)
    ordered = sorted(
        together.values(), key=lambda problem: (problem.line or 0, problem.column or 0)
    )
    return ScenarioError(*ordered)


def _problems(details: ErrorDetails, document: Document) -> list[Problem]:
    context = details.get("ctx", {})
    path = _path(details["loc"], document.data)
    cause = context.get("error")
    if isinstance(cause, ScenarioError):
        return [_placed(problem, path, document) for problem in cause.problems]
    kind, given = details["type"], details["input"]
    about_key = kind in ("missing", "extra_forbidden", "unknown_kind") or "[key]" in details["loc"]
    if kind == "missing":
        path = (*path, details["loc"][-1])
    if kind == "unknown_kind":
        given = str(context.get("name", given))
        path = _path((*path, given), document.data)
    if kind == "extra_forbidden":
        given = path[-1] if path else given
    allowed = _allowed(context)
    # Values that do not go together: the message names them, a list of the keys would not help.
    whole = kind == "value_error" and isinstance(given, dict)
    return [
        document.problem(
            _message(details, context),
            path,
            of="key" if about_key else "value",
            given=None if whole or kind == "missing" else _shown(given, bare=about_key),
            allowed=_shortened(", ".join(allowed), 6 * _LONGEST) if allowed else None,
            nearest=nearest(given, allowed) if isinstance(given, str) else None,
        )
    ]


def _path(location: Iterable[int | str], data: object) -> KeyPath:
    """Keep of a location what is in the file: union tags and names of validators are not."""
    path: list[str | int] = []
    for element in location:
        items = dict(enumerate(data)) if isinstance(data, list) else data
        if isinstance(items, dict) and element in items:
            path.append(element)
            data = items[element]
    return tuple(path)


def _placed(problem: Problem, path: KeyPath, document: Document) -> Problem:
    if problem.line is not None:
        return problem
    key = (*path, *problem.key)
    of: Literal["key", "value"] = "key" if key[-1:] == (problem.given,) else "value"
    line, column = document.position(key, of=of) or (None, None)
    return replace(problem, key=key, file=document.file, line=line, column=column)


def _message(details: ErrorDetails, context: Mapping[str, Any]) -> str:
    words = _WORDS.get(details["type"])
    if words is None:
        return str(context["error"]) if "error" in context else details["msg"]
    try:
        return words.format_map(context)
    except KeyError:  # a custom error may borrow the name of a type without its numbers
        return details["msg"]


def _allowed(context: Mapping[str, Any]) -> list[str]:
    """Return the valid names: a list that the error brings, or pydantic's "'a', 'b' or 'c'"."""
    given = context.get("allowed", context.get("expected", context.get("expected_tags", "")))
    if isinstance(given, str):
        return re.findall(r"'([^']*)'", given) or ([given] if given else [])
    return [str(name) for name in given]


def _shown(value: object, *, bare: bool = False) -> str:
    """Show a value as the file might write it, in a few words."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return _shortened(f"keys {', '.join(map(str, value))}" if value else "no keys")
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    return _shortened(value if bare and isinstance(value, str) else repr(value))


def _shortened(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else text[: longest - 3] + "..."
