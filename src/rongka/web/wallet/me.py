"""Me 我的: the passport on record, the papers, the devices, language, sign-out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from rongka.registers.cards.queries import standing_of
from rongka.registers.evidence.queries import consent_of
from rongka.registers.identity.queries import passkeys_of
from rongka.registers.issuance.queries import devices_of
from rongka.registers.people.queries import PersonCard, person_card
from rongka.text import Text
from rongka.web.audience import Audience, audience
from rongka.web.components.parts import Row

from .acting import own_id
from .showing import machine_name, number, printed_name, shown_number

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@audience(Audience.HOLDER)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what is on record about the holder."""
    person = person_card(own_id(request))
    standing = standing_of(person.id)
    context = {
        "name": printed_name(person),
        "chinese_name": person.chinese_name,
        "passport": _passport_rows(person),
        "permit_number": standing.permit_number,
        "notice": standing.case.notice if standing.case else None,
        "consent": consent_of(person.id),
        "devices": devices_of(person.id),
        "passkeys": passkeys_of(person.id),
    }
    return render(request, "wallet/me.html", context)


def _passport_rows(person: PersonCard) -> list[Row]:
    return [
        Row(Text(zh="护照号码", en="Passport number"), shown_number(person.passport_number, masked=True)),
        Row(Text(zh="签发国", en="Issuing state"), number(person.issuing_state)),
        Row(Text(zh="有效期至", en="Valid until"), person.passport_expires_on),
        Row(Text(zh="机读码姓名", en="Name in the machine-readable zone"), number(machine_name(person))),
    ]
