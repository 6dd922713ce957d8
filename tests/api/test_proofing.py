"""The interface for apps and kiosks: a passport's files under a pairing code, in words when something is wrong."""

import base64
import json
import re
from datetime import timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rongka.api import urls, v1
from rongka.api.chip_files import PairingOut, Problem, ResultOut
from rongka.proofing.chip.specimens import SpecimenPassport
from rongka.proofing.chip.specimens.demo import demo_authority
from rongka.registers.evidence.commands import give_consent, open_pairing
from rongka.registers.evidence.errors import ConsentMissing, NonceDiffers, PairingUnknown, TooManyChecks
from rongka.registers.evidence.queries import newest_check
from rongka.registers.journal.actors import holder
from rongka.registers.people.queries import person_card
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import State
from tests.proofing.conftest import VECTORS

PAIRING, DOCUMENTS, FORM = (f"/api/v1/proofing/{name}" for name in ("pairing", "documents", "documents/files"))


class Holder:
    """Somebody admitted, with the specimen of the passport on record and an open pairing."""

    def __init__(self, city, client):
        self.client = client
        self.person = person_card(city.person_at(State.ADMITTED))
        self.actor = holder(self.person.id)
        self.admission_id = case_of_person(self.person.id).admission_id
        words = {"language": "en", "text_version": "1"}
        give_consent(actor=self.actor, at=timezone.now(), admission_id=self.admission_id, **words)
        self.pair()

    def pair(self):
        self.pairing = open_pairing(actor=self.actor, at=timezone.now(), admission_id=self.admission_id)

    def passport(self, zone=None):
        at = timezone.now() - timedelta(days=1)
        signer = demo_authority(self.person.issuing_state).signer(valid_from=at)
        return SpecimenPassport.make(signer=signer, signed_at=at, zone=zone or self.person.mrz)

    def files(self, passport=None, **more):
        passport = passport or self.passport()
        groups = {f"dg{number}": text(data) for number, data in passport.groups.items()}
        return {"sod": text(passport.sod)} | groups | more

    def answer(self, passport):
        nonce = bytes.fromhex(self.pairing.chip_nonce)
        return {"nonce": nonce.hex(), "signature": text(passport.answer(nonce).signature)}

    def post(self, body, *, address=DOCUMENTS, code=None, **headers):
        data = body if isinstance(body, bytes) else json.dumps(body)
        headers |= {"Authorization": f"Bearer {code or self.pairing.secret}"}
        return self.client.post(address, data, content_type="application/json", headers=headers)

    def look(self, code=None):
        return self.client.get(PAIRING, headers={"Authorization": f"Bearer {code or self.pairing.secret}"})


def text(data):
    return base64.b64encode(data).decode()


@pytest.fixture
def worker(city, client):
    return Holder(city, client)


def problem_of(answer):
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    problem = Problem.model_validate(answer.json())
    assert problem.text.zh
    assert problem.text.en
    return answer.status_code, problem.code


def test_an_app_reads_a_chip_and_the_holder_can_go_on(worker, as_application):
    passport = worker.passport()
    wanted = worker.look().json()

    answer = worker.post(worker.files(passport, answer=worker.answer(passport), source="kiosk"))

    result = answer.json()
    assert (wanted["is_open"], wanted["chip_nonce"]) == (True, worker.pairing.chip_nonce)
    assert [row["name"] for row in wanted["files"] if row["is_needed"]] == ["sod", "dg1", "dg2"]
    assert (answer.status_code, result["status"], result["level"], result["agrees"]) == (200, "pass", "L3", True)
    assert result["reasons"] == result["differences"] == []
    assert worker.person.passport_number not in answer.content.decode()
    assert newest_check(worker.admission_id).source == "kiosk"
    after = worker.look().json()
    assert (after["is_open"], after["result"]) == (False, result)


def test_a_chip_that_agrees_without_its_portrait_says_what_is_lacking_and_a_new_pairing_has_no_result(worker):
    result = worker.post({name: file for name, file in worker.files().items() if name != "dg2"}).json()
    worker.pair()

    assert (result["agrees"], [row["code"] for row in result["reasons"]]) == (True, ["proof.no-portrait"])
    assert worker.look().json()["result"] is None


def test_a_form_does_the_same_without_base64(worker):
    passport = worker.passport()
    nonce = bytes.fromhex(worker.pairing.chip_nonce)
    files = {"sod": passport.sod, "answer": passport.answer(nonce).signature}
    files |= {f"dg{number}": data for number, data in passport.groups.items()}
    form = {name: SimpleUploadedFile(name, data) for name, data in files.items()}
    headers = {"Authorization": f"Bearer {worker.pairing.secret.lower()}"}

    without = worker.client.post(FORM, form, headers=headers)
    [file.seek(0) for file in form.values()]
    answer = worker.client.post(FORM, form | {"answer_nonce": nonce.hex()}, headers=headers)

    assert problem_of(without) == (422, "request.invalid")
    assert (answer.status_code, answer.json()["level"], answer.json()["agrees"]) == (200, "L3", True)


def test_another_persons_passport_passes_and_does_not_agree(worker):
    born = worker.person.birth_on.replace(year=worker.person.birth_on.year - 1)
    other = _zone(worker.person, birth_on=born)

    result = worker.post(worker.files(worker.passport(other))).json()

    assert (result["status"], result["agrees"]) == ("pass", False)
    assert [row["field"] for row in result["differences"]] == ["birth-date"]
    assert [row["code"] for row in result["reasons"]]
    assert worker.look().json()["is_open"]


def _zone(person, **changes):
    from rongka.proofing.mrz import Sex, build_td3

    facts = {
        "issuing_state": person.issuing_state,
        "surname": person.mrz_surname,
        "given_names": person.mrz_given_names,
        "number": person.passport_number,
        "nationality": person.nationality,
        "birth_on": person.birth_on,
        "sex": Sex(person.sex),
        "expires_on": person.passport_expires_on,
    }
    return build_td3(**facts | changes)


def test_a_changed_file_fails_and_says_which(worker):
    passport = worker.passport()
    files = worker.files(passport) | {"dg2": text(passport.groups[2][:-1] + b"\0")}

    result = worker.post(files).json()

    assert (result["status"], result["level"], result["agrees"]) == ("fail", "none", False)
    assert "chip.group-changed" in [row["code"] for row in result["checks"]]
    assert [row["code"] for row in result["reasons"]]


def test_a_request_that_is_sent_again_is_done_once(worker):
    body, key = worker.files(), str(uuid4())

    answers = [worker.post(body, **{"Idempotency-Key": key}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert problem_of(worker.post(body | {"dg15": None}, **{"Idempotency-Key": key})) == (409, "request.key-reused")
    assert problem_of(worker.post(body)) == (404, "pairing.unknown")


def test_an_answer_to_another_nonce_is_refused_before_anything_is_judged(worker):
    passport = worker.passport()
    stale = worker.answer(passport)
    worker.pair()

    assert problem_of(worker.post(worker.files(passport, answer=stale))) == (422, "document.nonce-differs")
    assert newest_check(worker.admission_id) is None


@pytest.mark.django_db
def test_without_an_open_pairing_nothing_is_told(client):
    codes = ("Bearer ", "Bearer 0000000000", f"Bearer {'ü' * 10}", f"Bearer {'x' * 5_000}", "Basic YTpi", "")

    answers = [client.get(PAIRING, headers={"Authorization": code}) for code in codes]

    assert {problem_of(answer) for answer in answers} == {(401, "pairing.unknown")}
    assert answers[0]["WWW-Authenticate"].startswith("Bearer")


def test_what_is_not_as_described_is_refused(worker):
    good = worker.files()
    changes = [
        ({"sod": "!"}, 422),
        ({"sod": None}, 422),
        ({"sod": text(bytes(40_000))}, 422),
        ({"dg1": "A" * 400}, 422),
        ({"dg3": ""}, 422),
        ({"source": "counter"}, 422),
        ({"answer": {"nonce": "00", "signature": ""}}, 422),
        ({"answer": {"nonce": "zz" * 8, "signature": ""}}, 422),
        ({"dg2": "A" * v1.MAX_BODY}, 413),
    ]

    assert [problem_of(worker.post(good | change))[0] for change, _ in changes] == [code for _, code in changes]
    assert problem_of(worker.post(good, **{"Idempotency-Key": "x" * 300}))[0] == 422
    assert newest_check(worker.admission_id) is None


def test_a_form_that_is_none_is_refused(worker):
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "text/plain"):
        headers = {"Authorization": f"Bearer {worker.pairing.secret}"}
        answer = worker.client.post(FORM, b"--x\r\nno", content_type=kind, headers=headers)
        assert 400 <= problem_of(answer)[0] < 500


def test_other_methods_are_refused_in_words(worker):
    answer = worker.client.put(DOCUMENTS)

    assert problem_of(answer) == (405, "request.method-not-allowed")
    assert answer["Allow"] == "POST"


def test_no_text_that_is_sent_as_json_makes_the_server_fail(worker):
    texts = sorted((VECTORS / "jsontestsuite" / "test_parsing").glob("*.json"))
    if not texts:
        pytest.skip("the set jsontestsuite is missing")

    statuses = {worker.post(file.read_bytes()).status_code for file in texts}

    assert statuses == {400, 422}


@cache
def description():
    """Fetch the description; every example reads it."""
    return Client().get("/api/v1/openapi.json").json()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)
@given(data=st.data())
def test_every_answer_is_one_that_the_description_names(worker, data):
    """From the description itself: known fields with any value, under the right code or another."""
    described = description()
    address, method = data.draw(st.sampled_from([(a, m) for a, row in described["paths"].items() for m in row]))
    fields = described["components"]["schemas"]["ChipFiles"]["properties"]
    body = data.draw(st.dictionaries(st.sampled_from(sorted(fields)), JSON | st.sampled_from(["", "AAAA", "dw=="])))
    code = data.draw(st.sampled_from([worker.pairing.secret, worker.pairing.secret.lower(), "0000000000"]))
    headers = {"Authorization": f"Bearer {code}"}

    send = getattr(worker.client, method)
    answer = (
        send(address, json.dumps(body), content_type="application/json", headers=headers)
        if method == "post"
        else send(address, headers=headers)
    )

    assert str(answer.status_code) in described["paths"][address][method]["responses"]
    if answer.status_code == 200:
        (PairingOut if method == "get" else ResultOut).model_validate(answer.json())
    else:
        problem_of(answer)


def test_the_description_is_served_and_no_page_that_loads_from_elsewhere(client):
    answer = client.get("/api/v1/openapi.json")

    assert answer.status_code == 200
    assert set(answer.json()["paths"]) == {PAIRING, DOCUMENTS, FORM}
    assert answer.json()["components"]["securitySchemes"]["PairingCode"]["scheme"] == "bearer"
    assert [client.get(f"/api/v1/{name}").status_code for name in ("", "docs", "proofing")] == [404] * 3


def test_every_address_of_the_interfaces_declares_for_whom_it_is():
    marks = {str(one.pattern): getattr(one.callback, "audience_mark", None) for one in urls.urlpatterns}

    assert [address for address, mark in marks.items() if mark is None] == []
    assert {address for address, mark in marks.items() if mark.audience == "pairing"} == {
        address.removeprefix("/") for address in (PAIRING, DOCUMENTS, FORM)
    }
    assert get_resolver().resolve(PAIRING).func.csrf_exempt


def test_every_code_of_the_interface_is_on_its_page():
    page = (Path(v1.__file__).parents[3] / "docs" / "proofing-api.md").read_text(encoding="utf-8")
    codes = set(re.findall(r'code="([a-z.-]+)"', Path(v1.__file__).read_text(encoding="utf-8")))
    raised = {error().code for error in (ConsentMissing, NonceDiffers, PairingUnknown, TooManyChecks)}

    assert len(codes) > 4
    assert {code for code in codes | raised if f"`{code}`" not in page} == set()
