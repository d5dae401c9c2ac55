"""Known answers of public functions: each case says which is called, with what, and what comes."""

from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import scenarios as sc
from scenarios.io.document import read_document

FILES = sorted((Path(__file__).parent / "known_answers" / "functions").glob("*.yaml"))
CASES = [(file.stem, case) for file in FILES for case in read_document(file).data["cases"]]
IDS = [f"{stem}: {case['rule']}" for stem, case in CASES]
NEAR = 0.005
"""Answers are to this unless a case says ``within``."""


def ishigami(a, b):
    """Ishigami and Homma's function of three inputs."""

    def model(given):
        first, second, third = given.values()
        return np.sin(first) + a * np.sin(second) ** 2 + b * third**4 * np.sin(first)

    return model


MADE = {
    "normal": lambda given: stats.norm(*given),
    "between": lambda given: stats.uniform(given[0], given[1] - given[0]),
    "array": np.array,
    "process": lambda given: sc.calibrate.OrnsteinUhlenbeck(**given),
    "packages": sc.packages,
    "ishigami": lambda given: ishigami(**given),
}
"""What a case cannot write down, by the one key under which it says how to make it."""


def made(given):
    """What is given, with what a case could not write down made."""
    if not isinstance(given, dict):
        return given
    key = next(iter(given)) if len(given) == 1 else None
    if key in MADE:
        return MADE[key](given[key])
    return {name: made(value) for name, value in given.items()}


def answers(case):
    """What the function returns, or, where a case goes through values of one, all that it does."""
    called, given = attrgetter(case["call"])(sc), made(case["with"])
    if "each" not in case:
        return called(**given)
    ((name, values),) = case["each"].items()
    return [called(**given, **{name: value}) for value in values]


def part(found, key):
    """What a case calls by this name: key, column, attribute, method or ``method argument``."""
    if isinstance(found, pd.DataFrame):
        return found[tuple(key.split(", "))]
    if isinstance(found, Mapping | pd.Series):
        return found[key]
    name, _, argument = key.partition(" ")
    value = getattr(found, name)
    if argument:
        return value(float(argument))
    return value() if callable(value) else value


def is_it(found, given, within):
    """Whether what was found is what a case says, in every part that it names."""
    if isinstance(given, dict):
        return all(is_it(part(found, key), value, within) for key, value in given.items())
    if isinstance(given, list):
        pairs = zip(found, given, strict=True)
        return all(is_it(one, value, within) for one, value in pairs)
    if isinstance(given, str | bool):
        return found == given
    return found == pytest.approx(given, rel=0, abs=within)


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=IDS)
def test_a_known_answer_comes_out(case):
    """Each case of known_answers/functions gives what it says."""
    found = answers(case)
    assert is_it(found, case["expect"], case.get("within", NEAR)), f"{found} is not as expected"
    assert case["source"], case["rule"]


@pytest.mark.parametrize("case", [case for _, case in CASES if "not" in case])
def test_a_wrong_answer_does_not(case):
    """What was published wrongly, or would follow from a usual mistake, does not come out."""
    found, wrong = answers(case), case["not"]
    for one in (
        [{key: value} for key, value in wrong.items()] if isinstance(wrong, dict) else [wrong]
    ):
        assert not is_it(found, one, case.get("within", NEAR))
