"""DeviceResponse (ISO/IEC 18013-5, 8.3.2.1.2.2) with one document and one device signature, and nothing beside them."""

from dataclasses import dataclass
from typing import Final, Self

import cbor2

from rongka.credential.errors import MdocError, PresentationError, SignatureError
from rongka.credential.mdoc import encoding, signature
from rongka.credential.mdoc.issuer_signed import UnverifiedIssuerSigned
from rongka.credential.mdoc.session_transcript import device_authentication

VERSION: Final = "1.0"
_RESPONSE: Final = frozenset({"version", "documents", "status"})
_DOCUMENT: Final = frozenset({"docType", "issuerSigned", "deviceSigned"})
_DEVICE_SIGNED: Final = frozenset({"nameSpaces", "deviceAuth"})
_DEVICE_AUTH: Final = frozenset({"deviceSignature"})
_OK: Final = 0  # ISO/IEC 18013-5, table 8
_EMPTY_MAPS: Final = (b"\xa0", b"\xb8\x00", b"\xb9\x00\x00")  # an empty map in each width that writers were seen to use


@dataclass(frozen=True, slots=True, kw_only=True)
class UnverifiedResponse:
    """A response that is well formed. `device_auth` is read when it is verified, for only then is known over what."""

    doc_type: str
    issuer_signed: UnverifiedIssuerSigned
    device_namespaces: bytes
    device_auth: object

    @classmethod
    def read(cls, response: bytes) -> Self:
        """Read a response; raise a `FormatError` unless it has the one form that we allow."""
        if len(response) > encoding.MAX_RESPONSE_BYTES:
            raise MdocError("more bytes than a response may have")
        members = _members(encoding.decode(response), _RESPONSE)
        if members["version"] != VERSION or type(members["status"]) is not int or members["status"] != _OK:
            raise MdocError("a response of another version, or one that reports an error")
        documents = members["documents"]
        if type(documents) is not list or len(documents) != 1:
            raise MdocError("not exactly one document")
        return cls._from_document(_members(documents[0], _DOCUMENT))

    @classmethod
    def _from_document(cls, document: dict[object, object]) -> Self:
        doc_type = document["docType"]
        device = _members(document["deviceSigned"], _DEVICE_SIGNED)
        device_namespaces = encoding.embedded(device["nameSpaces"])
        if type(doc_type) is not str:
            raise MdocError("a document without its type")
        if device_namespaces not in _EMPTY_MAPS:
            raise MdocError("elements that the device signed itself, which none of our documents has")
        return cls(
            doc_type=doc_type,
            issuer_signed=UnverifiedIssuerSigned.from_value(document["issuerSigned"]),
            device_namespaces=device_namespaces,
            # A MAC (9.1.3.5) proves nothing to a third party and needs a key that OpenID4VP has not.
            device_auth=_members(device["deviceAuth"], _DEVICE_AUTH)["deviceSignature"],
        )

    def verify_device(self, *, session_transcript: bytes) -> None:
        """Raise `PresentationError` unless the key in the security object signed this very session.

        Raise a `FormatError` for a signature of another shape, be it nil: there is no response without one.
        """
        content = device_authentication(
            session_transcript=session_transcript,
            doc_type=self.doc_type,
            device_namespaces=self.device_namespaces,
        )
        message = signature.read_device_signature(self.device_auth, content=content)
        try:
            message.verify(key=self.issuer_signed.security_object.device_key)
        except SignatureError as error:
            raise PresentationError(f"not by the document's own device in this session: {error}") from None


def write_response(*, doc_type: str, issuer_signed: object, device_signature: object) -> bytes:
    """Give the bytes of a response."""
    device_signed = {
        "nameSpaces": cbor2.CBORTag(encoding.ENCODED, EMPTY_NAMESPACES),
        "deviceAuth": {"deviceSignature": device_signature},
    }
    document = {"docType": doc_type, "issuerSigned": issuer_signed, "deviceSigned": device_signed}
    return encoding.encode({"version": VERSION, "documents": [document], "status": _OK})


EMPTY_NAMESPACES: Final = _EMPTY_MAPS[0]


def _members(value: object, names: frozenset[str]) -> dict[object, object]:
    if type(value) is not dict or value.keys() != names:
        raise MdocError(f"not exactly the members {', '.join(sorted(names))}")
    return value
