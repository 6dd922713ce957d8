"""What this instance verifies passports and faces with; the settings name it, so that pages do not know who does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from rongka.proofing.chip import DocumentVerifier
    from rongka.proofing.face.results import PersonVerifier
    from rongka.proofing.remote import Processor
    from rongka.registers.evidence.sealing import KeyWrap


def document_verifier() -> DocumentVerifier:
    """Return what tells whether a passport's chip is genuine."""
    found: DocumentVerifier = import_string(settings.RONGKA_DOCUMENT_VERIFIER)()
    return found


def person_verifier() -> PersonVerifier | None:
    """Return what tells whether a face is a passport's holder's; None where this city does not offer it."""
    found: PersonVerifier | None = import_string(settings.RONGKA_PERSON_VERIFIER)()
    return found


def processor() -> Processor | None:
    """Return who verifies for this city, as a consent must name it; None where this city does it alone."""
    found: Processor | None = import_string(settings.RONGKA_PROCESSOR)()
    return found


def key_wrap() -> KeyWrap:
    """Return the key for the keys of persons' pictures."""
    found: KeyWrap = import_string(settings.RONGKA_KEY_WRAP)()
    return found
