"""The first page: what this is, and where each reader begins."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rongka.rulebook import RuleId, rule
from rongka.rulebook.order import Track, steps_of
from rongka.text import Text
from rongka.web.audience import Audience, audience
from rongka.web.components.parts import CardFace, Row, Status, StatusKind

# What readers get wrong most often, says the guide.
OFTEN_MISTAKEN = (
    RuleId.ENTRY_ORIGINAL_NOTICE,
    RuleId.CARD_NO_CLAIM_DEADLINE,
    RuleId.CARD_PHYSICAL_IS_OPTIONAL,
    RuleId.LEGACY_STAYS_VALID,
)

SPECIMEN = CardFace(
    name="SPECIMEN, ANNA MARIA",
    chinese_name="安娜·样本",
    category=Text(zh="A类", en="Category A"),
    status=Status(StatusKind.DONE, Text(zh="已激活", en="Active")),
    fields=(
        Row(Text(zh="许可编号", en="Permit number"), "TZ7K***2R4A"),
        Row(Text(zh="有效期至", en="Valid until"), date(2028, 11, 30)),
        Row(Text(zh="用人单位", en="Employer"), Text(zh="样本精密仪器有限公司", en="Specimen Instruments Co., Ltd.")),
        Row(Text(zh="岗位", en="Post"), Text(zh="光学工程师", en="Optical engineer")),
    ),
)


@audience(Audience.PUBLIC)
def show(request: HttpRequest) -> HttpResponse:
    context = {
        "specimen": SPECIMEN,
        "steps": steps_of(track=Track.OVERSEAS),
        "rules": [rule(rule_id) for rule_id in OFTEN_MISTAKEN],
    }
    return render(request, "guide/home.html", context)
