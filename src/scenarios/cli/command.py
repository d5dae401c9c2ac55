"""How a command ends: errors in words on stderr, and an exit code that says whose they are."""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperCommand

from scenarios.errors import ScenarioError, SettlementError

FAILED, BAD_INPUT = 1, 2
"""Exit codes: something else went wrong; what was given cannot be used."""


class Command(TyperCommand):
    """A command whose errors are told in words; ``scenarios --debug`` shows where they arose."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command.

        Exits with 2 for a ``ScenarioError``, with 1 for what nobody foresaw.
        """
        debug = ctx.find_root().params.get("debug", False)
        try:
            return super().invoke(ctx)
        except ScenarioError as error:
            if debug:
                raise
            tell(error)
            raise typer.Exit(BAD_INPUT) from None
        except (typer.Exit, typer.Abort, typer.BadParameter, BrokenPipeError):
            raise
        except Exception as error:
            if debug:
                raise
            told = " ".join(str(error).split()) or "no further words"
            print(f"scenarios: {type(error).__name__}: {told} (see: --debug)", file=sys.stderr)
            raise typer.Exit(FAILED) from None


def tell(error: ScenarioError) -> None:
    """All problems on stderr, one a line."""
    if isinstance(error, SettlementError):
        print(error, file=sys.stderr)
        return
    for problem in error.problems:
        print(problem, file=sys.stderr)
