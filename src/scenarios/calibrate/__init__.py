"""From what people have, an export or a series, to the numbers of a scenario.

``tickets`` takes a log of tickets, ``kpi`` a KPI's history, ``effort`` estimates and actuals,
``indexation`` a price index; ``backtest`` says how well a log's fit would have predicted it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what is imported here is what type checkers and editors see
    from scenarios.calibrate.calibration import Calibration
    from scenarios.calibrate.estimates import Calibrated
    from scenarios.calibrate.from_log import tickets
    from scenarios.calibrate.holdout import Backtest, backtest
    from scenarios.calibrate.indices import indexation
    from scenarios.calibrate.kpis import kpi
    from scenarios.calibrate.overrun import effort
    from scenarios.calibrate.reading.log import Log, read_log
    from scenarios.calibrate.reversion import OrnsteinUhlenbeck, ornstein_uhlenbeck

__all__ = [
    "Backtest",
    "Calibrated",
    "Calibration",
    "Log",
    "OrnsteinUhlenbeck",
    "backtest",
    "effort",
    "indexation",
    "kpi",
    "ornstein_uhlenbeck",
    "read_log",
    "tickets",
]

_HOMES = {
    "Backtest": "holdout",
    "Calibrated": "estimates",
    "Calibration": "calibration",
    "Log": "reading.log",
    "OrnsteinUhlenbeck": "reversion",
    "backtest": "holdout",
    "effort": "overrun",
    "indexation": "indices",
    "kpi": "kpis",
    "ornstein_uhlenbeck": "reversion",
    "read_log": "reading.log",
    "tickets": "from_log",
}


def __getattr__(name: str) -> Any:
    """Load a name when it is first asked for: statsmodels takes a while (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
