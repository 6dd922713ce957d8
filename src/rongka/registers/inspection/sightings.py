"""One live code, seen twice: a phone shows each code at one place only, so a second place is a copy of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rongka.credential import FormatError, RefusedError, read_code
from rongka.credential.cose import to_be_signed
from rongka.credential.documents import document_id as name_of_document

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class PresentedCode:
    """What is kept of a code's text: a digest, and whether a device made it (a printed code may be seen anywhere)."""

    digest: str
    is_live: bool
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """Another check of the same live code."""

    at: datetime
    inspectorate_id: UUID
    place: str


def presented_code(code: str) -> PresentedCode:
    """Take the digest of a code; of a live one over what the device signed.

    A live code has two signatures that prove the same (r, s and r, n - s); they are one sighting.
    """
    try:
        unverified = read_code(code)
    except (FormatError, RefusedError):
        return PresentedCode(digest=_digest(code.encode(errors="replace")), is_live=False)
    document_id = name_of_document(unverified.issued.payload)
    if unverified.shown is None:
        return PresentedCode(digest=_digest(code.encode(errors="replace")), is_live=False, document_id=document_id)
    signed = to_be_signed(unverified.shown.protected, unverified.shown.payload)
    return PresentedCode(digest=_digest(signed), is_live=True, document_id=document_id)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
