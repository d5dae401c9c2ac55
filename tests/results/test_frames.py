import importlib
import inspect
import pkgutil
import re

import pandas as pd
import pytest

import scenarios as sc
from scenarios import results, sensitivity
from scenarios.results.frames import SHARES, Table, cell

NAMED = re.compile(r"``([^`]+)``([^`;:.]*)")
"""A name in a docstring, and what is said of it until the next name, stop, colon or semicolon."""


def functions():
    """The functions of results and sensitivity."""
    for package in (results, sensitivity):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for _, one in inspect.getmembers(importlib.import_module(module.name)):
                if inspect.isfunction(one) and one.__module__ == module.name:
                    yield one


def called_shares():
    """Columns that the docstring of a function calls a share or a chance."""
    return {
        " ".join(name.split())
        for one in functions()
        for name, said in NAMED.findall(inspect.getdoc(one) or "")
        if re.search(r"\bthe\s+(share|chance)\b", said)
    }


def test_what_a_docstring_calls_a_share_shows_in_percent():
    """Each such column is one of ``SHARES``."""
    called = called_shares()
    assert {"missed from outside", "months on target", "chance over", "paid back"} <= called
    assert called <= SHARES


@pytest.fixture(scope="module")
def tables(desk):
    """Tables of the support desk, whose KPIs partly come from outside."""
    run = sc.simulate(desk.scenario.change({"kpis.csat.external": 0.5}), paths=200)
    return {
        name: getattr(run, name)()
        for name in ("attainment", "maturity", "summary", "cash", "budget", "incentives")
    }


def test_what_is_named_a_share_shows_in_percent(tables):
    """No row or column whose name has the word share or chance is shown as a plain number."""
    names = {
        str(part)
        for table in tables.values()
        for axis in (table.index, table.columns)
        for label in axis
        for part in (label if isinstance(label, tuple) else (label,))
        if re.search(r"\b(share|chance)\b", str(part))
    }
    assert {"share of ceiling", "chance over", "provider share"} <= names
    assert names <= SHARES


def test_attainment_and_maturity_show_percent(tables):
    """What was missed from outside, and the last phase's 99.5 % of the ceiling."""
    attainment, maturity = tables["attainment"], tables["maturity"]
    assert attainment.written()["missed from outside"].str.fullmatch(r"\d+\.\d%|-").all()
    assert maturity.written().loc["mature", "share of ceiling"] == "99.5%"


@pytest.mark.parametrize(
    ("value", "name", "shown"),
    [
        (0.14, "missed from outside", "14.0%"),
        (0.14, "sd", "0.14"),
        (1234.4, "sd", "1,234"),
        (-0.0001, "sd", "0.00"),
        (float("nan"), "share", "-"),
        ("2026-01", "P10", "2026-01"),
    ],
)
def test_a_number_shows_as_people_write_it(value, name, shown):
    """Shares in percent, separators, no negative zero."""
    assert cell(value, name) == shown
    assert Table(pd.DataFrame({name: [value]})).written().iloc[0, 0] == shown
