import hashlib

import cbor2
import pytest

from rongka.credential import Algorithm, SignatureError, SoftwareKey, cbor, cose
from rongka.credential.errors import CborError, CoseError, FormatError

KEY = SoftwareKey.generate()


def sign1(*, protected=None, unprotected=None, payload=b"x", signature=b"s" * 64, tag=18):
    head = cbor2.dumps({1: -7}) if protected is None else protected
    return cbor2.dumps(cbor2.CBORTag(tag, [head, {} if unprotected is None else unprotected, payload, signature]))


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_a_signed_message_is_verified_by_its_key(algorithm):
    key = SoftwareKey.generate(algorithm=algorithm)

    message = cose.read(cose.sign(headers={cose.KID: key.public.kid}, payload=b"hello", key=key))

    assert message.verify(key=key.public) == b"hello"
    assert message.kid == key.public.kid


@pytest.mark.parametrize(
    "message",
    [
        sign1(unprotected={4: b"x"}),
        sign1(unprotected=[]),
        sign1(signature=b""),
        sign1(signature=b"s" * 63),
        sign1(signature=b"s" * 65),
        sign1(payload=None),
        sign1(tag=98),
        sign1(protected=cbor2.dumps({1: -7, 2: [99], 99: 1})),
        sign1(protected=b""),
        sign1(protected=cbor2.dumps([1])),
        cbor2.dumps([cbor2.dumps({1: -7}), {}, b"x", b"s" * 64]),
        cbor2.dumps(cbor2.CBORTag(18, [b"", {}, b"x"])),
        cbor2.dumps(cbor2.CBORTag(18, {})),
        cbor2.dumps({}),
    ],
    ids=lambda data: hashlib.sha256(data).hexdigest()[:6],
)
def test_a_message_of_another_shape_is_refused(message):
    with pytest.raises(FormatError):
        cose.read(message)


@pytest.mark.parametrize("algorithm", [-8, -35, -257, 5, 0, None, "ES256", -9])
def test_an_algorithm_that_is_not_the_keys_own_is_refused(algorithm):
    protected = cbor2.dumps({1: algorithm} if algorithm is not None else {})
    signature = KEY.sign(cose.to_be_signed(protected, b"x"))

    message = cose.read(sign1(protected=protected, signature=signature))

    with pytest.raises(SignatureError):
        message.verify(key=KEY.public)


@pytest.mark.parametrize("signature", [bytes(64), b"\xff" * 64, bytes(32) + b"\x01" * 32, b"\x01" * 32 + bytes(32)])
def test_degenerate_signatures_are_refused(signature):
    message = cose.read(sign1(signature=signature))

    with pytest.raises(SignatureError):
        message.verify(key=KEY.public)


def test_the_same_bytes_by_another_key_are_refused():
    message = cose.read(cose.sign(headers={}, payload=b"hello", key=KEY))

    with pytest.raises(SignatureError):
        message.verify(key=SoftwareKey.generate().public)


def test_a_header_with_a_key_twice_is_refused():
    with pytest.raises(CborError):
        cose.read(sign1(protected=bytes.fromhex("a201260126")))


def test_a_message_from_a_decoded_value_needs_its_tag():
    with pytest.raises(CoseError):
        cose.from_value([cbor.encode({1: -7}), {}, b"", b"s" * 64])
