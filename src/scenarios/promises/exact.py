"""Exact twins: the same deal and the same world in ``Decimal``, as invoices are settled."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeVar

import numpy as np

from scenarios.declared import Declared
from scenarios.world import Array, World

Declaration = TypeVar("Declaration", bound=Declared)


def exact(declaration: Declaration) -> Declaration:
    """The same declaration, each float in it the ``Decimal`` that a person would write for it.

    It is settled like any other, on an ``exact_world``. It is made without validation, which
    would refuse a ``Decimal``: the declaration given was already valid.
    """
    fields = {name: _exact(getattr(declaration, name)) for name in type(declaration).model_fields}
    return type(declaration).model_construct(**fields)


def exact_world(world: World) -> World:
    """The same world, its series arrays of ``Decimal``."""
    hours = {role: _number(hours) for role, hours in world.month_hours.items()}
    return world.each(_decimals, zero=Decimal(0), month_hours=hours)


def _exact(value: Any) -> Any:
    if isinstance(value, Declared):
        return exact(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, dict):
        return {key: _exact(member) for key, member in value.items()}
    return tuple(_exact(member) for member in value) if isinstance(value, tuple) else value


def _number(value: float) -> Decimal:
    # repr is the shortest text that reads back as this float: 0.1, not 0.1000000000000000055.
    return Decimal(repr(float(value)))


def _decimals(array: Array) -> Array:
    return np.asarray(np.vectorize(_number, otypes=[object])(array))
