"""The holder's devices: a browser registers the public half of its key; any browser may revoke any of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rongka.credential import base64url
from rongka.registers.issuance.commands import register_device, renew_credential, revoke_device
from rongka.registers.issuance.errors import DeviceKeyInvalid
from rongka.registers.issuance.queries import DeviceCard, credential_token, devices_of
from rongka.registers.journal.errors import Invalid, NotFound, RegisterError
from rongka.web.answers import read_object, refusal
from rongka.web.audience import Audience, actor_of, audience
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
        return refusal(error)
    return JsonResponse({"device": str(device_id), "credential": base64url.encode_text(token)}, status=201)


@audience(Audience.HOLDER)
@require_POST
def renew(request: HttpRequest, device_id: UUID) -> JsonResponse:
    """Answer with the newest credential for a device; one is made when the kept one has grown old or untrue."""
    try:
        renew_credential(actor=actor_of(request), at=timezone.now(), issuing=issuing(), device_id=device_id)
        token = credential_token(device_id)
    except RegisterError as error:
        return refusal(error)
    return JsonResponse({"credential": base64url.encode_text(token)})


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
        key = read_object(request, max_bytes=MAX_REQUEST).get("public_key")
    except Invalid as error:
        raise DeviceKeyInvalid from error
    if not isinstance(key, dict):
        raise DeviceKeyInvalid
    return key
