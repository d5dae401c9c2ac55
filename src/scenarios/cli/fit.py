"""The command that asks whether work suits an outcome deal at all."""

from __future__ import annotations

from dataclasses import asdict

import scenarios as sc
from scenarios.cli.options import File, Json
from scenarios.cli.show import console, print_json


def fit(file: File, *, as_json: Json = False) -> None:
    """Say whether the work of a scenario suits an outcome deal: each answer with its reason.

    Example: scenarios fit desk.yaml
    """
    from rich.table import Table

    found = sc.fit(sc.load(file))
    if as_json:
        answers = [asdict(answer) for answer in found.answers]
        print_json({"scenario": found.name, "verdict": found.verdict, "answers": answers})
        return
    shown = Table(title=found.name, title_justify="left", show_lines=True)
    columns = ["question", "answer", "reason", "what would change it"]
    rows = [(one.question, one.answer, one.reason, one.change) for one in found.answers]
    if not any(one.change for one in found.answers):
        columns.pop()  # where all is well an empty column would only narrow the others
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*row[: len(columns)])
    console().print(shown)
    print(found.verdict)
