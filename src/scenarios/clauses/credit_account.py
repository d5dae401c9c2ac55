"""The account of service credits: what is owed by KPI, carried forward, earned back and banked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.declared import Declared
from scenarios.quantities import Share, Span
from scenarios.term import Array, add_up, over_the_limit
from scenarios.world import running_total


class EarnBack(Declared):
    """When a KPI has been on target in {after} periods in a row, the provider earns back {share} of
    the credits given for it and not yet earned back[, but none for {critical}][if paid_as is cash:
    , in cash][if paid_as is bank: , as a bank that offsets later credits only and is never paid
    out][; what is not used lapses {bank_expires} months later]; where the cap reduces credits, what
    is given counts for each KPI in proportion to what was owed for it.
    """

    share: Share
    """Share of the credits that is earned back."""
    after: Span
    """Measuring periods on target in a row."""
    paid_as: Literal["cash", "bank"] = "cash"
    """Paid in the month it is earned, or kept to offset later credits."""
    bank_expires: Span | None = None
    """Months in which a bank can be used; none for no limit."""
    critical: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """KPIs whose failures are egregious: their credits are neither earned back nor offset."""

    @model_validator(mode="after")
    def _only_a_bank_expires(self) -> EarnBack:
        if self.bank_expires is not None and self.paid_as == "cash":
            raise ValueError("bank_expires needs paid_as: bank; cash does not lapse")
        return self


@dataclass(frozen=True, eq=False)
class Cap:
    """The limit on credits, and what becomes of those above it."""

    limit: Array
    """Amount at risk of the cap's period so far, (months, paths) [money]."""
    months: int
    """Months of the cap's period."""
    carried: bool
    """True where what is above the cap goes on to the next period; else it lapses with its own."""

    def given(self, asked: Array) -> Array:
        """The credits given of those asked for, (months, paths) [money].

        Each month at most what is at risk so far in the period; what is above it waits.
        """
        if not self.carried:
            return asked + over_the_limit(asked, self.limit, self.months)
        waiting, before = np.empty_like(asked), asked[0] * 0
        for start in range(0, len(asked), self.months):
            rows = slice(start, start + self.months)
            total = running_total(asked[rows]) + before
            waiting[rows] = np.maximum(total - self.limit[rows], 0)
            before = waiting[rows][-1]
        credit = asked - waiting
        credit[1:] += waiting[:-1]
        return credit

    def by_kpi(self, asked: Mapping[str, Array], given: Array) -> dict[str, Array]:
        """What is given for each KPI, in proportion to what is owed for it, (months, paths)
        [money].
        """
        if self.months == 1 and not self.carried:  # nothing waits for a later month
            whole = _divisor(add_up(asked.values()))
            return {kpi: one * given / whole for kpi, one in asked.items()}
        each = np.stack(list(asked.values()))
        parts, owed = np.empty_like(each), each[:, 0] * 0
        for month, total in enumerate(given):
            if month % self.months == 0 and not self.carried:
                owed = owed * 0
            owed = owed + each[:, month]
            parts[:, month] = owed * total / _divisor(owed.sum(axis=0))
            owed = owed - parts[:, month]
        return dict(zip(asked, parts, strict=True))


def earned_back(given: Mapping[str, Array], due: Mapping[str, Array], terms: EarnBack) -> Array:
    """What is paid back of the credits, in cash or by a bank's offset, (months, paths) [money].

    ``given`` are credits by KPI, ``due`` is where they are earned back.
    """
    kpis = [kpi for kpi in given if kpi not in terms.critical]
    if not kpis:
        return next(iter(given.values())) * 0
    if terms.paid_as == "cash":
        return np.asarray(add_up(_in_cash(given[kpi], due[kpi]) for kpi in kpis) * terms.share)
    rows = np.stack([given[kpi] for kpi in kpis])
    return _banked(rows, np.stack(np.broadcast_arrays(*(due[kpi] for kpi in kpis))), terms)


def _in_cash(credit: Array, due: Array) -> Array:
    """Each month's credits of a KPI that are due and not yet earned back, (months, paths)."""
    earned, left = np.empty_like(credit), credit[0] * 0
    for month, more in enumerate(credit):
        left = left + more
        earned[month] = left * due[month]
        left = left - earned[month]
    return earned


def _banked(given: Array, due: Array, terms: EarnBack) -> Array:
    """What the bank offsets each month, the oldest deposit first; rows are (KPIs, months, paths).

    What is offset cannot be earned back.
    """
    total = given.sum(axis=0)
    whole = _divisor(total)
    offset, left = np.empty_like(total), given[:, 0] * 0
    deposits = [total[0] * 0]  # all that was put in before each month
    gone = deposits[0]  # what of it is used or has lapsed
    for month in range(len(total)):
        if terms.bank_expires is not None:
            gone = np.maximum(gone, deposits[max(month - terms.bank_expires, 0)])
        offset[month] = np.minimum(deposits[month] - gone, total[month])
        gone = gone + offset[month]
        credit = given[:, month]
        left = left + (credit - credit * offset[month] / whole[month])
        earned = left * due[:, month]
        left = left - earned
        deposits.append(deposits[month] + earned.sum(axis=0) * terms.share)
    return offset


def _divisor(whole: Array) -> Array:
    """The whole that a part is a share of, or 1 where it is 0: nothing of nothing is 0."""
    divisor: Array = whole + (whole == 0)
    return divisor
