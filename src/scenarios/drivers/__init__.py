"""Drivers: what is uncertain or grows. Each file is one: its declaration and its formula."""

from scenarios.drivers.automation import Automation
from scenarios.drivers.backlog import Backlog
from scenarios.drivers.delivery import Delivery, Role
from scenarios.drivers.demand import Volume
from scenarios.drivers.index import Index
from scenarios.drivers.kpis import Correlated, Kpi
from scenarios.drivers.management import Management
from scenarios.drivers.outcomes import AfterTheEnd, Outcomes, Value

__all__ = [
    "AfterTheEnd",
    "Automation",
    "Backlog",
    "Correlated",
    "Delivery",
    "Index",
    "Kpi",
    "Management",
    "Outcomes",
    "Role",
    "Value",
    "Volume",
]
