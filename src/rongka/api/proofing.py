"""Reading a passport's chip with an app or at a kiosk: the holder's pairing code lets it hand in the files.

The files are verified here, whatever the app says of them. Answers hold no personal data: who has the code learns what
came of the check, not what is in the passport. `docs/proofing-api.md` tells it in order.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string
from ninja import File, Form, Header, Router
from ninja.errors import AuthenticationError
from ninja.files import UploadedFile
from ninja.security import HttpBearer

from rongka.proofing.chip import Answer, ChipDocument
from rongka.registers.evidence.commands import check_document
from rongka.registers.evidence.errors import PairingUnknown
from rongka.registers.evidence.queries import PairingCard, check_by_id, checks_of, pairing_seen_by_secret
from rongka.registers.journal.actors import holder
from rongka.registers.journal.commands import once

from .chip_files import ChipFiles, ChipForm, PairingOut, Problem, ResultOut, Source, file_rows, result_of

PROBLEMS = dict.fromkeys((400, 401, 404, 405, 409, 413, 422), Problem)
Key = Annotated[UUID | None, Header(alias="Idempotency-Key", description="the same key is the same request")]


class PairingCode(HttpBearer):
    """The code that the wallet shows, as it is typed or read from the picture beside it."""

    def authenticate(self, request: HttpRequest, token: str) -> PairingCard:
        try:
            found = pairing_seen_by_secret(secret=token, at=timezone.now())
        except PairingUnknown as error:
            raise AuthenticationError from error
        request.pairing_code = token  # type: ignore[attr-defined]
        return found


router = Router(auth=PairingCode(), tags=["proofing"])


@router.get("pairing", response={200: PairingOut, **PROBLEMS}, summary="What is wanted, and what came of it")
def show_pairing(request: HttpRequest) -> dict[str, Any]:
    """Give the nonce that the chip is to sign, the files that are wanted, and the newest result of this pairing.

    A pairing is open for a quarter of an hour. It closes when a passport was verified and agrees with the record, or
    when another one is opened; its result can be read until its time is over.
    """
    pairing = _pairing(request)
    newest = next((row for row in checks_of(pairing.admission_id) if row.pairing_id == pairing.id), None)
    return {
        "is_open": pairing.closed_at is None,
        "expires_at": pairing.expires_at,
        "chip_nonce": pairing.chip_nonce,
        "files": file_rows(),
        "result": None if newest is None else result_of(newest),
    }


@router.post("documents", response={200: ResultOut, **PROBLEMS}, summary="Hand in a chip's files, as JSON")
def take_document(request: HttpRequest, files: ChipFiles, key: Key = None) -> dict[str, Any]:
    """Verify the files of a chip, byte for byte as they were read.

    `answer` is what the chip said to INTERNAL AUTHENTICATE with our nonce; without it copies cannot be told apart.
    """
    said = None if files.answer is None else Answer(nonce=files.answer.nonce, signature=files.answer.signature)
    groups = {name: getattr(files, name) for name in ("dg1", "dg2", "dg14", "dg15")}
    return _check(request, ChipDocument(sod=files.sod, answer=said, **groups), source=files.source, key=key)


@router.post("documents/files", response={200: ResultOut, **PROBLEMS}, summary="Hand in a chip's files, as a form")
def take_files(
    request: HttpRequest,
    *,
    form: Form[ChipForm],
    sod: File[UploadedFile],
    dg1: File[UploadedFile],
    dg2: File[UploadedFile | None] = None,
    dg14: File[UploadedFile | None] = None,
    dg15: File[UploadedFile | None] = None,
    answer: File[UploadedFile | None] = None,
    key: Key = None,
) -> dict[str, Any]:
    """Verify the files of a chip as multipart/form-data; the same as in JSON, without base64."""
    document = ChipDocument(
        sod=sod.read(),
        dg1=dg1.read(),
        dg2=_read(dg2),
        dg14=_read(dg14),
        dg15=_read(dg15),
        answer=None if answer is None else Answer(nonce=form.nonce_answered(), signature=answer.read()),
    )
    return _check(request, document, source=form.source, key=key)


def _read(file: UploadedFile | None) -> bytes | None:
    """Read a file; all together are no larger than a request may be, and the verifier bounds each."""
    return None if file is None else file.read()


def _pairing(request: HttpRequest) -> PairingCard:
    found: PairingCard = request.auth  # type: ignore[attr-defined]
    return found


def _check(request: HttpRequest, document: ChipDocument, *, source: Source, key: UUID | None) -> dict[str, Any]:
    """Have the chip verified in the name of the holder who opened the pairing."""
    pairing = _pairing(request)
    command = partial(
        check_document,
        verifier=import_string(settings.RONGKA_DOCUMENT_VERIFIER)(),
        keys=import_string(settings.RONGKA_KEY_WRAP)(),
        pairing_secret=request.pairing_code,  # type: ignore[attr-defined]
    )
    actor, at = holder(pairing.person_id), timezone.now()
    asked: dict[str, Any] = {"admission_id": pairing.admission_id, "files": document, "source": source.value}
    if key is None:
        return result_of(check_by_id(command(actor=actor, at=at, **asked)))
    check_id = once(command, actor=actor, at=at, key=str(key), **asked)
    return result_of(check_by_id(check_id)) if check_id else {}
