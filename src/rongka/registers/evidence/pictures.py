"""Keeping, opening and deleting pictures. The callers hold the permission and the lock on the admission."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from django.db import IntegrityError, transaction
from uuid_utils.compat import uuid7

from rongka.registers.journal.commands import record

from .errors import ImagesDeleted, KeyUnreadable
from .events import PicturesDeleted
from .kinds import ImageKind
from .models import Deletion, PersonKey, StoredImage
from .sealing import new_key, seal, unseal

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Q

    from rongka.registers.journal.actors import Actor

    from .sealing import KeyWrap

MOST_AT_ONCE = 500  # rows in one transaction of a deletion


@dataclass(frozen=True, slots=True)
class OpenedImage:
    """A picture, decrypted; its bytes are as hostile as any picture's."""

    id: UUID
    person_id: UUID
    kind: ImageKind
    taken_at: datetime
    data: bytes


def keep_portrait(
    *, at: datetime, person_id: UUID, check_id: UUID, image: bytes, keys: KeyWrap, delete_after: datetime
) -> UUID:
    """Keep the picture of a chip."""
    row = StoredImage(id=uuid7(), document_check_id=check_id, kind=ImageKind.PORTRAIT)
    return _keep(row, at=at, person_id=person_id, image=image, keys=keys, delete_after=delete_after)


def keep_frame(
    *, at: datetime, person_id: UUID, proof_id: UUID, image: bytes, keys: KeyWrap, delete_after: datetime
) -> UUID:
    """Keep a picture that a camera took."""
    row = StoredImage(id=uuid7(), proof_id=proof_id, kind=ImageKind.FRAME)
    return _keep(row, at=at, person_id=person_id, image=image, keys=keys, delete_after=delete_after)


def was_sent_before(image: bytes) -> bool:
    """Tell whether these very bytes came as a frame before, of whomever; hashes outlive the pictures."""
    return StoredImage.objects.filter(sha256=_hash(image), kind=ImageKind.FRAME).exists()


def open_image_row(row: StoredImage, *, keys: KeyWrap) -> OpenedImage:
    """Decrypt one picture; raise `ImagesDeleted` when it is gone, or its key is."""
    key = PersonKey.objects.get(id=row.key_id)
    if row.box is None or key.wrapped is None:
        raise ImagesDeleted
    try:
        plain_key = keys.unwrap(bytes(key.wrapped))
    except InvalidTag as cause:
        raise ImagesDeleted from cause
    plain = unseal(bytes(row.box), key=plain_key, image_id=row.id, person_id=row.person_id, kind=row.kind)
    return OpenedImage(id=row.id, person_id=row.person_id, kind=ImageKind(row.kind), taken_at=row.taken_at, data=plain)


@transaction.atomic
def delete_pictures(which: Q, *, actor: Actor, at: datetime, reason: str) -> Deletion | None:
    """Empty the boxes of the held pictures of that kind, write down how many; None when there were none.

    At most `MOST_AT_ONCE`. With a person's last picture the key is destroyed; older backups still hold both, wrapped.
    """
    held = StoredImage.objects.filter(which, deleted_at__isnull=True)
    rows = list(held.select_for_update(of=("self",)).order_by("id").values_list("id", "person_id")[:MOST_AT_ONCE])
    if not rows:
        return None
    StoredImage.objects.filter(id__in=[row_id for row_id, _ in rows]).update(box=None, deleted_at=at)
    counts = Counter(person_id for _, person_id in rows)
    destroyed = sum(_destroy_idle_key(person_id, at=at) for person_id in sorted(counts))
    deletion = Deletion.objects.create(reason=reason, images=len(rows), persons=len(counts), keys=destroyed, at=at)
    for person_id, images in counts.items():
        event = PicturesDeleted(subject_id=deletion.id, person_id=person_id, images=images, reason=reason)
        record(event, actor=actor, at=at)
    return deletion


def _keep(
    row: StoredImage, *, at: datetime, person_id: UUID, image: bytes, keys: KeyWrap, delete_after: datetime
) -> UUID:
    key = _key_of(person_id, at=at, keys=keys)
    row.person_id, row.key, row.taken_at, row.delete_after = person_id, key, at, delete_after
    row.sha256 = _hash(image)
    try:
        plain_key = keys.unwrap(bytes(key.wrapped or b""))
    except InvalidTag as cause:
        raise KeyUnreadable from cause
    row.box = seal(image, key=plain_key, image_id=row.id, person_id=person_id, kind=row.kind)
    row.save(force_insert=True)
    return row.id


def _key_of(person_id: UUID, *, at: datetime, keys: KeyWrap) -> PersonKey:
    """Return the person's key, locked so that no deletion destroys it meanwhile; make it when there is none."""
    kept = PersonKey.objects.select_for_update().filter(person_id=person_id, destroyed_at__isnull=True)
    found = kept.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return PersonKey.objects.create(person_id=person_id, wrapped=keys.wrap(new_key()), made_at=at)
    except IntegrityError:
        return kept.get()  # somebody made it a moment ago


def _destroy_idle_key(person_id: UUID, *, at: datetime) -> int:
    """Destroy the key of a person of whom no picture is left; return how many keys that were."""
    key = PersonKey.objects.select_for_update().filter(person_id=person_id, destroyed_at__isnull=True).first()
    if key is None or StoredImage.objects.filter(person_id=person_id, deleted_at__isnull=True).exists():
        return 0
    key.wrapped, key.destroyed_at = None, at
    key.save(update_fields=["wrapped", "destroyed_at"])
    return 1


def _hash(image: bytes) -> str:
    return hashlib.sha256(image).hexdigest()
