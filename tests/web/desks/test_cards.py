"""The permit authority takes cards out of use, back into it, or out of it for good."""

import pytest
from django.urls import reverse

from rongka.registers.cards.queries import state_of
from rongka.rulebook.order import State
from tests.registers.city import passport
from tests.web.desks.reading import confirmed, text_of


@pytest.fixture
def person_id(city):
    return city.person_at(State.ACTIVE, data=passport("MÜLLER", "ANNA MARIA"))


def act(person_id, name):
    return f"/en/desk/cards/{person_id}/{name}/"


def test_the_cards_are_listed_and_found_by_name_and_number(city, desk, person_id):
    from rongka.registers.permits.queries import permit_number_of

    browser = desk(city.authority)

    for query in ("", "müller", permit_number_of(person_id)):
        assert "MÜLLER, ANNA MARIA" in text_of(browser.get("/en/desk/cards/", {"q": query}))
    assert "No card fits your search" in text_of(browser.get("/en/desk/cards/", {"q": "nobody"}))
    assert "No card fits your search" in text_of(browser.get("/en/desk/cards/?state=suspended"))


def test_a_card_is_suspended_with_a_reason_and_reinstated(city, desk, person_id):
    browser = desk(city.authority)

    suspended = confirmed(browser, act(person_id, "suspend"), {"reason": "Work place under review"})
    receipt = text_of(browser.get(suspended["Location"]))
    after_suspension = state_of(person_id)
    reinstated = browser.post(act(person_id, "reinstate"), {})

    assert "卡已暂停使用 Card suspended" in receipt
    assert "Work place under review" in receipt
    assert after_suspension is State.SUSPENDED
    assert reinstated.status_code == 302
    assert state_of(person_id) is State.ACTIVE


def test_a_permit_is_cancelled_for_good(city, desk, person_id):
    browser = desk(city.authority)

    confirmed(browser, act(person_id, "cancel"), {"reason": "The contract has ended"})
    again = browser.post(act(person_id, "reinstate"), {})

    assert state_of(person_id) is State.CANCELLED
    assert again.status_code == 409
    assert "order." in text_of(again)


@pytest.mark.parametrize("name", ["suspend", "cancel"])
def test_a_reason_is_needed(city, desk, person_id, name):
    answer = desk(city.authority).post(act(person_id, name), {"reason": "  "})

    assert answer.status_code == 422
    assert state_of(person_id) is State.ACTIVE


def test_a_card_that_is_not_suspended_is_not_reinstated(city, desk, person_id):
    answer = desk(city.authority).post(act(person_id, "reinstate"), {})

    assert answer.status_code == 409
    assert "source" in text_of(answer).lower()


def test_somebody_without_an_active_card_has_no_page_here(city, desk):
    waiting = city.person_at(State.VERIFIED)

    answer = desk(city.authority).get(reverse("desks:card", args=[waiting]))

    assert answer.status_code == 404
    assert "card.not-found" in text_of(answer)
