import pytest
from tests.small import small

import scenarios as sc
from scenarios.checks import definitions
from scenarios.checks.finding import finding, terms

KPIS = {
    "csat": {"kind": "score", "level": 4.4, "meter": "buyer"},
    "fix": {"kind": "rate", "level": 0.8, "meter": "provider"},
}
SMART = {"source": "survey export", "measured_by": "buyer", "due": 1}
FIX = {"source": "ticket log", "measured_by": "provider", "due": 1, "audited": True}
OUTCOME = {"means": "solved, and not back in 14 days", "source": "log", "measured_by": "buyer"}
HOURLY = {"hourly": {"rate": 20}}
EACH = {"per_outcome": {"price": 5}}
BONUS = {"hybrid": {"base": 1_000, "bonus": 10, "weights": {"csat": 1}}}
CREDITS = {"service_credits": {"at_risk": 0.1, "weights": {"csat": 0.5, "fix": 0.5}}}
TARGETS = {"csat": 4.3, "fix": 0.75}
DEFINED = {"csat": SMART, "fix": FIX}
AUTOMATION = {"ceiling": 0.5, "go_live": 1, "midpoint": 6, "rise": 6}
COMMITTED = {"committed_productivity": {"annual": 0.05}}


def scenario(deal, **sections):
    """The small scenario with KPIs and this one deal."""
    return small(**({"kpis": KPIS, "deals": {"D": {"pricing": HOURLY} | deal}} | sections))


def found(rule, deal, **sections):
    """What one rule says of the deal: its places, without the deal's name."""
    given = scenario(deal, **sections)
    return [one.place.removeprefix("deals.D.") for one in rule(given, given.deals["D"])]


RULES = {rule.__name__: rule for rule in definitions.RULES}
CASES = [
    # rule, a deal that is risky and where, the same deal mended
    (
        "kpi_undefined",
        {"pricing": BONUS, "targets": {"csat": 4.3}},
        ["definitions.csat"],
        {"pricing": BONUS, "targets": {"csat": 4.3}, "definitions": {"csat": SMART}},
    ),
    (
        "kpi_undefined",
        {"pricing": BONUS, "definitions": {"csat": SMART}},
        ["definitions.csat"],
        {"targets": {"csat": 4.3}, "definitions": {"csat": SMART}},
    ),
    (
        "provider_meter",
        {"clauses": [CREDITS]},
        ["clauses.service_credits.weights"],
        {"clauses": [CREDITS], "definitions": {"fix": FIX}},
    ),
    (
        "another_meter",
        {"definitions": {"csat": SMART | {"measured_by": "provider"}}},
        ["definitions.csat.measured_by"],
        {"definitions": {"csat": SMART, "outcome": OUTCOME}},
    ),
    (
        "rounded_past_the_target",
        {"clauses": [{"service_credits": CREDITS["service_credits"] | {"decimals": 1}}]}
        | {"targets": TARGETS},
        ["clauses.service_credits.decimals"],
        {"clauses": [{"service_credits": CREDITS["service_credits"] | {"decimals": 2}}]}
        | {"targets": TARGETS},
    ),
    (
        "outcome_undefined",
        {"pricing": EACH, "definitions": {"outcome": {"means": "solved"}}},
        ["definitions.outcome"],
        {"pricing": EACH, "definitions": {"outcome": OUTCOME}},
    ),
    (
        "outcome_unaudited",
        {"pricing": EACH, "definitions": {"outcome": OUTCOME | {"measured_by": "provider"}}},
        ["definitions.outcome"],
        {
            "pricing": EACH,
            "definitions": {"outcome": OUTCOME | {"measured_by": "provider", "audited": True}},
        },
    ),
    ("outcome_unaudited", {"pricing": EACH}, ["definitions.outcome"], {"pricing": BONUS}),
    (
        "credits_over_the_pool",
        {"clauses": [{"service_credits": {"at_risk": 0.1, "weights": {"csat": 1, "fix": 0.2}}}]},
        ["clauses.service_credits.weights"],
        {"clauses": [CREDITS]},
    ),
    (
        "credits_over_the_pool",
        {"clauses": [{"service_credits": CREDITS["service_credits"] | {"pool": 1.5}}]},
        ["clauses.service_credits.pool"],
        {"clauses": [{"service_credits": CREDITS["service_credits"] | {"pool": 0.5}}]},
    ),
    (
        "minimum_after_credits",
        {"clauses": [CREDITS, {"fee_floor": {"monthly": 100}}]},
        ["clauses.fee_floor"],
        {"clauses": [{"fee_floor": {"monthly": 100}}, CREDITS]},
    ),
    (
        "minimum_after_credits",
        {
            "pricing": {"hybrid": {"base": 1_000, "at_risk": 0.1, "weights": {"csat": 1}}},
            "clauses": [{"minimum_commitment": {"annual": 1_200}}],
        },
        ["clauses.minimum_commitment"],
        {"clauses": [{"minimum_commitment": {"annual": 1_200}}]},
    ),
    (
        "cap_under_the_minimum",
        {"clauses": [{"fee_floor": {"monthly": 100}}, {"fee_cap": {"annual": 1_199}}]},
        ["clauses.fee_cap.annual"],
        {"clauses": [{"fee_floor": {"monthly": 100}}, {"fee_cap": {"annual": 1_200}}]},
    ),
    (
        "cap_under_the_minimum",
        {
            "pricing": {"per_outcome": {"price": 5, "minimum": 100}},
            "clauses": [{"fee_cap": {"total": 1_199}}],
        },
        ["clauses.fee_cap.total"],
        {"pricing": EACH, "clauses": [{"fee_cap": {"total": 1_199}}]},
    ),
    (
        "counted_twice",
        {"clauses": [COMMITTED]},
        ["clauses.committed_productivity"],
        {"pricing": {"hourly": {"rate": 20, "billing": "contracted"}}, "clauses": [COMMITTED]},
    ),
]


@pytest.mark.parametrize(("rule", "risky", "places", "mended"), CASES)
def test_a_rule_finds_its_risk_and_nothing_in_a_mended_deal(rule, risky, places, mended):
    """Each rule names the place of what it is about, and is silent where that is put right."""
    assert found(RULES[rule], risky) == places
    assert found(RULES[rule], mended) == []


@pytest.mark.parametrize(
    ("pricing", "clauses", "kept"),
    [
        ({"hourly": {"rate": 20, "billing": "contracted"}}, [], True),
        ({"hourly": {"rate": 20, "billing": "contracted"}}, [COMMITTED], False),
        (HOURLY, [], False),
        (EACH, [], True),
        ({"per_outcome": {"price": [5, 4]}}, [], False),
        ({"hybrid": {"base": 100, "per_unit": 1}}, [], True),
        ({"hybrid": {"base": 100, "rate": 9}}, [], False),
        ({"fixed_price": {"per_month": 100}}, [], True),
        ({"fixed_price": {"per_month": [100, 90]}}, [], False),
        ({"per_outcome": {"by_kind": {"automated": 1, "assisted": 5}}}, [], False),
        ({"glide_path": {"start": HOURLY, "end": EACH, "weights": [0, 1]}}, [], False),
    ],
)
def test_savings_of_automation_are_shared_or_found(pricing, clauses, kept):
    """A fee that does not fall with the work keeps the saving with the provider, unless a clause
    or a price by contract year shares it; without automation there is nothing to share.
    """
    deal = {"pricing": pricing, "clauses": clauses}
    rule = RULES["savings_not_shared"]
    assert bool(found(rule, deal, automation=AUTOMATION)) is kept
    assert found(rule, deal) == []


@pytest.mark.parametrize(("months", "own", "asked"), [(24, None, 0), (25, None, 1), (36, 24, 0)])
def test_a_contract_of_more_than_two_years_needs_a_review(months, own, asked):
    """What counts is how long the contract runs, not how long the scenario does."""
    deal = {"months": own} if own else {}
    told = found(RULES["never_reviewed"], deal, months=months, after_the_end="none")
    assert len(told) == asked


def test_a_contract_that_can_stop_has_a_way_out():
    """Work that stops at a ceiling is a way out; a deal without any clause has none."""
    stop = {"not_to_exceed": {"amount": 100, "then": "stop work"}}
    assert found(RULES["no_exit"], {}) == ["clauses"]
    assert found(RULES["no_exit"], {"clauses": [stop]}, after_the_end="none") == []


def test_a_minimum_by_year_is_compared_period_by_period():
    """A cap a year that covers the first year's minimum and not the second's is found."""
    clauses = [{"minimum_commitment": {"annual": [1_000, 2_000]}}, {"fee_cap": {"annual": 1_500}}]
    rule = RULES["cap_under_the_minimum"]
    assert found(rule, {"clauses": clauses}) == []
    assert found(rule, {"clauses": clauses}, months=24) == ["clauses.fee_cap.annual"]


def test_what_is_missing_is_listed_in_one_finding():
    """A KPI without anything is one finding that names the four parts and where to write them."""
    given = scenario({"pricing": BONUS})
    (one,) = RULES["kpi_undefined"](given, given.deals["D"])
    assert one.what == "KPI csat has no data source, target, measurement owner or due date"
    assert one.do == "give source, measured_by and due in definitions.csat and targets.csat"
    assert str(one).startswith("deals.D.definitions.csat: KPI csat has no")


@pytest.mark.parametrize(
    ("form", "cap", "risky"), [("at risk", 1.5, True), ("at risk", 1, False), ("bonus", 1.5, False)]
)
def test_a_pool_at_risk_pays_at_most_all_of_it(form, cap, risky):
    """A score above 100 % is right for a bonus only."""
    curve = {"threshold": 0.8, "at_threshold": 0.5, "stretch": 1.2, "at_stretch": 1.5}
    clause = {"weights": {"csat": 1}, "curves": [curve], "pool_share": 0.1, "score_cap": cap}
    deal = {"targets": TARGETS, "clauses": [{"kpi_bonus": clause | {"form": form}}]}
    told = found(RULES["score_above_one"], deal)
    assert told == (["clauses.kpi_bonus.score_cap"] if risky else [])


def test_a_kpi_is_found_wherever_a_term_names_it():
    """Money may hang on a KPI by a result of its own or a right to end the contract."""
    results = [{"name": "Good", "amount": 5, "kpi": "csat", "level": 4.4}]
    deal = {
        "pricing": {"per_result": {"results": results}},
        "clauses": [{"termination_for_failure": {"kpis": ["fix"], "misses": 3, "within": 6}}],
        "targets": TARGETS,
    }
    assert found(RULES["provider_meter"], deal, after_the_end="none") == [
        "clauses.termination_for_failure.kpis"
    ]
    given = scenario(deal, after_the_end="none")
    told = {one.place: one.what for one in RULES["kpi_undefined"](given, given.deals["D"])}
    assert set(told) == {"deals.D.definitions.csat", "deals.D.definitions.fix"}


def test_terms_have_the_names_that_dotted_paths_use():
    """A second clause of a kind is numbered, and its path reads its number."""
    caps = [{"fee_cap": {"monthly": 5}}, {"fee_cap": {"annual": 50}}]
    given = scenario({"clauses": caps})
    places = list(terms(given.deals["D"]))
    assert places == ["pricing.hourly", "clauses.fee_cap", "clauses.fee_cap 2"]
    assert given.number(f"deals.D.{places[2]}")["annual"] == 50


def test_the_check_asks_every_rule_of_every_deal(monkeypatch):
    """Findings come deal by deal; a rule that a reader appends is asked as well."""

    def mine(_, deal):
        yield finding(deal, "name", "a name", "none", "nothing")

    monkeypatch.setattr(definitions, "RULES", [mine, RULES["no_exit"]])
    given = small(deals={"A": {"pricing": HOURLY}, "B": {"pricing": HOURLY}})
    told = [(one.deal, one.place) for one in sc.check_definitions(given)]
    assert told == [
        ("A", "deals.A.name"),
        ("A", "deals.A.clauses"),
        ("B", "deals.B.name"),
        ("B", "deals.B.clauses"),
    ]
