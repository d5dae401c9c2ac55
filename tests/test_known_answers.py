from pathlib import Path

import numpy as np
import pytest

from scenarios.clauses import CLAUSES
from scenarios.deal import Deal
from scenarios.io.document import read_document
from scenarios.pricing import PRICING
from scenarios.promises import exact, exact_world
from scenarios.settling import settle
from scenarios.world import World

FILES = sorted((Path(__file__).parent / "known_answers").glob("*.yaml"))
CASES = [(file.stem, case) for file in FILES for case in read_document(file).data["cases"]]
IDS = [f"{stem}: {case['rule']}" for stem, case in CASES]
CENT = 0.005
"""Answers are to the cent unless a case says ``within``."""


def by_month(given, months):
    """A series as a case writes it: one number for every month, or months such as ``11 x 0``."""
    if not isinstance(given, list):
        return np.full((months, 1), float(given))
    values = [value for entry in given for value in entries(entry)]
    assert len(values) == months, f"{given} has {len(values)} months, not {months}"
    return np.array(values)[:, None]


def entries(entry):
    """One month's number, or ``11 x 0`` for eleven months of 0."""
    if not isinstance(entry, str):
        return [float(entry)]
    times, _, value = entry.partition(" x ")
    return [float(value)] * int(times)


def world_of(case):
    """The world that a case describes, on one path; its months are those of its longest list."""
    series = case["world"]
    lists = [given for given in (series | case["expect"]).values() if isinstance(given, list)]
    months = max(sum(len(entries(entry)) for entry in given) for given in lists)
    made = {name: by_month(given, months) for name, given in series.items()}
    lower = frozenset(case.get("lower_is_better", ()))
    hours = case.get("month_hours", {})
    return World(series=made, paths=1, end=months, lower_is_better=lower, month_hours=hours)


def amounts(ledger, what):
    """What a case calls ``fee``, ``paid``, ``outstanding``, a line, or ``line, book``."""
    if what in ("fee", "paid", "outstanding"):
        whole = {"fee": "fee", "paid": "cash", "outstanding": "outstanding"}[what]
        return np.asarray(getattr(ledger, whole))
    line, _, book = what.partition(", ")
    return ledger[line].amounts[book or "fee"]


def check(case, ledger, months):
    within = case.get("within", CENT)
    for what, given in case["expect"].items():
        got = np.broadcast_to(amounts(ledger, what), (months, 1)).astype(float)
        np.testing.assert_allclose(got, by_month(given, months), rtol=0, atol=within, err_msg=what)
    for what, total in case.get("in_all", {}).items():
        assert float(amounts(ledger, what).sum()) == pytest.approx(total, abs=within), what


def deal_of(case):
    return Deal.model_validate({"name": "Known answer", **case["deal"]})


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=IDS)
def test_a_known_answer_comes_out(case):
    """Each case of known_answers settles, month by month, to the numbers that it says."""
    world = world_of(case)
    check(case, settle(deal_of(case), world), world.months)


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=IDS)
def test_a_known_answer_comes_out_in_decimals(case):
    """The same numbers come out when the same deal is settled in Decimal."""
    world = world_of(case)
    check(case, settle(exact(deal_of(case)), exact_world(world)), world.months)


def test_every_term_has_known_answers():
    """Each clause and pricing model has a file, whose cases use it and say a source."""
    assert {file.stem for file in FILES} == {*CLAUSES, *PRICING}
    for stem, case in CASES:
        deal = deal_of(case)
        assert stem in {term.keyword() for term in deal.terms}, case["rule"]
        assert case["source"], case["rule"]
