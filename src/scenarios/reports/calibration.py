"""The page of a calibration: the fit beside what happened, its numbers, what to look at."""

from __future__ import annotations

import base64
from html import escape

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from scenarios.calibrate.calibration import Calibration
from scenarios.calibrate.holdout import Backtest
from scenarios.plots import fit as plot
from scenarios.plots import picture
from scenarios.reports import style
from scenarios.reports.page import TEMPLATES, check

OWN = "PRIVATE: shows what your own service looks like from inside"
COLUMNS = ("number", "estimate", "80 % interval", "periods", "method")


def calibration_page(calibration: Calibration, backtest: Backtest | None = None) -> bytes:
    """One HTML file that loads and runs nothing: the fit beside what happened, each number with its
    interval and method, what to look at, what was decided and, where it was made, the backtest.
    """
    parts = [_picture(calibration), _numbers(calibration)]
    if calibration.warnings:
        parts.append(style.heading("Look at") + style.bullets(calibration.warnings))
    if backtest is not None:
        parts.append(_backtest(backtest))
    parts.append(style.heading("What was decided") + style.bullets(calibration.decisions))
    environment = Environment(loader=FileSystemLoader(TEMPLATES / "report"), autoescape=True)
    page = environment.get_template("fit.html.j2").render(
        private=OWN,
        source=calibration.source,
        sections=[Markup(part) for part in parts],  # noqa: S704  escaped where it was made
        yaml=calibration.to_yaml(),
    )
    check(page)
    return (page + "\n").encode()


def _picture(calibration: Calibration) -> str:
    drawn = base64.b64encode(picture.png(picture.figure(plot, calibration.periods))).decode()
    words = escape(plot.alt(calibration.periods))
    return f'<img alt="{words}" src="data:image/png;base64,{drawn}">'


def _numbers(calibration: Calibration) -> str:
    rows = [
        (
            str(name),
            style.plain(float(f"{row['estimate']:.3g}")),
            f"{float(row['p10']):.3g} to {float(row['p90']):.3g}",
            style.plain(float(row["periods"])),
            str(row["method"]),
        )
        for name, row in calibration.fit.iterrows()
    ]
    return style.heading("The numbers") + style.table(COLUMNS, rows, words=(0, 2, 4))


def _backtest(backtest: Backtest) -> str:
    table = backtest.table()
    header = ("series", *(str(name) for name in table.columns))
    rows = [
        (
            str(name),
            *(
                style.share(float(value)) if "inside" in str(column) else f"{float(value):.3g}"
                for column, value in row.items()
            ),
        )
        for name, row in table.iterrows()
    ]
    return (
        style.heading("Backtest")
        + style.paragraph(backtest.verdict)
        + style.table(header, rows, backtest.design)
    )
