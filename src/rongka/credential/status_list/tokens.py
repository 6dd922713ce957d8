"""The list as a signed token, in CWT (Token Status List, 5.2), and what its claims must be in either form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from rongka.credential import cbor, cose
from rongka.credential.claims import EXP, IAT, STATUS_LIST, SUB, TTL
from rongka.credential.errors import ClaimsError, CoseError, StatusError
from rongka.credential.fields import checked_text, mapping, moment, octets, seconds, whole_number
from rongka.credential.status_list.deflate import inflate
from rongka.credential.status_list.entries import MAX_LIST_BYTES, WIDTHS, Status, StatusList, statuses_by_byte
from rongka.credential.trust_list import must_count

if TYPE_CHECKING:
    from rongka.credential.keys import SigningKey
    from rongka.credential.trust_list import VerifiedTrustList

TYPE: Final = "application/statuslist+cwt"  # Token Status List, 5.2: the typ header
MAX_TOKEN_BYTES: Final = 8 << 20  # the largest list, not compressible at all, in base64 twice over
LONGEST_TTL: Final = 366 * 86_400  # seconds; Token Status List, 11.5, asks for a bound
_SMALLEST: Final = 8  # bytes of an empty zlib stream
_BITS, _LST, _AGGREGATION = "bits", "lst", "aggregation_uri"  # Token Status List, 4.3: texts in CBOR too


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedStatusList:
    """A list whose signature, type and claims were checked; whether it is still fresh depends on the moment."""

    uri: str
    issued_at: datetime
    expires_at: datetime
    ttl: timedelta
    kid: bytes
    entries: bytes = field(repr=False)
    bits: int = 2
    aggregation_uri: str | None = None
    # What `status` needs, worked out once: it is asked for each of many documents.
    _statuses: tuple[tuple[Status | None, ...], ...] = field(init=False, repr=False, compare=False)
    _shift: int = field(init=False, repr=False, compare=False)
    _rest: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out where in a byte an index stands."""
        per_byte = 8 // self.bits
        object.__setattr__(self, "_statuses", statuses_by_byte(self.bits))
        object.__setattr__(self, "_shift", per_byte.bit_length() - 1)
        object.__setattr__(self, "_rest", per_byte - 1)

    @property
    def size(self) -> int:
        """How many entries the list has."""
        return len(self.entries) << self._shift

    def status(self, index: int) -> Status:
        """Give the status at `index`; raise `StatusError` outside the list or for a value that we do not know."""
        if index < 0:
            raise StatusError("an index outside the list")
        try:
            status = self._statuses[self.entries[index >> self._shift]][index & self._rest]
        except IndexError:
            raise StatusError("an index outside the list") from None
        if status is None:
            raise StatusError("a status that we do not know")
        return status

    def value(self, index: int) -> int:
        """Give the number at `index`, whatever it means; raise `StatusError` outside the list."""
        if not 0 <= index < self.size:
            raise StatusError("an index outside the list")
        shift = (index & self._rest) * self.bits
        return self.entries[index >> self._shift] >> shift & ((1 << self.bits) - 1)


def status_claim_set(
    *,
    uri: str,
    entries: StatusList,
    issued_at: datetime,
    expires_at: datetime,
    ttl: timedelta,
    aggregation_uri: str | None = None,
    thoroughly: bool = True,
) -> bytes:
    """Give the claim set of a status list token, for a `Signer` to sign; `thoroughly` as `StatusList.packed` has it."""
    inner: dict[str, object] = {_BITS: entries.bits, _LST: entries.packed(thoroughly=thoroughly)}
    if aggregation_uri is not None:
        inner[_AGGREGATION] = checked_text(aggregation_uri, name=_AGGREGATION)
    return cbor.encode(
        {
            SUB: checked_text(uri, name="uri"),
            IAT: seconds(issued_at),
            EXP: seconds(expires_at),
            TTL: int(ttl.total_seconds()),
            STATUS_LIST: inner,
        }
    )


def check_status_claim_set(claim_set: bytes) -> None:
    """Raise a `FormatError` unless `claim_set` has exactly the claims of a status list."""
    claims = cbor.decode_map(claim_set, max_bytes=MAX_TOKEN_BYTES)
    read_cwt_claims(claims, kid=b"")
    known = set(claims) == {SUB, IAT, EXP, TTL, STATUS_LIST} and is_bare(mapping(claims, STATUS_LIST))
    if not known or cbor.encode(claims) != claim_set:
        raise ClaimsError("not the claim set of a status list")


def sign_status_claim_set(*, claim_set: bytes, key: "SigningKey") -> bytes:
    """Give the signed token; callers check the claim set first."""
    return cose.sign(headers={cose.TYP: TYPE, cose.KID: key.public.kid}, payload=claim_set, key=key)


def verify_status_list(
    *, token: bytes, trust: "VerifiedTrustList", now: datetime, uri: str | None = None
) -> VerifiedStatusList:
    """Give a list that a trusted status key signed, in CWT; `uri` is the address that it was asked for, when known.

    Raise `SignatureError` or `TrustError` for a signer that is not trusted for lists at `now`, `StatusError` for the
    list of another address, a `FormatError` for bytes that are no such list. Freshness is `ask_status`'s question,
    since an old list still knows who was revoked.
    """
    message = _read_token(token)
    key = trust.verify_status(message, kid=message.kid)
    verified = read_cwt_claims(cbor.decode_map(message.payload, max_bytes=MAX_TOKEN_BYTES), kid=message.kid)
    must_count(key, issued_at=verified.issued_at, now=now)
    check_subject(verified, uri=uri)
    return verified


def unverified_status_list(token: bytes) -> VerifiedStatusList:
    """Give what a CWT says without asking who signed it: for an issuer that looks at its own last publication."""
    message = _read_token(token)
    return read_cwt_claims(cbor.decode_map(message.payload, max_bytes=MAX_TOKEN_BYTES), kid=message.kid)


def check_subject(found: VerifiedStatusList, *, uri: str | None) -> None:
    """Raise `StatusError` when a list is not the one at `uri` (Token Status List, 8.3 step 4a)."""
    if uri is not None and found.uri != uri:
        raise StatusError("the list of another address")


def is_bare(inner: Mapping[object, object]) -> bool:
    """Tell whether a status list has no members but the specification's."""
    return set(inner) <= {_BITS, _LST, _AGGREGATION}


def read_cwt_claims(claims: dict[object, object], *, kid: bytes) -> VerifiedStatusList:
    """Read the claims of a CWT; raise `ClaimsError`."""
    packed = octets(mapping(claims, STATUS_LIST), _LST, least=_SMALLEST, most=MAX_TOKEN_BYTES)
    return read_claims(claims, names=(SUB, IAT, EXP, TTL, STATUS_LIST), packed=packed, kid=kid)


def read_claims(
    claims: dict[object, object], *, names: tuple[object, object, object, object, object], packed: bytes, kid: bytes
) -> VerifiedStatusList:
    """Read the claims of either form; `names` are those of subject, issue, end, time to live and list."""
    subject, issued_at, expires_at, ttl, status_list = names
    inner = mapping(claims, status_list)
    bits = whole_number(inner, _BITS, most=max(WIDTHS))
    if bits not in WIDTHS:
        raise ClaimsError("an entry has 1, 2, 4 or 8 bits")
    lifetime = whole_number(claims, ttl, most=LONGEST_TTL)
    if lifetime == 0:
        raise ClaimsError("a time to live of nothing")  # Token Status List, 5.1: a positive number
    return VerifiedStatusList(
        uri=_address(claims, subject),
        issued_at=moment(claims, issued_at),
        expires_at=moment(claims, expires_at),
        ttl=timedelta(seconds=lifetime),
        kid=kid,
        entries=inflate(packed, most=MAX_LIST_BYTES),
        bits=bits,
        aggregation_uri=_address(inner, _AGGREGATION) if _AGGREGATION in inner else None,
    )


def _read_token(token: bytes) -> cose.UnverifiedSign1:
    message = cose.read(token, max_bytes=MAX_TOKEN_BYTES)
    if message.headers.get(cose.TYP) != TYPE:
        raise CoseError("not typed as a status list")
    return message


def _address(claims: Mapping[object, object], key: object) -> str:
    value = claims.get(key)
    if type(value) is not str:
        raise ClaimsError(f"claim {key!r} is missing or no address")
    return checked_text(value, name=repr(key))
