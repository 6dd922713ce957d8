"""Consent to having face data processed: a page of its own, in the holder's language; and taking it back."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rongka.registers.agencies.permissions import Kind
from rongka.registers.evidence.commands import give_consent
from rongka.registers.identity.proving import withdraw_consent
from rongka.web.audience import Audience, audience
from rongka.web.components.words import page_language
from rongka.web.verifiers import processor
from rongka.web.wallet.acting import act
from rongka.web.wallet.showing import places

from .consent_text import words_with
from .parts import PAGES, Part, to_part, way_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@audience(Audience.HOLDER)
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest) -> HttpResponse:
    """Show the words and record the consent to exactly these, in this language."""
    way = way_of(request)
    if elsewhere := way.instead_of(Part.CONSENT):
        return elsewhere
    words, language = words_with(processor()), page_language()
    is_sent = request.method == "POST"
    # Agreed to is what was shown, which a new edition of the words or of the page's language is not.
    if is_sent and (request.POST.get("text_version"), request.POST.get("language")) == (words.version, language):
        act(request, give_consent, admission_id=way.admission_id, language=language, text_version=words.version)
        return to_part(way_of(request).first)
    context = {
        "way": way,
        "paragraphs": words.paragraphs,
        "version": words.version,
        "language": language,
        "has_changed": is_sent,
        "authorities": places(Kind.AUTHORITY),
        "next_page": PAGES[way.first],
    }
    return render(
        request, "wallet/proving/consent.html", context, status=HTTPStatus.CONFLICT if is_sent else HTTPStatus.OK
    )


@audience(Audience.HOLDER)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """Ask once more, then take the consent back: what was handed in ends, and the pictures are deleted."""
    way = way_of(request)
    if request.method == "POST":
        if way.consent is not None:
            act(request, withdraw_consent, admission_id=way.admission_id)
        return HttpResponseRedirect(reverse("wallet:proving-consent-withdrawn"))
    if way.consent is None:
        return to_part(way.first)
    return render(request, "wallet/proving/withdraw_consent.html", {"way": way})


@audience(Audience.HOLDER)
@require_http_methods(["GET", "HEAD"])
def withdrawn(request: HttpRequest) -> HttpResponse:
    """Confirm that the consent is taken back, and say how it goes on: at a counter."""
    way = way_of(request)
    if way.consent is not None:
        return HttpResponseRedirect(reverse("wallet:proving-withdraw-consent"))
    return render(request, "wallet/proving/consent_withdrawn.html", {"counters": places(Kind.COUNTER)})
