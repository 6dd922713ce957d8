"""The navigation of each audience: one table, filtered by what exists and what this member of staff may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _

from rongka.web.audience import mark_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

_STEPS = "M4 6h2m4 0h10M4 12h2m4 0h10M4 18h2m4 0h6"
_CODE = "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2m4-2v6h-6v-2m2-2h2"
_SERVICES = "M4 10 12 4l8 6v10H4zM9 20v-6h6v6"
_ME = "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4.5 3.5-7 8-7s8 2.5 8 7"


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: the name of its address, its title, and the drawing of its tab. Others keep it current too."""

    name: str
    title: _StrPromise
    icon: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A place as this request sees it."""

    href: str
    title: str
    icon: str
    is_current: bool


PROVING_PAGES = tuple(
    f"wallet:proving-{page}"
    for page in (
        "consent",
        "withdraw-consent",
        "consent-withdrawn",
        "passport",
        "chip",
        "pairing",
        "face",
        "result",
        "withdraw",
    )
)
WALLET_STEPS = (
    *(f"wallet:{page}" for page in ("verification", "claim", "claimed", "bind", "bound", "activated")),
    *PROVING_PAGES,
)
ME_PAGES = tuple(f"wallet:{page}" for page in ("revoke-device", "device-revoked", "passkey", "passkey-removed"))
CARD_PAGES = tuple(f"desks:{page}" for page in ("card", "suspend", "reinstate", "cancel", "card-done"))
COUNTER_PAGES = tuple(
    f"desks:{page}" for page in ("verification", "chip", "examine", "countersign", "reject", "verification-done")
)

REVIEW_PAGES = ("desks:review", "desks:decide-review", "desks:review-done")

# A place whose address does not exist (yet) is left out; a desk's place shows to those who hold its permission.
PLACES: Mapping[str, Sequence[Place]] = {
    "public": (
        Place("guide:guide", _("Guide"), also=("guide:steps",)),
        Place("guide:rules", _("Rules")),
        Place("guide:check-notice", _("Check a notice"), also=("guide:check-code",)),
        Place("wallet:steps", _("My card")),
    ),
    "footer": (
        Place("guide:guide", _("Guide")),
        Place("guide:rules", _("Rules")),
        Place("desks:home", _("Desks for staff")),
    ),
    "wallet": (
        Place("wallet:steps", _("Steps"), _STEPS, also=WALLET_STEPS),
        Place("wallet:code", _("Code"), _CODE, also=("wallet:licence",)),
        Place("wallet:services", _("Services"), _SERVICES, also=("wallet:checks",)),
        Place("wallet:me", _("Me"), _ME, also=ME_PAGES),
    ),
    "desk": (
        Place("desks:workers", _("Workers"), also=("desks:worker", "desks:submitted", "desks:switch", "desks:correct")),
        Place("desks:apply", _("New application")),
        Place("desks:queue", _("Queue"), also=("desks:case", "desks:decide", "desks:decided")),
        Place("desks:cards", _("Cards"), also=CARD_PAGES),
        Place("desks:face-data", _("Face data")),
        Place("desks:notices", _("Notices"), also=("desks:notice", "desks:record-visa", "desks:visa-recorded")),
        Place("desks:arrivals", _("Arrivals"), also=("desks:enter", "desks:entered")),
        Place("desks:counter", _("Verification counter"), also=COUNTER_PAGES),
        Place("desks:reviews", _("Online verifications"), also=REVIEW_PAGES),
        Place("desks:one-time-code", _("One-time codes"), also=("desks:one-time-code-printed",)),
        Place("scanner:scan", _("Scan")),
        Place("scanner:checks", _("Checks"), also=("scanner:check", "scanner:file")),
    ),
}


def entries(request: HttpRequest, which: str) -> list[Entry]:
    """Return the entries that this request shows."""
    return [entry for place in PLACES[which] if (entry := _entry(request, place))]


def _entry(request: HttpRequest, place: Place) -> Entry | None:
    try:
        href = reverse(place.name)
    except NoReverseMatch:
        return None
    mark = mark_of(resolve(href).func)
    actor = getattr(request, "actor", None)
    if mark and mark.permission and not (actor and mark.permission in actor.permissions):
        return None
    match = getattr(request, "resolver_match", None)
    is_current = match is not None and match.view_name in {place.name, *place.also}
    return Entry(href=href, title=str(place.title), icon=place.icon, is_current=is_current)
