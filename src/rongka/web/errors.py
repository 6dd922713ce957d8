"""The one table from an error of the registers to what a page shows, and the error pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as django_csrf_failure

from rongka.registers.journal.errors import NotPermitted, Refused, RegisterError
from rongka.text import Text

from .answers import PAGE_EXPIRED, answer, refusal, wants_json
from .audience import who_may
from .components.words import in_page_language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from rongka.registers.agencies.permissions import Kind
    from rongka.rulebook import Source

# Who a page may send a reader to; the words for the kinds of agency.
KIND_TITLES: dict[str, Text] = {
    "employer": Text(zh="用人单位", en="the employer"),
    "authority": Text(zh="工作许可主管部门", en="the permit authority"),
    "consulate": Text(zh="驻外使领馆", en="the consulate"),
    "border": Text(zh="边检机关", en="border inspection"),
    "counter": Text(zh="核验窗口", en="the verification counter"),
    "inspectorate": Text(zh="监察机构", en="the inspectorate"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, as a page shows it: code, words, what to do, the source, and the field it is about."""

    code: str
    text: Text
    next_step: Text | None = None
    source: Source | None = None
    field: str = ""
    href: str = ""


def problems_of(error: RegisterError, *, control_ids: dict[str, str] | None = None) -> tuple[Problem, ...]:
    """Return what a page shows for an error: every reason of a refusal, else the error itself."""
    if isinstance(error, Refused):
        return tuple(
            Problem(code=reason.code, text=reason.text, next_step=reason.next_step, source=reason.source)
            for reason in error.decision.reasons
        )
    control = (control_ids or {}).get(error.field, "")
    return (
        Problem(
            code=error.code,
            text=error.text,
            next_step=error.next_step,
            source=getattr(error, "source", None),
            field=error.field,
            href=f"#{control}" if control else "",
        ),
    )


class ProblemMiddleware:
    """Turns an error of the registers that no form caught into its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a `RegisterError`; anything else is a 500."""
        if isinstance(error, RegisterError) and wants_json(request):
            return refusal(error)
        if isinstance(error, NotPermitted):
            return not_permitted(request, error)
        if isinstance(error, RegisterError):
            title = in_page_language(error.text)
            return _page(request, status=error.status, title=title, code=error.code, refusals=problems_of(error))
        return None


def not_permitted(request: HttpRequest, error: NotPermitted) -> HttpResponse:
    """Say that this account may not, and who may."""
    kinds = who_may(error.permission)
    lines = [in_page_language(error.next_step)] if error.next_step else []
    if kinds:
        lines.insert(0, _("This page is for: %(who)s.") % {"who": _listed(kinds)})
    return _page(request, status=403, title=in_page_language(error.text), code=error.code, lines=lines)


def too_many_requests(request: HttpRequest, *, until: datetime | None = None) -> HttpResponse:
    """Answer 429, with the clock time from which it may be tried again."""
    return render(request, "429.html", {"until": until}, status=429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form or a script whose token is missing or old; Django calls this."""
    if wants_json(request):
        return answer(code="request.form-expired", text=in_page_language(PAGE_EXPIRED), status=403)
    return django_csrf_failure(request, reason=reason)


def _page(
    request: HttpRequest,
    *,
    status: int,
    title: str,
    code: str,
    lines: Sequence[str] = (),
    refusals: Sequence[Problem] = (),
) -> HttpResponse:
    context = {"title": title, "lines": lines, "code": code, "refusals": refusals}
    return render(request, "layout/error.html", context, status=status)


def _listed(kinds: list[Kind]) -> str:
    return _(", ").join(in_page_language(KIND_TITLES[kind]) for kind in kinds)
