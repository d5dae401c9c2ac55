"""Ask a term whether it keeps the promises that the engine relies on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from scenarios.deal import Deal
from scenarios.errors import ScenarioError
from scenarios.pricing.hybrid import Hybrid
from scenarios.promises.answers import Case, MisshapenError, differs
from scenarios.promises.exact import exact, exact_world
from scenarios.promises.example import example_world
from scenarios.promises.sentence import unreadable
from scenarios.settling import settle
from scenarios.term import STAGES, Clause, Pricing, Term
from scenarios.world import Array, World

TOLERANCE = 1e-9
"""Relative difference allowed between floats and Decimals."""
NOISE = 1e-14
"""What floats lose in a running total, as a share of all fees: a limit takes two such apart."""
SHAKES = (3.0, 0.2)
"""What a series is multiplied by to see whether an answer that must not move moves."""


def check_clause(
    clause: Term, *, deal: Deal | None = None, world: World | None = None
) -> list[str]:
    """The promises that this clause (or pricing model) breaks, in words; empty if it keeps all.

    Its sentence must be one that a term sheet can fill in. It must give the same answer twice, in
    an allowed shape, finite, of its stage; write to nothing; look at no later month and at no other
    path; and give the same numbers in ``Decimal``. ``deal`` is where it stands, or may be added;
    ``world`` must hold what it reads. Without them it is asked in a hybrid deal in a small support
    desk, see ``example_world``.
    """
    world = example_world() if world is None else world
    before, whole = _around(clause, deal)
    case = Case(clause, before, world)
    said = [f"cannot be printed: {problem}" for problem in unreadable(clause)]
    broken = list(_answers(case, whole))
    return said + (broken or [words for promise in PROMISES for words in promise(case)])


def _around(term: Term, deal: Deal | None) -> tuple[Deal, Deal]:
    """The deal up to the term, and the deal with it."""
    if deal is None:
        pricing = Hybrid(base=20_000, rate={"agent": 11, "lead": 20}, per_unit=1)
        deal = Deal("Promises", pricing, targets={"csat": 4.3, "answer_hours": 7.0})
    if isinstance(term, Pricing):
        alone = deal.replace(pricing=term, clauses=())
        return alone, alone
    if not isinstance(term, Clause):
        raise TypeError(f"{type(term).__name__} is neither a clause nor a pricing model")
    place = next((n for n, other in enumerate(deal.clauses) if other is term), None)
    if place is None:
        stages = [STAGES.index(other.stage) for other in deal.clauses]
        place = sum(stage <= STAGES.index(term.stage) for stage in stages)
        clauses = (*deal.clauses[:place], term, *deal.clauses[place:])
        deal = deal.replace(clauses=clauses)
    return deal.replace(clauses=deal.clauses[:place]), deal


def _answers(case: Case, whole: Deal) -> Iterator[str]:
    """It answers at all, in an allowed shape, and the engine takes the answer."""
    try:
        answer = case.answer(case.world)
        settle(whole, case.world)
    except MisshapenError as error:
        yield str(error)
    except ScenarioError as error:
        yield "; ".join(problem.message for problem in error.problems)
    except Exception as error:  # noqa: BLE001  a clause may be anyone's code
        if "read-only" in str(error):
            yield f"writes to the world or the ledger: {error}"
        else:
            yield f"breaks off: {error}; give a deal and a world that it fits, if it does"
    else:
        for name, array in answer.items():
            if not np.isfinite(array.astype(float)).all():
                month, path = np.argwhere(~np.isfinite(array.astype(float)))[0]
                yield f"is not finite: its {name} in month {month}, path {path}"


def _same_twice(case: Case) -> Iterator[str]:
    where = differs(case.answer(case.world), case.answer(case.world))
    if where is not None:
        yield f"gives another answer when asked again: {where}; a term draws nothing"


def _writes_nothing(case: Case) -> Iterator[str]:
    written = case.written()
    if written:
        yield f"writes to the world or the ledger: it changed {', '.join(written)}"


def _no_later_month(case: Case) -> Iterator[str]:
    known, world = case.known, case.world
    for month in range(1, world.months):
        for shake in SHAKES:
            other = case.answer(world.each(_months_shaken(month, shake)))
            if (where := differs(known, other, before=month)) is not None:
                yield f"looks at later months: changing month {month} changed {where}"
                return
    for month in range(world.months - 1, 0, -1):
        if (where := differs(known, case.answer(world.head(month)), before=month)) is not None:
            yield f"looks at later months: leaving out month {month} and later changed {where}"
            return


def _no_later_stop(case: Case) -> Iterator[str]:
    world = case.world
    for month in range(1, min(world.months, world.end)):
        answer = case.answer(world.stopped(np.full(world.paths, month)))
        if (where := differs(case.known, answer, before=month)) is not None:
            yield f"looks at later months: a stop after month {month} changed {where}"
            return


def _no_other_path(case: Case) -> Iterator[str]:
    known, world = case.known, case.world
    for path in range(world.paths):
        others = np.arange(world.paths) != path
        for shake in SHAKES:
            answer = case.answer(world.each(_path_shaken(path, shake, world.paths)))
            if (where := differs(known, answer, paths=others)) is not None:
                yield f"looks at other paths: changing path {path} changed {where}"
                return
    turned = case.answer(world.each(lambda array: array[:, ::-1].copy()))
    if where := differs(known, {name: array[:, ::-1] for name, array in turned.items()}):
        yield f"looks at other paths: turning their order around changed {where}"


def _decimals_agree(case: Case) -> Iterator[str]:
    try:
        twin = Case(exact(case.term), exact(case.before), exact_world(case.world))
        answer = twin.known
    except Exception as error:  # noqa: BLE001  a clause may be anyone's code
        yield (
            f"fails on Decimals: {error}; write whole numbers and ledger.zeros() instead of "
            "float literals"
        )
        return
    for name, array in answer.items():
        if any(isinstance(x, float) for x in array.ravel()):
            yield f"fails on Decimals: its {name} comes back in floats"
            return
    noise = NOISE * float(np.abs(settle(case.before, case.world).fee).sum(axis=0).max())
    for name, array in answer.items():
        known, exactly = case.known[name].astype(float), array.astype(float)
        gap = np.abs(known - exactly) > TOLERANCE * np.abs(known).max() + noise
        if gap.any():
            month, path = np.argwhere(gap)[0]
            pair = f"{exactly[month, path]} and not {known[month, path]}"
            yield f"gives other numbers on Decimals: month {month}: its {name}, {pair}"


def _months_shaken(month: int, shake: float) -> Callable[[Array], Array]:
    def change(array: Array) -> Array:
        other = array.copy()
        other[month] *= shake
        return other

    return change


def _path_shaken(path: int, shake: float, paths: int) -> Callable[[Array], Array]:
    def change(array: Array) -> Array:
        other = array.copy()
        if array.shape[1] == paths:
            other[:, path] *= shake
        return other

    return change


PROMISES = (
    _same_twice,
    _writes_nothing,
    _no_later_month,
    _no_later_stop,
    _no_other_path,
    _decimals_agree,
)
