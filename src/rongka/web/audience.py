"""Who a page is for: every view declares it, and the declaration enforces it. A test finds views without one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode

from rongka.registers.agencies.permissions import Kind, Permission, Role, permissions_of
from rongka.registers.agencies.queries import actor_of_staff, staff_cards
from rongka.registers.journal.actors import Actor, holder

from .answers import SIGN_IN_AGAIN, answer, wants_json
from .components.words import in_page_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

HOLDER_KEY = "holder_person_id"
SIGN_IN = {"holder": "wallet:sign-in", "staff": "desks:sign-in"}


class Audience(StrEnum):
    """The three kinds of reader."""

    PUBLIC = "public"
    HOLDER = "holder"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a view declares."""

    audience: Audience
    permission: Permission | None


class View(Protocol):
    """A function view."""

    def __call__(self, request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - Django's
        """Answer a request."""


def audience(who: Audience, *, permission: Permission | None = None) -> Callable[[View], View]:
    """Declare and enforce who may open a view; a permission is for staff alone. Sets `request.actor`."""
    if permission and who is not Audience.STAFF:
        msg = "only staff hold permissions"
        raise ValueError(msg)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - Django's
            if who is Audience.PUBLIC:
                return view(request, *args, **kwargs)
            if not _recognise(request, who):
                return _to_sign_in(request, who)
            if permission:
                actor_of(request).must_have(permission)
            response = view(request, *args, **kwargs)
            # A page about a person is never kept by a shared or a browser's cache.
            patch_cache_control(response, private=True, no_store=True)
            return response

        guarded.audience_mark = Mark(who, permission)  # type: ignore[attr-defined]
        return guarded

    return decorate


def mark_of(view: object) -> Mark | None:
    """Return what a view declares, or None when it declares nothing."""
    return getattr(view, "audience_mark", None)


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts; only for views whose audience is not the public."""
    return request.actor  # type: ignore[attr-defined]


def who_may(permission: str) -> list[Kind]:
    """Return the kinds of agency whose staff hold a permission, for the page that says no."""
    return [kind for kind in Kind if permission in permissions_of(kind=kind, role=Role.OFFICER)]


def _recognise(request: HttpRequest, who: Audience) -> bool:
    if who is Audience.HOLDER:
        person_id = request.session.get(HOLDER_KEY)
        if person_id:
            request.actor = holder(UUID(person_id))  # type: ignore[attr-defined]
        return bool(person_id)
    if not request.user.is_authenticated:
        return False
    staff_id = request.user.pk
    request.actor = actor_of_staff(staff_id)  # type: ignore[attr-defined]
    request.staff = staff_cards([staff_id])[staff_id]  # type: ignore[attr-defined]
    return True


def _to_sign_in(request: HttpRequest, who: Audience) -> HttpResponse:
    if wants_json(request):
        return answer(code="access.sign-in", text=in_page_language(SIGN_IN_AGAIN), status=401)
    # After a POST without a session the form cannot be replayed, so only a page that can be opened is remembered.
    query = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
    return HttpResponseRedirect(reverse(SIGN_IN[who.value]) + query)
