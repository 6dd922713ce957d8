"""Hostile mdocs: as bytes, and below each signature, so that every layer is reached; run by hand.

The first byte of the input chooses the layer. A response that was changed may be accepted only when it still says what
its issuer and its device signed; below a signature the forger says what he likes, and only our own errors may come.
"""

import contextlib
from collections.abc import Iterator

import cbor2

from rongka.credential import CredentialError, cose
from rongka.credential.certificates import UnverifiedSigner, read_root
from rongka.credential.document_types import elements_of
from rongka.credential.mdoc import present_mdoc, verify_device_response
from tests.credential.mdoc.world import TRANSCRIPT, MdocWorld, _items, _mso
from tests.credential.world import NOW, ORDINARY

WORLD = MdocWorld()
TRUST = WORLD.trust()
ISSUED = WORLD.issue()
GOOD = (WORLD.present(ISSUED), WORLD.present(ISSUED, disclose=("name", "category")))
CLAIMS = elements_of(ORDINARY)
DOCUMENT = WORLD.verify(GOOD[0]).document_id
RESPONSE, SECURITY_OBJECT, ITEM, ISSUER, DEVICE, CERTIFICATE, SESSION = range(7)


def seeds() -> Iterator[bytes]:
    """Good inputs of every layer."""
    for response in GOOD:
        yield bytes((RESPONSE,)) + response
    yield bytes((SECURITY_OBJECT,)) + cbor2.dumps(_mso(WORLD, {0: bytes(32)}))
    for item in _items():
        yield bytes((ITEM,)) + cbor2.dumps(item)
    yield bytes((ISSUER,)) + cbor2.dumps({1: -7})
    yield bytes((DEVICE,)) + cbor2.dumps({1: -7})
    yield bytes((CERTIFICATE,)) + WORLD.certificate
    yield bytes((CERTIFICATE,)) + WORLD.root.certificate
    yield bytes((SESSION,)) + TRANSCRIPT


def target(data: bytes) -> None:
    """Raise nothing, or `AssertionError` when a changed response is accepted; any other error is a finding."""
    layer, rest = data[:1], data[1:]
    with contextlib.suppress(CredentialError):
        _LAYERS[layer[0] % len(_LAYERS) if layer else RESPONSE](rest)


def _verify(response: bytes, *, transcript: bytes = TRANSCRIPT):
    return verify_device_response(response=response, trust=TRUST, session_transcript=transcript, now=NOW)


def _response(data: bytes) -> None:
    with contextlib.suppress(CredentialError):
        present_mdoc(issuer_signed=data, disclose=(), device=WORLD.device, session_transcript=TRANSCRIPT)
    verified = _verify(data)
    assert verified.document_id == DOCUMENT, "another document"
    assert verified.disclosed.elements.items() <= CLAIMS.items(), "another element"
    assert not verified.disclosed.unknown, "an element that nobody signed"


def _security_object(data: bytes) -> None:
    given = WORLD.forge(issuer_auth=lambda auth: _sign(auth, cbor2.dumps(cbor2.CBORTag(24, data))))
    _verify(given)


def _sign(auth: list, payload: bytes) -> None:
    auth[2] = payload
    auth[3] = WORLD.key.sign(cose.to_be_signed(auth[0], payload))


def _item(data: bytes) -> None:
    def change(items: list) -> None:
        items[1] = _Kept(items[1], data)

    _verify(WORLD.forge(items=change, dumps=lambda v: v.data if isinstance(v, _Kept) else cbor2.dumps(v)))


class _Kept(dict):
    """An item whose bytes are the input, and whose number stays what it was, so that its digest is signed."""

    def __init__(self, item: dict, data: bytes) -> None:
        super().__init__(item)
        self.data = data


def _issuer(data: bytes) -> None:
    _verify(WORLD.forge(protected=data))


def _device(data: bytes) -> None:
    _verify(WORLD.forge(device_protected=data))


def _certificate(data: bytes) -> None:
    for read in (UnverifiedSigner.read, read_root):
        with contextlib.suppress(CredentialError):
            read(data)
    _verify(WORLD.forge(certificate=data or b"\0"))
    assert data == WORLD.certificate, "a certificate that the root did not sign"


def _session(data: bytes) -> None:
    _verify(GOOD[0], transcript=data)
    assert data == TRANSCRIPT, "another session"


_LAYERS = (_response, _security_object, _item, _issuer, _device, _certificate, _session)
