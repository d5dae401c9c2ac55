"""Coordination inside the team: it grows with the pairs of people who have to talk."""

from __future__ import annotations

from typing import Any

import numpy as np

from scenarios.declared import Declared
from scenarios.quantities import People
from scenarios.uncertain import Array, Draws, UncertainHours, UncertainRate


def channels(people: Any) -> Any:
    """Communication channels among so many people: n (n - 1) / 2, none below one person.

    Source: Brooks; 5 people have 10, 10 have 45, 20 have 190 (wnwk, itc493-pz, oreilly).
    """
    return np.maximum(people * (people - 1) / 2, 0)


class Channels(Declared):
    """Each pair among the team and {others} more people coordinates for {hours} hours a month, at
    {cost} an hour.

    Formula: cost(t) = hours x cost x n (n - 1) / 2 x activity(t), n the people at work. Which party
    carries it is the deal's: ``coordination`` has a share for each. Source: Brooks for the number
    of channels; the hours of one are the analyst's.
    """

    hours: UncertainHours
    """Hours a month that one channel takes, of both people together [hours]."""
    cost: UncertainRate
    """What such an hour costs the party whose staff does it [money per hour]."""
    others: People = 0
    """People beside the team who take part, such as the buyer's product owners."""

    def simulate(self, draws: Draws, people: Array, activity: Array) -> Array:
        """The cost of coordination each month, (months, paths or 1) [money].

        ``people`` are those at work [FTE] while the team works; ``activity`` is how much of the
        month that is.
        """
        hours = draws.value(self.hours, "management.channels.hours")
        cost = draws.value(self.cost, "management.channels.cost")
        return np.asarray(channels(people + self.others) * activity * hours * cost)
