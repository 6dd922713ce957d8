"""Hostile codes: as text, in our transport, and below each signature, so that every layer is reached.

The first byte of the input chooses the layer. A text or a message that was changed must not be verified, whoever asks;
below a signature the issuer or the device says what it likes, and only our own errors may come of it.
"""

import contextlib
from collections.abc import Iterator

from rongka.credential import (
    Challenge,
    CredentialError,
    Purpose,
    SoftwareKey,
    VerdictKind,
    cbor,
    cose,
    judge,
    transport,
    verify_live_code,
    verify_printed_code,
)
from tests.credential.world import LONGEST, NOW, World

WORLD = World()
TRUST, LISTS = WORLD.trust(), WORLD.status_lists()
CHALLENGE = Challenge(nonce=b"12345678", audience="inspector 7")
GOOD = (WORLD.live_code(), WORLD.live_code(LONGEST), WORLD.live_code(challenge=CHALLENGE), WORLD.printed_code())
ED25519 = World(device=SoftwareKey.generate(algorithm=-8))
TEXT, MESSAGE, CARD, NOTICE, SHOWN, HEADER = range(6)
REFUSED = {VerdictKind.NOT_VALID, VerdictKind.NOT_OUR_CODE}


def seeds() -> Iterator[bytes]:
    """Good inputs of every layer."""
    for code in GOOD:
        yield bytes((TEXT,)) + code.encode()
        yield bytes((MESSAGE,)) + transport.read(code)
    yield bytes((CARD,)) + cose.read(WORLD.card()).payload
    yield bytes((CARD,)) + cose.read(ED25519.card(LONGEST)).payload
    yield bytes((NOTICE,)) + cose.read(transport.read(GOOD[3])).payload
    for code in GOOD[:3]:
        message = cose.read(transport.read(code))
        yield bytes((SHOWN,)) + message.payload
        yield bytes((HEADER,)) + message.protected


def target(data: bytes) -> None:
    """Raise nothing, or `AssertionError` when a changed code is accepted; any other error is a finding."""
    layer, rest = data[:1], data[1:]
    _LAYERS[layer[0] % len(_LAYERS) if layer else TEXT](rest)


def _text(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    if text not in GOOD:
        _must_refuse(text)


def _message(data: bytes) -> None:
    with contextlib.suppress(CredentialError):
        code = transport.write(data)
        if code not in GOOD:
            _must_refuse(code)


def _must_refuse(code: str) -> None:
    verdict = judge(code=code, trust=TRUST, status_lists=LISTS, now=NOW)
    assert verdict.kind in REFUSED, "a changed code has a verdict that is not red or grey"
    assert verdict.claims is None, "something is said of a person"
    assert not _is_verified(code), "a changed code is verified"


def _is_verified(code: str) -> bool:
    verified = 0
    for verify in (verify_live_code, verify_printed_code):
        with contextlib.suppress(CredentialError):
            verify(code=code, trust=TRUST, now=NOW)
            verified += 1
    return bool(verified)


def _sign(claim_set: bytes, purpose: Purpose) -> bytes:
    key = WORLD.keys[purpose]
    return cose.sign(headers={cose.KID: key.public.kid}, payload=claim_set, key=key)


def _card(claim_set: bytes) -> None:
    _show(header=b"\xa2\x01\x26\x0d" + _sign(claim_set, Purpose.CARD))


def _notice(claim_set: bytes) -> None:
    _judge(_sign(claim_set, Purpose.NOTICE))


def _shown(payload: bytes) -> None:
    _show(payload=payload)


def _header(protected: bytes) -> None:
    _show(header=protected)


def _show(*, header: bytes | None = None, payload: bytes | None = None) -> None:
    good = cose.read(transport.read(GOOD[0]))
    protected, said = header or good.protected, payload or good.payload
    signature = WORLD.device.sign(cose.to_be_signed(protected, said))
    parts = [cbor.encode(part) for part in (protected, {}, said, signature)]
    _judge(b"\xd2\x84" + b"".join(parts))


def _judge(message: bytes) -> None:
    with contextlib.suppress(CredentialError):
        code = transport.write(message)
        judge(code=code, trust=TRUST, status_lists=LISTS, now=NOW)
        _is_verified(code)


_LAYERS = (_text, _message, _card, _notice, _shown, _header)
