"""Issuing: who signs, and how a document becomes the text of a code.

A `Signer` is a process apart in production (`rongka.signer`) and an object over keys in memory in small tools.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from rongka.credential import cose, transport
from rongka.credential.claims import CardClaims, NoticeClaims
from rongka.credential.documents import CardDocument, NoticeDocument, Purpose, StatusReference, check_claim_set
from rongka.credential.errors import KeyStoreError
from rongka.credential.keys import PublicKey, SigningKey
from rongka.credential.status_list import check_status_claim_set, sign_status_claim_set


class Signer(Protocol):
    """The three things that an issuing key may do, and no more."""

    def sign_credential(self, *, purpose: Purpose, claim_set: bytes) -> bytes:
        """Give the signed CWT of a card or a notice; raise a `FormatError` for any other claim set."""

    def sign_status_list(self, *, claim_set: bytes) -> bytes:
        """Give the signed status list token, a JWT for claims in JSON; raise a `FormatError` for others."""

    def public_keys(self) -> Mapping[Purpose, tuple[PublicKey, ...]]:
        """Give the public keys of each purpose, the one that signs now first."""


@dataclass(frozen=True, slots=True)
class LocalSigner:
    """A signer over keys of this process: `keys[purpose]` is the one that signs.

    `others` are keys that sign next or signed before, told to whoever publishes the trust list.
    """

    keys: Mapping[Purpose, SigningKey]
    others: Mapping[Purpose, tuple[PublicKey, ...]] = field(default_factory=dict)

    def sign_credential(self, *, purpose: Purpose, claim_set: bytes) -> bytes:
        """Give the signed CWT of a card or a notice; raise a `FormatError` for any other claim set."""
        check_claim_set(purpose=purpose, claim_set=claim_set)
        key = self._key(purpose)
        return cose.sign(headers={cose.KID: key.public.kid}, payload=claim_set, key=key)

    def sign_status_list(self, *, claim_set: bytes) -> bytes:
        """Give the signed status list token, a JWT for claims in JSON; raise a `FormatError` for others."""
        if claim_set.startswith(b"{"):  # no CBOR map of ours begins so
            from rongka.credential.status_list import jwt  # noqa: PLC0415 - most signers never sign one

            jwt.check_status_claims_json(claim_set)
            return jwt.sign_status_claims_json(claims_json=claim_set, key=self._key(Purpose.STATUS))
        check_status_claim_set(claim_set)
        return sign_status_claim_set(claim_set=claim_set, key=self._key(Purpose.STATUS))

    def public_keys(self) -> Mapping[Purpose, tuple[PublicKey, ...]]:
        """Give the public keys of each purpose, the one that signs now first."""
        return {purpose: (key.public, *self.others.get(purpose, ())) for purpose, key in self.keys.items()}

    def _key(self, purpose: Purpose) -> SigningKey:
        key = self.keys.get(purpose)
        if key is None:
            raise KeyStoreError(f"no key for {purpose}")
        return key


def issue_card_cwt(
    *, claims: CardClaims, device_key: PublicKey, status: StatusReference, issued_at: datetime, signer: Signer
) -> bytes:
    """Give the card as an issuer-signed CWT bound to the device's key; wallets make live codes from it.

    Raise `ClaimsError` for claims that cannot be written, `KeyStoreError` when the signer has no key for cards.
    """
    document = CardDocument(claims=claims, device_key=device_key, status=status, issued_at=issued_at)
    return signer.sign_credential(purpose=Purpose.CARD, claim_set=document.to_claim_set())


def issue_printed_code(
    *, claims: NoticeClaims, issued_at: datetime, signer: Signer, status: StatusReference | None = None
) -> str:
    """Give the text of a notice's printed code; it is issuer-signed only and proves the document, not the person."""
    document = NoticeDocument(claims=claims, issued_at=issued_at, status=status)
    return transport.write(signer.sign_credential(purpose=Purpose.NOTICE, claim_set=document.to_claim_set()))
