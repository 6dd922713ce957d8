"""The permit authority's page about stored faces: of how many persons, until when, what was deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rongka.registers.agencies.permissions import Permission
from rongka.registers.evidence.queries import face_data_held
from rongka.text import Text
from rongka.web.audience import Audience, audience
from rongka.web.components.parts import Column, Row, Status, StatusKind

from . import showing

if TYPE_CHECKING:
    from rongka.registers.evidence.queries import FaceDataHeld

LATE = timedelta(hours=2)  # the job runs every hour
NONE_HELD = Text(zh="目前没有图像", en="No picture is held")
DUE = Status(StatusKind.YOURS, Text(zh="应备案", en="Filing is due"))
NOT_DUE = Status(StatusKind.DONE, Text(zh="未达到", en="Not reached"))


@audience(Audience.STAFF, permission=Permission.OVERSEE_FACE_DATA)
@require_safe
def face_data(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    held = face_data_held(at=now)
    page = showing.page_of(request, held.deletions)
    context = {
        "held": held,
        "is_late": held.next_deletion is not None and held.next_deletion < now - LATE,
        "now": [
            Row(Text(zh="最早的图像", en="Oldest picture"), held.oldest or NONE_HELD),
            Row(Text(zh="下次应删除", en="Next deletion due"), held.next_deletion or NONE_HELD),
        ],
        "duty": _duty(held),
        "duty_words": _duty_words(held),
        "doubt": held.duty_from.source.doubt,
        "columns": [
            Column(_("Deleted at"), is_short=True),
            Column(_("Pictures"), is_number=True),
            Column(_("Persons"), is_number=True),
            Column(_("Reason")),
        ],
        "page": page,
        "rows": [[one.at, one.images, one.persons, showing.reason_of(one.reason)] for one in page.object_list],
    }
    return render(request, "desks/face_data.html", context)


def _duty(held: FaceDataHeld) -> list[Row]:
    return [
        Row(Text(zh="须备案的人数", en="Due from"), _persons(held)),
        Row(Text(zh="备案期限", en="To be filed within"), held.duty_within.amount),
        Row(Text(zh="目前", en="Now"), DUE if held.is_duty_reached else NOT_DUE),
        Row(Text(zh="依据", en="Source"), held.duty_from.source.cited),
    ]


def _persons(held: FaceDataHeld) -> Text:
    number = f"{held.duty_from.value:,}"
    return Text(zh=f"{number}人", en=f"{number} persons")


def _duty_words(held: FaceDataHeld) -> Text:
    amount, within = _persons(held), held.duty_within.amount
    return Text(
        zh=f"存储人脸信息达到{amount.zh}的，应当在{within.zh}内向网信部门备案。本页只计数，不代为备案。",
        en=f"Whoever stores face data of {amount.en} or more files this with the cyberspace administration within "
        f"{within.en}. This page counts; it files nothing.",
    )
