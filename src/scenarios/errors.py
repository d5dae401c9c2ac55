"""What went wrong, in words for the person who wrote the scenario: the package's one error."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from types import ModuleType

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where it stands, what was given, what is allowed.

    Lines and columns count from 1. `key` is the path of names and list positions that leads to
    the place; `nearest` is the valid name that the given one may have meant.
    """

    message: str
    key: KeyPath = ()
    file: str | None = None
    line: int | None = None
    column: int | None = None
    given: str | None = None
    allowed: str | None = None
    nearest: str | None = None

    def __str__(self) -> str:
        place = " ".join(filter(None, (self._position(), " > ".join(map(str, self.key)))))
        facts = (
            self.given is not None and f"given: {self.given}",
            self.allowed is not None and f"allowed: {self.allowed}",
            self.nearest is not None and f"did you mean {self.nearest!r}?",
        )
        told = "; ".join(fact for fact in facts if fact)
        return (f"{place}: " if place else "") + self.message + (f" ({told})" if told else "")

    def _position(self) -> str:
        numbers = [str(number) for number in (self.line, self.column) if number is not None]
        if self.file is None:
            return f"line {':'.join(numbers)}" if numbers else ""
        return ":".join([self.file, *numbers])


class ScenarioError(ValueError):
    """A scenario, a contract or a file cannot be used; every problem found is listed."""

    def __init__(self, *problems: Problem | str) -> None:
        self.problems: tuple[Problem, ...] = tuple(
            problem if isinstance(problem, Problem) else Problem(problem) for problem in problems
        )
        super().__init__(*self.problems)

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems]
        return (
            "\n  ".join([f"{len(lines)} problems:", *lines]) if len(lines) > 1 else "".join(lines)
        )


class SettlementError(ScenarioError):
    """A term of a deal failed while the deal was being settled."""

    def __init__(
        self, *problems: Problem | str, deal: str, term: str, month: int | None = None
    ) -> None:
        super().__init__(*problems)
        self.deal, self.term, self.month = deal, term, month

    def __str__(self) -> str:
        month = "" if self.month is None else f", month {self.month}"
        return f"while settling deal {self.deal}, term {self.term}{month}: {super().__str__()}"

    def __reduce__(self) -> tuple[Callable[..., SettlementError], tuple[Problem, ...]]:
        # An exception is pickled by its positional arguments alone; a worker process must not
        # lose which deal failed.
        again = partial(type(self), deal=self.deal, term=self.term, month=self.month)
        return again, self.problems


class MissingExtraError(ImportError):
    """An optional part of the package is used but not installed; the message says how to."""


def unknown(what: str, name: str, allowed: Iterable[str], key: KeyPath = ()) -> Problem:
    """The problem of a name that does not exist: what there is, and what may have been meant."""
    names = list(allowed)
    return Problem(
        f"there is no {what} named {name!r}",
        key=tuple(key),
        given=name,
        allowed=", ".join(names) or "none yet",
        nearest=nearest(name, names),
    )


def nearest(name: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed name most like the given one, or None if nothing is close."""
    names = {candidate.casefold(): candidate for candidate in allowed}
    found = difflib.get_close_matches(name.casefold(), names, n=1)
    return names[found[0]] if found else None


def require(module: str, extra: str) -> ModuleType:
    """Import a module that only the optional part `extra` needs.

    Raises MissingExtraError with the line that installs it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        message = f'needs {module!r} ({error}); install it with: pip install "scenarios[{extra}]"'
        raise MissingExtraError(message, name=module) from error
