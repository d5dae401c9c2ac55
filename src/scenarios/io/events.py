"""What a YAML text is made of, piece by piece: nothing is constructed and nothing can be run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import yaml

Position = tuple[int, int]
Kind = Literal["document", "scalar", "list", "mapping", "alias", "end", "end of file", "error"]

_KINDS: dict[type[yaml.Event], Kind] = {
    yaml.DocumentStartEvent: "document",
    yaml.ScalarEvent: "scalar",
    yaml.SequenceStartEvent: "list",
    yaml.MappingStartEvent: "mapping",
    yaml.AliasEvent: "alias",
    yaml.SequenceEndEvent: "end",
    yaml.MappingEndEvent: "end",
    yaml.DocumentEndEvent: "end",
    yaml.StreamEndEvent: "end of file",
}
# What the YAML parser has been seen to raise besides its own errors, such as on "\U00110000".
_ESCAPES = (ValueError, LookupError, AttributeError, TypeError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True)
class Event:
    """A piece of a YAML text. Positions are (line, column) from 1; `text` is as unescaped.

    `style` is the quote of a scalar ('|' and '>' included), empty if it has none. An event of kind
    "error" is the last one; its text is the reason.
    """

    kind: Kind
    start: Position
    end: Position
    text: str = ""
    style: str = ""
    anchor: str | None = None
    tag: str | None = None
    flow: bool = False
    directives: bool = False


def events(text: str) -> Iterator[Event]:
    """Give the pieces of a YAML text in order; what cannot be parsed ends in an "error" event."""
    last: Position = (1, 1)
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if kind := _KINDS.get(type(event)):
                piece = _event(event, kind)
                last = piece.end
                yield piece
    except yaml.MarkedYAMLError as error:
        begun = _position(error.context_mark)
        at = _position(error.problem_mark) or begun or last
        since = f"(from line {begun[0]})" if begun and error.context else None
        told = " ".join(filter(None, (error.context, since, error.problem)))
        reason = f"is not valid YAML: {told}; text with any of : # % @ [ {{ may need quotes"
        yield Event("error", at, at, reason)
    except (yaml.YAMLError, *_ESCAPES) as error:
        yield Event("error", last, last, f"is not valid YAML: {error}")


def _event(event: yaml.Event, kind: Kind) -> Event:
    start = _position(event.start_mark) or (1, 1)
    return Event(
        kind,
        start,
        _position(event.end_mark) or start,
        text=getattr(event, "value", ""),
        style=getattr(event, "style", "") or "",
        anchor=getattr(event, "anchor", None),
        tag=getattr(event, "tag", None),
        flow=bool(getattr(event, "flow_style", False)),
        directives=bool(getattr(event, "version", None) or getattr(event, "tags", None)),
    )


def _position(mark: object) -> Position | None:
    if mark is None:
        return None
    return getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1
