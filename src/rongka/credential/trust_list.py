"""The trust list: who may sign cards, notices and status lists, with which keys and when; signed by one anchor.

Every verifier pins the anchor's public key by itself. A list that is missing, forged or past its date means "cannot
tell", never "valid". A CWT in a COSE_Sign1; `docs/credential/trust-list.md` has the bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol, Self, TypedDict

from rongka.credential import cbor, cose
from rongka.credential.claims import EXP, IAT, SUB
from rongka.credential.documents import Purpose
from rongka.credential.errors import ClaimsError, CoseError, DistrustedError, KeyFormatError, TrustError
from rongka.credential.fields import mapping, moment, octets, seconds, text
from rongka.credential.keys import PublicKey, SigningKey
from rongka.text import Text

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

TYPE: Final = "application/rongka-trust-list+cwt"
SUBJECT: Final = "rongka:trust-list"
ISSUERS: Final = -65539  # private use; the issuers of the list
MAX_TOKEN_BYTES: Final = 1 << 20  # several thousand keys
MAX_ROOTS: Final = 16  # of one issuer: three kinds of document, two roots of each in a rotation, and some lost ones
MAX_ROOT_BYTES: Final = 4_096  # a root of ISO 18013-5 has some 700 bytes
_NAME_ZH, _NAME_EN, _KEYS, _ROOTS = 1, 2, 3, 4
_PURPOSE, _KEY, _SIGNS_FROM, _SIGNS_UNTIL, _DISTRUSTED_FROM = 1, 2, 3, 4, 5
_SMALLEST_ROOT: Final = 64  # bytes; no certificate with a key and a signature is shorter


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedKey:
    """A key, its purpose, and when it counts.

    `signs_from` and `signs_until` bound the issuing date of what it signed, half open, for orderly rotation with
    overlap. From `distrusted_from` on nothing that it ever signed counts: a thief can date a signature back.
    """

    purpose: Purpose
    key: PublicKey
    signs_from: datetime
    signs_until: datetime | None = None
    distrusted_from: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class TrustedRoot:
    """A certificate under which an issuer's document signers of one purpose stand (ISO/IEC 18013-5, B.1: IACA root).

    `certificate` is its DER. The times mean what they mean for a `TrustedKey`, of the documents signed under the root;
    the root's own key signs certificates only.
    """

    purpose: Purpose
    certificate: bytes
    signs_from: datetime
    signs_until: datetime | None = None
    distrusted_from: datetime | None = None

    @cached_property
    def parsed(self) -> "Certificate":
        """The certificate, read once; raise `KeyFormatError` for bytes that are none."""
        from cryptography import x509  # noqa: PLC0415 - printed and live codes are checked without it

        try:
            return x509.load_der_x509_certificate(self.certificate)
        except (ValueError, x509.InvalidVersion):
            raise KeyFormatError("a root that is no certificate") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """A city's authority, its keys, and the roots of its keys that stand in certificates."""

    name: Text
    keys: tuple[TrustedKey, ...]
    roots: tuple[TrustedRoot, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TrustList:
    """What an anchor signs: issuers, and the dates of the list itself; `next_update` is when it becomes stale."""

    issuers: tuple[Issuer, ...]
    issued_at: datetime
    next_update: datetime

    @cached_property
    def by_kid(self) -> Mapping[bytes, tuple[Issuer, TrustedKey]]:
        """Every key with its issuer; raise `TrustError` when two keys have one identifier."""
        found: dict[bytes, tuple[Issuer, TrustedKey]] = {}
        for issuer in self.issuers:
            for key in issuer.keys:
                if found.setdefault(key.key.kid, (issuer, key))[1] is not key:
                    raise TrustError("two keys with one identifier")
        return found

    @cached_property
    def by_root_purpose(self) -> Mapping[Purpose, tuple[tuple[Issuer, TrustedRoot], ...]]:
        """Every root with its issuer, by what stands under it; a purpose without roots has an empty tuple."""
        rows = [(issuer, root) for issuer in self.issuers for root in issuer.roots]
        return {purpose: tuple(row for row in rows if row[1].purpose is purpose) for purpose in Purpose}

    def to_claim_set(self) -> bytes:
        """Give the claim set that the anchor signs."""
        return cbor.encode(
            {
                SUB: SUBJECT,
                IAT: seconds(self.issued_at),
                EXP: seconds(self.next_update),
                ISSUERS: [_write_issuer(issuer) for issuer in self.issuers],
            }
        )

    @classmethod
    def from_claim_set(cls, claims: dict[object, object]) -> Self:
        """Read a decoded claim set."""
        issuers = claims.get(ISSUERS)
        if text(claims, SUB) != SUBJECT or type(issuers) is not list:
            raise ClaimsError("not a trust list")
        return cls(
            issuers=tuple(_read_issuer(issuer) for issuer in issuers),
            issued_at=moment(claims, IAT),
            next_update=moment(claims, EXP),
        )


class Signed(Protocol):
    """A message whose signature was not checked yet: a COSE_Sign1 or a JWS."""

    def verify(self, *, key: PublicKey) -> bytes:
        """Give the payload when `key` signed it; raise `SignatureError` otherwise."""


@dataclass(frozen=True, kw_only=True)
class VerifiedTrustList(TrustList):
    """A list that the pinned anchor signed; made by `verify_trust_list` only. Freshness depends on the moment."""

    def verify_status(self, message: Signed, *, kid: bytes) -> TrustedKey:
        """Give the key for status lists that signed `message`; raise `TrustError` or `SignatureError`.

        Its payload is not read before: megabytes of a stranger's CBOR can be made slow to read. Whether the key counts
        depends on the date in it: ask `must_count`.
        """
        entry = self.by_kid.get(kid)
        if entry is None or entry[1].purpose is not Purpose.STATUS:
            raise TrustError("a status list by a key that is not trusted for it")
        message.verify(key=entry[1].key)
        return entry[1]


def counts(key: TrustedKey | TrustedRoot, *, issued_at: datetime, now: datetime) -> bool:
    """Tell whether what `key` signed at `issued_at` counts at `now`."""
    in_time = key.signs_from <= issued_at and (key.signs_until is None or issued_at < key.signs_until)
    return in_time and (key.distrusted_from is None or now < key.distrusted_from)


def must_count(key: TrustedKey, *, issued_at: datetime, now: datetime) -> None:
    """Raise `DistrustedError` unless what `key` signed at `issued_at` counts at `now`."""
    if not counts(key, issued_at=issued_at, now=now):
        raise DistrustedError("signed by a key that does not count, or did not then")


def sign_trust_list(*, trust: TrustList, anchor: SigningKey) -> bytes:
    """Give the signed list; raise `TrustError` for two keys of one identifier, `KeyFormatError` for a bad root."""
    _ = trust.by_kid, [root.parsed for issuer in trust.issuers for root in issuer.roots]
    headers: dict[int, object] = {cose.TYP: TYPE, cose.KID: anchor.public.kid}
    return cose.sign(headers=headers, payload=trust.to_claim_set(), key=anchor)


def verify_trust_list(*, token: bytes, anchor: PublicKey, not_before: datetime | None = None) -> VerifiedTrustList:
    """Give the list when `anchor` signed it; raise `SignatureError`, or a `FormatError` for bytes that are no list.

    A verifier that holds a list already gives its `issued_at` as `not_before`: an older one raises `TrustError`, since
    whoever stands between could otherwise bring back the list of before a key was distrusted.
    """
    message = _read_token(token)
    claims = cbor.decode_map(message.verify(key=anchor), max_bytes=MAX_TOKEN_BYTES)
    trust = VerifiedTrustList.from_claim_set(claims)
    if not_before is not None and trust.issued_at < not_before:
        raise TrustError("an older list than the one that is held")
    _ = trust.by_kid
    return trust


def unverified_trust_list(token: bytes) -> TrustList:
    """Give what a list says without asking who signed it: for a publisher that compares it with its last one."""
    return TrustList.from_claim_set(cbor.decode_map(_read_token(token).payload, max_bytes=MAX_TOKEN_BYTES))


def _read_token(token: bytes) -> cose.UnverifiedSign1:
    message = cose.read(token, max_bytes=MAX_TOKEN_BYTES)
    if message.headers.get(cose.TYP) != TYPE:
        raise CoseError("not typed as a trust list")
    return message


def _write_issuer(issuer: Issuer) -> dict[int, object]:
    row: dict[int, object] = {
        _NAME_ZH: issuer.name.zh,
        _NAME_EN: issuer.name.en,
        _KEYS: [{_KEY: key.key.to_cose(), **_write_times(key)} for key in issuer.keys],
    }
    if issuer.roots:
        row[_ROOTS] = [{_KEY: root.certificate, **_write_times(root)} for root in issuer.roots]
    return row


def _write_times(entry: TrustedKey | TrustedRoot) -> dict[int, object]:
    row: dict[int, object] = {_PURPOSE: str(entry.purpose), _SIGNS_FROM: seconds(entry.signs_from)}
    if entry.signs_until is not None:
        row[_SIGNS_UNTIL] = seconds(entry.signs_until)
    if entry.distrusted_from is not None:
        row[_DISTRUSTED_FROM] = seconds(entry.distrusted_from)
    return row


def _read_issuer(value: object) -> Issuer:
    issuer = _as_map(value)
    roots = _rows(issuer, _ROOTS) if _ROOTS in issuer else []
    if len(roots) > MAX_ROOTS:
        raise ClaimsError("more roots than an issuer may have")
    return Issuer(
        name=Text(zh=text(issuer, _NAME_ZH), en=text(issuer, _NAME_EN)),
        keys=tuple(_read_key(row) for row in _rows(issuer, _KEYS)),
        roots=tuple(_read_root(row) for row in roots),
    )


def _read_key(row: dict[object, object]) -> TrustedKey:
    return TrustedKey(key=PublicKey.from_cose(mapping(row, _KEY)), **_read_times(row))


def _read_root(row: dict[object, object]) -> TrustedRoot:
    certificate = octets(row, _KEY, least=_SMALLEST_ROOT, most=MAX_ROOT_BYTES)
    return TrustedRoot(certificate=certificate, **_read_times(row))


class _Times(TypedDict):
    purpose: Purpose
    signs_from: datetime
    signs_until: datetime | None
    distrusted_from: datetime | None


def _read_times(row: dict[object, object]) -> _Times:
    try:
        purpose = Purpose(text(row, _PURPOSE))
    except ValueError:
        raise ClaimsError("a purpose that we do not know") from None
    return _Times(
        purpose=purpose,
        signs_from=moment(row, _SIGNS_FROM),
        signs_until=moment(row, _SIGNS_UNTIL) if _SIGNS_UNTIL in row else None,
        distrusted_from=moment(row, _DISTRUSTED_FROM) if _DISTRUSTED_FROM in row else None,
    )


def _rows(issuer: dict[object, object], key: int) -> list[dict[object, object]]:
    rows = issuer.get(key)
    if type(rows) is not list:
        raise ClaimsError("an issuer without a list of keys")
    return [_as_map(row) for row in rows]


def _as_map(value: object) -> dict[object, object]:
    if type(value) is not dict:
        raise ClaimsError("a row that is not a map")
    return value
