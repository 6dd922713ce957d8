"""Without JavaScript: the guide, the steps, a form with its error page, the queue and a decision work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rongka.cli.city.workers import random_worker
from rongka.rulebook.guide import guide
from rongka.rulebook.order import Category, Track
from tests.journeys.pages import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]


@pytest.fixture
def actor(company):
    return lambda: company.actor("en", script=False)


def test_the_guide_shows_its_steps(actor):
    reader = actor()

    reader.open("guide/overseas/a/")

    steps = guide(category=Category.A, track=Track.OVERSEAS, on=timezone.localdate()).steps
    assert all(step.title.en in reader.text() for step in steps)


def test_a_holder_signs_in_and_sees_the_steps(actor, people):
    holder, about = actor(), people["NGUYEN"]

    holder.sign_in_to_wallet(number=about["notice_number"], name=about["name"])

    assert holder.page.locator("[aria-current=step]").count() == 1
    assert "Get verified" in holder.text()


def fill_in(employer, worker, *, zone):
    until = TODAY + timedelta(days=400)
    employer.open("desk/applications/new/")
    employer.fill(surname=worker.surname, given_names=worker.given_names, mrz=zone)
    employer.choose("category", "B")
    employer.fill(post="演示工程师", work_place="上海市徐汇区")
    employer.fill_day("valid_from", TODAY.year, TODAY.month, TODAY.day)
    employer.fill_day("valid_until", until.year, until.month, until.day)


def test_an_application_is_corrected_on_its_error_page_and_decided(actor):
    employer, authority, worker = actor(), actor(), random_worker(category=Category.B)
    zone = worker.passport(on=TODAY).mrz
    employer.sign_in_to_desk("employer1")
    fill_in(employer, worker, zone=zone[:-1] + str((int(zone[-1]) + 1) % 10))

    employer.press()
    error = employer.page.locator("[data-error-summary]")
    assert employer.answer.status == 422
    assert error.locator("a[href='#id_mrz']").count() == 1
    assert employer.page.locator("[name=surname]").input_value() == worker.surname
    assert employer.page.locator("[name=category][value=B]").is_checked()
    employer.fill(mrz=zone)
    employer.press()
    employer.press("confirm")
    assert "Application submitted" in employer.text()

    authority.sign_in_to_desk("authority1")
    authority.open("desk/cases/")
    assert authority.page.locator("main table tbody tr").count() > 0
    authority.open(f"desk/cases/?q={worker.number}")
    authority.follow("main table a")
    authority.choose("outcome", "returned")
    authority.page.locator("main [name=reasons]").first.check()
    authority.press()
    authority.press("confirm")
    assert "Decision made" in authority.text()
