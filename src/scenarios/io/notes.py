"""The comment beside a value: how a scenario file says where each number comes from."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Each is matched where a token ends, so a '#' inside quotes is never met.
AFTER_VALUE = re.compile(r" *,? *(?=#)")
AFTER_KEY = re.compile(r" *: *(?=#)")
BLOCK_TEXT = re.compile(r"[|>][-+0-9]* +(?=#)")


def comment(lines: Sequence[str], place: tuple[int, int], before: re.Pattern[str]) -> str:
    """Return the comment that stands right after a place (line, column, from 1), or an empty text.

    Lines below that hold nothing but a comment, no further left than the first '#', continue it.
    `before` is what may stand between the place and the '#'.
    """
    line, column = place
    found = before.match(lines[line - 1], column - 1)
    if found is None:
        return ""
    first = found.end()
    parts = [lines[line - 1][first:]]
    if before is not BLOCK_TEXT:  # below `|` and `>` stands text, also when it looks like a comment
        for below in range(line, len(lines)):
            rest = lines[below].lstrip(" ")
            if not rest.startswith("#") or len(lines[below]) - len(rest) < first:
                break
            parts.append(rest)
    return " ".join(filter(None, (part.lstrip("#").strip() for part in parts)))
