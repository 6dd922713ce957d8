"""The wallet with the longest names in a real browser: never wider than the phone. tests/journeys asks for the rest."""

import pytest

from rongka.registers.inspection.commands import check_notice
from rongka.registers.people.queries import person_card
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import State
from tests.browsing import too_wide
from tests.registers.city import NOW, passport
from tests.web.first_load import LIMIT, FirstLoad

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LONGEST = passport("WOLFESCHLEGELSTEINHAUSENBERGERDORFF", "HUBERT BLAINE MAXIMILIAN")
LANGUAGES = ["zh-hans", "en"]
PAGES = {
    State.NOTICE_ISSUED: [""],
    State.ADMITTED: ["", "verification/", "card/", "code/", "licence/", "checks/"],
    State.VERIFIED: ["", "card/", "verification/"],
    State.CARD_CLAIMED: ["card/claimed/", "binding/"],
    State.BOUND: ["binding/done/"],
    State.ACTIVE: ["", "activated/", "code/", "licence/", "services/", "me/", "checks/", "binding/done/"],
    State.SUSPENDED: ["", "code/", "licence/"],
}


@pytest.mark.parametrize("state", PAGES)
def test_the_longest_names_fit_every_screen(open_page, holder_at, state):
    # In English, where words are longest.
    person, case = person_card(person_id := holder_at(state, data=LONGEST)), case_of_person(person_id)
    check_notice(at=NOW, number=case.notice.number, initials=person.mrz_surname[0] + person.mrz_given_names[0])
    [first, *others] = [f"/en/wallet/{path}" for path in PAGES[state]]

    page = open_page(first)

    assert too_wide(page) == {}
    for path in others:
        page.goto(path)
        assert too_wide(page) == {}, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_steps_button_is_in_the_first_screen_and_large_enough(open_page, holder_at, language):
    holder_at(State.ADMITTED)

    page = open_page(f"/{language}/wallet/")

    button = page.locator(".rk-turn .rk-button").bounding_box()
    tabs = page.locator(".rk-tabs").bounding_box()
    assert button["height"] >= 44
    assert button["y"] + button["height"] <= tabs["y"]


def test_the_first_load_is_small_whatever_letters_the_name_has(open_page, holder_at, client):
    load = FirstLoad(client)
    load.add("/en/wallet/sign-in/", "/static/built/passkey.island.js")
    holder_at(State.ACTIVE, data=passport("NGUYỄN ŠIMIĆ", "ANNA"))
    page = open_page("/en/wallet/me/")

    with load.of(page):
        for path in ("", "code/"):
            page.goto(f"/en/wallet/{path}")
            page.evaluate("document.fonts.ready.then(() => true)")
    load.add_worker("/en/wallet/worker.js")

    assert "/static/built/wallet.island.js" in load.sizes
    assert (load.total() < LIMIT, load.fonts()) == (True, {}), load.sizes
