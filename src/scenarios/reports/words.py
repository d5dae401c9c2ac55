"""The answer in one sentence, and other findings, built from the numbers of tables."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Mapping, Sequence

import pandas as pd

from scenarios.reports.style import drawn, money, plain, share

OFF = "uncertainty off"
REASON = 0.2
"""From this share of what automating brings both parties, one has a reason to automate."""
HALF = 0.5
"""Amounts below it read as nothing [money]."""
WIDER = 1.5
"""A deal leaves the buyer with the uncertainty where its cost varies so many times as much."""
ALIKE = 0.01
"""Chances closer than this are not told apart."""


def reason(gain: float, joint: float) -> str:
    """What automating is worth to a party over the term, by its part of what both gain [money]."""
    if abs(gain) < HALF:
        return "nothing to gain" if abs(joint) < HALF else "no reason to automate"
    if gain < 0:
        return "a reason not to automate"
    return "a reason to automate" if gain >= REASON * joint else "little reason to automate"


def who_keeps_it(table: pd.DataFrame, months: int) -> str:
    """The answer where something is automated: who keeps the saving, who has a reason to save.

    It names the deal that leaves the buyer most among those under which the provider has a reason
    to automate, and, if another one, the deal that leaves the buyer most of all. ``months`` is the
    scenario's length, over which the provider's gain is told.
    """
    known = table[table["buyer keeps", OFF].notna()]
    early = [str(deal) for deal in table.index if deal not in known.index]
    if known.empty:
        return (
            "Every deal ends before automation is mature: no month shows who keeps what it saves."
        )
    ended = f"; {joined(early)} {_ends(early)} before automation is mature" if early else ""
    return f"{_saved(known, months)}{ended}."


def _ends(deals: Sequence[str]) -> str:
    return "ends" if len(deals) == 1 else "end"


def _saved(table: pd.DataFrame, months: int) -> str:
    """The answer of deals that all see automation mature, without its full stop."""
    currency = table.attrs["currency"]
    saving, keeps = (table[name, OFF] for name in ("saving", "buyer keeps"))
    gain, joint = (table[name, OFF] for name in ("provider gain", "joint gain"))
    most = str(keeps.idxmax())
    if saving[most] < HALF:
        if saving[most] > -HALF:
            return "Automation saves nothing within the term"
        return (
            f"Automation saves nothing: measured by the reference deal's bill, a mature month "
            f"costs {money(-saving[most])} {currency} more than without it"
        )
    whole = f"the {money(saving[most])} {currency} a month that automation saves"
    verdicts = [reason(*both) for both in zip(gain, joint, strict=True)]
    willing = keeps[[verdict == "a reason to automate" for verdict in verdicts]]
    if willing.empty:
        best = str(gain.idxmax())
        return (
            f"No deal gives the provider a reason to automate ({best} comes closest: automating "
            f"{_brings(gain[best])} over {months} months); {most} leaves the buyer "
            f"{_of(keeps[most], saving[most], whole)}"
        )
    both = str(willing.idxmax())
    sentence = (
        f"Under {both} the buyer keeps {_of(keeps[both], saving[both], whole)}, and automating "
        f"{_brings(gain[both])} over {months} months"
    )
    if keeps[most] - keeps[both] < HALF:
        return f"{sentence}; no deal leaves the buyer more"
    return (
        f"{sentence}; {most} leaves the buyer {_part(keeps[most], saving[most])}, but automating "
        f"{_brings(gain[most])}"
    )


def _brings(gain: float) -> str:
    """What automating does for the provider [money over the term]."""
    if abs(gain) < HALF:
        return "brings the provider nothing"
    return f"{'earns' if gain > 0 else 'costs'} the provider {money(abs(gain))}"


def _of(part: float, saving: float, whole: str) -> str:
    if part > saving + HALF:
        return f"{money(part)}, more than {whole}"
    return f"all of {whole}" if part > saving - HALF else f"{_part(part, saving)} of {whole}"


def _part(part: float, saving: float) -> str:
    if part > saving + HALF:
        return f"{money(part)}, more than is saved"
    if part > saving - HALF:
        return f"all {money(part)}"
    if abs(part) < HALF:
        return "nothing"
    return money(part) if part > 0 else f"nothing (it pays {money(-part)} more)"


def joined(names: Sequence[str]) -> str:
    """Names in a sentence: ``A, B and C``."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def margins(table: pd.DataFrame, one_offs: Mapping[str, float]) -> list[str]:
    """The deals whose provider gains over the term but not at the margin, or the other way round.

    ``table`` is ``run.incentives()``; ``one_offs`` is what the provider invests, by deal [money].
    """
    told = []
    for deal, row in table.iterrows():
        gain, sooner = float(row["provider gain"]), float(row["incentive"])
        if abs(gain) < HALF or not gain * sooner < 0:
            continue
        start = f"{deal}: over the term automating {_brings(gain)}, at the margin it "
        if gain > 0:
            told.append(f"{start}loses by a month sooner.")
            continue
        covered = gain + one_offs[str(deal)] > 0
        why = ": the one-off is spent either way" if covered else ""
        told.append(f"{start}keeps {share(sooner)} of a month sooner{why}.")
    return told


def who_carries_it(table: pd.DataFrame, losses: Mapping[str, float], unit: str) -> str:
    """The answer where nothing is automated: whose result swings, per unit of result."""
    currency = table.attrs["currency"]
    cost, left = table["buyer all-in"], table["provider contribution"]
    swing = cost["P90"] - cost["P10"]
    widest, calmest = str(swing.idxmax()), str(swing.idxmin())
    if widest == calmest:
        return (
            f"Under {widest} each {unit} costs the buyer {_range(cost.loc[widest])} {currency} all "
            f"in (P10 to P90) and leaves the provider {_range(left.loc[widest])}."
        )
    kept = left["P90"] - left["P10"]
    if swing[widest] < WIDER * swing[calmest]:
        return _nobody_carries_it(table, losses, unit)
    if kept[calmest] <= kept[widest]:
        return (
            f"{calmest} spares the buyer uncertainty that the provider does not take up: each "
            f"{unit} costs the buyer {_range(cost.loc[calmest])} {currency} all in (P10 to P90), "
            f"under {widest} {_range(cost.loc[widest])}; the provider's contribution is "
            f"{_range(left.loc[calmest])}, under {widest} {_range(left.loc[widest])}. It comes "
            f"with the terms of {widest}, such as a fee at risk, a bonus or an index."
        )
    return (
        f"Under {widest} the buyer carries the uncertainty: each {unit} costs it "
        f"{_range(cost.loc[widest])} {currency} all in (P10 to P90); under {calmest} the provider "
        f"does: the buyer's cost is {_range(cost.loc[calmest])}, and the provider's contribution "
        f"{_range(left.loc[calmest])}, with a chance of a loss of {share(losses[calmest])}."
    )


def _nobody_carries_it(table: pd.DataFrame, losses: Mapping[str, float], unit: str) -> str:
    """The answer where deals move cost and hardly the buyer's risk: the cheapest and the dearest,
    and under which the provider's result varies most.
    """
    cost, left = table["buyer all-in"], table["provider contribution"]
    cheap, dear = str(cost["P50"].idxmin()), str(cost["P50"].idxmax())
    swings = str((left["P90"] - left["P10"]).idxmax())
    return (
        f"No deal takes the uncertainty off the buyer: under {cheap}, the cheapest, each {unit} "
        f"costs it {_range(cost.loc[cheap])} {table.attrs['currency']} all in (P10 to P90), under "
        f"{dear} {_range(cost.loc[dear])}; the provider's contribution varies most under {swings}, "
        f"{_range(left.loc[swings])}, with a chance of a loss of {share(losses[swings])}."
    )


def _range(row: pd.Series) -> str:
    return f"{drawn(float(row['P10']))} to {drawn(float(row['P90']))}"


def budgets(table: pd.DataFrame) -> str:
    """Which deal is least likely to go over the approved money, and which most."""
    if "chance over" not in table.index.get_level_values("row"):
        return "No budget is approved in this scenario, so no chance of going over it is shown."
    over = table.xs("chance over", level="row")["total"]
    least, most = (
        [str(deal) for deal in over.index if abs(over[deal] - end) < ALIKE]
        for end in (over.min(), over.max())
    )
    if len(most) == len(over):
        return (
            f"All deals are alike in going over all years' approved money: a chance of "
            f"{share(float(over.max()))}."
            if len(over) > 1
            else f"{most[0]} goes over all years' approved money with a chance of "
            f"{share(float(over.max()))}."
        )
    return (
        f"Over all fiscal years {_alike(least, over.min(), 'least')} to cost more than was "
        f"approved, {_alike(most, over.max(), 'most')}."
    )


def _alike(deals: Sequence[str], chance: float, rank: str) -> str:
    if len(deals) == 1:
        return f"{deals[0]} is {rank} likely ({share(chance)})"
    return f"{joined(deals)} are alike {rank} likely (about {share(chance)})"


def fiscal_years(years: Sequence[str], starts: int) -> str:
    """What a fiscal year's name says, where it does not begin with the calendar year."""
    if starts == 1:
        return ""
    return f" {years[0]}: starts in {month_name[starts]} {years[0].removeprefix('FY')}."


def in_the_price(keeps: pd.Series, gain: pd.Series) -> str:
    """Which deals give the buyer its part of the saving whether or not anything is automated."""
    deals = [str(deal) for deal in keeps.index if keeps[deal] >= 1 and abs(gain[deal]) < 1]
    if not deals:
        return ""
    return (
        f"{joined(deals)}: the buyer's part of the saving is in the price already; it comes "
        "whether the provider automates or not."
    )


def changes(case: Mapping[str, object]) -> str:
    """What a named case changes; a whole section is told by its own numbers."""
    return ", ".join(
        f"{path} = {_later(value) if path.endswith('.path') else _told(value)}"
        for path, value in case.items()
    )


def _later(steps: object) -> str:
    """Where a KPI is expected later, each level with its month."""
    if not isinstance(steps, list | tuple):
        return _told(steps)
    return " and ".join(f"{_told(level)} in month {_told(month)}" for month, level in steps)


def _told(value: object) -> str:
    if isinstance(value, Mapping):
        return " and ".join(f"{name} {_told(part)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return " to ".join(_told(part) for part in value)
    return plain(value) if isinstance(value, int | float) else str(value)
