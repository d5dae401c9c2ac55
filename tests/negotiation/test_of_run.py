import numpy as np
import pytest

import scenarios as sc
from scenarios.resources import resource


@pytest.fixture(scope="module")
def desk():
    """The support desk on a thousand paths."""
    return sc.simulate(sc.load(resource("scenarios", "support-desk.yaml")), paths=1_000)


def net(run, deal, fixed=0.0):
    """What the buyer nets under a deal, and the provider, where the buyer pays a fixed sum more."""
    return run.total(deal, "buyer_net") - fixed, run.total(deal, "contribution") + fixed


def test_the_zone_is_as_wide_as_the_joint_surplus_differs(desk):
    """For parties indifferent to risk with one alternative: what the deal makes both together."""
    zone = sc.bargaining_zone_of(
        desk, "Outcome", buyer_alternative="Hourly", provider_alternative="Hourly"
    )
    joint = desk.compare("Outcome", "Hourly").loc["joint surplus", "mean"]
    assert zone.surplus == pytest.approx(joint)
    fee = desk.total("Outcome", "fee").mean()
    mine = (desk.total("Outcome", "buyer_net") - desk.total("Hourly", "buyer_net")).mean()
    assert zone.gains_at(fee).buyer == pytest.approx(mine)


@pytest.mark.parametrize("other", [("Hybrid", "Hybrid"), (-150_000.0, 50_000.0)])
def test_at_its_reservation_price_a_party_s_certainty_equivalent_is_its_alternative_s(desk, other):
    """Paid that fee, each party is as well off as without the deal, risk included."""
    mine, theirs = 300_000, 150_000
    zone = sc.bargaining_zone_of(
        desk,
        "Outcome",
        buyer_alternative=other[0],
        provider_alternative=other[1],
        buyer_tolerance=mine,
        provider_tolerance=theirs,
    )
    fee = desk.total("Outcome", "fee").mean()
    if isinstance(other[0], str):
        both = zip(net(desk, other[0]), (mine, theirs), strict=True)
        other = tuple(sc.certainty_equivalent(values, r) for values, r in both)
    buyer, _ = net(desk, "Outcome", zone.buyer_reserve - fee)
    _, provider = net(desk, "Outcome", zone.seller_reserve - fee)
    assert sc.certainty_equivalent(buyer, mine) == pytest.approx(other[0])
    assert sc.certainty_equivalent(provider, theirs) == pytest.approx(other[1])


def test_a_provider_without_another_contract_accepts_its_cost(desk):
    """Indifferent to risk and with nothing else to do, its reservation price is its mean cost."""
    zone = sc.bargaining_zone_of(desk, "Hybrid", buyer_alternative="Hourly")
    cost = desk.total("Hybrid", "provider_cost").mean()
    assert zone.seller_reserve == pytest.approx(cost)
    shy = sc.bargaining_zone_of(
        desk, "Hybrid", buyer_alternative="Hourly", provider_tolerance=100_000
    )
    assert shy.seller_reserve > zone.seller_reserve
    assert np.isclose(shy.buyer_reserve, zone.buyer_reserve)


def test_an_alternative_that_is_no_deal_of_the_run_is_refused(desk):
    """An error names the deals that there are."""
    with pytest.raises(sc.ScenarioError, match="did you mean 'Hourly'"):
        sc.bargaining_zone_of(desk, "Outcome", buyer_alternative="Hourli")


@pytest.mark.parametrize("amount", [0.0, 50_000.0])
def test_a_sure_amount_needs_outcomes_of_value(desk, amount):
    """Where outcomes have no value every deal nets a loss: no fee would be worth paying."""
    with pytest.raises(sc.ScenarioError, match=f"values no outcome.*alternative={amount:g}"):
        sc.bargaining_zone_of(desk, "Hybrid", buyer_alternative=amount)
    valued = desk.scenario.change({"value.verified_unit": 20.0})
    zone = sc.bargaining_zone_of(sc.simulate(valued, paths=200), "Hybrid", buyer_alternative=amount)
    assert zone.exists


def test_minus_what_the_alternative_costs_is_a_sure_amount(desk):
    """Against doing it itself for a sum the buyer pays up to that sum, its own outlays off."""
    zone = sc.bargaining_zone_of(desk, "Hybrid", buyer_alternative=-500_000.0)
    own = desk.total("Hybrid", "buyer_cost").mean()
    assert zone.buyer_reserve == pytest.approx(500_000 - own)
