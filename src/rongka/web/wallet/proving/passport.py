"""The passport's two lines, typed or pasted, checked digit by digit, confirmed: an app opens the chip by them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rongka.proofing.mrz import parse_td3
from rongka.proofing.mrz.layout import BIRTH, CHECKED, COMPOSITE, EXPIRY, ISSUING_STATE, NUMBER, SEX
from rongka.registers.identity.errors import DocumentMismatch
from rongka.registers.journal.days import day_of
from rongka.registers.people.commands import read_mrz
from rongka.registers.people.queries import person_card
from rongka.text import Text
from rongka.web.audience import Audience, audience
from rongka.web.components.parts import Row
from rongka.web.forms import form_page
from rongka.web.wallet.showing import number

from .parts import ZONE_KEY, Part, to_part, way_of
from .passport_photo import PhotoForm
from .zone_form import ZoneForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from rongka.proofing.mrz import Mrz
    from rongka.proofing.mrz.layout import Element

COMPARED = (ISSUING_STATE, NUMBER, BIRTH, SEX, EXPIRY)  # what must be the record's; names are never compared so


@dataclass(frozen=True, slots=True)
class CheckDigit:
    """One check digit and the characters that it guards."""

    title: Text
    guards: str
    digit: str


@audience(Audience.HOLDER)
@require_http_methods(["GET", "HEAD", "POST"])
def zone(request: HttpRequest) -> HttpResponse:
    """Let the holder type the lines, look at what they say, and confirm."""
    way = way_of(request)
    if elsewhere := way.instead_of(Part.PASSPORT):
        return elsewhere

    def confirm(form: ZoneForm) -> HttpResponse:
        _must_be_the_records(request, form.cleaned_data["zone"])
        request.session[ZONE_KEY] = str(way.admission_id)
        return to_part(Part.CHIP)

    return form_page(
        request,
        form=ZoneForm,
        template="wallet/proving/passport.html",
        check_template="wallet/proving/passport_check.html",
        context={"photo_form": PhotoForm()},
        rehearse=lambda form: _last_look(request, form),
        carry_out=confirm,
    )


def _last_look(request: HttpRequest, form: ZoneForm) -> HttpResponse:
    zone = form.cleaned_data["zone"]
    _must_be_the_records(request, zone)
    context = {"form": form, "rows": _rows(zone), "digits": _digits(zone), "typed": "\n".join(zone.lines)}
    return render(request, "wallet/proving/passport_check.html", context)


def _must_be_the_records(request: HttpRequest, zone: Mrz) -> None:
    """Raise the error that names what differs from the permit's record, or an expired passport."""
    on = day_of(timezone.now())
    read_mrz("\n".join(zone.lines), on=on)
    recorded = parse_td3(person_card(way_of(request).standing.person_id).mrz, on=on)
    differing = tuple(part.title for part in COMPARED if part.of(zone.lines) != part.of(recorded.lines))
    if differing:
        error = DocumentMismatch(differing)
        error.field = "zone"
        raise error


def _rows(zone: Mrz) -> list[Row]:
    return [
        Row(Text(zh="姓名（机读码）", en="Name (machine-readable)"), number(f"{zone.surname}  {zone.given_names}")),
        Row(NUMBER_TITLE, number(zone.number)),
        Row(Text(zh="签发国", en="Issuing state"), number(zone.issuing_state)),
        Row(Text(zh="出生日期", en="Date of birth"), zone.birth_on),
        Row(Text(zh="性别", en="Sex"), number(zone.sex.value)),
        Row(Text(zh="有效期至", en="Valid until"), zone.expires_on),
    ]


def _digits(zone: Mrz) -> list[CheckDigit]:
    """List what each of the five check digits of the second line guards (ICAO 9303-4, 4.2.2.2)."""
    return [_digit(element, zone) for element in (*CHECKED, COMPOSITE)]


def _digit(element: Element, zone: Mrz) -> CheckDigit:
    return CheckDigit(title=element.title, guards=element.of(zone.lines), digit=zone.lines[1][element.end])


NUMBER_TITLE = Text(zh="护照号码", en="Passport number")
