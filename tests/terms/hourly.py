from hypothesis import strategies as st
from tests.pieces import card, given, rates, small_shares

EXAMPLES = [
    {"rate": 22.0},
    {"rate": {"agent": 20.0, "lead": 40.0}, "billing": "contracted"},
    {"rate": {"agent": 20.0, "lead": 40.0}, "overtime": 1.5, "materials": "at cost"},
    {
        "rate": 22.0,
        "billing": "contracted",
        "overtime": 1.25,
        "materials": "at cost",
        "handling": 0.05,
    },
]
DRAWN = given(
    "hourly",
    rate=card(rates),
    billing=st.sampled_from(["worked", "contracted"]),
    overtime=st.none() | st.floats(1, 2),
) | given(
    "hourly",
    rate=card(rates),
    billing=st.sampled_from(["worked", "contracted"]),
    materials=st.just("at cost"),
    handling=st.just(0) | small_shares,
)


def plainly(hourly, path):
    """Hours times rate, role by role; then overtime and materials."""
    worked = hourly.billing == "worked"
    hours, extra = [0] * path.months, [0] * path.months
    for role in path.roles:
        rate = hourly.rate[role] if isinstance(hourly.rate, dict) else hourly.rate
        billed = path[f"hours.{role}" if worked else f"contracted.{role}"]
        for month in range(path.months):
            hours[month] += billed[month] * rate
        if hourly.overtime is not None:
            for month, over in enumerate(path[f"overtime.{role}"]):
                whole = over * rate * hourly.overtime
                extra[month] += whole - over * rate if worked else whole
    if hourly.materials == "at cost":
        for month, outlay in enumerate(path["cost.materials"]):
            extra[month] += outlay + outlay * hourly.handling
    if worked:
        return {"variable fee": [a + b for a, b in zip(hours, extra, strict=True)]}
    if hourly.overtime is None and hourly.materials == "included":
        return {"fixed fee": hours}
    return {"fixed fee": hours, "variable fee": extra}
