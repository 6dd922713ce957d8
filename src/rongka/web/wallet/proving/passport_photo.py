"""The two lines read off a photo into the box in which they are typed; the picture is looked at once and not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from rongka.proofing.errors import MrzError, PhotoError
from rongka.proofing.mrz import parse_td3
from rongka.proofing.mrz.photo import MAX_BYTES, TOO_LARGE, read_zone_photo
from rongka.registers.journal.days import day_of
from rongka.registers.journal.errors import Invalid
from rongka.text import Text
from rongka.web.audience import Audience, audience
from rongka.web.forms import form_page

from .parts import Part, to_part, way_of
from .zone_form import ZoneForm

if TYPE_CHECKING:
    from typing import Any

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

    from rongka.proofing.mrz.photo import PhotographedZone

TEMPLATE = "wallet/proving/passport.html"
_TOO_LARGE_STATUS = 413


class PhotoForm(forms.Form):
    """A photo of the page, or of the two lines alone."""

    photo = forms.FileField(
        label=_("Photo of the two lines"),
        help_text=_("JPEG or PNG. Straight, sharp and without glare; the two lines across the whole picture are best."),
        error_messages={"required": _("Choose or take a photo"), "empty": _("Choose or take a photo")},
        widget=forms.FileInput({"accept": "image/jpeg,image/png", "capture": "environment"}),
    )


class PhotoUnreadable(Invalid):
    """No lines can be read off the picture; the box stays empty."""

    def __init__(self, error: PhotoError) -> None:
        """Take code and words over."""
        super().__init__(
            error.code,
            error.text,
            next_step=Text(
                zh="请靠近、端正、避开反光重拍一张，或直接输入两行。",
                en="Take another one: close, straight, without glare. Or type the two lines.",
            ),
            field="photo",
        )
        if error.code == TOO_LARGE.code:
            self.status = _TOO_LARGE_STATUS


@audience(Audience.HOLDER)
@require_http_methods(["GET", "HEAD", "POST"])
def photo(request: HttpRequest) -> HttpResponse:
    """Fill the box with what a photo looks like; the holder compares it, and sends it on as if it were typed."""
    if elsewhere := way_of(request).instead_of(Part.PASSPORT):
        return elsewhere
    if request.method != "POST":
        return to_part(Part.PASSPORT)
    return form_page(
        request,
        form=PhotoForm,
        template=TEMPLATE,
        context={"zone_form": ZoneForm()},
        carry_out=lambda form: _filled(request, _read(form.cleaned_data["photo"])),
    )


def _read(upload: UploadedFile[Any]) -> PhotographedZone:
    try:
        return read_zone_photo(upload.read(MAX_BYTES + 1))
    except PhotoError as error:
        raise PhotoUnreadable(error) from error


def _filled(request: HttpRequest, read: PhotographedZone) -> HttpResponse:
    typed = "\n".join(read.unverified_lines)
    context = {
        "form": ZoneForm(initial={"zone": typed}),
        "photo_form": PhotoForm(),
        "is_photographed": True,
        "remarks": _remarks(typed),
        "unsure": [
            Text(zh=f"第{line}行第{position}位", en=f"line {line}, position {position}")
            for line, position in read.unsure
        ],
    }
    return render(request, TEMPLATE, context)


def _remarks(typed: str) -> tuple[Text, ...]:
    """Say what the check digits say, before anybody sends the lines on."""
    try:
        parse_td3(typed, on=day_of(timezone.now()))
    except MrzError as error:
        return tuple(problem.text for problem in error.problems)
    return ()
