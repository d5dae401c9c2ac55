"""Plain data built from the pieces of a YAML text, with every problem met on the way."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from scenarios.errors import KeyPath, Problem, ScenarioError
from scenarios.io import notes, scalars
from scenarios.io.events import Event, Position, events
from scenarios.io.text import MAX_PROBLEMS, hidden_character

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"

MAX_DEPTH = 32
MAX_NODES = 100_000
LONGEST_GIVEN = 60


class Place(NamedTuple):
    """Where a value and its key begin, as (line, column) from 1; an item of a list has no key."""

    value: Position
    key: Position | None


class Builder:
    """Reads one text, once: `document()` gives its data; `places` and `notes` are then filled."""

    def __init__(self, text: str, file: str | None) -> None:
        self.places: dict[KeyPath, Place] = {}
        self.notes: dict[KeyPath, str] = {}
        self._file = file
        self._lines = text.split("\n")
        self._events = events(text)
        self._problems: list[Problem] = []
        self._nodes = 0

    def document(self) -> Value:
        """Return the data.

        Raises ScenarioError with every problem up to where reading ended.
        """
        start = self._next()
        if start.kind == "end of file":
            raise self._stop("has no content", start)
        if start.directives:
            self._refuse("a '%' directive is not allowed: remove the line", start)
        data = self._node(self._next(), ())
        self._next()
        after = self._next()
        if after.kind != "end of file":
            raise self._stop("a second document starts here: a file holds one", after)
        if self._problems:
            raise ScenarioError(*self._problems)
        return data

    def _node(self, event: Event, path: KeyPath, key: Event | None = None) -> Value:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._stop("holds too many values", event, path, allowed=f"{MAX_NODES:,}")
        if len(path) > MAX_DEPTH:
            raise self._stop("is nested too deep", event, path, allowed=f"{MAX_DEPTH} levels")
        self._refuse_references(event, path)
        self.places[path] = Place(event.start, key.start if key else None)
        value: Value = None
        end = event
        if event.kind == "scalar":
            value = self._scalar(event, path)
        elif event.kind == "list":
            value, end = self._list(path)
        elif event.kind == "mapping":
            value, end = self._mapping(path)
        if note := self._note(event, end, key):
            self.notes[path] = note
        return value

    def _list(self, path: KeyPath) -> tuple[list[Value], Event]:
        items: list[Value] = []
        while (event := self._next()).kind != "end":
            items.append(self._node(event, (*path, len(items))))
        return items, event

    def _mapping(self, path: KeyPath) -> tuple[dict[str, Value], Event]:
        values: dict[str, Value] = {}
        while (key := self._next()).kind != "end":
            name = self._key(key, path)
            at = (*path, name)
            if name in values:
                first = self.places[at].key or self.places[at].value
                self._refuse(f"this key stands twice: first on line {first[0]}", key, at)
            values[name] = self._node(self._next(), at, key)
        return values, key

    def _key(self, key: Event, path: KeyPath) -> str:
        """Return the name of a key; one that cannot be a name is reported, and '?n' stands in."""
        stand_in = f"?{self._nodes}"
        if key.kind != "scalar":
            self._refuse("a key must be a single word or text", key, path)
            self._node(key, (*path, stand_in))
            return stand_in
        self._refuse_references(key, path)
        known = len(self._problems)
        meaning = self._scalar(key, path)
        if meaning == "<<" and not key.style:
            self._refuse("a merge key '<<' is not allowed: write the keys out", key, path)
        elif isinstance(meaning, str):
            return meaning
        elif len(self._problems) == known:
            given = key.text or "nothing"
            self._refuse("a key must be text: put it in quotes", key, path, given=given)
        return stand_in

    def _scalar(self, event: Event, path: KeyPath) -> scalars.Scalar:
        # Only the raw text must be free of tabs: "\t" in quotes is visible where it is written.
        if hidden := hidden_character(event.text.replace("\t", " ")):
            self._refuse(f"contains {hidden}", event, path)
        if event.style:
            return event.text
        try:
            return scalars.plain(event.text)
        except ValueError as error:
            self._refuse(str(error), event, path, given=event.text)
            return None

    def _refuse_references(self, event: Event, path: KeyPath) -> None:
        if event.kind == "alias":
            given = f"*{event.anchor}"
            self._refuse("an alias is not allowed: write the value out", event, path, given=given)
        elif event.anchor is not None:
            given = f"&{event.anchor}"
            self._refuse("an anchor is not allowed: remove it", event, path, given=given)
        if event.tag is not None:
            message = "a tag is not allowed: put text that begins with '!' in quotes"
            self._refuse(message, event, path, given=event.tag)

    def _note(self, event: Event, end: Event, key: Event | None) -> str:
        found = ""
        if event.style in ("|", ">"):
            found = notes.comment(self._lines, event.start, notes.BLOCK_TEXT)
        elif event.kind == "scalar" or event.flow:
            found = notes.comment(self._lines, end.end, notes.AFTER_VALUE)
        if not found and key is not None:
            found = notes.comment(self._lines, key.end, notes.AFTER_KEY)
        return found

    def _next(self) -> Event:
        event = next(self._events)
        if event.kind == "error":
            raise self._stop(event.text, event)
        return event

    def _stop(
        self, message: str, event: Event, path: KeyPath = (), *, allowed: str | None = None
    ) -> ScenarioError:
        problem = Problem(message, path, self._file, *event.start, allowed=allowed)
        return ScenarioError(*self._problems, problem)

    def _refuse(
        self, message: str, event: Event, path: KeyPath = (), *, given: str | None = None
    ) -> None:
        shown = given and given[:LONGEST_GIVEN]
        self._problems.append(Problem(message, path, self._file, *event.start, given=shown))
        if len(self._problems) >= MAX_PROBLEMS:
            raise ScenarioError(*self._problems)
