import numpy as np
import pytest

import scenarios as sc
from scenarios.engine.streams import BLOCK
from scenarios.engine.worlds import Worlds
from scenarios.scenario import Scenario


@pytest.fixture(params=["desk", "team"])
def example(request):
    """Each example scenario."""
    return request.getfixturevalue(request.param)


def reordered(given, section):
    """The same scenario with the keys of one section in reverse order."""
    data = given.model_dump(mode="json")
    *parents, last = section.split(".")
    node = data
    for part in parents:
        node = node[part]
    node[last] = dict(reversed(node[last].items()))
    return Scenario.model_validate(data)


def shared(one, other):
    """Names of the series that two worlds have in common and that differ."""
    return {n for n in one.series if n in other.series and not np.array_equal(one[n], other[n])}


def test_the_same_seed_gives_the_same_bits(example, same_bits):
    """Two runs of one scenario and seed agree bit for bit; another seed does not."""
    same_bits(sc.simulate(example, paths=300, seed=7), sc.simulate(example, paths=300, seed=7))
    other = sc.simulate(example, paths=300, seed=8)
    assert not np.array_equal(sc.simulate(example, paths=300, seed=7).array, other.array)


def test_threads_change_nothing(example, same_bits):
    """One thread and two threads give the same bits, over several blocks."""
    paths = 3 * BLOCK + 5
    same_bits(
        sc.simulate(example, paths=paths, threads=1), sc.simulate(example, paths=paths, threads=2)
    )


@pytest.mark.parametrize("paths", [1, 700, BLOCK, BLOCK + 1])
def test_the_first_n_of_2n_paths_are_a_run_of_n(desk, same_bits, paths):
    """More paths continue a run and keep its beginning."""
    longer = sc.simulate(desk, paths=2 * paths).array[..., :paths]
    same_bits(longer, sc.simulate(desk, paths=paths))


def test_the_order_of_blocks_does_not_matter(desk, same_bits):
    """Block 3 made first is block 3 made last."""
    late, early = Worlds(desk, 1), Worlds(desk, 1)
    third, first = late(3), late(0)
    for name in first.series:
        same_bits(first[name], early(0)[name])
        same_bits(third[name], early(3)[name])


def test_kept_worlds_are_the_worlds_made_again(desk, same_bits):
    """Keeping worlds changes no number."""
    same_bits(sc.simulate(desk, paths=100, keep=True), sc.simulate(desk, paths=100))
    worlds = Worlds(desk, 1, keep=True)
    assert worlds(0) is worlds(0)


@pytest.mark.parametrize(
    ("path", "moved"),
    [
        ("delivery.roles.agent.cost", {"cost.labour"}),
        ("management.growth", {"management"}),
        ("outcomes.reopened", {"verified"}),
        ("kpis.csat.overstated", {"reported.csat"}),
    ],
)
def test_a_new_uncertain_number_leaves_other_draws_alone(desk, path, moved):
    """Only the series that depend on the number move; every other draw stays, bit for bit."""
    changed = desk.change({path: {"low": 0.01, "mode": 0.02, "high": 0.03}})
    assert shared(Worlds(desk, 1)(0), Worlds(changed, 1)(0)) == moved


def test_a_new_index_and_a_new_kpi_leave_other_drivers_alone(desk):
    """Work, costs and outcomes do not move when an index or a KPI is added."""
    index = {"cpi": {"annual": {"mean": 0.03, "sd": 0.01}, "volatility": 0.02}}
    kpis = desk.number("kpis") | {"added": {"kind": "score", "level": 3.0, "sd": 0.5}}
    before = Worlds(desk, 1)(0)
    assert not shared(before, Worlds(desk.change({"indices": index}), 1)(0))
    moved = shared(before, Worlds(desk.change({"kpis": kpis}), 1)(0))
    assert not [name for name in moved if not name.startswith(("kpi.", "reported."))]


def test_another_deal_changes_no_deal(desk, same_bits):
    """Deals do not see each other: alone, together or in another order they settle the same."""
    together = sc.simulate(desk, paths=300)
    for place, deal in enumerate(together.deals):
        same_bits(sc.simulate(desk, [deal], paths=300).array[0], together.array[place])
    turned = sc.simulate(desk, reversed(together.deals), paths=300)
    same_bits(turned.array[::-1], together)


@pytest.mark.parametrize("months", [13, 24])
def test_a_longer_horizon_keeps_the_earlier_months(example, months):
    """Worlds of fewer months are the beginning of worlds of more."""
    short, whole = (Worlds(s, 1)(0) for s in (example.change({"months": months}), example))
    for name in short.series:
        np.testing.assert_array_equal(short[name], whole[name][:months], err_msg=name)


@pytest.mark.parametrize("section", ["kpis", "deals", "parties", "automation", "delivery"])
def test_the_order_of_keys_changes_nothing(desk, same_bits, section):
    """The same content in another order has the same digest and the same totals, bit for bit."""
    turned = reordered(desk, section)
    assert turned.digest() == reordered(turned, section).digest()
    deals = list(desk.deals.values())
    same_bits(sc.simulate(turned, deals, paths=300), sc.simulate(desk, deals, paths=300))


def test_the_order_of_roles_changes_nothing(team, same_bits):
    """Roles in another order give the same totals, bit for bit."""
    turned = reordered(team, "delivery.roles")
    deals = list(team.deals.values())
    same_bits(sc.simulate(turned, deals, paths=300), sc.simulate(team, deals, paths=300))


def test_the_order_of_correlations_changes_nothing(team, same_bits):
    """Pairs of KPIs in another order correlate the same."""
    turned = team.replace(correlations=team.correlations[::-1])
    same_bits(sc.simulate(turned, paths=300), sc.simulate(team, paths=300))


def test_zero_spread_is_certainty(small):
    """Distributions of zero width give on every path what the certain world gives."""
    spread = small(
        demand={"volume": {"unit": "t", "per_month": {"mean": 100, "sd": 0}, "growth": 0.05}},
        automation={
            "ceiling": {"low": 0.5, "mode": 0.5, "high": 0.5},
            "go_live": 2,
            "midpoint": {"p10": 5, "p90": 5},
            "rise": {"median": 4, "log_sd": 0},
            "unit_cost": {"observations": [0.5, 0.5]},
        },
        kpis={"csat": {"kind": "score", "level": {"mean": 4, "sd": 0, "shape": "lognormal"}}},
    )
    drawn, certain = Worlds(spread, 1)(0), Worlds(spread, 1).certain()
    for name in certain.series:
        shape = (12, BLOCK)
        np.testing.assert_allclose(
            np.broadcast_to(drawn[name], shape),
            np.broadcast_to(certain[name], shape),
            rtol=1e-12,
            err_msg=name,
        )


def test_a_certain_scenario_has_one_result(example):
    """With uncertainty off every path is the same, and is the settlement of the certain world."""
    run = sc.simulate(example.certain(), paths=50)
    for deal in run.deals:
        fee = sc.settle(deal, Worlds(example, 1).certain()).total("fee").sum()
        np.testing.assert_allclose(run.total(deal.name, "fee"), fee, rtol=1e-12)
