"""What a wallet asks in the background: its state, and a newer credential for its own device."""

import base64
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from rongka.credential import SoftwareKey, cbor
from rongka.credential.claims import CardClaims
from rongka.credential.cose import read
from rongka.registers.issuance.commands import register_device, renew_credential, revoke_device
from rongka.registers.issuance.models import Credential, Device
from rongka.registers.issuance.queries import credential_token
from rongka.registers.journal.actors import holder
from rongka.registers.people.models import Passport
from rongka.rulebook.order import State
from tests.web.wallet.issuer import issuing

STATE = "/en/wallet/state/"


@pytest.fixture
def person_id(holder_at):
    return holder_at(State.ACTIVE)


@pytest.fixture
def device_id(person_id):
    return register(person_id)


def register(person_id, at=None):
    key = SoftwareKey.generate().public.to_jwk()
    return register_device(
        actor=holder(person_id), at=at or timezone.now(), issuing=issuing(), public_key=key, label="test"
    )


def renew(client, device_id):
    return client.post(f"/en/wallet/devices/{device_id}/credential/", headers={"Accept": "application/json"})


def token_of(answer):
    text = answer.json()["credential"]
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class TestState:
    """Whether to show a code, and why not."""

    def test_an_active_card_is_shown(self, client, device_id):
        state = client.get(STATE).json()

        assert (state["shown"], state["connect_days"], state["hide_days"]) == (True, 7, 30)
        assert state["devices"] == [{"id": str(device_id), "revoked": False}]
        assert state["steps"]["done"] == state["steps"]["of"] > 5
        assert "reason" not in state

    @pytest.mark.parametrize(
        ("state", "en", "zh"),
        [
            (State.SUSPENDED, "Suspended", "已暂停使用"),
            (State.CANCELLED, "Cancelled", "已注销"),
            (State.VERIFIED, "The card is not active yet.", "卡尚未激活。"),
        ],
    )
    def test_any_other_is_not_and_the_reason_is_in_the_pages_language(self, client, holder_at, state, en, zh):
        holder_at(state)

        english, chinese = client.get(STATE).json(), client.get("/zh-hans/wallet/state/").json()

        assert (english["shown"], english["reason"], chinese["reason"]) == (False, en, zh)
        assert bool(english.get("contacts")) is (state is not State.VERIFIED)

    def test_the_current_step_says_whose_turn_it_is(self, client, holder_at):
        holder_at(State.VERIFIED)

        steps = client.get(STATE).json()["steps"]

        assert steps["turn"] == "It is your turn"
        assert steps["title"]
        assert steps["since"]

    def test_a_revoked_device_is_marked(self, client, person_id, device_id):
        revoke_device(actor=holder(person_id), at=timezone.now(), device_id=device_id)

        assert client.get(STATE).json()["devices"] == [{"id": str(device_id), "revoked": True}]

    def test_whoever_is_signed_out_gets_no_page_but_an_answer(self, client):
        answer = client.get(STATE, headers={"Accept": "application/json"})

        assert (answer.status_code, answer.json()["code"]) == (401, "access.sign-in")

    @pytest.mark.usefixtures("person_id")
    def test_it_is_kept_by_no_cache(self, client):
        assert "no-store" in client.get(STATE)["Cache-Control"]


class TestRenewal:
    """A newer credential for the key that the device has."""

    def test_while_nothing_has_changed_it_is_the_same(self, client, device_id):
        before = credential_token(device_id)

        assert token_of(renew(client, device_id)) == before

    def test_an_old_one_is_replaced_and_the_old_one_stays_good(self, client, person_id):
        device_id = register(person_id, at=timezone.now() - timedelta(days=31))
        before = credential_token(device_id)

        first, second = renew(client, device_id), renew(client, device_id)

        assert token_of(first) == token_of(second) != before
        assert Credential.objects.filter(device_id=device_id).count() == 2

    def test_what_has_changed_on_record_is_in_the_new_one(self, client, person_id, device_id):
        Passport.objects.filter(person_id=person_id).update(number="XD7777777")

        token = token_of(renew(client, device_id))

        claims = CardClaims.from_cwt(cbor.decode_map(read(token).payload))
        assert claims.passport_masked.endswith("7777")

    def test_a_revoked_device_gets_none(self, client, person_id, device_id):
        revoke_device(actor=holder(person_id), at=timezone.now(), device_id=device_id)

        answer = renew(client, device_id)

        assert (answer.status_code, answer.json()["code"]) == (409, "device.revoked")

    def test_a_suspended_card_gets_none(self, client, device_id, city, person_id):
        from rongka.registers.cards.commands import suspend_card

        suspend_card(actor=city.authority, at=timezone.now(), person_id=person_id, reason="demo")

        assert renew(client, device_id).json()["code"] == "device.card-not-active"

    def test_another_holders_device_does_not_exist(self, client, device_id, holder_at):
        holder_at(State.ACTIVE)

        assert [renew(client, one).status_code for one in (device_id, uuid4())] == [404, 404]

    def test_without_a_signer_nothing_is_lost(self, client, person_id, settings):
        device_id = register(person_id, at=timezone.now() - timedelta(days=31))
        settings.RONGKA_ISSUING = "tests.web.wallet.test_state.signer_away"

        answer = renew(client, device_id)

        assert (answer.status_code, answer.json()["code"]) == (503, "signer.away")
        assert Device.objects.get(id=device_id).revoked_at is None

    def test_two_tabs_get_one_new_credential(self, person_id):
        device_id = register(person_id, at=timezone.now() - timedelta(days=31))

        ids = {
            renew_credential(actor=holder(person_id), at=timezone.now(), issuing=issuing(), device_id=device_id)
            for _ in range(2)
        }

        assert len(ids) == 1


def signer_away():
    from pathlib import Path

    from rongka.registers.issuance.commands import Issuing
    from rongka.signer import SignerClient

    return Issuing(url="https://city.example", signer=SignerClient(Path("/nowhere/signer.sock")))
