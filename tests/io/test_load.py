import re

import pytest

from scenarios.errors import ScenarioError
from scenarios.io.document import read_document
from scenarios.io.load import load, loads
from scenarios.resources import resource

FILE = resource("scenarios", "support-desk.yaml")
DESK = re.sub(r"(?m) +# .*$", "", FILE.read_text(encoding="utf-8"))
"""The example without the comments beside its numbers, which may be put in other words."""
HOURLY = "hourly: {rate: 22.00, billing: worked}\n    clauses:\n"
AGENT = "hourly: {rate: 22.00, billing: contracted}"


def changed(*changes):
    """The text of the example, each change made exactly once."""
    text = DESK
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return text


def told(text):
    """What is wrong with a scenario text, one line a problem."""
    with pytest.raises(ScenarioError) as caught:
        loads(read_document(text, name="desk.yaml"))
    return [str(problem) for problem in caught.value.problems]


def line_of(text, fragment):
    """The number of the first line that holds a fragment."""
    return text[: text.index(fragment)].count("\n") + 1


BROKEN = {
    "an unknown section": (
        ("name: Support desk", "name: Support desk\ncurency: EUR"),
        ("curency: EUR", "curency: unknown key", "did you mean 'currency'?"),
    ),
    "an unknown key in a section": (
        ("team: flexible", "teem: flexible"),
        (
            "teem: flexible",
            (
                "delivery > teem: unknown key (given: teem; allowed: roles, hours_per_unit, "
                "throughput, team, cost_index, overtime, materials, repair, repair_delay, effort, "
                "workforce; did you mean 'team'?)"
            ),
        ),
    ),
    "an unknown key two sections deep": (
        ("agent:\n      people: 20", "agent:\n      peple: 1\n      people: 20"),
        (
            "peple: 1",
            (
                "delivery > roles > agent > peple: unknown key (given: peple; "
                "allowed: people, hours, cost, leavers; did you mean 'people'?)"
            ),
        ),
    ),
    "an unknown key of a demand": (
        ("unit: ticket", "unit: ticket\n    sesonality: 1"),
        ("sesonality", "demand > volume > sesonality: unknown key", "'seasonality'?)"),
    ),
    "an unknown key of a pricing model": (
        ("price: [6.00", "pryce: 1\n        price: [6.00"),
        (
            "pryce",
            "deals > Outcome > pricing > per_outcome > pryce: unknown key",
            "allowed: price, tiers, tiering, by_kind, counts, included_units, base_fee, minimum",
        ),
    ),
    "an unknown key of a distribution": (
        ("ceiling: {low: 0.25, mode: 0.50", "ceiling: {low: 0.25, maxx: 1, mode: 0.50"),
        ("ceiling: {", "automation > ceiling > maxx: unknown key", "did you mean 'max'?"),
    ),
    "an unknown clause": (
        ("- investment:", "- investmint:"),
        ("- investmint:", "there is no clause named investmint", "did you mean 'investment'?"),
    ),
    "an unknown pricing model": (
        ("hourly: {rate: 22.00, billing: contracted}", "hurly: {rate: 22.00}"),
        (
            "hurly",
            "there is no pricing model named hurly",
            "allowed: fixed_price, glide_path, hourly, hybrid, per_outcome, per_result, ",
        ),
    ),
    "two kinds in one": (
        ("- investment: {buyer_share: 1.0}", "- {investment: {buyer_share: 1}, fee_floor: {}}"),
        ("- {investment", "must be one key that names the clause", "given: keys investment"),
    ),
    "a negative volume": (
        ("per_month: 10_000", "per_month: -10_000"),
        ("-10_000", "demand > volume > per_month: must be at least 0", "given: -10000"),
    ),
    "a share above one": (
        ("reopened: 0.033", "reopened: 3.3"),
        ("reopened: 3.3", "outcomes > reopened: must be at most 1", "given: 3.3"),
    ),
    "a distribution beyond its bounds": (
        ("mode: 0.50, high: 0.66", "mode: 0.50, high: 66"),
        ("high: 66", "automation > ceiling: 66.0 lies outside what a share can be", "0 to 1"),
    ),
    "an impossible order of a distribution": (
        ("low: 0.25, mode: 0.50, high: 0.66", "low: 0.9, mode: 0.50, high: 0.66"),
        ("low: 0.9", "automation > ceiling: ", "low, mode, high must rise"),
    ),
    "a word outside its list": (
        ("billing: worked", "billing: work"),
        ("billing: work}", "hourly > billing", "allowed: worked, contracted", "'worked'?)"),
    ),
    "text where a number stands": (
        ("months: 36", "months: three years"),
        ("three years", "months: must be a whole number", "given: 'three years'"),
    ),
    "a currency that is none": (
        ("currency: USD", "currency: dollars"),
        ("dollars", "currency: must be a three-letter currency code", "given: 'dollars'"),
    ),
    "a missing section": (
        ("currency: USD\n", ""),
        ("name: Support desk", "currency: is missing"),
    ),
    "a role that does not work": (
        ("rate: 22.00, billing: worked", "rate: {agnt: 22.00}, billing: worked"),
        (
            "agnt",
            (
                "deals > Hourly > pricing > hourly > rate > agnt: cannot be settled: the rate card "
                "names agnt; the roles that work are agent"
            ),
        ),
    ),
    "a KPI without a target": (
        ("weights: {csat: 0.4", "weights: {csatt: 0.4"),
        (
            "weights: {csatt",
            "deals > Hybrid > pricing > hybrid > weights > csatt: cannot be settled: KPI 'csatt'",
        ),
    ),
    "a target without a KPI": (
        ("targets: {csat: 4.3", "targets: {csatt: 4.3, csat: 4.3"),
        (
            "csatt",
            (
                "deals > Hybrid > targets > csatt: a target for a KPI that the scenario does not "
                "have (given: csatt; allowed: csat, first_contact, answer_hours; did you mean "
                "'csat'?)"
            ),
        ),
    ),
    "an index that is not there": (
        (HOURLY, f"{HOURLY}      - indexation: {{index: wages}}\n"),
        (
            "indexation",
            "deals > Hourly > clauses > 0 > indexation > index: cannot be settled",
            "given: index.wages",
        ),
    ),
    "a price that is not there": (
        (HOURLY, f"{HOURLY}      - indexation: {{index: wages, prices: [hour]}}\n"),
        ("approved_budget:", "indices: {wages: {annual: 0.03}}\napproved_budget:"),
        (
            "indexation",
            (
                "deals > Hourly > clauses > 0 > indexation > prices > 0: cannot be settled: "
                "there is no price named hour; the prices are agent"
            ),
        ),
    ),
    "clauses in the wrong order": (
        ("- investment:", "- indexation: {index: wages}\n      - investment:"),
        (f"pricing:\n      {HOURLY}", "deals > Hourly: ", "move it up in the list"),
    ),
    "a case of a path that is not there": (
        ("best: {automation.ceiling", "best: {automation.celing"),
        ("best:", "cases > best > automation.celing", "did you mean 'ceiling'?"),
    ),
    "a case with a value that is not allowed": (
        ("best: {automation.ceiling: 0.62", "best: {automation.ceiling: 62"),
        ("best:", "cases > best > automation.ceiling: must be at most 1", "given: 62"),
    ),
    "a case whose values do not go together": (
        ("cases:", "cases:\n  odd: {outcomes.reopened: 0.6, outcomes.duplicates: 0.6}"),
        ("odd:", "cases > odd: reopened and duplicates together must not exceed 1"),
    ),
    "a number that refers to no stage": (
        ("months: 36", "months: 36\nstages: {release: 2026-06}"),
        ("mature: 24\n", "mature: stage.releaze\n"),
        (
            "stage.releaze",
            "automation > mature: refers to the stage 'releaze'",
            "allowed: release; did you mean 'release'?",
        ),
    ),
    "a clause that refers to no stage": (
        ("months: 36", "months: 36\nstages: {release: 2026-06}"),
        (HOURLY, f"{HOURLY}      - one_off_charge: {{amount: 9, month: stage.go}}\n"),
        ("stage.go", "deals > Hourly > clauses > 0 > one_off_charge > month: refers to the stage"),
    ),
    "a case that refers to no stage": (
        ("best: {automation.ceiling", "best: {automation.go_live: stage.go, automation.ceiling"),
        ("stage.go", "cases > best > automation.go_live: ", "allowed: no stage is given"),
    ),
    "a reference before the start": (
        ("months: 36", "months: 36\nstages: {scope: 2020-02}"),
        ("mature: 24\n", "mature: stage.scope\n"),
        ("mature: stage", "automation > mature: would lie before", "given: stage.scope"),
    ),
    "stages out of order": (
        ("months: 36", "months: 36\nstages:\n  scope: 2026-08\n  release: 2026-06"),
        ("release: 2026-06", "stages > release: release (2026-06) must not come before scope"),
    ),
    "a case that takes away what others refer to": (
        ("months: 36", "months: 36\nstages: {release: 2026-06}"),
        ("mature: 24\n", "mature: stage.release\n"),
        ("cases:", "cases:\n  odd: {stages.release: ~}"),
        ("odd:", "cases > odd > stages.release: automation > mature: refers to the stage"),
    ),
    "a shock of a KPI that is not there": (
        ("approved_budget:", "shocks: {x: {month: 1, kpis: {cast: 1}}}\napproved_budget:"),
        ("shocks: {x", "shocks > x > kpis > cast: there is no KPI", "did you mean 'csat'?"),
    ),
    "central values that do not go together": (
        ("reopened: 0.033", "reopened: {p10: 0.5, p90: 0.9}"),
        ("duplicates: 0.007", "duplicates: {p10: 0.5, p90: 0.9}"),
        ("claimed: 0.95", "outcomes: with uncertainty off: reopened and duplicates together"),
    ),
    "a rate that deviates as no rate can": (
        ("sd: 0.03", "sd: 0.5"),
        ("sd: 0.5", "kpis > first_contact > sd: ", "must be less than 0.439", "given: 0.5"),
    ),
    "a result of a KPI that is not there": (
        (AGENT, "per_result: {results: [{name: good, kpi: csta, level: 4, amount: 9}]}"),
        ("per_result", "per_result > results > 0 > kpi: cannot be settled", "reported.csat'?"),
    ),
    "a lever that moves nothing": (
        ("deals.Outcome.pricing.per_outcome.minimum, low", "deals.Outcom.minimum, low"),
        ("deals.Outcom.minimum", "levers > 0 > number: ", "did you mean 'Outcome'?"),
    ),
    "a lever beyond what its number can be": (
        ("buyer_share, low: 0.0, high: 1.0", "buyer_share, low: 0.0, high: 2.0"),
        ("high: 2.0", "levers > 2 > number: must be at most 1", "given: 2.0"),
    ),
    "nobody at work": (
        ("people: 20", "people: 0"),
        (
            "hours_per_unit: 0.25",
            "delivery: nobody works: at least one role needs people and hours",
        ),
    ),
    "numbers that overflow": (
        ("hours_per_unit: 0.25", "hours_per_unit: 1e308"),
        ("# The published case", "these numbers are not finite", "given: hours"),
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_told_where_what_and_what_else(case):
    """A problem names line, key path, what was given, what is allowed and the nearest name."""
    *changes, (where, *fragments) = BROKEN[case]
    text = changed(*changes)
    (problem,) = told(text)
    place = problem.split(": ")[0]
    assert all(fragment in problem for fragment in fragments), problem
    if not where.startswith("#"):
        assert place.startswith(f"desk.yaml:{line_of(text, where)}:"), problem


def test_all_problems_come_at_once_in_the_order_of_the_file():
    """Three mistakes in three sections are three problems, told from the top down."""
    text = changed(
        ("currency: USD", "currency: dollars"),
        ("team: flexible", "teem: flexible"),
        ("- investment:", "- investmint:"),
    )
    lines = told(text)
    assert [line.split(":")[1] for line in lines] == [
        str(line_of(text, word)) for word in ("dollars", "teem", "investmint")
    ]


def test_every_clause_that_cannot_be_settled_is_told():
    """One failing clause does not hide the next, of the same deal or of another."""
    missing = "      - indexation: {index: wages}\n"
    text = changed((HOURLY, HOURLY + missing + missing), (AGENT, "hourly: {rate: {agnt: 22.00}}"))
    assert [line.split(": ")[0].partition(" ")[2] for line in told(text)] == [
        "deals > Per agent > pricing > hourly > rate > agnt",
        "deals > Hourly > clauses > 0 > indexation > index",
        "deals > Hourly > clauses > 1 > indexation > index",
    ]


def test_a_file_is_loaded_with_its_comments_as_sources():
    """The comment beside a number is where the number comes from."""
    scenario = load(FILE)
    assert scenario.sources["automation.unit_cost"].startswith("list price")
    assert scenario.sources["deals.Hybrid.clauses.gain_share.buyer_share"].startswith("50:50")


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    """A wrong name is answered with the nearest one in its folder."""
    (tmp_path / "desk.yaml").write_text(DESK, encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"did you mean 'desk\.yaml'"):
        load(tmp_path / "dask.yaml")


@pytest.mark.parametrize(
    ("old", "new", "entry"),
    [
        (AGENT, "hourly: {rate: {agent: 22.0, agnt: 22.0}}", "agnt"),
        (HOURLY, HOURLY + "      - indexation: {every: 12, index: wages}\n", "wages"),
        ("months: 36", "months: 36\nstages: {scope: 2026-05, release: 2026-03}", "2026-03"),
    ],
)
def test_an_entry_stands_at_its_own_column(old, new, entry):
    """A key at the key, a word at the word, also within one line."""
    text = changed((old, new))
    (problem,) = told(text)
    line = text.splitlines()[line_of(text, entry) - 1]
    assert problem.split(" ")[0] == f"desk.yaml:{line_of(text, entry)}:{line.index(entry) + 1}"
