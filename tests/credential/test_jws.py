import hmac
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from rongka.credential import Algorithm, KeyFormatError, PublicKey, SignatureError, SoftwareKey, base64url, jws
from rongka.credential.errors import CredentialError, FormatError, JwsError
from tests.vectors.fixed_keys import p256_key

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "wycheproof"
KEY = p256_key("a key for tokens")


def _token(header, payload=b"{}", signature=None):
    protected = header if isinstance(header, bytes) else json.dumps(header).encode()
    signing_input = base64url.encode(protected) + b"." + base64url.encode(payload)
    return signing_input + b"." + base64url.encode(KEY.sign(signing_input) if signature is None else signature)


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_a_token_is_verified_by_its_key_alone(algorithm):
    key = SoftwareKey.generate(algorithm=algorithm)
    token = jws.sign(header={"typ": "kb+jwt"}, payload=b'{"a":1}', key=key)

    assert jws.read(token, types=("kb+jwt",)).verify(key=key.public) == b'{"a":1}'
    with pytest.raises(SignatureError):
        jws.read(token, types=("kb+jwt",)).verify(key=KEY.public)


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "ES256", "crit": ["exp"]},
        {"alg": "ES256", "crit": []},
        {"alg": "ES256", "b64": False, "crit": ["b64"]},
        {"alg": "ES256", "b64": True},
        {"alg": "ES256", "zip": "DEF"},
        {"alg": "ES256", "enc": "A128GCM"},
        {"alg": "ES256", "jwk": KEY.public.to_jwk()},
        {"alg": "ES256", "jku": "https://example.com/keys"},
        {"alg": "ES256", "x5u": "https://example.com/chain"},
        {},
        {"alg": None},
        {"alg": ["ES256"]},
        b'{"alg":"ES256","alg":"none"}',
        b'["ES256"]',
        b"ES256",
        b"",
    ],
    ids=str,
)
def test_a_header_that_could_mislead_is_refused(header):
    with pytest.raises(FormatError):
        jws.read(_token(header), types=None)


@pytest.mark.parametrize("name", ["none", "None", "NONE", "ES384", "es256", "EdDSA", "RS256", "HS256", "ES256 ", ""])
def test_an_algorithm_that_is_not_the_key_s_own_is_refused(name):
    with pytest.raises(SignatureError):
        jws.read(_token({"alg": name}), types=None).verify(key=KEY.public)


def test_a_public_key_is_no_secret_of_an_hmac():
    signing_input = base64url.encode(b'{"alg":"HS256"}') + b".e30"
    public = KEY.public.key
    secrets = [
        public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo),
        public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo),
        b"".join(KEY.public.coordinates),
    ]
    for secret in secrets:
        short = hmac.digest(secret, signing_input, "sha256")
        for mac in (short, short + short):
            with pytest.raises(CredentialError):
                jws.read(signing_input + b"." + base64url.encode(mac), types=None).verify(key=KEY.public)


def test_an_empty_or_cut_signature_is_refused():
    for signature in (b"", b"\x00" * 63, b"\x00" * 65):
        with pytest.raises(JwsError):
            jws.read(_token({"alg": "ES256"}, signature=signature), types=None)


@pytest.mark.parametrize("typ", ["JWT", "", None, 5, ["kb+jwt"], "kb+jwt "])
def test_a_token_of_another_type_is_refused(typ):
    with pytest.raises(JwsError):
        jws.read(_token({"alg": "ES256", "typ": typ}), types=("kb+jwt",))


def test_a_type_may_be_written_as_a_whole_media_type():
    assert jws.read(_token({"alg": "ES256", "typ": "application/KB+jwt"}), types=("kb+jwt",)).payload == b"{}"


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token + b".",
        lambda token: token + b"=",
        lambda token: token.replace(b".", b"..", 1),
        lambda token: token.rpartition(b".")[0],
        lambda token: b" " + token,
        lambda token: token + b"\n",
        lambda token: token.replace(b".e30.", b".e31."),  # loose bits
        lambda token: token.replace(b".e30.", b".e30=."),
        lambda token: token.replace(b".e30.", b".e+0."),
        lambda token: token.replace(b".e30.", b".e."),
        lambda token: token[:0],
        lambda token: token + b"." * 70_000,
        lambda token: token + b"\xff",
    ],
)  # fmt: skip
def test_text_that_is_not_strictly_a_token_is_refused(change):
    with pytest.raises(JwsError):
        jws.read(change(_token({"alg": "ES256"})), types=None)


def test_no_bit_of_a_token_may_change():
    token = jws.sign(header={"typ": "x"}, payload=b'{"a":1}', key=KEY)

    for place in range(len(token)):
        for bit in range(8):
            changed = token[:place] + bytes([token[place] ^ 1 << bit]) + token[place + 1 :]
            with pytest.raises(CredentialError):
                jws.read(changed, types=None).verify(key=KEY.public)


def test_wycheproof_finds_no_token_accepted_that_is_invalid():
    file = VECTORS / "json_web_signature_test.json"
    if not file.exists():
        pytest.skip("the set wycheproof is missing")
    groups = json.loads(file.read_text(encoding="utf-8"))["testGroups"]
    accepted = refused = no_key_of_ours = 0
    for group in groups:
        for case in group["tests"]:
            try:
                key = PublicKey.from_jwk(group.get("public", {}))
                jws.read(str(case["jws"]).encode(), types=None).verify(key=key)
            except KeyFormatError:
                no_key_of_ours += 1
            except CredentialError:
                refused += 1
                assert case["result"] == "invalid", case["comment"]
            else:
                accepted += 1
                assert case["result"] == "valid", case["comment"]
    # 401 cases: 39 are for P-256; the rest has RSA, P-521, a secret, or a key of P-256 that is for encryption.
    assert (accepted, refused, no_key_of_ours) == (2, 37, 362)
