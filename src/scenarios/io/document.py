"""A scenario file as plain data that remembers where each value stands and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from scenarios.errors import KeyPath, Problem
from scenarios.io.builder import Builder, Place, Value
from scenarios.io.events import Position
from scenarios.io.text import fetch


@dataclass(frozen=True)
class Document:
    """What a scenario file says.

    `data` is plain: dict, list, str, int, float, bool, None. `notes` holds the comment beside a
    value by its key path; for a block of keys or items, the comment on the line of its own key.
    """

    data: Value
    file: str | None = None
    notes: Mapping[KeyPath, str] = field(default_factory=lambda: MappingProxyType({}))
    places: Mapping[KeyPath, Place] = field(
        default_factory=lambda: MappingProxyType({}), repr=False
    )

    def position(
        self, key_path: Sequence[str | int], *, of: Literal["key", "value"] = "value"
    ) -> Position | None:
        """Return (line, column), from 1, of a value or of its key.

        A path that is not in the file has the position of its nearest ancestor that is.
        """
        for length in range(len(key_path), -1, -1):
            place = self.places.get(tuple(key_path[:length]))
            if place is not None:
                return place.key if of == "key" and place.key else place.value
        return None

    def problem(
        self,
        message: str,
        key_path: Sequence[str | int] = (),
        *,
        of: Literal["key", "value"] = "value",
        given: str | None = None,
        allowed: str | None = None,
        nearest: str | None = None,
    ) -> Problem:
        """Return a problem of this file, placed at the line and column of a key or a value."""
        line, column = self.position(key_path, of=of) or (None, None)
        return Problem(message, tuple(key_path), self.file, line, column, given, allowed, nearest)


def read_document(source: Path | str, *, name: str | None = None) -> Document:
    """Read a scenario file (a Path) or its text (a str); `name` is what errors call it.

    The file is UTF-8 text of at most 1 MiB, one YAML document of at most 100,000 values nested at
    most 32 deep, made of keys, lists and plain values. Numbers may be written `10_000`, `10_000.5`
    and `1e6`; dates stay text. Tabs, duplicate keys, keys that are not text, anchors, aliases,
    tags, merge keys, directives, `.inf` and `.nan` are refused.

    Raises ScenarioError, with all problems that can be found at once, and nothing else.
    """
    file = str(source) if name is None and isinstance(source, Path) else name
    builder = Builder(fetch(source, file), file)
    data = builder.document()
    return Document(data, file, MappingProxyType(builder.notes), MappingProxyType(builder.places))
