"""The scanner's outbox arrives: up to fifty checks at a time, each written down exactly once and answered by itself."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rongka.credential import Challenge, FormatError, VerdictKind, base64url
from rongka.registers.agencies.permissions import Permission
from rongka.registers.agencies.queries import agency_card
from rongka.registers.inspection.errors import CheckUnreadable
from rongka.registers.inspection.methods import Method
from rongka.registers.inspection.outbox import ScannedCheck, keep_check
from rongka.registers.journal.errors import RegisterError
from rongka.registers.journal.wording import one_line
from rongka.web.answers import RequestTooLarge, RequestUnreadable, both, read_object, refusal
from rongka.web.audience import Audience, actor_of, audience

from .forms import MAX_CODE
from .scanning import lists_now

if TYPE_CHECKING:
    from rongka.registers.inspection.queries import Lists
    from rongka.registers.inspection.sightings import Sighting
    from rongka.registers.journal.actors import Actor

MOST = 50  # checks a request: a morning's; the rest comes with the next one
MAX_REQUEST = 256 << 10  # bytes: so many checks of the longest codes
MAX_CREDIT_CODE = 18
NONCE_BYTES = range(8, 65)  # as in a challenge (`credential.live_code`)
MAX_AUDIENCE = 200
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_REASON = re.compile(r"[a-z_-]{1,20}(\.[a-z_-]{1,20}){0,2}")  # at most 62 characters; the record holds 64
_CREDIT_CODE = re.compile(rf"[0-9A-Z]{{0,{MAX_CREDIT_CODE}}}")

Item = dict[str, object]
Kind = TypeVar("Kind", Method, VerdictKind)


@audience(Audience.STAFF, permission=Permission.INSPECT)
@require_http_methods(["GET", "HEAD", "POST"])
def sync(request: HttpRequest) -> JsonResponse:
    """Take checks in; GET gives a scanner that was away for long the token to post with, and says who is signed in."""
    if request.method != "POST":
        return JsonResponse({"csrf": get_token(request), "staff": str(actor_of(request).officer)})
    try:
        items = _items(request)
    except RegisterError as error:
        return refusal(error)
    actor, now, lists = actor_of(request), timezone.now(), lists_now()
    return JsonResponse({"results": [_take(item, actor=actor, at=now, lists=lists) for item in items]})


def _items(request: HttpRequest) -> list[object]:
    items = read_object(request, max_bytes=MAX_REQUEST).get("checks")
    if not isinstance(items, list):
        raise RequestUnreadable
    if len(items) > MOST:
        raise RequestTooLarge
    return items


def _take(item: object, *, actor: Actor, at: datetime, lists: Lists) -> dict[str, object]:
    """Keep one check and answer it; one that is refused holds no other up."""
    given = item.get("id") if isinstance(item, dict) else None
    answer: dict[str, object] = {"id": given if isinstance(given, str) else None}
    try:
        kept = keep_check(actor=actor, at=at, lists=lists, scanned=_scanned(item))
    except RegisterError as error:
        return answer | {"status": "refused", "code": error.code, "text": both(error.text)}
    answer |= {"status": "kept" if kept.is_new else "known", "check_id": str(kept.check_id)}
    return answer | ({"elsewhere": _elsewhere(kept.elsewhere)} if kept.elsewhere else {})


def _elsewhere(seen: Sighting) -> dict[str, object]:
    return {"at": seen.at.isoformat(), "unit": both(agency_card(seen.inspectorate_id).name), "place": seen.place}


def _scanned(item: object) -> ScannedCheck:
    """Read one check; raise `CheckUnreadable` for anything that is not what it must be."""
    if not isinstance(item, dict):
        raise CheckUnreadable("checks")
    method = _one_of(Method, item, "method")
    return ScannedCheck(
        id=UUID(_matching(_UUID, item, "id")),
        code=_code(item, method),
        checked_at=_moment(item, "checked_at"),
        verdict=_one_of(VerdictKind, item, "verdict"),
        reason=_matching(_REASON, item, "reason"),
        purpose=_text(item, "purpose"),
        method=method,
        place=one_line(_text(item, "place"), field="place"),
        employer=_matching(_CREDIT_CODE, item, "employer"),
        challenge=_challenge(item),
    )


def _text(item: Item, name: str) -> str:
    value = item.get(name, "")
    if not isinstance(value, str):
        raise CheckUnreadable(name)
    return value


def _matching(pattern: re.Pattern[str], item: Item, name: str) -> str:
    value = _text(item, name)
    if not pattern.fullmatch(value):
        raise CheckUnreadable(name)
    return value


def _code(item: Item, method: Method) -> str:
    code = _text(item, "code")
    # A typed number is looked up in the database, which takes no control characters.
    if not 0 < len(code) <= MAX_CODE or (method is Method.NUMBER and not code.isprintable()):
        raise CheckUnreadable("code")
    return code


def _moment(item: Item, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(item, name))
    except ValueError as error:
        raise CheckUnreadable(name) from error
    if moment.tzinfo is None:
        raise CheckUnreadable(name)
    return moment


def _one_of(kind: type[Kind], item: Item, name: str) -> Kind:
    try:
        return kind(_text(item, name))
    except ValueError as error:
        raise CheckUnreadable(name) from error


def _challenge(item: Item) -> Challenge | None:
    given = item.get("challenge")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise CheckUnreadable("challenge")
    audience, nonce = _text(given, "audience"), _nonce(_text(given, "nonce"))
    if len(nonce) not in NONCE_BYTES or not 0 < len(audience) <= MAX_AUDIENCE:
        raise CheckUnreadable("challenge")
    return Challenge(nonce=nonce, audience=audience)


def _nonce(text: str) -> bytes:
    try:
        return base64url.decode(text.encode("ascii"))
    except (FormatError, UnicodeEncodeError) as error:
        raise CheckUnreadable("challenge") from error
