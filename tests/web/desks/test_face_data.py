"""The authority reads how many persons' faces are held, until when, and what was deleted; it sees no picture."""

from datetime import timedelta

from django.utils import timezone

from rongka.registers.evidence.commands import delete_due_images
from rongka.registers.journal.actors import SYSTEM
from rongka.rulebook.order import State
from tests.registers.city import NOW
from tests.web.desks.faces import submit_proof
from tests.web.desks.reading import text_of

PAGE = "/en/desk/face-data/"


def test_the_page_counts_persons_and_pictures_and_names_the_duty(city, desk):
    for number in range(2):
        submit_proof(city.person_at(State.ADMITTED), frames=2, first=10 * number)

    answer = desk(city.authority).get(PAGE)
    page = text_of(answer)

    assert "2 Persons" in page
    assert "6 Pictures" in page  # a portrait and two frames each
    assert "100,000 persons" in page
    assert "Not reached" in page
    assert ".jpg" not in answer.content.decode()


def test_deletions_are_listed_with_their_reason_and_late_ones_are_seen(city, desk, monkeypatch):
    submit_proof(city.person_at(State.ADMITTED), frames=1)
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(days=8))
    browser = desk(city.authority)

    late = text_of(browser.get(PAGE))
    delete_due_images(actor=SYSTEM, at=NOW + timedelta(days=8))
    after = text_of(browser.get(PAGE))

    assert "A deletion is late" in late
    assert "0 Persons" in after
    assert "The time for keeping them is over" in after
    assert "A deletion is late" not in after


def test_a_city_without_faces_says_so(city, desk):
    page = text_of(desk(city.authority).get(PAGE))

    assert "Nothing has been deleted yet" in page
    assert "No picture is held" in page
