"""The issuer-signed CWT of a card or a notice: its claim set, exactly, and nothing beside it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from rongka.credential import cbor
from rongka.credential.claims import CARD_PERMIT, CNF, IAT, NOTICE_PERMIT, STATUS, CardClaims, NoticeClaims
from rongka.credential.errors import ClaimsError, ForeignCodeError
from rongka.credential.fields import mapping, moment, seconds, text, whole_number
from rongka.credential.keys import PublicKey

_COSE_KEY: Final = 1  # RFC 8747, 3.1: the confirmation method that holds a whole key
_REFERENCE, _INDEX, _URI = "status_list", "idx", "uri"  # Token Status List, 6.3: these keys are texts in CBOR too
MAX_INDEX: Final = (1 << 32) - 1  # one list has at most 2^24 entries; the rest is room for other issuers


class Purpose(StrEnum):
    """What an issuing key may sign; each key has exactly one purpose."""

    CARD = "card"
    NOTICE = "notice"
    PAYMENT = "payment"
    STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReference:
    """Where the status of a document stands: the list's URI and the index in it."""

    uri: str
    index: int

    def to_claim(self) -> dict[str, object]:
        """Give the value of claim 65535."""
        return {_REFERENCE: {_INDEX: self.index, _URI: self.uri}}

    @classmethod
    def from_claims(cls, claims: dict[object, object]) -> Self:
        """Read claim 65535."""
        reference = mapping(mapping(claims, STATUS), _REFERENCE)
        return cls(uri=text(reference, _URI), index=whole_number(reference, _INDEX, most=MAX_INDEX))


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDocument:
    """A card bound to one device's key."""

    claims: CardClaims
    device_key: PublicKey
    status: StatusReference
    issued_at: datetime

    def to_claim_set(self) -> bytes:
        """Give the CWT claim set that an issuer signs."""
        return cbor.encode(
            {
                **self.claims.to_cwt(),
                IAT: seconds(self.issued_at),
                CNF: {_COSE_KEY: self.device_key.to_cose()},
                STATUS: self.status.to_claim(),
            }
        )

    @classmethod
    def from_claim_set(cls, claims: dict[object, object]) -> Self:
        """Read a decoded claim set; raise a `FormatError` for anything missing or wrong."""
        return cls(
            claims=CardClaims.from_cwt(claims),
            device_key=PublicKey.from_cose(mapping(mapping(claims, CNF), _COSE_KEY)),
            status=StatusReference.from_claims(claims),
            issued_at=moment(claims, IAT),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDocument:
    """A notice; without a status reference its cancellation cannot be seen from the code."""

    claims: NoticeClaims
    issued_at: datetime
    status: StatusReference | None = None

    def to_claim_set(self) -> bytes:
        """Give the CWT claim set that an issuer signs."""
        status = {} if self.status is None else {STATUS: self.status.to_claim()}
        return cbor.encode({**self.claims.to_cwt(), IAT: seconds(self.issued_at), **status})

    @classmethod
    def from_claim_set(cls, claims: dict[object, object]) -> Self:
        """Read a decoded claim set; raise a `FormatError` for anything missing or wrong."""
        return cls(
            claims=NoticeClaims.from_cwt(claims),
            issued_at=moment(claims, IAT),
            status=StatusReference.from_claims(claims) if STATUS in claims else None,
        )


def document_id(claim_set: bytes) -> str:
    """Name an issued document without naming the person: 32 hexadecimal digits of its claim set's digest."""
    return hashlib.sha256(claim_set).hexdigest()[:32]


def read_document(claims: dict[object, object]) -> CardDocument | NoticeDocument:
    """Read the document that a claim set is; raise `ForeignCodeError` when it carries no permit."""
    if CARD_PERMIT in claims:
        return CardDocument.from_claim_set(claims)
    if NOTICE_PERMIT in claims:
        return NoticeDocument.from_claim_set(claims)
    raise ForeignCodeError("a token without a permit")


def check_claim_set(*, purpose: Purpose, claim_set: bytes) -> None:
    """Raise a `FormatError` unless `claim_set` is, byte for byte, what we would write for a document of this purpose.

    A signer asks this before each signature, so that no key can be made to sign anything but such documents.
    """
    kinds = {Purpose.CARD: CardDocument, Purpose.NOTICE: NoticeDocument}
    document = read_document(cbor.decode_map(claim_set))
    if type(document) is not kinds.get(purpose) or document.to_claim_set() != claim_set:
        raise ClaimsError(f"not a claim set of purpose {purpose}")
