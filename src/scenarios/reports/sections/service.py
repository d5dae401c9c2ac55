"""The service and the people: how often targets are met, and who works how much."""

from __future__ import annotations

from scenarios.plots import attainment as attainment_plot
from scenarios.reports.show import Part, picture
from scenarios.reports.style import Cell, drawn, heading, plain, share, table
from scenarios.results.run import Run


def attainment(run: Run) -> list[Part]:
    """How often each deal's KPI targets are met, as reported and as it is."""
    numbers = run.attainment()
    if numbers.empty:
        return []
    rows: list[list[Cell]] = []
    for place, (deal, kpi) in enumerate(numbers.index):
        row = numbers.iloc[place]
        shares = [share(row[name]) for name in ("months on target", "truly on target")]
        called = str(kpi).replace("_", " ")
        typical = float(f"{row['typical']:.3g}")
        rows.append([str(deal), called, plain(row["target"]), plain(typical), *shares])
    header = ["deal", "KPI", "target", "typical", "months on target", "truly on target"]
    note = (
        "Target: the first month's. Typical: the median as reported. On target: share of single "
        "months, as reported and as it is; a contract may read a KPI over several months."
    )
    return [
        heading("How often the targets are met"),
        table(header, rows, note, words=(0, 1)),
        picture(attainment_plot, numbers),
    ]


def people(run: Run) -> list[Part]:
    """Hours beside full-time equivalents, by role."""
    numbers = run.people()
    rows: list[list[Cell]] = [
        [
            str(role),
            drawn(row["hours a month"]),
            f"{row['FTE']:,.1f}",
            plain(row["contracted FTE"]),
            f"{row['FTE first month']:,.1f}",
            f"{row['FTE last month']:,.1f}",
        ]
        for role, row in numbers.iterrows()
    ]
    header = ["role", "hours a month", "FTE", "contracted FTE", "first month", "last month"]
    note = (
        "FTE: full-time equivalents, hours worked over a person's hours a month. Averages over "
        "months in which the team works; first and last month over all futures."
    )
    return [heading("Hours and people"), table(header, rows, note)]
