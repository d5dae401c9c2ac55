"""Bass diffusion: innovators take it up by themselves, imitators because others have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from scenarios.declared import Declared
from scenarios.uncertain import Array, Draws, UncertainFactor, UncertainShare


class Bass(Declared):
    """Adoption spreads by innovation of {innovation} and imitation of {imitation} a year, in
    {steps} time.

    Source: averages of 0.03 and 0.38 a year over 213 applications, Sultan, Farley and Lehmann 1990
    (m.dybbs8.com). Discrete time adds each month what the share reached before brings; it is behind
    the continuous curve, whose formula has no steps.
    """

    innovation: UncertainShare = 0.03
    """Share of those left who take it up by themselves in a year."""
    imitation: UncertainFactor = 0.38
    """The same because of those who have taken it up, once all have."""
    steps: Literal["continuous", "discrete"] = "continuous"
    """The closed formula, or month by month."""

    def adopted(self, draws: Draws, since: Array) -> Array:
        """Share that has adopted so many months after the start, (months, paths or 1) [share].

        In discrete time the months between whole ones are interpolated.
        """
        p = draws.value(self.innovation, "automation.bass.innovation") / 12
        q = draws.value(self.imitation, "automation.bass.imitation") / 12
        if self.steps == "continuous":
            return bass(np.maximum(since, 0), p, q)
        whole = np.ceil(max(float(np.max(since)), 0)).astype(int)
        steps = bass_discrete(whole + 1, p, q)
        return _between(steps, np.maximum(since, 0))


def bass(time: Any, innovation: Any, imitation: Any) -> Array:
    """Share of all who will adopt that have adopted by ``time``, in the coefficients' unit of time.

    Formula: F(t) = (1 - e^(-(p+q)t)) / (1 + (q/p) e^(-(p+q)t)). Source: Bass 1969.
    """
    decay = np.exp(-(innovation + imitation) * np.asarray(time, dtype=float))
    # Multiplied by p above and below, so that nobody who innovates means nobody who adopts.
    with np.errstate(invalid="ignore"):
        share = innovation * (1 - decay) / (innovation + imitation * decay)
    return np.asarray(np.nan_to_num(share))


def bass_peak(innovation: float, imitation: float) -> tuple[float, float]:
    """When most adopt at once, and what share of all does so then, a unit of time.

    Formula: ln(q/p) / (p+q) and (p+q)² / 4q, for q above p. Raises ``ValueError`` otherwise.
    """
    if not 0 < innovation < imitation:
        raise ValueError(
            f"a peak after the start needs imitation ({imitation:g}) above innovation "
            f"({innovation:g}), and both above 0"
        )
    both = innovation + imitation
    return float(np.log(imitation / innovation) / both), both**2 / (4 * imitation)


def bass_discrete(steps: int, innovation: Any, imitation: Any) -> Array:
    """Share that has adopted after 0, 1, ... ``steps`` steps, (steps + 1, ...).

    Formula: C(t) = C(t-1) + (p + q C(t-1)) (1 - C(t-1)). Its numbers are not those of ``bass``.
    """
    start = np.zeros(np.broadcast_shapes(np.shape(innovation), np.shape(imitation)) or (1,))
    adopted = [start]
    for _ in range(steps):
        so_far = adopted[-1]
        adopted.append(np.minimum(so_far + (innovation + imitation * so_far) * (1 - so_far), 1))
    return np.stack([step.reshape(-1) for step in adopted])


def _between(steps: Array, since: Array) -> Array:
    """The steps, (steps, paths or 1), at these times, (months, paths or 1), linear between."""
    before = np.floor(since).astype(int)
    part = since - before
    if steps.shape[1] > 1:
        paths = np.arange(steps.shape[1])
        return steps[before, paths] * (1 - part) + steps[np.ceil(since).astype(int), paths] * part
    column = steps[:, 0]
    return np.asarray(column[before] * (1 - part) + column[np.ceil(since).astype(int)] * part)


@dataclass(frozen=True)
class BassFit:
    """Coefficients fitted to what was adopted in each period."""

    innovation: float
    """Of those left, a period [share]."""
    imitation: float
    """Because of those who have adopted, a period."""
    market: float
    """How many adopt in the end [the data's unit]."""
    squared_error: float
    """Sum of squared errors of the periods."""


def fit_bass(adopted: Any) -> BassFit:
    """The discrete Bass model that fits adoptions period by period with least squares.

    ``adopted`` are new adoptions a period, (periods,); each period is predicted from the
    adoptions that really came before it. Raises ``ValueError`` for fewer than four periods or
    anything negative. Source: Bass 1969, by non-linear least squares instead of a regression.
    """
    from scipy.optimize import least_squares  # noqa: PLC0415  scipy loads only where it is needed

    new = np.asarray(adopted, dtype=float)
    enough = 4
    if new.ndim != 1 or len(new) < enough or not np.isfinite(new).all() or (new < 0).any():
        raise ValueError(
            "adoptions a period must be at least four finite numbers, none below 0: given "
            f"{new.size} in {new.ndim} dimension(s)"
        )
    if not new.any():
        raise ValueError("nobody has adopted in any period: there is nothing to fit")
    before = np.concatenate([[0], np.cumsum(new)[:-1]])
    scale = float(new.sum())

    def error(x: Array) -> Array:
        p, q, market = x
        return ((p + q * before / (market * scale)) * (market * scale - before) - new) / scale

    found = least_squares(error, [0.03, 0.38, 1.1], bounds=([0, 0, 0.01], [1, 10, 100]), xtol=1e-14)
    p, q, market = (float(x) for x in found.x)
    return BassFit(p, q, market * scale, float((error(found.x) ** 2).sum()) * scale**2)
