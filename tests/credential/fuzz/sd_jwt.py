"""Hostile SD-JWTs: as text, and below each signature, so that every layer is reached; run by hand.

The first byte of the input chooses the layer. A presentation that was changed may not be accepted as it was sent; below
a signature the issuer or the holder says what it likes, and only our own errors may come of it.
"""

import contextlib
import json
from collections.abc import Iterator

from rongka.credential import CredentialError, base64url, jws, strict_json
from rongka.credential.document_types import DocumentType
from rongka.credential.sd_jwt import present_sd_jwt_vc, type_metadata, verify_sd_jwt_vc
from tests.credential.sd_jwt_world import (
    AUDIENCE,
    NONCE,
    b64,
    bound,
    digest,
    header_of,
    issued,
    made,
    payload_of,
    presented,
)
from tests.credential.world import LONGEST, NOW, World

WORLD = World()
TRUST = WORLD.trust()
GOOD = tuple(presented(WORLD, issued(WORLD, claims), disclose=("name", "category")) for claims in (LONGEST, LONGEST))
TEXT, PAYLOAD, DISCLOSURE, BINDING, HEADER, JSON = range(6)
_INNER = ["c2FsdA", "b", [1, {"c": None}]]
_OUTER = ["c2FsdA", "rank", {"_sd": [digest(b64(_INNER))], "list": [{"...": "x"}]}]


def seeds() -> Iterator[bytes]:
    """Good inputs of every layer."""
    for text in GOOD:
        yield bytes((TEXT,)) + text.encode()
    payload = payload_of(WORLD, _sd=[digest(b64(_OUTER)), "x"], _sd_alg="sha-256", rank2=[{"...": "y"}])
    yield bytes((PAYLOAD,)) + json.dumps(payload).encode()
    for disclosure in (_INNER, _OUTER, ["c2FsdA", "birth_date", "1990-04-05"], ["c2FsdA", "months_paid", 12]):
        yield bytes((DISCLOSURE,)) + json.dumps(disclosure).encode()
    claims = {"iat": int(NOW.timestamp()), "aud": AUDIENCE, "nonce": NONCE, "sd_hash": digest("x")}
    yield bytes((BINDING,)) + json.dumps(claims).encode()
    yield bytes((HEADER,)) + json.dumps(header_of(WORLD)).encode()
    yield from (bytes((JSON,)) + json.dumps(type_metadata(kind)).encode() for kind in DocumentType)


def target(data: bytes) -> None:
    """Raise nothing, or `AssertionError` when a changed presentation is accepted; any other error is a finding."""
    layer, rest = data[:1], data[1:]
    with contextlib.suppress(CredentialError):
        _LAYERS[layer[0] % len(_LAYERS) if layer else TEXT](rest)


def _verify(presentation: str) -> None:
    verify_sd_jwt_vc(presentation=presentation, trust=TRUST, now=NOW, audience=AUDIENCE, nonce=NONCE)


def _text(data: bytes) -> None:
    text = data.decode("latin-1")
    with contextlib.suppress(CredentialError):
        present_sd_jwt_vc(
            sd_jwt=text, disclose=(), holder=WORLD.device, audience=AUDIENCE, nonce=NONCE, presented_at=NOW
        )
    _verify(text)
    assert text in GOOD, "accepted though changed"


def _payload(data: bytes) -> None:
    _verify(made(WORLD, data, _OUTER, _INNER))


def _disclosure(data: bytes) -> None:
    _verify(made(WORLD, payload_of(WORLD, _sd=[digest(b64(data)), digest(b64(_INNER))]), data, _INNER))


def _binding(data: bytes) -> None:
    sd_jwt = made(WORLD, payload_of(WORLD)).rpartition("~")[0] + "~"
    _verify(sd_jwt + jws.sign(header={"typ": "kb+jwt"}, payload=data, key=WORLD.device).decode())


def _header(data: bytes) -> None:
    _verify(made(WORLD, payload_of(WORLD), header=data))
    _verify(bound(WORLD, GOOD[0].rpartition("~")[0] + "~", kb_header=data))


def _json(data: bytes) -> None:
    with contextlib.suppress(CredentialError):
        base64url.decode(data)
    strict_json.encode(strict_json.decode(data))


_LAYERS = (_text, _payload, _disclosure, _binding, _header, _json)
