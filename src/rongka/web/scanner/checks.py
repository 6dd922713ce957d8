"""The inspectorate's own checks, and the filing of one."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rongka.credential import VerdictKind
from rongka.registers.agencies.permissions import Permission
from rongka.registers.inspection.commands import file_inspection
from rongka.registers.inspection.purposes import PURPOSES
from rongka.registers.inspection.queries import CheckCard, check_of_inspectorate, checks_of_inspectorate
from rongka.registers.inspection.results import RESULTS
from rongka.text import Text
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.components.dates import instant_in_words
from rongka.web.components.parts import Column, Link, Row, Status, StatusKind
from rongka.web.components.tags import VERDICTS
from rongka.web.components.words import in_page_language, typed
from rongka.web.desks.acting import command_page
from rongka.web.desks.showing import in_both, number

from .forms import FilingForm

MOST = 500  # the newest checks that the list reaches back to
ON_A_PAGE = 25
# The wallet and the desks show no green: a verdict in a list is a word and a shape.
KINDS = {
    VerdictKind.VALID: StatusKind.DONE,
    VerdictKind.CHECK: StatusKind.ATTENTION,
    VerdictKind.NOT_VALID: StatusKind.REFUSED,
    VerdictKind.NOT_OUR_CODE: StatusKind.ENDED,
}


@audience(Audience.STAFF, permission=Permission.READ_CHECKS)
@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    found = checks_of_inspectorate(actor_of(request).agency, most=MOST)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    columns = [Column(_("Checked at"), is_short=True), Column(_("Verdict")), Column(_("Purpose")), Column(_("Filed"))]
    return render(
        request, "scanner/checks.html", {"page": page, "columns": columns, "rows": _rows(list(page.object_list))}
    )


@audience(Audience.STAFF, permission=Permission.READ_CHECKS)
@require_safe
def check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    return render(request, "scanner/check.html", _context(request, check_id) | {"form": FilingForm()})


@audience(Audience.STAFF, permission=Permission.INSPECT)
@require_http_methods(["GET", "HEAD", "POST"])
def file_check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    return command_page(
        request,
        form=FilingForm,
        template="scanner/check.html",
        command=file_inspection,
        arguments=lambda typed: typed | {"check_id": check_id},
        then=lambda _id: reverse("scanner:check", args=[check_id]),
        context=_context(request, check_id),
    )


def _context(request: HttpRequest, check_id: UUID) -> dict[str, object]:
    found = check_of_inspectorate(check_id=check_id, inspectorate_id=actor_of(request).agency)
    rows = [
        Row(Text(zh="结论", en="Verdict"), _word(found)),
        Row(Text(zh="原因代码", en="Reason code"), number(found.reason)),
        Row(Text(zh="目的", en="Purpose"), PURPOSES[found.purpose]),
        Row(Text(zh="地点", en="Place"), typed(found.place)),
    ]
    filing = found.filing
    filed = (
        [
            Row(Text(zh="备案结果", en="Result"), RESULTS[filing.result]),
            Row(Text(zh="说明", en="Note"), typed(filing.note)),
        ]
        if filing
        else []
    )
    return {"check": found, "rows": in_both(rows), "filing": filing, "filed": in_both(filed)}


def _word(found: CheckCard) -> Text:
    return VERDICTS[found.verdict.replace("_", "-")]


def _rows(found: list[CheckCard]) -> list[list[object]]:
    return [
        [
            Link(in_page_language(instant_in_words(one.checked_at)), reverse("scanner:check", args=[one.id])),
            Status(KINDS[VerdictKind(one.verdict)], _word(one)),
            PURPOSES[one.purpose],
            RESULTS[one.filing.result] if one.filing else "",
        ]
        for one in found
    ]
