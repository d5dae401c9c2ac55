"""Reports opened in a browser, as the person who gets one opens it."""

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture
def opened(browser, reports, request):
    """A report's page at a size; what the console said and what was asked for."""
    example, width, height = request.param
    page = browser.new_page(viewport={"width": width, "height": height})
    page.said, page.asked = [], []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))

    def answer(route):
        page.asked.append(route.request.url)
        route.continue_() if route.request.url.startswith("file:") else route.abort()

    page.route("**/*", answer)
    page.goto(reports[example].page.as_uri())
    yield page
    page.close()


EXAMPLES = ("support-desk", "software-team")
SIZES = [(example, *size) for example in EXAMPLES for size in ((1200, 900), (390, 844))]


@pytest.mark.parametrize("opened", SIZES, indirect=True, ids=str)
def test_a_page_is_quiet_alone_and_fits(opened):
    """Nothing in the console, nothing asked for but the page itself, no sideways scrolling."""
    assert opened.said == []
    assert [url for url in opened.asked if not url.startswith(("file:", "data:"))] == []
    assert sum(url.startswith("file:") for url in opened.asked) == 1
    widths = opened.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1]
    broken = "[...document.images].filter(image => !image.complete || !image.naturalWidth).length"
    assert opened.evaluate(broken) == 0


SCROLLING = "[...document.querySelectorAll('.wide')].filter(x => x.scrollWidth > x.clientWidth)"


@pytest.mark.parametrize(
    "opened",
    [(name, width, 900) for name in EXAMPLES for width in (1000, 1280)],
    indirect=True,
    ids=str,
)
def test_no_table_scrolls_on_a_desk(opened):
    """At 1,000 and 1,280 pixels every table and picture is seen at its whole width."""
    assert opened.evaluate(f"{SCROLLING}.length") == 0


@pytest.mark.parametrize("opened", [(name, 400, 800) for name in EXAMPLES], indirect=True, ids=str)
def test_on_a_phone_tables_scroll_and_the_page_does_not(opened):
    """What is too wide at 400 pixels moves inside itself."""
    assert opened.evaluate("document.documentElement.scrollWidth") <= 400
    assert opened.evaluate(f"{SCROLLING}.length") > 0
    auto = f"{SCROLLING}.every(x => getComputedStyle(x).overflowX === 'auto')"
    assert opened.evaluate(auto)


PAPER = 688
"""A4 less the page's margins [pixels]."""


@pytest.mark.parametrize(
    "opened", [(name, PAPER, 900) for name in EXAMPLES], indirect=True, ids=str
)
def test_on_paper_nothing_is_cut_off(opened):
    """Paper does not scroll: every table and picture is as wide as the sheet at most."""
    opened.emulate_media(media="print")
    assert opened.evaluate("document.documentElement.scrollWidth") <= PAPER
    edges = "[...document.querySelectorAll('table, img')].map(x => x.getBoundingClientRect().right)"
    assert max(opened.evaluate(edges)) <= PAPER


@pytest.mark.parametrize("opened", [(name, 1280, 900) for name in EXAMPLES], indirect=True, ids=str)
def test_the_first_screen_has_answer_table_and_picture(opened):
    """At 1280 x 900 the sentence, the table and the whole picture are seen without scrolling."""
    for what in ("h1", ".answer", "table", "img"):
        box = opened.locator(what).first.bounding_box()
        assert box["y"] >= 0, what
        assert box["y"] + box["height"] <= 900, what
