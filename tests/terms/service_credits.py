from hypothesis import strategies as st
from tests.pieces import (
    WEIGHTS,
    decimals,
    failure_levels,
    given,
    periods,
    repeats,
    shares,
    small_shares,
    weights,
)
from tests.plain_kpis import closes, misses, on_target

from scenarios.clauses.credit_account import EarnBack
from scenarios.clauses.service_credits import ServiceCredits

LEVELS = [
    {"kpi": "csat", "worse_than": 4.25, "times": 2.0},
    {"kpi": "csat", "worse_than": 4.15, "times": 4.0},
    {"kpi": "answer_hours", "worse_than": 8.25, "times": 3.0},
]
CASH = {"share": 0.5, "after": 2}
BANK = {"share": 1.0, "after": 1, "paid_as": "bank", "critical": ["answer_hours"]}
EXAMPLES = [
    {"at_risk": 0.1, "weights": WEIGHTS, "pool": 2.0},
    {"at_risk": 0.1, "weights": WEIGHTS, "measured_every": 3, "cap_per": "contract year"},
    {"at_risk": 0.1, "weights": WEIGHTS, "decimals": 1},
    {"at_risk": 0.3, "weights": {"csat": 0.05}, "basis": "fee", "levels": LEVELS[:2]},
    {"at_risk": 0.1, "weights": WEIGHTS, "levels": LEVELS, "repeat": [1, 1.2, 1.5]},
    {
        "at_risk": 0.1,
        "weights": WEIGHTS,
        "repeat": [1, 2],
        "measured_every": 3,
        "excess": "carried forward",
    },
    {
        "at_risk": 0.1,
        "weights": WEIGHTS,
        "pool": 2.5,
        "excess": "carried forward",
        "cap_per": "contract year",
    },
    {"at_risk": 0.1, "weights": WEIGHTS, "pool": 2.0, "annual_at_risk": 0.06},
    {"at_risk": 0.1, "weights": WEIGHTS, "earn_back": CASH},
    {"at_risk": 0.1, "weights": WEIGHTS, "pool": 1.5, "earn_back": BANK},
    {
        "at_risk": 0.1,
        "weights": WEIGHTS,
        "pool": 1.5,
        "excess": "carried forward",
        "earn_back": {**BANK, "bank_expires": 2, "critical": []},
    },
]


def capped_by_the_year_too(clause, share):
    """With a second cap, a share of the first, where that holds by the month."""
    if share is None or clause.cap_per == "contract year" or not clause.at_risk:
        return clause
    return clause.replace(annual_at_risk=clause.at_risk * share)


cash = st.builds(EarnBack, share=shares, after=st.integers(1, 6))
banked = st.builds(
    EarnBack,
    share=shares,
    after=st.integers(1, 6),
    paid_as=st.just("bank"),
    bank_expires=st.none() | st.integers(1, 12),
    critical=st.sampled_from([(), ("csat",)]),
)
ONE_CAP = given(
    "service_credits",
    at_risk=small_shares,
    weights=weights(),
    pool=st.floats(0, 3),
    basis=st.sampled_from(["amount at risk", "fee"]),
    levels=failure_levels(),
    repeat=repeats,
    measured_every=periods,
    cap_per=st.sampled_from(["month", "contract year"]),
    excess=st.sampled_from(["lost", "carried forward"]),
    decimals=decimals,
    earn_back=st.none() | cash | banked,
)
DRAWN = st.builds(capped_by_the_year_too, ONE_CAP, st.none() | st.floats(0, 0.99))
NEUTRAL = [
    ServiceCredits(at_risk=0, weights=WEIGHTS),
    ServiceCredits(at_risk=0.1, weights=WEIGHTS, pool=0, cap_per="contract year"),
    ServiceCredits(at_risk=0, weights=WEIGHTS, excess="carried forward"),
    ServiceCredits(at_risk=0.1, weights=WEIGHTS, pool=0, earn_back=EarnBack(share=1, after=1)),
]
FEE_ONLY = True


def plainly(clause, path):
    """Month by month: what is owed for each KPI, what the caps let through, what comes back."""
    every, kpis = clause.measured_every, list(clause.weights)
    by_year = clause.cap_per == "contract year"
    caps = [_Gate(12 if by_year else every, clause.at_risk, clause.excess, kpis)]
    if clause.annual_at_risk is not None:
        caps.append(_Gate(12, clause.annual_at_risk, clause.excess, kpis))
    missed = {kpi: misses(clause, path, kpi) for kpi in kpis}
    met = {kpi: on_target(path, kpi, every, clause.decimals) for kpi in kpis}
    back = _Back(clause.earn_back, kpis)
    basis, fees = 0, []
    for month, fee in enumerate(path.fee):
        share = clause.at_risk if clause.basis == "amount at risk" else 1
        basis = (0 if month % every == 0 else basis) + max(fee, 0) * share
        at_close = closes(path, month, every)
        credited = {
            kpi: missed[kpi][month] * clause.weights[kpi] * clause.pool * basis * at_close
            for kpi in kpis
        }
        for cap in caps:
            credited = cap.let_through(month, max(fee, 0), credited)
        on_target_now = {kpi: met[kpi][month] for kpi in kpis}
        fees.append(-back.less(month, credited, on_target_now if at_close else None))
    return {"fee": fees}


class _Gate:
    """A cap: a room that the fee fills and credits empty, with a queue before it."""

    def __init__(self, months, share, excess, kpis):
        self.months, self.share, self.excess = months, share, excess
        self.room, self.queue = 0, dict.fromkeys(kpis, 0)

    def let_through(self, month, fee, asked):
        """Of what waits, as much as there is room for, from each KPI alike."""
        if month % self.months == 0:
            self.room = 0
            if self.excess == "lost":
                self.queue = dict.fromkeys(asked, 0)
        self.room += fee * self.share
        self.queue = {kpi: amount + asked[kpi] for kpi, amount in self.queue.items()}
        total = sum(self.queue.values())
        now = min(total, self.room)
        self.room -= now
        through = {kpi: amount * now / total if total else 0 for kpi, amount in self.queue.items()}
        self.queue = {kpi: amount - through[kpi] for kpi, amount in self.queue.items()}
        return through


class _Back:
    """Earn-back as its paragraph says it, with a purse a month for the bank."""

    def __init__(self, terms, kpis):
        self.terms, self.kpis = terms, kpis
        self.open, self.good = dict.fromkeys(kpis, 0), dict.fromkeys(kpis, 0)
        self.bank = {}

    def less(self, month, credited, met):
        """What is left of the month's credits."""
        if self.terms is None:
            return sum(credited.values())
        may = [kpi for kpi in self.kpis if kpi not in self.terms.critical]
        self._offset(month, credited, may)
        earned = 0
        for kpi in self.kpis:
            self.open[kpi] += credited[kpi]
            if met is not None:
                self.good[kpi] = self.good[kpi] + 1 if met[kpi] else 0
                if kpi in may and self.good[kpi] >= self.terms.after:
                    earned += self.terms.share * self.open[kpi]
                    self.open[kpi] = 0
        if self.terms.paid_as == "cash":
            return sum(credited.values()) - earned
        self.bank[month] = earned
        return sum(credited.values())

    def _offset(self, month, credited, may):
        """The bank pays credits, from its oldest purse on."""
        for since, purse in sorted(self.bank.items()):
            if self.terms.bank_expires is not None and month > since + self.terms.bank_expires:
                continue
            due = sum(credited[kpi] for kpi in may)
            paid = min(purse, due)
            self.bank[since] = purse - paid
            for kpi in may if paid > 0 else ():
                credited[kpi] -= paid * credited[kpi] / due
