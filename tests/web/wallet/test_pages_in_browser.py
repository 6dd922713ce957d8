"""Every page of the wallet in a real browser: accessible, in its language, never wider than the phone, no green."""

import pytest

from rongka.registers.inspection.commands import check_notice
from rongka.registers.people.queries import person_card
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import State
from tests.browsing import strays, too_wide, violations
from tests.registers.city import NOW, passport

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LONGEST = passport("WOLFESCHLEGELSTEINHAUSENBERGERDORFF", "HUBERT BLAINE MAXIMILIAN")
LANGUAGES = ["zh-hans", "en"]
PAGES = {
    None: ["sign-in/"],
    State.NOTICE_ISSUED: [""],
    State.ADMITTED: ["", "verification/", "card/", "code/", "licence/", "checks/"],
    State.VERIFIED: ["", "card/", "verification/"],
    State.CARD_CLAIMED: ["card/claimed/", "binding/"],
    State.BOUND: ["binding/done/"],
    State.ACTIVE: ["", "activated/", "code/", "licence/", "services/", "me/", "checks/", "binding/done/"],
    State.SUSPENDED: ["", "code/", "licence/"],
}
# UX 5: green belongs to the scanner's verdict. A colour counts as green when green clearly leads red and blue.
GREEN = """() => [...document.querySelectorAll("body *")].flatMap(element => {
    const style = getComputedStyle(element);
    return [style.color, style.backgroundColor, style.borderTopColor, style.fill].filter(colour => {
        const [red, green, blue, alpha = 1] = (colour.match(/[\\d.]+/g) ?? []).map(Number);
        return alpha > 0 && green > red + 25 && green > blue + 25;
    });
})"""
TICKS = "\u2713\u2714\u2705\u2611\u221a"


@pytest.mark.parametrize("state", PAGES)
def test_the_pages_keep_what_every_page_promises_with_the_longest_names(open_page, holder_at, state):
    # In English, where words are longest; tests/journeys asks every page in both languages.
    language = "en"
    if state:
        person, case = person_card(person_id := holder_at(state, data=LONGEST)), case_of_person(person_id)
        check_notice(at=NOW, number=case.notice.number, initials=person.mrz_surname[0] + person.mrz_given_names[0])

    for path in PAGES[state]:
        page = open_page(f"/{language}/wallet/{path}")
        assert violations(page) == [], path
        assert strays(page, language) == [], path
        assert page.evaluate(GREEN) == [], path
        assert not set(TICKS) & set(page.content()), path
        assert too_wide(page) == {}, path
        page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_steps_button_is_in_the_first_screen_and_large_enough(open_page, holder_at, language):
    holder_at(State.ADMITTED)

    page = open_page(f"/{language}/wallet/")

    button = page.locator(".rk-turn .rk-button").bounding_box()
    tabs = page.locator(".rk-tabs").bounding_box()
    assert button["height"] >= 44
    assert button["y"] + button["height"] <= tabs["y"]


def test_green_would_be_found(open_page, db):
    page = open_page("/en/wallet/sign-in/")

    page.evaluate("document.querySelector('h1').style.color = 'rgb(0, 128, 0)'")

    assert set(page.evaluate(GREEN)) == {"rgb(0, 128, 0)"}
