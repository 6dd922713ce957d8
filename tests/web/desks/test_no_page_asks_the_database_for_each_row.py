"""Twice as many rows, the same number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rongka.rulebook.order import State

PAGES = {
    "workers/": ("employer", State.ACTIVE),
    "workers/?q=demo": ("employer", State.APPLIED),
    "cases/": ("authority", State.APPLIED),
    "cases/?state=decided": ("authority", State.NOTICE_ISSUED),
    "cards/": ("authority", State.ACTIVE),
    "notices/": ("consulate", State.NOTICE_ISSUED),
    "arrivals/": ("border", State.VISA_ISSUED),
    "verifications/": ("examiner", State.EXAMINED),
}
MOST = 20  # session, staff, and a handful of bulk queries


def queries_of(browser, page):
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(f"/en/desk/{page}").status_code == 200
    return len(asked)


@pytest.mark.parametrize("page", PAGES)
def test_the_number_of_queries_does_not_grow_with_the_rows(city, desk, page):
    who, state = PAGES[page]
    browser = desk(getattr(city, who))
    city.person_at(state)
    queries_of(browser, page)

    one = queries_of(browser, page)
    for _ in range(2):
        city.person_at(state)
    three = queries_of(browser, page)

    assert three == one <= MOST
