"""Consents, pairings, and the checks of passports' chips; deleting what is due."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from rongka.registers.agencies.permissions import Permission
from rongka.registers.journal.commands import record
from rongka.registers.journal.errors import NotFound
from rongka.registers.permits.models import Admission

from .documents import check_document
from .events import ConsentGiven, ConsentWithdrawn, PairingOpened
from .models import FaceConsent, Pairing
from .pairing import ALPHABET, SECRET_LENGTH, digest_of
from .pictures import delete_pictures

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from rongka.registers.journal.actors import Actor

    from .models import Deletion

__all__ = [
    "OpenedPairing",
    "access_own_admission",
    "check_document",
    "delete_due_images",
    "end_consent",
    "give_consent",
    "open_pairing",
]

PAIRING_OPEN = timedelta(minutes=15)  # long enough to install nothing and read a chip twice
CHIP_NONCE_BYTES = 8  # ICAO 9303-11, 6.1: RND.IFD


@dataclass(frozen=True, slots=True)
class OpenedPairing:
    """A pairing with its secret, which is shown once and not kept."""

    id: UUID
    secret: str
    chip_nonce: str
    expires_at: datetime


@transaction.atomic
def give_consent(*, actor: Actor, at: datetime, admission_id: UUID, language: str, text_version: str) -> UUID:
    """Keep that a holder agreed, to which words in which language; the same words again change nothing."""
    admission = access_own_admission(actor=actor, admission_id=admission_id)
    given = FaceConsent.objects.filter(admission=admission, withdrawn_at__isnull=True).first()
    if given is not None and (given.language, given.text_version) == (language, text_version):
        return given.id
    if given is not None:
        given.withdrawn_at = at
        given.save(update_fields=["withdrawn_at"])
    consent = FaceConsent.objects.create(
        admission=admission, person_id=actor.person, language=language, text_version=text_version, given_at=at
    )
    event = ConsentGiven(
        subject_id=consent.id, person_id=consent.person_id, language=language, text_version=text_version
    )
    record(event, actor=actor, at=at)
    return consent.id


@transaction.atomic
def end_consent(*, actor: Actor, at: datetime, admission_id: UUID) -> UUID:
    """Take a consent back and delete every picture of the person. Ending proofs is `identity.proving`'s part."""
    admission = access_own_admission(actor=actor, admission_id=admission_id)
    consent = FaceConsent.objects.filter(admission=admission, withdrawn_at__isnull=True).first()
    if consent is None:
        raise NotFound
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    record(ConsentWithdrawn(subject_id=consent.id, person_id=consent.person_id), actor=actor, at=at)
    while delete_pictures(Q(person_id=actor.person), actor=actor, at=at, reason="consent-withdrawn"):
        pass
    return consent.id


@transaction.atomic
def open_pairing(*, actor: Actor, at: datetime, admission_id: UUID) -> OpenedPairing:
    """Open a pairing for the holder's own admission, or at a counter for whoever stands there; an earlier one ends."""
    admission = _access_admission(actor=actor, admission_id=admission_id)
    Pairing.objects.filter(admission=admission, closed_at__isnull=True).update(closed_at=at)
    secret = "".join(secrets.choice(ALPHABET) for _ in range(SECRET_LENGTH))
    pairing = Pairing.objects.create(
        admission=admission,
        person_id=admission.person_id,
        secret_digest=digest_of(secret),
        chip_nonce=secrets.token_bytes(CHIP_NONCE_BYTES),
        opened_at=at,
        expires_at=at + PAIRING_OPEN,
    )
    record(PairingOpened(subject_id=pairing.id, person_id=pairing.person_id), actor=actor, at=at)
    nonce = bytes(pairing.chip_nonce).hex()
    return OpenedPairing(id=pairing.id, secret=secret, chip_nonce=nonce, expires_at=pairing.expires_at)


def delete_due_images(*, actor: Actor, at: datetime) -> Deletion | None:
    """Delete pictures whose time is over; return what was written down of it, None when there was nothing."""
    return delete_pictures(Q(delete_after__lte=at), actor=actor, at=at, reason="time-over")


def access_own_admission(*, actor: Actor, admission_id: UUID) -> Admission:
    """Return the acting holder's own admission, locked."""
    found = Admission.objects.select_for_update().filter(id=admission_id, person_id=actor.person).first()
    if found is None:
        raise NotFound
    return found


def _access_admission(*, actor: Actor, admission_id: UUID) -> Admission:
    if actor.person_id is not None:
        return access_own_admission(actor=actor, admission_id=admission_id)
    actor.must_have(Permission.VERIFY_IDENTITY)
    found = Admission.objects.select_for_update().filter(id=admission_id).first()
    if found is None:
        raise NotFound
    return found
