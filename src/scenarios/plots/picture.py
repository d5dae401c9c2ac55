"""A picture as a report or a notebook takes it: off screen, with its alt text."""

from __future__ import annotations

import inspect
import io
from importlib import import_module
from types import ModuleType
from typing import Any

from matplotlib.figure import Figure

from scenarios.plots.style import DPI, WIDTH


def figure(plot: ModuleType, data: Any, **options: Any) -> Figure:
    """The picture that a module of this package draws, in a figure that pyplot does not know.

    ``data`` and ``options`` are what the module's ``draw`` takes.
    """
    made = Figure(
        figsize=(WIDTH, plot.height(data)), dpi=DPI, layout="constrained", facecolor="white"
    )
    if "figure" in inspect.signature(plot.draw).parameters:
        plot.draw(data, figure=made, **options)
    else:
        plot.draw(data, made.subplots(), **options)
    return made


def png(made: Figure) -> bytes:
    """The figure as PNG, 900 pixels wide; a picture of the same table is the same file."""
    buffer = io.BytesIO()
    made.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
    return buffer.getvalue()


def show(plot: ModuleType, data: Any, **options: Any) -> None:
    """Show the picture in a notebook, with its alt text: ``show(sc.plots.break_even, table)``."""
    made = figure(plot, data, **options)
    width = round(made.get_figwidth() * DPI)
    notebook: Any = import_module("IPython.display")  # needed only where a notebook is
    notebook.display(notebook.Image(png(made), alt=plot.alt(data, **options), width=width))
