"""Distributions as a person writes them: p10/p90, low/mode/high, mean/sd, or observations.

Every distribution is a function of a standard normal, so that any two can be correlated and any
two deals see the same draws. ``central`` is what the number is taken as when uncertainty is
switched off: the most likely value, the mean or the median, whichever was written down.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal, Protocol, Self

import numpy as np
import numpy.typing as npt
from pydantic import Field, model_validator

from scenarios.declared import Declared

Array = npt.NDArray[Any]
Z90 = 1.2815515655446004
"""The standard normal's 90th percentile."""


class Draws(Protocol):
    """Where drivers get their random numbers: each key is a stream of its own."""

    paths: int

    def normals(self, key: str, rows: int, out: Array | None = None) -> Array:
        """Standard normals, (rows, paths), in ``out`` where it is given."""
        ...

    def value(self, number: float | Distribution, key: str) -> Any:
        """The number itself, or one draw of it a path, (1, paths)."""
        ...


class NoDraws:
    """The single path of a scenario without uncertainty."""

    paths = 1

    def normals(self, key: str, rows: int, out: Array | None = None) -> Array:
        """Zeros: a scenario that is certain has no noise."""
        del key
        zeros = np.zeros((rows, 1)) if out is None else out
        zeros[:] = 0
        return zeros

    def value(self, number: float | Distribution, key: str) -> Any:
        """The number, or a distribution's central value."""
        del key
        return number.central if isinstance(number, Distribution) else number


class Distribution(Declared):
    """An uncertain number; values beyond ``min`` or ``max`` are set to that bound."""

    min: float | None = None
    """Smallest value; a draw below it is set to it."""
    max: float | None = None
    """Largest value; a draw above it is set to it."""

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min ({self.min:g}) must not be above max ({self.max:g})")
        return self

    @property
    def central(self) -> float:
        """The value taken when uncertainty is switched off."""
        raise NotImplementedError

    def quantile_of(self, z: Array) -> Array:
        """The value at standard normal ``z``, before ``min`` and ``max``."""
        raise NotImplementedError

    def value_at(self, z: Array) -> Array:
        """The value at standard normal ``z``: same shape, the distribution's own unit."""
        value = self.quantile_of(z)
        if self.min is None and self.max is None:
            return value
        return np.clip(value, self.min, self.max)

    def named(self) -> tuple[float, ...]:
        """The numbers a person wrote that must lie within the quantity's hard bounds."""
        raise NotImplementedError


class Percentiles(Distribution):
    """One chance in ten below ``p10``, one in ten above ``p90``."""

    p10: float
    p90: float
    shape: Literal["normal", "lognormal"] = "normal"

    @model_validator(mode="after")
    def _ordered(self) -> Percentiles:
        if self.p10 > self.p90:
            raise ValueError(f"p10 ({self.p10:g}) must not be above p90 ({self.p90:g})")
        if self.shape == "lognormal" and self.p10 <= 0:
            raise ValueError("a lognormal needs p10 above 0; use shape: normal")
        return self

    @property
    def central(self) -> float:
        """The median."""
        return float(self.value_at(np.zeros(1))[0])

    def quantile_of(self, z: Array) -> Array:
        """Normal, or lognormal where ``shape`` says so."""
        if self.shape == "lognormal":
            low, high = math.log(self.p10), math.log(self.p90)
            return np.exp((low + high) / 2 + (high - low) / (2 * Z90) * z)
        return (self.p10 + self.p90) / 2 + (self.p90 - self.p10) / (2 * Z90) * z

    def named(self) -> tuple[float, ...]:
        """The two percentiles."""
        return self.p10, self.p90


class Triangular(Distribution):
    """Never below ``low``, most likely ``mode``, never above ``high``."""

    low: float
    mode: float
    high: float

    @model_validator(mode="after")
    def _ordered(self) -> Triangular:
        if not self.low <= self.mode <= self.high:
            raise ValueError(
                f"low, mode, high must rise (given {self.low:g}, {self.mode:g}, {self.high:g})"
            )
        return self

    @property
    def central(self) -> float:
        """The most likely value."""
        return float(np.clip(self.mode, self.min, self.max))

    def quantile_of(self, z: Array) -> Array:
        """The triangular distribution's inverse at the normal's probability."""
        from scipy.special import ndtr  # noqa: PLC0415  scipy loads only where it is needed

        width = self.high - self.low
        if width == 0:
            return np.full_like(z, self.mode)
        u = ndtr(z)
        rising = self.low + np.sqrt(u * width * (self.mode - self.low))
        falling = self.high - np.sqrt((1 - u) * width * (self.high - self.mode))
        return np.where(u * width < self.mode - self.low, rising, falling)

    def named(self) -> tuple[float, ...]:
        """The three points."""
        return self.low, self.mode, self.high


class Normal(Distribution):
    """Mean and standard deviation; ``shape: lognormal`` keeps both and cannot go below 0."""

    mean: float
    sd: Annotated[float, Field(ge=0)]
    shape: Literal["normal", "lognormal"] = "normal"

    @model_validator(mode="after")
    def _positive(self) -> Normal:
        if self.shape == "lognormal" and self.mean <= 0:
            raise ValueError("a lognormal needs a mean above 0; use shape: normal")
        return self

    @property
    def central(self) -> float:
        """The mean."""
        return float(np.clip(self.mean, self.min, self.max))

    def quantile_of(self, z: Array) -> Array:
        """Normal, or the lognormal with this mean and standard deviation."""
        if self.shape == "lognormal":
            variance = math.log1p((self.sd / self.mean) ** 2)
            return self.mean * np.exp(math.sqrt(variance) * z - variance / 2)
        return self.mean + self.sd * z

    def named(self) -> tuple[float, ...]:
        """The mean."""
        return (self.mean,)


class LogNormal(Distribution):
    """Half above, half below ``median``; ``log_sd`` is the standard deviation of its logarithm."""

    median: Annotated[float, Field(gt=0)]
    log_sd: Annotated[float, Field(ge=0, le=3)]

    @property
    def central(self) -> float:
        """The median."""
        return float(np.clip(self.median, self.min, self.max))

    def quantile_of(self, z: Array) -> Array:
        """The lognormal distribution."""
        return self.median * np.exp(self.log_sd * z)

    def named(self) -> tuple[float, ...]:
        """The median."""
        return (self.median,)


class Observations(Distribution):
    """A list of values that were seen; each is as likely as any other."""

    observations: Annotated[tuple[float, ...], Field(strict=False, min_length=2)]

    @property
    def central(self) -> float:
        """The median of the observations."""
        return float(np.clip(np.median(self.observations), self.min, self.max))

    def quantile_of(self, z: Array) -> Array:
        """The observation at the normal's probability."""
        from scipy.special import ndtr  # noqa: PLC0415  scipy loads only where it is needed

        ordered = np.sort(np.asarray(self.observations, dtype=float))
        place = (ndtr(z) * len(ordered)).astype(np.intp)
        return ordered[np.minimum(place, len(ordered) - 1)]

    def named(self) -> tuple[float, ...]:
        """All of them."""
        return self.observations
