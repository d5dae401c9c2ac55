"""Sections of a scenario file as text, with a comment beside each number."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from scenarios import paths
from scenarios.io.scalars import plain

_PLAIN = re.compile(r"[^\W\d_][\w.%/()&+ -]*", re.ASCII)
"""Text that needs no quotes, as long as it is no word of its own."""
_LARGE = 10_000
"""From here on digits are grouped."""
_ALIGNED = 28
"""Lines up to here have their comments in one column; behind longer ones they follow at once."""
_LONG = 60
"""Characters of a list from which it takes several lines."""
_A_LINE = 4
"""Numbers on each of these: a year's months are three of them."""


def sections_text(sections: Mapping[str, Any], sources: Mapping[str, str], *, heading: str) -> str:
    """The text of sections: plain data, and by dotted path what is said of each number.

    What `read_document` reads from it is the same data; its notes are the sources.
    """
    blocks = [[f"# {_one_line(heading)}"]]
    for name, section in sections.items():
        block: list[tuple[str, str]] = list(_lines(sections, {name: section}, (), sources))
        noted = (len(line) for line, note in block if note)
        width = max((length for length in noted if length <= _ALIGNED), default=0)
        blocks.append(
            [f"{line.ljust(width)}  # {_one_line(note)}" if note else line for line, note in block]
        )
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _lines(
    whole: Mapping[str, Any], node: Any, above: tuple[str | int, ...], sources: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Each line and its comment."""
    before = "  " * len(above)
    if isinstance(node, Mapping):
        for key, value in node.items():
            here = (*above, key)
            note = sources.get(paths.dotted(whole, here), "")
            if isinstance(value, Mapping) and not _is_number(value):
                yield f"{before}{_word(key)}:", note
                yield from _lines(whole, value, here, sources)
            elif isinstance(value, list | tuple) and any(isinstance(x, Mapping) for x in value):
                yield f"{before}{_word(key)}:", note
                yield from _lines(whole, list(value), here, sources)
            else:
                *first, last = _broken(f"{before}{_word(key)}: {_written(value)}", value)
                yield from ((line, "") for line in first)
                yield last, note
    else:
        for place, value in enumerate(node):
            note = sources.get(paths.dotted(whole, (*above, place)), "")
            yield f"{before}- {_written(value)}", note


def _broken(line: str, value: Any) -> list[str]:
    """The line; a long list of numbers as several, one below the other."""
    numbers = isinstance(value, list | tuple) and all(isinstance(x, int | float) for x in value)
    if not numbers or len(_written(value)) < _LONG:
        return [line]
    start = line.rindex(": [") + 3
    items = line[start:].split(", ")
    rows = [", ".join(items[n : n + _A_LINE]) for n in range(0, len(items), _A_LINE)]
    lines = [f"{' ' * start}{row}," for row in rows[:-1]] + [" " * start + rows[-1]]
    return [line[:start] + lines[0][start:], *lines[1:]]


def _is_number(node: Mapping[str, Any]) -> bool:
    """True for a distribution, which stands on one line."""
    return bool({"p10", "mode", "mean", "median", "observations"} & node.keys())


def _written(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_word(k)}: {_written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_written(item) for item in value) + "]"
    if isinstance(value, str):
        return _word(value)
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    whole = float(value).is_integer() and abs(value) < 1e15  # noqa: PLR2004  beyond that no digit is sure
    number = int(value) if whole else value
    return f"{number:_}" if abs(number) >= _LARGE else repr(number)


def _word(text: str) -> str:
    """A text, quoted where it would be read as something else."""
    bare = _PLAIN.fullmatch(text) and text == text.strip() and plain(text) == text
    return text if bare else json.dumps(text, ensure_ascii=False)


def _one_line(text: str) -> str:
    """A comment without what would end it."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
