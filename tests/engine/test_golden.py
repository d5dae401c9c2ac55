"""Totals of a small run of each example, as they were when they were last looked at.

A result that moves at the same seed fails here. If it was meant to move, say so in the changelog
under *Numbers* and write the new ones with: SCENARIOS_REFRESH_GOLDEN=1 pytest tests/engine
"""

import json
import os
from pathlib import Path

import numpy as np
import pytest

import scenarios as sc
from scenarios.results.totals import TOTALS

GOLDEN = Path(__file__).parents[1] / "golden" / "totals.json"
REFRESH = "SCENARIOS_REFRESH_GOLDEN"
PATHS, SEED, DIGITS = 4, 7, 13


def totals(scenario):
    """Every total of every deal on the first paths, to thirteen significant digits."""
    run = sc.simulate(scenario, paths=PATHS, seed=SEED)
    return {
        deal: {
            name: [float(f"{x:.{DIGITS}g}") for x in row]
            for name, row in zip(TOTALS, rows, strict=True)
        }
        for deal, rows in zip(run.names, run.array, strict=True)
    }


@pytest.mark.parametrize("name", ["desk", "team"])
def test_totals_are_the_golden_ones(request, name):
    """At the same seed every total is what it was, to 1e-9 relative on any machine."""
    found = totals(request.getfixturevalue(name))
    known = json.loads(GOLDEN.read_text(encoding="utf-8")) if GOLDEN.exists() else {}
    if os.environ.get(REFRESH) == "1":
        known[name] = found
        GOLDEN.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    assert found.keys() == known[name].keys()
    for deal, rows in known[name].items():
        for total, values in rows.items():
            np.testing.assert_allclose(
                found[deal][total], values, rtol=1e-9, atol=1e-6, err_msg=f"{deal}: {total}"
            )
