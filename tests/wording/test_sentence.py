"""The little language of contract sentences, rule by rule, and every term's sentence in it."""

from decimal import Decimal
from typing import Annotated, Literal, Union, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import TERMS

import scenarios as sc
from scenarios.clauses import CLAUSES
from scenarios.deal import AnyPricing
from scenarios.declared import Declared
from scenarios.pricing import PRICING
from scenarios.promises.exact import exact
from scenarios.promises.sentence import BRACKET, CONDITION, faults, named, parsed
from scenarios.quantities import Change as RelativeChange
from scenarios.quantities import LevelByYear, MoneyByYear, PriceByYear, RateCard
from scenarios.wording.amounts import bound, number, per_cent
from scenarios.wording.sentence import sentence
from scenarios.wording.values import in_words, plain

KINDS = CLAUSES | PRICING
WRITTEN = [(kind, place) for kind, told in TERMS.items() for place, _ in enumerate(told.EXAMPLES)]


def said(text, currency="USD", /, **fields):
    """The sentence of a declaration made of this text and these (type, value) fields."""
    space = {"__doc__": text, "__annotations__": {k: kind for k, (kind, _) in fields.items()}}
    made = type("Made", (Declared,), space | {"__module__": __name__})
    return sentence(made(**{name: value for name, (_, value) in fields.items()}), currency)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (sc.Money, 33_000, "33,000 USD"),
        (sc.Money, 1234.5, "1,234.50 USD"),
        (sc.Money, 0, "0 USD"),
        (sc.Price, 5.25, "5.25 USD"),
        (sc.Price, 6, "6.00 USD"),
        (sc.Price, 0.9875, "0.9875 USD"),
        (sc.Price, 50_000, "50,000 USD"),
        (sc.Rate, 22, "22.00 USD"),
        (sc.Share, 0.05, "5 %"),
        (sc.Share, 0.12345, "12.345 %"),
        (sc.Share, 0.07, "7 %"),
        (RelativeChange, -0.025, "-2.5 %"),
        (sc.Units, 10_000, "10,000"),
        (sc.Months, 3, "3"),
        (bool, True, "yes"),
        (bool, False, "no"),
        (Literal["half up", "down"], "half up", "half up"),
        (str, "answer_hours", "answer hours"),
        (str, "Consumer prices, all_items", "Consumer prices, all_items"),
        (
            dict[str, sc.Share],
            {"csat": 0.6, "answer_hours": 0.4},
            "csat 60 % and answer hours 40 %",
        ),
        (RateCard, 22, "22.00 USD"),
        (
            RateCard,
            {"lead": 65, "engineer": 50, "qa": 40.5},
            "65.00 USD (lead), 50.00 USD (engineer) and 40.50 USD (qa)",
        ),
        (PriceByYear, 5, "5.00 USD"),
        (PriceByYear, (5.5,), "5.50 USD"),
        (MoneyByYear, (9, 8), "9 USD in contract year 1 and 8 USD from year 2 on"),
        (
            PriceByYear,
            (6, 5.25, 4.5),
            "6.00 USD in contract year 1, 5.25 USD in year 2 and 4.50 USD from year 3 on",
        ),
        (LevelByYear, (4.3, 4.4), "4.3 in contract year 1 and 4.4 from year 2 on"),
        (tuple[str, ...], ("agent", "team_lead", "qa"), "agent, team lead and qa"),
        (tuple[sc.Months, sc.Share], (3, 0.5), "3 and 50 %"),
        (sc.Money | None, None, "none"),
    ],
    ids=lambda x: str(x) if isinstance(x, str) else "",
)
def test_a_value_is_written_in_the_unit_that_its_field_declares(kind, value, words):
    """Money carries its currency, shares are per cents, lists and mappings are parts of speech."""
    assert in_words(value, kind, "USD") == words


def test_money_without_a_currency_is_its_digits():
    """A deal alone does not know the currency of its contract."""
    assert in_words(33_000.0, sc.Money) == "33,000"


@given(st.floats(0, 1e18))
def test_a_number_is_written_with_all_of_its_digits(value):
    """What is printed reads back as the number that the engine settles, to the last bit."""
    assert float(number(value).replace(",", "")) == value
    assert Decimal(number(value, 2).replace(",", "")) == Decimal(repr(value))
    share = Decimal(per_cent(value).removesuffix(" %").replace(",", ""))
    assert share / 100 == Decimal(repr(value))


def test_minus_nothing_is_nothing():
    """A negative zero is no amount of its own."""
    assert number(-0.0) == "0"


def test_exact_twins_say_the_same():
    """A term whose numbers are Decimals, as invoices are settled, reads like the one in floats."""
    term = sc.PerOutcome(price=(6.0, 5.25), base_fee=900.0, minimum=33_000.0)
    assert sentence(exact(term), "USD") == sentence(term, "USD")


def test_a_part_in_brackets_needs_all_its_numbers():
    """It is left out where a field in it is none, empty, 0 or no; what remains is a sentence."""
    text = "The buyer pays {fee}[, at most {cap} a month][, plus {extra}]."
    fields = {"fee": (sc.Money, 5), "cap": (sc.Money | None, None), "extra": (sc.Money, 0)}
    assert said(text, **fields) == "The buyer pays 5 USD."
    fields |= {"cap": (sc.Money | None, 9), "extra": (sc.Money, 1)}
    assert said(text, **fields) == "The buyer pays 5 USD, at most 9 USD a month, plus 1 USD."


@pytest.mark.parametrize(
    ("kind", "value", "text", "expected"),
    [
        (Literal["stop work", "go on"], "go on", "[if x is go on: all goes on].", "All goes on."),
        (Literal["stop work", "go on"], "stop work", "A[if x is go on: and on].", "A."),
        (Literal["stop work", "go on"], "stop work", "A[if x is not go on: stops].", "A stops."),
        (bool, True, "A[if x is yes: , audited].", "A, audited."),
        (bool, False, "A[if x is yes: , audited].", "A."),
        (sc.Money | None, None, "A[if x is none: without a cap].", "A without a cap."),
        (sc.Money | None, 0, "A[if x is not none: up to {x}].", "A up to 0 USD."),
        (Literal[1, 3], 3, "A[if x is 3: quarterly].", "A quarterly."),
        (dict[str, sc.Share], {}, "A[if x is none: unweighted].", "A unweighted."),
    ],
)
def test_a_condition_decides_alone(kind, value, text, expected):
    """A part that begins with a condition stands where the condition holds, and only there."""
    assert said(text, x=(kind, value)) == expected


def test_one_month_is_no_months():
    """A number 1 takes the singular, and every 1 months is every month; 11 and 2.1 stay."""
    text = "Every {one} months, {one} decimals, {many} months, {part} units."
    one, many, part = (sc.Months, 1), (sc.Months, 11), (sc.Units, 2.1)
    expected = "Every month, 1 decimal, 11 months, 2.1 units."
    assert said(text, one=one, many=many, part=part) == expected


def test_parts_are_sentences_of_their_own():
    """Nested declarations say their own sentences, one after the other."""

    class Band(Declared):
        """Up to {limit} units cost {price} each."""

        limit: sc.Units
        price: sc.Price

    bands = (Band(limit=100, price=2), Band(limit=200, price=1.5))
    expected = "Units: up to 100 units cost 2.00 USD each; up to 200 units cost 1.50 USD each."
    assert said("Units: {bands}.", bands=(tuple[Band, ...], bands)) == expected
    named_bands = {"day_shift": bands[0]}
    assert said("By shift: {x}.", x=(dict[str, Band], named_bands)) == (
        "By shift: day shift: up to 100 units cost 2.00 USD each."
    )


def test_a_pricing_model_within_a_term_is_in_its_own_words():
    """A one-key nested term reads as the sentence it would have alone."""
    alone = sentence(sc.Hourly(rate=20), "USD")
    nested = said("First, {start}", start=(AnyPricing, sc.Hourly(rate=20)))
    assert nested == f"First, {alone[0].lower()}{alone[1:]}"


def test_what_a_sentence_does_not_name_follows_at_its_end():
    """A clause of one's own may forget a number in its sentence: the paper does not."""
    assert said("A fee is paid", fee=(sc.Money, 5), cap_at=(sc.Share, 0.1)) == (
        "A fee is paid. Fee 5 USD; cap at 10 %."
    ).replace("Fee", "fee")
    assert said("", fee=(sc.Money, 5)) == "Fee 5 USD."


def test_text_of_a_value_is_never_read_as_a_sentence():
    """Braces and brackets in a name are printed, not filled."""
    assert said("It is {x}[ and {x}].", x=(str, "[{y}]")) == "It is [{y}] and [{y}]."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The {fe}.", "there is no field in the sentence of Made named 'fe'"),
        ("The [if fe is yes: fee] {fee}.", "there is no field in the sentence of Made named 'fe'"),
        ("The [{fee}.", "has no partner"),
        ("The {fee.", "has no partner"),
        ("The [at [{fee}]].", "has no partner"),
        ("The {fee}[, always].", "names no field"),
    ],
)
def test_a_sentence_that_cannot_be_read_is_an_error(text, told):
    """It says what is wrong with the sentence, and which fields there are."""
    with pytest.raises(sc.ScenarioError, match="sentence of Made") as caught:
        said(text, fee=(sc.Money, 5))
    assert told in str(caught.value)


@pytest.mark.parametrize("kind", KINDS)
def test_every_term_says_every_number(kind):
    """The sentence of each term parses and names every field, as a value or as a condition, but
    for those that are planned and not agreed: it names none of them.
    """
    term = KINDS[kind]
    assert faults(term) == []
    assert set(term.planned) <= set(term.model_fields)
    assert sorted(set(term.model_fields) - set(named(term))) == sorted(term.planned)


def test_a_condition_may_need_two_things():
    """Joined by and, both must hold."""
    text = "It is[if x is none and y is not 0:  without a limit][ up to {x}][ from {y}]."
    for x, y, expected in (
        (None, 2, "It is without a limit from 2 USD."),
        (None, 0, "It is."),
        (3, 2, "It is up to 3 USD from 2 USD."),
    ):
        assert said(text, x=(sc.Money | None, x), y=(sc.Money, y)) == expected


def test_what_is_planned_is_never_printed():
    """A planned field is neither named nor added at the end; a sentence that names it is wrong."""

    class Visits(sc.Clause):
        """The buyer may visit the provider."""

        planned = ("visits",)
        visits: sc.Months = 3

    class Told(Visits):
        """The buyer visits the provider {visits} times."""

    assert sentence(Visits(visits=7)) == "The buyer may visit the provider."
    with pytest.raises(sc.ScenarioError, match="planned and not agreed"):
        sentence(Told(visits=7))


@pytest.mark.parametrize("kind", KINDS)
def test_every_condition_can_hold(kind):
    """A condition compares a field with a word that it may be, else it would never stand."""
    term = KINDS[kind]
    for field, value in conditions(term.sentence()):
        words = possible(term.model_fields[field].annotation)
        assert not words or value in words, (field, value, words)


def conditions(text):
    """Field and value of each condition in a sentence."""
    found = filter(None, map(CONDITION.match, BRACKET.findall(text)))
    return [(field, value) for match in found for field, _, value in parsed(match["tests"])]


def possible(annotation):
    """The words that a field may be; empty where it may be any."""
    origin, arms = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return {plain(word) for word in arms}
    if annotation is bool:
        return {"yes", "no"}
    if annotation is type(None):
        return {"none"}
    if origin is Annotated:
        return possible(arms[0])
    if origin is Union or origin is type(int | str):
        words = [possible(arm) for arm in arms if arm is not type(None)]
        return set() if not all(words) else set().union(*words, {"none"})
    return set()


@pytest.mark.parametrize(("kind", "place"), WRITTEN, ids=str)
def test_no_example_says_none(kind, place, monkeypatch):
    """A number that is not there is left out, not called none; nothing of the language is left."""
    asked = []

    def noting(value, *rest):
        asked.append(value)
        return in_words(value, *rest)

    monkeypatch.setattr("scenarios.wording.sentence.in_words", noting)
    term = KINDS[kind].model_validate(TERMS[kind].EXAMPLES[place])
    text = sentence(term, "USD")
    assert [value for value in asked if value in (None, (), {})] == []
    assert not set(text) & set("{}[]")
    assert not any(wrong in text for wrong in ("  ", " ,", " .", ",,", "..", ", ."))


def test_a_number_and_its_unit_stay_on_one_line():
    """A page breaks no line between 33,000 and USD, or between 5 and %."""
    assert bound("5 % of 33,000 USD a month") == "5\u00a0% of 33,000\u00a0USD a month"
