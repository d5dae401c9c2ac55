import numpy as np
from hypothesis import strategies as st
from tests.pieces import annual, by_year, shares

from scenarios.clauses.minimum_commitment import MinimumCommitment

EXAMPLES = [
    {"annual": [620_000.0, 700_000.0], "share": 0.9},
    {"annual": [650_000.0, 250_000.0], "make_up_years": 1},
    {"annual": 900_000.0, "relief": 0.02, "baseline_units": 10_500.0},
    {"annual": [700_000.0, 650_000.0], "share": 0.8, "on_termination": "all that is unmet"},
    {"annual": [500_000.0, 720_000.0], "share": 0.8, "surplus_years": 1},
    {"total": 1_900_000.0, "share": 0.7},
    {
        "total": 2_000_000.0,
        "share": 0.9,
        "relief": 0.01,
        "baseline_units": 10_100.0,
        "on_termination": "all that is unmet",
    },
    {
        "annual": [660_000.0, 560_000.0, 680_000.0],
        "share": 0.75,
        "make_up_years": 1,
        "surplus_years": 2,
        "on_termination": "all that is unmet",
    },
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
        "share": draw(shares),
        "on_termination": draw(st.sampled_from(["pro rata", "all that is unmet"])),
    }
    if draw(st.integers(0, 3)):
        years = st.integers(0, 3)
        fields |= {"make_up_years": draw(years), "surplus_years": draw(years)}
        fields["annual"] = draw(by_year(annual))
    else:
        fields["total"] = draw(annual)
    if draw(st.booleans()):
        fields |= {"relief": draw(shares), "baseline_units": draw(st.floats(1_000, 20_000))}
    return MinimumCommitment(**fields)


DRAWN = commitments()
NEUTRAL = [
    MinimumCommitment(annual=0),
    MinimumCommitment(annual=500_000, share=0),
    MinimumCommitment(annual=0, make_up_years=3, on_termination="all that is unmet"),
    MinimumCommitment(annual=0, surplus_years=3, make_up_years=1),
    MinimumCommitment(total=0),
    MinimumCommitment(total=500_000, share=0),
]
FEE_ONLY = True


def world(world):
    """Contracts that stop in any month, or run to their agreed end."""
    return world.stopped(8 + np.arange(world.paths) % 40)


def plainly(minimum, path):
    """Year by year on paper: what was charged, what was committed, what the banks still hold."""
    change, paid, surplus, charged, units = [0] * path.months, [], [], 0, 0
    demand, every = path["demand"], 12 if minimum.total is None else path.end
    last = min(path.last, path.end - 1)
    for month, fee in enumerate(path.fee[: last + 1]):
        charged += fee
        units += demand[month]
        if (month + 1) % every and month != last:
            continue
        year, early = month // 12, month < path.end - 1 and month == last
        committed = committed_so_far(minimum, month, path.end, units)
        share, later = minimum.share, 0
        if early and minimum.on_termination == "all that is unmet":
            rest, later = not_run(minimum, month, path.end)
            committed, share = committed + rest, 1
        lacking = max(committed - charged, 0) + later
        lacking -= from_bank(surplus, lacking, year - minimum.surplus_years)
        above = max(charged - committed, 0)
        used = from_bank(paid, above, year - minimum.make_up_years)
        if minimum.surplus_years:
            of_later = min(above - used, lacking)
            lacking -= of_later
            surplus.append({"year": year, "left": above - used - of_later})
        paid.append({"year": year, "left": lacking * share})
        change[month] = lacking * share - used
        charged, units = 0, 0
    return {"fee": change}


def committed_so_far(minimum, month, end, units):
    """The commitment of the period's months, lower where business has fallen."""
    if minimum.total is None:
        months = month % 12 + 1
        committed = of_year(minimum.annual, month // 12) * months / 12
    else:
        months = month + 1
        committed = minimum.total * months / end
    if minimum.relief is None or units >= minimum.baseline_units * months * (1 - minimum.relief):
        return committed
    return committed * units / (minimum.baseline_units * months)


def not_run(minimum, month, end):
    """The commitment for the months that do not run: of this contract year, and of later ones."""
    if minimum.total is not None:
        return minimum.total * (end - 1 - month) / end, 0
    this_year, later = 0, 0
    for unrun in range(month + 1, end):
        amount = of_year(minimum.annual, unrun // 12) / 12
        if unrun // 12 == month // 12:
            this_year += amount
        else:
            later += amount
    return this_year, later


def from_bank(bank, wanted, since):
    """What the entries of a bank, not older than a year, give of what is wanted."""
    used = 0
    for entry in bank:
        if entry["year"] >= since:
            take = min(wanted - used, entry["left"])
            entry["left"] -= take
            used += take
    return used


def of_year(amounts, year):
    """One amount, or that of a contract year, the last going on."""
    return amounts[min(year, len(amounts) - 1)] if isinstance(amounts, tuple) else amounts
