"""Certificates of document signers and of national roots, CSCA (ICAO 9303-12, 7.1), and what one says about another.

They are read by asn1crypto: some roots in use are not strict DER, and many write curve parameters in full.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha1, sha256
from typing import Any, Final

from asn1crypto import x509

from rongka.proofing.chip import reasons
from rongka.proofing.chip.asn1 import MASTER_LIST_SIGNER, algorithm_of, instant_of, is_absent, reading
from rongka.proofing.chip.keys import PublicKey, read_public_key
from rongka.proofing.chip.signatures import Scheme, scheme_of
from rongka.proofing.errors import ChipFormatError

MAX_CERTIFICATE_BYTES: Final = 8_192  # a root with RSA 6144 and all extensions has some 3 KB
_WHAT: Final = reasons.CERTIFICATE
# What we read or may ignore; another extension that is critical is fatal (RFC 5280, 4.2).
_UNDERSTOOD: Final = frozenset(
    {
        "authority_key_identifier",
        "basic_constraints",
        "crl_distribution_points",
        "extended_key_usage",
        "certificate_policies",
        "issuer_alt_name",
        "key_identifier",
        "key_usage",
        "private_key_usage_period",
        "subject_alt_name",
    }
)

Name = tuple[tuple[str, str], ...]
"""Attributes in their order: number and text, without case or doubled spaces, as RFC 5280, 7.1 compares them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What a certificate says; nothing in here is proved before `is_signed_by` was asked."""

    der: bytes
    subject: Name
    issuer: Name
    issuer_der: bytes
    country: str  # of the subject, two letters in capitals; empty when it has none
    state_names: frozenset[str]  # what its alternative names say of the state, as in passports (9303-12, 7.1.1.2)
    serial: int
    valid_from: datetime
    valid_until: datetime  # the last instant itself (RFC 5280, 4.1.2.5)
    used_from: datetime | None  # the private key's own period
    used_until: datetime | None
    key_identifier: bytes
    issuer_key_identifier: bytes | None
    is_authority: bool
    uses: frozenset[str] | None  # None when it does not say
    purposes: frozenset[str] | None
    key_info: bytes
    signed: bytes
    algorithm: tuple[str, bytes | None]
    signature: bytes

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hex."""
        return sha256(self.der).hexdigest()

    @property
    def key(self) -> PublicKey:
        """The public key; raises as `read_public_key`."""
        return read_public_key(self.key_info)

    @property
    def scheme(self) -> Scheme:
        """How its issuer signed it; raises as `scheme_of`."""
        return scheme_of(*self.algorithm)

    @property
    def signs_documents(self) -> bool:
        """Whether it has the profile of a document signer: its key signs, and neither certificates nor lists."""
        may_sign = self.uses is None or ("digital_signature" in self.uses and "key_cert_sign" not in self.uses)
        return may_sign and not self.is_authority and self.purposes is None

    @property
    def signs_master_lists(self) -> bool:
        """Whether it has the profile of a master list signer."""
        return not self.is_authority and self.purposes is not None and MASTER_LIST_SIGNER in self.purposes

    @property
    def signs_certificates(self) -> bool:
        """Whether it has the profile of a root."""
        return self.is_authority and (self.uses is None or "key_cert_sign" in self.uses)

    def stood_at(self, at: datetime) -> bool:
        """Whether the certificate was within its time."""
        return self.valid_from <= at <= self.valid_until

    def could_sign_at(self, at: datetime) -> bool:
        """Whether also its private key was within its own, shorter time, where it says one."""
        begins = self.used_from is None or self.used_from <= at
        return self.stood_at(at) and begins and (self.used_until is None or at <= self.used_until)

    def check_issued_by(self, issuer: "Certificate") -> None:
        """Raise ChipMismatchError unless `issuer`'s key signed this certificate; also what reading its key raises."""
        self.scheme.verify(key=issuer.key, signature=self.signature, data=self.signed)


def read_certificate(der: bytes) -> Certificate:
    """Read a certificate of version 3; raise ChipFormatError for bytes that are none."""
    if len(der) > MAX_CERTIFICATE_BYTES:
        raise ChipFormatError(reasons.too_large(_WHAT, limit=MAX_CERTIFICATE_BYTES))
    with reading(_WHAT):
        return _read(der)


def _read(der: bytes) -> Certificate:
    parsed = x509.Certificate.load(der, strict=True)
    body = parsed["tbs_certificate"]
    if body["version"].native != "v3":
        raise ChipFormatError(reasons.malformed(_WHAT))
    extensions = _extensions(body["extensions"])
    usage_period = extensions.get("private_key_usage_period")
    subject = _attributes(body["subject"])
    return Certificate(
        der=der,
        subject=_comparable(subject),
        issuer=name_of(body["issuer"]),
        issuer_der=body["issuer"].dump(),
        country=next((text.upper() for number, text in subject if number == _COUNTRY), ""),
        state_names=frozenset(_state_names(extensions.get("subject_alt_name"))),
        serial=body["serial_number"].native,
        valid_from=instant_of(body["validity"]["not_before"]),
        valid_until=instant_of(body["validity"]["not_after"]),
        used_from=_period_end(usage_period, "not_before"),
        used_until=_period_end(usage_period, "not_after"),
        key_identifier=_own_identifier(extensions, body["subject_public_key_info"]),
        issuer_key_identifier=_identifier_of_issuer(extensions),
        is_authority=bool("basic_constraints" in extensions and extensions["basic_constraints"]["ca"].native),
        uses=_set_of(extensions.get("key_usage")),
        purposes=_purposes(extensions.get("extended_key_usage")),
        key_info=body["subject_public_key_info"].dump(),
        signed=body.dump(),
        algorithm=algorithm_of(body["signature"]),
        signature=_signature(parsed),
    )


def _signature(parsed: Any) -> bytes:  # noqa: ANN401  # asn1crypto has no types, here and below
    signature = bytes(parsed["signature_value"].contents)
    # RFC 5280, 4.1.1.2: the algorithm outside is not signed, so it must be the one inside. No unused bits.
    is_whole = parsed["signature_algorithm"].dump() == parsed["tbs_certificate"]["signature"].dump()
    if not is_whole or signature[:1] != b"\0":
        raise ChipFormatError(reasons.malformed(_WHAT))
    return signature[1:]


_COUNTRY: Final = "2.5.4.6"
_LOCALITY: Final = "2.5.4.7"


def _extensions(rows: Any) -> dict[str, Any]:  # noqa: ANN401
    found: dict[str, Any] = {}
    for row in rows:
        name = row["extn_id"].native
        # RFC 5280, 4.2: none twice, and none critical that we do not know.
        if name in found or (row["critical"].native and name not in _UNDERSTOOD):
            raise ChipFormatError(reasons.malformed(_WHAT))
        found[name] = row["extn_value"].parsed if name in _UNDERSTOOD else None
    return found


def name_of(name: Any) -> Name:  # noqa: ANN401
    """Give a name in the form in which two are compared; call inside `reading`."""
    return _comparable(_attributes(name))


def _attributes(name: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    return [(part["type"].dotted, str(part["value"].native)) for group in name.chosen for part in group]


def _comparable(attributes: Iterable[tuple[str, str]]) -> Name:
    return tuple((number, " ".join(text.casefold().split())) for number, text in attributes)


def _state_names(names: Any) -> Iterable[str]:  # noqa: ANN401
    for name in names or ():
        if name.name == "directory_name":
            yield from (text.upper() for number, text in _attributes(name.chosen) if number == _LOCALITY)


def _own_identifier(extensions: dict[str, Any], key_info: Any) -> bytes:  # noqa: ANN401
    if "key_identifier" in extensions:
        return bytes(extensions["key_identifier"].native)
    # RFC 5280, 4.2.1.2, method 1. It finds a root and proves nothing.
    return sha1(key_info["public_key"].contents[1:], usedforsecurity=False).digest()


def _identifier_of_issuer(extensions: dict[str, Any]) -> bytes | None:
    if "authority_key_identifier" not in extensions:
        return None
    value = extensions["authority_key_identifier"]["key_identifier"].native
    return None if value is None else bytes(value)


def _set_of(flags: Any) -> frozenset[str] | None:  # noqa: ANN401
    return None if flags is None else frozenset(flags.native)


def _purposes(usage: Any) -> frozenset[str] | None:  # noqa: ANN401
    return None if usage is None else frozenset(purpose.dotted for purpose in usage)


def _period_end(period: Any, end: str) -> datetime | None:  # noqa: ANN401
    return None if period is None or is_absent(period[end]) else instant_of(period[end])
