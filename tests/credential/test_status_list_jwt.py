import json
import zlib
from datetime import timedelta

import pytest

from rongka.credential import (
    ClaimsError,
    CredentialError,
    SignatureError,
    Status,
    StatusError,
    StatusList,
    TrustError,
    base64url,
    jws,
)
from rongka.credential.status_list import MAX_LIST_BYTES, WIDTHS
from rongka.credential.status_list.jwt import (
    check_status_claims_json,
    sign_status_claims_json,
    status_claims_json,
    verify_status_list_jwt,
)
from tests.credential.world import LIST_URI, NOW, World


def given_claims(**changes):
    claims = {
        "sub": LIST_URI,
        "iat": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 1000,
        "ttl": 3600,
        "status_list": {"bits": 2, "lst": packed(zlib.compress(bytes(16)))},
    }
    return {name: value for name, value in (claims | changes).items() if value is not None}


def packed(data):
    return base64url.encode(data).decode()


def written(claims):
    return json.dumps(claims, separators=(",", ":")).encode()


def token_of(world, claims=None, *, key=None, **header):
    key = key or world.keys["status"]
    named = {"typ": "statuslist+jwt", "kid": packed(key.public.kid)} | header
    header = {name: value for name, value in named.items() if value is not None}
    return jws.sign(header=header, payload=written(claims or given_claims()), key=key)


def verify(token, world):
    return verify_status_list_jwt(token=token, trust=world.trust(), now=NOW, uri=LIST_URI)


@pytest.mark.parametrize("bits", WIDTHS)
def test_a_list_of_each_width_comes_back_from_a_jwt(world, bits):
    entries = StatusList(size=64, bits=bits)
    entries.set(9, Status.INVALID)
    claims = status_claims_json(
        uri=LIST_URI,
        entries=entries,
        issued_at=NOW,
        expires_at=NOW + timedelta(days=2),
        ttl=timedelta(hours=1),
        aggregation_uri="https://rongka.example/s",
    )
    check_status_claims_json(claims)

    verified = verify(world.signer.sign_status_list(claim_set=claims), world)

    assert verify(sign_status_claims_json(claims_json=claims, key=world.keys["status"]), world) == verified
    assert verified.entries == entries.entries
    assert (verified.bits, verified.uri, verified.ttl) == (bits, LIST_URI, timedelta(hours=1))
    assert (verified.issued_at, verified.expires_at) == (NOW, NOW + timedelta(days=2))
    assert verified.aggregation_uri == "https://rongka.example/s"
    assert verified.status(9) is Status.INVALID


@pytest.mark.parametrize(
    "changes",
    [
        {"sub": None},
        {"sub": 7},
        {"iat": None},
        {"iat": 1.5},
        {"iat": "1795406400"},
        {"exp": None},
        {"ttl": None},
        {"ttl": 0},
        {"ttl": True},
        {"status_list": None},
        {"status_list": [2]},
        {"status_list": {"bits": 3, "lst": packed(zlib.compress(bytes(16)))}},
        {"status_list": {"bits": 2}},
        {"status_list": {"bits": 2, "lst": 7}},
        {"status_list": {"bits": 2, "lst": "ä"}},
        {"status_list": {"bits": 2, "lst": packed(zlib.compress(bytes(16))) + "="}},
        {"status_list": {"bits": 2, "lst": packed(zlib.compress(bytes(16)) + b"x")}},
        {"status_list": {"bits": 2, "lst": packed(zlib.compress(bytes(16))[:-1])}},
        {"status_list": {"bits": 2, "lst": packed(zlib.compress(bytes(MAX_LIST_BYTES + 1)))}},
        {"status_list": {"bits": 2, "lst": packed(zlib.compress(bytes(16))), "aggregation_uri": 1}},
    ],
    ids=lambda changes: str(changes)[:50],
)
def test_claims_that_are_no_status_list_are_neither_signed_nor_read(world, changes):
    claims = given_claims(**changes)

    with pytest.raises(CredentialError):
        check_status_claims_json(written(claims))
    with pytest.raises(CredentialError):
        world.signer.sign_status_list(claim_set=written(claims))
    with pytest.raises(CredentialError):
        verify(token_of(world, claims), world)


@pytest.mark.parametrize("claims", [{"iss": "https://rongka.example"}, {"vct": "urn:rongka:card:1"}])
def test_other_claims_are_read_over_and_never_signed(world, claims):
    with pytest.raises(ClaimsError):
        check_status_claims_json(written(given_claims(**claims)))
    assert verify(token_of(world, given_claims(**claims)), world)


def test_the_list_of_another_address_is_refused(world):
    with pytest.raises(StatusError):
        verify(token_of(world, given_claims(sub=LIST_URI + "1")), world)


@pytest.mark.parametrize("typ", [None, "JWT", "statuslist+cwt", "dc+sd-jwt", 7])
def test_a_token_of_another_type_is_refused(world, typ):
    with pytest.raises(CredentialError):
        verify(token_of(world, typ=typ), world)


def test_a_list_by_a_key_that_is_not_trusted_for_lists_is_refused(world):
    with pytest.raises(TrustError):
        verify(token_of(World()), world)
    with pytest.raises(TrustError):
        verify(token_of(world, key=world.keys["card"]), world)


@pytest.mark.parametrize("kid", [None, "", "12", "https://rongka.example/keys/1", "../keys/1", 7, "ä"])
def test_a_kid_that_is_no_identifier_of_ours_names_no_key(world, kid):
    with pytest.raises(TrustError):
        verify(token_of(world, kid=kid), world)


def test_no_token_chooses_its_algorithm_or_brings_its_key(world):
    key = world.keys["status"]
    _, payload, signature = token_of(world).split(b".")
    tricks = [{"alg": name} for name in ("none", "None", "HS256", "EdDSA", "ES384", "")]
    tricks += [{name: "https://evil.example"} for name in ("jku", "x5u")]
    tricks += [{"jwk": key.public.to_jwk()}, {"crit": ["exp"]}, {"b64": False}, {"zip": "DEF"}]

    for trick in tricks:
        header = {"typ": "statuslist+jwt", "alg": "ES256", "kid": packed(key.public.kid)} | trick
        forged = base64url.encode(written(header)) + b"." + payload
        for end in (signature, b""):
            with pytest.raises(CredentialError):
                verify(forged + b"." + end, world)


def test_a_changed_or_cut_token_is_refused(world):
    token = token_of(world)
    changed = token[:-4] + (b"AAAA" if token[-4:] != b"AAAA" else b"BBBA")

    with pytest.raises(SignatureError):
        verify(changed, world)
    for broken in (b"", token[:-1], token + b".", token.replace(b".", b"..", 1), b"." * 9, token[:40]):
        with pytest.raises(CredentialError):
            verify(broken, world)


def test_a_name_twice_in_the_claims_is_refused(world):
    twice = written(given_claims())[:-1] + b',"sub":"https://evil.example"}'
    key = world.keys["status"]
    token = jws.sign(header={"typ": "statuslist+jwt", "kid": packed(key.public.kid)}, payload=twice, key=key)

    with pytest.raises(CredentialError):
        verify(token, world)
    with pytest.raises(CredentialError):
        check_status_claims_json(twice)
