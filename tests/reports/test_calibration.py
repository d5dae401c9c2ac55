"""The page of a calibration: everything that was found, and nothing that loads or runs."""

import re
from html import unescape

import numpy as np
import pandas as pd
import pytest

from scenarios import calibrate
from scenarios.reports.calibration import calibration_page

MONTHS = pd.period_range("2022-01", periods=30, freq="M")


@pytest.fixture(scope="module")
def export(tmp_path_factory):
    """A CSV of thirty months: volume and a service level, with a name that would be markup."""
    rng = np.random.default_rng(5)
    units = np.rint(800 * np.exp(0.1 * rng.standard_normal(30))).astype(int)
    met = np.rint(units * np.clip(0.9 + 0.02 * rng.standard_normal(30), 0, 1)).astype(int)
    table = pd.DataFrame({"month": MONTHS.astype(str), "tickets": units})
    table["service_level"] = (met / units).round(4)
    path = tmp_path_factory.mktemp("export") / "a<b>.csv"
    table.to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def made(export):
    """The calibration of that export and its page."""
    found = calibrate.tickets(export)
    return found, calibration_page(found, calibrate.backtest(export)).decode()


def test_every_number_stands_on_the_page_with_its_method(made):
    """Each row of the fit, each warning and each decision."""
    found, page = made
    text = " ".join(unescape(re.sub(r"<wbr>|<[^>]+>", " ", page)).split())
    flat = text.replace(" ", "")
    for name, row in found.fit.iterrows():
        assert str(name).replace(" ", "") in flat
        assert str(row["method"]) in text
    for words in (*found.warnings, *found.decisions):
        assert " ".join(words.split()).replace(" ", "") in flat


def test_the_sections_on_the_page_are_those_of_the_file(made):
    """What to copy is the text that to_yaml gives."""
    found, page = made
    shown = unescape(re.search(r"<pre>(.*?)</pre>", page, re.DOTALL)[1])
    assert shown.strip() == found.to_yaml().strip()


def test_the_page_says_how_well_it_would_have_predicted(made, export):
    """The backtest's sentence stands in it."""
    assert calibrate.backtest(export).verdict in unescape(made[1])


def test_the_page_loads_and_runs_nothing(made):
    """One picture with words, no script, and a file's name is never markup."""
    _, page = made
    assert re.findall(r'<img alt="[^"]+', page)
    assert "<script" not in page
    assert "a<b>" not in page
    assert "a&lt;b&gt;" in page
