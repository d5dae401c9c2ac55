"""Exports of ticket systems and call centres, read with every decision told."""

from scenarios.calibrate.reading.decisions import Decision
from scenarios.calibrate.reading.log import Log, read_log

__all__ = ["Decision", "Log", "read_log"]
