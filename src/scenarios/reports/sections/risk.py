"""What is not known: how far automation gets, how totals spread, how months vary."""

from __future__ import annotations

from scenarios.drivers import Backlog
from scenarios.plots import break_even as break_even_plot
from scenarios.plots import distribution as distribution_plot
from scenarios.plots import monthly as monthly_plot
from scenarios.reports.show import Part, picture
from scenarios.reports.style import heading
from scenarios.results.run import Run
from scenarios.sensitivity.break_even import break_even as break_even_table


def break_even(run: Run) -> list[Part]:
    """The buyer's all-in month by how far automation gets."""
    if run.scenario.automation is None:
        return []
    numbers = break_even_table(run.scenario, run.deals)
    return [heading("How far automation must get"), picture(break_even_plot, numbers)]


def distribution(run: Run) -> list[Part]:
    """How the totals of both parties spread."""
    totals = {
        name: (run.total(name, "all_in"), run.total(name, "contribution")) for name in run.names
    }
    shown = picture(distribution_plot, totals, currency=run.scenario.currency)
    return [heading("How far the totals spread"), shown]


def monthly(run: Run) -> list[Part]:
    """Both parties month by month, a small picture a deal.

    Not for a backlog: units are accepted in lumps, which would look like risk.
    """
    if isinstance(run.scenario.demand, Backlog):
        return []
    tables = {
        name: (run.monthly("all_in", name), run.monthly("contribution", name)) for name in run.names
    }
    shown = picture(monthly_plot, tables, currency=run.scenario.currency)
    return [heading("Month by month"), shown]
