"""What every test may use: Hypothesis profiles and a browser."""

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

# `ci` gives the same examples on every run; `dev` goes on looking for new ones.
# No deadline in either: a first call compiles or imports, and a shared machine is slow by turns.
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("check", derandomize=True, deadline=None, max_examples=15)
settings.register_profile("dev", deadline=None)
settings.load_profile("dev")

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; without one a test skips, or fails where a browser is required."""
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        message = f"no Chromium on PATH; looked for {', '.join(CHROMIUM_NAMES)}; install one"
        if os.environ.get("SCENARIOS_REQUIRE_BROWSER") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium, one per module.

    Playwright keeps its event loop running on this thread until it is stopped, and meanwhile
    `asyncio.run` is refused: kept for the session, it would break the tests of later modules.
    """
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        yield launched
        launched.close()
