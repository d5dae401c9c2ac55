"""The command ``scenarios``: its commands, and what they have in common."""

from __future__ import annotations

import os
import sys
import warnings
from importlib.metadata import version
from typing import Annotated

import typer

from scenarios.cli import (
    benchmarks,
    calibrate,
    files,
    fit,
    redline,
    report,
    run,
    settle,
    stress,
    terms,
)
from scenarios.cli.command import Command

app = typer.Typer(
    help="Decide how to pay for outsourced services: by the hour, by a hybrid, or by outcome.",
    epilog="Begin with: scenarios init desk, scenarios check desk.yaml, scenarios run desk.yaml",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    *(files.init, files.check, run.run, run.compare, report.report),
    *(files.schema, benchmarks.benchmarks),
    settle.settle,
    fit.fit,
    terms.terms,
    redline.redline,
    stress.stress,
    calibrate.calibrate,
):
    app.command(cls=Command)(command)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(version("scenarios"))
        raise typer.Exit


@app.callback()
def common(
    *,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where an unexpected error arose.")
    ] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print it.")
    ] = False,
) -> None:
    """Options that every command takes, before its name."""
    del debug  # read by Command, which meets the errors


def _in_words(message: Warning | str, *_: object, **__: object) -> str:
    """A warning without the place in the code that a person at a shell has no use for."""
    return f"scenarios: warning: {message}\n"


def main() -> None:
    """Run the command line; a reader that closes the pipe early is no error to talk about."""
    warnings.formatwarning = _in_words
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more as it ends: what is left goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
