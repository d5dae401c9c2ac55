"""The redline: what changed between two versions of a deal, and what each change is worth."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from jinja2 import Template

from scenarios.deal import Deal
from scenarios.engine.simulate import simulate
from scenarios.errors import ScenarioError
from scenarios.results.frames import shown
from scenarios.results.run import Run
from scenarios.scenario import Scenario
from scenarios.wording.steps import applied, steps
from scenarios.wording.together import ALL_ORDERS, Group, orders, together

if TYPE_CHECKING:
    import pandas as pd

Array = npt.NDArray[Any]
Margin = tuple[int, frozenset[int], float]
"""A change, the changes made before it, and what the difference that it then makes counts."""
COLUMNS = ("to the buyer", "to the provider", "buyer, present value", "provider, present value")
BEGIN = ("Added: ", "Struck out: ", "Moved: ")
"""How a change may begin; inside a row of several it is no beginning of a sentence."""
PAGE = Template(
    "<h3>Redline: {{ a }} becomes {{ b }}</h3>{% if table %}{{ table | safe }}{% else %}"
    "<ol>{% for words in changes %}<li>{{ words }}</li>{% endfor %}</ol>{% endif %}",
    autoescape=True,
)


@dataclass(frozen=True, eq=False)
class Redline:
    """What changed from one version to another; with a scenario also what each change is worth."""

    a: Deal
    b: Deal
    groups: tuple[Group, ...]
    """Each change: one step, or several that cannot stand without each other."""
    worth: pd.DataFrame | None = None
    """One row a change, then their sum: see ``redline``."""

    @property
    def changes(self) -> list[str]:
        """The changes in words, in the order of the paper."""
        return [_words(group) for group in self.groups]

    def table(self) -> pd.DataFrame:
        """What each change is worth to both parties [money]; see ``redline``.

        Raises ``ScenarioError`` where no scenario was given.
        """
        if self.worth is None:
            raise ScenarioError("what a change is worth needs a scenario: redline(a, b, scenario)")
        return self.worth

    def markdown(self) -> str:
        """The changes as a numbered list."""
        listed = [f"{number}. {words}" for number, words in enumerate(self.changes, 1)]
        return "\n".join([f"# {self.a.name} becomes {self.b.name}", "", *listed]) + "\n"

    def __repr__(self) -> str:
        return f"Redline {self.a.name!r} to {self.b.name!r}: {len(self.groups)} changes"

    def __str__(self) -> str:
        return self.markdown()

    def _repr_html_(self) -> str:
        table = None if self.worth is None else shown(self.worth)._repr_html_()
        return PAGE.render(a=self.a.name, b=self.b.name, changes=self.changes, table=table)


def redline(
    a: Deal,
    b: Deal,
    scenario: Scenario | None = None,
    *,
    paths: int = 5_000,
    seed: int = 1,
    shapley: bool = False,
) -> Redline:
    """What changed from deal ``a`` to deal ``b``, in words; with a scenario what it is worth.

    Each change is worth what the parties' results move by when it is made, on the same futures:
    the buyer's benefit less fee and own outlays, the provider's fee less outlays, undiscounted and
    as present values, each with the standard error of the paired difference. The changes are made
    one after the other in the order of the paper, so that the rows add up to the whole; a row
    depends on the rows before it. ``shapley`` averages over the orders in which they can be made:
    all of them for up to eight changes, else 40 drawn at the seed (``attrs["orders"]``). Changes
    that cannot be settled without each other are one row. Raises ``ScenarioError`` where a deal
    does not fit the scenario.
    """
    changed = steps(a, b, "" if scenario is None else scenario.currency)
    if scenario is None:
        return Redline(a, b, tuple((step,) for step in changed))
    made = together(a, b, changed, scenario, seed)
    run = simulate(scenario, [a], paths=paths, seed=seed, keep=True)
    value = _Values(a, b, made, run)
    if not shapley:
        taken, margins = 1, _in_turn([tuple(range(len(made)))])
    elif len(made) <= ALL_ORDERS:
        taken, margins = math.factorial(len(made)), _in_all_orders(len(made))
    else:
        drawn = orders(len(made), seed)
        taken, margins = len(drawn), _in_turn(drawn)
    table = _table(made, value, margins, scenario)
    table.attrs["orders"] = taken
    return Redline(a, b, made, table)


def _words(group: Group) -> str:
    first, *others = (step.words for step in group)
    within = (one[0].lower() + one[1:] if one.startswith(BEGIN) else one for one in others)
    return "; with it: ".join([first, *within])


def _in_turn(taken: Sequence[tuple[int, ...]]) -> Iterator[Margin]:
    """Each change made after those before it, in each of the orders."""
    for order in taken:
        for number, place in enumerate(order):
            yield place, frozenset(order[:number]), 1 / len(taken)


def _in_all_orders(count: int) -> Iterator[Margin]:
    """Each change made after any others: a set of them comes first in so many of the orders."""
    for place in range(count):
        others = [other for other in range(count) if other != place]
        for size in range(count):
            orders = math.factorial(size) * math.factorial(count - size - 1)
            for taken in combinations(others, size):
                yield place, frozenset(taken), orders / math.factorial(count)


class _Values:
    """Both parties' results under the deal with some of the changes made, on every path."""

    def __init__(self, a: Deal, b: Deal, made: Sequence[Group], run: Run) -> None:
        self.a, self.b, self.made, self.run = a, b, made, run
        self.known: dict[frozenset[int], Array] = {}

    def __call__(self, taken: frozenset[int]) -> Array:
        """(len(COLUMNS), paths) [money]."""
        if taken not in self.known:
            self.known[taken] = self._settled(taken)
        return self.known[taken]

    def _settled(self, taken: frozenset[int]) -> Array:
        some = [step for place in sorted(taken) for step in self.made[place]]
        try:
            deal = applied(self.a, self.b, some)
            fee, own, outlay, benefit, buyer, provider = self.run.price(
                self.run.worlds, (deal,), self.run.paths
            )[0]
        except ValueError as error:
            words = "; ".join(step.words for step in some)
            raise ScenarioError(
                f"these changes cannot be made without the others ({words}): {error}"
            ) from error
        return np.stack([benefit - fee - own, fee - outlay, -buyer, provider])


def _table(
    made: Sequence[Group],
    value: Callable[[frozenset[int]], Array],
    margins: Iterable[Margin],
    scenario: Scenario,
) -> pd.DataFrame:
    """One row a change, its margins weighed, and the sum."""
    import pandas as pd  # noqa: PLC0415  words need no tables

    none, paths = frozenset[int](), value(frozenset()).shape[1]
    worth = np.zeros((len(made), len(COLUMNS), paths))
    for place, taken, weight in margins:
        worth[place] += (value(taken | {place}) - value(taken)) * weight
    whole = value(frozenset(range(len(made)))) - value(none)
    rows = {}
    for number, moved in enumerate([*worth, whole], 1):
        row: dict[str, Any] = {"change": _words(made[number - 1]) if number <= len(made) else ""}
        error = moved.std(axis=1) / math.sqrt(paths)
        for place, column in enumerate(COLUMNS):
            row[column] = float(moved[place].mean())
            row[f"{column}, s.e."] = float(error[place])
        rows[str(number) if number <= len(made) else "in all"] = row
    first = ["change", *COLUMNS[:2], *(f"{column}, s.e." for column in COLUMNS[:2]), *COLUMNS[2:]]
    table = pd.DataFrame.from_dict(rows, orient="index")[first].rename_axis(index="no.")
    table.attrs |= {"currency": scenario.currency, "paths": paths}
    return shown(table)
