"""The code page, registering a device, revoking it."""

import base64
import json
from uuid import uuid4

import pytest
from django.test import Client

from rongka.credential import SoftwareKey, VerdictKind, present_live_code
from rongka.registers.issuance.commands import MAX_DEVICES, publish_status_lists
from rongka.registers.issuance.models import Device
from rongka.rulebook.order import State
from rongka.web.wallet.devices import label_of
from tests.registers.city import OVERSEAS
from tests.web.wallet.issuer import issuing, verdict_on

CODE, DEVICES = "/en/wallet/code/", "/en/wallet/devices/"
ANDROID = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36"


@pytest.fixture
def register(client):
    def register(key=None, **more):
        body = {"public_key": (key or SoftwareKey.generate()).public.to_jwk()}
        return client.post(DEVICES, body, content_type="application/json", **more)

    return register


def test_a_registered_device_makes_codes_that_are_valid(client, holder_at, register):
    from django.utils import timezone

    holder_at(State.ACTIVE)
    key = SoftwareKey.generate()

    answer = register(key, HTTP_USER_AGENT=ANDROID)

    token = base64.urlsafe_b64decode(answer.json()["credential"] + "==")
    code = present_live_code(card_cwt=token, device=key, presented_at=timezone.now())
    assert answer.status_code == 201
    assert verdict_on(code).kind is VerdictKind.VALID
    assert Device.objects.get().label == "Chrome · Android"
    assert answer.json()["device"] in client.get(CODE).content.decode()


def test_the_same_key_again_is_the_same_device(holder_at, register):
    holder_at(State.ACTIVE)
    key = SoftwareKey.generate()

    first, again = register(key).json(), register(key).json()

    assert first == again
    assert Device.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 2000,
        b'{"public_key": 1}',
        b'{"public_key": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}}',
        json.dumps({"public_key": {"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43}}).encode(),
        b'{"public_key": {"pad": "' + b"A" * 3000 + b'"}}',
    ],
)
def test_what_is_no_key_is_refused_with_a_code_in_the_pages_language(client, holder_at, body):
    holder_at(State.ACTIVE)

    answer = client.post(DEVICES, body, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, "device.key-invalid")
    assert answer.json()["text"].startswith("The device key")
    assert not Device.objects.exists()


def test_a_key_of_another_holder_is_refused(holder_at, register):
    key = SoftwareKey.generate()
    holder_at(State.ACTIVE)
    register(key)
    holder_at(State.ACTIVE)

    assert register(key).json()["code"] == "device.key-in-use"


def test_there_is_a_limit_to_devices(holder_at, register):
    holder_at(State.ACTIVE)
    for _ in range(MAX_DEVICES):
        register()

    assert register().json()["code"] == "device.too-many"


@pytest.mark.parametrize("state", [State.QUALIFIED, State.SUSPENDED, State.CANCELLED])
def test_only_an_active_card_gets_a_device(holder_at, register, state):
    holder_at(state)

    assert register().json()["code"] == "device.card-not-active"


def test_registering_needs_the_csrf_token(client, holder_at):
    holder_at(State.ACTIVE)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies

    assert strict.post(DEVICES, b"{}", content_type="application/json").status_code == 403


def test_a_signer_that_is_away_is_explained(holder_at, register, settings):
    settings.RONGKA_ISSUING = "rongka.config.issuing.issuing"
    holder_at(State.ACTIVE)

    answer = register()

    assert (answer.status_code, answer.json()["code"]) == (503, "signer.away")
    assert not Device.objects.exists()


def test_a_revoked_device_is_refused_and_no_longer_offered(client, holder_at, register):
    from django.utils import timezone

    holder_at(State.ACTIVE)
    key = SoftwareKey.generate()
    answer = register(key).json()
    revoke = f"{DEVICES}{answer['device']}/revoke/"
    asked = client.get(revoke)

    response = client.post(revoke, {"idempotency_key": "k1"})
    again = client.post(revoke, {"idempotency_key": "k1"})

    publish_status_lists(at=timezone.now(), issuing=issuing())
    token = base64.urlsafe_b64decode(answer["credential"] + "==")
    code = present_live_code(card_cwt=token, device=key, presented_at=timezone.now())
    assert asked.status_code == 200
    assert response["Location"] == again["Location"] == f"{DEVICES}{answer['device']}/revoked/"
    assert "The device is revoked" in client.get(response["Location"]).content.decode()
    assert verdict_on(code).kind is VerdictKind.NOT_VALID
    assert answer["device"] not in client.get(CODE).content.decode()


def test_another_persons_device_is_not_there(client, holder_at, register):
    holder_at(State.ACTIVE)
    device_id = register().json()["device"]
    holder_at(State.ACTIVE)

    for path in (f"{device_id}/revoke/", f"{device_id}/revoked/", f"{uuid4()}/revoke/"):
        assert client.get(DEVICES + path).status_code == 404
    assert client.post(f"{DEVICES}{device_id}/revoke/").status_code == 404
    assert Device.objects.get().revoked_at is None


@pytest.mark.parametrize("state", [*OVERSEAS[1:-1], State.SUSPENDED, State.CANCELLED])
def test_there_is_no_code_but_of_an_active_card(client, holder_at, state):
    holder_at(state)

    page = client.get(CODE).content.decode()

    assert "<canvas" not in page
    assert "code.island.js" not in page


def test_the_code_page_says_what_it_needs_without_script(client, holder_at):
    holder_at(State.ACTIVE)

    page = client.get(CODE).content.decode()

    assert "The code needs JavaScript" in page[page.index("<noscript>") : page.index("</noscript>")]


@pytest.mark.parametrize(
    ("user_agent", "label"),
    [
        (ANDROID, "Chrome · Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge · Windows"),
        ("", "Browser"),
    ],
)
def test_a_device_is_named_so_that_its_owner_knows_it_again(user_agent, label):
    assert label_of(user_agent) == label
