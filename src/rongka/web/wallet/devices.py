"""The holder's devices: a browser registers the public half of its key; any browser may revoke any of them."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rongka.registers.issuance.commands import register_device, revoke_device
from rongka.registers.issuance.errors import DeviceKeyInvalid
from rongka.registers.issuance.queries import DeviceCard, credential_token, devices_of
from rongka.registers.journal.errors import NotFound, RegisterError
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.components.words import in_page_language
from rongka.web.papers import issuing

from .acting import act, own_id

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

MAX_REQUEST = 2048  # bytes; a P-256 key as a JWK has about 150
# What a browser says of itself, from the particular to the general: Edge also says Chrome, Chrome also says Safari.
_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@audience(Audience.HOLDER)
@require_POST
def register(request: HttpRequest) -> JsonResponse:
    """Register this browser's public key and answer with the credential that the issuer made for it."""
    try:
        device_id = register_device(
            actor=actor_of(request),
            at=timezone.now(),
            issuing=issuing(),
            public_key=_public_key(request),
            label=label_of(request.headers.get("User-Agent", "")),
        )
        token = credential_token(device_id)
    except RegisterError as error:
        return _refusal(error)
    credential = base64.urlsafe_b64encode(token).rstrip(b"=").decode()
    return JsonResponse({"device": str(device_id), "credential": credential}, status=201)


@audience(Audience.HOLDER)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Ask once more, then revoke."""
    device = _own_device(request, device_id)
    if request.method == "POST":
        act(request, revoke_device, device_id=device_id)
    elif device.revoked_at is None:
        return render(request, "wallet/revoke.html", {"device": device})
    return HttpResponseRedirect(reverse("wallet:device-revoked", args=[device_id]))


@audience(Audience.HOLDER)
@require_safe
def revoked(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Confirm that a device can no longer show the card."""
    device = _own_device(request, device_id)
    if device.revoked_at is None:
        return HttpResponseRedirect(reverse("wallet:revoke-device", args=[device_id]))
    return render(request, "wallet/revoked.html", {"device": device, "reference": device.id.hex[-8:].upper()})


def label_of(user_agent: str) -> str:
    """Name a browser so that its owner knows it again: Chrome · Android."""
    browser = next((name for mark, name in _BROWSERS if re.search(rf"\b{mark}", user_agent)), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return " · ".join(part for part in (browser, system) if part) or "Browser"


def _own_device(request: HttpRequest, device_id: UUID) -> DeviceCard:
    found = next((device for device in devices_of(own_id(request)) if device.id == device_id), None)
    if found is None:
        raise NotFound
    return found


def _public_key(request: HttpRequest) -> dict[str, object]:
    try:
        sent = json.loads(request.body) if len(request.body) <= MAX_REQUEST else None
    except (ValueError, RecursionError) as error:
        raise DeviceKeyInvalid from error
    key = sent.get("public_key") if isinstance(sent, dict) else None
    if not isinstance(key, dict):
        raise DeviceKeyInvalid
    return key


def _refusal(error: RegisterError) -> JsonResponse:
    next_step = in_page_language(error.next_step) if error.next_step else ""
    answer = {"code": error.code, "text": in_page_language(error.text), "next_step": next_step}
    return JsonResponse(answer, status=error.status)
