"""The account of service credits: what is owed by KPI, carried forward, earned back and banked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.declared import Declared
from scenarios.quantities import Share, Span
from scenarios.term import Array, add_up
from scenarios.world import divisor, part_of


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
    """A limit on credits, and what becomes of those above it."""

    limit: Array
    """Amount at risk of the cap's period so far, (months, paths) [money]."""
    months: int
    """Months of the cap's period."""
    every: int
    """Months from one credit to the next."""
    carried: bool
    """True where what is above the cap goes on to the next period; else it lapses with its own."""

    @property
    def waits(self) -> bool:
        """True where what is above the cap may be given in a later month."""
        return self.carried or self.months > self.every

    def given(self, asked: Array) -> Array:
        """The credits given of those asked for, (months, paths) [money].

        Each month at most what is at risk so far in the period; what is above it waits.
        """
        if not self.waits:
            return np.minimum(asked, self.limit)
        given, account = np.empty_like(asked), _Account(self)
        for month, new in enumerate(asked):
            given[month] = account.credit(month, new[None])
            account.owed -= given[month]
        return given

    def by_kpi(self, asked: Array) -> Array:
        """What is given for each KPI, in proportion to what is owed for it, (months, KPIs, paths)
        as ``asked`` [money].
        """
        given, account = np.empty_like(asked), _Account(self)
        for month, new in enumerate(asked):
            now = account.credit(month, new)
            part_of(account.owed, now, divisor(account.total), out=given[month])
            if self.waits:
                account.owed -= given[month]
        return given


class _Account:
    """What is owed under a cap as the months go by, (KPIs, paths) [money]."""

    def __init__(self, cap: Cap) -> None:
        self.cap = cap
        self.owed: Any = 0
        self.total: Any = 0
        """What is owed for all KPIs, before this month's credit is taken off."""
        self.asked: Any = 0
        """What is owed in all in the cap's period so far, and what was waiting as it began."""

    def credit(self, month: int, asked: Array) -> Array:
        """What is given in this month, (paths,); the caller takes it off what is owed."""
        cap = self.cap
        fresh = not cap.waits or month % cap.months == 0
        if month == 0 or (fresh and not cap.carried):
            self.owed = asked.copy() if cap.waits else asked
        else:
            self.owed += asked
        self.total = add_up(self.owed)
        if fresh:
            self.asked = self.total.copy() if cap.months > 1 else self.total
            return np.minimum(self.total, cap.limit[month])
        self.asked = self.asked + add_up(asked)
        # Sums of the period, not what is left of them: a limit just reached leaves nothing over.
        now: Array = self.total - np.maximum(self.asked - cap.limit[month], 0)
        return now


class _Bank:
    """What is earned back and kept for later credits; the oldest deposit is used first."""

    def __init__(self, nothing: Array, expires: int | None) -> None:
        self.deposits, self.expires = [nothing], expires
        """All that was put in before each month."""
        self.gone = nothing
        """What of it is used or has lapsed."""

    def beyond(self, credit: Array) -> Array:
        """What of this month's credit the bank does not offset."""
        if self.expires is not None:
            lapsed = self.deposits[max(len(self.deposits) - 1 - self.expires, 0)]
            self.gone = np.maximum(self.gone, lapsed)
        used = np.minimum(self.deposits[-1] - self.gone, credit)
        self.gone = self.gone + used
        beyond: Array = credit - used
        return beyond

    def put(self, amount: Array) -> None:
        """Keep what this month earned back for the months after it."""
        self.deposits.append(self.deposits[-1] + amount)


def less_earned_back(asked: Array, due: Array, cap: Cap, terms: EarnBack) -> Array:
    """Minus the credits given, plus what is earned back in cash or offset by a bank, (months,
    paths) [money].

    ``asked`` is what is owed for each KPI, (months, KPIs, paths), and ``due`` where the credits of
    the first of them are earned back; those of the others never are. What is offset cannot be
    earned back.
    """
    change, may = np.empty_like(cap.limit), slice(due.shape[1])
    account, bank, critical = _Account(cap), None, due.shape[1] < asked.shape[1]
    if terms.paid_as == "bank":
        bank = _Bank(asked[0, 0] * 0, terms.bank_expires)
    left = asked[0, may] * 0
    # As amounts are: month by month NumPy takes three times as long to multiply by truth values.
    spare, open_ = left.copy(), (~due).view(np.int8).astype(asked.dtype)
    for month, new in enumerate(asked):
        now = account.credit(month, new)
        whole = of = divisor(account.total)
        mine, counts = account.owed[may], now
        if critical:
            of = divisor(add_up(mine))
            counts = part_of(add_up(mine), now, whole)
        beyond = counts if bank is None else bank.beyond(counts)
        left += part_of(mine, beyond, of, out=spare)
        np.multiply(left, open_[month], out=spare)
        left -= spare
        earned = add_up(left) if terms.share == 1 else add_up(left) * terms.share
        left, spare = spare, left
        if bank is None:
            np.subtract(earned, now, out=change[month])
        else:
            bank.put(earned)
            np.subtract(counts - now if critical else 0, beyond, out=change[month])
        if cap.waits:
            part_of(account.owed, account.total - now, whole, out=account.owed)
    return change
