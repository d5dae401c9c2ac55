import pytest

import scenarios as sc
from scenarios.engine.worlds import Worlds
from scenarios.resources import resource
from scenarios.sensitivity.assumptions import numbers
from scenarios.sensitivity.declared_as import declared_as, nearest


@pytest.fixture(
    scope="module", params=["support-desk.yaml", "software-team.yaml", "online-shop.yaml"]
)
def scenario(request):
    """Each example scenario."""
    return sc.load(resource("scenarios", request.param))


@pytest.fixture(scope="module")
def desk():
    """The support desk example."""
    return sc.load(resource("scenarios", "support-desk.yaml"))


def uncertain(node, path=""):
    """The dotted paths of every distribution that the scenario's own JSON holds."""
    if isinstance(node, dict):
        if node.keys() & {"p10", "mode", "mean", "median", "observations"}:
            yield path
            return
        for key, value in node.items():
            yield from uncertain(value, f"{path}.{key}" if path else key)


def answer(scenario, cheap, dear):
    """How much cheaper one deal is than another to the buyer, all in, uncertainty off."""
    world = Worlds(scenario, 0).certain()

    def cost(name):
        ledger = sc.settle(scenario.deals[name], world)
        return float((ledger.total("fee") + ledger.total("buyer_cost")).sum())

    return cost(dear) - cost(cheap)


def test_the_register_is_sorted_by_effect(scenario):
    """What moves the answer most stands first; the effect is the distance of the two answers."""
    table = sc.assumptions(scenario)
    assert table["effect"].is_monotonic_decreasing
    assert table["effect"].iloc[0] > 0
    moved = (table["answer at high"] - table["answer at low"]).abs()
    assert (table["effect"] == moved).all()
    assert table.index.is_unique


def test_every_uncertain_number_is_in_it(scenario):
    """No distribution of the scenario is missing."""
    expected = set(uncertain(scenario.model_dump(mode="json", exclude={"cases", "deals"})))
    assert expected
    assert expected <= set(sc.assumptions(scenario).index)


def test_every_number_of_a_deal_is_in_it(desk):
    """Also a price that is written by contract year."""
    index = set(sc.assumptions(desk).index)
    assert "deals.Hourly.pricing.hourly.rate" in index
    assert any(path.startswith("deals.Outcome.pricing.per_outcome.price") for path in index)


def test_every_written_correlation_is_in_it(desk):
    """A correlation is an assumption like any other number."""
    assert any(path.startswith("correlations") for path in sc.assumptions(desk).index)


@pytest.mark.parametrize("path", ["automation.ceiling", "outcomes.claimed"])
def test_an_answer_is_the_scenario_with_that_number(desk, path):
    """The answer at an end is the certain difference of the deals with the number shown there."""
    table = sc.assumptions(desk, "Outcome", "Hourly")
    row = table.loc[path]
    for end in ("low", "high"):
        found = answer(desk.change({path: row[end]}), "Outcome", "Hourly")
        assert row[f"answer at {end}"] == pytest.approx(found)
    assert (table.attrs["a"], table.attrs["b"]) == ("Outcome", "Hourly")


def test_ends_are_the_range_s_or_ten_percent(desk):
    """A range moves between its P10 and P90, a plain number by a tenth."""
    table = sc.assumptions(desk)
    low, high = table.loc["automation.ceiling", ["low", "high"]]
    assert low == pytest.approx(0.25 + (0.1 * 0.41 * 0.25) ** 0.5)
    assert high == pytest.approx(0.66 - (0.1 * 0.41 * 0.16) ** 0.5)
    rate = table.loc["deals.Hourly.pricing.hourly.rate", ["low", "high"]].tolist()
    assert rate == pytest.approx([19.8, 24.2])


def test_sources_are_found_where_they_were_written(desk):
    """A comment beside a number, or above it, is its source."""
    source = sc.assumptions(desk)["source"]
    assert source["automation.unit_cost"] == "list price of an AI resolution, Intercom Fin"
    assert source["parties.buyer.discount_rate"] == "assumption: real cost of capital"
    assert source["management.load"].startswith("assumption: coordination tends")


def test_a_default_is_called_one_and_says_what_its_field_is(desk):
    """The comment beside a clause is about what was written there: 4,000 is, no staff share is."""
    source = sc.assumptions(desk)["source"]
    coordination = "deals.Hybrid.clauses.coordination"
    assert source[f"{coordination}.buyer"] == "assumption"
    assert source[f"{coordination}.provider"] == "assumption"
    assert source[f"{coordination}.buyer_share"] == (
        "default: Share of the coordination inside the team that the buyer's staff does; "
        "needs channels"
    )
    assert "``" not in "".join(source)


def test_a_default_with_a_comment_of_its_own_keeps_it(desk):
    """Growth of nothing was written, with its reason, though it is what a file need not say."""
    assert sc.assumptions(desk)["source"]["demand.volume.growth"].startswith("assumption: flat")


def test_what_was_written_at_its_default_keeps_the_comment_of_its_mapping(desk):
    """A share of 1 that the file spells out is the file's, and its unwritten neighbour is not."""
    source = sc.assumptions(desk)["source"]
    clause = "deals.Hourly.clauses.ai_pass_through"
    assert source[f"{clause}.share"] == "the running cost of the automation is billed at cost"
    assert source[f"{clause}.handling"].startswith("default: Handling fee")


def test_every_number_is_declared_in_words(scenario):
    """Whatever family, list or mapping a number stands in, its field says what it is."""
    sentences = declared_as(scenario)
    assert [path for path, _ in numbers(scenario) if not nearest(sentences, path)] == []
    assert sentences["deals.Hourly.pricing.hourly.rate"] == "Money per hour, one number or by role"


def test_the_cheapest_deal_is_compared_unless_told_otherwise(desk):
    """The cheapest with uncertainty off is compared with the reference deal."""
    table = sc.assumptions(desk)
    costs = {name: answer(desk, name, "Hourly") for name in desk.deals}
    assert table.attrs["a"] == max(costs, key=lambda name: costs[name])
    assert table.attrs["b"] == "Hourly"


@pytest.mark.parametrize("names", [("Outcom", None), (None, "Hourli")])
def test_an_unknown_deal_is_refused_with_the_nearest(desk, names):
    """The error is the package's own and names the nearest deal."""
    with pytest.raises(sc.ScenarioError, match="did you mean"):
        sc.assumptions(desk, *names)


def test_a_deal_may_have_a_dot_in_its_name(desk):
    """The register lists the numbers of a deal called "Outcome v1.1"."""
    deals = dict(desk.deals)
    deals["Outcome v1.1"] = deals.pop("Outcome").replace(name="Outcome v1.1")
    found = sc.assumptions(desk.replace(deals=deals, levers=(), cases={}))
    assert "deals.Outcome v1.1.pricing.per_outcome.minimum" in found.index
