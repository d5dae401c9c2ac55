"""The optional series: only where they are declared, and each on streams of its own."""

import numpy as np
import pytest

import scenarios as sc
from scenarios.engine.worlds import Worlds

DECLARED = {
    "delivery.overtime": ({"low": 0, "mode": 0.05, "high": 0.1}, {"overtime.agent"}),
    "delivery.materials": ({"mean": 900, "sd": 90}, {"cost.materials"}),
    "delivery.roles.agent.leavers": (0.3, {"leavers.agent", "cost.hour"}),
    "delivery.repair": (
        {"mean": 0.02, "sd": 0.002},
        {"cost.hour", "cost.repair", *(f"repair.{age}" for age in range(6))},
    ),
    "outcomes.reopening_delay": (0.5, {f"reopened.{age}" for age in range(6)}),
    "outcomes.confirmed": ({"mean": 0.6, "sd": 0.05}, {"confirmed"}),
    "outcomes.wrongly_claimed": (0.02, {"audit.error"}),
    "delivery.workforce": (
        {"shrinkage": {"mean": 0.3, "sd": 0.02}},
        {"paid.agent", "handling.agent", "subcontracted.agent"},
    ),
    "management.channels": (
        {"hours": {"mean": 0.2, "sd": 0.05}, "cost": 30},
        {"coordination.cost"},
    ),
    "market": ({"agent": {"price": 20, "volatility": 0.1}}, {"market.agent"}),
    "events": (
        {
            "insolvency": 0.1,
            "losses": {"breach": {"chance": 0.2, "amount": {"mean": 1_000, "sd": 100}}},
            "changes": {"hours": 30, "volatility": 0.4},
        },
        {"insolvent", "loss", "loss.breach", "changes", "cost.hour", "cost.changes"},
    ),
}
"""Each optional part of a scenario: how it may be written, and the series that it makes."""


def world(scenario):
    """The first block's series."""
    return Worlds(scenario, 1)(0).series


@pytest.mark.parametrize("path", DECLARED)
def test_declaring_one_adds_its_series_and_moves_no_other(desk, path):
    """Bit for bit, every other series is what it was."""
    written, added = DECLARED[path]
    before, after = world(desk), world(desk.change({path: written}))
    assert set(after) - set(before) == added
    for name, array in before.items():
        np.testing.assert_array_equal(array, after[name], err_msg=name)


def test_all_of_them_together_are_each_of_them_alone(desk):
    """No optional series depends on whether another is declared."""
    everything = world(desk.change({path: written for path, (written, _) in DECLARED.items()}))
    for path, (written, added) in DECLARED.items():
        alone = world(desk.change({path: written}))
        for name in added:
            np.testing.assert_array_equal(alone[name], everything[name], err_msg=name)
    assert all(np.isfinite(array).all() for array in everything.values())


def test_none_of_them_moves_without_being_declared(desk):
    """The support desk has none of these series."""
    optional = set().union(*(added for _, added in DECLARED.values()))
    assert not optional & set(world(desk))


def test_with_uncertainty_off_expected_numbers_and_no_unlikely_events(small):
    """An expected part of a person leaves, the audit finds the share, and no event happens."""
    given = small(
        delivery={
            "hours_per_unit": 1,
            "cost_index": "wages",
            "repair": 0.063,
            "roles": {"agent": {"people": 1, "hours": 100, "cost": 10, "leavers": 0.24}},
        },
        indices={"wages": {"annual": 0.12, "volatility": 0.1}},
        outcomes={"wrongly_claimed": 0.02, "audit_sample": 50},
        events=DECLARED["events"][0] | {"changes": {"hours": 30, "volatility": 0.4}},
    )
    off = {name: array[:, 0] for name, array in Worlds(given, 1).certain().series.items()}
    np.testing.assert_allclose(off["leavers.agent"], 0.02)
    np.testing.assert_allclose(off["audit.error"], 0.02)
    np.testing.assert_allclose(off["cost.hour"], 10 * 1.12 ** (np.arange(12) / 12))
    np.testing.assert_allclose(off["cost.changes"], 30 * off["cost.hour"])
    np.testing.assert_allclose(off["repair.0"], 3.2)
    np.testing.assert_allclose(off["cost.repair"][5:], 6.3 * off["cost.hour"][5:])
    assert not off["insolvent"].any()
    assert not off["loss"].any()


def test_what_the_world_itself_costs_is_posted(desk):
    """Materials, repairs and change requests are the provider's cost, losses the buyer's."""
    deal = sc.Deal("Plain", sc.Hourly(rate=20))
    given = desk.change({path: written for path, (written, _) in DECLARED.items()})
    ledger = sc.settling.settle(deal, Worlds(given, 1)(0))
    books = {line.name: set(line.amounts) for line in ledger}
    for line in ("materials", "change requests", "repairs"):
        assert books[line] == {"provider_cost"}
    assert books["losses"] == {"buyer_cost"}
