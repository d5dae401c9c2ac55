"""Pricing models: how the fee starts. Each is one file, found by its name in ``PRICING``."""

from scenarios.pricing.hourly import Hourly
from scenarios.pricing.hybrid import Hybrid
from scenarios.pricing.outcome import PerOutcome, Tier
from scenarios.term import Pricing

PRICING: dict[str, type[Pricing]] = {term.keyword(): term for term in (Hourly, Hybrid, PerOutcome)}

__all__ = ["PRICING", "Hourly", "Hybrid", "PerOutcome", "Tier"]
