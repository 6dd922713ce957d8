"""Looking at pictures that are kept of a person: by the officer who decides, or by the person; looks are recorded."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from rongka.registers.agencies.permissions import Permission
from rongka.registers.agencies.queries import staff_cards
from rongka.registers.evidence.errors import ImagesDeleted
from rongka.registers.evidence.events import PicturesSeen
from rongka.registers.evidence.models import DocumentCheck, StoredImage
from rongka.registers.evidence.pictures import OpenedImage, open_image_row
from rongka.registers.journal.commands import record
from rongka.registers.journal.errors import NotFound
from rongka.registers.journal.queries import Happening, happenings_of_person

from .models import FaceProof
from .outcomes import Outcome
from .proofs import pictures_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from rongka.registers.evidence.sealing import KeyWrap
    from rongka.registers.journal.actors import Actor

ONE_LOOK = timedelta(minutes=30)  # a page and its pictures, opened again in this time, are one look


@transaction.atomic
def open_images(*, actor: Actor, at: datetime, subject_id: UUID, keys: KeyWrap) -> list[OpenedImage]:
    """Open what is held of a try (its id), or of a counter's chip check (its id), for the officer who decides it.

    Write down who looked; the same officer within `ONE_LOOK` is written down once.
    """
    rows = list(StoredImage.objects.filter(_which(actor, subject_id), deleted_at__isnull=True))
    opened = [open_image_row(row, keys=keys) for row in sorted(rows, key=lambda row: (row.kind != "portrait", row.id))]
    if opened:
        _note(actor, at=at, subject_id=subject_id, person_id=opened[0].person_id, images=len(opened))
    return opened


@transaction.atomic
def open_image(*, actor: Actor, at: datetime, subject_id: UUID, image_id: UUID, keys: KeyWrap) -> OpenedImage:
    """Open one picture of a try or of a check, as `open_images` does."""
    row = StoredImage.objects.filter(_which(actor, subject_id), id=image_id, deleted_at__isnull=True).first()
    if row is None:
        raise NotFound
    opened = open_image_row(row, keys=keys)
    _note(actor, at=at, subject_id=subject_id, person_id=opened.person_id, images=1)
    return opened


@transaction.atomic
def own_pictures(*, actor: Actor, at: datetime, keys: KeyWrap) -> list[OpenedImage]:
    """Open what is held of the acting holder and can be opened, for the holder's own export."""
    rows = StoredImage.objects.filter(person_id=actor.person, deleted_at__isnull=True).order_by("taken_at", "id")
    opened = []
    for row in rows:
        with suppress(ImagesDeleted):  # the secret for its key was replaced
            opened.append(open_image_row(row, keys=keys))
    if opened:
        _note(actor, at=at, subject_id=actor.person, person_id=actor.person, images=len(opened))
    return opened


def has_looked(actor: Actor, *, subject_id: UUID, person_id: UUID) -> bool:
    """Tell whether this officer has opened the pictures of a try or a check before."""
    return any(_is_look(seen, actor, subject_id) for seen in happenings_of_person(person_id))


def _which(actor: Actor, subject_id: UUID) -> Q:
    """Return which pictures an officer may see of this subject: while there is something to decide, and no longer."""
    proof = FaceProof.objects.filter(id=subject_id, outcome=Outcome.SUBMITTED).first()
    if proof is not None:
        actor.must_have(Permission.REVIEW_PROOFS)
        return pictures_of(proof)
    check = DocumentCheck.objects.filter(id=subject_id, source="counter").first()
    if check is not None:
        actor.must_have(Permission.VERIFY_IDENTITY)
        _must_be_of_the_same_counter(actor, officer_id=check.officer_id)
        return Q(document_check=check)
    actor.must_have(Permission.REVIEW_PROOFS)
    raise NotFound


def _must_be_of_the_same_counter(actor: Actor, *, officer_id: UUID | None) -> None:
    """Raise `NotFound` for an officer of another counter: the person does not stand there."""
    colleagues = staff_cards([officer_id] if officer_id else [])
    if [one.agency.id for one in colleagues.values()] != [actor.agency]:
        raise NotFound


def _note(actor: Actor, *, at: datetime, subject_id: UUID, person_id: UUID, images: int) -> None:
    seen = happenings_of_person(person_id)
    if any(_is_look(one, actor, subject_id) and at - one.at < ONE_LOOK for one in seen):
        return
    record(PicturesSeen(subject_id=subject_id, person_id=person_id, images=images), actor=actor, at=at)


def _is_look(seen: Happening, actor: Actor, subject_id: UUID) -> bool:
    return seen.code == PicturesSeen.code and seen.staff_id == actor.staff_id and seen.subject_id == subject_id
