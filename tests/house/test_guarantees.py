"""The page of guarantees keeps its word: each promise names a test, and each test exists."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = next(p for p in Path(__file__).resolve().parents if (p / "pyproject.toml").is_file())
PAGE = ROOT / "docs" / "explanation" / "guarantees.md"
TEST = re.compile(r"\[`(?P<name>test_\w+)`\]\((?:\.\./)+(?P<file>tests/[\w/]+\.py)\)")


@cache
def functions(file: str) -> frozenset[str]:
    """The functions that a test file defines."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def promises() -> list[str]:
    """The items of the lists above the non-features."""
    text = PAGE.read_text(encoding="utf-8").partition("## What it does not do")[0]
    return [item for item in re.split(r"^- ", text, flags=re.MULTILINE)[1:] if item.strip()]


def test_every_promise_names_a_test():
    """A promise that no test holds is not listed."""
    assert promises(), "docs/explanation/guarantees.md lists no promise"
    assert [promise for promise in promises() if TEST.search(promise) is None] == []


def test_every_test_that_a_promise_names_exists():
    """A test that is renamed or removed takes its promise with it, or the page is corrected."""
    named = [(found["file"], found["name"]) for found in TEST.finditer("".join(promises()))]
    gone = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).is_file() or name not in functions(file)
    ]
    assert gone == []
