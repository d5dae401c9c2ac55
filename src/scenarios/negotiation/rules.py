"""The rules of bargaining, on options one by one and along a frontier of lotteries."""

from __future__ import annotations

import numpy as np

from scenarios.negotiation.frontier import Array, undominated

STEPS = 100
"""Steps of Raiffa's rule; each at least halves what is left."""


def best_option(gains: Array, rule: str, power: float) -> list[int]:
    """The places of the options that the rule finds best, (options, 2) -> places.

    None where each option leaves one of them worse off than no agreement; a gain of 0 is no reason
    to refuse. Dominated options are never among them.
    """
    efficient = {tuple(row) for row in gains[undominated(gains)]}
    places = [n for n, row in enumerate(gains) if min(row) >= 0 and tuple(row) in efficient]
    if not places:
        return []
    chosen = gains[places]
    first, second = _scores(chosen, rule, power)
    best = np.isclose(first, first.max(), rtol=1e-12, atol=0)
    best &= np.isclose(second, second[best].max(), rtol=1e-12, atol=0)
    return [place for place, good in zip(places, best, strict=True) if good]


def _scores(gains: Array, rule: str, power: float) -> tuple[Array, Array]:
    """How good each option is by the rule, and what decides between equals."""
    if rule == "Nash":
        return _product(gains, power), np.zeros(len(gains))
    if rule == "Kalai-Smorodinsky":
        most = gains.max(axis=0)
        gains = np.where(most > 0, gains / np.where(most > 0, most, 1), 1)
    return gains.min(axis=1), gains.max(axis=1)


def best_point(frontier: Array, rule: str, power: float) -> Array:
    """The point of a frontier that the rule finds best, corners (n, 2) -> (2,).

    Along the corners the first party's gain falls and the second's rises.
    """
    if len(frontier) == 1:
        return frontier[0]
    if rule == "Nash":
        return _greatest_product(frontier, power)
    if rule == "Raiffa":
        return _half_way(frontier)
    most = frontier.max(axis=0) if rule == "Kalai-Smorodinsky" else np.ones(2)
    behind = frontier[:, 1] / most[1] - frontier[:, 0] / most[0]
    return np.array([np.interp(0, behind, frontier[:, column]) for column in (0, 1)])


def _product(gains: Array, power: float) -> Array:
    """Both gains' weighted geometric mean: the order of the product, whatever the money's size."""
    return np.asarray(gains[:, 0] ** power * gains[:, 1] ** (1 - power))


def _greatest_product(frontier: Array, power: float) -> Array:
    """Where on each edge the product's slope is 0, or the end of it that is nearest; the best."""
    start, way = frontier[:-1], np.diff(frontier, axis=0)
    slope = power * way[:, 0] * start[:, 1] + (1 - power) * way[:, 1] * start[:, 0]
    along = np.clip(-slope / way.prod(axis=1), 0, 1)
    points = start + along[:, None] * way
    return np.asarray(points[_product(np.maximum(points, 0), power).argmax()])


def _half_way(frontier: Array) -> Array:
    """Again and again the middle of what is best for the one and best for the other."""
    first, second = frontier.T
    a, b = 0.0, 0.0
    for _ in range(STEPS):
        most_a = np.interp(b, second, first)
        most_b = np.interp(a, first[::-1], second[::-1])
        a, b = float(a + most_a) / 2, float(b + most_b) / 2
    return np.array([a, b])
