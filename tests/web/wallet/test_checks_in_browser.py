"""The holder's list of checks in a browser: what a scanner hands in is there within a minute, without a reload."""

import pytest
from django.utils import timezone

from rongka.registers.inspection.commands import check_number
from rongka.registers.permits.queries import permit_number_of
from rongka.rulebook.order import State
from rongka.web.audience import HOLDER_KEY
from tests.registers.city import found_city

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_check_appears_on_the_open_page_within_a_minute(browser, live_server, client):
    city = found_city()
    person_id = city.person_at(State.ACTIVE)
    session = client.session
    session[HOLDER_KEY] = str(person_id)
    session.save()
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": live_server.url}])
    page = context.new_page()
    page.clock.install()
    page.goto("/en/wallet/checks/")
    page.get_by_text("No checks yet").wait_for()

    number = permit_number_of(person_id)
    check_number(actor=city.inspector, at=timezone.now(), number=number, purpose="report", place="Demo street 1")
    page.clock.fast_forward(31_000)

    page.get_by_text("Demo street 1").wait_for()
    context.close()
