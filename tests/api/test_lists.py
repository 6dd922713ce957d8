"""The signed lists as scanners and caches fetch them."""

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from rongka.cli.city.checks import show_code
from rongka.credential import SoftwareKey, judge, present_live_code, verify_status_list, verify_trust_list
from rongka.credential.status_list.aggregation import read_aggregation
from rongka.registers.issuance.commands import register_device, revoke_device
from rongka.registers.issuance.queries import credential_token
from rongka.registers.journal.actors import holder
from rongka.rulebook.order import State
from tests.signing import URL, anchor


@pytest.fixture
def lists(city, trusted):
    """Publish a trust list and one status list."""
    show_code(person_id=city.person_at(State.ACTIVE), at=timezone.now(), issuing=trusted)


@pytest.mark.usefixtures("lists")
def test_what_is_served_verifies_under_the_anchor(client):
    trust = verify_trust_list(token=client.get("/trust-list").content, anchor=anchor())

    verified = verify_status_list(token=client.get("/status-lists/1").content, trust=trust, now=timezone.now())

    assert verified.uri == f"{URL}/s/1"


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize(
    ("address", "media_type"),
    [
        ("/trust-list", "application/rongka-trust-list+cwt"),
        ("/status-lists/1", "application/statuslist+cwt"),
        ("/s/1", "application/statuslist+cwt"),
        ("/status-lists", "application/json"),
    ],
)
def test_a_list_may_be_kept_and_asked_for_again(client, address, media_type):
    answer = client.get(address)
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})

    assert (answer.status_code, answer["Content-Type"]) == (200, media_type)
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Cache-Control"]) == (answer["ETag"], answer["Cache-Control"])


@pytest.mark.usefixtures("lists")
def test_one_address_names_every_list(client):
    assert read_aggregation(client.get("/status-lists").content) == (f"{URL}/s/1",)


@pytest.mark.django_db
def test_before_the_first_card_there_is_no_list_to_name(client):
    assert client.get("/status-lists").json() == {"status_lists": []}


def test_a_scanner_that_asks_again_sees_that_a_device_was_revoked(client, city, trusted):
    person_id, key = city.person_at(State.ACTIVE), SoftwareKey.generate()
    device_id = register_device(
        actor=holder(person_id), at=timezone.now(), issuing=trusted, public_key=key.public.to_jwk(), label="phone"
    )
    code = present_live_code(card_cwt=credential_token(device_id), device=key, presented_at=timezone.now())
    before = client.get("/s/1")

    revoke_device(actor=holder(person_id), at=timezone.now(), device_id=device_id)
    app.tasks["publish_status_lists"]()
    after = client.get("/s/1", headers={"If-None-Match": before["ETag"]})

    assert after.status_code == 200
    assert [reason_of(code, client.get("/trust-list").content, one.content) for one in (before, after)] == [
        "code.valid",
        "status.revoked",
    ]


def reason_of(code, trust_list, status_list):
    """Judge a code as a scanner with these two lists does."""
    now = timezone.now()
    trust = verify_trust_list(token=trust_list, anchor=anchor())
    status = verify_status_list(token=status_list, trust=trust, now=now)
    return judge(code=code, trust=trust, status_lists={status.uri: status}, now=now).reason.code


@pytest.mark.usefixtures("lists")
def test_a_head_request_gets_no_body(client):
    answer = client.head("/s/1")

    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/trust-list", "/status-lists/1", "/s/7", f"/s/{'9' * 200}"])
def test_a_list_that_is_not_there_is_answered_in_both_languages(client, address):
    answer = client.get(address)

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "no-store"
    body = answer.json()
    assert body["code"] == "record.not-found"
    assert body["text"]["zh"]
    assert body["text"]["en"]
    assert body["next_step"]["en"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/s/x", "/s/-1", "/status-lists/trust", "/s/1/", f"/s/{'9' * 5000}"])
def test_a_list_that_could_not_be_is_no_address(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_a_list_is_only_read(client, method):
    answer = getattr(client, method)("/trust-list")

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert answer.json()["code"] == "request.method-not-allowed"
