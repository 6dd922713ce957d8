import json
from pathlib import Path

import pytest

from rongka.credential import Algorithm, KeyFormatError, PublicKey, SignatureError, SoftwareKey

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "wycheproof"


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_a_public_key_comes_back_from_cose_and_from_jwk(algorithm):
    key = SoftwareKey.generate(algorithm=algorithm).public

    assert PublicKey.from_cose(key.to_cose()) == key
    assert PublicKey.from_cose(key.to_cose(compressed=False)) == key
    assert PublicKey.from_jwk(key.to_jwk()) == key
    assert PublicKey.from_jwk(key.to_jwk()).algorithm is algorithm


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {1: 2, -1: 1, -2: b"\x00" * 32},
        {1: 2, -1: 1, -2: b"\xff" * 32, -3: True},
        {1: 2, -1: 1, -2: b"\x05" * 31, -3: True},
        {1: 2, -1: 1, -2: b"\x05" * 32, -3: b"\x05" * 32},
        {1: 2, -1: 2, -2: b"\x05" * 32, -3: True},
        {1: 4, -1: b"secret"},
        {1: 1, -1: 6, -2: b"\x05" * 31},
    ],
)
def test_what_is_no_key_of_ours_is_refused(parameters):
    with pytest.raises(KeyFormatError):
        PublicKey.from_cose(parameters)


@pytest.mark.parametrize(
    "change",
    [
        {"d": "AAAA"},
        {"x": "AAAA"},
        {"x": 5},
        {"y": "!" * 43},
        {"crv": "P-384"},
        {"kty": "RSA"},
        {"y": "é" * 43},
        {"use": "enc"},
        {"key_ops": ["encrypt"]},
        {"key_ops": "verify"},
    ],
    ids=str,
)
def test_a_jwk_that_is_not_a_public_key_of_ours_is_refused(change):
    jwk = SoftwareKey.generate().public.to_jwk() | change

    with pytest.raises(KeyFormatError):
        PublicKey.from_jwk(jwk)


def test_a_private_key_file_opens_with_its_passphrase_only():
    key = SoftwareKey.generate()
    pem = key.to_pem(passphrase=b"the right words")

    assert SoftwareKey.from_pem(pem, passphrase=b"the right words").public == key.public
    with pytest.raises(KeyFormatError):
        SoftwareKey.from_pem(pem, passphrase=b"other words")
    with pytest.raises(KeyFormatError):
        SoftwareKey.from_pem(b"no key", passphrase=b"the right words")


def _public_key(given):
    if "uncompressed" not in given:
        return PublicKey.from_cose({1: 1, -1: 6, -2: bytes.fromhex(given["pk"])})
    point = bytes.fromhex(given["uncompressed"])
    return PublicKey.from_cose({1: 2, -1: 1, -2: point[1:33], -3: point[33:]})


@pytest.mark.parametrize(
    ("name", "good", "bad"), [("ecdsa_secp256r1_sha256_p1363_test", 173, 89), ("ed25519_test", 88, 63)]
)
def test_wycheproof_finds_nothing_accepted_that_is_invalid(name, good, bad):
    file = VECTORS / f"{name}.json"
    if not file.exists():
        pytest.skip("the set wycheproof is missing")
    accepted = refused = 0
    for group in json.loads(file.read_text(encoding="utf-8"))["testGroups"]:
        key = _public_key(group["publicKey"])
        for case in group["tests"]:
            try:
                key.verify(signature=bytes.fromhex(case["sig"]), data=bytes.fromhex(case["msg"]))
            except SignatureError:
                refused += 1
                assert case["result"] != "valid", case["comment"]
            else:
                accepted += 1
                assert case["result"] != "invalid", case["comment"]
    # Exact, so that a set that shrinks is seen.
    assert (accepted, refused) == (good, bad)
