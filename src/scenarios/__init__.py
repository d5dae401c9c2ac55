"""Decide how to pay for outsourced services: by the hour, by a hybrid, or by outcome.

Five kinds of object. A *Scenario* is what a person wrote down: work, parties, deals. A *World* is
what happens in it, month by month, on many paths. A *Deal* is a pricing model and clauses; it
settles on a *Ledger*, line by line. A *Run* holds the results as tables.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what is imported here is what type checkers and editors see
    from scenarios import calibrate, plots
    from scenarios.checks.definitions import check_definitions
    from scenarios.checks.fit import fit
    from scenarios.clauses import CLAUSES
    from scenarios.clauses.advance_payment import AdvancePayment
    from scenarios.clauses.ai_pass_through import AiPassThrough
    from scenarios.clauses.audit_clawback import AuditClawback
    from scenarios.clauses.automation_review import AutomationMilestone, AutomationReview
    from scenarios.clauses.award_term import AwardTerm
    from scenarios.clauses.change_requests import ChangeRequests
    from scenarios.clauses.committed_productivity import CommittedProductivity
    from scenarios.clauses.coordination import Coordination
    from scenarios.clauses.cost_plus_incentive import CostPlusIncentive
    from scenarios.clauses.currency_adjustment import CurrencyAdjustment
    from scenarios.clauses.disputed_amounts import DisputedAmounts
    from scenarios.clauses.early_payment_discount import EarlyPaymentDiscount
    from scenarios.clauses.escrow import Escrow
    from scenarios.clauses.exit_assistance import ExitAssistance
    from scenarios.clauses.fee_cap import FeeCap
    from scenarios.clauses.fee_collar import FeeCollar
    from scenarios.clauses.fee_floor import FeeFloor
    from scenarios.clauses.fixed_price_incentive import FixedPriceIncentive
    from scenarios.clauses.gain_share import GainShare
    from scenarios.clauses.holdback import Holdback
    from scenarios.clauses.indexation import Indexation
    from scenarios.clauses.insurance import Insurance
    from scenarios.clauses.interim_payment import InterimPayment
    from scenarios.clauses.investment import Investment
    from scenarios.clauses.key_person_commitment import KeyPersonCommitment
    from scenarios.clauses.kpi_bonus import KpiBonus
    from scenarios.clauses.kpi_rebaselining import KpiRebaselining
    from scenarios.clauses.kpi_review import KpiReview
    from scenarios.clauses.late_payment_interest import LatePaymentInterest
    from scenarios.clauses.milestone_payments import Milestone, MilestonePayments
    from scenarios.clauses.minimum_commitment import MinimumCommitment
    from scenarios.clauses.most_favoured_customer import MostFavouredCustomer
    from scenarios.clauses.not_to_exceed import NotToExceed
    from scenarios.clauses.one_off_charge import OneOffCharge
    from scenarios.clauses.payment_terms import PaymentTerms
    from scenarios.clauses.price_review import PriceReview
    from scenarios.clauses.provider_insolvency import ProviderInsolvency
    from scenarios.clauses.relationship_failure import RelationshipFailure
    from scenarios.clauses.reserve_fund import ReserveFund
    from scenarios.clauses.resolution_definition import ResolutionDefinition
    from scenarios.clauses.service_credits import ServiceCredits
    from scenarios.clauses.service_points import PointsStep, RatchetBand, ServicePoints
    from scenarios.clauses.target_cost_share import ShareRange, TargetCostShare
    from scenarios.clauses.termination_for_convenience import (
        TerminationForConvenience,
        TerminationPhase,
    )
    from scenarios.clauses.termination_for_failure import TerminationForFailure
    from scenarios.clauses.value_added_tax import ValueAddedTax
    from scenarios.clauses.volume_bands import AdditionalBand, ReducedBand, VolumeBands
    from scenarios.clauses.volume_rebaselining import VolumeRebaselining
    from scenarios.clauses.warranty import Warranty
    from scenarios.deal import Deal, Definition
    from scenarios.drivers import attrition, bass, channels, learning
    from scenarios.engine.cases import side_by_side, simulate_cases
    from scenarios.engine.simulate import simulate
    from scenarios.engine.until import simulate_until
    from scenarios.errors import MissingExtraError, ScenarioError, SettlementError
    from scenarios.evidence import throughput_of
    from scenarios.io.benchmarks import benchmarks
    from scenarios.io.load import load
    from scenarios.io.tables import save
    from scenarios.ledger import Ledger
    from scenarios.negotiation.bargain import Bargain, bargain
    from scenarios.negotiation.of_run import bargaining_zone_of
    from scenarios.negotiation.packages import packages
    from scenarios.negotiation.reservation import ReservationPrice, reservation_price
    from scenarios.negotiation.zone import BargainingZone, bargaining_zone
    from scenarios.pricing import PRICING
    from scenarios.pricing.fixed_price import DeliveryMilestone, FixedPrice
    from scenarios.pricing.glide_path import GlidePath, neutral_price
    from scenarios.pricing.hourly import Hourly
    from scenarios.pricing.hybrid import Hybrid
    from scenarios.pricing.outcome import PerOutcome, Tier
    from scenarios.pricing.per_result import PerResult, Result
    from scenarios.pricing.value_share import ValueShare
    from scenarios.promises import check_clause
    from scenarios.quantities import Hours, Money, Months, Price, Rate, Share, Units
    from scenarios.results.run import Run
    from scenarios.risk.certainty import (
        certainty_equivalent,
        certainty_equivalent_approximation,
    )
    from scenarios.risk.information import PerfectInformation, perfect_information
    from scenarios.risk.tail import tail_mean, value_at_risk
    from scenarios.rounding import Rounding
    from scenarios.scenario import Scenario
    from scenarios.scorecard import Scorecard
    from scenarios.sensitivity.assumptions import assumptions
    from scenarios.sensitivity.break_even import break_even
    from scenarios.sensitivity.readiness import readiness_return
    from scenarios.sensitivity.sobol_indices import sobol_indices
    from scenarios.sensitivity.stress import reverse_stress, stress_test
    from scenarios.sensitivity.variance_shares import variance_shares
    from scenarios.settlement.columns import columns_needed
    from scenarios.settlement.invoice import compare_invoice
    from scenarios.settlement.settle import settle
    from scenarios.settlement.settlement import Settlement
    from scenarios.stresses import STRESSES, Stress
    from scenarios.term import Basis, Change, Clause, Pricing
    from scenarios.widgets.board import board
    from scenarios.wording.redline import Redline, redline
    from scenarios.wording.term_sheet import TermSheet, term_sheet
    from scenarios.world import World

__all__ = [
    "CLAUSES",
    "PRICING",
    "STRESSES",
    "AdditionalBand",
    "AdvancePayment",
    "AiPassThrough",
    "AuditClawback",
    "AutomationMilestone",
    "AutomationReview",
    "AwardTerm",
    "Bargain",
    "BargainingZone",
    "Basis",
    "Change",
    "ChangeRequests",
    "Clause",
    "CommittedProductivity",
    "Coordination",
    "CostPlusIncentive",
    "CurrencyAdjustment",
    "Deal",
    "Definition",
    "DeliveryMilestone",
    "DisputedAmounts",
    "EarlyPaymentDiscount",
    "Escrow",
    "ExitAssistance",
    "FeeCap",
    "FeeCollar",
    "FeeFloor",
    "FixedPrice",
    "FixedPriceIncentive",
    "GainShare",
    "GlidePath",
    "Holdback",
    "Hourly",
    "Hours",
    "Hybrid",
    "Indexation",
    "Insurance",
    "InterimPayment",
    "Investment",
    "KeyPersonCommitment",
    "KpiBonus",
    "KpiRebaselining",
    "KpiReview",
    "LatePaymentInterest",
    "Ledger",
    "Milestone",
    "MilestonePayments",
    "MinimumCommitment",
    "MissingExtraError",
    "Money",
    "Months",
    "MostFavouredCustomer",
    "NotToExceed",
    "OneOffCharge",
    "PaymentTerms",
    "PerOutcome",
    "PerResult",
    "PerfectInformation",
    "PointsStep",
    "Price",
    "PriceReview",
    "Pricing",
    "ProviderInsolvency",
    "RatchetBand",
    "Rate",
    "Redline",
    "ReducedBand",
    "RelationshipFailure",
    "ReservationPrice",
    "ReserveFund",
    "ResolutionDefinition",
    "Result",
    "Rounding",
    "Run",
    "Scenario",
    "ScenarioError",
    "Scorecard",
    "ServiceCredits",
    "ServicePoints",
    "Settlement",
    "SettlementError",
    "Share",
    "ShareRange",
    "Stress",
    "TargetCostShare",
    "TermSheet",
    "TerminationForConvenience",
    "TerminationForFailure",
    "TerminationPhase",
    "Tier",
    "Units",
    "ValueAddedTax",
    "ValueShare",
    "VolumeBands",
    "VolumeRebaselining",
    "Warranty",
    "World",
    "assumptions",
    "attrition",
    "bargain",
    "bargaining_zone",
    "bargaining_zone_of",
    "bass",
    "benchmarks",
    "board",
    "break_even",
    "calibrate",
    "certainty_equivalent",
    "certainty_equivalent_approximation",
    "channels",
    "check_clause",
    "check_definitions",
    "columns_needed",
    "compare_invoice",
    "fit",
    "learning",
    "load",
    "neutral_price",
    "packages",
    "perfect_information",
    "plots",
    "readiness_return",
    "redline",
    "reservation_price",
    "reverse_stress",
    "save",
    "settle",
    "side_by_side",
    "simulate",
    "simulate_cases",
    "simulate_until",
    "sobol_indices",
    "stress_test",
    "tail_mean",
    "term_sheet",
    "throughput_of",
    "value_at_risk",
    "variance_shares",
]

_HOMES = {
    "checks.definitions": ("check_definitions",),
    "checks.fit": ("fit",),
    "clauses": ("CLAUSES",),
    "clauses.advance_payment": ("AdvancePayment",),
    "clauses.ai_pass_through": ("AiPassThrough",),
    "clauses.audit_clawback": ("AuditClawback",),
    "clauses.automation_review": ("AutomationMilestone", "AutomationReview"),
    "clauses.award_term": ("AwardTerm",),
    "clauses.change_requests": ("ChangeRequests",),
    "clauses.committed_productivity": ("CommittedProductivity",),
    "clauses.coordination": ("Coordination",),
    "clauses.cost_plus_incentive": ("CostPlusIncentive",),
    "clauses.currency_adjustment": ("CurrencyAdjustment",),
    "clauses.disputed_amounts": ("DisputedAmounts",),
    "clauses.early_payment_discount": ("EarlyPaymentDiscount",),
    "clauses.escrow": ("Escrow",),
    "clauses.exit_assistance": ("ExitAssistance",),
    "clauses.fee_cap": ("FeeCap",),
    "clauses.fee_collar": ("FeeCollar",),
    "clauses.fee_floor": ("FeeFloor",),
    "clauses.fixed_price_incentive": ("FixedPriceIncentive",),
    "clauses.gain_share": ("GainShare",),
    "clauses.holdback": ("Holdback",),
    "clauses.indexation": ("Indexation",),
    "clauses.insurance": ("Insurance",),
    "clauses.interim_payment": ("InterimPayment",),
    "clauses.investment": ("Investment",),
    "clauses.key_person_commitment": ("KeyPersonCommitment",),
    "clauses.kpi_bonus": ("KpiBonus",),
    "clauses.kpi_rebaselining": ("KpiRebaselining",),
    "clauses.kpi_review": ("KpiReview",),
    "clauses.late_payment_interest": ("LatePaymentInterest",),
    "clauses.milestone_payments": ("Milestone", "MilestonePayments"),
    "clauses.minimum_commitment": ("MinimumCommitment",),
    "clauses.most_favoured_customer": ("MostFavouredCustomer",),
    "clauses.not_to_exceed": ("NotToExceed",),
    "clauses.one_off_charge": ("OneOffCharge",),
    "clauses.payment_terms": ("PaymentTerms",),
    "clauses.price_review": ("PriceReview",),
    "clauses.provider_insolvency": ("ProviderInsolvency",),
    "clauses.relationship_failure": ("RelationshipFailure",),
    "clauses.reserve_fund": ("ReserveFund",),
    "clauses.resolution_definition": ("ResolutionDefinition",),
    "clauses.service_credits": ("ServiceCredits",),
    "clauses.service_points": ("PointsStep", "RatchetBand", "ServicePoints"),
    "clauses.target_cost_share": ("ShareRange", "TargetCostShare"),
    "clauses.termination_for_convenience": ("TerminationForConvenience", "TerminationPhase"),
    "clauses.termination_for_failure": ("TerminationForFailure",),
    "clauses.value_added_tax": ("ValueAddedTax",),
    "clauses.volume_bands": ("AdditionalBand", "ReducedBand", "VolumeBands"),
    "clauses.volume_rebaselining": ("VolumeRebaselining",),
    "clauses.warranty": ("Warranty",),
    "deal": ("Deal", "Definition"),
    "engine.cases": ("side_by_side", "simulate_cases"),
    "engine.simulate": ("simulate",),
    "engine.until": ("simulate_until",),
    "evidence": ("throughput_of",),
    "errors": ("MissingExtraError", "ScenarioError", "SettlementError"),
    "io.benchmarks": ("benchmarks",),
    "io.load": ("load",),
    "io.tables": ("save",),
    "ledger": ("Ledger",),
    "negotiation.bargain": ("Bargain", "bargain"),
    "negotiation.of_run": ("bargaining_zone_of",),
    "negotiation.packages": ("packages",),
    "negotiation.reservation": ("ReservationPrice", "reservation_price"),
    "negotiation.zone": ("BargainingZone", "bargaining_zone"),
    "pricing": ("PRICING",),
    "pricing.fixed_price": ("DeliveryMilestone", "FixedPrice"),
    "pricing.glide_path": ("GlidePath", "neutral_price"),
    "pricing.hourly": ("Hourly",),
    "pricing.hybrid": ("Hybrid",),
    "pricing.outcome": ("PerOutcome", "Tier"),
    "pricing.per_result": ("PerResult", "Result"),
    "pricing.value_share": ("ValueShare",),
    "promises": ("check_clause",),
    "quantities": ("Hours", "Money", "Months", "Price", "Rate", "Share", "Units"),
    "results.run": ("Run",),
    "risk.certainty": ("certainty_equivalent", "certainty_equivalent_approximation"),
    "risk.information": ("PerfectInformation", "perfect_information"),
    "risk.tail": ("tail_mean", "value_at_risk"),
    "rounding": ("Rounding",),
    "scenario": ("Scenario",),
    "scorecard": ("Scorecard",),
    "sensitivity.assumptions": ("assumptions",),
    "sensitivity.break_even": ("break_even",),
    "sensitivity.readiness": ("readiness_return",),
    "sensitivity.sobol_indices": ("sobol_indices",),
    "sensitivity.stress": ("reverse_stress", "stress_test"),
    "sensitivity.variance_shares": ("variance_shares",),
    "stresses": ("STRESSES", "Stress"),
    "settlement.columns": ("columns_needed",),
    "settlement.invoice": ("compare_invoice",),
    "settlement.settle": ("settle",),
    "settlement.settlement": ("Settlement",),
    "term": ("Basis", "Change", "Clause", "Pricing"),
    "widgets.board": ("board",),
    "wording.redline": ("Redline", "redline"),
    "wording.term_sheet": ("TermSheet", "term_sheet"),
    "world": ("World",),
}
_MODULES = {
    "attrition": "drivers.attrition",
    "bass": "drivers.bass",
    "calibrate": "calibrate",
    "channels": "drivers.channels",
    "learning": "drivers.learning",
    "plots": "plots",
}
_MODULE_OF = {name: f"{__name__}.{module}" for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: checking a file needs no tables (PEP 562)."""
    if name in _MODULES:
        return import_module(f"{__name__}.{_MODULES[name]}")
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    found = getattr(import_module(_MODULE_OF[name]), name)
    globals()[name] = found  # asked for once: the next time Python finds it here
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
