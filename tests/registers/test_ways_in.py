"""What the database holds to for codes, passkeys, browsers and synchronised checks, by the names of its constraints."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from rongka.registers.identity.models import KnownBrowser, OneTimeCode, Passkey
from rongka.registers.inspection.models import Check
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import State
from tests.registers.city import NOW


@pytest.fixture
def person_id(city):
    return city.person_at(State.NOTICE_ISSUED)


def refusal(model, **values) -> str:
    """Return the name of the constraint that refuses a row."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        model.objects.create(**values)
    return refused.value.__cause__.diag.constraint_name


def of_counter(city, person_id):
    return {
        "person_id": person_id,
        "counter_id": city.examiner.agency,
        "printed_by": city.examiner.officer,
        "issued_at": NOW,
    }


def synchronised(city):
    return {
        "inspectorate_id": city.inspector.agency,
        "client_id": uuid.uuid4(),
        "received_at": NOW,
        "judged_verdict": "valid",
        "verdict": "valid",
        "checked_at": NOW,
    }


def test_a_person_has_one_code_at_a_time(city, person_id):
    OneTimeCode.objects.create(**of_counter(city, person_id))

    assert refusal(OneTimeCode, **of_counter(city, person_id)) == "one_code_at_a_time"


def test_a_code_is_of_a_notice_or_of_a_counter(city, person_id):
    notice_id = case_of_person(person_id).notice.id

    nobodys = refusal(OneTimeCode, person_id=person_id, issued_at=NOW)
    both = refusal(OneTimeCode, **of_counter(city, person_id), notice_id=notice_id)

    assert nobodys == both == "code_is_of_a_notice_or_of_a_counter"


def test_a_notices_code_is_its_own_persons(city, person_id):
    notice_id = case_of_person(city.person_at(State.NOTICE_ISSUED)).notice.id

    name = refusal(OneTimeCode, person_id=person_id, notice_id=notice_id, issued_at=NOW)

    assert name == "one_time_code_needs_notice"


def test_a_passkey_counts_up(person_id):
    key = {"person_id": person_id, "credential_id": "a", "public_key": b"", "label": "a", "added_at": NOW}

    assert refusal(Passkey, **key, sign_count=-1) == "passkey_counts_up"


def test_a_browser_is_known_once(person_id):
    browser = {"person_id": person_id, "token_digest": "a", "added_at": NOW}
    KnownBrowser.objects.create(**browser)

    assert refusal(KnownBrowser, **browser) == "browser_known_once"


def test_a_check_is_synchronised_once(city):
    row = synchronised(city)
    Check.objects.create(**row)

    assert refusal(Check, **row) == "check_synchronised_once"


@pytest.mark.parametrize("change", [{"judged_verdict": ""}, {"received_at": None}, {"client_id": None}], ids=str)
def test_a_synchronised_check_is_judged_again(city, change):
    assert refusal(Check, **synchronised(city) | change) == "synchronised_check_is_judged_again"
