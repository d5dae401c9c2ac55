from decimal import Decimal

import numpy as np
import pytest
from tests.strategies import TERMS as TOLD

from scenarios.clauses import CLAUSES
from scenarios.clauses.fee_cap import FeeCap
from scenarios.clauses.indexation import Indexation
from scenarios.clauses.not_to_exceed import NotToExceed
from scenarios.deal import Deal
from scenarios.declared import Declared
from scenarios.errors import SettlementError
from scenarios.pricing import PRICING
from scenarios.pricing.hourly import Hourly
from scenarios.pricing.outcome import PerOutcome
from scenarios.promises import check_clause, exact, exact_world, example_world
from scenarios.settling import settle
from scenarios.term import Change, Clause, Pricing

EXAMPLES = {kind: told.EXAMPLES for kind, told in TOLD.items()}
"""Every term with numbers at which it has something to do in the example world."""
TERMS = CLAUSES | PRICING
GIVEN = [TERMS[kind].model_validate(x) for kind, given in EXAMPLES.items() for x in given]


def test_every_clause_and_pricing_model_is_checked():
    """Whatever discovery finds has a file in tests/terms, and nothing else has."""
    assert set(EXAMPLES) == set(TERMS)


@pytest.mark.parametrize("term", GIVEN, ids=repr)
def test_every_term_keeps_its_promises(term):
    """No term of the package breaks a promise."""
    assert check_clause(term) == []


@pytest.mark.parametrize("term", [t for t in GIVEN if isinstance(t, Clause)], ids=repr)
def test_every_example_has_something_to_do(term):
    """In the example world each clause moves an amount: a promise kept by silence says nothing.

    A file in tests/terms may say the pricing model that it needs, ``CHARGED``, and the contract's
    ``MONTHS``.
    """
    world = example_world()
    targets = {"csat": 4.3, "answer_hours": 7.0}
    pricing = getattr(TOLD[term.keyword()], "CHARGED", Hourly(rate=20))
    months = getattr(TOLD[term.keyword()], "MONTHS", None)
    deal = Deal("Busy", pricing, (term,), targets=targets, months=months)
    line = settle(deal, world)[term.label()]
    assert all(np.any(amounts != 0) for amounts in line.amounts.values())


def clause(apply, **members):
    """A clause of this answer, as a person might write one."""
    members = {"__module__": __name__, "apply": lambda _, *asked: apply(*asked), **members}
    return type("Written", (Clause,), members)()


def half_the_price(_world, ledger):
    ledger.prices["base"] = ledger.prices["base"] / 2
    return ledger.zeros()


def no_hours(world, ledger):
    world["hours"][0] = 0
    return ledger.zeros()


def not_due_yet(_world, ledger):
    ledger.scorecard.due["csat"] = 10
    return ledger.zeros()


def other_weights(world, ledger):
    ledger.scorecard.reviews.append((world.month >= 3, {"csat": 1}))
    return ledger.zeros()


def better_than_read(world, ledger):
    world.average("csat", 3)[0] = 5
    return ledger.zeros()


def luck(_world, ledger):
    return ledger.zeros() - np.random.default_rng().uniform(size=ledger.fee.shape)


def cents_in_decimals(_world, ledger):
    return -(ledger.fee % 1) if ledger.fee.dtype == object else ledger.zeros()


def divided_by_nothing(_world, ledger):
    with np.errstate(all="ignore"):
        return ledger.fee / (ledger.fee * 0)


def before_the_best_month(_clause, _world, ledger):
    return np.roll(ledger.fee, -1, axis=0) == ledger.fee.max(axis=0)


def last_price(_, world):
    return {"base": world["index.wages"][-1:] + 0 * world["index.wages"]}


LOOKS_AHEAD = clause(lambda _, ledger: ledger.zeros() - ledger.fee[-1:])
PRICES_AHEAD = type(
    "PricesAhead",
    (Pricing,),
    {
        "__module__": __name__,
        "prices": last_price,
        "charge": lambda *asked: {"fixed fee": asked[-1].prices["base"]},
    },
)()


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (LOOKS_AHEAD, "looks at later months: changing month 17 changed month 0: its fee"),
        (PRICES_AHEAD, "looks at later months: changing month 17 changed month 0: its price base"),
        (
            clause(lambda _, ledger: ledger.zeros(), stops=before_the_best_month),
            "looks at later months: changing month 1 changed month 0: its stop",
        ),
        (
            clause(lambda world, ledger: ledger.zeros() - world.months),
            "looks at later months: leaving out month 17 and later changed month 0: its fee",
        ),
        (
            clause(lambda world, ledger: ledger.zeros() - (world.last is None)),
            "looks at later months: a stop after month 1 changed month 0: its fee",
        ),
        (
            clause(lambda _, ledger: -ledger.fee.mean(axis=1, keepdims=True)),
            "looks at other paths: changing path 0 changed path 1, month 0: its fee",
        ),
        (
            clause(lambda world, ledger: ledger.zeros() - np.arange(world.paths)),
            "looks at other paths: turning their order around changed month 0: its fee",
        ),
        (clause(half_the_price), "writes to the world or the ledger: it changed the price base"),
        (clause(no_hours), "writes to the world or the ledger: assignment destination"),
        (clause(not_due_yet), "writes to the world or the ledger: it changed the month from which"),
        (clause(other_weights), "writes to the world or the ledger: it changed KPI review 1"),
        (clause(better_than_read), "writes to the world or the ledger: assignment destination"),
        (clause(luck), "gives another answer when asked again: month 0: its fee"),
        (clause(lambda _, ledger: ledger.fee * -0.5), "fails on Decimals: unsupported operand"),
        (
            clause(lambda _, ledger: np.zeros(ledger.fee.shape)),
            "fails on Decimals: its fee comes back in floats",
        ),
        (clause(cents_in_decimals), "gives other numbers on Decimals: month 0: its fee"),
        (
            clause(lambda _, ledger: ledger.fee.sum(axis=0)),
            "its fee has the shape (7,); allowed are (months, paths) = (18, 7)",
        ),
        (
            clause(lambda *_: Change(price={"base": np.ones(18)}), stage="revise"),
            "its price base has the shape (18,)",
        ),
        (
            clause(lambda _, ledger: Change(cash=ledger.zeros())),
            "its stage is 'money' but it changes cash",
        ),
        (clause(divided_by_nothing), "is not finite: its fee in month 0, path 0"),
        (clause(lambda *_: None), "returned nothing: return an array or a Change"),
        (clause(lambda *_: Change(), __doc__="At most {cap}."), "cannot be printed: there is no"),
        (clause(lambda *_: Change(), __doc__="A [cap"), "cannot be printed: the sentence of Wri"),
    ],
)
def test_a_broken_promise_is_said_in_words(bad, words):
    """Each promise has a term that breaks it, and the words say which promise it is."""
    broken = check_clause(bad)
    assert any(entry.startswith(words) for entry in broken), broken


def test_a_clause_may_change_nothing_on_purpose():
    """An empty Change is an answer, where no answer at all is a forgotten return."""
    assert check_clause(clause(lambda *_: Change())) == []
    deal = Deal("Forgotten", Hourly(rate=22), (clause(lambda *_: None),))
    with pytest.raises(SettlementError, match="term written: returned nothing: return an array"):
        settle(deal, example_world())


class Bracket(Declared):
    """Up to {most]."""

    most: float = 1


class Graded(Clause):
    """The buyer pays by bracket: {brackets}."""

    brackets: tuple[Bracket, ...] = (Bracket(),)

    def apply(self, world, ledger):
        """Nothing."""
        return ledger.zeros()


def test_what_a_clause_is_made_of_can_be_printed_too():
    """A sentence within the sentence is read as well."""
    (broken,) = check_clause(Graded())
    assert broken.startswith("cannot be printed: the sentence of Bracket: a bracket or brace has")


def test_a_clause_that_does_not_fit_says_what_it_lacks():
    """A clause of another world is not blamed in silence: what it misses is named."""
    (broken,) = check_clause(Indexation(index="copper"))
    assert "there is no series named 'index.copper'" in broken


def test_a_clause_is_asked_where_it_stands():
    """Inside a deal given, a clause is asked on the ledger up to its own place."""
    cap, ceiling = FeeCap(monthly=30_000), NotToExceed(amount=400_000)
    deal = Deal("Two", Hourly(rate=22), (cap, ceiling))
    assert check_clause(cap, deal=deal) == []
    assert check_clause(ceiling, deal=deal, world=example_world()) == []
    assert check_clause(LOOKS_AHEAD, deal=deal) != []


def test_only_terms_can_be_asked():
    """What is neither a clause nor a pricing model is refused by its type's name."""
    with pytest.raises(TypeError, match="Deal is neither a clause nor a pricing model"):
        check_clause(Deal("A deal", Hourly(rate=22)))


def test_an_exact_twin_has_the_numbers_that_a_person_wrote():
    """Floats become the shortest Decimals that mean them, whole numbers and names stay."""
    deal = exact(
        Deal("Exact", PerOutcome(price=(0.1, 0.2)), (Indexation(index="wages", cap=0.03),))
    )
    assert deal.pricing.price == (Decimal("0.1"), Decimal("0.2"))
    assert deal.clauses[0].cap == Decimal("0.03")
    assert (deal.clauses[0].every, deal.clauses[0].index, deal.name) == (12, "wages", "Exact")


def test_an_exact_world_settles_in_decimals():
    """Every amount of an exact deal in an exact world is a Decimal."""
    world = exact_world(example_world())
    ledger = settle(exact(Deal("Exact", Hourly(rate=22.1), (FeeCap(monthly=50_000.0),))), world)
    assert {type(x) for x in ledger.fee.ravel()} == {Decimal}
