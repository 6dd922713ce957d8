"""The trust list: who may sign cards, notices and status lists, with which keys and when; signed by one anchor.

Every verifier pins the anchor's public key by itself. A list that is missing, forged or past its date means "cannot
tell", never "valid". A CWT in a COSE_Sign1; `docs/credential/trust-list.md` has the bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final, Self

from rongka.credential import cbor, cose
from rongka.credential.claims import EXP, IAT, SUB
from rongka.credential.documents import Purpose
from rongka.credential.errors import ClaimsError, CoseError, TrustError
from rongka.credential.fields import mapping, moment, seconds, text
from rongka.credential.keys import PublicKey, SigningKey
from rongka.text import Text

TYPE: Final = "application/rongka-trust-list+cwt"
SUBJECT: Final = "rongka:trust-list"
ISSUERS: Final = -65539  # private use; the issuers of the list
MAX_TOKEN_BYTES: Final = 1 << 20  # several thousand keys
_NAME_ZH, _NAME_EN, _KEYS = 1, 2, 3
_PURPOSE, _KEY, _SIGNS_FROM, _SIGNS_UNTIL, _DISTRUSTED_FROM = 1, 2, 3, 4, 5


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """A city's authority and its keys."""

    name: Text
    keys: tuple[TrustedKey, ...]


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


@dataclass(frozen=True, kw_only=True)
class VerifiedTrustList(TrustList):
    """A list that the pinned anchor signed; made by `verify_trust_list` only. Freshness depends on the moment."""

    def verify_status(self, message: cose.UnverifiedSign1, *, issued_at: datetime, now: datetime) -> None:
        """Raise `TrustError` or `SignatureError` unless a key for status lists signed `message` while it counted."""
        entry = self.by_kid.get(message.kid)
        if (
            entry is None
            or entry[1].purpose is not Purpose.STATUS
            or not counts(entry[1], issued_at=issued_at, now=now)
        ):
            raise TrustError("a status list by a key that is not trusted for it")
        message.verify(key=entry[1].key)


def counts(key: TrustedKey, *, issued_at: datetime, now: datetime) -> bool:
    """Tell whether what `key` signed at `issued_at` counts at `now`."""
    in_time = key.signs_from <= issued_at and (key.signs_until is None or issued_at < key.signs_until)
    return in_time and (key.distrusted_from is None or now < key.distrusted_from)


def sign_trust_list(*, trust: TrustList, anchor: SigningKey) -> bytes:
    """Give the signed list; raise `TrustError` when two of its keys have one identifier."""
    _ = trust.by_kid
    headers: dict[int, object] = {cose.TYP: TYPE, cose.KID: anchor.public.kid}
    return cose.sign(headers=headers, payload=trust.to_claim_set(), key=anchor)


def verify_trust_list(*, token: bytes, anchor: PublicKey) -> VerifiedTrustList:
    """Give the list when `anchor` signed it; raise `SignatureError`, or a `FormatError` for bytes that are no list."""
    message = cose.read(token, max_bytes=MAX_TOKEN_BYTES)
    if message.headers.get(cose.TYP) != TYPE:
        raise CoseError("not typed as a trust list")
    claims = cbor.decode_map(message.verify(key=anchor), max_bytes=MAX_TOKEN_BYTES)
    trust = VerifiedTrustList.from_claim_set(claims)
    _ = trust.by_kid
    return trust


def _write_issuer(issuer: Issuer) -> dict[int, object]:
    keys = []
    for key in issuer.keys:
        row: dict[int, object] = {
            _PURPOSE: str(key.purpose),
            _KEY: key.key.to_cose(),
            _SIGNS_FROM: seconds(key.signs_from),
        }
        if key.signs_until is not None:
            row[_SIGNS_UNTIL] = seconds(key.signs_until)
        if key.distrusted_from is not None:
            row[_DISTRUSTED_FROM] = seconds(key.distrusted_from)
        keys.append(row)
    return {_NAME_ZH: issuer.name.zh, _NAME_EN: issuer.name.en, _KEYS: keys}


def _read_issuer(value: object) -> Issuer:
    issuer = _as_map(value)
    keys = issuer.get(_KEYS)
    if type(keys) is not list:
        raise ClaimsError("an issuer without a list of keys")
    name = Text(zh=text(issuer, _NAME_ZH), en=text(issuer, _NAME_EN))
    return Issuer(name=name, keys=tuple(_read_key(_as_map(key)) for key in keys))


def _read_key(row: dict[object, object]) -> TrustedKey:
    try:
        purpose = Purpose(text(row, _PURPOSE))
    except ValueError:
        raise ClaimsError("a purpose that we do not know") from None
    return TrustedKey(
        purpose=purpose,
        key=PublicKey.from_cose(mapping(row, _KEY)),
        signs_from=moment(row, _SIGNS_FROM),
        signs_until=moment(row, _SIGNS_UNTIL) if _SIGNS_UNTIL in row else None,
        distrusted_from=moment(row, _DISTRUSTED_FROM) if _DISTRUSTED_FROM in row else None,
    )


def _as_map(value: object) -> dict[object, object]:
    if type(value) is not dict:
        raise ClaimsError("a row that is not a map")
    return value
