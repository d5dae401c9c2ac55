"""Drivers: what is uncertain or grows. Each file is one: its declaration and its formula."""

from scenarios.drivers.automation import Automation
from scenarios.drivers.backlog import Backlog
from scenarios.drivers.delivery import Delivery, Role
from scenarios.drivers.demand import Volume
from scenarios.drivers.events import Changes, Events, Loss
from scenarios.drivers.index import Index
from scenarios.drivers.kpis import Correlated, Kpi
from scenarios.drivers.management import Management
from scenarios.drivers.market import MarketPrice
from scenarios.drivers.outcomes import AfterTheEnd, Outcomes, Value

__all__ = [
    "AfterTheEnd",
    "Automation",
    "Backlog",
    "Changes",
    "Correlated",
    "Delivery",
    "Events",
    "Index",
    "Kpi",
    "Loss",
    "Management",
    "MarketPrice",
    "Outcomes",
    "Role",
    "Value",
    "Volume",
]
