"""Execute a report notebook: its own kernel, a fresh folder, a time limit."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from scenarios.errors import ScenarioError
from scenarios.reports.job import Job

JOB = "job.json"
SECONDS = 600
"""A report that takes longer is stopped."""
INJECTED = "injected-parameters"
PLACE = re.compile(r"(?:[A-Za-z]:)?(?:[\\/][^\s\\/:'\"<>|]+){2,}[\\/]?")
"""A path of this machine in a message: only its last part is kept."""


def run_notebook(
    template: Path,
    job: Job,
    folder: Path,
    *,
    seconds: float = SECONDS,
    progress: Callable[[int, int], None] | None = None,
) -> NotebookNode:
    """The executed notebook of a job, run in a folder that is its own.

    What the scenario says travels as a file with a hash; the notebook is told only the file's name
    and the hash. ``progress`` is called with cells done and cells in all. Raises ScenarioError that
    names the cell, its first line and the reason.
    """
    content = job.written()
    (folder / JOB).write_bytes(content)
    total = len(papermill.iorw.load_notebook_node(str(template)).cells)
    deadline = time.monotonic() + seconds

    def done(cell_index: int, **_: Any) -> None:
        if progress is not None:
            progress(min(cell_index, total), total)  # the injected cell is nobody's cell

    def left(_: NotebookNode) -> float:
        return max(deadline - time.monotonic(), 1)

    # Over ipc no port is open while the kernel runs; elsewhere its socket's path may be too long.
    transport = {"transport": "ipc"} if sys.platform == "linux" else {}
    try:
        with _plain_backend():
            return papermill.execute_notebook(
                template,
                None,
                {"path": JOB, "sha256": hashlib.sha256(content).hexdigest()},
                engine_name="nbclient",
                kernel_name="python3",
                progress_bar=False,
                cwd=folder,
                config=Config({"KernelManager": transport}),
                timeout_func=left,
                store_widget_state=False,
                shutdown_kernel="immediate",
                on_cell_executed=done,
            )
    except PapermillExecutionError as error:
        raise ScenarioError(_failed(error, template)) from error
    except CellTimeoutError as error:
        raise ScenarioError(
            f"the report was not done after {seconds:g} seconds: ask for fewer paths"
        ) from error
    except DeadKernelError as error:
        raise ScenarioError(
            "the kernel died while the report was being made, as it does when memory runs out: "
            "ask for fewer paths"
        ) from error


@contextmanager
def _plain_backend() -> Iterator[None]:
    """Without MPLBACKEND: one that needs a screen would fail in a kernel that has none."""
    given = os.environ.pop("MPLBACKEND", None)
    try:
        yield
    finally:
        if given is not None:
            os.environ["MPLBACKEND"] = given


def _failed(error: PapermillExecutionError, template: Path) -> str:
    cells = papermill.iorw.load_notebook_node(str(template)).cells
    number = next((n for n, cell in enumerate(cells, 1) if cell.source == error.source), None)
    if number is None:
        number = error.cell_index
    first = next(iter(error.source.strip().splitlines()), "")
    return f"cell {number} ({first}) failed: {error.ename}: {without_places(error.evalue)}"


def without_places(message: str) -> str:
    """A message with each path of this machine cut to its last part."""
    return PLACE.sub(lambda found: re.split(r"[\\/]", found[0].rstrip("\\/"))[-1], message)
