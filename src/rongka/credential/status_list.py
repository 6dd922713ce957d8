"""Token Status List as a CWT (draft-ietf-oauth-status-list): two bits an entry, compressed, signed, dated.

Three answers: the status, or an error that means "cannot tell"; never "not valid" because a list could not be read.
"""

import secrets
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from rongka.credential import cbor, cose
from rongka.credential.claims import EXP, IAT, STATUS_LIST, SUB, TTL
from rongka.credential.errors import ClaimsError, CoseError, StatusError
from rongka.credential.fields import checked_text, mapping, moment, octets, seconds, text, whole_number

if TYPE_CHECKING:
    from rongka.credential.keys import SigningKey
    from rongka.credential.trust_list import VerifiedTrustList

TYPE: Final = "application/statuslist+cwt"  # Token Status List, 5.2: the typ header
BITS: Final = 2  # four values: valid, invalid, suspended, and one that we do not use
MAX_ENTRIES: Final = 1 << 24  # a shard of 4 MB; more credentials go into more lists
MAX_TOKEN_BYTES: Final = 8 << 20  # a shard that does not compress at all, and its envelope
_PER_BYTE: Final = 8 // BITS
_MASK: Final = (1 << BITS) - 1
_SMALLEST: Final = 8  # bytes of an empty zlib stream


class Status(IntEnum):
    """Values of an entry (Token Status List, 7.1)."""

    VALID = 0
    INVALID = 1
    SUSPENDED = 2


class StatusList:
    """A list that its issuer changes; every entry begins as valid."""

    def __init__(self, *, size: int, entries: bytes | None = None) -> None:
        """Make a list of `size` entries, a multiple of four, or take up stored `entries`."""
        if not 0 < size <= MAX_ENTRIES or size % _PER_BYTE:
            raise StatusError(f"a list has a multiple of {_PER_BYTE} entries, at most {MAX_ENTRIES}")
        self._entries = bytearray(size // _PER_BYTE if entries is None else entries)
        if len(self._entries) * _PER_BYTE != size:
            raise StatusError("stored entries of another size")

    @property
    def size(self) -> int:
        """How many entries the list has."""
        return len(self._entries) * _PER_BYTE

    @property
    def entries(self) -> bytes:
        """The packed entries, lowest index in the lowest bits (Token Status List, 4.1)."""
        return bytes(self._entries)

    def get(self, index: int) -> Status:
        """Give the status at `index`; raise `StatusError` outside the list."""
        return _status_at(self._entries, index)

    def set(self, index: int, status: Status) -> None:
        """Change the status at `index`; raise `StatusError` outside the list."""
        _status_at(self._entries, index)
        place, shift = divmod(index, _PER_BYTE)
        kept = self._entries[place] & ~(_MASK << (shift * BITS))
        self._entries[place] = kept | (status << (shift * BITS))


def random_index(*, size: int) -> int:
    """Draw an index that tells nothing of when or for whom it was drawn; the caller keeps the drawn ones."""
    return secrets.randbelow(size)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedStatusList:
    """A list whose signature, type and subject were checked; whether it is still fresh depends on the moment."""

    uri: str
    issued_at: datetime
    expires_at: datetime
    ttl: timedelta
    kid: bytes
    entries: bytes

    def status(self, index: int) -> Status:
        """Give the status at `index`; raise `StatusError` outside the list or for a value that we do not know."""
        return _status_at(self.entries, index)


def status_claim_set(
    *, uri: str, entries: StatusList, issued_at: datetime, expires_at: datetime, ttl: timedelta
) -> bytes:
    """Give the claim set of a status list token, for a `Signer` to sign."""
    packed = zlib.compress(entries.entries, 9)
    return cbor.encode(
        {
            SUB: checked_text(uri, name="uri"),
            IAT: seconds(issued_at),
            EXP: seconds(expires_at),
            TTL: int(ttl.total_seconds()),
            STATUS_LIST: {"bits": BITS, "lst": packed},
        }
    )


def check_status_claim_set(claim_set: bytes) -> None:
    """Raise a `FormatError` unless `claim_set` has exactly the claims of a status list."""
    claims = cbor.decode_map(claim_set, max_bytes=MAX_TOKEN_BYTES)
    _read_claims(claims, kid=b"")
    if set(claims) != {SUB, IAT, EXP, TTL, STATUS_LIST} or cbor.encode(claims) != claim_set:
        raise ClaimsError("not the claim set of a status list")


def sign_status_claim_set(*, claim_set: bytes, key: "SigningKey") -> bytes:
    """Give the signed token; callers check the claim set first."""
    return cose.sign(headers={cose.TYP: TYPE, cose.KID: key.public.kid}, payload=claim_set, key=key)


def verify_status_list(*, token: bytes, trust: "VerifiedTrustList", now: datetime) -> VerifiedStatusList:
    """Give a list that a trusted status key signed.

    Raise `SignatureError` or `TrustError` for a signer that is not trusted for lists at `now`, a `FormatError` for
    bytes that are no such list. Freshness is `verdict`'s question, since an old list still knows who was revoked.
    """
    message = cose.read(token, max_bytes=MAX_TOKEN_BYTES)
    if message.headers.get(cose.TYP) != TYPE:
        raise CoseError("not typed as a status list")
    verified = _read_claims(cbor.decode_map(message.payload, max_bytes=MAX_TOKEN_BYTES), kid=message.kid)
    trust.verify_status(message, issued_at=verified.issued_at, now=now)
    return verified


def _read_claims(claims: dict[object, object], *, kid: bytes) -> VerifiedStatusList:
    inner = mapping(claims, STATUS_LIST)
    if whole_number(inner, "bits", most=8) != BITS:
        raise ClaimsError("a status list of another width")
    return VerifiedStatusList(
        uri=text(claims, SUB),
        issued_at=moment(claims, IAT),
        expires_at=moment(claims, EXP),
        ttl=timedelta(seconds=whole_number(claims, TTL, most=366 * 86_400)),
        kid=kid,
        entries=_inflate(octets(inner, "lst", least=_SMALLEST, most=MAX_TOKEN_BYTES)),
    )


def _inflate(packed: bytes) -> bytes:
    """Inflate at most one shard, whatever the stream would grow to."""
    inflater = zlib.decompressobj()
    try:
        entries = inflater.decompress(packed, MAX_ENTRIES // _PER_BYTE + 1)
    except zlib.error:
        entries = b""
    if not inflater.eof or inflater.unused_data or len(entries) > MAX_ENTRIES // _PER_BYTE:
        raise ClaimsError("entries that are damaged or too many")
    return entries


def _status_at(entries: bytes | bytearray, index: int) -> Status:
    place, shift = divmod(index, _PER_BYTE)
    if not 0 <= place < len(entries):
        raise StatusError("an index outside the list")
    value = entries[place] >> (shift * BITS) & _MASK
    if value > Status.SUSPENDED:
        raise StatusError("a status that we do not know")
    return Status(value)
