"""Dotted paths into a scenario's data: ``deals.Outcome.clauses.fee_cap.annual``.

A list of terms is entered by the term's kind (``fee_cap``, the second one ``fee_cap 2``), a list of
numbers by place, counted from 1: ``deals.Outcome.pricing.per_outcome.price.3`` is year three's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from scenarios.errors import KeyPath, Problem, ScenarioError, nearest
from scenarios.numbering import nth


def get(data: Any, path: str) -> Any:
    """What stands at the path; ``ScenarioError`` where the path does not exist."""
    _, node, key = _find(data, path)
    return node[key]


def put(data: Any, path: str, value: Any) -> None:
    """Writes the value at the path, in place; ``ScenarioError`` where it does not exist."""
    parent, node, key = _find(data, path)
    if node is not parent:
        raise ScenarioError(
            Problem(
                f"{path} is a whole term: lead on to one of its numbers",
                given=str(key),
                allowed=", ".join(node[key]) if isinstance(node[key], dict) else None,
            )
        )
    node[key] = value


def entries(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The path and content of everything directly in a mapping or list."""
    before = f"{path}." if path else ""
    if isinstance(node, dict):
        yield from ((f"{before}{key}", value) for key, value in node.items())
    elif isinstance(node, list):
        for part, (holder, key) in _parts(node).items():
            yield f"{before}{part}", holder[key]


def dotted(data: Any, key: Iterable[Any]) -> str:
    """The dotted path of what stands at a sequence of keys and list positions."""
    names: list[str] = []
    left = iter(key)
    for part in left:
        if not isinstance(data, list):
            names.append(str(part))
            data = data[part]
            continue
        for name, (holder, inner) in _parts(data).items():
            if holder is data[part]:  # a term: its kind is the next key
                names.append(name)
                next(left, None)
                data = holder[inner]
                break
            if holder is data and inner == part:
                names.append(name)
                data = data[part]
                break
    return ".".join(names)


def keys(data: Any, path: str) -> KeyPath:
    """The sequence of keys and list positions at a dotted path; ``ScenarioError`` where the path
    does not exist.
    """
    found: list[str | int] = []
    left: str | None = path
    while left is not None:
        node, key, left = _step(data, left, path)
        if node is not data:  # a term: its place in the list comes before its kind
            found.append(next(place for place, entry in enumerate(data) if entry is node))
        found.append(key)
        data = node[key]
    return tuple(found)


def _find(data: Any, path: str) -> tuple[Any, Any, Any]:
    """Where a path ends: the mapping or list it enters last, and the container and key of its end.

    A name may have dots of its own ("Outcome v1.1"): the longest name that fits is taken.
    """
    left = path
    while True:
        node, key, after = _step(data, left, path)
        if after is None:
            return data, node, key
        data, left = node[key], after


def _step(data: Any, left: str, path: str) -> tuple[Any, Any, str | None]:
    """The container and key of the first name of what is left of a path, and what is left then."""
    names = _names(data)
    fitting = [name for name in names if left == name or left.startswith(f"{name}.")]
    if not fitting:
        part = left.partition(".")[0]
        raise ScenarioError(
            Problem(
                f"{path} does not exist: there is no {part!r} in it",
                given=part,
                allowed=", ".join(names) or "nothing below this",
                nearest=nearest(part, names),
            )
        )
    name = max(fitting, key=len)
    node, key = names[name]
    return node, key, None if left == name else left[len(name) + 1 :]


def _names(node: Any) -> dict[str, tuple[Any, Any]]:
    """What can be entered from here: each name with its container and key."""
    if isinstance(node, dict):
        return {str(key): (node, key) for key in node}
    return _parts(node) if isinstance(node, list) else {}


def _parts(entries: list[Any]) -> dict[str, tuple[Any, Any]]:
    """What the entries of a list are called, and where each stands."""
    parts: dict[str, tuple[Any, Any]] = {}
    count: dict[str, int] = {}
    for place, entry in enumerate(entries):
        if isinstance(entry, dict) and len(entry) == 1:
            (kind,) = entry
            count[kind] = count.get(kind, 0) + 1
            parts[nth(kind, count[kind])] = (entry, kind)
        else:
            parts[str(place + 1)] = (entries, place)
    return parts
