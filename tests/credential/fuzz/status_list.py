"""Hostile status lists: as CWT and JWT, and below each signature, so that every layer is reached; run by hand.

The first byte of the input chooses the layer. A changed token may not be accepted; below a signature the city says what
it likes, and only our own errors may come of it, and no list larger than the largest.
"""

import contextlib
import json
import zlib
from collections.abc import Iterator

from rongka.credential import CredentialError, base64url, cbor, cose, jws
from rongka.credential.errors import StatusError
from rongka.credential.status_list import MAX_LIST_BYTES, TYPE, check_status_claim_set, verify_status_list
from rongka.credential.status_list.aggregation import read_aggregation, write_aggregation
from rongka.credential.status_list.jwt import (
    check_status_claims_json,
    sign_status_claims_json,
    status_claims_json,
    verify_status_list_jwt,
)
from tests.credential.world import INDEX, LIST_URI, NOW, Status, StatusList, World, timedelta

WORLD = World()
TRUST = WORLD.trust()
KEY = WORLD.keys["status"]
CWT, CLAIMS, JWT, CLAIMS_JSON, HEADER, ENTRIES, AGGREGATION = range(7)


def _good_claims(bits: int) -> tuple[bytes, bytes]:
    entries = StatusList(size=1 << 10, bits=bits)
    entries.set(INDEX % entries.size, Status.INVALID)
    given = {"uri": LIST_URI, "entries": entries, "issued_at": NOW, "expires_at": NOW + timedelta(days=2)}
    claims_json = status_claims_json(**given, ttl=timedelta(hours=1), aggregation_uri="https://rongka.example/s")
    inner = {"bits": bits, "lst": entries.packed(), "aggregation_uri": "https://rongka.example/s"}
    seconds = int(NOW.timestamp())
    return cbor.encode({2: LIST_URI, 6: seconds, 4: seconds + 9, 65534: 60, 65533: inner}), claims_json


GOOD_CWT = cose.sign(headers={cose.TYP: TYPE, cose.KID: KEY.public.kid}, payload=_good_claims(2)[0], key=KEY)
GOOD_JWT = sign_status_claims_json(claims_json=_good_claims(2)[1], key=KEY)


def seeds() -> Iterator[bytes]:
    """Good inputs of every layer."""
    yield bytes((CWT,)) + GOOD_CWT
    yield bytes((JWT,)) + GOOD_JWT
    for bits in (1, 2, 4, 8):
        claims, claims_json = _good_claims(bits)
        yield bytes((CLAIMS,)) + claims
        yield bytes((CLAIMS_JSON,)) + claims_json
    kid = base64url.encode(KEY.public.kid).decode()
    yield bytes((HEADER,)) + json.dumps({"alg": "ES256", "typ": "statuslist+jwt", "kid": kid}).encode()
    for data in (bytes(64), bytes(range(256)), bytes(MAX_LIST_BYTES), bytes(MAX_LIST_BYTES + 1), b""):
        yield bytes((ENTRIES,)) + zlib.compress(data, 9)
    yield bytes((AGGREGATION,)) + write_aggregation([LIST_URI, LIST_URI + "1"])


def target(data: bytes) -> None:
    """Raise nothing, or `AssertionError` when a changed list is accepted; any other error is a finding."""
    layer, rest = data[:1], data[1:]
    with contextlib.suppress(CredentialError):
        _LAYERS[layer[0] % len(_LAYERS) if layer else CWT](rest)


def _cwt(token: bytes) -> None:
    verify_status_list(token=token, trust=TRUST, now=NOW, uri=LIST_URI)
    # ECDSA's second signature, n - s, is as good as the first (docs/divergences.md): what was signed is the same.
    assert token[:-64] == GOOD_CWT[:-64], "a changed list was accepted"


def _claims(claim_set: bytes) -> None:
    with contextlib.suppress(CredentialError):
        check_status_claim_set(claim_set)
    _read(claim_set)


def _read(claim_set: bytes) -> None:
    headers = {cose.TYP: TYPE, cose.KID: KEY.public.kid}
    _ask(verify_status_list(token=cose.sign(headers=headers, payload=claim_set, key=KEY), trust=TRUST, now=NOW))


def _jwt(token: bytes) -> None:
    verify_status_list_jwt(token=token, trust=TRUST, now=NOW, uri=LIST_URI)
    assert token.rpartition(b".")[0] == GOOD_JWT.rpartition(b".")[0], "a changed list was accepted"


def _claims_json(claims_json: bytes) -> None:
    with contextlib.suppress(CredentialError):
        check_status_claims_json(claims_json)
    token = sign_status_claims_json(claims_json=claims_json, key=KEY)
    _ask(verify_status_list_jwt(token=token, trust=TRUST, now=NOW))


def _header(header: bytes) -> None:
    signing_input = base64url.encode(header) + b"." + base64url.encode(_good_claims(2)[1])
    token = signing_input + b"." + base64url.encode(KEY.sign(signing_input))
    verify_status_list_jwt(token=token, trust=TRUST, now=NOW)
    assert jws.read(token, types={"statuslist+jwt"}).header["alg"] == "ES256", "an algorithm that is not the key's"


def _entries(packed: bytes) -> None:
    seconds = int(NOW.timestamp())
    inner = {"bits": 2, "lst": packed}
    _read(cbor.encode({2: LIST_URI, 6: seconds, 4: seconds + 9, 65534: 60, 65533: inner}))


def _ask(found) -> None:
    assert len(found.entries) <= MAX_LIST_BYTES, "a list larger than the largest"
    for index in (-1, 0, 1, found.size - 1, found.size, 1 << 70):
        with contextlib.suppress(StatusError):
            found.status(index)
        with contextlib.suppress(StatusError):
            assert 0 <= found.value(index) < 1 << found.bits


_LAYERS = (_cwt, _claims, _jwt, _claims_json, _header, _entries, read_aggregation)
