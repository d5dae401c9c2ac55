"""The section that says how bad a stress must get until the cheapest deal loses."""

from tests.reports.conftest import Seen
from tests.small import small

import scenarios as sc
from scenarios.reports import sections

DEALS = {
    "Hourly": {"pricing": {"hourly": {"rate": 20}}},
    "Headcount": {"pricing": {"hourly": {"rate": 22, "billing": "contracted"}}},
}


def test_each_stress_says_until_when_the_cheapest_stays_so():
    """Hours worked at 20 beat heads at 22 until a unit takes more hours; dearer wages move none,
    and what has nothing to change, such as automation, is left out.
    """
    parts = sections.turning(sc.simulate(small(deals=DEALS), paths=4, seed=1))
    seen = Seen("".join(parts))
    header, *rows = seen.tables[0]
    assert header == ["stress", "Hourly, the cheapest, stays cheaper than Headcount, the next"]
    assert [row[0] for row in rows] == ["key people leave"]
    assert rows[0][1].startswith("until a unit takes ")
    table, rest = seen.text.split("even where:")
    assert "the provider's cost of an hour rises by 100 %." in rest
    assert "once key people have left" in table
    assert "automation" not in seen.text


def test_one_deal_alone_loses_to_none():
    """Without another deal there is no order to turn."""
    alone = {"Hourly": DEALS["Hourly"]}
    assert sections.turning(sc.simulate(small(deals=alone), paths=4, seed=1)) == []
