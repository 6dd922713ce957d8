"""The mobile security object (ISO/IEC 18013-5, 9.1.2.4): what the issuer signs. Digests, the device's key, the times.

A reader ignores members that it does not know, as the standard asks; what it knows must be of its type.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self

from rongka.credential.claims import STATUS
from rongka.credential.documents import StatusReference
from rongka.credential.errors import ExpiredError, MdocError, NotYetValidError
from rongka.credential.fields import mapping
from rongka.credential.keys import PublicKey
from rongka.credential.mdoc import encoding

VERSION: Final = "1.0"
DIGEST_ALGORITHM: Final = "SHA-256"
MAX_DIGESTS: Final = 512  # of all namespaces; a driving licence has some 50, we write 32
CLOCK_TOLERANCE: Final = timedelta(seconds=30)  # a document fetched this moment, a verifier whose clock is behind
_STATUS: Final = "status"  # Token Status List, 6.3: a text, unlike claim 65535 of a CWT


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityObject:
    """What an issuer says of a document; `digests` are by namespace and number, decoys among them.

    `expected_update` is set when the document ends before what it speaks of, and a new one is to be fetched.
    """

    doc_type: str
    digests: Mapping[str, Mapping[int, bytes]]
    device_key: PublicKey
    signed_at: datetime
    valid_from: datetime
    valid_until: datetime
    expected_update: datetime | None = None
    status: StatusReference | None = None

    def check_times(self, *, now: datetime) -> None:
        """Raise unless the document is valid at `now` (ISO/IEC 18013-5, 9.3.1); the last instant is outside.

        `MdocError` for times that contradict each other, else `NotYetValidError` or `ExpiredError`.
        """
        if not self.signed_at <= self.valid_from < self.valid_until:
            raise MdocError("times that contradict each other")
        if self.valid_from - now > CLOCK_TOLERANCE:
            raise NotYetValidError("a document of the future")
        if now >= self.valid_until:
            raise ExpiredError("a document whose time is over")

    def to_bytes(self) -> bytes:
        """Give MobileSecurityObjectBytes, the payload of the issuer's signature."""
        validity = {
            "signed": encoding.write_moment(self.signed_at),
            "validFrom": encoding.write_moment(self.valid_from),
            "validUntil": encoding.write_moment(self.valid_until),
        }
        if self.expected_update is not None:
            validity["expectedUpdate"] = encoding.write_moment(self.expected_update)
        return encoding.embed(
            encoding.encode(
                {
                    "version": VERSION,
                    "digestAlgorithm": DIGEST_ALGORITHM,
                    "valueDigests": {name: dict(digests) for name, digests in self.digests.items()},
                    # Not compressed: few readers of mdocs take the sign of y for y (RFC 9053, 7.1.1).
                    "deviceKeyInfo": {"deviceKey": self.device_key.to_cose(compressed=False)},
                    "docType": self.doc_type,
                    "validityInfo": validity,
                    **({} if self.status is None else {_STATUS: self.status.to_claim()}),
                }
            )
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read MobileSecurityObjectBytes; raise a `FormatError` for anything missing or wrong."""
        members = encoding.decode_map(encoding.unembed(data))
        if members.get("version") != VERSION or members.get("digestAlgorithm") != DIGEST_ALGORITHM:
            raise MdocError("a security object of another version, or of another digest than SHA-256")
        validity = mapping(members, "validityInfo")
        update = validity.get("expectedUpdate")
        return cls(
            doc_type=_text(members, "docType"),
            digests=_digests(mapping(members, "valueDigests")),
            device_key=PublicKey.from_cose(mapping(mapping(members, "deviceKeyInfo"), "deviceKey")),
            signed_at=encoding.read_moment(validity.get("signed")),
            valid_from=encoding.read_moment(validity.get("validFrom")),
            valid_until=encoding.read_moment(validity.get("validUntil")),
            expected_update=None if update is None else encoding.read_moment(update),
            status=StatusReference.from_claims({STATUS: members[_STATUS]}) if _STATUS in members else None,
        )


def _text(members: dict[object, object], key: str) -> str:
    value = members.get(key)
    if type(value) is not str:
        raise MdocError(f"{key} is no text")
    return value


def _digests(namespaces: dict[object, object]) -> dict[str, dict[int, bytes]]:
    """Look at the frame; a digest of another shape fits no element."""
    if sum(len(mapping(namespaces, name)) for name in namespaces) > MAX_DIGESTS:
        raise MdocError("more digests than any document has")
    return namespaces  # type: ignore[return-value] # as said
