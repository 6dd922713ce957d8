"""Passkeys: signing in with one; adding, naming and removing one's own. The browser's part: `passkey.island.ts`."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rongka.credential import base64url
from rongka.registers.identity.errors import PasskeyRefused
from rongka.registers.identity.passkeys import (
    MAX_LABEL,
    Site,
    add_passkey,
    name_passkey,
    options_to_add,
    options_to_sign_in,
    remove_passkey,
    sign_in_with_passkey,
)
from rongka.registers.identity.queries import passkey_of
from rongka.registers.journal.errors import RegisterError
from rongka.registers.people.queries import person_card
from rongka.web.answers import read_object, refusal
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.forms import form_page

from .acting import act, own_id
from .devices import label_of
from .showing import printed_name
from .sign_in import let_in, own_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

MAX_REQUEST = 16 << 10  # bytes; an answer has one or two thousand
CHALLENGE_KEY = "passkey_challenge"
CHALLENGE_BYTES = 32
CHALLENGE_LIFE = 300  # seconds; a person finds the finger within two minutes


class NameForm(forms.Form):
    """What the holder calls it."""

    label = forms.CharField(label=_("Name of the passkey"), max_length=MAX_LABEL)


@audience(Audience.PUBLIC)
@never_cache
@require_POST
def sign_in_options(request: HttpRequest) -> JsonResponse:
    """Ask whoever comes to show a passkey."""
    return JsonResponse(options_to_sign_in(site=_site(request), challenge=_ask(request, "sign-in")))


@audience(Audience.PUBLIC)
@never_cache
@require_POST
def sign_in(request: HttpRequest) -> JsonResponse:
    """Let somebody in whose passkey answered."""
    try:
        challenge, sent = _asked(request, "sign-in"), read_object(request, max_bytes=MAX_REQUEST)
        person_id = sign_in_with_passkey(
            at=timezone.now(), site=_site(request), challenge=challenge, answer=_answer(sent)
        )
    except RegisterError as error:
        return refusal(error)
    let_in(request, person_id)
    wanted = sent.get("next")
    return JsonResponse({"next": own_page(wanted if isinstance(wanted, str) else "")})


@audience(Audience.HOLDER)
@require_POST
def options(request: HttpRequest) -> JsonResponse:
    """Ask this browser to make a passkey."""
    person = person_card(own_id(request))
    return JsonResponse(
        options_to_add(
            site=_site(request), person_id=person.id, name=printed_name(person), challenge=_ask(request, "add")
        )
    )


@audience(Audience.HOLDER)
@require_POST
def add(request: HttpRequest) -> JsonResponse:
    """Register the passkey that this browser made."""
    try:
        challenge, sent = _asked(request, "add"), read_object(request, max_bytes=MAX_REQUEST)
        passkey_id = add_passkey(
            actor=actor_of(request),
            at=timezone.now(),
            site=_site(request),
            challenge=challenge,
            answer=_answer(sent),
            label=label_of(request.headers.get("User-Agent", "")),
        )
    except RegisterError as error:
        return refusal(error)
    return JsonResponse({"next": reverse("wallet:passkey", args=[passkey_id])}, status=201)


@audience(Audience.HOLDER)
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: HttpRequest, passkey_id: UUID) -> HttpResponse:
    """Name a passkey, or go on to remove it."""
    found = passkey_of(own_id(request), passkey_id=passkey_id)
    if found.removed_at is not None:
        return HttpResponseRedirect(reverse("wallet:passkey-removed", args=[passkey_id]))
    return form_page(
        request,
        form=NameForm,
        template="wallet/passkey.html",
        initial={"label": found.label},
        context={"passkey": found},
        carry_out=lambda form: _name(request, passkey_id, form.cleaned_data["label"]),
    )


@audience(Audience.HOLDER)
@require_POST
def remove(request: HttpRequest, passkey_id: UUID) -> HttpResponse:
    """Remove a passkey."""
    act(request, remove_passkey, passkey_id=passkey_id)
    return HttpResponseRedirect(reverse("wallet:passkey-removed", args=[passkey_id]))


@audience(Audience.HOLDER)
@require_safe
def removed(request: HttpRequest, passkey_id: UUID) -> HttpResponse:
    """Confirm that a passkey signs nobody in any more."""
    found = passkey_of(own_id(request), passkey_id=passkey_id)
    if found.removed_at is None:
        return HttpResponseRedirect(reverse("wallet:passkey", args=[passkey_id]))
    context = {"passkey": found, "reference": found.id.hex[-8:].upper()}
    return render(request, "wallet/passkey_removed.html", context)


def _name(request: HttpRequest, passkey_id: UUID, label: str) -> HttpResponse:
    act(request, name_passkey, passkey_id=passkey_id, label=label)
    return HttpResponseRedirect(reverse("wallet:me"))


def _site(request: HttpRequest) -> Site:
    """Return for whom passkeys are made here; Django lets no host in that is not ours."""
    host = request.get_host()
    return Site(host=host.rsplit(":", 1)[0] if not host.endswith("]") else host, origin=f"{request.scheme}://{host}")


def _ask(request: HttpRequest, what: str) -> bytes:
    """Make a challenge and keep it in the session; it replaces the one before."""
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    until = timezone.now().timestamp() + CHALLENGE_LIFE
    request.session[CHALLENGE_KEY] = {"for": what, "challenge": base64url.encode_text(challenge), "until": until}
    return challenge


def _asked(request: HttpRequest, what: str) -> bytes:
    """Return the challenge and spend it, whatever the answer to it is worth."""
    kept = request.session.pop(CHALLENGE_KEY, None)
    if kept is None or kept["for"] != what or kept["until"] < timezone.now().timestamp():
        raise PasskeyRefused
    return base64url.decode(kept["challenge"].encode())


def _answer(sent: dict[str, object]) -> dict[str, Any]:
    answer = sent.get("answer")
    if not isinstance(answer, dict):
        raise PasskeyRefused
    return answer
