"""The licence view 亮证: the face for reading by eye, masked until the holder opens it; and what it is good for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rongka.documents.wording import SEXES
from rongka.proofing.display import MASK
from rongka.registers.agencies.permissions import Kind
from rongka.registers.agencies.queries import agency_card
from rongka.registers.cards.queries import Standing, standing_of
from rongka.registers.journal.days import day_of
from rongka.registers.people.queries import PersonCard, person_card
from rongka.rulebook.order import Category, State
from rongka.text import Text
from rongka.web.audience import Audience, audience
from rongka.web.components.dates import last_valid_day
from rongka.web.components.parts import CardFace, Row, Status, StatusKind
from rongka.web.components.words import both

from .acting import own_id
from .showing import machine_name, number, places, printed_name, shown_number, typed
from .steps import EXPIRED, setback_of

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from rongka.registers.cards.queries import QualificationCard


@audience(Audience.HOLDER)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Show the face: masked, or open when the holder asked for it. A POST, so that no address opens it."""
    standing = standing_of(own_id(request))
    is_open = request.method == "POST" and "show" in request.POST
    on = day_of(timezone.now())
    setback = setback_of(standing, on=on)
    context = {
        "face": face_of(standing, on=on, masked=not is_open),
        "is_open": is_open,
        "setback": setback,
        "contacts": places(Kind.AUTHORITY) if setback else [],
    }
    return render(request, "wallet/licence.html", context)


@audience(Audience.HOLDER)
@require_safe
def activated(request: HttpRequest) -> HttpResponse:
    """Show the new card and what it is good for."""
    standing = standing_of(own_id(request))
    if standing.state is not State.ACTIVE:
        return HttpResponseRedirect(reverse("wallet:steps"))
    face = face_of(standing, on=day_of(timezone.now()), masked=True)
    return render(request, "wallet/activated.html", {"face": face})


def face_of(standing: Standing, *, on: date, masked: bool) -> CardFace | None:
    """Return the card's face, or None before there is a qualification to show."""
    qualification = standing.card.qualification if standing.card else None
    if qualification is None:
        return None
    person = person_card(standing.person_id)
    status = card_status(standing.state, qualification, on=on)
    is_active = status.kind is StatusKind.DONE
    return CardFace(
        name=printed_name(person, masked=masked),
        chinese_name="" if masked else person.chinese_name,
        mrz_name=machine_name(person, masked=masked),
        category=Text(zh=f"{qualification.category}类", en=f"Category {qualification.category}"),
        fields=_fields(standing, qualification, person, masked=masked),
        status=status,
        is_active=is_active,
        footnote=BY_EYE if is_active else None,
    )


def card_status(state: State, qualification: QualificationCard, *, on: date) -> Status:
    """Return whether the card can be used, in a word."""
    if state is State.CANCELLED:
        return Status(StatusKind.REFUSED, Text(zh="已注销", en="Cancelled"))
    if qualification.valid_until <= on:
        return Status(StatusKind.REFUSED, EXPIRED)
    if state is State.SUSPENDED:
        return Status(StatusKind.REFUSED, Text(zh="已暂停使用", en="Suspended"))
    if state is State.ACTIVE:
        return Status(StatusKind.DONE, Text(zh="已激活", en="Active"))
    return Status(StatusKind.WAITING, state.title)


def _fields(standing: Standing, qualification: QualificationCard, person: PersonCard, *, masked: bool) -> list[Row]:
    values = {
        "permitNumber": shown_number(standing.permit_number or "", masked=masked),
        "category": Category(qualification.category).title,
        "employer": agency_card(qualification.employer_id).name,
        "post": typed(qualification.post),
        "workPlace": typed(qualification.work_place),
        "validFrom": number(f"{qualification.valid_from:%Y-%m-%d}"),
        "lastDay": number(f"{last_valid_day(qualification.valid_until):%Y-%m-%d}"),
        "passport": shown_number(person.passport_number, masked=masked),
        "birthDate": number(MASK if masked else f"{person.birth_on:%Y-%m-%d}"),
        "nationality": number(person.nationality),
        "sex": both(SEXES[person.sex], inline=True),
    }
    return [Row(title, values[name]) for name, title in FIELDS.items()]


# The longer values stand in rows of their own; the style sheet counts on this order.
FIELDS = {
    "permitNumber": Text(zh="工作许可编号", en="Permit number"),
    "category": Text(zh="类别", en="Category"),
    "employer": Text(zh="用人单位", en="Employer"),
    "post": Text(zh="岗位", en="Post"),
    "workPlace": Text(zh="工作地点", en="Place of work"),
    "validFrom": Text(zh="有效期自", en="Valid from"),
    "lastDay": Text(zh="有效期至", en="Valid until"),
    "passport": Text(zh="护照号码", en="Passport number"),
    "birthDate": Text(zh="出生日期", en="Date of birth"),
    "nationality": Text(zh="国籍", en="Nationality"),
    "sex": Text(zh="性别", en="Sex"),
}
BY_EYE = Text(
    zh="供目视查验，请与护照核对。以亮码扫码结果为准。",
    en="For reading by eye: compare with the passport. The scanned live code decides.",
)
