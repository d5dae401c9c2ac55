"""Each term is computed twice: in arrays by the package, and here plainly, one path at a time."""

from decimal import Decimal

import numpy as np
import pytest
from tests.strategies import TERMS, series

from scenarios.clauses import CLAUSES
from scenarios.deal import Deal
from scenarios.pricing import PRICING
from scenarios.pricing.hybrid import Hybrid
from scenarios.promises import exact
from scenarios.promises.answers import Case
from scenarios.settling import settle
from scenarios.term import STAGES, Change, Clause
from scenarios.world import World

MONTHS, CENT = 36, 0.005
NO_MONEY = ("price", "billable", "target", "stop", "end")
"""What answers are called that are factors or flags."""
BEFORE = Deal(
    "Before",
    Hybrid(base=20_000, rate={"agent": 11, "lead": 20}, per_unit=1),
    targets={"csat": (4.3, 4.32), "answer_hours": 7.0},
)
"""The deal that a term is added to, unless its file in tests/terms says another ``BEFORE``; a
pricing model takes the place of its pricing."""
PLAIN = [(kind, number) for kind, told in TERMS.items() for number, _ in enumerate(told.EXAMPLES)]


class Path:
    """One path of a world and of the ledger before the term, as lists of Decimals by month."""

    def __init__(self, world, ledger, path):
        self.world, self.ledger, self.path = world, ledger, path
        self.months, self.end, self.lower = world.months, world.end, world.lower_is_better
        self.last = None if world.last is None else int(world.last[path])
        self.month_hours = {r: Decimal(repr(h)) for r, h in world.month_hours.items()}

    def __getitem__(self, name):
        """A series of the world."""
        return self.plain(self.world[name])

    @property
    def roles(self):
        """The roles that work."""
        return self.world.roles

    @property
    def final(self):
        """The last month of the contract, agreed or stopped."""
        return self.end - 1 if self.last is None else min(self.last, self.end - 1)

    @property
    def fee(self):
        """The fee before the term."""
        return self.plain(self.ledger.fee)

    @property
    def paid(self):
        """What the provider is paid each month before the term."""
        return self.plain(self.ledger.cash)

    def line(self, name, book="fee"):
        """What an earlier line moved."""
        return self.plain(self.ledger[name].amounts[book])

    def book(self, name):
        """A book's total before the term."""
        return self.plain(self.ledger.total(name))

    def target(self, kpi):
        """The KPI's target in force."""
        return self.plain(self.ledger.targets[kpi])

    def price(self, name):
        """A price in force."""
        return self.plain(self.ledger.prices[name])

    def billable(self, name):
        """A billable quantity in force."""
        return self.plain(self.ledger.billable[name])

    def plain(self, array):
        """One path of an array, a list of Decimals."""
        column = array[:, self.path if array.shape[1] > 1 else 0]
        return [Decimal(repr(float(value))) for value in column]


class Refund(Clause):
    """In every fifth month the buyer is refunded more than the fee."""

    def apply(self, world, ledger):
        """Minus one and a half fees, in another month on each path."""
        return np.where((world.month + np.arange(world.paths)) % 5 == 0, ledger.fee * -1.5, 0)


class Deferral(Clause):
    """In every seventh month the provider waits a month for more than the fee."""

    stage = "cash"

    def apply(self, world, ledger):
        """60,000 a month later, in another month on each path."""
        later = np.where((world.month + np.arange(world.paths)) % 7 == 0, 60_000.0, 0.0)
        return Change(cash=ledger.later(later, 1) - later)


def random_world(paths):
    """36 months of a support desk, no two paths alike; the contract ends with them."""
    random = np.random.Generator(np.random.SFC64(20_260_717))
    return World(
        series=series(random, MONTHS, paths, paths, 0),
        paths=paths,
        end=MONTHS,
        lower_is_better=frozenset({"answer_hours"}),
        month_hours={"agent": 125.0, "lead": 125.0},
    )


def calm(before):
    """1,000 paths that run to the agreed end with fees above zero, and the deal as it is."""
    return random_world(1_000), before


def rough(before):
    """A contract of 32 of 36 months that two paths in three end before, each in another month; some
    fees and some months' cash are negative.
    """
    path = np.arange(300)
    last = np.where(path % 3 == 0, 99, path % 32)
    clauses = (*before.clauses, Refund(), Deferral())
    clauses = sorted(clauses, key=lambda clause: STAGES.index(clause.stage))
    return random_world(300).stopped(last).until(MONTHS - 4), before.replace(clauses=clauses)


@pytest.mark.slow
@pytest.mark.parametrize("course", [calm, rough])
@pytest.mark.parametrize(("kind", "number"), PLAIN, ids=str)
def test_a_term_in_arrays_equals_the_plain_computation(kind, number, course):
    """On random paths, in a calm and in a rough course of the contract, to the cent; factors on
    prices and quantities to 12 decimals.

    ``plainly(term, path)``, the term's numbers Decimals, gives each answer by name as a list of
    Decimals by month: ``fee``, ``cash``, ``price unit``, ``billable agent``, ``stop``, ``end``, or
    a budget row of a pricing model. A term that does not survive the contract is compared while it
    runs: what it moves later is cut off when it is posted.
    """
    told = TERMS[kind]
    term = (CLAUSES | PRICING)[kind].model_validate(told.EXAMPLES[number])
    before = getattr(told, "BEFORE", BEFORE)
    if kind in PRICING:  # it charges on prices and quantities of its own
        before = before.replace(pricing=term, clauses=())
    world, before = course(before)
    world = getattr(told, "world", lambda world: world)(world)
    ledger = settle(before, world)
    answer = Case(term, before, world).answer(world)
    checked = set()
    for path in range(world.paths):
        one = Path(world, ledger, path)
        counts = slice(None if term.survives else one.final + 1)
        for name, plain in told.plainly(exact(term), one).items():
            exactly = np.array([float(value) for value in plain])
            got = answer[name][:, path].astype(float)
            room = 1e-12 if name.split()[0] in NO_MONEY else CENT
            gaps = np.abs(got - exactly)[counts]
            assert (gaps <= room).all(), (name, path, int(gaps.argmax()), exactly, got)
            checked.add(name)
    charged = {name for name in answer if kind in CLAUSES or not name.startswith(("price", "bill"))}
    assert checked == charged, "every answer is computed twice"


def test_every_term_has_a_plain_computation():
    """Each file in tests/terms has one."""
    assert [kind for kind, told in TERMS.items() if not hasattr(told, "plainly")] == []
