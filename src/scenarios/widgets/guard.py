"""Callbacks that never show a traceback: the page gets an error id, the log gets the rest."""

from __future__ import annotations

import logging
import os
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from scenarios.errors import ScenarioError

WENT_WRONG = (
    "Something went wrong; the last good numbers are shown. Error {number}: its details are in "
    "scenarios-board-*.log, in the temporary folder of the computer that runs the board."
)


@contextmanager
def guarded(say: Callable[[str], None]) -> Iterator[None]:
    """Whatever fails inside is said in plain words and goes no further.

    ``say`` gets the words of a ``ScenarioError``; of any other error only an id under which the
    traceback stands in the log.
    """
    try:
        yield
    except ScenarioError as refused:
        say(str(refused))
    except Exception:
        number = uuid.uuid4().hex[:8]
        logger = log()
        logger.exception("error %s", number)
        say(WENT_WRONG.format(number=number))


@cache
def log() -> logging.Logger:
    """The board's log: a file that only its owner can read, made at the first error.

    A kernel sends its standard streams to the browser, so nothing may reach them: no stream
    handler, and no passing on to the root logger, which may have one.
    """
    logger = logging.getLogger("scenarios.board")
    descriptor, path = tempfile.mkstemp(prefix="scenarios-board-", suffix=".log")
    os.close(descriptor)
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    logger.propagate = False
    return logger
