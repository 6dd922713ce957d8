"""IssuerSigned (ISO/IEC 18013-5, 8.3.2.1.2.2): elements in their namespaces, and the signature over their digests."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

import cbor2

from rongka.credential.cose import UnverifiedSign1
from rongka.credential.errors import MdocError, SignatureError
from rongka.credential.keys import PublicKey
from rongka.credential.mdoc import encoding, signature
from rongka.credential.mdoc.items import Item, read_items
from rongka.credential.mdoc.security_object import SecurityObject

_NAMESPACES, _AUTH = "nameSpaces", "issuerAuth"
_WITH_ELEMENTS: Final = {_NAMESPACES, _AUTH}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnverifiedIssuerSigned:
    """What an issuer may have signed; nothing in it is known to be true until `verify` has returned."""

    namespaces: Mapping[str, tuple[Item, ...]]
    message: UnverifiedSign1
    certificate: bytes
    security_object: SecurityObject

    @classmethod
    def from_value(cls, value: object) -> Self:
        """Take apart a decoded value; raise a `FormatError` unless it has the form of an IssuerSigned."""
        if type(value) is not dict or not {_AUTH} <= value.keys() <= _WITH_ELEMENTS:
            raise MdocError("not the members of an IssuerSigned")
        message, certificate = signature.read_issuer_auth(value[_AUTH])
        return cls(
            namespaces=_read_namespaces(value.get(_NAMESPACES, {})),
            message=message,
            certificate=certificate,
            security_object=SecurityObject.from_bytes(message.payload),
        )

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Read the bytes that an issuer gives to a wallet."""
        if len(data) > encoding.MAX_RESPONSE_BYTES:
            raise MdocError("more bytes than an mdoc may have")
        return cls.from_value(encoding.decode(data))

    def verify(self, *, key: PublicKey) -> None:
        """Raise `SignatureError` unless `key` signed the security object and every element has its digest there."""
        self.message.verify(key=key)
        for namespace, items in self.namespaces.items():
            digests = self.security_object.digests.get(namespace, {})
            for item in items:
                if digests.get(item.digest_id) != item.digest:
                    raise SignatureError("an element that the issuer did not sign")


def to_value(
    *, namespaces: Mapping[str, tuple[Item, ...]], issuer_auth: object, names: frozenset[str] | None = None
) -> dict[str, object]:
    """Give the value of an IssuerSigned with all elements, or with those of `names` only."""
    chosen = {
        namespace: [
            cbor2.CBORTag(encoding.ENCODED, item.content) for item in items if names is None or item.name in names
        ]
        for namespace, items in namespaces.items()
    }
    shown = {namespace: items for namespace, items in chosen.items() if items}
    # The map has at least one namespace, or is left out (ISO/IEC 18013-5, 8.3.2.1.2.2).
    return {**({_NAMESPACES: shown} if shown else {}), _AUTH: issuer_auth}


def _read_namespaces(value: object) -> dict[str, tuple[Item, ...]]:
    if type(value) is not dict or not all(type(name) is str and type(items) is list for name, items in value.items()):
        raise MdocError("namespaces of an unexpected shape")
    return {name: _read_items(items) for name, items in value.items()}


def _read_items(values: list[object]) -> tuple[Item, ...]:
    items = read_items([encoding.embedded(value) for value in values])
    # An element twice would let a reader and a checker look at different ones.
    if len({item.name for item in items}) != len(items) or len({item.digest_id for item in items}) != len(items):
        raise MdocError("an element or a digest's number twice")
    return items
