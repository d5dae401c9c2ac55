import pytest

import scenarios as sc


@pytest.fixture(params=[True, False])
def base(request, desk):
    """A run that kept its worlds, and one that did not."""
    return sc.simulate(desk.scenario, paths=2_500, seed=5, keep=request.param)


def test_repricing_is_simulating_with_the_changed_deal(base):
    """Bit for bit, whether the worlds were kept or are made again."""
    path = "deals.Outcome.pricing.per_outcome.minimum"
    changed = base.scenario.change({path: 40_000})
    again = base.reprice(changed.deals["Outcome"])
    whole = sc.simulate(base.scenario, changed.deals.values(), paths=2_500, seed=5)
    assert again.array.tobytes() == whole.array.tobytes()
    assert again.names == base.names


def test_the_run_itself_does_not_change(base):
    """Repricing gives a new run."""
    before = base.array.copy()
    base.reprice(sc.Deal("Outcome", sc.PerOutcome(price=9.0)))
    assert base.array.tobytes() == before.tobytes()


def test_a_deal_of_a_new_name_is_added(base):
    """The added deal settles on the same paths, after the others."""
    deal = sc.Deal("Added", base.deal("Hourly").pricing, base.deal("Hourly").clauses)
    again = base.reprice(deal)
    assert again.names == [*base.names, "Added"]
    assert (again.total("Added", "all_in") == base.total("Hourly", "all_in")).all()
    assert (again.compare("Added", "Hourly") == 0).all(axis=None)
