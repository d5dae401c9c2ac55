"""The repository keeps its own promises: a true map, a true glossary, nothing of one machine."""

import re
import tokenize
from pathlib import Path

import pytest

# Written in pieces, so that this file does not hold what it forbids.
MACHINE_PATH = re.compile(
    r"(?<![\w.~-])/(?:work|root|tmp|home|Users|var/folders)/|\b[A-Z]:\\{1,2}Users\b"
)
REGISTRIES = ("pypi org", "pythonhosted org", "npmjs org", "npmjs com", "anaconda org")
REGISTRY_HOST = re.compile(
    r"\b(?:" + "|".join(host.replace(" ", r"\.") for host in REGISTRIES) + r")\b"
)
MAP_LINE = re.compile(r"^- `(?P<path>[^`]+)` \S")
GLOSSARY_LINE = re.compile(r"^- \*\*[^*]+\*\* \(`(?P<name>[A-Za-z_][\w.]*)`\): \S")


def test_architecture_names_every_source_file_once(root, kept_files):
    """ARCHITECTURE.md gives each file under src/scenarios exactly one line."""
    source = Path("src/scenarios")
    expected = [file.as_posix() for file in kept_files if file.is_relative_to(source)]
    named = [path for path in mapped(root) if Path(path).is_relative_to(source)]
    assert sorted(named) == expected


def test_architecture_names_no_file_that_is_gone(root):
    """Whatever ARCHITECTURE.md gives a line exists."""
    assert [path for path in mapped(root) if not (root / path).exists()] == []


def mapped(root: Path) -> list[str]:
    """The paths of the lines "- `path` what it is for"."""
    lines = (root / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()
    return [match["path"] for match in map(MAP_LINE.match, lines) if match]


@pytest.mark.parametrize("pattern", [MACHINE_PATH, REGISTRY_HOST], ids=["path", "registry"])
def test_no_text_file_names_a_machine_or_a_registry(root, kept_files, pattern):
    """A clone works anywhere: no file holds a path of one machine or the address of a registry."""
    found = []
    for file in kept_files:
        content = (root / file).read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode(errors="replace").splitlines(), start=1):
            found += [f"{file}:{number}: {match[0]}" for match in pattern.finditer(line)]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (MACHINE_PATH, "open('{}/run.csv')", True),
        (MACHINE_PATH, '"file://{}/run.csv"', True),
        (MACHINE_PATH, "https://example.test{}/run.csv", False),
        (MACHINE_PATH, "docs{}/run.csv", False),
        (REGISTRY_HOST, "https://files.{}/simple", True),
        (REGISTRY_HOST, "https://example.test/simple", False),
    ],
)
def test_the_patterns_find_what_they_forbid(pattern, text, expected):
    """The forbidden patterns match a real case and spare an innocent one."""
    forbidden = "/" + "tmp" if pattern is MACHINE_PATH else REGISTRIES[1].replace(" ", ".")
    assert bool(pattern.search(text.format(forbidden))) is expected


def test_every_glossary_term_exists_in_the_code(root):
    """Each term of docs/glossary.md names an identifier that src still has."""
    text = (root / "docs/glossary.md").read_text(encoding="utf-8")
    entries = [line for line in text.splitlines() if line.startswith("- **")]
    matches = {line: GLOSSARY_LINE.match(line) for line in entries}
    assert entries, "docs/glossary.md has no terms"
    assert [line for line, match in matches.items() if match is None] == []
    known = identifiers(root / "src")
    names = [match["name"] for match in matches.values() if match]
    assert [name for name in names if not known.issuperset(name.split("."))] == []


def identifiers(source: Path) -> set[str]:
    """Every name in the code below a folder, comments and strings left out."""
    found = set()
    for file in source.rglob("*.py"):
        with tokenize.open(file) as lines:
            tokens = tokenize.generate_tokens(lines.readline)
            found |= {token.string for token in tokens if token.type == tokenize.NAME}
    return found
