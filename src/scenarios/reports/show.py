"""What a section is made of, and how a notebook displays it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from types import ModuleType
from typing import Any

import IPython.display

from scenarios.plots import picture as plots
from scenarios.plots.style import DPI

display: Any = IPython.display.display  # not typed

SENTINEL = "end of report"
"""What the last cell of a report notebook must display: without it the run did not get there."""
SHARPER = 1.6
"""A picture has so many times the dots that it is shown with, for sharp screens and for paper."""


@dataclass(frozen=True)
class Picture:
    """A picture and what it shows, in words for who cannot see it."""

    png: bytes
    alt: str
    width: int
    """How wide it is shown [pixels]."""


Part = str | Picture
"""A piece of a page: HTML that is escaped already, or a picture."""


def picture(
    plot: ModuleType,
    data: Any,
    *,
    size: tuple[float, float] | None = None,
    **options: Any,
) -> Picture:
    """What a module of ``scenarios.plots`` draws, the same bytes for the same data.

    It is drawn off screen and not by the notebook's backend: a backend chosen outside would
    silently drop it. With a size [inches], it goes without its title: the page says the finding.
    """
    figure = plots.figure(plot, data, **options)
    if size is not None:
        figure.set_size_inches(*size)
        if figure.get_suptitle():
            figure.suptitle("").set_in_layout(False)
        else:
            figure.axes[0].set_title("", loc="left")
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=DPI * SHARPER, metadata={"Software": None})
    width = round(figure.get_figwidth() * DPI)
    return Picture(buffer.getvalue(), plot.alt(data, **options), width)


def show(parts: Iterable[Part]) -> None:
    """Display the parts of a section in a notebook."""
    for part in parts:
        if isinstance(part, Picture):
            image = {"image/png": b64encode(part.png).decode()}
            told = {"alt": part.alt, "width": part.width}
            display(image, metadata={"image/png": told}, raw=True)
        else:
            display({"text/html": part}, raw=True)


def end() -> None:
    """Display the mark that the notebook ran to its end."""
    display({"text/html": "<hr>"}, metadata={"scenarios": SENTINEL}, raw=True)
