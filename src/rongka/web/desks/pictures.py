"""Pictures of faces for the officer who decides: opened under a permission, never kept by a browser, looks recorded.

A page names the pictures by addresses without personal data. Each is drawn anew as JPEG, so that no file that somebody
sent reaches a browser as it came, and JPEG 2000, which passports use and browsers do not know, is seen at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rongka.proofing.errors import FaceImageError
from rongka.proofing.pictures import FRAME, PORTRAIT, as_jpeg
from rongka.registers.agencies.permissions import Permission
from rongka.registers.evidence.errors import ImagesDeleted
from rongka.registers.evidence.kinds import ImageKind
from rongka.registers.evidence.queries import images_of
from rongka.registers.identity.looking import open_image, open_images
from rongka.registers.journal.errors import NotFound
from rongka.text import Text
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.verifiers import key_wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rongka.registers.evidence.pictures import OpenedImage

CHOSEN: Final = 8  # frames beside the portrait, spread over the challenge; the others are one tap away


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of the camera: its address, its place in the row, and how long after the first it was taken."""

    address: str
    number: int
    seconds: Text


@dataclass(frozen=True, slots=True)
class Pictures:
    """What a reviewer compares."""

    portrait: str
    chosen: Sequence[Frame]
    others: Sequence[Frame]


def look_at_proof(request: HttpRequest, *, check_id: UUID, proof_id: UUID) -> Pictures | None:
    """Record that this officer looks, and return where the pictures are; None when they are gone or their key is."""
    return pictures_to_compare(check_id=check_id, proof_id=proof_id) if _opened(request, proof_id) else None


def pictures_to_compare(*, check_id: UUID, proof_id: UUID) -> Pictures | None:
    """Return where the pictures are, which is no look at them; None when they are gone."""
    held = [one for one in images_of(check_id=check_id, proof_id=proof_id) if one.is_held]
    portrait = next((one for one in held if one.kind is ImageKind.PORTRAIT), None)
    taken = [one for one in held if one.kind is ImageKind.FRAME]
    if portrait is None or not taken:
        return None
    frames = [
        Frame(_address(proof_id, one.id), number, _after(one.taken_at, taken[0].taken_at))
        for number, one in enumerate(taken, start=1)
    ]
    step = max(1, -(-len(frames) // CHOSEN))
    return Pictures(
        portrait=_address(proof_id, portrait.id),
        chosen=frames[::step],
        others=[frame for place, frame in enumerate(frames) if place % step],
    )


def portrait_of_check(request: HttpRequest, *, check_id: UUID) -> str:
    """Record that this officer looks at a chip's portrait, and return its address; empty when it is gone."""
    opened = _opened(request, check_id)
    return reverse("desks:chip-picture", args=[check_id, opened[0].id]) if opened else ""


@audience(Audience.STAFF, permission=Permission.REVIEW_PROOFS)
@require_safe
def review_picture(request: HttpRequest, proof_id: UUID, image_id: UUID) -> HttpResponse:
    """Serve one picture of a verification that waits for its review."""
    return _picture(request, subject_id=proof_id, image_id=image_id)


@audience(Audience.STAFF, permission=Permission.VERIFY_IDENTITY)
@require_safe
def chip_picture(request: HttpRequest, check_id: UUID, image_id: UUID) -> HttpResponse:
    """Serve the portrait of a chip that the counter read."""
    return _picture(request, subject_id=check_id, image_id=image_id)


def _picture(request: HttpRequest, *, subject_id: UUID, image_id: UUID) -> HttpResponse:
    found = open_image(
        actor=actor_of(request), at=timezone.now(), subject_id=subject_id, image_id=image_id, keys=key_wrap()
    )
    return HttpResponse(drawn_anew(found), content_type="image/jpeg")


def drawn_anew(picture: OpenedImage) -> bytes:
    """Return a picture as plain JPEG without what else was in the file; raise `NotFound` for what we do not decode."""
    try:
        return as_jpeg(picture.data, limits=FRAME if picture.kind is ImageKind.FRAME else PORTRAIT)
    except FaceImageError as cause:
        raise _unreadable() from cause


def _unreadable() -> NotFound:
    return NotFound("evidence.picture-unreadable", Text(zh="图像无法显示。", en="This picture cannot be shown."))


def _opened(request: HttpRequest, subject_id: UUID) -> list[OpenedImage]:
    """Open what is held, which is nothing when it is deleted or the key for it is lost."""
    try:
        return open_images(actor=actor_of(request), at=timezone.now(), subject_id=subject_id, keys=key_wrap())
    except ImagesDeleted:
        return []


def _address(proof_id: UUID, image_id: UUID) -> str:
    return reverse("desks:review-picture", args=[proof_id, image_id])


def _after(at: datetime, first: datetime) -> Text:
    seconds = f"{(at - first).total_seconds():.1f}"
    return Text(zh=f"第{seconds}秒", en=f"{seconds} s")
