"""What several of a kind are called: ``fee cap``, ``fee cap 2`` and so on, in files and lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator


def nth(name: str, number: int) -> str:
    """What the first, second, ... of this name is called, counted from 1."""
    return name if number == 1 else f"{name} {number}"


def numbered(names: Iterable[str]) -> Iterator[str]:
    """The names in their order, those that came before numbered from 2 on."""
    count: Counter[str] = Counter()
    for name in names:
        count[name] += 1
        yield nth(name, count[name])
