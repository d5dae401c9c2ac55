"""Annotated number types: each says its unit and its hard bounds once.

Hard bounds are what the number can mean at all. The range of a slider in a meeting is something
else and stands in the scenario's ``levers``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, Discriminator, Field, GetCoreSchemaHandler, Tag, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

STAGE_PATTERN = r"^stage\.\w+(\s*[+-]\s*\d{1,3})?$"
"""How a whole number of months may be written as a stage of the engagement."""


@dataclass(frozen=True)
class Quantity:
    """A number with a unit and hard bounds, both inclusive; infinities and NaN are refused."""

    unit: str
    low: float | None = None
    high: float | None = None
    spread: bool = False
    """True where the number is a dispersion: with uncertainty off it is zero."""

    def __get_pydantic_core_schema__(self, source: Any, _: GetCoreSchemaHandler) -> CoreSchema:
        """A strict number within the bounds."""
        if source is int:
            return core_schema.int_schema(
                strict=True,
                ge=None if self.low is None else int(self.low),
                le=None if self.high is None else int(self.high),
            )
        return core_schema.float_schema(strict=True, ge=self.low, le=self.high, allow_inf_nan=False)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        """The JSON Schema of the number, with its unit; whole months may also name a stage."""
        number = {**handler(schema), "unit": self.unit}
        if self.unit != "months" or number.get("type") != "integer":
            return number
        stage = {"type": "string", "pattern": STAGE_PATTERN}
        return {"anyOf": [number, stage], "unit": self.unit}


MONEY = Quantity("money", 0)
RATE = Quantity("money per hour", 0)
PRICE = Quantity("money per unit", 0)
SHARE = Quantity("share", 0, 1)
GROWTH = Quantity("share a year", -0.99, 3)
DISCOUNT = Quantity("share a year", -0.2, 1)
SPREAD = Quantity("standard deviation", 0, spread=True)
LOG_SPREAD = Quantity("standard deviation of the logarithm", 0, 3, spread=True)
UNITS = Quantity("units", 0)
HOURS = Quantity("hours", 0)
PEOPLE = Quantity("people", 0)
MONTH = Quantity("months", 0, 600)
SPAN = Quantity("months", 0.1, 600)
FACTOR = Quantity("factor", 0)
CHANGE = Quantity("relative change", -0.99, 10)
CORRELATION = Quantity("correlation", -1, 1)
PART = Quantity("share", 0, 0.95)
OCCUPANCY = Quantity("share", 0.05, 1)
SLOPE = Quantity("share", 0.51, 1)
TURNOVER = Quantity("share a year", 0, 12)
SPEED = Quantity("factor", 0.1, 10)
DAY_HOURS = Quantity("hours a day", 0, 8)
LEVEL = Quantity("units of the KPI")

Money = Annotated[float, MONEY]
Rate = Annotated[float, RATE]
Price = Annotated[float, PRICE]
Share = Annotated[float, SHARE]
Growth = Annotated[float, GROWTH]
Discount = Annotated[float, DISCOUNT]
Spread = Annotated[float, SPREAD]
LogSpread = Annotated[float, LOG_SPREAD]
Units = Annotated[float, UNITS]
Hours = Annotated[float, HOURS]
People = Annotated[float, PEOPLE]
Factor = Annotated[float, FACTOR]
Change = Annotated[float, CHANGE]
Correlation = Annotated[float, CORRELATION]
Level = Annotated[float, LEVEL]
Months = Annotated[int, Quantity("months", 0, 600)]
Span = Annotated[int, Quantity("months", 1, 600)]
Days = Annotated[int, Quantity("days", 0, 3600)]

WHOLE = 1e-9
"""How far a sum of written shares or weights may be off 1: room for three times 0.3333333333."""


def _form(given: Any) -> str:
    """Which form a contract number was written in: one number, by name, or by contract year."""
    if isinstance(given, dict):
        return "by name"
    return "by year" if isinstance(given, list | tuple) else "one number"


RateCard = Annotated[
    Annotated[Rate, Tag("one number")] | Annotated[dict[str, Rate], Tag("by name")],
    Discriminator(_form),
]
"""One rate for every role, or a rate by role [money per hour]."""
PriceByYear = Annotated[
    Annotated[Price, Tag("one number")]
    | Annotated[tuple[Price, ...], Field(strict=False, min_length=1), Tag("by year")],
    Discriminator(_form),
]
"""One price, or one a contract year, the last going on [money per unit]."""
MoneyByYear = Annotated[
    Annotated[Money, Tag("one number")]
    | Annotated[tuple[Money, ...], Field(strict=False, min_length=1), Tag("by year")],
    Discriminator(_form),
]
"""One amount, or one a year, the last going on [money]."""
ShareByYear = Annotated[
    Annotated[Share, Tag("one number")]
    | Annotated[tuple[Share, ...], Field(strict=False, min_length=1), Tag("by year")],
    Discriminator(_form),
]
"""One share, or one a contract year, the last going on [share]."""
UnitsByYear = Annotated[
    Annotated[Units, Tag("one number")]
    | Annotated[tuple[Units, ...], Field(strict=False, min_length=1), Tag("by year")],
    Discriminator(_form),
]
"""So many units, or so many a contract year, the last going on [units]."""
LevelByYear = Annotated[
    Annotated[Level, Tag("one number")]
    | Annotated[tuple[Level, ...], Field(strict=False, min_length=1), Tag("by year")],
    Discriminator(_form),
]
"""One KPI level, or one a contract year, the last going on [the KPI's unit]."""


MONTH_PATTERN = r"^\d{4}-(0[1-9]|1[0-2])$"
CURRENCY_PATTERN = r"^[A-Z]{3}$"


def _calendar_month(text: str) -> str:
    if not re.fullmatch(MONTH_PATTERN, text):
        raise ValueError("must be a month written YYYY-MM, such as 2026-01")
    return text


def _currency(text: str) -> str:
    if not re.fullmatch(CURRENCY_PATTERN, text):
        raise ValueError("must be a three-letter currency code, such as USD or EUR (ISO 4217)")
    return text


CalendarMonth = Annotated[
    str,
    AfterValidator(_calendar_month),
    WithJsonSchema({"type": "string", "pattern": MONTH_PATTERN}),
]
Currency = Annotated[
    str, AfterValidator(_currency), WithJsonSchema({"type": "string", "pattern": CURRENCY_PATTERN})
]
