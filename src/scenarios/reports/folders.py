"""Where a report is written: a folder a scenario file, named after it, inside the output."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from scenarios.errors import ScenarioError
from scenarios.io.atomic import write_atomically
from scenarios.reports.manifest import MANIFEST

LONGEST = 60


def slug(name: str) -> str:
    """A name as a folder is called: letters, digits and hyphens; never empty, never a path."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", bare)[:LONGEST].strip("-") or "scenario"


def folders(files: Sequence[Path], output: Path) -> list[Path]:
    """The folder of each file's report: its slug, with a short hash where two would share one."""
    slugs = [slug(file.stem) for file in files]
    taken = Counter(slugs)
    named = [
        name if taken[name] == 1 else f"{name}-{_short(file)}"
        for name, file in zip(slugs, files, strict=True)
    ]
    top = output.resolve()
    found = [(top / name).resolve() for name in named]
    for folder in found:
        if folder.parent != top:  # a link that was planted in the output folder
            raise ScenarioError(f"{folder.name} would be written outside {output.name}: remove it")
    return found


def _short(file: Path) -> str:
    return hashlib.sha256(file.resolve().as_posix().encode()).hexdigest()[:8]


@contextmanager
def run_folder(output: Path) -> Iterator[Path]:
    """A fresh folder for one run beside its output; gone afterwards."""
    output.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".run-", dir=output))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def deliver(folder: Path, outputs: Mapping[str, bytes], manifest: bytes) -> None:
    """Write a finished report's files, each as a whole, and its manifest last."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in outputs.items():
        write_atomically(folder / name, content)
    write_atomically(folder / MANIFEST, manifest)
