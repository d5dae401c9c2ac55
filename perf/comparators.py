"""The standard job written by hand: the floor, and what a good engineer tunes.

36 months, three correlated KPIs as AR(1), lognormal volume, logistic automation with uncertain
ceiling and speed, three pricing models; 146 standard normals and six results a path. The numbers
are those of ``standard-job.yaml``.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

MONTHS, KPIS = 36, 3
NORMALS = MONTHS * KPIS + MONTHS + 2
CHUNK = 4096
CARRIED = (0.70, 0.60, 0.80)
FRESH = tuple(math.sqrt(1 - phi**2) for phi in CARRIED)
ROOT = np.linalg.cholesky(np.array([[1.0, 0.5, 0.3], [0.5, 1.0, 0.4], [0.3, 0.4, 1.0]]))
TARGET = ((math.log(0.85 / 0.15) - 1.7) / 0.35, (4.25 - 4.3) / 0.15, (0.92 - 0.93) / 0.03)
WEIGHT = (0.5, 0.2, 0.3)
MONTH = np.arange(MONTHS)
DISCOUNT = 1.08 ** (-(MONTH + 1) / 12)
LOG_VOLUME = math.log(10_000) + 0.004 * MONTH - 0.15**2 / 2
MANAGEMENT = (6_000.0, 4_000.0, 3_000.0)
RESULTS = tuple(
    f"{party} {deal}" for party in ("buyer", "margin") for deal in ("Hourly", "Hybrid", "Outcome")
)


def generators(paths: int, seed: int) -> list[tuple[np.random.Generator, int]]:
    """A generator a chunk, and the chunk's paths."""
    children = np.random.SeedSequence(seed).spawn(-(-paths // CHUNK))
    sizes = [min(CHUNK, paths - CHUNK * n) for n in range(len(children))]
    return [
        (np.random.Generator(np.random.SFC64(child)), size)
        for child, size in zip(children, sizes, strict=True)
    ]


def floor(paths: int, seed: int) -> None:
    """Only draw the normals."""
    for generator, size in generators(paths, seed):
        generator.standard_normal((NORMALS, size))


def tuned(paths: int, seed: int) -> Array:
    """Month-major, in chunks, running totals for the annual caps; (6, paths) present values."""
    parts = [
        _months(generator.standard_normal((NORMALS, size)))
        for generator, size in generators(paths, seed)
    ]
    return np.concatenate(parts, axis=1)


def _months(z: Array) -> Array:
    paths = z.shape[1]
    ceiling = np.clip(0.5 + 0.08 * z[-2], 0.2, 0.8)
    speed = 0.25 * np.exp(0.3 * z[-1])
    out = np.zeros((6, paths))
    deviation: list[Array] = []
    for month in range(MONTHS):
        fresh = ROOT @ z[KPIS * month : KPIS * month + KPIS]
        deviation = [
            fresh[k] if month == 0 else CARRIED[k] * deviation[k] + FRESH[k] * fresh[k]
            for k in range(KPIS)
        ]
        resolved = 1 / (1 + np.exp(-1.7 - 0.35 * deviation[0]))
        attained = sum(WEIGHT[k] * (deviation[k] >= TARGET[k]) for k in range(KPIS))
        volume = np.exp(LOG_VOLUME[month] + 0.15 * z[MONTHS * KPIS + month])
        automated = ceiling / (1 + np.exp(-speed * (month - 14)))
        hours = volume * (1 - automated) * 0.25
        cost = hours * 22 + volume * automated * 0.40 + 6_000
        rework = volume * (1 - resolved) * 3
        if month % 12 == 0:
            bonus, outcome = np.zeros(paths), np.zeros(paths)
        more_bonus = np.minimum(bonus + 12_000 * attained, 100_000)
        charge = np.maximum(40_000, 6.2 * 0.95 * volume * resolved)
        more_outcome = np.minimum(outcome + charge, 620_000)
        fees = (hours * 38, 50_000 + more_bonus - bonus, more_outcome - outcome)
        bonus, outcome = more_bonus, more_outcome
        for place, fee in enumerate(fees):
            out[place] += DISCOUNT[month] * (fee + rework + MANAGEMENT[place])
            out[3 + place] += DISCOUNT[month] * (fee - cost)
    return out
