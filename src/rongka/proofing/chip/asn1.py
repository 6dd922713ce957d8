"""The one door to asn1crypto: schemas of ICAO 9303-10 and 9303-12, and reading that raises our errors only.

asn1crypto parses when a field is asked for, so whatever touches its objects stands inside `reading`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final

from asn1crypto.algos import AlgorithmIdentifier
from asn1crypto.core import (
    Any as AnyElement,
)
from asn1crypto.core import (
    BitString,
    Integer,
    ObjectIdentifier,
    OctetString,
    PrintableString,
    Sequence,
    SequenceOf,
    SetOf,
    Void,
)

from rongka.proofing.chip import reasons
from rongka.proofing.errors import ChipFormatError
from rongka.text import Text

LDS_SECURITY_OBJECT: Final = "2.23.136.1.1.1"  # ICAO 9303-10, 4.6.2.2
CSCA_MASTER_LIST: Final = "2.23.136.1.1.2"  # ICAO 9303-12, 8.2
MASTER_LIST_SIGNER: Final = "2.23.136.1.1.3"  # extended key usage, 9303-12, 7.1.1
ACTIVE_AUTHENTICATION: Final = "2.23.136.1.1.5"  # 9303-11, 9.2.3

# What asn1crypto was seen to raise on hostile bytes, when they are read or when a field is asked for.
UNREADABLE: Final = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
)


@contextmanager
def reading(what: Text) -> Iterator[None]:
    """Turn whatever the parser raises into a ChipFormatError about `what`."""
    try:
        yield
    except UNREADABLE:
        raise ChipFormatError(reasons.malformed(what)) from None


def algorithm_of(field: Any) -> tuple[str, bytes | None]:  # noqa: ANN401  # asn1crypto has no types
    """Give an AlgorithmIdentifier's number and its parameters as they were written; call inside `reading`."""
    parameters = field["parameters"]
    return field["algorithm"].dotted, None if is_absent(parameters) else parameters.dump()


def is_absent(field: Any) -> bool:  # noqa: ANN401
    """Tell whether an optional field was left out; one that is there and empty was not."""
    return isinstance(field, Void)


def instant_of(field: Any) -> datetime:  # noqa: ANN401
    """Give a time in UTC; call inside `reading`, which refuses one without its zone (RFC 5280, 4.1.2.5)."""
    value: datetime = field.native
    if value.tzinfo is None:
        msg = "a time without its zone"
        raise ValueError(msg)
    return value.astimezone(UTC)


class DataGroupHash(Sequence):  # type: ignore[misc]  # asn1crypto has no types
    """ICAO 9303-10, 4.6.2.2."""

    _fields = [("number", Integer), ("value", OctetString)]


class DataGroupHashes(SequenceOf):  # type: ignore[misc]
    """ICAO 9303-10, 4.6.2.2."""

    _child_spec = DataGroupHash


class VersionInfo(Sequence):  # type: ignore[misc]
    """ICAO 9303-10, 4.6.2.2: versions of the LDS and of Unicode."""

    _fields = [("lds_version", PrintableString), ("unicode_version", PrintableString)]


class SecurityObject(Sequence):  # type: ignore[misc]
    """LDSSecurityObject, v0 and v1 (ICAO 9303-10, 4.6.2.2)."""

    _fields = [
        ("version", Integer),
        ("hash_algorithm", AlgorithmIdentifier),
        ("hashes", DataGroupHashes),
        ("version_info", VersionInfo, {"optional": True}),
    ]


class KeyInfo(Sequence):  # type: ignore[misc]
    """SubjectPublicKeyInfo (RFC 5280, 4.1.2.7), without guessing at what the algorithm means."""

    _fields = [("algorithm", AlgorithmIdentifier), ("key", BitString)]


class EncodedCertificates(SetOf):  # type: ignore[misc]
    """Certificates that are cut out, not parsed."""

    _child_spec = AnyElement


class MasterList(Sequence):  # type: ignore[misc]
    """CscaMasterList (ICAO 9303-12, 8.2)."""

    _fields = [("version", Integer), ("certificates", EncodedCertificates)]


class SecurityInfo(Sequence):  # type: ignore[misc]
    """One of DG14's entries (ICAO 9303-11, 9.2)."""

    _fields = [
        ("protocol", ObjectIdentifier),
        ("required", AnyElement),
        ("optional", AnyElement, {"optional": True}),
    ]


class SecurityInfos(SetOf):  # type: ignore[misc]
    """All of DG14 (ICAO 9303-11, 9.2)."""

    _child_spec = SecurityInfo
