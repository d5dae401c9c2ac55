"""The answer in one sentence, and other findings, built from the numbers of tables."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from scenarios.reports.style import drawn, money, plain, share

OFF = "uncertainty off"
REASON = 0.2
"""From this share of the gain of automating sooner a party is said to have a reason to."""


def reason(incentive: float) -> str:
    """What a party's share of the gain of automating sooner amounts to, in words."""
    if not math.isfinite(incentive):
        return "nothing to gain"
    if incentive >= REASON:
        return "a reason to automate"
    return "little reason to automate" if incentive > 0 else "a reason not to automate"


def who_keeps_it(table: pd.DataFrame) -> str:
    """The answer where something is automated: who keeps the saving, who has a reason to save.

    It names the deal that leaves the buyer most among those under which the provider has a reason
    to automate, and, if another one, the deal that leaves the buyer most of all.
    """
    currency = table.attrs["currency"]
    saving = float(table["saving", OFF].iloc[0])
    if saving <= 0:
        return (
            f"Automation saves nothing: measured by the reference deal's bill, a mature month "
            f"costs {money(-saving)} {currency} more than without it."
        )
    keeps, incentive = table["buyer keeps", OFF], table["incentive", OFF]
    most = str(keeps.idxmax())
    willing = keeps[incentive >= REASON]
    whole = f"{money(saving)} {currency} a month that automation saves"
    if willing.empty:
        best = str(incentive.idxmax()) if incentive.notna().any() else most
        return (
            f"No deal gives the provider a reason to automate ({best} comes closest, with "
            f"{share(float(incentive[best]))} of the gain from automating sooner); {most} leaves "
            f"the buyer {money(keeps[most])} of the {whole}."
        )
    both = str(willing.idxmax())
    sentence = (
        f"Under {both} the buyer keeps {_part(keeps[both], saving)} of the {whole}, and the "
        f"provider has a reason to automate (it keeps {share(float(incentive[both]))} of what "
        f"automating sooner brings)"
    )
    if both == most:
        return f"{sentence}; no deal leaves the buyer more."
    return (
        f"{sentence}; {most} leaves the buyer {_part(keeps[most], saving)}, but gives the provider "
        f"{reason(float(incentive[most]))}."
    )


def _part(part: float, whole: float) -> str:
    if math.isclose(part, whole):
        return f"all {money(part)}"
    return money(part) if part > 0 else "nothing" if part == 0 else f"{money(part)} (less than now)"


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
    return (
        f"Under {widest} the buyer carries the uncertainty: each {unit} costs it "
        f"{_range(cost.loc[widest])} {currency} all in (P10 to P90); under {calmest} the provider "
        f"does: the buyer's cost is {_range(cost.loc[calmest])}, and the provider's contribution "
        f"{_range(left.loc[calmest])}, with a chance of a loss of {share(losses[calmest])}."
    )


def _range(row: pd.Series) -> str:
    return f"{drawn(float(row['P10']))} to {drawn(float(row['P90']))}"


def budgets(table: pd.DataFrame) -> str:
    """Which deal is least likely to go over the approved money, and which most."""
    if "chance over" not in table.index.get_level_values("row"):
        return "No budget is approved in this scenario, so no chance of going over it is shown."
    over = table.xs("chance over", level="row")["total"]
    least, most = str(over.idxmin()), str(over.idxmax())
    if math.isclose(over[least], over[most]):
        return (
            f"Every deal goes over all years' approved money with a chance of {share(over[least])}."
        )
    return (
        f"Over all fiscal years {least} is the deal least likely to cost more than was approved "
        f"({share(float(over[least]))}), {most} the one most likely to "
        f"({share(float(over[most]))})."
    )


def in_the_price(keeps: pd.Series, gain: pd.Series) -> str:
    """Which deals give the buyer its part of the saving whether or not anything is automated."""
    deals = [str(deal) for deal in keeps.index if keeps[deal] >= 1 and abs(gain[deal]) < 1]
    if not deals:
        return ""
    return (
        f"{' and '.join(deals)}: the buyer's part of the saving is in the price already; it comes "
        "whether the provider automates or not."
    )


def changes(case: Mapping[str, object]) -> str:
    """What a named case changes."""
    parts = (
        f"{path} = {plain(value) if isinstance(value, int | float) else value}"
        for path, value in case.items()
    )
    return ", ".join(parts)
