"""The text of a scenario file, fetched with a size cap and free of characters nobody can see."""

from __future__ import annotations

import re
from pathlib import Path

from scenarios.errors import Problem, ScenarioError, nearest

MAX_BYTES = 2**20
MAX_PROBLEMS = 50

# Control characters, line breaks that only YAML 1.1 counts as such, marks that reorder the text
# on the screen, the byte order mark, halves of surrogate pairs, and the two non-characters.
_REFUSED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_ADVICE = {
    "\t": "a tab character: indent and separate with spaces",
    "\r": "a lone carriage return: end lines with a line feed",
    "\ufeff": "a byte order mark: save the file as 'UTF-8', not 'UTF-8 with BOM'",
}


def fetch(source: Path | str, name: str | None = None) -> str:
    r"""Return the text of a file (a Path), or the text itself (a str), with lines ended by \n.

    Raises ScenarioError if the file cannot be read, is larger than 1 MiB, is not UTF-8, or holds
    tabs, control characters or other characters that cannot be seen.
    """
    content = _content(source, name) if isinstance(source, Path) else source
    if len(content) > MAX_BYTES:
        raise ScenarioError(
            Problem("the text is too large", file=name, given="more", allowed="at most 1 MiB")
        )
    text = _decoded(content, name) if isinstance(content, bytes) else content
    text = text.replace("\r\n", "\n")
    problems = [
        Problem(hidden, file=name, line=line, column=found.start() + 1)
        for line, characters in enumerate(text.split("\n"), start=1)
        if (found := _REFUSED.search(characters)) and (hidden := hidden_character(characters))
    ]
    if problems:
        raise ScenarioError(*problems[:MAX_PROBLEMS])
    return text


def hidden_character(text: str) -> str | None:
    """Name the first character of a text that must not be there, with what to do about it."""
    found = _REFUSED.search(text)
    if found is None:
        return None
    unseen = f"the invisible character U+{ord(found[0]):04X}: remove it"
    return _ADVICE.get(found[0], unseen)


def _content(path: Path, name: str | None) -> bytes:
    try:
        if path.is_dir():
            raise ScenarioError(Problem("is a folder: give a file inside it", file=name))
        if not path.is_file():
            others = [other.name for other in path.parent.glob("*.y*ml")]
            hint = nearest(path.name, others)
            advice = "there is no such file: check its name and folder"
            raise ScenarioError(Problem(advice, file=name, nearest=hint))
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        raise ScenarioError(Problem(reason, file=name)) from error


def _decoded(content: bytes, name: str | None) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode().split("\n")
        raise ScenarioError(
            Problem(
                "is not UTF-8 text: save the file as 'UTF-8'",
                file=name,
                line=len(before),
                column=len(before[-1]) + 1,
                given=f"byte 0x{content[error.start]:02X}",
            )
        ) from None
