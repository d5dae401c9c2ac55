import pytest
from pydantic import ValidationError
from tests.small import SMALL, small

import scenarios as sc
from scenarios.errors import ScenarioError
from scenarios.resources import resource
from scenarios.scenario import Scenario
from scenarios.uncertain import Distribution

DESK = sc.load(resource("scenarios", "support-desk.yaml"))
TEAM = sc.load(resource("scenarios", "software-team.yaml"))


def backwards(node):
    """The same mapping with every mapping's keys in reverse order."""
    if isinstance(node, dict):
        return {key: backwards(value) for key, value in reversed(node.items())}
    return node


def distributions(node):
    """Every distribution below a declaration."""
    if isinstance(node, Distribution):
        yield node
    elif isinstance(node, sc.Deal):
        return
    elif hasattr(node, "model_fields_set"):
        for name in type(node).model_fields:
            yield from distributions(getattr(node, name))
    elif isinstance(node, dict | tuple):
        for part in node.values() if isinstance(node, dict) else node:
            yield from distributions(part)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("months", 24),
        ("demand.volume.per_month", 9_000.0),
        ("automation.ceiling", 0.4),
        ("delivery.roles.agent.cost", 16.5),
        ("deals.Per agent.pricing.hourly.rate", 21.0),
        ("deals.Hybrid.clauses.gain_share.buyer_share", 0.7),
        ("deals.Hybrid.targets.csat", 4.5),
        ("kpis.csat.sd", 0.2),
    ],
)
def test_a_changed_number_reads_back_and_nothing_else_moves(path, value):
    """A dotted path leads to a number; changing it gives a new scenario that differs only there."""
    changed = DESK.change({path: value})
    assert changed.number(path) == value
    assert changed != DESK
    assert changed.change({path: DESK.number(path)}) == DESK


def test_a_distribution_may_stand_where_a_number_was():
    """A change may make a number uncertain; reading it gives what was written, bounds included."""
    changed = DESK.change({"delivery.hours_per_unit": {"p10": 0.2, "p90": 0.3}})
    assert changed.number("delivery.hours_per_unit")["p90"] == 0.3


def test_repeated_clauses_are_numbered_from_two():
    """The second cap of a deal goes by ``fee_cap 2``."""
    caps = [{"fee_cap": {"monthly": 5}}, {"fee_cap": {"annual": 50}}]
    deals = {"Hourly": {"pricing": {"hourly": {"rate": 20}}, "clauses": caps}}
    given = small(deals=deals)
    assert given.number("deals.Hourly.clauses.fee_cap 2.annual") == 50
    changed = given.change({"deals.Hourly.clauses.fee_cap 2.annual": 40})
    assert changed.deals["Hourly"].clauses[1].annual == 40
    with pytest.raises(ScenarioError, match="'fee_cap 3'"):
        given.number("deals.Hourly.clauses.fee_cap 3.annual")


def test_a_path_that_ends_at_a_clause_is_led_on_to_its_numbers():
    """A change is of a number; the error names the numbers of the clause."""
    with pytest.raises(ScenarioError, match=r"lead on to one of its numbers.*buyer, provider"):
        DESK.change({"deals.Outcome.clauses.coordination": {"buyer": 1.0}})


@pytest.mark.parametrize("act", [DESK.number, lambda path: DESK.change({path: 1})])
@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("automation.cieling", "ceiling"),
        ("deals.Outcom.pricing", "Outcome"),
        ("deals.Hybrid.clauses.gainshare.committed", "gain_share"),
        ("months.first", None),
    ],
)
def test_a_path_that_does_not_exist_names_the_nearest(act, path, nearest):
    """The error says which step is unknown, what is there, and what may have been meant."""
    with pytest.raises(ScenarioError, match=f"{path} does not exist") as error:
        act(path)
    assert error.value.problems[0].nearest == nearest


def test_a_change_is_validated():
    """A share above 1 is refused as it would be in a file."""
    with pytest.raises(ValueError, match="less than or equal to 1"):
        DESK.change({"deals.Hybrid.clauses.gain_share.buyer_share": 1.5})


def test_a_case_is_its_changes():
    """A named case is the scenario with its numbers; ``base`` is the scenario itself."""
    worst = DESK.case("worst")
    assert worst.number("automation.ceiling") == 0.28
    assert worst == DESK.change(DESK.cases["worst"])
    assert DESK.case("base") is DESK


def test_an_unknown_case_is_the_package_s_error():
    """The error says which cases there are and the nearest name."""
    told = r"allowed: best, worst, incentives_work; did you mean 'worst'\?"
    with pytest.raises(ScenarioError, match=told):
        DESK.case("wrost")


@pytest.mark.parametrize("scenario", [DESK, TEAM])
def test_certain_leaves_no_uncertainty(scenario):
    """Every distribution becomes its central value and every dispersion zero; deals stay."""
    certain = scenario.certain()
    assert list(distributions(scenario))
    assert not list(distributions(certain))
    assert {kpi.sd for kpi in certain.kpis.values()} == {0}
    assert certain.deals == scenario.deals
    assert certain.certain() == certain


def test_certain_takes_what_was_written():
    """The most likely ceiling, the median overrun, no volatility of demand."""
    assert DESK.certain().number("automation.ceiling") == 0.5
    assert DESK.certain().number("demand.volume.volatility") == 0
    assert TEAM.certain().number("demand.backlog.overrun") == 1


def test_the_digest_is_of_the_content():
    """Sources and key order do not change it; any number does."""
    assert DESK.replace(sources={}).digest() == DESK.digest()
    assert Scenario.model_validate(backwards(SMALL)).digest() == small().digest()
    assert DESK.change({"kpis.csat.sd": 0.13}).digest() != DESK.digest()
    assert DESK.change({"deals.Outcome.pricing.per_outcome.minimum": 33_001}).digest() != (
        DESK.digest()
    )


def test_the_digest_knows_which_deal_is_the_reference():
    """Two scenarios whose saving is measured by different deals are different scenarios."""
    hourly, other = (
        {"pricing": {"hourly": {"rate": 20}}},
        {"pricing": {"hourly": {"rate": 30}}},
    )
    one, two = small(deals={"A": hourly, "B": other}), small(deals={"B": other, "A": hourly})
    assert one.reference_deal.name != two.reference_deal.name
    assert one.digest() != two.digest()


@pytest.mark.parametrize("scenario", [DESK, TEAM])
def test_a_number_written_out_has_the_digest_of_its_default(scenario):
    """Changing nothing, or writing a default out, is the same content and the same digest."""
    same = scenario.change({})
    assert same == scenario
    assert same.canonical() == scenario.canonical()
    assert same.digest() == scenario.digest()


@pytest.mark.parametrize("scenario", [DESK, TEAM])
def test_canonical_json_reads_back(scenario):
    """Written as JSON and read again, it is the same scenario."""
    assert Scenario.model_validate_json(scenario.canonical()) == scenario


RATE = {"kind": "rate", "level": 0.8, "sd": 0.1}
INVALID = {
    "an outcome of no KPI": (
        {"outcomes": {"claimed": "resolutoin"}, "kpis": {"resolution": RATE}},
        "did you mean 'resolution'?",
    ),
    "a reference to no deal": ({"reference": "Hourl"}, "allowed: Hourly; did you mean 'Hourly'?"),
    "a cost index that is not there": (
        {"delivery": SMALL["delivery"] | {"cost_index": "wages"}},
        "delivery > cost_index: there is no index named 'wages' (given: wages; allowed: none yet)",
    ),
    "a correlation of no KPI": (
        {"correlations": [{"between": ["a", "b"], "value": 0.5}]},
        "there is no KPI named 'a'",
    ),
    "impossible correlations": (
        {
            "kpis": {"a": RATE, "b": RATE, "c": RATE},
            "correlations": [
                {"between": pair, "value": -0.9} for pair in (["a", "b"], ["b", "c"], ["a", "c"])
            ],
        },
        "these correlations cannot hold together",
    ),
    "automation of a backlog": (
        {
            "demand": {"backlog": {"unit": "increment", "units": 2, "hours_per_unit": 9}},
            "automation": {"ceiling": 0.5, "go_live": 1, "midpoint": 3, "rise": 2},
        },
        "a backlog becomes faster by delivery.throughput",
    ),
    "no deal": ({"deals": {}}, "at least 1 item"),
    "an unknown section": ({"demnd": {}}, "demnd"),
    "a lever of no width": (
        {"levers": [{"number": "months", "low": 5, "high": 5, "step": 1}]},
        "low (5) must be below high (5)",
    ),
    "a team of nobody": (
        {"delivery": {"roles": {"agent": {"people": 0, "hours": 100, "cost": 10}}}},
        "nobody works: at least one role needs people and hours",
    ),
}


@pytest.mark.parametrize(("sections", "says"), INVALID.values(), ids=INVALID)
def test_what_does_not_hang_together_is_refused(sections, says):
    """A scenario whose parts contradict each other is an error in words, before anything runs."""
    with pytest.raises(ValidationError) as error:
        small(**sections)
    assert says in str(error.value)


ENDS_EARLY = {
    "a shorter contract": {"pricing": {"hourly": {"rate": 20}}, "months": 6},
    "work that stops": {
        "pricing": {"hourly": {"rate": 20}},
        "clauses": [{"not_to_exceed": {"amount": 100, "then": "stop work"}}],
    },
}


@pytest.mark.parametrize("deal", ENDS_EARLY.values(), ids=ENDS_EARLY)
def test_a_deal_that_can_end_needs_what_follows(deal):
    """Without after_the_end a comparison means nothing; a price or an explicit none will do."""
    with pytest.raises(ValidationError, match="say in after_the_end"):
        small(deals={"Short": deal})
    assert small(deals={"Short": deal}, after_the_end="none").after_the_end == "none"
    assert small(deals={"Short": deal}, after_the_end={"per_month": 5}).after_the_end.per_month == 5


def test_deals_may_be_a_plain_list_in_python():
    """Code gives deals as a list; their names become the keys."""
    given = small(deals=[sc.Deal("One", sc.Hourly(rate=20.0)), sc.Deal("Two", sc.Hourly(rate=21))])
    assert list(given.deals) == ["One", "Two"]
    assert given.reference_deal.name == "One"
