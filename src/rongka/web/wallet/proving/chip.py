"""The passport's chip: browsers cannot read one, so an app under a pairing code does, or files that a reader saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from rongka.credential.qr import qr_svg
from rongka.registers.evidence.commands import check_document, open_pairing
from rongka.registers.evidence.kinds import Source
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.chip_files import ChipFilesField
from rongka.web.forms import form_page
from rongka.web.verifiers import document_verifier, key_wrap
from rongka.web.wallet.acting import act

from .findings import chip_problems
from .parts import Part, Way, to_part, way_of

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from rongka.registers.evidence.commands import OpenedPairing


class ChipForm(forms.Form):
    """What a reader of chips saved."""

    chip = ChipFilesField(
        label=_("Files from a reader"),
        help_text=_("EF.SOD, DG1 and DG2, and DG14 and DG15 where there are any. Choose all of them at once."),
        error_messages={"required": _("Choose the files that the reader saved")},
    )


@audience(Audience.HOLDER)
@require_http_methods(["GET", "HEAD", "POST"])
def chip(request: HttpRequest) -> HttpResponse:
    """Offer both ways to hand in the chip's files, and say why the last ones were not enough."""
    way = way_of(request)
    if way.first is Part.FACE and request.method != "POST":
        return to_part(Part.FACE)
    if elsewhere := way.instead_of(Part.CHIP):
        return elsewhere
    return form_page(
        request,
        form=ChipForm,
        template="wallet/proving/chip.html",
        context=_context(way),
        carry_out=lambda form: _check(request, way, form.cleaned_data["chip"]),
    )


@audience(Audience.HOLDER)
@require_http_methods(["GET", "HEAD", "POST"])
def pairing(request: HttpRequest) -> HttpResponse:
    """Open a short while in which an app may hand in the files, and show its code, which is not kept."""
    way = way_of(request)
    if request.method != "POST" or way.first is not Part.CHIP:
        return to_part(way.first)
    opened = open_pairing(actor=actor_of(request), at=timezone.now(), admission_id=way.admission_id)
    qr = mark_safe(qr_svg(_address_of(opened)))  # noqa: S308 - our own drawing
    context = _context(way) | {
        "pairing": opened,
        "qr": qr,
        "secret": "-".join((opened.secret[:5], opened.secret[5:])),  # as people read it; either way is understood
        # What an earlier chip was told is over with the new code.
        "chip_problems": [],
        "is_waiting": True,
    }
    return render(request, "wallet/proving/pairing.html", context)


def _check(request: HttpRequest, way: Way, files: Any) -> HttpResponse:  # noqa: ANN401 - a form's cleaned value
    command = partial(check_document, verifier=document_verifier(), keys=key_wrap())
    act(request, command, admission_id=way.admission_id, files=files.document(), source=Source.WALLET)
    return HttpResponseRedirect(reverse("wallet:proving-chip"))


def _context(way: Way) -> dict[str, Any]:
    check = way.check
    return {
        "chip_problems": chip_problems(check) if check else [],
        # The page asks again by itself: something new is there when this changes.
        "progress": check.id if check else "none",
    }


def _address_of(opened: OpenedPairing) -> str:
    """Return what the QR code holds: where to hand in, and the secret behind the #, which no server's log sees."""
    return f"{settings.PUBLIC_URL}/api/v1/proofing/pairing#{opened.secret}"
