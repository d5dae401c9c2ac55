"""One picture drawn again and again: what moves in it is the deal, never the frame."""

from __future__ import annotations

from typing import Any

from scenarios.plots import distribution
from scenarios.plots.distribution import Results
from scenarios.plots.picture import figure, png


class SteadyPicture:
    """Both parties' results by deal, on scales that only grow and in a layout computed once.

    The layout is a fifth of the time a picture takes; it depends on nothing that a lever moves
    but the lines of the title. No figure is kept.
    """

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self._scales: list[tuple[float, float]] = []
        self._layouts: dict[int, list[Any]] = {}

    def draw(self, results: Results) -> bytes:
        """The picture as PNG."""
        drawn = figure(distribution, results, currency=self.currency)
        scales = [axes.get_xlim() for axes in drawn.axes]
        self._scales = [
            (min(now[0], before[0]), max(now[1], before[1]))
            for now, before in zip(scales, self._scales or scales, strict=True)
        ]
        for axes, scale in zip(drawn.axes, self._scales, strict=True):
            axes.set_xlim(scale)
        parts: list[Any] = [*drawn.axes, *drawn.texts]
        lines = drawn.get_suptitle().count("\n")
        if lines in self._layouts:
            drawn.set_layout_engine("none")
            for part, place in zip(parts, self._layouts[lines], strict=True):
                part.set_position(place)
        picture = png(drawn)
        self._layouts[lines] = [part.get_position() for part in parts]
        return picture

    def alt(self, results: Results) -> str:
        """The picture in words."""
        return distribution.alt(results, currency=self.currency)

    def restart(self) -> None:
        """Forget how far the scales had grown."""
        self._scales = []
