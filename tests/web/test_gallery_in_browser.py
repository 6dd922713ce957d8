"""Every component in a real browser: accessible, never wider than the screen, its targets large enough."""

import pytest
from conftest import AXE
from gallery.pages import PAGES

pytestmark = [pytest.mark.usefixtures("gallery"), pytest.mark.django_db]
LANGUAGES = ["zh-hans", "en"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page):
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_no_accessibility_violation(open_page, name, language):
    page = open_page(f"/{language}/gallery/{name}")

    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways(open_page, name, width):
    page = open_page(f"/en/gallery/{name}", width=width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PAGES)
def test_primary_buttons_and_tabs_are_44_px_high(open_page, name):
    page = open_page(f"/en/gallery/{name}")

    boxes = [target.bounding_box() for target in page.locator(".rk-button:visible, .rk-tabs a").all()]

    assert [box for box in boxes if box["height"] < 44 or box["width"] < 44] == []
