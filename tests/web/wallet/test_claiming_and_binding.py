"""Claiming the card, binding the number, and waiting for the system."""

import re

import pytest
from django.test import Client

from rongka.registers.cards.models import Binding, Card
from rongka.registers.cards.queries import state_of
from rongka.registers.permits.queries import permit_number_of
from rongka.rulebook.order import State

CLAIM, CLAIMED = "/en/wallet/card/", "/en/wallet/card/claimed/"
BIND, BOUND = "/en/wallet/binding/", "/en/wallet/binding/done/"


def key_in(page):
    return re.search(r'name="idempotency_key" value="([^"]+)"', page.content.decode())[1]


def test_the_holder_looks_at_the_own_data_then_claims(client, holder_at):
    person_id = holder_at(State.VERIFIED)
    page = client.get(CLAIM)

    response = client.post(CLAIM, {"idempotency_key": key_in(page)})

    assert "DEMO, ANNA MARIA" in page.content.decode()
    assert response["Location"] == CLAIMED
    assert Card.objects.get().number in client.get(CLAIMED).content.decode()
    assert state_of(person_id) is State.CARD_CLAIMED


def test_the_same_claim_sent_twice_is_one_card_and_no_error(client, holder_at):
    holder_at(State.VERIFIED)
    sent = {"idempotency_key": key_in(client.get(CLAIM))}

    answers = [client.post(CLAIM, sent), client.post(CLAIM, sent)]

    assert [one["Location"] for one in answers] == [CLAIMED, CLAIMED]
    assert Card.objects.count() == 1


def test_claiming_before_the_verification_is_refused_with_the_rule(client, holder_at):
    holder_at(State.ADMITTED)

    shown, sent = client.get(CLAIM), client.post(CLAIM)

    assert "This step comes later" in shown.content.decode()
    assert sent.status_code == 409
    assert not Card.objects.exists()


def test_a_claimed_card_leads_to_its_confirmation_and_an_unclaimed_one_to_the_claim(client, holder_at):
    holder_at(State.CARD_CLAIMED)
    assert client.get(CLAIM)["Location"] == CLAIMED
    assert client.get(BOUND)["Location"] == BIND

    holder_at(State.VERIFIED)
    assert client.get(CLAIMED)["Location"] == CLAIM


def test_binding_shows_the_number_then_a_last_look_then_binds(client, holder_at):
    person_id = holder_at(State.CARD_CLAIMED)
    number = permit_number_of(person_id)
    form = client.get(BIND)
    look = client.post(BIND, {"permit_number": f" {number.lower()} "})

    response = client.post(BIND, {"permit_number": number, "confirm": "1", "idempotency_key": key_in(look)})

    assert f'value="{number}"' in form.content.decode()
    assert number in look.content.decode()
    assert response["Location"] == BOUND
    assert state_of(person_id) is State.BOUND


def test_the_same_binding_sent_twice_is_one_binding_and_no_error(client, holder_at):
    number = permit_number_of(holder_at(State.CARD_CLAIMED))
    key = key_in(client.post(BIND, {"permit_number": number}))
    sent = {"permit_number": number, "confirm": "1", "idempotency_key": key}

    answers = [client.post(BIND, sent), client.post(BIND, sent)]

    assert [one["Location"] for one in answers] == [BOUND, BOUND]
    assert Binding.objects.count() == 1


def test_somebody_elses_number_is_refused_and_what_was_typed_stays(client, holder_at, city):
    other = permit_number_of(city.person_at(State.CARD_CLAIMED))
    holder_at(State.CARD_CLAIMED)

    response = client.post(BIND, {"permit_number": other, "confirm": "1"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "binding.number-differs" in page
    assert f'value="{other}"' in page
    assert not Binding.objects.filter(permit_number__number=other).exists()


def test_a_number_bound_already_is_shown(client, holder_at):
    person_id = holder_at(State.ACTIVE)

    assert client.get(BIND)["Location"] == BOUND
    assert permit_number_of(person_id) in client.get(BOUND).content.decode()


@pytest.mark.parametrize(("state", "progress"), [(State.BOUND, "bound"), (State.QUALIFIED, "qualified")])
def test_the_page_asks_again_by_itself_while_the_system_works(client, holder_at, state, progress):
    holder_at(state)

    page = client.get(BOUND).content.decode()

    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert f'data-progress="{progress}"' in page
    assert "progress.island.js" in page


def test_the_page_stops_asking_when_the_card_is_active(client, holder_at):
    holder_at(State.ACTIVE)

    page = client.get(BOUND).content.decode()

    assert "http-equiv" not in page
    assert 'href="/en/wallet/activated/"' in page


def test_posts_need_their_csrf_token(holder_at, enter, client):
    holder_at(State.VERIFIED)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies

    assert strict.post(CLAIM).status_code == 403
    assert not Card.objects.exists()
