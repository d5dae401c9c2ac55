"""Where words go in a picture: titles that are never cut, labels that never overlap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Annotation
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Bbox

from scenarios.plots.style import INK, LABEL, TITLE, plain

BOLD = FontProperties(size=TITLE, weight="bold")
SAFETY = 0.96
"""Share of a line that a title may fill: screens round letters to whole pixels."""
LINE = 1.35
"""Height of a line of text, in font sizes."""
OFFSETS = ((0, -15), (0, 15), (34, -12), (-34, -12), (34, 12), (-34, 12), (0, -32), (0, 32))
"""Where the words at a mark may stand [points from the mark], the best first."""
CLASH = 10_000
"""Words over words, or outside the axes, are worse than words over any number of lines."""


def title(ax: Axes, text: str, *, above: float = 12) -> None:
    """Set the finding above the axes, from their leftmost label on, on as many lines as needed.

    ``above`` is its distance from the axes [points].
    """
    figure = _root(ax)
    figure.draw_without_rendering()
    frame, whole = ax.get_window_extent(), ax.get_tightbbox() or ax.get_window_extent()
    left, right = max(whole.x0, 0), min(whole.x1, figure.bbox.width)
    words = wrapped(text, (right - left) * 72 / figure.dpi)
    x = (left - frame.x0) / frame.width
    ax.set_title(plain(words), loc="left", x=x, fontproperties=BOLD, color=INK, pad=above)


def heading(figure: Figure, text: str) -> None:
    """Set the finding above a figure of several axes."""
    words = wrapped(text, figure.get_figwidth() * 72)
    figure.suptitle(
        plain(words), x=0.01, horizontalalignment="left", fontproperties=BOLD, color=INK
    )


def wrapped(text: str, width: float) -> str:
    """The text on lines of at most this width [points]; a number stays with its unit."""
    lines = [""]
    for word in re.split(r" +(?!%|[A-Z]{3}\b)", text):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer) > width * SAFETY:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def _width(text: str) -> float:
    return float(text_to_path.get_text_width_height_descent(text, BOLD, ismath=False)[0])


def spread(
    wanted: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    """Centres as near as can be to those wanted, so that labels of these heights do not overlap.

    Least squares under the order kept: neighbours that would overlap are moved together. Kept
    between ``low`` and ``high`` where there is room.
    """
    order = np.argsort(wanted, kind="stable")
    height = np.asarray(heights, dtype=float)[order]
    steps = np.concatenate([[0.0], np.cumsum((height[:-1] + height[1:]) / 2)])
    limit = high - height[-1] / 2 - steps[-1]
    target = np.clip(np.asarray(wanted, dtype=float)[order] - steps, low + height[0] / 2, limit)
    pools: list[tuple[float, int]] = []
    for value in target:
        mean, count = float(value), 1
        while pools and pools[-1][0] > mean:
            other, many = pools.pop()
            mean, count = (mean * count + other * many) / (count + many), count + many
        pools.append((mean, count))
    level = np.repeat([mean for mean, _ in pools], [count for _, count in pools])
    out = np.empty(len(order))
    out[order] = level + steps
    return [float(x) for x in out]


def end_labels(ax: Axes, labels: Sequence[Annotation]) -> None:
    """Move labels beside the right end of their lines apart."""
    figure = _root(ax)
    figure.draw_without_rendering()
    frame = ax.get_window_extent()
    line = LABEL * LINE / 72 * figure.dpi / frame.height
    heights = [line * (1 + one.get_text().count("\n")) for one in labels]
    ends = ax.transAxes.inverted().transform(ax.transData.transform([one.xy for one in labels]))
    for one, y in zip(labels, spread(ends[:, 1].tolist(), heights, 0, 1), strict=True):
        one.set_position((one.get_position()[0], y))


def declutter(ax: Axes, notes: Sequence[Annotation]) -> None:
    """Move the words at marks to where they cover the fewest lines and no other words."""
    _root(ax).draw_without_rendering()
    lines, frame = _points(ax), ax.get_window_extent()
    taken: list[Bbox] = []
    for note in notes:
        choices = []
        for offset in OFFSETS:
            note.set_position(offset)
            box = note.get_window_extent()
            inside = _inside(lines, box)
            clashes = sum(box.overlaps(other) for other in taken)
            clashes += not (frame.x0 < box.x0 and box.x1 < frame.x1)
            choices.append((inside + CLASH * clashes, offset, box))
        _, offset, box = min(choices, key=lambda choice: choice[0])
        note.set_position(offset)
        taken.append(box)


def _points(ax: Axes) -> npt.NDArray[Any]:
    """Points close together on every line of the axes, (points, 2) [pixels]."""
    found = []
    for line in ax.get_lines():
        x, y = (np.asarray(values, dtype=float) for values in line.get_data())
        steps = np.linspace(0, len(x) - 1, 600)
        place = np.arange(len(x))
        both = np.column_stack([np.interp(steps, place, x), np.interp(steps, place, y)])
        found.append(line.get_transform().transform(both))
    return np.concatenate(found) if found else np.empty((0, 2))


def _inside(points: npt.NDArray[Any], box: Bbox) -> int:
    across = (points[:, 0] > box.x0) & (points[:, 0] < box.x1)
    return int((across & (points[:, 1] > box.y0) & (points[:, 1] < box.y1)).sum())


def _root(ax: Axes) -> Figure:
    """The figure that holds the axes, also through a part of a figure."""
    return ax.figure.canvas.figure
