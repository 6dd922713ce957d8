from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from rongka.registers.agencies.models import Staff
from rongka.web.components.dates import clock
from tests.registers.city import PASSWORD
from tests.web.desks.reading import text_of


@pytest.fixture(autouse=True)
def _clock(settings):
    """The real one: django-axes has its own way to it."""
    settings.ALLOWED_HOSTS = ["*"]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def name_of(actor):
    return Staff.objects.get(id=actor.staff_id).username


def sign_in(client, actor, *, password=PASSWORD, next_page="", **environment):
    sent = {"username": name_of(actor), "password": password, "next": next_page}
    return client.post(reverse("desks:sign-in"), sent, **environment)


@pytest.mark.parametrize(
    ("who", "desk_name"),
    [
        ("employer", "desks:workers"),
        ("authority", "desks:queue"),
        ("consulate", "desks:notices"),
        ("border", "desks:arrivals"),
        ("examiner", "desks:counter"),
    ],
)
def test_staff_are_led_to_the_desk_of_their_agency(city, client, who, desk_name):
    answer = sign_in(client, getattr(city, who))
    landing = client.get(answer["Location"])

    assert answer["Location"] == reverse("desks:home")
    assert landing["Location"] == reverse(desk_name)


def test_a_wrong_password_keeps_the_name_and_tells_nothing_more(city, client):
    wrong = sign_in(client, city.employer, password="not the one")
    unknown = client.post(reverse("desks:sign-in"), {"username": "nobody", "password": "not the one"})

    assert wrong.status_code == unknown.status_code == 422
    assert "staff.sign-in-failed" in text_of(wrong)
    assert "用户名或密码不正确" in text_of(wrong)
    assert name_of(city.employer) in wrong.content.decode()
    assert "not the one" not in wrong.content.decode()


def test_five_wrong_passwords_lock_until_a_clock_time(city, client):
    begun = timezone.now()

    answers = [sign_in(client, city.employer, password="wrong") for _ in range(5)]
    right_but_too_soon = sign_in(client, city.employer)

    possible = {clock(at + timedelta(minutes=15)) for at in (begun, timezone.now())}
    assert [answer.status_code for answer in answers] == [422] * 4 + [429]
    assert right_but_too_soon.status_code == 429
    assert any(time in text_of(answers[-1]) and time in text_of(right_but_too_soon) for time in possible)


def test_a_stranger_elsewhere_does_not_lock_an_officer_out(city, client):
    for _ in range(5):
        sign_in(client, city.employer, password="wrong", REMOTE_ADDR="10.0.0.1")

    answer = sign_in(client, city.employer)

    assert answer.status_code == 302


def test_an_address_that_the_client_makes_up_does_not_help(city, client):
    answers = [
        sign_in(client, city.employer, password="wrong", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}") for number in range(5)
    ]

    assert answers[-1].status_code == 429


def test_behind_a_proxy_a_stranger_elsewhere_does_not_lock_an_officer_out(city, client, settings):
    settings.BEHIND_PROXY = True
    for number in range(5):
        claimed_and_seen = f"10.0.0.{number}, 10.0.9.9"
        wrong = sign_in(client, city.employer, password="wrong", HTTP_X_FORWARDED_FOR=claimed_and_seen)

    answer = sign_in(client, city.employer, HTTP_X_FORWARDED_FOR="10.0.9.9, 10.0.0.1")

    assert wrong.status_code == 429
    assert answer.status_code == 302


@pytest.mark.parametrize("forwarded", ["", "unknown", "10.0.0.1,", "10.0.0.1:443"])
def test_behind_a_proxy_that_names_no_address_its_own_counts(city, client, settings, forwarded):
    settings.BEHIND_PROXY = True

    answer = sign_in(client, city.employer, HTTP_X_FORWARDED_FOR=forwarded)

    assert answer.status_code == 302


def test_the_page_that_was_asked_for_comes_after_the_sign_in(city, client):
    asked = client.get(reverse("desks:cards"))
    shown = client.get(asked["Location"])
    answer = sign_in(client, city.authority, next_page=reverse("desks:cards"))

    assert f'value="{reverse("desks:cards")}"' in shown.content.decode()
    assert answer["Location"] == reverse("desks:cards")


def test_nobody_is_led_to_another_site(city, client):
    answer = sign_in(client, city.authority, next_page="https://elsewhere.example/")

    assert answer["Location"] == reverse("desks:home")


def test_signing_out_ends_the_session(city, desk):
    browser = desk(city.employer)

    by_link = browser.get(reverse("desks:sign-out"))
    by_form = browser.post(reverse("desks:sign-out"))
    after = browser.get(reverse("desks:workers"))

    assert by_link.status_code == 405
    assert by_form["Location"] == reverse("desks:sign-in")
    assert after.status_code == 302


def test_an_empty_form_says_what_is_missing(client, db):
    answer = client.post(reverse("desks:sign-in"), {})

    assert answer.status_code == 422
    assert "data-error-summary" in answer.content.decode()


def test_a_dismissed_member_of_staff_is_out_at_once(city, desk):
    browser = desk(city.employer)
    Staff.objects.filter(id=city.employer.staff_id).update(is_active=False)

    answer = browser.get(reverse("desks:workers"))

    assert answer.status_code == 302
