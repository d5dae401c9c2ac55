"""What the declarations say about the numbers of a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scenarios import paths
from scenarios.declared import Declared
from scenarios.scenario import Scenario


def declared_as(scenario: Scenario) -> dict[str, str]:
    """What each field of a scenario is, in the words of its declaration, by its dotted path."""
    return dict(_fields(scenario, scenario.model_dump(mode="json", exclude_none=True), ""))


def nearest(sentences: Mapping[str, str], path: str) -> str:
    """The words at a path, or at the field whose list or mapping it is a part of."""
    while path and path not in sentences:
        path = path.rpartition(".")[0]
    return sentences.get(path, "")


def _fields(node: Any, data: Any, path: str) -> Iterator[tuple[str, str]]:
    """Walks the declarations beside their data, whose paths have what a member of a family is."""
    if isinstance(node, Declared):
        kind, fields = node.keyword(), type(node).model_fields
        if kind not in fields and {*data} == {kind}:
            ((path, data),) = paths.entries(data, path)
        for below, value in paths.entries(data, path):
            name = below.removeprefix(f"{path}.")
            if name in fields:
                first, _, _ = (fields[name].description or "").partition("\n\n")
                yield below, " ".join(first.replace("``", "").split()).removesuffix(".")
                yield from _fields(getattr(node, name), value, below)
    elif isinstance(node, tuple | dict):
        values = node.values() if isinstance(node, dict) else node
        for value, (below, entry) in zip(values, paths.entries(data, path), strict=True):
            yield from _fields(value, entry, below)
