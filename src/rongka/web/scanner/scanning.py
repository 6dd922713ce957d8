"""Check a code or a number; the answer fills the page, and nothing of a person stands there before it is verified."""

from __future__ import annotations

import base64
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods

from rongka.credential import VerdictKind, cbor
from rongka.registers.agencies.permissions import Permission
from rongka.registers.inspection.commands import Checked, check_code, check_number
from rongka.registers.inspection.keeping import surroundings
from rongka.registers.inspection.methods import Method
from rongka.registers.inspection.queries import Lists, lists_at_hand
from rongka.registers.journal.actors import Actor
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.forms import form_page
from rongka.web.packing import packed
from rongka.web.reading import reads_codes

from .forms import FilingForm, ScanForm
from .showing import FACE, rows_of


def lists_now() -> Lists:
    """Return the published lists that verify under the anchor which this instance pins."""
    return lists_at_hand(anchor=import_string(settings.RONGKA_ANCHOR)(), now=timezone.now())


def anchor_key() -> str:
    """Return the key that this instance pins, for a scanner to pin it too: its COSE key in base64url, or nothing."""
    pinned = import_string(settings.RONGKA_ANCHOR)()
    return base64.urlsafe_b64encode(cbor.encode(pinned.to_cose())).rstrip(b"=").decode() if pinned else ""


@packed
@reads_codes
@audience(Audience.STAFF, permission=Permission.INSPECT)
@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: HttpRequest) -> HttpResponse:
    lists = lists_now()
    updated = max((one.issued_at for one in lists.status.values()), default=None)
    return form_page(
        request,
        form=ScanForm,
        template="scanner/scan.html",
        carry_out=lambda form: _answer(request, form.cleaned_data),
        context={"lists_updated": updated, "lists_missing": lists.trust is None, "anchor": anchor_key(), "face": FACE},
    )


def _answer(request: HttpRequest, typed: dict[str, Any]) -> HttpResponse:
    checked = _check(actor_of(request), typed)
    verdict = checked.verdict
    context = {
        "verdict": verdict,
        # "Valid: valid" would say it twice.
        "reason": None if verdict.kind is VerdictKind.VALID else verdict.reason.text,
        "rows": rows_of(verdict.claims),
        "check_id": checked.check_id,
        "form": FilingForm(),
    }
    return render(request, "scanner/verdict.html", context)


def _check(actor: Actor, typed: dict[str, Any]) -> Checked:
    now = timezone.now()
    if typed["method"] is Method.NUMBER:
        return check_number(actor=actor, at=now, number=typed["code"], purpose=typed["purpose"], place=typed["place"])
    return check_code(
        actor=actor,
        at=now,
        code=typed["code"],
        lists=lists_now(),
        method=typed["method"],
        purpose=typed["purpose"],
        place=typed["place"],
        expected=surroundings(purpose=typed["purpose"], place=typed["place"], employer=typed["employer"]),
    )
