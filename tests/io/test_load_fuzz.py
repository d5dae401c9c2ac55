import copy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios.errors import ScenarioError
from scenarios.io.document import Document, read_document
from scenarios.io.load import loads
from scenarios.resources import resource
from scenarios.scenario import Scenario

EXAMPLES = ("support-desk.yaml", "software-team.yaml")

junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from([0.0, -1.0, 0.5, 1e12, 1e300, 1.7e308, -1e308, 5e-324, 10**60])
    | st.sampled_from(["", "none", "csat", "agent", "Hourly", "p10", "2026-13", "{x}", "a.b.c"])
    | st.sampled_from(["levers.number", "deals.Hourly.clauses.coordination", "sources"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["p10", "p90", "mean", "sd", "price", "", "?"]), inner)
    ),
    max_leaves=5,
)


def places(node, path=()):
    """Each key path of the data, the root left out."""
    entries = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in entries:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def parent_of(data, path):
    """What holds the last key of a path; None where an earlier change took it away."""
    for key in path[:-1]:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return None
    return data if isinstance(data, dict | list) else None


def change(data, path, kind, value):
    """Drop, replace or add, or swap for the value of another place; nothing where it is gone."""
    parent, key = parent_of(data, path), path[-1]
    if isinstance(parent, list) and not (isinstance(key, int) and key < len(parent)):
        return
    if parent is None:
        return
    if kind == "drop":
        parent.pop(key, None) if isinstance(parent, dict) else parent.pop(key)
    elif kind == "add" and isinstance(parent, dict):
        parent["extra"] = value
    elif kind == "wrap":
        parent[key] = [value, {"inner": value}]
    else:
        parent[key] = value


CONTENTS = {name: read_document(Path(resource("scenarios", name))).data for name in EXAMPLES}
PLACES = {name: list(places(data)) for name, data in CONTENTS.items()}


@pytest.mark.parametrize("name", EXAMPLES)
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(draw=st.data())
def test_whatever_a_file_says_it_loads_or_is_refused_in_words(name, draw):
    """From any mistake in a file comes a Scenario or a ScenarioError, and nothing else."""
    data = copy.deepcopy(CONTENTS[name])
    for _ in range(draw.draw(st.integers(1, 3))):
        path = draw.draw(st.sampled_from(PLACES[name]))
        change(
            data,
            path,
            draw.draw(st.sampled_from(["drop", "replace", "add", "wrap"])),
            draw.draw(junk),
        )
    told = outcome(data)
    assert isinstance(told, Scenario) or all(told)


def outcome(data):
    """The scenario of the data, or the words of every problem."""
    try:
        return loads(Document(data))
    except ScenarioError as error:
        return [str(problem).strip() for problem in error.problems] or [""]
