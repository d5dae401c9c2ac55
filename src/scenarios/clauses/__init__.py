"""Clauses: what a contract adds to its pricing. Each is one file, found by name in ``CLAUSES``."""

from scenarios.clauses.ai_pass_through import AiPassThrough
from scenarios.clauses.committed_productivity import CommittedProductivity
from scenarios.clauses.coordination import Coordination
from scenarios.clauses.fee_cap import FeeCap
from scenarios.clauses.fee_floor import FeeFloor
from scenarios.clauses.gain_share import GainShare
from scenarios.clauses.holdback import Holdback
from scenarios.clauses.indexation import Indexation
from scenarios.clauses.investment import Investment
from scenarios.clauses.minimum_commitment import MinimumCommitment
from scenarios.clauses.not_to_exceed import NotToExceed
from scenarios.clauses.service_credits import ServiceCredits
from scenarios.term import Clause

CLAUSES: dict[str, type[Clause]] = {
    term.keyword(): term
    for term in (
        AiPassThrough,
        CommittedProductivity,
        Coordination,
        FeeCap,
        FeeFloor,
        GainShare,
        Holdback,
        Indexation,
        Investment,
        MinimumCommitment,
        NotToExceed,
        ServiceCredits,
    )
}

__all__ = [
    "CLAUSES",
    "AiPassThrough",
    "CommittedProductivity",
    "Coordination",
    "FeeCap",
    "FeeFloor",
    "GainShare",
    "Holdback",
    "Indexation",
    "Investment",
    "MinimumCommitment",
    "NotToExceed",
    "ServiceCredits",
]
