"""Hostile trust lists: as a token, and below the anchor's signature; run by hand.

The first byte of the input chooses the layer. A changed token may not be accepted; below the signature the anchor says
what it likes, and only our own errors may come of it.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import replace

from rongka.credential import (
    CredentialError,
    Issuer,
    Purpose,
    SoftwareKey,
    TrustedRoot,
    TrustList,
    cose,
    sign_trust_list,
    verify_trust_list,
)
from rongka.credential.trust_list import TYPE, counts
from tests.credential.test_trust_list import a_root_certificate
from tests.credential.world import NOW, World, timedelta

WORLD = World()
ANCHOR = SoftwareKey.generate()
TOKEN, CLAIMS, ROOT = range(3)
_LISTED = WORLD.trust().issuers[0]
_ROOT = TrustedRoot(purpose=Purpose.CARD, certificate=a_root_certificate(), signs_from=NOW)


def _list_with(root: TrustedRoot) -> TrustList:
    key = replace(_LISTED.keys[0], signs_until=NOW, distrusted_from=NOW)
    issuer = Issuer(name=_LISTED.name, keys=(key, *_LISTED.keys[1:]), roots=(root,))
    return TrustList(issuers=(issuer,), issued_at=NOW, next_update=NOW + timedelta(days=1))


GOOD = sign_trust_list(trust=_list_with(_ROOT), anchor=ANCHOR)


def seeds() -> Iterator[bytes]:
    """Good inputs of every layer."""
    yield bytes((TOKEN,)) + GOOD
    yield bytes((CLAIMS,)) + _list_with(_ROOT).to_claim_set()
    yield bytes((ROOT,)) + _ROOT.certificate


def target(data: bytes) -> None:
    """Raise nothing, or `AssertionError` when a changed list is accepted; any other error is a finding."""
    layer, rest = data[:1], data[1:]
    with contextlib.suppress(CredentialError):
        _LAYERS[layer[0] % len(_LAYERS) if layer else TOKEN](rest)


def _token(token: bytes) -> None:
    verify_trust_list(token=token, anchor=ANCHOR.public)
    # ECDSA's second signature, n - s, is as good as the first (docs/divergences.md): what was signed is the same.
    assert token[:-64] == GOOD[:-64], "a changed list was accepted"


def _claims(claim_set: bytes) -> None:
    trust = verify_trust_list(
        token=cose.sign(headers={cose.TYP: TYPE}, payload=claim_set, key=ANCHOR), anchor=ANCHOR.public, not_before=NOW
    )
    for issuer in trust.issuers:
        for entry in (*issuer.keys, *issuer.roots):
            counts(entry, issued_at=NOW, now=NOW)
    for rows in trust.by_root_purpose.values():
        for _, root in rows:
            with contextlib.suppress(CredentialError):
                _ = root.parsed


def _root(certificate: bytes) -> None:
    _claims(_list_with(replace(_ROOT, certificate=certificate)).to_claim_set())


_LAYERS = (_token, _claims, _root)
