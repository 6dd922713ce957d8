"""At the counter a reader has saved the files of a passport's chip: they are checked, and the result is evidence."""

from __future__ import annotations

import secrets
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rongka.proofing.chip.active_authentication import NONCE_BYTES
from rongka.registers.agencies.permissions import Permission
from rongka.registers.evidence.commands import check_document
from rongka.registers.evidence.kinds import Source
from rongka.registers.journal.errors import NotFound
from rongka.registers.people.queries import person_card
from rongka.registers.permits.queries import case_of_admission
from rongka.web.audience import Audience, audience
from rongka.web.forms import key_of
from rongka.web.verifiers import document_verifier, key_wrap

from . import showing
from .acting import command_page
from .evidence_forms import ChipForm

# In the session, by admission: the number that this officer's reader was given, and the form that used the last one.
NONCES, USED = "chip-nonces", "chip-nonces-used"


@audience(Audience.STAFF, permission=Permission.VERIFY_IDENTITY)
@require_http_methods(["GET", "HEAD", "POST"])
def chip(request: HttpRequest, admission_id: UUID) -> HttpResponse:
    """Take the chip's files; the answer to our nonce counts once."""
    case = case_of_admission(admission_id)
    if case is None:
        raise NotFound
    nonce = _nonce(request, admission_id)

    def then(_check_id: UUID) -> str:
        _forget(request, admission_id)
        return f"{reverse('desks:verification', args=[admission_id])}#chip"

    return command_page(
        request,
        form=ChipForm,
        template="desks/chip.html",
        command=partial(check_document, verifier=document_verifier(), keys=key_wrap()),
        arguments=lambda answers: {
            "admission_id": admission_id,
            "files": answers["chip"].document(nonce=nonce),
            "source": Source.COUNTER,
        },
        then=then,
        context={
            "admission_id": admission_id,
            "name": showing.plain_name(person_card(case.person_id)),
            "nonce": nonce.hex(" ", 2).upper(),
        },
    )


def _nonce(request: HttpRequest, admission_id: UUID) -> bytes:
    """Return the number that the chip is to sign, the same until it was used; to a form sent twice, the one it used."""
    key, used = request.session.get(USED, {}).get(str(admission_id), (None, ""))
    if key and key == key_of(request):
        return bytes.fromhex(used)
    kept = dict(request.session.get(NONCES, {}))
    if str(admission_id) not in kept:
        kept[str(admission_id)] = secrets.token_hex(NONCE_BYTES)
        request.session[NONCES] = kept
    return bytes.fromhex(kept[str(admission_id)])


def _forget(request: HttpRequest, admission_id: UUID) -> None:
    kept = dict(request.session.get(NONCES, {}))
    nonce = kept.pop(str(admission_id), None)
    request.session[NONCES] = kept
    if nonce:
        request.session[USED] = {**request.session.get(USED, {}), str(admission_id): (key_of(request), nonce)}
