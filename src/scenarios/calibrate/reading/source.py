"""A file as a stream of bytes, packed or not; what cannot be read is said in words."""

from __future__ import annotations

import csv
import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, cast

from scenarios.errors import Problem, ScenarioError, nearest

Progress = Callable[[int, int], None]
"""Is told how many bytes have been read and how many there are, over all passes."""
MOST_BYTES = 16 * 2**30
"""Unpacked size beyond which a file is refused: a small archive can hold endless zeros."""
_TEXTS = (".csv", ".tsv", ".txt", ".tab", ".dat")
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls): save it as .xlsx or CSV"),
    (b"%PDF", "a PDF: export the table as CSV"),
    (b"PAR1", "a Parquet file: write it as CSV"),
    (b"SQLite format 3", "a database: export the table as CSV"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd: unpack it, or pack it with gzip"),
    (b"BZh", "packed with bzip2: unpack it, or pack it with gzip"),
    (b"\xfd7zXZ", "packed with xz: unpack it, or pack it with gzip"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it"),
)
_TROUBLE = (
    *(OSError, EOFError, UnicodeError, zlib.error, zipfile.BadZipFile, csv.Error),
    *(NotImplementedError, RuntimeError, OverflowError),
)


@dataclass(frozen=True)
class Source:
    """A file to read: where it is, how it is packed, how large it is on disk."""

    path: Path
    packed: Literal["", "gzip", "zip", "workbook"]
    size: int
    member: str = ""
    """The file's name within a zip."""

    @property
    def name(self) -> str:
        """The file's name, for messages."""
        return f"{self.path.name} > {self.member}" if self.member else self.path.name

    @contextmanager
    def opened(self) -> Iterator[tuple[IO[bytes], Callable[[], int]]]:
        """The unpacked bytes, and a function that says how far on disk one has read."""
        with self.path.open("rb") as raw:
            if self.packed == "gzip":
                with gzip.GzipFile(fileobj=raw) as stream:
                    yield cast("IO[bytes]", stream), raw.tell
            elif self.packed == "zip":
                with zipfile.ZipFile(raw) as archive, archive.open(self.member) as member:
                    yield member, raw.tell
            else:
                yield raw, raw.tell


@contextmanager
def told(name: str) -> Iterator[None]:
    """Whatever goes wrong with a file is raised as the package's one error."""
    try:
        yield
    except ScenarioError:
        raise
    except _TROUBLE as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        advice = f"cannot be read: {reason}; export it again, or check that it is whole"
        raise ScenarioError(Problem(advice, file=name)) from error


def find_source(path: str | Path) -> Source:
    """The file at ``path`` and how it is packed, told by its first bytes and not by its name.

    Raises ``ScenarioError`` where there is no such file, where it is empty, and where it is of a
    kind that is not read.
    """
    path = Path(path)
    if path.is_dir():
        raise ScenarioError(Problem("is a folder: give a file inside it", file=path.name))
    if not path.is_file():
        others = [other.name for other in path.parent.glob("*")] if path.parent.is_dir() else []
        close = nearest(path.name, others)
        told_so = "there is no such file: check its name and folder"
        raise ScenarioError(Problem(told_so, file=path.name, nearest=close))
    with told(path.name), path.open("rb") as raw:
        head, size = raw.read(16), path.stat().st_size
    if not size:
        allowed = "a header and one row a case, or one row a day, week or month"
        raise ScenarioError(Problem("the file is empty", file=path.name, allowed=allowed))
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise ScenarioError(Problem(f"is {what}", file=path.name))
    if head.startswith(b"\x1f\x8b"):
        return Source(path, "gzip", size)
    if head.startswith(b"PK\x03\x04"):
        return _archive(path, size)
    if head.lstrip().lower().startswith((b"<html", b"<!doctype", b"<?xml", b"<table")):
        raise ScenarioError(
            Problem("is a web page or XML: export the table as CSV", file=path.name)
        )
    return Source(path, "", size)


def _archive(path: Path, size: int) -> Source:
    """A zip with one text file, or an Excel workbook."""
    with told(path.name), zipfile.ZipFile(path) as archive:
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
    if "xl/workbook.xml" in names:
        return Source(path, "workbook", size)
    texts = [
        name for name in names if name.lower().endswith(_TEXTS) and not name.startswith("__MACOSX/")
    ]
    if len(texts) != 1:
        raise ScenarioError(
            Problem(
                "an archive must hold one table: unpack it and give one of its files",
                file=path.name,
                given=", ".join(names[:5]) or "nothing",
                allowed=f"one file that ends with {', '.join(_TEXTS)}",
            )
        )
    return Source(path, "zip", size, texts[0])
