"""Passkeys without a browser: what lets somebody in, and all that does not."""

import json
import random
from dataclasses import replace

import pytest
from django.test import Client

from rongka.credential import base64url
from rongka.registers.identity.models import Passkey
from rongka.registers.identity.queries import passkeys_of
from rongka.registers.journal.queries import happenings_of_person
from rongka.registers.permits.queries import permit_number_of
from rongka.rulebook.order import State
from rongka.web.audience import HOLDER_KEY
from rongka.web.wallet.passkeys import CHALLENGE_KEY
from tests.peers.authenticator import PRESENT, Authenticator

WALLET = "/en/wallet/"
JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def active_id(founded, module_transaction):
    with module_transaction():
        return founded.person_at(State.ACTIVE)


@pytest.fixture
def person_id(db, active_id, enter):
    enter(active_id)
    return active_id


@pytest.fixture
def device():
    return Authenticator(origin="http://testserver", host="testserver")


def post(client, address, body):
    return client.post(WALLET + address, body, content_type="application/json", headers=JSON)


def add(client, device):
    options = post(client, "passkeys/options/", {}).json()
    return post(client, "passkeys/", {"answer": device.make(options)})


def sign_in(device, client=None, **more):
    client = client or Client()
    options = post(client, "sign-in/passkey/options/", {}).json()
    return post(client, "sign-in/passkey/", {"answer": device.answer(options)} | more), client


@pytest.fixture
def added(client, person_id, device):
    answer = add(client, device)
    assert answer.status_code == 201, answer.content
    return passkeys_of(person_id)[0]


@pytest.mark.usefixtures("added")
class TestSigningIn:
    """A passkey and nothing else."""

    def test_the_options_ask_for_a_passkey_that_knows_its_owner_and_verifies_them(self, client, person_id):
        options = post(client, "passkeys/options/", {}).json()

        assert options["authenticatorSelection"]["residentKey"] == "required"
        assert options["authenticatorSelection"]["userVerification"] == "required"
        assert options["attestation"] == "none"
        assert options["rp"]["id"] == "testserver"
        assert options["user"]["id"] == base64url.encode_text(person_id.bytes)

    def test_the_holder_is_let_in_and_it_is_written_down(self, device, person_id):
        answer, client = sign_in(device)

        assert answer.json() == {"next": "/en/wallet/"}
        assert client.session[HOLDER_KEY] == str(person_id)
        assert happenings_of_person(person_id)[-1].data["way"] == "passkey"
        assert passkeys_of(person_id)[0].used_at is not None

    def test_the_page_that_was_asked_for_is_the_next_one_unless_it_is_elsewhere(self, device):
        own, _ = sign_in(device, next="/en/wallet/code/")
        others = [sign_in(device, next=wanted)[0] for wanted in ("https://example.org/wallet/", "//x/wallet/", 7)]

        assert own.json()["next"] == "/en/wallet/code/"
        assert {one.json()["next"] for one in others} == {"/en/wallet/"}

    def test_an_answer_counts_once(self, device):
        client = Client()
        options = post(client, "sign-in/passkey/options/", {}).json()
        answer = device.answer(options)
        first = post(client, "sign-in/passkey/", {"answer": answer})

        client.post(f"{WALLET}sign-out/")
        again = post(client, "sign-in/passkey/", {"answer": answer})

        assert (first.status_code, again.status_code, again.json()["code"]) == (200, 422, "passkey.refused")

    def test_an_answer_to_another_visitors_question_is_refused(self, device):
        options = post(Client(), "sign-in/passkey/options/", {}).json()
        thief = Client()
        post(thief, "sign-in/passkey/options/", {})

        answer = post(thief, "sign-in/passkey/", {"answer": device.answer(options)})

        assert answer.json()["code"] == "passkey.refused"
        assert HOLDER_KEY not in thief.session

    def test_a_question_is_too_old_after_five_minutes(self, device):
        client = Client()
        options = post(client, "sign-in/passkey/options/", {}).json()
        session = client.session
        session[CHALLENGE_KEY] = session[CHALLENGE_KEY] | {"until": 0}
        session.save()

        assert post(client, "sign-in/passkey/", {"answer": device.answer(options)}).status_code == 422

    def test_the_question_for_adding_does_not_sign_in(self, client, device):
        options = post(client, "passkeys/options/", {}).json()

        assert post(client, "sign-in/passkey/", {"answer": device.answer(options)}).status_code == 422

    @pytest.mark.parametrize(
        "wrong",
        [
            {"origin": "https://evil.example"},
            {"origin": "http://testserver:81"},
            {"host": "evil.example"},
            {"flags": PRESENT},
            {"flags": 0},
            {"handle": b"somebody else"},
            {"handle": bytes(16)},
        ],
        ids=str,
    )
    def test_a_wrong_answer_lets_nobody_in(self, device, wrong):
        answer, client = sign_in(replace(device, **wrong))

        assert answer.status_code in {409, 422}
        assert answer.json()["code"] in {"passkey.refused", "passkey.unknown"}
        assert HOLDER_KEY not in client.session

    def test_another_key_of_the_same_name_lets_nobody_in(self, device):
        impostor = Authenticator(
            origin=device.origin, host=device.host, handle=device.handle, credential_id=device.credential_id
        )

        assert sign_in(impostor)[0].json()["code"] == "passkey.refused"

    def test_a_counter_that_does_not_rise_tells_of_a_copy(self, device):
        sign_in(device)
        copied = replace(device, count=0)

        assert sign_in(copied)[0].json()["code"] == "passkey.refused"
        assert sign_in(device)[0].status_code == 200

    def test_a_stranger_and_a_removed_one_are_unknown(self, client, added, device):
        stranger = Authenticator(origin=device.origin, host=device.host, handle=device.handle)
        client.post(f"{WALLET}passkeys/{added.id}/remove/")

        codes = [sign_in(one)[0].json()["code"] for one in (stranger, device)]

        assert codes == ["passkey.unknown", "passkey.unknown"]

    def test_a_session_that_somebody_planted_is_worth_nothing_afterwards(self, device):
        client = Client()
        post(client, "sign-in/passkey/options/", {})
        planted = client.session.session_key

        sign_in(device, client)

        assert client.session.session_key != planted

    def test_with_a_passkey_number_and_name_let_nobody_in_not_even_in_a_demo(self, person_id):
        form = {"number": permit_number_of(person_id), "name": "Anna Maria Demo"}

        answer = Client().post(f"{WALLET}sign-in/", form)

        assert answer.status_code == 422
        assert "sign-in.passkey-needed" in answer.content.decode()


class TestHaving:
    """Adding, naming and removing."""

    def test_the_page_about_me_names_them(self, client, added):
        page = client.get(f"{WALLET}me/").content.decode()

        assert added.label in page
        assert f"/passkeys/{added.id}/" in page

    @pytest.mark.usefixtures("added")
    def test_the_same_one_is_added_once(self, client, device):
        assert add(client, device).json()["code"] == "passkey.known"

    def test_one_that_verifies_nobody_is_not_added(self, client, person_id):
        unlocked = Authenticator(origin="http://testserver", host="testserver", flags=PRESENT)

        assert add(client, unlocked).json()["code"] == "passkey.refused"
        assert passkeys_of(person_id) == []

    @pytest.mark.usefixtures("person_id")
    def test_ten_are_enough(self, client, monkeypatch):
        monkeypatch.setattr("rongka.registers.identity.passkeys.MAX_PASSKEYS", 1)

        answers = [add(client, Authenticator(origin="http://testserver", host="testserver")) for _ in range(2)]

        assert [one.status_code for one in answers] == [201, 409]

    def test_it_gets_a_name(self, client, added, person_id):
        answer = client.post(f"{WALLET}passkeys/{added.id}/", {"label": "  My   blue phone "})

        assert answer.status_code == 302
        assert passkeys_of(person_id)[0].label == "My blue phone"

    @pytest.mark.parametrize("label", ["", "x" * 81, "a\u200bb", "\x1b[2J"])
    def test_a_name_that_is_none_is_refused_and_kept_in_the_form(self, client, added, person_id, label):
        answer = client.post(f"{WALLET}passkeys/{added.id}/", {"label": label})

        assert answer.status_code == 422
        assert passkeys_of(person_id)[0].label == added.label

    def test_removing_is_confirmed_and_lasts(self, client, added, person_id):
        answer = client.post(f"{WALLET}passkeys/{added.id}/remove/", follow=True)

        assert answer.status_code == 200
        assert "The passkey is removed" in answer.content.decode()
        assert passkeys_of(person_id) == []
        assert client.get(f"{WALLET}passkeys/{added.id}/").status_code == 302

    def test_another_holders_passkey_does_not_exist(self, client, added, holder_at):
        holder_at(State.ACTIVE)

        answers = [
            client.get(f"{WALLET}passkeys/{added.id}/"),
            client.post(f"{WALLET}passkeys/{added.id}/", {"label": "mine"}),
            client.post(f"{WALLET}passkeys/{added.id}/remove/"),
            client.get(f"{WALLET}passkeys/{added.id}/removed/"),
        ]

        assert [one.status_code for one in answers] == [404] * 4
        assert Passkey.objects.get(id=added.id).removed_at is None

    def test_whoever_is_signed_out_adds_none(self):
        assert post(Client(), "passkeys/options/", {}).status_code == 401
        assert post(Client(), "passkeys/", {}).status_code == 401


@pytest.mark.usefixtures("added")
class TestHostileAnswers:
    """Bytes of any kind are refused with the same words."""

    BODIES = (
        b"",
        b"[]",
        b"{",
        b"{}",
        b'{"answer": 7}',
        b'{"answer": {}}',
        b'{"answer": {"id": "\\ud800"}}',
        b"x" * 20_000,
    )

    def test_a_body_that_is_none(self, client):
        for body in self.BODIES:
            for address, ask in (("passkeys/", "passkeys/options/"), ("sign-in/passkey/", "sign-in/passkey/options/")):
                post(client, ask, {})

                answer = client.post(WALLET + address, body, content_type="application/json", headers=JSON)

                assert answer.status_code in {413, 422}, (address, body[:40])
                assert answer.json()["text"]

    def test_an_answer_that_was_tampered_with(self, client, device):
        chance, visitor = random.Random(4), Client()
        for _ in range(150):
            new = Authenticator(origin=device.origin, host=device.host)
            made = new.make(post(client, "passkeys/options/", {}).json())
            shown = device.answer(post(visitor, "sign-in/passkey/options/", {}).json())

            added = post(client, "passkeys/", {"answer": mutated(made, chance)})
            entered = post(visitor, "sign-in/passkey/", {"answer": mutated(shown, chance)})

            assert added.status_code in {201, 409, 422}, added.content
            assert entered.status_code in {409, 422}, entered.content


def mutated(answer: dict, chance: random.Random) -> dict:
    """Change one part of an answer: bytes, or what kind of thing it is."""
    changed = json.loads(json.dumps(answer))
    place = chance.choice([*changed["response"], "id", "rawId", "type", "response"])
    where = changed["response"] if place in changed["response"] else changed
    if place == "response" or chance.random() < 0.3:
        where[place] = chance.choice([None, 7, [], {}, "", "=", "融卡", "A" * 5000, True])
        return changed
    if place == "rawId":  # what counts is `id`: the other may differ in a way that nobody reads
        where[place] = ""
        return changed
    data = bytearray(base64url.decode(where[place].encode())) if place != "type" else bytearray(b"x")
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    where[place] = base64url.encode_text(
        bytes(data[: chance.randrange(1, len(data) + 1)] if chance.random() < 0.4 else data)
    )
    return changed
