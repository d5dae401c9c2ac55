from hypothesis import strategies as st
from tests.pieces import INDEXED, by_year, periods, price_names, rates, shares

from scenarios.clauses.volume_bands import AdditionalBand, ReducedBand, VolumeBands
from scenarios.clauses.volume_rebaselining import VolumeRebaselining

UP = [{"up_to": 1.1, "rate": 3.5}, {"up_to": 1.3, "rate": 3.0}, {"rate": 2.0}]
DOWN = [{"down_to": 0.9, "rate": 3.0}, {"down_to": 0.7, "rate": 3.2}]
EXAMPLES = [
    {"baseline": 9_800.0, "deadband": 0.05, "additional": UP, "reduced": DOWN},
    {
        "baseline": [10_500.0, 9_000.0],
        "counts": "demand",
        "deadband": 0.05,
        "convention": "from the baseline",
        "additional": UP,
        "reduced": DOWN,
        "reduction_factor": 0.9,
    },
    {
        "baseline": 9_500.0,
        "counts": "verified",
        "deadband": 0.0,
        "additional": UP,
        "measured_every": 3,
    },
    {"baseline": 12_000.0, "counts": "claimed", "reduced": DOWN[1:], "measured_every": 12},
    {"baseline": 9_500.0, "deadband": 0.0, "additional": UP, "follows": "agent"},
    {
        "baseline": [10_500.0, 9_000.0],
        "deadband": 0.05,
        "additional": UP,
        "reduced": DOWN,
        "rebaselining": {"beyond": 0.03, "periods": 2, "charge_per_unit": 2.5},
        "follows": "agent",
    },
    {
        "baseline": 8_000.0,
        "deadband": 0.05,
        "additional": UP,
        "measured_every": 3,
        "rebaselining": {"beyond": 0.1, "periods": 1, "charge_per_unit": 2.5},
    },
]
BEFORE = INDEXED


AGAIN = st.builds(
    VolumeRebaselining,
    beyond=shares.map(lambda share: 0.3 * share),
    periods=st.integers(1, 4),
    charge_per_unit=rates,
)


@st.composite
def bands(draw):
    """Bands on one side or both, by either convention."""
    cliff = draw(st.booleans())
    deadband = 0.2 * draw(shares)
    top = 1 + deadband
    additional = []
    for _ in range(draw(st.integers(0, 2))):
        top += draw(st.floats(0.01, 0.5))
        additional.append(AdditionalBand(up_to=top, rate=draw(rates)))
    if not additional or draw(st.booleans()):
        additional.append(AdditionalBand(rate=draw(rates)))
    low, reduced = 1 - deadband, []
    for _ in range(draw(st.integers(0, 2))):
        low -= draw(st.floats(0.01, 0.3))
        reduced.append(ReducedBand(down_to=low, rate=draw(rates)))
    return VolumeBands(
        baseline=draw(by_year(st.floats(5_000, 15_000))),
        counts=draw(st.sampled_from(["completed", "verified", "claimed", "demand"])),
        deadband=deadband,
        convention="from the baseline" if cliff else "from the edge",
        additional=tuple(additional),
        reduced=tuple(reduced),
        reduction_factor=draw(st.floats(0, 2)) if cliff else 1,
        measured_every=draw(periods),
        follows=draw(st.sampled_from([None, "agent"])),
        rebaselining=draw(st.none() | AGAIN),
    )


DRAWN = bands()
NEUTRAL = [
    VolumeBands(baseline=9_000, additional=(AdditionalBand(rate=0),)),
    VolumeBands(baseline=9_000, reduced=(ReducedBand(rate=0),), convention="from the baseline"),
]
FEE_ONLY = True


def fitting(clause, charged):
    """Where the price that it follows is not charged, none."""
    return clause if clause.follows in price_names(charged) else clause.replace(follows=None)


def plainly(told, path):
    """Average of the period, then walk outwards from where counting starts, band after band."""
    charges, total, factor, run = [], 0, 1, []
    cliff = told.convention == "from the baseline"
    for month, units in enumerate(path[told.counts]):
        months = month % told.measured_every + 1
        total = units if months == 1 else total + units
        agreed = told.baseline
        if isinstance(agreed, tuple):
            agreed = agreed[min(month // 12, len(agreed) - 1)]
        price, baseline = 1, agreed * factor
        if told.follows is not None:
            price = path.price(told.follows)[month] / path.price(told.follows)[0]
        moved = 0
        if told.rebaselining is not None:
            moved = (baseline - agreed) * told.rebaselining.charge_per_unit * price
        if months < told.measured_every and month != path.final:
            charges.append(moved)
            continue
        average = total / months
        top, bottom = baseline * (1 + told.deadband), baseline * (1 - told.deadband)
        if average > top and told.additional:
            charge = upward(told, average, baseline, baseline if cliff else top)
        elif average < bottom and told.reduced:
            charge = -downward(told, average, baseline, baseline if cliff else bottom)
        else:
            charge = 0
        charges.append(charge * months * price + moved)
        if told.rebaselining is not None and months == told.measured_every:
            factor *= lasting(told.rebaselining, average, baseline, run)
    return {"fee": charges}


def lasting(again, average, baseline, run):
    """What the baseline is multiplied by; the run so far holds volumes and baselines."""
    side = 0
    if average > baseline * (1 + again.beyond):
        side = 1
    if average < baseline * (1 - again.beyond):
        side = -1
    if run and side != run[-1][0]:
        run.clear()
    if side:
        run.append((side, average, baseline))
    if len(run) < again.periods:
        return 1
    volumes, baselines = sum(one[1] for one in run), sum(one[2] for one in run)
    run.clear()
    return volumes / baselines


def upward(told, average, baseline, here):
    """The additional charge of an average month."""
    charge = 0
    for band in told.additional:
        last = band is told.additional[-1]
        end = average if last else min(average, band.up_to * baseline)
        if end > here:
            charge += (end - here) * band.rate
            here = end
    return charge


def downward(told, average, baseline, here):
    """The reduction of an average month."""
    credit = 0
    for band in told.reduced:
        end = max(average, band.down_to * baseline)
        if end < here:
            credit += (here - end) * band.rate
            here = end
    return credit * told.reduction_factor
