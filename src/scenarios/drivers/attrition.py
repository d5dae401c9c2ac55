"""Attrition: people leave, are replaced, and the newcomers learn."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scenarios.drivers.chance import count
from scenarios.uncertain import Array

LEAST = 0.05
"""Productivity below which no team falls, however many are new: an assumption."""


def annual_attrition(monthly: Any) -> Any:
    """The share who leave in a year where each leaver is replaced: 12 times a month's share.

    4.2 % a month is 50 % a year, and it may pass 100 %. Source: gitnux (call-centre turnover); a
    compounded 1 - (1 - a)^12 would give 40.2 %, which is what is left of a team nobody replaces.
    """
    return 12 * monthly


def leavers(monthly: Any, headcount: Any, months: Any) -> Any:
    """People who leave over so many months where each is replaced at once [people].

    8 % a month of 60 agents are 57.6 a year. Source: leadadvisors (printed 58).
    """
    return monthly * headcount * months


def gone(monthly: Any, months: Any) -> Any:
    """The share of a team that is gone after so many months where nobody is replaced.

    Formula: 1 - (1 - a)^n. Source: compounding of a constant share.
    """
    return 1 - (1 - monthly) ** months


def leaving(noise: Array, there: Any, chance: Any) -> Array:
    """People who leave in a month of those at work [people]: Poisson, of the mean ``there`` times
    ``chance``, and never more than there are, where a part of a full-time person counts as one.

    With uncertainty off the mean, a part of a person. ``noise`` are standard normals, (paths,) or
    (months, paths).
    """
    return np.minimum(count(noise, there * chance), np.ceil(there))


@dataclass(frozen=True)
class Seats:
    """A role's seats in a team: what turnover asks of it."""

    share: float
    """Share of the team's hours."""
    people: float
    """Contracted headcount [FTE]."""
    hours: float
    """Hours a person works in a month [hours]."""
    leaving: Any = 0
    """Chance a month of leaving, a number or (1, paths)."""
    noise: Array | None = None
    """Standard normals behind the leavers, (months, paths or 1); none where nobody leaves."""


@dataclass(frozen=True)
class Staffing:
    """How a team stands each month; each array is (months, paths or 1)."""

    present: Any = 1
    """Share of the contracted seats that are filled."""
    productivity: Any = 1
    """Work done in an hour over what an experienced team does."""
    leavers: Mapping[str, Array] = field(default_factory=dict)
    """People who leave, by role; empty where their leaving moves no hours."""


@dataclass(frozen=True)
class Newcomers:
    """What becomes of a seat that somebody left; each number is (paths,) or (1,)."""

    first: Array
    """Work that a newcomer leaves undone in the first month, as a share of a month's."""
    kept: Array
    """Share of it that is still undone in the next month."""
    fills: Array
    """Share of the empty seats that are filled at a month's start."""
    at_start: Array
    """Share of the team that is new in the first month."""

    @classmethod
    def of(cls, *, gap: Any, ramp: Any, vacancy: Any, at_start: Any) -> Newcomers:
        """From the gap at first, the months in which half of it closes, the mean months a seat
        stays empty, and the share that is new at first; numbers or (1, paths).

        Over a month the gap is averaged exactly: in all a newcomer costs gap x ramp / ln 2 months.
        """
        kept = 0.5 ** (1 / np.ravel(ramp))
        first = np.ravel(gap) * (1 - kept) / -np.log(kept)
        return cls(first, kept, 1 / (1 + np.ravel(vacancy)), np.ravel(at_start))

    def matter(self, *, leave: bool) -> bool:
        """True where they change what a team gets done."""
        late = bool((self.fills < 1).any()) and leave
        return late or bool(self.first.any() and (leave or self.at_start.any()))


class _Seated:
    """A role as months go by; each number is (paths,) or (1,)."""

    def __init__(self, seats: Seats, newcomers: Newcomers) -> None:
        self.seats, self.newcomers = seats, newcomers
        self.vacant: Any = np.zeros(1)
        """Share of the seats that are empty."""
        self.behind: Any = newcomers.at_start * newcomers.first
        """Work that newcomers leave undone, as a share of that of all seats."""
        self.leavers: list[Array] = []

    def leave(self, month: int, seats: Array) -> None:
        """People leave at the end of a month in which there are so many seats, empty ones too."""
        if self.seats.noise is None:
            return self._next(np.zeros(1))
        there = seats * (1 - self.vacant)
        left = leaving(self.seats.noise[month], there, np.ravel(self.seats.leaving))
        self.leavers.append(left)
        return self._next(np.minimum(left / np.where(there > 0, there, math.inf), 1))

    def _next(self, gone: Array) -> None:
        """Into the next month, without the share ``gone`` of those who were at work."""
        empty = self.vacant + gone * (1 - self.vacant)
        joined = empty * self.newcomers.fills
        self.vacant = empty - joined
        stays = self.behind * self.newcomers.kept * (1 - gone)
        self.behind = stays + joined * self.newcomers.first


def staffed(
    newcomers: Newcomers, roles: Mapping[str, Seats], months: int, needed: Array | None = None
) -> Staffing:
    """How a team stands, month after month: who leaves depends on how many are there.

    ``needed`` are the hours that an experienced flexible team works, (months, paths or 1); none for
    a fixed team, whose seats are its headcount.
    """
    team = {name: _Seated(seats, newcomers) for name, seats in roles.items()}
    present, productivity = [], []
    for month in range(months):
        there = 1 - sum(role.seats.share * role.vacant for role in team.values())
        behind = sum(role.seats.share * role.behind for role in team.values())
        present.append(there)
        productivity.append(np.maximum(1 - behind / np.maximum(there, LEAST), LEAST))
        for role in team.values():
            seats = np.full(1, role.seats.people)
            if needed is not None:
                worked = needed[month] / productivity[-1] * role.seats.share
                seats = worked / (role.seats.hours or math.inf)
            role.leave(month, seats)
    leavers = {name: _stacked(role.leavers) for name, role in team.items() if role.leavers}
    return Staffing(_stacked(present), _stacked(productivity), leavers)


def _stacked(rows: list[Any]) -> Array:
    """Months of (paths,) or (1,) as one array, (months, paths or 1)."""
    return np.stack(np.broadcast_arrays(*rows))
