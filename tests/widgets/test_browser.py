"""The board as a person meets it: Voila, a browser, a keyboard."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

import scenarios as sc
from scenarios.plots import distribution
from scenarios.resources import resource
from scenarios.results.summary import ALL_IN, CONTRIBUTION

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "board.ipynb"
MINIMUM = "deals.Outcome.pricing.per_outcome.minimum"
# Voila's own page asks for an icon font that the board does not use.
ICONS = "https://cdn.jsdelivr.net/npm/@fortawesome/fontawesome-free@^5/css/"
ASKED_FOR = {f"{ICONS}all.min.css", f"{ICONS}v4-shims.min.css"}
CUT_OFF = """() => [...document.querySelectorAll(".sc-board, .sc-board *")]
    .filter(part => !part.closest(".slider-container"))
    .filter(part => getComputedStyle(part).overflowX !== "visible")
    .filter(part => part.scrollWidth > part.clientWidth + 1)
    .map(part => part.className)"""
START, ANSWER = 90, 60_000  # seconds, milliseconds: a shared machine is slow by turns


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[str]:
    """Voila on the board's notebook: this machine only, with a token; its address."""
    token = secrets.token_hex(16)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--no-browser", "--Voila.ip=127.0.0.1", f"--port={port}", f"--token={token}"]
    log = tmp_path_factory.mktemp("voila") / "log"
    with log.open("w") as out:
        server = subprocess.Popen(  # noqa: S603  this interpreter, words from above
            [sys.executable, "-m", "voila", str(NOTEBOOK), *options],
            stdout=out,
            stderr=subprocess.STDOUT,
            env=os.environ | {"JUPYTER_NO_CONFIG": "1"},
        )
        try:
            wait_for(port, server, log)
            yield f"http://127.0.0.1:{port}/?token={token}"
        finally:
            server.terminate()
            server.wait(30)


def wait_for(port: int, server: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text()
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(log.read_text())


class Visit:
    """The page, what it asked of other machines, and what its console complained of."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.outside, self.errors = page, set(), []
        page.route("**/*", self.route)
        page.on("websocket", lambda socket: self.note(socket.url))
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(address)
        page.wait_for_selector(".sc-board img", timeout=ANSWER)

    def note(self, url: str) -> bool:
        """True for this machine; any other is remembered."""
        here = urlsplit(url).hostname == "127.0.0.1"
        if not here:
            self.outside.add(url.replace("%5E", "^"))
        return here

    def route(self, route) -> None:
        """Nothing leaves this machine."""
        if self.note(route.request.url):
            route.continue_()
        else:
            route.abort()

    def console(self, message) -> None:
        """Errors, but for those of the requests that were stopped."""
        if message.type == "error" and self.note(message.location["url"]):
            self.errors.append(message.text)

    def outcome(self) -> list[str]:
        """The cells of the Outcome row."""
        row = self.page.locator(".sc-board tr", has_text="Outcome")
        return row.locator("td").all_inner_texts()

    def alt(self) -> str:
        """The picture in words."""
        return self.page.locator(".sc-board img").get_attribute("alt")

    def source(self) -> str:
        """The picture itself."""
        return self.page.locator(".sc-board img").get_attribute("src")


@pytest.fixture
def visit(browser: Browser, served: str) -> Iterator[Visit]:
    page = browser.new_page(viewport={"width": 1366, "height": 1000})
    yield Visit(page, served)
    page.close()


def expected(minimum: float) -> tuple[list[str], str]:
    """The Outcome row's P10, P50, P90 of both parties, and the alt text, by the engine."""
    desk = sc.load(resource("scenarios", "support-desk.yaml"))
    run = sc.simulate(desk.change({MINIMUM: minimum}), paths=5000)
    totals = {
        name: (run.total(name, "all_in"), run.total(name, "contribution")) for name in run.names
    }
    row = run.summary().loc["Outcome"]
    amounts = [row[m, q] for m in (ALL_IN, CONTRIBUTION) for q in ("P10", "P50", "P90")]
    return [f"{x / 1000:,.0f}" for x in amounts], distribution.alt(totals, currency=desk.currency)


def test_the_keyboard_moves_a_slider_and_everything_follows(visit):
    """Two presses of the arrow move the minimum; text, picture and its words are the engine's."""
    page = visit.page
    amounts, alt = expected(33_000)
    cells = visit.outcome()
    assert ([*cells[:3], *cells[4:7]], visit.alt()) == (amounts, alt)
    picture = visit.source()

    handle = page.get_by_role("slider").first
    handle.press("ArrowRight")
    handle.press("ArrowRight")
    amounts, alt = expected(35_000)
    page.wait_for_function(
        "alt => document.querySelector('.sc-board img').alt === alt", arg=alt, timeout=ANSWER
    )
    assert page.locator(".widget-readout").first.inner_text() == "35,000"
    cells = visit.outcome()
    assert [*cells[:3], *cells[4:7]] == amounts
    assert visit.source() != picture
    assert visit.outside <= ASKED_FOR
    assert visit.errors == []


def test_the_stamp_is_seen_and_nothing_is_cut_off(visit):
    """PRIVATE is in view, and the board fits a small screen's width without scrolling sideways."""
    stamp = visit.page.get_by_text("PRIVATE", exact=True)
    assert stamp.is_visible()
    assert stamp.bounding_box()["y"] < 300
    assert visit.page.evaluate(CUT_OFF) == []
    right = visit.page.locator(".sc-board table").bounding_box()
    assert right["x"] + right["width"] <= 1366


def test_without_the_token_there_is_no_board(browser: Browser, served: str):
    """Whoever does not have the token gets no page."""
    page = browser.new_page()
    answer = page.request.get(served.partition("?")[0])
    assert "sc-board" not in answer.text()
    assert answer.status == 403 or "login" in answer.url
    page.close()
