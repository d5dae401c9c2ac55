"""Drivers: what is uncertain or grows. Each file is one: its declaration and its formula."""

from scenarios.drivers.alignment import Alignment
from scenarios.drivers.automation import Automation, Wave
from scenarios.drivers.backlog import Backlog
from scenarios.drivers.bass import Bass
from scenarios.drivers.channels import Channels
from scenarios.drivers.correlations import Correlated
from scenarios.drivers.delivery import Delivery, Role
from scenarios.drivers.demand import Volume
from scenarios.drivers.distance import Distance
from scenarios.drivers.effort import Complexity, Effort
from scenarios.drivers.events import Changes, Events, Loss
from scenarios.drivers.governance import Governance, Onboarding
from scenarios.drivers.index import Index
from scenarios.drivers.kpis import Kpi
from scenarios.drivers.learning import Learning
from scenarios.drivers.management import Management
from scenarios.drivers.market import MarketPrice
from scenarios.drivers.outcomes import AfterTheEnd, KpiWorth, Outcomes, Value
from scenarios.drivers.response import Reaction, Response
from scenarios.drivers.scope import ScopeChange
from scenarios.drivers.seniority import Level
from scenarios.drivers.shocks import Shock
from scenarios.drivers.stages import Stages
from scenarios.drivers.workforce import Workforce

__all__ = [
    "AfterTheEnd",
    "Alignment",
    "Automation",
    "Backlog",
    "Bass",
    "Changes",
    "Channels",
    "Complexity",
    "Correlated",
    "Delivery",
    "Distance",
    "Effort",
    "Events",
    "Governance",
    "Index",
    "Kpi",
    "KpiWorth",
    "Learning",
    "Level",
    "Loss",
    "Management",
    "MarketPrice",
    "Onboarding",
    "Outcomes",
    "Reaction",
    "Response",
    "Role",
    "ScopeChange",
    "Shock",
    "Stages",
    "Value",
    "Volume",
    "Wave",
    "Workforce",
]
