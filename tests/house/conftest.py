"""Where the repository is, and which of its files are kept."""

import os
from fnmatch import fnmatch
from pathlib import Path

import pytest


def is_ignored(relative: Path, patterns: list[str]) -> bool:
    """Whether .gitignore leaves a path out; as in git, the last pattern that matches decides."""
    ignored = False
    for pattern in patterns:
        bare = pattern.removeprefix("!").rstrip("/")
        candidates = [relative.as_posix()] if "/" in bare else relative.parts
        if any(fnmatch(candidate, bare) for candidate in candidates):
            ignored = not pattern.startswith("!")
    return ignored


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of pyproject.toml."""
    return next(p for p in Path(__file__).resolve().parents if (p / "pyproject.toml").is_file())


@pytest.fixture(scope="session")
def kept_files(root: Path) -> list[Path]:
    """Every file, relative to the root, that .gitignore does not leave out."""
    lines = (root / ".gitignore").read_text(encoding="utf-8").splitlines()
    patterns = [".git", *(line for line in lines if line and not line.startswith("#"))]
    kept = []
    for folder, subfolders, names in os.walk(root):
        here = Path(folder).relative_to(root)
        subfolders[:] = [name for name in subfolders if not is_ignored(here / name, patterns)]
        kept += [here / name for name in names if not is_ignored(here / name, patterns)]
    return sorted(kept)
