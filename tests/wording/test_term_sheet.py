"""Term sheets: what stands on the paper, and that nothing that is settled is missing there."""

import io
import os
import re
import zipfile
from html import unescape
from pathlib import Path

import docx
import pytest
from hypothesis import given
from tests.small import small
from tests.strategies import deals

import scenarios as sc
from scenarios.promises.example import example_world
from scenarios.resources import resource
from scenarios.settling import WORLD_LINES
from scenarios.wording.values import in_words, value_of

GOLDEN = Path(__file__).parents[1] / "golden"
REFRESH = "SCENARIOS_REFRESH_GOLDEN"
LOADS = re.compile(r"url\s*\(|@import|\bsrc=|\bhref=|<script|<link|<img|\bon\w+=", re.IGNORECASE)


@pytest.fixture(scope="module")
def desk():
    return sc.load(resource("scenarios", "support-desk.yaml"))


@pytest.fixture(scope="module")
def hybrid(desk):
    return sc.term_sheet("Hybrid", desk)


def text_of(page):
    """The text of a page, without its style."""
    text = re.sub(r"<[^>]*>", " ", page.partition("</style>\n</head>")[2].partition("</style>")[2])
    return " ".join(unescape(text).replace("\u00a0", " ").split())


def words_of(document):
    """The text of a Word document, tables included."""
    made = docx.Document(io.BytesIO(document))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    texts = [*(one.text for one in made.paragraphs), *cells]
    return " ".join(texts).replace("\u00a0", " ")


@pytest.mark.parametrize("name", ["support-desk", "software-team", "online-shop"])
def test_the_sheets_of_an_example_are_the_golden_ones(name):
    """What the examples print is looked at whenever it changes."""
    scenario = sc.load(resource("scenarios", f"{name}.yaml"))
    found = "\n".join(sc.term_sheet(deal, scenario).markdown() for deal in scenario.deals)
    golden = GOLDEN / f"terms-{name}.md"
    if os.environ.get(REFRESH) == "1":
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8"), (
        "if it was meant to change: SCENARIOS_REFRESH_GOLDEN=1 pytest tests/wording"
    )


def test_paragraphs_are_numbered_in_the_order_of_operations(hybrid, desk):
    """The pricing model is paragraph 1; a clause is as far down as it is in the list."""
    assert [one.number for one in hybrid.paragraphs] == [1, 2, 3, 4]
    assert hybrid.paragraphs[0].heading == "Hybrid"
    headings = ["Committed productivity", "Gain share", "Coordination"]
    assert [one.heading for one in hybrid.paragraphs[1:]] == headings
    passed = sc.term_sheet("Hourly", desk).paragraphs[1]
    assert (passed.heading, passed.line) == ("AI pass-through", "AI pass-through")


def test_a_line_leads_to_its_paragraph():
    """Every line that a settlement writes has its paragraph; the world's own lines have none."""
    caps = (sc.FeeCap(monthly=30_000), sc.FeeCap(annual=300_000), sc.Coordination(buyer=1))
    deal = sc.Deal("Capped", sc.Hybrid(base=20_000, per_unit=1), caps)
    sheet = sc.term_sheet(deal)
    found = {line.name: sheet.paragraph_of(line.name) for line in settled(deal)}
    world = {name for name, *_ in WORLD_LINES.values()}
    assert {name: number for name, number in found.items() if name not in world} == {
        "fixed fee": 1,
        "variable fee": 1,
        "fee cap": 2,
        "fee cap 2": 3,
        "coordination": 4,
    }
    assert {number for name, number in found.items() if name in world} == {None}
    for line in settled(deal):
        assert sheet.paragraph_of(line) == found[line.name]
    assert sheet.paragraph_of("after the end") is None


def settled(deal):
    """The ledger lines of a deal in the example world."""
    from scenarios.settling import settle  # noqa: PLC0415  the engine's, not the one on invoices

    return list(settle(deal, example_world()))


def test_a_line_that_no_deal_has_is_an_error(hybrid):
    """A misspelt line comes back with the nearest name."""
    with pytest.raises(sc.ScenarioError, match="gain share"):
        hybrid.paragraph_of("gain shaer")


def test_who_counts_what_from_when():
    """What the deal or the scenario says is told; where neither does, that it is not stated."""
    kpis = {
        "csat": {"kind": "score", "level": 4.4, "meter": "provider", "unit": "of 5"},
        "answered": {"kind": "rate", "level": 0.9},
        "wait_hours": {"kind": "time", "level": 5, "better": "lower", "unit": "hours"},
    }
    definition = sc.Definition(
        means="Mean of the survey's answers", measured_by="buyer", audited=True, due=4
    )
    counted = sc.Definition(means="Closed for 7 days", source="the ticket system")
    deal = sc.Deal(
        "Defined",
        sc.PerOutcome(price=5.0),
        targets={"csat": (4.3, 4.4), "answered": 0.725, "wait_hours": 8},
        definitions={"csat": definition, "outcome": counted},
    )
    sheet = sc.term_sheet(deal, small(kpis=kpis))
    outcome = dict(sheet.outcome.facts)
    assert outcome["what it means"] == "Closed for 7 days"
    assert outcome["source"] == "the ticket system"
    assert outcome["who measures"] == "not stated"
    assert "completed" not in outcome
    told = {kpi.word: dict(kpi.facts) for kpi in sheet.kpis}
    assert told["csat"] == {
        "what it means": "Mean of the survey's answers",
        "unit": "of 5",
        "target": "at least 4.3 of 5 in contract year 1 and 4.4 of 5 from year 2 on",
        "better": "higher",
        "who measures": "the buyer, audited by the other party",
        "source": "not stated",
        "counts from": "contract month 4",
    }
    assert told["answered"]["target"] == "at least 72.5 %"
    assert told["answered"]["who measures"] == "not stated"
    assert told["answered"]["counts from"] == "not stated; counts from contract month 1"
    assert told["wait hours"]["target"] == "at most 8 hours"
    assert told["wait hours"]["what it means"] == "not stated"


def test_what_the_deal_does_not_define_is_as_the_scenario_says():
    """Meaning, source and counter of an outcome: the deal's words go before the scenario's."""
    outcomes = {"definition": "Solved", "source": "a log", "measured_by": "provider"}
    own = {"outcome": sc.Definition(source="another log", audited=True)}
    deal = sc.Deal("Counted", sc.PerOutcome(price=5.0), definitions=own)
    facts = dict(sc.term_sheet(deal, small(outcomes=outcomes)).outcome.facts)
    assert facts["what it means"] == "Solved"
    assert facts["source"] == "another log"
    assert facts["who measures"] == "the provider, audited by the other party"


def test_only_words_that_the_paragraphs_use_are_defined():
    """A deal by hours counts no units; bands count completed ones, also within another model."""
    assert sc.term_sheet(sc.Deal("Hours", sc.Hourly(rate=20))).outcome.facts == ()
    bands = sc.VolumeBands(baseline=100, reduced=[{"rate": 1}])
    banded = sc.term_sheet(sc.Deal("Bands", sc.Hourly(rate=20), [bands])).outcome.facts
    assert [word for word, _ in banded] == ["completed"]
    path = sc.GlidePath(
        start=sc.Hourly(rate=20), end=sc.PerOutcome(price=5, counts="confirmed"), weights=(0, 1)
    )
    within = [word for word, _ in sc.term_sheet(sc.Deal("Path", path)).outcome.facts]
    assert within == ["what it means", "claimed", "confirmed", "who measures", "source"]


def test_a_sheet_without_definitions_prints():
    """Where nothing is counted or measured there is no heading over nothing."""
    sheet = sc.term_sheet(sc.Deal("Hours", sc.Hourly(rate=20)))
    for text in (sheet.markdown(), sheet.html(), words_of(sheet.docx())):
        assert "Order of operations" in text
        assert "Definitions" not in text


def test_how_a_reading_is_rounded_is_told_where_one_is():
    """Any term that rounds before it compares, also within another one, adds the sentence."""
    hybrid = sc.Hybrid(base=10, at_risk=0.1, weights={"csat": 1.0}, decimals=1)
    path = sc.GlidePath(start=hybrid, end=sc.Hourly(rate=20), weights=(0, 1))
    told = sc.term_sheet(sc.Deal("Rounds", path, targets={"csat": 4.3})).rounding
    assert told.endswith("Percentages and KPI readings that are rounded go half to even.")


def test_a_right_to_end_is_told_whether_or_not_it_is_planned():
    """The duration names the paragraph, and nothing tells when somebody means to use it."""
    rights = [
        sc.TerminationForConvenience(monthly_fees=2, month=month, notice_months=1)
        for month in (None, 17)
    ]
    deals = [sc.Deal("Right", sc.Hourly(rate=20), [right], months=24) for right in rights]
    unused, planned = (sc.term_sheet(deal) for deal in deals)
    assert unused == planned
    assert dict(planned.basis)["Duration"] == "24 months; paragraph 2 may end it earlier"


def test_a_deal_alone_has_generic_words():
    """Without a scenario there is no currency, no name, no direction, and the sheet says so."""
    deal = sc.Deal("Alone", sc.PerOutcome(price=5.0, base_fee=900), targets={"csat": 4.3})
    sheet = sc.term_sheet(deal)
    assert sheet.parties == (("Buyer", "the buyer"), ("Provider", "the provider"))
    basis = dict(sheet.basis)
    assert basis["Unit of work"] == "one unit"
    assert basis["Money"] == "in the currency of the contract"
    assert (basis["Start"], basis["Duration"]) == ("not stated", "not stated")
    assert "pays 5.00" in sheet.paragraphs[0].text
    assert "USD" not in sheet.markdown()
    assert dict(sheet.kpis[0].facts)["better"] == "not stated"
    assert dict(sheet.kpis[0].facts)["target"] == "4.3"


def test_a_contract_may_end_earlier_and_reach_further():
    """The duration names the paragraphs that can end the contract, and those that outlive it."""
    clauses = (sc.NotToExceed(amount=90_000, then="stop work"), sc.Holdback(share=0.1, months=3))
    deal = sc.Deal("Ends", sc.Hourly(rate=20), clauses, months=9)
    told = dict(sc.term_sheet(deal).basis)["Duration"]
    assert (
        told == "9 months; paragraph 2 may end it earlier; paragraph 3 still applies after its end"
    )


def test_the_order_of_operations_is_told_by_stage():
    """First what revises, with the fee charged again, then what moves money, then cash."""
    clauses = (
        sc.CommittedProductivity(annual=0.05),
        sc.FeeCap(monthly=90_000),
        sc.Coordination(buyer=1),
        sc.FeeFloor(monthly=10),
        sc.Holdback(share=0.1, months=3),
    )
    charged, revised, moved, paid = sc.term_sheet(
        sc.Deal("Five", sc.Hourly(rate=20), clauses)
    ).order
    assert "paragraph 1" in charged
    assert revised.startswith("Paragraph 2 revises prices")
    assert "charged again" in revised
    assert moved.startswith("Paragraphs 3 to 5 change what is owed")
    assert paid.startswith("Paragraph 6 shifts when it is paid")


def test_the_sheet_tells_no_estimate(desk):
    """What is only expected, such as the provider's cost, is not on the paper: neither what the
    scenario holds nor what a deal plans.
    """
    secret = desk.change(
        {
            "delivery.roles.agent.cost": 13.77,
            "outcomes.reopened": 0.0777,
            "deals.Hybrid.clauses.coordination.buyer": 1_377,
        }
    )
    printed = "".join(sc.term_sheet(deal, secret).markdown() for deal in secret.deals)
    assert "13.77" not in printed
    assert "7.77" not in printed
    assert "1,377" not in printed
    assert printed == "".join(sc.term_sheet(deal, desk).markdown() for deal in desk.deals)


def test_a_deal_by_name_needs_its_scenario(desk):
    """A name that no deal has comes back with the names there are."""
    with pytest.raises(sc.ScenarioError, match="Hybrid"):
        sc.term_sheet("Hybrids", desk)
    with pytest.raises(sc.ScenarioError, match="no deal named 'Hybrid'"):
        sc.term_sheet("Hybrid")


def test_rounding_is_told_with_what_becomes_of_a_tie():
    """The rule stands in words, such as commercial rounding."""
    told = sc.term_sheet(sc.Deal("Cents", sc.Hourly(rate=20), rounding=sc.Rounding(decimals=1)))
    assert told.rounding == (
        "Each amount is rounded, when it becomes due, to 1 decimal of the currency, half up "
        "(a tie goes away from zero)."
    )


def test_acronyms_stay_in_headings():
    """A heading has a capital at its start and keeps those within."""
    labels = [kind.label() for kind in (sc.KpiBonus, sc.KpiRebaselining, sc.KpiReview)]
    assert labels == ["KPI bonus", "KPI rebaselining", "KPI review"]
    review = sc.KpiReview(from_month=2, targets={"csat": 4.0})
    deal = sc.Deal("Reviewed", sc.Hourly(rate=20), [review], targets={"csat": 4.3})
    assert sc.term_sheet(deal).paragraphs[1].heading == "KPI review"


def test_every_form_says_the_same(hybrid):
    """Markdown, page and Word document hold every paragraph, definition, step and rounding."""
    page, document = text_of(hybrid.html()), words_of(hybrid.docx())
    facts = [text for kpi in hybrid.kpis for _, text in kpi.facts]
    for text in (
        *(one.text for one in hybrid.paragraphs),
        *(one.heading for one in hybrid.paragraphs),
        *(text for _, text in (*hybrid.parties, *hybrid.basis, *hybrid.outcome.facts)),
        *(kpi.word for kpi in hybrid.kpis),
        *facts,
        *hybrid.order,
        hybrid.rounding,
    ):
        assert text in hybrid.markdown()
        assert text in page
        assert text.lower() in document.lower()


def test_a_page_loads_and_runs_nothing(hybrid):
    """It stands alone, and its style reaches nothing outside of the sheet in a notebook."""
    page = hybrid.html()
    assert page.startswith("<!DOCTYPE html>")
    assert LOADS.search(page) is None
    fragment = hybrid._repr_html_()
    assert "<html" not in fragment
    rules = re.findall(r"^\s*([^{}@\n]+)\{", fragment.partition("</style>")[0], re.MULTILINE)
    assert rules
    assert [rule for rule in rules if not rule.startswith(".term-sheet")] == []
    assert hybrid._repr_markdown_() == hybrid.markdown()


def test_names_never_become_markup():
    """Whatever a file calls its parties, deals and KPIs is text in all three forms."""
    bad = "<b onclick=x()>|*A*_b_`c`[d](e)"
    scenario = small(
        parties={
            "buyer": {"name": bad, "discount_rate": 0},
            "provider": {"name": "P", "discount_rate": 0},
        },
        deals={bad: {"pricing": {"hourly": {"rate": 20}}}},
    )
    sheet = sc.term_sheet(bad, scenario)
    assert "<b onclick" not in sheet.html()
    assert bad in unescape(sheet.html())
    assert r"\<b onclick=x()\>\|\*A\*\_b\_\`c\`\[d\](e)" in sheet.markdown()
    assert bad in words_of(sheet.docx())


def test_a_word_table_is_not_cut_by_the_end_of_a_page(hybrid):
    """No row breaks across pages, each page repeats the header, and columns fill the text."""
    made = docx.Document(io.BytesIO(hybrid.docx()))
    for table in made.tables:
        marks = [[mark.tag.rpartition("}")[2] for mark in row._tr.trPr] for row in table.rows]
        has_header = table.cell(0, 0).text == "KPI"
        assert marks[0] == ["cantSplit"] + ["tblHeader"] * has_header
        assert all(mark == ["cantSplit"] for mark in marks[1:])
        assert sum(column.width.mm for column in table.columns) == pytest.approx(166, abs=0.1)


def test_a_word_document_names_nobody_and_no_day(hybrid):
    """Its properties hold the title alone, and the same sheet gives the same bytes."""
    made = hybrid.docx()
    assert made == hybrid.docx()
    about = docx.Document(io.BytesIO(made)).core_properties
    assert about.title == "Hybrid"
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert [name for name in parts.namelist() if "thumbnail" in name] == []
        assert [n for n in parts.namelist() if b"python-docx" in parts.read(n)] == []


@given(deals())
def test_every_drawn_deal_prints_with_all_of_its_numbers(deal):
    """No brace or bracket is left, and each number stands in the paragraph or decides its words."""
    sheet = sc.term_sheet(deal)
    assert not set(sheet.markdown()) & set("{}[]")
    for one, term in zip(sheet.paragraphs, deal.terms, strict=True):
        assert one.text.endswith(".")
        template = type(term).sentence()
        for field in set(type(term).model_fields) - set(term.planned):
            value, declared = value_of(term, field)
            if isinstance(value, int | float) and not isinstance(value, bool) and value:
                shown = in_words(value, declared) in one.text
                every = value == 1 and re.search(r"\b(every|each) ", one.text, re.IGNORECASE)
                assert shown or every or decided(field, template, term), (field, one.text)


def decided(field, template, term):
    """True where the field is a condition, or stands only in parts that others decide."""
    if re.search(rf"\bif {field} is ", template):
        return True
    parts = [part for part in re.findall(r"\[([^\[\]]*)\]", template) if f"{{{field}}}" in part]
    missing = [not all(getattr(term, x) for x in re.findall(r"\{(\w+)\}", part)) for part in parts]
    others = [part.startswith("if ") or gap for part, gap in zip(parts, missing, strict=True)]
    return f"{{{field}}}" not in re.sub(r"\[[^\[\]]*\]", "", template) and all(others)
