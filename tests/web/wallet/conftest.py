"""Holders at every state, signed in to the wallet."""

from uuid import UUID

import pytest

from rongka.registers.cards.commands import cancel_permit, suspend_card
from rongka.rulebook.order import State
from rongka.web.audience import HOLDER_KEY
from tests.registers.city import NOW
from tests.web.wallet.phone import Phone


@pytest.fixture(autouse=True)
def _issuer(settings):
    settings.RONGKA_ISSUING = "tests.web.wallet.issuer.issuing"
    settings.ALLOWED_HOSTS = ["*"]


@pytest.fixture
def open_page(open_page, monkeypatch, client):
    """Open a page as always; what the browser asks for sees the data of this test's own transaction."""
    from django.db import connections

    own = connections["default"]
    request = client.request

    def request_in_this_transaction(**asked):
        # Playwright answers in a context of its own, for which Django would open another connection.
        connections["default"] = own
        return request(**asked)

    monkeypatch.setattr(client, "request", request_in_this_transaction)
    return open_page


@pytest.fixture
def enter(client):
    """Sign a person in, as the form does."""

    def enter(person_id: UUID):
        session = client.session
        session[HOLDER_KEY] = str(person_id)
        session.save()
        return client

    return enter


@pytest.fixture
def holder_at(city, enter):
    """Make a person at a state and sign them in; return their id."""

    def holder_at(state: State, **options) -> UUID:
        held = {State.SUSPENDED: suspend_card, State.CANCELLED: cancel_permit}
        person_id = city.person_at(State.ACTIVE if state in held else state, **options)
        if state in held:
            held[state](actor=city.authority, at=NOW, person_id=person_id, reason="用人单位申报信息待核实")
        enter(person_id)
        return person_id

    return holder_at


@pytest.fixture
def phone(browser, live_server):
    """Give a phone on which nobody has opened the wallet yet."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=live_server.url)
    yield Phone(context=context, page=context.new_page())
    context.close()
