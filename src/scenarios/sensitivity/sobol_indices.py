"""Sobol indices of any function of independent inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from scenarios.distributions import Distribution
from scenarios.engine.streams import generator
from scenarios.errors import Problem, ScenarioError
from scenarios.results.frames import Table
from scenarios.risk.tail import Continuous
from scenarios.sensitivity.pick_freeze import pick_freeze, refuse_no_power_of_two
from scenarios.world import Array

Model = Callable[[Mapping[str, Array]], Array]
"""What is asked: the inputs by name, each (samples,), -> the answer, (samples,)."""


def sobol_indices(
    model: Model,
    inputs: Mapping[str, Continuous | Distribution],
    *,
    samples: int = 8_192,
    seed: int = 1,
) -> Table:
    """What share of the variance of a function each of its inputs makes, alone and with others.

    ``inputs`` are independent: frozen distributions of scipy, or ranges as a scenario file writes
    them. Samples are scrambled Sobol points, a power of two. One row an input, the largest total
    first; columns (order, statistic): ``first order`` and ``total order``, each with its estimate
    and a standard error, which for Sobol points is too large rather than too small; ``attrs`` has
    the answer's standard deviation, ``sd``. It asks for ``samples`` times (inputs + 2) answers.
    Raises ``ScenarioError`` for no inputs, an input without a distribution, samples that are no
    power of two, and answers that are not finite. For a scenario's deals see ``variance_shares``.
    Source: Saltelli and others (2010), Computer Physics Communications 181.
    """
    _refuse_no_distributions(inputs)
    refuse_no_power_of_two("samples", samples)
    from scipy.stats import qmc  # noqa: PLC0415  scipy loads only where it is needed

    points = qmc.Sobol(2 * len(inputs), rng=generator(seed, "sobol indices")).random(samples)
    points = points + 0.5**31  # the middle of its cell: no point is 0, whose normal is infinite
    first, again = (
        {name: _values(inputs[name], u) for name, u in zip(inputs, half, strict=True)}
        for half in np.split(points.T, 2)
    )

    def answer(redrawn: frozenset[str]) -> Array:
        given = {name: (again if name in redrawn else first)[name] for name in inputs}
        values = np.asarray(model(given), dtype=float)
        if values.shape != (samples,) or not np.isfinite(values).all():
            raise ScenarioError(
                f"the function must give one finite number a sample, ({samples},): it gave the "
                f"shape {values.shape}"
            )
        return values

    table = pick_freeze(answer, list(inputs), seed)
    table.attrs |= {"samples": samples, "seed": seed}
    return table


def _refuse_no_distributions(inputs: Mapping[str, object]) -> None:
    if not inputs:
        raise ScenarioError("give at least one input with its distribution")
    wrong = [
        Problem(
            "an input has a distribution; what does not vary belongs in the function",
            key=("inputs", name),
            given=repr(given),
            allowed="a frozen distribution of scipy, such as scipy.stats.norm(3, 1), or a range as "
            "a scenario file writes it",
        )
        for name, given in inputs.items()
        if not isinstance(given, Distribution) and not hasattr(given, "ppf")
    ]
    if wrong:
        raise ScenarioError(*wrong)


def _values(distribution: Continuous | Distribution, points: Array) -> Array:
    if isinstance(distribution, Distribution):
        from scipy.special import ndtri  # noqa: PLC0415  as above

        return distribution.value_at(ndtri(points))
    return np.asarray(distribution.ppf(points), dtype=float)
