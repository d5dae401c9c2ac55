"""The JSON Schema of a scenario file: with it an editor completes keys and marks mistakes."""

from __future__ import annotations

from typing import Any

from scenarios.scenario import Scenario

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a scenario file.

    It knows keys, kinds, units and hard bounds. What hangs together across sections, such as the
    roles of a rate card, only ``load`` can tell.
    """
    raw = Scenario.model_json_schema()
    shared: dict[str, Any] = {}
    for name, section in raw.pop("$defs").items():
        shared[name] = _with_references(section, shared, top=True)
    body = _with_references(raw, shared, top=True)
    deal = shared["Deal"]  # in a file the key above a deal is its name
    deal["properties"].pop("name")
    deal["required"].remove("name")
    return {
        "$schema": DIALECT,
        **body,
        "title": "Scenario file",
        "$defs": dict(sorted(shared.items())),
    }


def _with_references(node: Any, shared: dict[str, Any], *, top: bool = False) -> Any:
    """The same schema with each declaration written out once, in ``shared``, and referred to."""
    if isinstance(node, list):
        return [_with_references(entry, shared) for entry in node]
    if not isinstance(node, dict):
        return node
    inner = {key: _with_references(value, shared) for key, value in node.items()}
    name = node.get("title")
    if top or not isinstance(name, str) or node.get("additionalProperties") is not False:
        return inner
    shared.setdefault(name, inner)
    return {"$ref": f"#/$defs/{name}"}
