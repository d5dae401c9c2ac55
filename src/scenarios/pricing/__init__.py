"""Pricing models: how the fee starts. Each is one file of this package, found by name."""

from scenarios.term import Pricing, found_in

PRICING: dict[str, type[Pricing]] = found_in(__name__, Pricing)
"""Every pricing model of the package, by the keyword that a scenario file uses."""
