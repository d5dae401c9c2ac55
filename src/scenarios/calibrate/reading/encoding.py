"""Which encoding a file's text has, from its mark, its bytes and, last, its letters."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from charset_normalizer import from_bytes

from scenarios.calibrate.reading.decisions import Findings, plural
from scenarios.calibrate.reading.source import MOST_BYTES, Source, told
from scenarios.errors import Problem, ScenarioError, nearest

_BLOCK = 2**20
_ENOUGH = 2**16
"""Bytes of lines with letters beyond ASCII that are looked at."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = frozenset(
    "ÄÖÜäöüßÁÉÍÓÚáéíóúÀÈÌÒÙàèìòùÂÊÎÔÛâêîôûÃÕãõÑñÇçËÏëïŸÿÅåØøÆæŒœ°€£§²³ªº«»¿¡©®™\u2013—…“”\u2018\u2019\u00b4·\u00d7½¼\u00a0"
)
_KNOWN = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "cp1250", "cp850", "mac_roman")


@dataclass
class _Bytes:
    """What the bytes of a file show."""

    size: int = 0
    head: bytes = b""
    nul: int = 0
    beyond: bytes = b""
    """Lines with bytes beyond ASCII."""
    broken: int | None = None
    """Where the first byte stands that is not UTF-8."""


def find_encoding(source: Source, given: str | None, findings: Findings) -> tuple[str, bool]:
    """The encoding of a file's text, from its bytes, all of them; and whether there are NULs in it.

    Raises ``ScenarioError`` for a name that is no encoding and a file that is larger than can be.
    """
    seen = _look(source)
    if given is not None:
        try:
            codecs.lookup(given)
        except LookupError:
            close = nearest(given, _KNOWN)
            allowed = ", ".join(_KNOWN)
            problem = Problem(
                "there is no such encoding",
                ("encoding",),
                given=given,
                allowed=allowed,
                nearest=close,
            )
            raise ScenarioError(problem) from None
        if seen.broken is not None and codecs.lookup(given).name.startswith("utf-8"):
            advice = "the file is not in this encoding: leave it out, and it is found"
            raise ScenarioError(
                Problem(advice, ("encoding",), source.name, given=f"{given}; byte {seen.broken:,}")
            )
        return given, bool(seen.nul)
    encoding, why = _decided(seen)
    findings.decide("encoding", encoding, why, 'encoding="..."')
    return encoding, bool(seen.nul)


def _look(source: Source) -> _Bytes:
    """One pass over the bytes."""
    seen = _Bytes()
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    with told(source.name), source.opened() as (stream, _):
        while block := stream.read(_BLOCK):
            if not seen.head:
                seen.head = block[:4096]
            seen.nul += block.count(b"\0")
            if len(seen.beyond) < _ENOUGH and not block.isascii():
                lines = (line for line in block.splitlines() if not line.isascii())
                seen.beyond += b"\n".join(lines)[: _ENOUGH - len(seen.beyond)] + b"\n"
            if seen.broken is None:
                seen.broken = _broken(decoder, block, seen.size)
            seen.size += len(block)
            if seen.size > MOST_BYTES:
                allowed = f"at most {MOST_BYTES // 2**30} GiB unpacked"
                raise ScenarioError(
                    Problem("the file is too large", file=source.name, allowed=allowed)
                )
    return seen


def _broken(decoder: codecs.IncrementalDecoder, block: bytes, before: int) -> int | None:
    try:
        decoder.decode(block)
    except UnicodeDecodeError as error:
        return before + error.start
    return None


def _decided(seen: _Bytes) -> tuple[str, str]:
    for mark, name in _MARKS:
        if seen.head.startswith(mark):
            return name, "the file begins with that encoding's byte order mark"
    even, odd = seen.head[0::2].count(0), seen.head[1::2].count(0)
    if max(even, odd) > 0.3 * len(seen.head) / 2:  # Latin text in UTF-16 has one NUL a letter
        name = "utf-16-be" if even > odd else "utf-16-le"
        return (
            name,
            f"{even + odd:,} of the first {len(seen.head):,} bytes are NUL, every other one",
        )
    if seen.broken is None:
        letters = "no letters beyond ASCII" if not seen.beyond.strip() else "valid throughout"
        return "utf-8", f"{letters}, {plural(seen.size, 'byte')}"
    return _by_letters(seen)


def _by_letters(seen: _Bytes) -> tuple[str, str]:
    """An encoding of one byte a letter: Western European office text first, then by frequency."""
    told_so = f"byte {seen.broken:,} is not UTF-8" if seen.broken is not None else ""
    mended = seen.beyond.decode("utf-8", "replace")
    letters = [letter for letter in mended if not letter.isascii()]
    if letters and letters.count("\ufffd") <= 0.1 * len(letters):  # a few damaged letters
        return "utf-8", f"{told_so}, but nearly all letters beyond ASCII are"
    try:
        letters = [c for c in seen.beyond.decode("cp1252") if not c.isascii()]
    except UnicodeDecodeError:
        letters = []
    western = sum(letter in _WESTERN for letter in letters)
    if letters and western >= 0.9 * len(letters):
        return (
            "cp1252",
            f"{told_so}; {western:,} of {len(letters):,} letters beyond ASCII are Western",
        )
    best = from_bytes(seen.beyond or seen.head).best()
    if best is None:
        return "cp1252", f"{told_so}; no encoding fits its letters"
    return best.encoding, f"{told_so}; its letters fit {best.encoding} best (charset-normalizer)"
