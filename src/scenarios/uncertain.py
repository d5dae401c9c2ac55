"""Numbers that may be uncertain: a plain number, or any distribution, of a quantity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from scenarios import quantities as q
from scenarios.declared import Declared, read_under
from scenarios.distributions import (
    Z90,
    Array,
    Distribution,
    Draws,
    LogNormal,
    NoDraws,
    Normal,
    Observations,
    Percentiles,
    Triangular,
)
from scenarios.evidence import Evidence

__all__ = [
    "FORMS",
    "Z90",
    "Array",
    "Distribution",
    "Draws",
    "Evidence",
    "LogNormal",
    "NoDraws",
    "Normal",
    "Observations",
    "Percentiles",
    "ShareOrName",
    "Triangular",
    "Uncertain",
    "UncertainChange",
    "UncertainDayHours",
    "UncertainFactor",
    "UncertainGrowth",
    "UncertainHours",
    "UncertainLevel",
    "UncertainMoney",
    "UncertainMonths",
    "UncertainOccupancy",
    "UncertainPart",
    "UncertainPrice",
    "UncertainRate",
    "UncertainShare",
    "UncertainSlope",
    "UncertainSpan",
    "UncertainSpeed",
    "UncertainTurnover",
    "UncertainUnits",
]

FORMS: dict[str, type[Distribution]] = {
    "p10": Percentiles,
    "mode": Triangular,
    "mean": Normal,
    "median": LogNormal,
    "observations": Observations,
    "evidence": Evidence,
}
"""Which key tells which distribution was written."""


@dataclass(frozen=True)
class Uncertain:
    """Annotation: a plain number, or any distribution, of this quantity."""

    quantity: q.Quantity
    names: bool = False
    """True where a name may stand instead of a number."""

    def read(self, given: Any, plain: Any) -> float | str | Distribution:
        """The number or distribution, checked against the quantity's hard bounds."""
        if self.names and isinstance(given, str):
            return given
        if isinstance(given, dict):
            given = _distribution(given)
        if not isinstance(given, Distribution):
            return float(plain(given))
        low, high = self.quantity.low, self.quantity.high
        for value in given.named():
            if (low is not None and value < low) or (high is not None and value > high):
                raise PydanticCustomError(
                    "out_of_bounds",
                    "{value} lies outside what a {unit} can be",
                    {"value": value, "unit": self.quantity.unit, "allowed": _range(low, high)},
                )
        return given.replace(min=_tighter(max, given.min, low), max=_tighter(min, given.max, high))

    def __get_pydantic_core_schema__(self, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read a number or a mapping, write it again."""
        return core_schema.no_info_wrap_validator_function(
            self.read,
            handler.generate_schema(Annotated[float, self.quantity]),
            serialization=core_schema.plain_serializer_function_ser_schema(_written),
        )

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """A number, or one of the written forms."""
        number: dict[str, Any] = {"type": "number", "unit": self.quantity.unit}
        if self.quantity.low is not None:
            number["minimum"] = self.quantity.low
        if self.quantity.high is not None:
            number["maximum"] = self.quantity.high
        forms = [handler(form.__pydantic_core_schema__) for form in FORMS.values()]
        named = [{"type": "string"}] if self.names else []
        return {"anyOf": [number, *named, *forms]}


def _distribution(given: dict[str, Any]) -> Declared:
    for key, form in FORMS.items():
        if key in given:
            return read_under(None, form, given)
    raise PydanticCustomError(
        "unknown_distribution",
        "is not a distribution this file knows",
        {"allowed": "p10/p90, low/mode/high, mean/sd, median/log_sd, observations, evidence"},
    )


def _written(number: float | str | Distribution) -> Any:
    return number.model_dump(exclude_none=True) if isinstance(number, Distribution) else number


def _range(low: float | None, high: float | None) -> str:
    if high is None:
        return f"{low:g} or more"
    return f"{low:g} to {high:g}" if low is not None else f"{high:g} or less"


def _tighter(pick: Any, own: float | None, bound: float | None) -> float | None:
    if own is None or bound is None:
        return bound if own is None else own
    return pick(own, bound)


UncertainMoney = Annotated[float | Distribution, Uncertain(q.MONEY)]
UncertainRate = Annotated[float | Distribution, Uncertain(q.RATE)]
UncertainPrice = Annotated[float | Distribution, Uncertain(q.PRICE)]
UncertainShare = Annotated[float | Distribution, Uncertain(q.SHARE)]
ShareOrName = Annotated[float | str | Distribution, Uncertain(q.SHARE, names=True)]
UncertainGrowth = Annotated[float | Distribution, Uncertain(q.GROWTH)]
UncertainUnits = Annotated[float | Distribution, Uncertain(q.UNITS)]
UncertainHours = Annotated[float | Distribution, Uncertain(q.HOURS)]
UncertainFactor = Annotated[float | Distribution, Uncertain(q.FACTOR)]
UncertainChange = Annotated[float | Distribution, Uncertain(q.CHANGE)]
UncertainMonths = Annotated[float | Distribution, Uncertain(q.MONTH)]
UncertainSpan = Annotated[float | Distribution, Uncertain(q.SPAN)]
UncertainLevel = Annotated[float | Distribution, Uncertain(q.LEVEL)]
UncertainPart = Annotated[float | Distribution, Uncertain(q.PART)]
UncertainOccupancy = Annotated[float | Distribution, Uncertain(q.OCCUPANCY)]
UncertainSlope = Annotated[float | Distribution, Uncertain(q.SLOPE)]
UncertainTurnover = Annotated[float | Distribution, Uncertain(q.TURNOVER)]
UncertainSpeed = Annotated[float | Distribution, Uncertain(q.SPEED)]
UncertainDayHours = Annotated[float | Distribution, Uncertain(q.DAY_HOURS)]
