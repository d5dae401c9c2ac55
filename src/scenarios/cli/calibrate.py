"""The command that turns an export of tickets into numbers of a scenario."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

import scenarios as sc
from scenarios.cli.options import Json
from scenarios.cli.show import console, print_json, progress
from scenarios.errors import Problem, ScenarioError

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.calibrate.calibration import Calibration
    from scenarios.calibrate.holdout import Backtest

_SHORT = 12
"""Characters of a table's heading that are not broken over lines: numbers have fewer."""


def calibrate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An export: a row a ticket or day.")],
    *,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="ROLE=NAME", help="What a column is, such as opened=Created."),
    ] = None,
    every: Annotated[
        Literal["month", "week"] | None, typer.Option(help="Length of the periods.")
    ] = None,
    date_order: Annotated[
        Literal["day first", "month first", "year first"] | None,
        typer.Option(help="How dates are written, where the export leaves it open."),
    ] = None,
    delimiter: Annotated[str | None, typer.Option(help="What stands between columns.")] = None,
    encoding: Annotated[str | None, typer.Option(help="How the text is encoded.")] = None,
    sheet: Annotated[
        str | None, typer.Option(help="The sheet of a workbook of which several hold a table.")
    ] = None,
    decimal: Annotated[Literal[".", ","] | None, typer.Option(help="The decimal mark.")] = None,
    timezone: Annotated[str | None, typer.Option(help="Where a day begins at midnight.")] = None,
    keep_edges: Annotated[
        bool, typer.Option("--keep-edges", help="Count periods that the export cuts off, too.")
    ] = False,
    backtest: Annotated[
        bool, typer.Option("--backtest", help="Also predict the last third from the rest.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="YAML", help="Write the sections there; never over one.")
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option(metavar="HTML", help="Write the fit as a page there; never over one."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Turn an export of tickets into sections of a scenario file: demand, KPIs, what is reopened.

    Example: scenarios calibrate tickets.csv --column opened=Created --backtest --out sections.yaml
    """
    for path in (out, page):
        if path is not None and path.exists():
            raise ScenarioError(Problem("is already there: choose another name", file=str(path)))
    with progress("reading") as step:
        log = sc.calibrate.read_log(
            file,
            _columns(column),
            every=every,
            date_order=date_order,
            delimiter=delimiter,
            encoding=encoding,
            sheet=sheet,
            decimal=decimal,
            timezone=timezone,
            edges="keep" if keep_edges else "leave out",
            progress=step,
        )
    with progress("fitting") as step:
        found = sc.calibrate.tickets(log, name=file.name, progress=step)
    tested = None
    if backtest:
        with progress("predicting what is held out") as step:
            tested = sc.calibrate.backtest(log, names=(file.name,), progress=step)
    if as_json:
        print_json(_facts(found, tested))
    else:
        _print(found, tested)
    _write_page(found, tested, page, quiet=as_json)
    _write(found.to_yaml(), out, quiet=as_json)


def _columns(given: Iterable[str] | None) -> dict[str, str] | None:
    """Roles and the columns that have them."""
    for words in given or ():
        if "=" not in words:
            advice = "say which role a column has: --column opened=Created"
            raise ScenarioError(Problem(advice, given=words))
    pairs = [(words.partition("=")[0], words.partition("=")[2]) for words in given or ()]
    return dict(pairs) or None


def _print(found: Calibration, tested: Backtest | None) -> None:
    """What was decided, left out and fitted, for a person."""
    to = console()
    to.print(f"{found.source}; {found.log.rows:,} rows read", soft_wrap=True)
    left = [f"{reason}: {rows:,} rows" for reason, rows in found.log.left_out.items()]
    for title, lines in (
        ("Decided", found.decisions),
        ("Left out", left),
        ("Look at", found.warnings),
    ):
        if lines:
            to.print(f"{title}:")
        for words in lines:
            to.print(f"- {words}", soft_wrap=True)
    _print_table(found.fit[["estimate", "p10", "p90", "periods"]], "Fitted, by month")
    if tested is not None:
        to.print(f"Backtest: {tested.design}", soft_wrap=True)
        table = tested.table()
        losses = [name for name in table.columns if name.startswith("loss, ")]
        _print_table(table.drop(columns=losses), "Values held out, and the share of them inside")
        table = table[losses].rename(columns=lambda name: name.removeprefix("loss, "))
        _print_table(table, "Losses, the smaller the better")
        to.print(tested.verdict, soft_wrap=True)


def _print_table(table: pd.DataFrame, title: str) -> None:
    """A table, numbers with three digits."""
    from rich.table import Table

    shown = Table(title=title, title_justify="left")
    shown.add_column(str(table.index.name), overflow="fold")
    for name in table.columns:
        shown.add_column(str(name), justify="right", no_wrap=len(str(name)) <= _SHORT)
    for number, row in zip(table.index, table.to_numpy(), strict=True):
        shown.add_row(str(number), *map(_shown, row))
    console().print(shown)


def _shown(value: Any) -> str:
    if not isinstance(value, float):
        return str(value)
    digits = f"{value:.3g}"
    return f"{float(digits):,.0f}" if abs(value) >= 1000 else digits  # noqa: PLR2004  no powers of ten


def _facts(found: Calibration, tested: Backtest | None) -> dict[str, Any]:
    """The same for machines."""
    facts: dict[str, Any] = {
        "source": found.source,
        "decisions": list(found.decisions),
        "warnings": list(found.warnings),
        "left_out": found.log.left_out,
        "sections": found.sections,
        "fit": _records(found.fit),
    }
    if tested is not None:
        facts["backtest"] = {
            "design": tested.design,
            "verdict": tested.verdict,
            "series": _records(tested.table()),
        }
    return facts


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """One record a row; what is not finite is null."""
    import math

    def plain(value: Any) -> Any:
        return None if isinstance(value, float) and not math.isfinite(value) else value

    rows = table.reset_index().to_dict("records")
    return [{str(name): plain(value) for name, value in row.items()} for row in rows]


def _write(text: str, out: Path | None, *, quiet: bool) -> None:
    """The sections in a file, or here."""
    if out is None:
        if not quiet:
            print(f"\n{text}", end="")
        return
    _put(text.encode(), out)
    if not quiet:
        print(f"{out}: put these sections in a scenario file instead of its own")


def _write_page(
    found: Calibration, tested: Backtest | None, page: Path | None, *, quiet: bool
) -> None:
    """The fit as a page, where one is asked for."""
    if page is None:
        return
    from scenarios.reports.calibration import calibration_page

    _put(calibration_page(found, tested), page)
    if not quiet:
        print(f"{page}: the fit beside what happened; private")


def _put(content: bytes, path: Path) -> None:
    from scenarios.io.atomic import write_atomically

    try:
        write_atomically(path, content)
    except OSError as error:
        told = f"cannot be written: {error.strerror or error}"
        raise ScenarioError(Problem(told, file=str(path))) from None
