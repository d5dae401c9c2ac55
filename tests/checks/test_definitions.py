import pytest
from tests.small import small

import scenarios as sc
from scenarios.checks import definitions
from scenarios.checks.finding import finding, paid_by, terms

KPIS = {
    "csat": {"kind": "score", "level": 4.4, "meter": "buyer", "unit": "of 5"},
    "fix": {"kind": "rate", "level": 0.8, "meter": "provider"},
}
SMART = {"means": "mean of the survey", "source": "survey export", "measured_by": "buyer", "due": 1}
FIX = {"means": "share fixed", "source": "ticket log", "measured_by": "provider", "due": 1}
AUDITED = FIX | {"audited": True}
OUTCOME = {"means": "solved, and not back in 14 days", "source": "log", "measured_by": "buyer"}
HOURLY = {"hourly": {"rate": 20}}
EACH = {"per_outcome": {"price": 5}}
BONUS = {"hybrid": {"base": 1_000, "bonus": 10, "weights": {"csat": 1}}}
CREDITS = {"service_credits": {"at_risk": 0.1, "weights": {"csat": 0.5, "fix": 0.5}}}
TARGETS = {"csat": 4.3, "fix": 0.75}
DEFINED = {"csat": SMART, "fix": FIX}
AUTOMATION = {"ceiling": 0.5, "go_live": 1, "midpoint": 6, "rise": 6}
COMMITTED = {"committed_productivity": {"annual": 0.05}}
VERIFIED = {"counts": "verified"}
SHARED = {"gain_share": {"buyer_share": 0.5, "baseline": 2_000, "rate": 20}}
CONTRACTED = {"hourly": {"rate": 20, "billing": "contracted"}}
FIXED = {"fixed_price": {"per_month": 1_000}}
ALL = {"name": "All", "share": 1, "units": 50}
BANDS = {"volume_bands": {"baseline": 100, "additional": [{"rate": 4}], "reduced": [{"rate": 3}]}}


def glide(start, end, weights):
    """A glide path between two pricing models."""
    return {"glide_path": {"start": start, "end": end, "weights": weights}}


def scenario(deal, **sections):
    """The small scenario with KPIs and this one deal."""
    return small(**({"kpis": KPIS, "deals": {"D": {"pricing": HOURLY} | deal}} | sections))


def found(rule, deal, **sections):
    """What one rule says of the deal: its places, without the deal's name."""
    given = scenario(deal, **({"after_the_end": "none"} | sections))
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
        {"clauses": [CREDITS], "definitions": {"fix": FIX}},
        ["clauses.service_credits.weights"],
        {"clauses": [CREDITS], "definitions": {"fix": AUDITED}},
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
    (
        "outcome_undefined",
        {"pricing": FIXED, "clauses": [{"volume_bands": BANDS["volume_bands"] | VERIFIED}]},
        ["definitions.outcome"],
        {"pricing": FIXED, "clauses": [BANDS]},
    ),
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
        {
            "clauses": [
                {"service_credits": {"at_risk": 0, "weights": {"csat": 1, "fix": 1}}},
                {"service_credits": CREDITS["service_credits"] | {"pool": 0.5}},
            ]
        },
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
        {"pricing": CONTRACTED, "clauses": [COMMITTED]},
    ),
    (
        "counted_twice",  # committed productivity starts in year 2, where hours may be over
        {"pricing": glide(HOURLY, EACH, [0, 0.5]), "clauses": [COMMITTED]},
        ["clauses.committed_productivity"],
        {"pricing": glide(HOURLY, EACH, [0, 1]), "clauses": [COMMITTED]},
    ),
    (
        "counted_twice",
        {"pricing": glide(EACH, HOURLY, [0, 0.5]), "clauses": [COMMITTED]},
        ["clauses.committed_productivity"],
        {"pricing": glide(EACH, CONTRACTED, [0, 0.5]), "clauses": [COMMITTED]},
    ),
    (
        "shared_twice",
        {"clauses": [SHARED]},
        ["clauses.gain_share.buyer_share"],
        {"pricing": CONTRACTED, "clauses": [SHARED]},
    ),
    (
        "shared_twice",
        {"pricing": {"hybrid": {"rate": 18, "base": 100}}, "clauses": [SHARED]},
        ["clauses.gain_share.buyer_share"],
        {"pricing": {"hybrid": {"base": 100}}, "clauses": [SHARED]},
    ),
    (
        "shared_twice",
        {"pricing": glide(HOURLY, EACH, [0.5]), "clauses": [SHARED]},
        ["clauses.gain_share.buyer_share"],
        {"pricing": glide(HOURLY, EACH, [1]), "clauses": [SHARED]},
    ),
    (
        "volume_paid_twice",
        {"pricing": {"hybrid": {"base": 100, "per_unit": 5}}, "clauses": [BANDS]},
        ["clauses.volume_bands"],
        {"pricing": {"hybrid": {"base": 100}}, "clauses": [BANDS]},
    ),
    ("volume_paid_twice", {"clauses": [BANDS]}, ["clauses.volume_bands"], {"pricing": EACH}),
    (
        "volume_paid_twice",
        {"pricing": glide(FIXED, EACH, [0.5]), "clauses": [BANDS]},
        ["clauses.volume_bands"],
        {"pricing": glide(FIXED, CONTRACTED, [0.5]), "clauses": [BANDS]},
    ),
    (
        "cap_under_the_minimum",
        {"clauses": [{"fee_collar": {"low": 120, "high": 240}}, {"fee_cap": {"monthly": 9}}]},
        ["clauses.fee_cap.monthly"],
        {"clauses": [{"fee_collar": {"low": 120, "high": 240}}, {"fee_cap": {"monthly": 10}}]},
    ),
    (
        "cap_under_the_minimum",
        {"clauses": [{"fee_floor": {"monthly": 21}}, {"fee_collar": {"low": 0, "high": 240}}]},
        ["clauses.fee_collar.high"],
        {"clauses": [{"fee_floor": {"monthly": 20}}, {"fee_collar": {"low": 0, "high": 240}}]},
    ),
    (
        "cap_under_the_minimum",
        {"pricing": FIXED, "clauses": [{"fee_cap": {"annual": 11_999}}]},
        ["clauses.fee_cap.annual"],
        {"pricing": FIXED, "clauses": [{"fee_cap": {"annual": 12_000}}]},
    ),
    (
        "cap_under_the_minimum",  # twelve twelfths of 1,000 are a little more in floats
        {"pricing": {"fixed_price": {"price": 1_000}}, "clauses": [{"fee_cap": {"monthly": 83}}]},
        ["clauses.fee_cap.monthly"],
        {"pricing": {"fixed_price": {"price": 1_000}}, "clauses": [{"fee_cap": {"total": 1_000}}]},
    ),
    (
        "cap_under_the_minimum",
        {
            "pricing": {"hybrid": {"base": 5, "maximum": 99}},
            "clauses": [{"fee_floor": {"monthly": 100}}],
        },
        ["pricing.hybrid.maximum"],
        {
            "pricing": glide({"hybrid": {"base": 5, "maximum": 99}}, EACH, [0.5]),
            "clauses": [{"fee_floor": {"monthly": 100}}],
        },
    ),
    (
        "cap_under_the_minimum",  # a milestone may never be reached
        {"pricing": {"fixed_price": {"price": 1_000}}, "clauses": [{"fee_cap": {"total": 999}}]},
        ["clauses.fee_cap.total"],
        {
            "pricing": {"fixed_price": {"price": 1_000, "milestones": [ALL]}},
            "clauses": [{"fee_cap": {"total": 999}}],
        },
    ),
    (
        "cap_under_the_minimum",  # half of 1,000 is certain, and of an hour nothing
        {"pricing": glide(HOURLY, FIXED, [0.5]), "clauses": [{"fee_cap": {"monthly": 499}}]},
        ["clauses.fee_cap.monthly"],
        {"pricing": glide(HOURLY, FIXED, [0.5]), "clauses": [{"fee_cap": {"monthly": 500}}]},
    ),
    (
        "minimum_after_credits",
        {
            "pricing": glide(
                {"hybrid": {"base": 1_000, "at_risk": 0.1, "weights": {"csat": 1}}}, EACH, [0.5]
            ),
            "clauses": [{"fee_floor": {"monthly": 100}}],
        },
        ["clauses.fee_floor"],
        {
            "pricing": glide({"hybrid": {"base": 1_000}}, EACH, [0.5]),
            "clauses": [{"fee_floor": {"monthly": 100}}],
        },
    ),
    (
        "payment_undated",
        {"clauses": [{"late_payment_interest": {"rate": 0.1, "days": 30}}]},
        ["clauses.late_payment_interest"],
        {
            "clauses": [
                {"late_payment_interest": {"rate": 0.1, "days": 30}},
                {"payment_terms": {"days": 30}},
            ]
        },
    ),
    (
        "payment_undated",
        {"clauses": [{"early_payment_discount": {"discount": 0.02}}]},
        ["clauses.early_payment_discount"],
        {
            "clauses": [
                {"early_payment_discount": {"discount": 0.02}},
                {"payment_terms": {"days": 30}},
            ]
        },
    ),
    (
        "payment_undated",
        {"clauses": [{"disputed_amounts": {"share": 0.1, "upheld": 0.5}}]},
        ["clauses.disputed_amounts"],
        {
            "clauses": [
                {"disputed_amounts": {"share": 0.1, "upheld": 0.5}},
                {"interim_payment": {"share": 0.1, "upheld": 0.5, "interim": 1, "months": 2}},
            ]
        },
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
        (CONTRACTED, [], True),
        (CONTRACTED, [COMMITTED], False),
        (HOURLY, [], False),
        (EACH, [], True),
        ({"per_outcome": {"price": [5, 4]}}, [], False),
        ({"hybrid": {"base": 100, "per_unit": 1}}, [], True),
        ({"hybrid": {"base": 100, "rate": 9}}, [], False),
        ({"fixed_price": {"per_month": 100}}, [], True),
        ({"fixed_price": {"per_month": [100, 90]}}, [], False),
        ({"per_outcome": {"by_kind": {"automated": 1, "assisted": 5}}}, [], False),
        ({"per_outcome": {"price": [5, 6]}}, [], True),
        ({"per_outcome": {"price": [5, 6, 5]}}, [], True),
        ({"per_outcome": {"price": [5, 5, 5, 4]}}, [], True),
        ({"fixed_price": {"per_month": [100, 110]}}, [], True),
        ({"per_outcome": {"by_kind": {"automated": 5, "assisted": 5}}}, [], True),
        (FIXED, [{"target_cost_share": {"target": 9, "ranges": [{"share": 0.5}]}}], False),
        (FIXED, [SHARED], False),
        (glide(HOURLY, EACH, [0, 1]), [], False),
        (glide(FIXED, EACH, [0, 1]), [], True),
        (glide(FIXED, {"per_outcome": {"price": [5, 4]}}, [0, 1]), [], False),
    ],
)
def test_savings_of_automation_are_shared_or_found(pricing, clauses, kept):
    """A fee that does not fall with the work keeps the saving with the provider, unless a clause
    or a price that falls within the contract (of 36 months here) shares it; without automation
    there is nothing to share.
    """
    deal = {"pricing": pricing, "clauses": clauses}
    rule = RULES["savings_not_shared"]
    assert bool(found(rule, deal, automation=AUTOMATION, months=36)) is kept
    assert found(rule, deal, months=36) == []


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


def test_a_minimum_in_all_is_compared_in_proportion():
    """A cap a year below the year's part of a commitment over the whole contract is found."""
    clauses = [{"minimum_commitment": {"total": 3_000}}, {"fee_cap": {"annual": 1_499}}]
    rule = RULES["cap_under_the_minimum"]
    assert found(rule, {"clauses": clauses}, months=24) == ["clauses.fee_cap.annual"]
    assert found(rule, {"clauses": clauses}, months=36) == []


def test_what_is_missing_is_listed_in_one_finding():
    """A KPI without anything is one finding that names each part and where to write it."""
    kpis = KPIS | {"csat": {"kind": "score", "level": 4.4}}
    given = scenario({"pricing": BONUS}, kpis=kpis)
    (one,) = RULES["kpi_undefined"](given, given.deals["D"])
    assert one.what == (
        "KPI csat has no meaning, unit, data source, target, measurement owner or due date"
    )
    assert one.do == (
        "give means, source, measured_by and due in definitions.csat, unit in kpis.csat and "
        "targets.csat"
    )
    assert str(one).startswith("problem: deals.D.definitions.csat: KPI csat has no meaning")


@pytest.mark.parametrize(
    ("gone", "what"),
    [
        ({"means": ""}, "meaning"),
        ({"source": ""}, "data source"),
        ({"measured_by": None}, "measurement owner"),
        ({"due": None}, "due date"),
    ],
)
def test_a_part_that_the_sheet_does_not_state_is_missing(gone, what):
    """Each part by itself; whose meter the scenario simulates is not what the contract says."""
    deal = {"pricing": BONUS, "targets": TARGETS, "definitions": {"csat": SMART | gone}}
    given = scenario(deal)
    (one,) = RULES["kpi_undefined"](given, given.deals["D"])
    assert one.what == f"KPI csat has no {what}"


@pytest.mark.parametrize(
    "deal",
    [
        {"targets": TARGETS},
        {"pricing": {"hybrid": {"base": 100, "weights": {"csat": 1}}}},
        {"clauses": [{"service_credits": {"at_risk": 0.1, "weights": {"csat": 0}}}]},
    ],
)
def test_a_kpi_that_moves_no_money_needs_no_definition(deal):
    """A target alone, a weight of nothing at risk and a weight of 0 cost nobody anything."""
    assert found(RULES["kpi_undefined"], deal) == []


@pytest.mark.parametrize(
    ("outcomes", "means", "what"),
    [
        ({}, "solved", "which data it is read from and who counts"),
        ({"source": "log"}, "solved", "who counts"),
        ({"measured_by": "buyer"}, "", "what counts as one and which data it is read from"),
    ],
)
def test_an_outcome_is_what_the_deal_or_else_the_scenario_says(outcomes, means, what):
    """What neither says is missing; who counts is not known, so nobody is told to be audited."""
    given = scenario(
        {"pricing": EACH, "definitions": {"outcome": {"means": means}}}, outcomes=outcomes
    )
    (one,) = RULES["outcome_undefined"](given, given.deals["D"])
    assert one.what == f"money depends on outcomes, and it is not said {what}"
    assert not list(RULES["outcome_unaudited"](given, given.deals["D"]))


def test_an_outcome_that_the_scenario_lets_the_provider_count_is_audited_or_found():
    """A deal that says nothing has the scenario's meter, here as on the sheet."""
    facts = {"definition": "solved", "source": "log", "measured_by": "provider"}
    assert found(RULES["outcome_undefined"], {"pricing": EACH}, outcomes=facts) == []
    assert found(RULES["outcome_unaudited"], {"pricing": EACH}, outcomes=facts) == [
        "definitions.outcome"
    ]


def test_a_rate_is_a_share_and_a_result_has_its_own_level():
    """A rate needs no unit, and a KPI whose level a result names needs no target."""
    credits_on = {"service_credits": {"at_risk": 0.1, "weights": {"fix": 1}}}
    deal = {"clauses": [credits_on], "targets": {"fix": 0.75}, "definitions": {"fix": FIX}}
    assert found(RULES["kpi_undefined"], deal) == []
    results = [{"name": "Good", "amount": 5, "kpi": "csat", "level": 4.4}]
    paid = {"per_result": {"results": results}}
    for pricing in (paid, glide(EACH, paid, [0.5])):
        deal = {"pricing": pricing, "definitions": {"csat": SMART}}
        assert found(RULES["kpi_undefined"], deal) == []


def test_a_meter_that_the_contract_does_not_state_is_missing_and_not_the_providers():
    """What the scenario simulates is not what the contract says: that it is silent is found."""
    deal = {"clauses": [CREDITS], "definitions": {"fix": FIX | {"measured_by": None}}}
    assert found(RULES["provider_meter"], deal) == []
    assert "definitions.fix" in found(RULES["kpi_undefined"], deal)


ON_PAPER = {
    "what it means": "meaning",
    "unit": "unit",
    "target": "target",
    "who measures": "measurement owner",
    "source": "data source",
    "counts from": "due date",
}
"""What a term sheet calls the parts of a KPI, and what a finding does."""


@pytest.mark.parametrize(
    "gone", ["means", "source", "measured_by", "due", "unit", "target", None, "all"]
)
def test_a_kpi_lacks_what_its_row_on_the_sheet_does_not_state(gone):
    """Paper and check agree, part by part, on a KPI that money depends on."""
    says = {} if gone == "all" else {key: x for key, x in SMART.items() if key != gone}
    csat = {key: x for key, x in KPIS["csat"].items() if key != gone}
    targets = {} if gone == "target" else {"csat": 4.3}
    deal = {"pricing": BONUS, "targets": targets, "definitions": {"csat": says}}
    given = scenario(deal, kpis=KPIS | {"csat": csat})
    (row,) = sc.term_sheet("D", given).kpis
    unstated = {ON_PAPER[part] for part, text in row.facts if text.startswith("not stated")}
    told = " ".join(one.what for one in RULES["kpi_undefined"](given, given.deals["D"]))
    assert {part for part in ON_PAPER.values() if part in told} == unstated
    assert len(unstated) == {None: 0, "all": 4}.get(gone, 1)


MILESTONE = {"name": "Half", "amount": 5, "units": 50}
RESULT = {"name": "Good", "amount": 5}


@pytest.mark.parametrize(
    ("pricing", "clauses", "depends"),
    [
        (EACH, [], True),
        (HOURLY, [], False),
        (BONUS, [], False),
        ({"hybrid": {"base": 9, "per_unit": 1}}, [], True),
        ({"value_share": {"share": 0.1}}, [], True),
        ({"fixed_price": {"milestones": [MILESTONE]}}, [], True),
        ({"fixed_price": {"milestones": [MILESTONE], "counts": "completed"}}, [], False),
        ({"per_result": {"results": [RESULT | {"units": 50}]}}, [], True),
        ({"per_result": {"results": [RESULT | {"units": 50, "counts": "completed"}]}}, [], False),
        ({"per_result": {"results": [RESULT | {"kpi": "csat", "level": 4.3}]}}, [], False),
        (FIXED, [BANDS], False),
        (FIXED, [{"volume_bands": BANDS["volume_bands"] | VERIFIED}], True),
        (FIXED, [{"audit_clawback": {"tolerance": 0.05, "price": 5}}], True),
        (glide(HOURLY, EACH, [0.5]), [], True),
    ],
)
def test_an_outcome_lacks_what_the_sheet_does_not_state(pricing, clauses, depends):
    """Paper and check agree on whether money depends on outcomes, and on what is then missing."""
    facts = {"claimed": 0.9, "wrongly_claimed": 0.1}
    given = scenario(
        {"pricing": pricing, "clauses": clauses, "targets": TARGETS},
        outcomes=facts,
        value={"verified_unit": 5},
    )
    unstated = [part for part, text in sc.term_sheet("D", given).outcome.facts if "not st" in text]
    told = list(RULES["outcome_undefined"](given, given.deals["D"]))
    assert bool(told) is bool(unstated) is depends
    assert unstated in ([], ["what it means", "who measures", "source"])
    for one in told:
        assert one.do == "give means, source and measured_by in definitions.outcome"


@pytest.mark.parametrize(
    ("weights", "changes", "bites"),
    [
        ({"csat": 0.5, "fix": 0.5}, {"pool": 1.5}, "csat and fix are missed together"),
        ({"csat": 0.5, "fix": 0.5}, {"pool": 3}, "any 1 of the 2 KPIs is missed"),
        ({"csat": 0.9, "fix": 0.3}, {"pool": 1.2}, "csat is missed"),
        (
            {"csat": 0.4, "fix": 0.3, "wait": 0.3},
            {"pool": 2},
            "any 2 of the 3 KPIs are missed together",
        ),
        (
            {"csat": 0.6, "fix": 0.2, "wait": 0.2},
            {"pool": 1.5},
            "csat and fix, or csat and wait are missed together",
        ),
        (
            {"csat": 0.6, "fix": 0.3, "wait": 0.3, "call": 0.3, "talk": 0.3},
            {"pool": 1.2},
            (
                "csat and fix, or csat and wait, or csat and call (1 more like these) "
                "are missed together"
            ),
        ),
        (
            {"csat": 0.05, "fix": 0.06},
            {"basis": "fee", "repeat": [1, 2]},
            "csat and fix are missed together, sooner where misses are severe or repeated",
        ),
    ],
)
def test_an_over_allocated_pool_says_which_misses_reach_its_cap(weights, changes, bites):
    """The fewest misses above the amount at risk are told: 0.6 x 1.5 + 0.2 x 1.5 = 1.2 of it, and
    5 and 6 % of the fee are 1.1 of the 10 % at risk.
    """
    times = {name: {"kind": "time", "level": 5, "better": "lower"} for name in weights}
    kpis = times | KPIS
    terms_of = {"at_risk": 0.1, "weights": weights} | changes
    given = scenario({"clauses": [{"service_credits": terms_of}]}, kpis=kpis)
    (one,) = RULES["credits_over_the_pool"](given, given.deals["D"])
    assert one.what.endswith(f"that cap bites when {bites}")
    assert one.why == "misses beyond the cap then cost the provider nothing"
    terms_of |= {"excess": "carried forward"}
    given = scenario({"clauses": [{"service_credits": terms_of}]}, kpis=kpis)
    (one,) = RULES["credits_over_the_pool"](given, given.deals["D"])
    assert one.why == "what is beyond the cap is then credited later"


def test_what_is_common_and_fine_where_it_is_meant_is_a_note():
    """A pool of 150 % is a note, and says so; the missing way out beside it is a problem."""
    given = scenario({"clauses": [{"service_credits": CREDITS["service_credits"] | {"pool": 1.5}}]})
    told = {one.place: one.severity for one in sc.check_definitions(given)}
    assert told["deals.D.clauses.service_credits.pool"] == "note"
    assert {told.pop("deals.D.clauses.service_credits.pool"), *told.values()} == {"note", "problem"}
    (one,) = RULES["credits_over_the_pool"](given, given.deals["D"])
    assert str(one).startswith("note: deals.D.clauses.service_credits.pool: all credits together")


@pytest.mark.parametrize(
    ("pricing", "share", "kept"),
    [
        (HOURLY, 0.5, "150 %"),
        (HOURLY, [0.5, 1], "200 %"),
        (glide(HOURLY, EACH, [0.2, 0.8]), 0.5, "130 %"),
        (glide(EACH, HOURLY, [0.2, 0.6]), 0.5, "110 %"),
        (glide(HOURLY, EACH, [0.2, 0.8]), [0, 0.5], "70 %"),
    ],
)
def test_a_saving_shared_again_says_how_much_the_buyer_keeps(pricing, share, kept):
    """By hours it keeps what is not billed, 80 % in the first year of the path, and the share of
    all of it on top; the year in which it keeps most counts.
    """
    clause = {"gain_share": SHARED["gain_share"] | {"buyer_share": share}}
    given = scenario({"pricing": pricing, "clauses": [clause]}, months=24)
    (one,) = RULES["shared_twice"](given, given.deals["D"])
    assert one.why.endswith(f"it keeps up to {kept} of it")


def test_a_saving_of_provider_cost_is_not_one_of_the_bill():
    """Cheaper hours lower no bill by the hour: sharing them counts nothing twice."""
    clause = {"buyer_share": 0.5, "baseline": 2_000, "measured_on": "provider cost"}
    assert found(RULES["shared_twice"], {"clauses": [{"gain_share": clause}]}) == []


@pytest.mark.parametrize(
    ("included", "rates", "asked"),
    [(89, "reduced", 1), (90, "reduced", 0), (100, "reduced", 0), (200, "additional", 1)],
)
def test_units_that_a_base_fee_includes_may_have_a_reduced_charge(included, rates, asked):
    """Bands credit below 90 of 100 units: where a price counts only units above, none is both.
    Additional units have no end, so that some are.
    """
    bands = {"volume_bands": {"baseline": 100, rates: [{"rate": 3}]}}
    pricing = {"hybrid": {"base": 100, "per_unit": 5, "included_units": included}}
    deal = {"pricing": pricing, "clauses": [bands]}
    assert len(found(RULES["volume_paid_twice"], deal)) == asked


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
        "definitions": {"fix": {"measured_by": "provider"}},
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


def test_the_models_of_a_glide_path_have_their_own_paths():
    """A finding on one of the two leads to it: here the KPI that the start model pays by."""
    given = scenario({"pricing": glide(BONUS, EACH, [0.5])})
    deal = given.deals["D"]
    places = list(terms(deal))
    assert places == ["pricing.glide_path.start.hybrid", "pricing.glide_path.end.per_outcome"]
    assert given.number(f"deals.D.{places[1]}")["price"] == 5
    assert paid_by(given, deal) == {"csat": f"{places[0]}.weights"}


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
