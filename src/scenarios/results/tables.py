"""Every table of a Run, by the name of its method."""

from scenarios.results.attainment import attainment
from scenarios.results.budget import budget
from scenarios.results.cash import cash
from scenarios.results.compare import compare
from scenarios.results.hours_against_outcomes import hours_against_outcomes
from scenarios.results.maturity import maturity
from scenarios.results.monthly import monthly
from scenarios.results.people import people
from scenarios.results.per_unit import per_unit
from scenarios.results.risk import risk
from scenarios.results.schedule import schedule
from scenarios.results.summary import summary
from scenarios.results.waterfall import waterfall
from scenarios.results.who_keeps_it import incentives, who_keeps_it

__all__ = [
    "attainment",
    "budget",
    "cash",
    "compare",
    "hours_against_outcomes",
    "incentives",
    "maturity",
    "monthly",
    "people",
    "per_unit",
    "risk",
    "schedule",
    "summary",
    "waterfall",
    "who_keeps_it",
]
