"""What binds a presentation to its request: the SessionTranscript (ISO/IEC 18013-5, 9.1.5.1), opaque to the rest.

OpenID4VP 1.0, B.2.6 defines its handovers. Readers in the same room bring their own transcript as bytes.
"""

import hashlib
from typing import Final

from rongka.credential.errors import MdocError
from rongka.credential.mdoc import encoding

MAX_TRANSCRIPT_BYTES: Final = 16_384  # a device engagement, a reader's key and an NFC handover have some 1,000
_THUMBPRINT_BYTES: Final = 32


def openid4vp_transcript(*, client_id: str, nonce: str, response_uri: str, encryption_key: bytes | None) -> bytes:
    """Give the transcript of a request by redirect (OpenID4VP 1.0, B.2.6.1).

    `client_id` has its prefix; `response_uri` is the request's `response_uri`, or its `redirect_uri`. `encryption_key`
    is the thumbprint (RFC 7638, SHA-256, 32 bytes) of the key that the response is encrypted to, None when it is not.
    """
    return _transcript("OpenID4VPHandover", [client_id, nonce, _thumbprint(encryption_key), response_uri])


def dc_api_transcript(*, origin: str, nonce: str, encryption_key: bytes | None) -> bytes:
    """Give the transcript of a request by the Digital Credentials API (OpenID4VP 1.0, B.2.6.2).

    `origin` comes from the browser, without the prefix ``origin:``; `encryption_key` as in `openid4vp_transcript`.
    """
    return _transcript("OpenID4VPDCAPIHandover", [origin, nonce, _thumbprint(encryption_key)])


def _thumbprint(encryption_key: bytes | None) -> bytes | None:
    if encryption_key is not None and len(encryption_key) != _THUMBPRINT_BYTES:
        raise MdocError("no thumbprint of 32 bytes")
    return encryption_key


def _transcript(handover: str, info: list[object]) -> bytes:
    digest = hashlib.sha256(encoding.encode(info)).digest()
    return encoding.encode([None, None, [handover, digest]])


def device_authentication(*, session_transcript: bytes, doc_type: str, device_namespaces: bytes) -> bytes:
    """Give DeviceAuthenticationBytes, what the device signs (ISO/IEC 18013-5, 9.1.3.4).

    The transcript and the content of the device's namespaces stand in it byte for byte. Raise a `FormatError` for a
    transcript that is no array of three.
    """
    if len(session_transcript) > MAX_TRANSCRIPT_BYTES:
        raise MdocError("a session transcript of unusual size")
    # Bytes that were no single value would let one party move the borders between what is signed.
    transcript = encoding.decode(session_transcript)
    if type(transcript) is not list or len(transcript) != _TRANSCRIPT_PARTS:
        raise MdocError("no session transcript")
    namespaces = encoding.embed(device_namespaces)
    return encoding.embed(_FOUR + _CONTEXT + session_transcript + encoding.text(doc_type) + namespaces)


_TRANSCRIPT_PARTS: Final = 3
_FOUR: Final = b"\x84"  # an array of four
_CONTEXT: Final = encoding.text("DeviceAuthentication")
