"""How well fits predict: backtests of the logs that are given, NAME=FILE or FILE.

Run it with ``python perf/backtest.py FILE...``; ``--write`` puts the table into ``perf/README.md``.
Logs whose edges are kept are not part of the last row: they are a second reading.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

import scenarios as sc
from scenarios.calibrate.holdout import LOSSES

README = Path(__file__).parent / "README.md"
MARKS = "<!-- backtest -->", "<!-- end of backtest -->"
HEAD = "| log: series | periods held out | inside 80 %: fit | scenario | loss: {} |"


def rows(name: str, backtest: sc.calibrate.Backtest, every: str) -> Iterator[str]:
    """A row a series, and one over all."""
    table = backtest.table()
    for series, row in table.iterrows():
        told = f"**{name}**" if series == "all" else f"{name}: {series}"
        count = f"{row['values']:.0f}" if series == "all" else f"{row['values']:.0f} {every}s"
        inside = (f"{row[column]:.0%}" for column in ("inside 80 %", "inside, scenario"))
        losses = (f"{row[f'loss, {loss}']:.2f}" for loss in LOSSES)
        yield f"| {' | '.join((told, count, *inside, *losses))} |"


def main() -> None:
    """Read, fit, predict, print, and on request write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("logs", nargs="+", metavar="NAME=FILE", help="exports, with their names")
    parser.add_argument("--keep-edges", nargs="*", default=[], metavar="NAME")
    parser.add_argument("--write", action="store_true", help="put the table into perf/README.md")
    given = parser.parse_args()
    header = HEAD.format(" | ".join(LOSSES))
    lines = [header, "|" + " --- |" * (header.count("|") - 1)]
    predictions = []
    for log in given.logs:
        name, _, file = log.rpartition("=")
        name = name or Path(file).name.partition(".")[0]
        edges = "keep" if name in given.keep_edges else "leave out"
        read = sc.calibrate.read_log(file, edges=edges)
        tested = sc.calibrate.backtest(read, names=(name,))
        if edges == "leave out":
            predictions.append(tested.predictions)
        lines += rows(name, tested, read.every)
        print(f"{name}: {tested.verdict}")
    if not predictions:
        parser.error("every log has its edges kept: give one that has not")
    whole = sc.calibrate.Backtest(pd.concat(predictions), "")
    lines.append([*rows("all", whole, "period")][-1])
    text = "\n".join(lines)
    print(f"all: {whole.verdict}\n\n{text}")
    if given.write:
        before, rest = README.read_text(encoding="utf-8").split(MARKS[0])
        after = rest.split(MARKS[1])[1]
        README.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
