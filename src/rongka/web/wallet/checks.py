"""What inspectors saw: every check made on the holder, who, when, where, why, and which fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rongka.registers.agencies.queries import agency_cards
from rongka.registers.inspection.purposes import PURPOSES
from rongka.registers.inspection.queries import CheckCard, checks_of_person
from rongka.text import Text
from rongka.web.audience import Audience, audience

from .acting import own_id
from .showing import typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from rongka.registers.agencies.queries import AgencyCard

CHECKS_A_PAGE = 20
PUBLIC = Text(zh="公众（未登录）", en="A member of the public")
_FIELDS = {
    "name": Text(zh="姓名", en="name"),
    "permit number": Text(zh="工作许可编号", en="permit number"),
    "notice number": Text(zh="通知编号", en="notice number"),
    "category": Text(zh="类别", en="category"),
    "employer": Text(zh="用人单位", en="employer"),
    "post": Text(zh="岗位", en="post"),
    "work place": Text(zh="工作地点", en="place of work"),
    "valid until": Text(zh="有效期至", en="valid until"),
}
_ANSWERS = {
    "valid": Text(zh="有效", en="Valid"),
    "check": Text(zh="需复核", en="To be checked"),
    "not_valid": Text(zh="无效", en="Not valid"),
    "not_our_code": Text(zh="不是本系统的码", en="Not our code"),
}


@dataclass(frozen=True, slots=True)
class Sighting:
    """One check as the holder reads it; the inspector's own name stays with the inspectorate."""

    who: Text
    at: datetime
    place: SafeString | None
    purpose: Text | None
    answer: Text
    judged: Text | None
    fields: tuple[Text, ...]


@audience(Audience.HOLDER)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """List every check, the newest first."""
    page = Paginator(checks_of_person(own_id(request)), CHECKS_A_PAGE).get_page(request.GET.get("page"))
    agencies = agency_cards(check.inspectorate_id for check in page if check.inspectorate_id)
    sightings = [_sighting(check, agencies) for check in page]
    return render(request, "wallet/checks.html", {"sightings": sightings, "page": page})


def _sighting(check: CheckCard, agencies: Mapping[UUID, AgencyCard]) -> Sighting:
    inspectorate = agencies.get(check.inspectorate_id) if check.inspectorate_id else None
    return Sighting(
        who=inspectorate.name if inspectorate else PUBLIC,
        at=check.checked_at,
        place=typed(check.place) if check.place else None,
        purpose=PURPOSES.get(check.purpose),
        answer=_ANSWERS[check.verdict],
        # What a scanner without a network said, and what its code deserved, are nearly always the same.
        judged=_ANSWERS[check.judged_verdict] if check.judged_verdict not in {"", check.verdict} else None,
        fields=tuple(_FIELDS.get(field, Text(zh=field, en=field)) for field in check.fields_seen),
    )
