"""Every desk page opens for its permission and for nobody else."""

from uuid import UUID

import pytest
from django.urls import reverse

from rongka.web.audience import mark_of
from rongka.web.desks.urls import urlpatterns

ARGUMENTS = {
    "person_id": UUID(int=1),
    "application_id": UUID(int=1),
    "admission_id": UUID(int=1),
    "notice_number": "TZ222222222222",
    "code_id": UUID(int=1),
    "proof_id": UUID(int=1),
    "check_id": UUID(int=1),
    "image_id": UUID(int=1),
}
GUARDED = [pattern for pattern in urlpatterns if mark_of(pattern.callback).permission]
PEOPLE = ["employer", "authority", "consulate", "border", "examiner", "inspector"]


def address_of(pattern):
    wanted = pattern.pattern.converters
    return reverse(f"desks:{pattern.name}", kwargs={name: ARGUMENTS[name] for name in wanted})


def test_a_page_opens_for_its_permission_and_for_nobody_else(city, desk):
    found = []
    for name in PEOPLE:
        officer, browser = getattr(city, name), desk(getattr(city, name))
        for pattern in GUARDED:
            may = mark_of(pattern.callback).permission in officer.permissions
            status = browser.get(address_of(pattern)).status_code
            if status not in ({200, 302, 404} if may else {403}):
                found.append((name, pattern.name, status))

    assert found == []


def test_strangers_are_asked_to_sign_in(client, db):
    answers = [client.get(address_of(pattern)) for pattern in GUARDED]

    assert {answer.status_code for answer in answers} == {302}
    assert {answer["Location"].partition("?")[0] for answer in answers} == {reverse("desks:sign-in")}


@pytest.mark.parametrize("name", PEOPLE)
def test_a_reader_looks_and_does_not_act(city, desk, reader_of, name):
    reader = reader_of(getattr(city, name))
    browser = desk(reader)

    answers = {pattern: browser.post(address_of(pattern)).status_code for pattern in GUARDED}

    for pattern, status in answers.items():
        may = mark_of(pattern.callback).permission in reader.permissions
        assert status == (405 if may else 403), pattern.name


def test_a_refusal_names_who_may(city, desk):
    page = desk(city.employer).get(reverse("desks:queue"), headers={"accept-language": "en"})

    assert "the permit authority" in page.content.decode() or "工作许可主管部门" in page.content.decode()
