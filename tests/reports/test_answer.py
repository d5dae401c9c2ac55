"""Who pays when the work of a backlog takes a month longer."""

import pytest

from scenarios.deal import Deal
from scenarios.pricing import PRICING
from scenarios.reports.sections.answer import month_more

UNITS = {"name": "half", "amount": 900.0, "units": 5.0}
BUYER, PROVIDER = "the buyer pays it", "the provider bears it"
TOLD = [
    ("hourly", {"rate": 20}, BUYER),
    ("hourly", {"rate": 20, "billing": "contracted"}, ""),
    ("per_outcome", {"price": 6}, PROVIDER),
    ("per_outcome", {"price": 6, "base_fee": 9}, ""),
    ("hybrid", {"per_unit": 6}, PROVIDER),
    ("hybrid", {"rate": 9, "per_unit": 6}, "both share it"),
    ("hybrid", {"rate": 9, "per_unit": 6, "maximum": 9_000}, ""),
    ("fixed_price", {"price": 9_000}, PROVIDER),
    ("fixed_price", {"milestones": [UNITS]}, PROVIDER),
    ("per_result", {"results": [UNITS]}, PROVIDER),
    ("value_share", {"share": 0.2}, ""),
    (
        "glide_path",
        {"start": {"hourly": {"rate": 9}}, "end": {"per_outcome": {"price": 6}}, "weights": [0.5]},
        "",
    ),
]


@pytest.mark.parametrize(("kind", "given", "told"), TOLD, ids=str)
def test_who_pays_a_month_more_is_said_where_it_is_plain(kind, given, told):
    """Hours worked are the buyer's, fixed and outcome prices the provider's; else nothing is said.

    A minimum, a maximum or headcount that is paid anyway make it a longer story.
    """
    assert month_more(Deal("Longer", PRICING[kind].model_validate(given))) == told
