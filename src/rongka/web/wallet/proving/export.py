"""What is kept of the holder's verification, to take away: a record for reading, and the pictures still held."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rongka.registers.evidence.queries import own_evidence
from rongka.registers.identity.looking import own_pictures
from rongka.registers.identity.queries import own_proofs
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.verifiers import key_wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpRequest

    from rongka.registers.evidence.pictures import OpenedImage

NAME = "my-verification.zip"


@audience(Audience.HOLDER)
@require_safe
def evidence(request: HttpRequest) -> StreamingHttpResponse:
    """Answer with a ZIP file: `evidence.json`, and each picture that is still held under its id."""
    actor, at = actor_of(request), timezone.now()
    record = {"made_at": at} | own_evidence(actor.person) | {"proofs": own_proofs(actor.person)}
    packed = _packed(record, own_pictures(actor=actor, at=at, keys=key_wrap()))
    return StreamingHttpResponse(
        packed, content_type="application/zip", headers={"Content-Disposition": f'attachment; filename="{NAME}"'}
    )


class _Sent:
    """What the archive wrote since it was last asked; without `tell`, so that nothing is ever changed again."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(piece)
        return len(piece)

    def flush(self) -> None:
        """Do nothing: it is the reader who takes."""

    def close(self) -> None:
        """Do nothing: there is no file."""

    def take(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def _packed(record: dict[str, object], pictures: Iterable[OpenedImage]) -> Iterator[bytes]:
    """Give the archive entry by entry: beside the pictures that are handed in one entry is in memory, none on disk."""
    sent = _Sent()
    with ZipFile(sent, "w", ZIP_DEFLATED) as archive:
        archive.writestr("evidence.json", json.dumps(record, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        yield sent.take()
        for picture in pictures:
            # Pictures do not become smaller by trying.
            archive.writestr(f"pictures/{picture.id}{_ending(picture.data)}", picture.data, compresslevel=0)
            yield sent.take()
    yield sent.take()


def _ending(data: bytes) -> str:
    """Name a picture by its first bytes: a chip's may be JPEG 2000 (ICAO 9303-10, 4.7.2)."""
    return ".jpg" if data.startswith(b"\xff\xd8") else ".jp2"
