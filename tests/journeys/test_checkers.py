"""Every checker of pages finds the page that breaks its promise, and lets the page pass that keeps it."""

import pytest

from tests.browsing import Watch, greens, low_targets, strays, too_wide, violations

pytestmark = pytest.mark.browser
GOOD = """<!DOCTYPE html><html lang="{language}"><title>A page</title><main><h1>{words}</h1>{more}</main></html>"""
WORDS = {"en": "Words", "zh-Hans": "文字"}


@pytest.fixture
def show(browser):
    page = browser.new_page(viewport={"width": 390, "height": 844})

    def show(more, language="en"):
        page.set_content(GOOD.format(language=language, words=WORDS[language], more=more))
        return page

    yield show
    page.close()


def test_a_good_page_passes(show):
    page = show('<p lang="zh-Hans">融卡</p><a class="rk-button" href="/">Go there</a><style>a {padding: 3em}</style>')

    found = [violations(page), strays(page, "en"), greens(page), low_targets(page), too_wide(page)]

    assert found == [[], [], [], [], {}]


@pytest.mark.parametrize(
    "more",
    [
        '<img src="data:,">',
        '<p style="color: #999; background: #fff">pale</p>',
        "<input>",
        '<p style="background: linear-gradient(red, blue)">over a gradient</p>',
    ],
    ids=["a picture without words", "a pale text", "a box without a label", "words over a gradient"],
)
def test_what_is_not_accessible_is_found(show, more):
    assert violations(show(more)) != []


@pytest.mark.parametrize(
    ("language", "more"),
    [
        ("en", "<p>证卡融合</p>"),
        ("en", '<p lang="en">证卡融合</p>'),
        ("en", '<nav aria-label="导航"></nav>'),
        ("zh-Hans", "<p>Only English</p>"),
        ("zh-Hans", "<button>Submit</button>"),
        ("zh-Hans", '<p lang="zh-Hans">请Submit</p>'),
    ],
)
def test_words_of_the_other_language_are_found(show, language, more):
    assert len(strays(show(more, language), language)) == 1


@pytest.mark.parametrize(
    ("language", "more"),
    [
        ("en", '<p lang="zh-Hans">证卡融合</p>'),
        ("zh-Hans", '<p lang="en">Only English</p><p translate="no">MÜLLER, ANNA</p><p>编号TZ7K3M9QXW2R4A，PDF</p>'),
    ],
)
def test_words_that_say_their_language_pass(show, language, more):
    assert strays(show(more, language), language) == []


@pytest.mark.parametrize(
    "more",
    [
        '<p style="color: #00703c">green words</p>',
        '<p style="border-left: 4px solid rgb(0 128 64)">a green edge</p>',
        "<p>✓ done</p>",
        '<style>p::before {content: "✔"}</style><p>done</p>',
    ],
)
def test_green_and_ticks_are_found(show, more):
    assert greens(show(more)) != []


def test_the_verdict_may_be_green(show):
    assert greens(show('<section data-verdict="valid" style="background: #00703c"><p>✓</p></section>')) == []


def test_a_page_that_scrolls_sideways_is_found(show):
    assert too_wide(show('<div style="width: 360px">wide</div>')) == {320: 368}


def test_a_low_button_is_found(show):
    assert len(low_targets(show('<a class="rk-button" href="/">Low</a>'))) == 1


def test_requests_elsewhere_and_complaints_are_found(browser):
    page = browser.new_page()
    watch = Watch(page, origin="http://localhost:1")
    page.route("**/*", lambda route: route.fulfill(body="", content_type="text/css"))

    page.set_content('<link rel="stylesheet" href="https://fonts.example/font.css"><script>nothing.at.all()</script>')
    page.close()

    assert watch.elsewhere == ["https://fonts.example/font.css"]
    assert any("nothing" in complaint for complaint in watch.complaints)


def test_a_breach_of_the_policy_is_found(browser):
    page = browser.new_page()
    watch = Watch(page, origin="http://localhost:1")
    headers = {"Content-Security-Policy": "default-src 'self'", "Content-Type": "text/html"}
    page.route("**/*", lambda route: route.fulfill(body="<p style='color: red'>inline</p>", headers=headers))

    page.goto("http://localhost:1/")
    page.close()

    assert any("Content Security Policy" in complaint for complaint in watch.complaints)
