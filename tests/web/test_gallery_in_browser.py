"""Every component in a real browser: accessible, never wider than the screen, its targets large enough."""

import pytest
from gallery.pages import PAGES

from tests.browsing import too_wide, violations

pytestmark = pytest.mark.usefixtures("gallery")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits_every_screen(open_page, name):
    page = open_page(f"/en/gallery/{name}")

    found, wide = violations(page), too_wide(page)
    page.goto(f"/zh-hans/gallery/{name}")

    assert (found, wide, too_wide(page)) == ([], {}, {})


@pytest.mark.parametrize("name", ["wallet", "form", "desk"])
def test_primary_buttons_and_tabs_are_44_px_high(open_page, name):
    page = open_page(f"/en/gallery/{name}")

    boxes = [target.bounding_box() for target in page.locator(".rk-button:visible, .rk-tabs a").all()]

    assert [box for box in boxes if box["height"] < 44 or box["width"] < 44] == []


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(open_page):
    page = open_page("/en/gallery/form")

    page.click("text=Continue")
    page.locator(".govuk-error-summary:focus").wait_for()
    page.click(".govuk-error-summary a >> nth=0")

    assert page.evaluate("document.activeElement.id") == "id_surname"


def test_a_form_and_its_errors_work_without_script(open_page):
    page = open_page("/en/gallery/form", script=False)

    page.fill("#id_surname", "Müller")
    page.click("text=Continue")

    assert page.locator(".govuk-error-summary li").count() == 4
    assert page.locator("#id_surname").input_value() == "Müller"


def test_the_verdict_fills_at_least_38_percent_of_a_phone(open_page):
    page = open_page("/zh-hans/gallery/verdict/valid")

    assert page.locator(".rk-verdict").bounding_box()["height"] >= 0.38 * 844


def test_the_wallet_shows_no_green(open_page):
    page = open_page("/en/gallery/wallet")

    colours = page.evaluate(
        """() => [...document.querySelectorAll("*")].flatMap((element) => {
            const style = getComputedStyle(element);
            return [style.color, style.backgroundColor, style.borderTopColor, style.fill];
        })"""
    )

    assert [colour for colour in set(colours) if is_green(colour)] == []


def test_the_search_for_green_finds_it(open_page):
    page = open_page("/en/gallery/verdict/valid")

    colour = page.evaluate("getComputedStyle(document.querySelector('.rk-verdict')).backgroundColor")

    assert is_green(colour)


def is_green(colour):
    if not colour.startswith("rgb("):
        return False
    red, green, blue = (int(part) for part in colour[4:-1].split(","))
    return green > red + 20 and green > blue + 20
