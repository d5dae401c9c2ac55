"""A term sheet opened in a browser, on a screen, on a phone and on paper."""

import pytest

import scenarios as sc
from scenarios.resources import resource

pytestmark = [pytest.mark.slow, pytest.mark.browser]
SIZES = [(1200, 900), (390, 844)]


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    """The page of the hybrid deal, as a file."""
    desk = sc.load(resource("scenarios", "support-desk.yaml"))
    path = tmp_path_factory.mktemp("terms") / "hybrid.html"
    path.write_text(sc.term_sheet("Hybrid", desk).html(), encoding="utf-8")
    return path


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_sheet_is_quiet_alone_and_fits(browser, sheet, size):
    """Nothing in the console, nothing asked for but the page, no sideways scrolling of the page."""
    page = browser.new_page(viewport=dict(zip(("width", "height"), size, strict=True)))
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(sheet.as_uri())
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1]
    assert said == []
    assert asked == [sheet.as_uri()]
    page.close()


def test_a_sheet_prints_on_a4(browser, sheet):
    """On paper nothing is wider than the text of an A4 page, 210 less two margins of 22 mm."""
    page = browser.new_page(viewport={"width": 627, "height": 900})
    page.emulate_media(media="print")
    page.goto(sheet.as_uri())
    widest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('main *')]"
        ".map(e => e.getBoundingClientRect().right))"
    )
    assert widest <= 627.5
    page.close()
