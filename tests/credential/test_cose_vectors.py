"""The COSE working group's examples, as far as they are CWT or COSE_Sign1 (cose-wg/Examples)."""

import json
from pathlib import Path

import pytest

from rongka.credential import CredentialError, PublicKey, base64url, cbor, cose

FOLDER = Path(__file__).parents[3] / "shared" / "vectors" / "cose-examples"
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the set cose-examples is missing")

# What we do not take, by the first reason that a reader meets.
REFUSED = {
    "CWT/A_4": "a MAC, not a signature",
    "CWT/A_5": "encrypted",
    "CWT/A_6": "signed, then encrypted",
    "CWT/A_7": "a MAC, not a signature",
    "sign1-tests/sign-fail-01": "another tag",
    "sign1-tests/sign-fail-02": "a changed payload",
    "sign1-tests/sign-fail-03": "an algorithm that nobody has",
    "sign1-tests/sign-fail-04": "an algorithm that is a text",
    "sign1-tests/sign-fail-06": "a protected header added",
    "sign1-tests/sign-fail-07": "a protected header taken away",
    "sign1-tests/sign-pass-01": "good elsewhere: the algorithm stands in the unprotected header",
    "sign1-tests/sign-pass-02": "good elsewhere: signed over external data too",
    "sign1-tests/sign-pass-03": "good elsewhere: without a tag",
}


def cases():
    return {
        f"{path.parent.name}/{path.stem}": path
        for name in ("CWT", "sign1-tests")
        for path in FOLDER.glob(f"{name}/*.json")
    }


def read(name):
    return json.loads(cases()[name].read_text(encoding="utf-8"))


def key_of(case):
    key = case["input"]["sign0"]["key"]
    x, y = (bytes.fromhex(key[n + "_hex"]) if n + "_hex" in key else base64url.decode(key[n].encode()) for n in "xy")
    return PublicKey.from_cose({1: 2, -1: 1, -2: x, -3: y})


def test_the_set_has_not_shrunk():
    assert set(cases()) == {*REFUSED, "CWT/A_3"}
    assert len(cases()) == 14


def test_the_signed_example_of_the_cwt_specification_is_verified():
    case = read("CWT/A_3")

    message = cose.read(bytes.fromhex(case["output"]["cbor"]))

    assert cbor.decode_map(message.verify(key=key_of(case))) == {
        1: "coap://as.example.com",
        2: "erikw",
        3: "coap://light.example.com",
        4: 1444064944,
        5: 1443944944,
        6: 1443944944,
        7: bytes.fromhex("0b71"),
    }
    assert cose.to_be_signed(message.protected, message.payload).hex().upper() == case["intermediates"]["ToBeSign_hex"]


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_message_of_our_kind_is_refused(name):
    case = read(name)

    with pytest.raises(CredentialError):
        cose.read(bytes.fromhex(case["output"]["cbor"])).verify(key=key_of(case))


@pytest.mark.parametrize("name", ["sign1-tests/sign-pass-01", "sign1-tests/sign-pass-03"])
def test_their_signatures_are_read_as_they_were_meant(name):
    case = read(name)
    protected, payload = bytes.fromhex("" if "pass-01" in name else "a10126"), case["input"]["plaintext"].encode()
    data, signature = cose.to_be_signed(protected, payload), bytes.fromhex(case["output"]["cbor"])[-64:]

    assert data.hex().upper() == case["intermediates"]["ToBeSign_hex"]
    key_of(case).verify(signature=signature, data=data)
