"""The sections of a report, in the order of the page.

Each function takes a Run (or what it needs of it) and returns parts: HTML and pictures. A section
that has nothing to say in this scenario returns no part.
"""

from scenarios.reports.sections.answer import answer
from scenarios.reports.sections.assumptions import register
from scenarios.reports.sections.buying import hours_against_outcomes
from scenarios.reports.sections.market import market
from scenarios.reports.sections.method import method
from scenarios.reports.sections.money import budgets, waterfalls
from scenarios.reports.sections.parties import cases, incentives, summary
from scenarios.reports.sections.risk import break_even, distribution, monthly
from scenarios.reports.sections.service import attainment, people
from scenarios.reports.sections.turning import turning

__all__ = [
    "answer",
    "attainment",
    "break_even",
    "budgets",
    "cases",
    "distribution",
    "hours_against_outcomes",
    "incentives",
    "market",
    "method",
    "monthly",
    "people",
    "register",
    "summary",
    "turning",
    "waterfalls",
]
