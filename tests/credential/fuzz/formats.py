"""Hostile base45, CBOR, COSE and keys: what is read must have been the only spelling of what it is.

The first byte of the input chooses the decoder.
"""

import contextlib
from collections.abc import Iterator

import cbor2

from rongka.credential import Algorithm, CredentialError, PublicKey, SoftwareKey, base45, cbor, cose, strict_json
from rongka.credential.inspecting import inspect_unverified
from tests.credential.world import World

WORLD = World()
KEYS = tuple(SoftwareKey.generate(algorithm=algorithm).public for algorithm in Algorithm)
BASE45, CBOR, COSE, COSE_KEY, JWK, INSPECT = range(6)


def seeds() -> Iterator[bytes]:
    """Good inputs of every decoder."""
    for code in (WORLD.live_code(), WORLD.printed_code()):
        yield bytes((BASE45,)) + code.encode()
        yield bytes((INSPECT,)) + code.encode()
    card = WORLD.card()
    for decoder in (CBOR, COSE, INSPECT):
        yield bytes((decoder,)) + card
    yield bytes((CBOR,)) + cose.read(card).payload
    yield bytes((CBOR,)) + cbor.encode({1: [b"x", True, None, "名", {-1: 1 << 40}], "a": -(1 << 40)})
    for key in KEYS:
        yield bytes((COSE_KEY,)) + cbor.encode(key.to_cose())
        yield bytes((COSE_KEY,)) + cbor.encode(key.to_cose(compressed=False))
        yield bytes((JWK,)) + strict_json.encode(key.to_jwk())


def target(data: bytes) -> None:
    """Raise nothing, or `AssertionError` for a second spelling; any other error is a finding."""
    layer, rest = data[:1], data[1:]
    with contextlib.suppress(CredentialError):
        _DECODERS[layer[0] % len(_DECODERS) if layer else BASE45](rest)


def _base45(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    assert base45.encode(base45.decode(text)) == text, "a second spelling in base45"


def _cbor(data: bytes) -> None:
    value = cbor.decode(data)
    assert cbor2.dumps(value) == data, "a second spelling in CBOR"
    assert cbor.decode(cbor.encode(value)) == value, "a value that is not read back"
    _check(value)


def _check(value: object) -> None:
    assert type(value) in {int, str, bytes, bool, type(None), list, tuple, dict, cbor2.frozendict, cbor2.CBORTag}
    for inner in value.values() if isinstance(value, dict | cbor2.frozendict) else ():
        _check(inner)
    for inner in value if isinstance(value, list | tuple) else ():
        _check(inner)


def _cose(data: bytes) -> None:
    message = cose.read(data)
    parts = [message.protected, {}, message.payload, message.signature]
    assert cbor2.dumps(cbor2.CBORTag(18, parts)) == data, "a second spelling in COSE"


def _cose_key(data: bytes) -> None:
    parameters = cbor.decode_map(data)
    key = PublicKey.from_cose(parameters)
    assert key.to_cose(compressed=type(parameters.get(-3)) is not bytes) == parameters, "another key than was given"


def _jwk(data: bytes) -> None:
    jwk = strict_json.decode_object(data)
    key = PublicKey.from_jwk(jwk)
    assert key.to_jwk().items() <= jwk.items(), "another key than was given"


def _inspect(data: bytes) -> None:
    for line in inspect_unverified(data).lines():
        assert line.isprintable(), "a character that a terminal would obey"


_DECODERS = (_base45, _cbor, _cose, _cose_key, _jwk, _inspect)
