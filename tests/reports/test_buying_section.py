"""The section that tells buying hours from buying outcomes."""

from tests.reports.conftest import Seen
from tests.small import small

import scenarios as sc
from scenarios.reports import sections


def test_the_section_shows_six_rows_with_their_numbers():
    """Each question with its measures, one column a deal, and a sentence for each below."""
    deals = {
        "Hourly": {
            "pricing": {"hourly": {"rate": 20}},
            "clauses": [{"coordination": {"buyer": 500}}],
        },
        "Outcome": {"pricing": {"per_outcome": {"price": 40, "minimum": 2_000}}},
    }
    run = sc.simulate(small(deals=deals), paths=10, seed=1)
    heading, table, sentences = sections.hours_against_outcomes(run)
    assert "Hours against outcomes" in heading
    header, *rows = Seen(table).tables[0]
    assert header == ["", "Hourly", "Outcome"]
    assert [row[0].split(" | ")[0] for row in rows] == list(
        map(str.capitalize, run.hours_against_outcomes().attrs["rows"])
    )
    said = {row[0].split(" | ")[0]: row[1:] for row in rows}
    assert said["What you buy"] == ["100\u00a0% | 0\u00a0%", "0\u00a0% | 100\u00a0%"]
    assert said["Execution risk"] == ["200\u00a0%", "0\u00a0%"]
    assert said["Progress visibility"] == ["0\u00a0% | 0\u00a0%", "50\u00a0% | 100\u00a0%"]
    assert said["Management load"] == ["500 | 0", "0 | 0"]
    assert sentences.count("<li>") == len(rows)
