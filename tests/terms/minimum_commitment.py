import numpy as np
from hypothesis import strategies as st
from tests.pieces import annual, by_year, shares

from scenarios.clauses.minimum_commitment import MinimumCommitment

EXAMPLES = [
    {"annual": [620_000.0, 700_000.0], "share": 0.9},
    {"annual": [650_000.0, 250_000.0], "make_up_years": 1},
    {"annual": 900_000.0, "relief": 0.02, "baseline_units": 10_500.0},
    {"annual": [700_000.0, 650_000.0], "share": 0.8, "on_termination": "all that is unmet"},
    {
        "annual": [700_000.0, 500_000.0, 400_000.0],
        "make_up_years": 2,
        "relief": 0.1,
        "baseline_units": 10_000.0,
        "on_termination": "all that is unmet",
    },
]


@st.composite
def commitments(draw):
    """Commitments with any of their options."""
    fields = {
        "annual": draw(by_year(annual)),
        "share": draw(shares),
        "make_up_years": draw(st.integers(0, 3)),
        "on_termination": draw(st.sampled_from(["pro rata", "all that is unmet"])),
    }
    if draw(st.booleans()):
        fields |= {"relief": draw(shares), "baseline_units": draw(st.floats(1_000, 20_000))}
    return MinimumCommitment(**fields)


DRAWN = commitments()
NEUTRAL = [
    MinimumCommitment(annual=0),
    MinimumCommitment(annual=500_000, share=0),
    MinimumCommitment(annual=0, make_up_years=3, on_termination="all that is unmet"),
]
FEE_ONLY = True


def world(world):
    """Contracts that stop in any month, or run to their agreed end."""
    return world.stopped(8 + np.arange(world.paths) % 40)


def plainly(minimum, path):
    """Year by year on paper: what was charged, what was committed, what the bank still holds."""
    change, bank, charged, units = [0] * path.months, [], 0, 0
    demand = path["demand"]
    for month, fee in enumerate(path.fee[: path.last + 1]):
        charged += fee
        units += demand[month]
        if (month + 1) % 12 and month not in (path.end - 1, path.last):
            continue
        early = month == path.last and month < path.end - 1
        committed = committed_so_far(minimum, month, units)
        share, later = minimum.share, 0
        if early and minimum.on_termination == "all that is unmet":
            rest, later = not_run(minimum, month, path.end)
            committed, share = committed + rest, 1
        paid = max(committed - charged, 0) * share + later
        above = max(charged - committed, 0)
        used = from_bank(bank, above, month // 12 - minimum.make_up_years)
        bank.append({"year": month // 12, "left": paid})
        change[month] = paid - used
        charged, units = 0, 0
    return {"fee": change}


def committed_so_far(minimum, month, units):
    """The commitment of the year's months, lower where business has fallen."""
    months = month % 12 + 1
    committed = of_year(minimum.annual, month // 12) * months / 12
    if minimum.relief is None or units >= minimum.baseline_units * months * (1 - minimum.relief):
        return committed
    return committed * units / (minimum.baseline_units * months)


def not_run(minimum, month, end):
    """The commitment for the months that do not run: of this contract year, and of later ones."""
    this_year, later = 0, 0
    for unrun in range(month + 1, end):
        amount = of_year(minimum.annual, unrun // 12) / 12
        if unrun // 12 == month // 12:
            this_year += amount
        else:
            later += amount
    return this_year, later


def from_bank(bank, above, since):
    """What earlier shortfalls, not older than a year, pay of the charges above."""
    used = 0
    for entry in bank:
        if entry["year"] >= since:
            take = min(above - used, entry["left"])
            entry["left"] -= take
            used += take
    return used


def of_year(amounts, year):
    """One amount, or that of a contract year, the last going on."""
    return amounts[min(year, len(amounts) - 1)] if isinstance(amounts, tuple) else amounts
