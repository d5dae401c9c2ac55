"""What a reverse stress test found: how bad it must get until a deal loses, as a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.results.compare import HALF_A_CENT


@dataclass(frozen=True)
class Turning:
    """How bad a stress must get until a deal costs the buyer more than another.

    Costs that differ by half a cent or less are the same: no deal loses by that.
    """

    stress: str
    deal: str
    against: str
    severity: str
    """The stress's number that was made worse."""
    turns: float | None
    """The least at which the deal loses; none where it never does."""
    looked_up_to: float
    """The worst that was looked at."""
    advantage: float
    """How much cheaper the deal is in the scenario as written [money]; below 0 it has lost."""
    at_worst: float | None
    """How much cheaper it still is at the worst [money]; none where it turns or is not cheaper as
    written."""
    always: bool
    """Whether the stress turns the deal at any severity."""

    how_bad: str
    """The severity at which it turns, to two digits, or else the worst that was looked at, in
    words."""

    def __str__(self) -> str:
        name = self.stress.replace("_", " ")
        if self.same:
            return f"{self.deal} and {self.against} cost the buyer the same before any stress"
        if self.lost:
            return f"{self.deal} costs more than {self.against} as written, before any stress"
        if self.always:
            return f"{self.deal} costs more than {self.against} under {name}, however mild it is"
        if not self.tells_apart:
            return (
                f"{self.deal} stays cheaper than {self.against} by as much {self.holds}: {name} "
                "does not tell the two apart"
            )
        return f"{self.deal} stays cheaper than {self.against} {self.holds}"

    @property
    def same(self) -> bool:
        """Whether both deals cost the buyer the same in the scenario as written."""
        return abs(self.advantage) <= HALF_A_CENT

    @property
    def lost(self) -> bool:
        """Whether the deal costs more in the scenario as written."""
        return self.advantage < -HALF_A_CENT

    @property
    def tells_apart(self) -> bool:
        """Whether the stress moves one deal's cost more than the other's."""
        return self.at_worst is None or abs(self.at_worst - self.advantage) > HALF_A_CENT

    @property
    def holds(self) -> str:
        """How long the deal stays cheaper, in words: ``until volume falls by 34 %``."""
        if self.same or self.lost:
            return "not even as written"
        if self.always:
            return "not at all, however mild it is"
        return f"{'even where' if self.turns is None else 'until'} {self.how_bad}"
