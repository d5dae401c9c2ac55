"""A Run: what came out, as tables. It holds what makes its worlds again, not the worlds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from scenarios.deal import Deal
from scenarios.drivers import Reaction
from scenarios.errors import ScenarioError, unknown
from scenarios.ledger import Ledger
from scenarios.results import tables
from scenarios.results.frames import FAN_PATHS, shown
from scenarios.results.precision import Precision
from scenarios.results.risk import PartyName
from scenarios.results.totals import TOTALS
from scenarios.scenario import Scenario
from scenarios.settling import settle
from scenarios.world import Variant, World

Array = npt.NDArray[Any]
Sampling = Literal["random", "sobol"]
"""How futures are drawn: at random, or from scrambled Sobol points."""
SAMPLINGS: tuple[str, ...] = get_args(Sampling)


class Worlds(Protocol):
    """What makes the worlds of a run again, block by block."""

    @property
    def scenario(self) -> Scenario:
        """The scenario they are worlds of."""
        ...

    @property
    def reaction(self) -> Reaction:
        """What the provider does otherwise in them, because of how it is paid."""
        ...

    def __call__(self, block: int, /) -> World:
        """The world of a block."""
        ...

    def certain(self) -> World:
        """The one path with uncertainty off."""
        ...

    def variant(self, name: Variant, /) -> Worlds:
        """The same shocks, automated as written, not automated, or automated earlier."""
        ...

    def under(self, deal: Deal, /) -> Worlds:
        """The same shocks where the provider reacts to how this deal pays it."""
        ...

    def reacting(self, how: Reaction, /) -> Worlds:
        """The same shocks where the provider acts like this."""
        ...

    def of(self, scenario: Scenario, /) -> Worlds:
        """The same shocks, and the same reaction, in another scenario."""
        ...


@dataclass(frozen=True, eq=False)
class Block:
    """A block of a run's paths, made again."""

    number: int
    worlds: dict[str, World]
    """The world in which each deal is settled: one and the same for all, unless the provider reacts
    to how it is paid."""
    ledgers: dict[str, Ledger]
    paths: int
    """How many of its paths the run has: the first ones."""


@dataclass(frozen=True, eq=False)
class Run:
    """The result of a simulation: each deal settled on the same paths.

    Amounts are in the scenario's currency. Tables are pandas; one that needs every path's
    months is computed on the first 20,000 at most and says so in ``table.attrs["paths"]``.
    """

    scenario: Scenario
    deals: tuple[Deal, ...]
    paths: int
    seed: int
    worlds: Worlds
    array: Array
    """(deals, len(TOTALS), paths) [money]."""
    price: Callable[..., Array]
    """What settles deals on these worlds."""
    sampling: Sampling = "random"
    precision: Precision | None = None
    """How well a difference is known, where the run went on until it was known."""

    def __repr__(self) -> str:
        points = "" if self.sampling == "random" else f", {self.sampling} points"
        return (
            f"Run of {self.scenario.name!r}: {', '.join(self.names)}; "
            f"{self.paths:,} paths, seed {self.seed}{points}"
        )

    @property
    def names(self) -> list[str]:
        """The deals' names, in order."""
        return [deal.name for deal in self.deals]

    def deal(self, name: str) -> Deal:
        """The deal of this name."""
        return self.deals[self._place(name)]

    def _place(self, name: str) -> int:
        if name not in self.names:
            raise ScenarioError(unknown("deal", name, self.names))
        return self.names.index(name)

    def total(self, deal: str, name: str) -> Array:
        """One total of one deal on each path, (paths,) [money]; see ``TOTALS``, or ``all_in``
        (fee and own outlays), ``contribution`` (fee less the provider's outlays), ``buyer_net``.
        """
        rows = dict(zip(TOTALS, self.array[self._place(deal)], strict=True))
        names = [*TOTALS, "all_in", "contribution", "buyer_net"]
        if name not in names:
            raise ScenarioError(unknown("total", name, names))
        if name == "all_in":
            return np.asarray(rows["fee"] + rows["buyer_cost"])
        if name == "contribution":
            return np.asarray(rows["fee"] - rows["provider_cost"])
        if name == "buyer_net":
            return np.asarray(rows["benefit"] - rows["fee"] - rows["buyer_cost"])
        return np.asarray(rows[name])

    @property
    def totals(self) -> pd.DataFrame:
        """Every total on every path: columns are (deal, total), rows are paths [money]."""
        columns = pd.MultiIndex.from_product([self.names, TOTALS], names=["deal", "total"])
        flat = self.array.reshape(-1, self.paths)
        return pd.DataFrame(flat.T, columns=columns).rename_axis(index="path")

    def blocks(
        self, deals: Sequence[Deal] | None = None, paths: int | None = None
    ) -> Iterator[Block]:
        """The run's worlds again, block by block, with the ledgers of these deals in them.

        Stops after so many paths; None goes through all of the run's.
        """
        wanted = self.paths if paths is None else min(self.paths, paths)
        chosen = tuple(deals or self.deals)
        number = 0
        while wanted > 0:
            made: dict[int, World] = {}
            worlds: dict[str, World] = {}
            for deal in chosen:
                own = self.worlds.under(deal)
                if id(own) not in made:
                    made[id(own)] = own(number)
                worlds[deal.name] = made[id(own)]
            ledgers = {deal.name: settle(deal, worlds[deal.name]) for deal in chosen}
            size = worlds[chosen[0].name].paths
            yield Block(number, worlds, ledgers, min(size, wanted))
            wanted -= size
            number += 1

    def collect(
        self,
        reduce: Callable[[World, dict[str, Ledger]], Array],
        deals: Sequence[Deal] | None = None,
        *,
        paths: int | None = FAN_PATHS,
    ) -> Array:
        """What ``reduce`` makes of each block's world and ledgers, joined along the paths.

        ``reduce`` returns an array whose last axis is paths; where the provider reacts to how it is
        paid, the world is that of the first deal. At most ``paths`` are used.
        """
        parts = [
            reduce(next(iter(block.worlds.values())), block.ledgers)[..., : block.paths]
            for block in self.blocks(deals, paths)
        ]
        return np.concatenate(parts, axis=-1)

    def summary(self, *, detail: bool = False) -> pd.DataFrame:
        """The numbers that matter, one row a deal; see ``results.summary``."""
        return shown(tables.summary(self, detail=detail))

    def who_keeps_it(self) -> pd.DataFrame:
        """Who keeps what automation saves; see ``results.who_keeps_it``."""
        return shown(tables.who_keeps_it(self))

    def incentives(self) -> pd.DataFrame:
        """What automating is worth to each party; see ``results.who_keeps_it``."""
        return shown(tables.incentives(self))

    def hours_against_outcomes(self) -> pd.DataFrame:
        """What tells buying hours from buying outcomes; see ``results.hours_against_outcomes``."""
        return shown(tables.hours_against_outcomes(self))

    def per_unit(self) -> pd.DataFrame:
        """Both parties' results for each verified unit; see ``results.per_unit``."""
        return shown(tables.per_unit(self))

    def budget(self, deal: str | None = None) -> pd.DataFrame:
        """The buyer's budget by fiscal year; see ``results.budget``."""
        return shown(tables.budget(self, deal))

    def risk(
        self,
        party: PartyName = "buyer",
        *,
        share: float = 0.05,
        risk_tolerance: float | None = None,
    ) -> pd.DataFrame:
        """How bad one party's result may get, by deal; see ``results.risk``."""
        return shown(tables.risk(self, party, share=share, risk_tolerance=risk_tolerance))

    def waterfall(self, deal: str, *, if_removed: bool = False) -> pd.DataFrame:
        """What each line moves, in contract order; see ``results.waterfall``."""
        return shown(tables.waterfall(self, deal, if_removed=if_removed))

    def monthly(self, line: str, deal: str) -> pd.DataFrame:
        """A line, book or series by month; see ``results.monthly``."""
        return shown(tables.monthly(self, line, deal))

    def compare(self, a: str, b: str) -> pd.DataFrame:
        """The paired difference of two deals; see ``results.compare``."""
        return shown(tables.compare(self, a, b))

    def attainment(self) -> pd.DataFrame:
        """How often KPI targets are met; see ``results.attainment``."""
        return shown(tables.attainment(self))

    def cash(self) -> pd.DataFrame:
        """When the provider is in the red and what the timing is worth; see ``results.cash``."""
        return shown(tables.cash(self))

    def maturity(self) -> pd.DataFrame:
        """When automation reaches each of its phases; see ``results.maturity``."""
        return shown(tables.maturity(self))

    def schedule(self) -> pd.DataFrame:
        """When a backlog is finished; see ``results.schedule``."""
        return shown(tables.schedule(self))

    def people(self) -> pd.DataFrame:
        """Hours beside FTE, by role; see ``results.people``."""
        return shown(tables.people(self))

    def reprice(self, deal: Deal) -> Run:
        """The run with one deal changed (or added), settled on the same worlds."""
        row = self.price(self.worlds, (deal,), self.paths)
        names = self.names
        if deal.name not in names:
            return self._with((*self.deals, deal), np.concatenate([self.array, row]))
        place = names.index(deal.name)
        array = self.array.copy()
        array[place] = row[0]
        return self._with((*self.deals[:place], deal, *self.deals[place + 1 :]), array)

    def _with(self, deals: tuple[Deal, ...], array: Array) -> Run:
        return replace(self, deals=deals, array=array, precision=None)
