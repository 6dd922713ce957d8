"""Consents, checks of chips, pairings, and how much face data is held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min, Q

from rongka.registers.journal.actors import Actor, holder
from rongka.registers.journal.days import day_of
from rongka.rulebook.parameters import parameter

from .errors import PairingUnknown
from .kinds import ImageKind, Source
from .models import Deletion, DocumentCheck, FaceConsent, Pairing, StoredImage
from .pairing import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from rongka.rulebook.parameters import Parameter

DELETIONS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ConsentCard:
    """A consent: to which words, in which language, when."""

    id: UUID
    admission_id: UUID
    person_id: UUID
    language: str
    text_version: str
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class DocumentCheckCard:
    """A check of a chip. `result` holds the checks with their words, the hashes and the fingerprints, never a file."""

    id: UUID
    admission_id: UUID
    person_id: UUID
    passport_id: UUID
    pairing_id: UUID | None
    source: Source
    officer_id: UUID | None
    status: str
    level: str
    agrees: bool
    differences: tuple[str, ...]
    has_portrait: bool
    result: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class PairingCard:
    """A pairing, without its secret."""

    id: UUID
    admission_id: UUID
    person_id: UUID
    chip_nonce: str
    opened_at: datetime
    expires_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ImageCard:
    """A picture that is or was kept; the bytes are opened by `identity.looking`, which writes down who looked."""

    id: UUID
    person_id: UUID
    kind: ImageKind
    sha256: str
    taken_at: datetime
    delete_after: datetime
    deleted_at: datetime | None

    @property
    def is_held(self) -> bool:
        """Whether the picture is still there."""
        return self.deleted_at is None


@dataclass(frozen=True, slots=True)
class DeletionCard:
    """One deletion of pictures."""

    id: UUID
    at: datetime
    reason: str
    images: int
    persons: int
    keys: int


@dataclass(frozen=True, slots=True)
class FaceDataHeld:
    """How much face data is held, since when, until when; and from how many persons on a filing is due."""

    persons: int
    images: int
    oldest: datetime | None
    next_deletion: datetime | None
    deletions: tuple[DeletionCard, ...]
    duty_from: Parameter
    duty_within: Parameter

    @property
    def is_duty_reached(self) -> bool:
        """Whether the number from which a filing is due is reached."""
        return self.persons >= self.duty_from.value


def consent_of(person_id: UUID) -> ConsentCard | None:
    """Return a person's consent that stands."""
    row = FaceConsent.objects.filter(person_id=person_id, withdrawn_at__isnull=True).order_by("-given_at").first()
    return _consent(row) if row else None


def consent_by_id(consent_id: UUID) -> ConsentCard:
    """Return a consent, withdrawn or not."""
    return _consent(FaceConsent.objects.get(id=consent_id))


def newest_check(admission_id: UUID) -> DocumentCheckCard | None:
    """Return the newest check of a chip, whatever came of it."""
    return next(iter(checks_of(admission_id)), None)


def checks_of(admission_id: UUID) -> list[DocumentCheckCard]:
    """Return all checks of chips for one admission, the newest first."""
    return _checks(DocumentCheck.objects.filter(admission_id=admission_id).order_by("-checked_at", "-id"))


def check_to_compare(admission_id: UUID, *, passport_id: UUID) -> DocumentCheckCard | None:
    """Return the newest check of this passport with which a face can be compared; else the newest of this passport."""
    found = [check for check in checks_of(admission_id) if check.passport_id == passport_id]
    usable = [check for check in found if check.agrees and check.has_portrait]
    return next(iter([*usable, *found]), None)


def check_by_id(check_id: UUID) -> DocumentCheckCard:
    """Return one check."""
    return _checks(DocumentCheck.objects.filter(id=check_id))[0]


def pairing_of(admission_id: UUID, *, at: datetime) -> PairingCard | None:
    """Return the pairing that is open for an admission."""
    row = Pairing.objects.filter(admission_id=admission_id, closed_at__isnull=True, expires_at__gt=at).first()
    return _pairing(row) if row else None


def pairing_by_secret(*, secret: str, at: datetime) -> PairingCard:
    """Return the open pairing of a secret; raise `PairingUnknown`."""
    found = Pairing.objects.filter(secret_digest=digest_of(secret), closed_at__isnull=True, expires_at__gt=at).first()
    if found is None:
        raise PairingUnknown
    return _pairing(found)


def pairing_seen_by_secret(*, secret: str, at: datetime) -> PairingCard:
    """Return the pairing of a secret, also when it is closed, until its time is over; raise `PairingUnknown`.

    So that an app whose connection broke can still ask what came of its files.
    """
    found = Pairing.objects.filter(secret_digest=digest_of(secret), expires_at__gt=at).order_by("-opened_at").first()
    if found is None:
        raise PairingUnknown
    return _pairing(found)


def actor_of_pairing(*, secret: str, at: datetime) -> Actor:
    """Return the holder in whose name an app or a kiosk acts; raise `PairingUnknown`."""
    return holder(pairing_by_secret(secret=secret, at=at).person_id)


def images_of(*, check_id: UUID | None = None, proof_id: UUID | None = None) -> list[ImageCard]:
    """Return the portrait of a check and the frames of a proof, oldest first, held or deleted."""
    which = Q(document_check_id=check_id) if check_id else Q(pk__in=[])
    if proof_id:
        which |= Q(proof_id=proof_id)
    return [_image(row) for row in StoredImage.objects.filter(which).defer("box").order_by("-kind", "taken_at", "id")]


def images_held_of(person_id: UUID) -> list[ImageCard]:
    """Return the pictures that are held of a person."""
    rows = StoredImage.objects.filter(person_id=person_id, deleted_at__isnull=True).defer("box")
    return [_image(row) for row in rows.order_by("taken_at", "id")]


def face_data_held(*, at: datetime) -> FaceDataHeld:
    """Return how much is held, and the newest deletions."""
    held = StoredImage.objects.filter(deleted_at__isnull=True).aggregate(
        images=Count("id"),
        persons=Count("person_id", distinct=True),
        oldest=Min("taken_at"),
        next_deletion=Min("delete_after"),
    )
    deletions = Deletion.objects.order_by("-at", "-id")[:DELETIONS_SHOWN]
    return FaceDataHeld(
        **held,
        deletions=tuple(_deletion(row) for row in deletions),
        duty_from=parameter("verification.filing-from", on=day_of(at)),
        duty_within=parameter("verification.filing-within", on=day_of(at)),
    )


def own_evidence(person_id: UUID) -> dict[str, Any]:
    """Return all evidence of a person that this register keeps, for the person: ready for JSON, without pictures."""
    consents = FaceConsent.objects.filter(person_id=person_id).order_by("given_at")
    checks = DocumentCheck.objects.filter(person_id=person_id).order_by("checked_at")
    images = StoredImage.objects.filter(person_id=person_id).defer("box").order_by("taken_at", "id")
    return {
        "consents": [_exported(row, "language", "text_version", "given_at", "withdrawn_at") for row in consents],
        "document_checks": [
            _exported(row, "source", "status", "level", "agrees", "differences", "result", "checked_at")
            for row in checks
        ],
        "pictures": [
            _exported(row, "kind", "sha256", "taken_at", "delete_after", "deleted_at", "document_check_id", "proof_id")
            for row in images
        ],
    }


def _exported(row: object, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("id", *names)}


def _consent(row: FaceConsent) -> ConsentCard:
    return ConsentCard(
        id=row.id,
        admission_id=row.admission_id,
        person_id=row.person_id,
        language=row.language,
        text_version=row.text_version,
        given_at=row.given_at,
        withdrawn_at=row.withdrawn_at,
    )


def _checks(rows: Iterable[DocumentCheck]) -> list[DocumentCheckCard]:
    found = list(rows)
    portraits = StoredImage.objects.filter(document_check_id__in=[row.id for row in found], deleted_at__isnull=True)
    held = set(portraits.values_list("document_check_id", flat=True))
    return [
        DocumentCheckCard(
            id=row.id,
            admission_id=row.admission_id,
            person_id=row.person_id,
            passport_id=row.passport_id,
            pairing_id=row.pairing_id,
            source=Source(row.source),
            officer_id=row.officer_id,
            status=row.status,
            level=row.level,
            agrees=row.agrees,
            differences=tuple(row.differences),
            has_portrait=row.id in held,
            result=row.result,
            at=row.checked_at,
        )
        for row in found
    ]


def _pairing(row: Pairing) -> PairingCard:
    return PairingCard(
        id=row.id,
        admission_id=row.admission_id,
        person_id=row.person_id,
        chip_nonce=bytes(row.chip_nonce).hex(),
        opened_at=row.opened_at,
        expires_at=row.expires_at,
        closed_at=row.closed_at,
    )


def _image(row: StoredImage) -> ImageCard:
    return ImageCard(
        id=row.id,
        person_id=row.person_id,
        kind=ImageKind(row.kind),
        sha256=row.sha256,
        taken_at=row.taken_at,
        delete_after=row.delete_after,
        deleted_at=row.deleted_at,
    )


def _deletion(row: Deletion) -> DeletionCard:
    return DeletionCard(id=row.id, at=row.at, reason=row.reason, images=row.images, persons=row.persons, keys=row.keys)
