"""What a scanner takes in: a code as text, a picture of it, or a number; and what an inspector files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from rongka.credential import ImageError
from rongka.credential.qr import MAX_IMAGE_BYTES, read_qr_codes
from rongka.registers.inspection.methods import Method
from rongka.registers.inspection.purposes import PUBLIC, PURPOSES
from rongka.registers.inspection.results import RESULTS
from rongka.web.components.words import in_page_language

from .paper import codes_on_paper

NO_CODE_IN_PICTURE = _("No QR code can be read off this picture. Take it again: straight, close and without glare")
NO_CODE_ON_PAPER = _("No QR code can be read off this PDF. Save it again where you got it, or take a picture of it")
PDF = b"%PDF-"  # ISO 32000-1, 7.5.2: every PDF begins so
MAX_CODE = 4000  # characters; the largest QR code holds 4,296, ours less than 1,000


class CodeForm(forms.Form):
    """One of two: the text of a code, or a picture or PDF of it. `cleaned_data` has `code` and `method` in the end."""

    code = forms.CharField(
        label=_("Code as text"),
        required=False,
        max_length=MAX_CODE,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off", "spellcheck": "false", "class": "rk-number"}),
    )
    image = forms.FileField(
        label=_("Picture or PDF of the code"),
        required=False,
        help_text=_("PNG, JPEG, WebP or PDF"),
        widget=forms.ClearableFileInput({"accept": "image/png,image/jpeg,image/webp,application/pdf"}),
    )

    def clean_image(self) -> str:
        """Read the code off the picture, or off the pages."""
        upload: UploadedFile | None = self.cleaned_data.get("image")
        if upload is None:
            return ""
        if (upload.size or 0) > MAX_IMAGE_BYTES:
            raise ValidationError(_("The picture is too large"), code="image.too-large")
        content = upload.read()
        is_paper = content.startswith(PDF)
        try:
            return (codes_on_paper if is_paper else read_qr_codes)(content)[0]
        except ImageError as error:
            explanation, code = (NO_CODE_ON_PAPER, "pdf.no-code") if is_paper else (NO_CODE_IN_PICTURE, "image.no-code")
            raise ValidationError(explanation, code=code) from error

    def given(self, data: dict[str, Any]) -> dict[Method, str]:
        """Return what was filled in, by the way it came."""
        ways = {Method.TEXT: "code", Method.IMAGE: "image", Method.NUMBER: "number"}
        # A code holds blanks and may begin with one, so only the ends that a paste adds are taken off.
        return {method: value for method, name in ways.items() if (value := (data.get(name) or "").strip("\r\n\t"))}

    def clean(self) -> dict[str, Any]:
        """Demand exactly one way, and leave it as `code` and `method`."""
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        given = self.given(data)
        if len(given) != 1:
            self.add_error("code", ValidationError(_("Give one thing: a text, a picture or a number"), code="code.one"))
            return data
        ((method, value),) = given.items()
        return data | {"method": method, "code": value}


class ScanForm(CodeForm):
    """An inspector's check."""

    number = forms.CharField(label=_("Work permit number"), required=False, max_length=40)
    purpose = forms.ChoiceField(
        label=_("Purpose"),
        choices=lambda: [(code, in_page_language(text)) for code, text in PURPOSES.items() if code != PUBLIC],
        help_text=_("The holder sees it beside your unit's name."),
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=120)
    employer = forms.CharField(
        label=_("Credit code of the employer here"),
        required=False,
        max_length=18,
        help_text=_("Only at a work place: the verdict then says whether the permit is for this employer."),
    )


class FilingForm(forms.Form):
    """The result of an inspection."""

    result = forms.ChoiceField(
        label=_("Result"),
        choices=lambda: [(code, in_page_language(text)) for code, text in RESULTS.items()],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3}))
