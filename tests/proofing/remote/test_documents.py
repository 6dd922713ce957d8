"""A provider's word on a chip: it counts when it is signed for this very request, and nothing else is ever a pass."""

import base64
import json
import socket
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from joserfc import jwk

from rongka.config.provider import HttpsTransport
from rongka.proofing.chip import ChipVerifier, DocumentStatus, TrustStore
from rongka.proofing.chip.specimens import SpecimenAuthority, SpecimenPassport
from rongka.proofing.remote import Provider, ProviderKeys, RemoteDocumentVerifier, Reply
from rongka.proofing.remote.errors import REASONS
from tests.peers.agency import NAME, Agency

US = "https://city.example"
NOW = datetime.now(UTC)
NONCE = bytes.fromhex("0123456789abcdef")


@pytest.fixture(scope="module")
def passport():
    authority = SpecimenAuthority.make(valid_from=NOW - timedelta(days=9))
    signer = authority.signer(valid_from=NOW - timedelta(days=9))
    made = SpecimenPassport.make(signer=signer, signed_at=NOW - timedelta(days=1))
    trust = TrustStore.of_certificates([authority.certificate], version="7", dated_on=date(2026, 11, 1))
    return made, ChipVerifier(trust)


@pytest.fixture(scope="module")
def running(tmp_path_factory, passport):
    with Agency(tmp_path_factory.mktemp("agency"), documents=passport[1]) as agency:
        yield agency


@pytest.fixture
def agency(running):
    running.be_well_behaved()
    return running


def provider_of(agency, *, patience=5.0, url=None, roots=None, token=""):
    return Provider(
        name=NAME,
        asked_by=US,
        keys=ProviderKeys.of_jwks(agency.jwks),
        transport=HttpsTransport.to(url or agency.url, roots=roots or str(agency.ca_file), token=token),
        patience=timedelta(seconds=patience),
    )


def verify(agency, document, **options):
    return RemoteDocumentVerifier(provider_of(agency, **options)).verify(document, at=datetime.now(UTC))


def reason_of(result):
    assert (result.status, result.level, result.claims) == (DocumentStatus.CANNOT_VERIFY, "none", None)
    (check,) = result.checks
    assert check.text == REASONS[check.code]
    return check.code.removeprefix("remote.")


def test_a_provider_says_what_the_built_in_verifier_says(agency, passport):
    made, built_in = passport
    document = made.document(answer=made.answer(NONCE))

    result = verify(agency, document, token="secret")

    own = built_in.verify(document, at=NOW)
    assert (result.status, result.level) == ("pass", "L3")
    assert (result.claims, result.checks[1:], result.hashes) == (own.claims, own.checks, own.hashes)
    assert result.trust_list_version == "https://agency.example: 7"
    assert agency.headers[-1]["Authorization"] == "Bearer secret"
    assert agency.headers[-1]["Idempotency-Key"] == agency.requests[-1]["request_id"]


def test_a_changed_document_fails_with_a_provider_too(agency, passport):
    files = passport[0].document()
    changed = type(files)(sod=files.sod, dg1=files.dg1, dg2=files.dg2[:-1] + b"\0")

    assert verify(agency, changed).status is DocumentStatus.FAIL


def with_result(**changes):
    return lambda claims: claims | {"result": claims["result"] | changes}


def earlier(claims):
    return claims | {"iat": claims["iat"] - 3_600}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (earlier, "not-in-time"),
        (lambda claims: claims | {"iat": claims["iat"] + 600}, "not-in-time"),
        (lambda claims: claims | {"iat": 1e999}, "malformed"),
        (lambda claims: claims | {"aud": "https://other-city.example"}, "other-request"),
        (lambda claims: claims | {"iss": "https://other-agency.example"}, "other-request"),
        (lambda claims: claims | {"nonce": "0" * 32}, "other-request"),
        (lambda claims: claims | {"kind": "person"}, "other-request"),
        (lambda claims: claims | {"request_sha256": "0" * 64}, "other-request"),
        (lambda claims: {name: claims[name] for name in claims if name != "request_id"}, "malformed"),
        (with_result(status="fine"), "malformed"),
        (with_result(checks=[]), "contradiction"),
        (with_result(level="L3"), "contradiction"),
        (with_result(claims=None), "contradiction"),
        (with_result(status="cannot_verify"), "contradiction"),
        (with_result(checks=[{"name": "provider", "outcome": "passed"}]), "malformed"),
        (lambda claims: with_result(claims=claims["result"]["claims"] | {"number": "X"})(claims), "contradiction"),
    ],
)
def test_an_answer_that_is_not_for_this_request_now_does_not_count(agency, passport, change, reason):
    agency.change = change

    assert reason_of(verify(agency, passport[0].document())) == reason


def with_header(agency, claims, **changes):
    header, payload, _ = agency.signed(claims).split(b".")
    header = json.loads(base64.urlsafe_b64decode(header + b"=="))
    text = base64.urlsafe_b64encode(json.dumps(header | changes).encode()).rstrip(b"=")
    return b".".join((text, payload, b""))


@pytest.mark.parametrize(
    ("sign", "reason"),
    [
        (lambda a, c: a.signed(c, key=jwk.ECKey.generate_key("P-256")), "not-signed"),
        (lambda a, c: with_header(a, c, alg="none"), "not-signed"),
        (lambda a, c: with_header(a, c, kid="2026-2"), "not-signed"),
        (lambda a, c: with_header(a, c, alg="HS256"), "not-signed"),
        (lambda a, c: with_header(a, c, crit=["b64"], b64=False), "not-signed"),
        (lambda a, c: a.signed(c, kind="JWT"), "not-signed"),
        (lambda a, c: a.signed(c, key=jwk.OKPKey.generate_key("Ed25519"), algorithm="Ed25519"), "not-signed"),
        (lambda a, c: a.signed(c)[:-20], "not-signed"),
        (lambda a, c: a.signed(c)[:100], "malformed"),
        (lambda _a, c: json.dumps(c).encode(), "malformed"),
        (lambda _a, _c: b"", "malformed"),
        (lambda _a, _c: b"[" * 3_000 + b"..", "malformed"),
        (lambda a, c: a.signed({"more": "x" * 70_000} | c), "too-large"),
    ],
)
def test_an_answer_without_a_signature_of_the_providers_does_not_count(agency, passport, sign, reason):
    agency.sign = lambda claims: sign(agency, claims)

    assert reason_of(verify(agency, passport[0].document())) == reason


def test_an_answer_to_another_request_does_not_count(agency, passport):
    verify(agency, passport[0].document())
    old = list(agency.answered.values())[-1]
    agency.send = lambda handler, _token: handler.reply(200, old)

    assert reason_of(verify(agency, passport[0].document())) == "other-request"


def drip(handler, token):
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(token)))
    handler.end_headers()
    for number in range(10):
        handler.wfile.write(token[number : number + 1])
        time.sleep(0.1)


def break_off(handler, token):
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(token)))
    handler.end_headers()
    handler.wfile.write(token[:50])
    handler.close_connection = True


@pytest.mark.parametrize(
    ("send", "reason"),
    [
        (lambda handler, _: handler.reply(302, b"", Location=NAME), "redirected"),
        (lambda handler, _: handler.reply(500, b"oops"), "failed"),
        (lambda handler, _: handler.reply(429, b"{}"), "refused"),
        (drip, "time-out"),
        (lambda *_: time.sleep(0.6), "time-out"),
        (break_off, "unreachable"),
    ],
)
def test_without_an_answer_nothing_is_verified(agency, passport, send, reason):
    agency.send = send

    patience = 0.3 if reason == "time-out" else 5.0
    assert reason_of(verify(agency, passport[0].document(), patience=patience)) == reason


def test_a_broken_connection_is_tried_once_more_under_the_same_key(agency, passport):
    tried = []

    def send(handler, token):
        tried.append(handler.headers["Idempotency-Key"])
        if len(tried) == 1:
            handler.connection.shutdown(socket.SHUT_RDWR)
            handler.close_connection = True
        else:
            handler.reply(200, token)

    asked, agency.send = len(agency.requests), send

    assert verify(agency, passport[0].document()).status == "pass"
    assert tried[0] == tried[1]
    assert len(agency.requests) == asked + 1


def test_a_provider_that_nobody_certified_for_us_is_not_asked(agency, passport, tmp_path):
    with Agency(tmp_path) as other:
        result = verify(agency, passport[0].document(), roots=str(other.ca_file))

    assert reason_of(result) == "unreachable"


def test_no_changed_byte_of_an_answer_is_believed_or_raises(agency, passport):
    """The transport hands over whatever arrives, so here it is one without a network."""
    document = passport[0].document()
    answers = {}

    class Changing:
        def post(self, _path, body, **_):
            token = bytearray(agency.signed(agency.claims(body)))
            place = answers["at"] % len(token)
            token[place] ^= 1 << answers["bit"]
            return Reply(200, bytes(token))

    provider = Provider(name=NAME, asked_by=US, keys=ProviderKeys.of_jwks(agency.jwks), transport=Changing())
    verifier = RemoteDocumentVerifier(provider)

    for place in range(0, 6_000, 61):
        answers.update(at=place, bit=place % 8)
        assert verifier.verify(document, at=datetime.now(UTC)).status is not DocumentStatus.PASS


@pytest.mark.parametrize(
    "keys",
    [
        b"{}",
        b'{"keys": []}',
        b'{"keys": [{"kty": "oct", "k": "AAAA", "kid": "a"}]}',
        b'{"keys": [{"kty": "RSA"}]}',
        json.dumps({"keys": [jwk.ECKey.generate_key("P-256").as_dict(private=True) | {"kid": "a"}]}).encode(),
    ],
    ids=["no keys", "an empty list", "a secret", "RSA", "a private key"],
)
def test_a_key_set_of_another_kind_is_refused_when_it_is_read(keys):
    with pytest.raises(ValueError, match=r"key"):
        ProviderKeys.of_jwks(keys)
