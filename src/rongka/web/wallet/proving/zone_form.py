"""The box for the passport's two lines: typed, pasted, or filled from a photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rongka.proofing.mrz import MrzError, parse_td3
from rongka.registers.journal.days import day_of
from rongka.web.components.words import in_page_language

if TYPE_CHECKING:
    from rongka.proofing.mrz import Mrz

MAX_ZONE = 400  # characters: two lines of 44 with room for spaces


class ZoneForm(forms.Form):
    """The two lines at the bottom of the data page."""

    zone = forms.CharField(
        label=_("The two lines at the bottom of the page with your photo"),
        help_text=_("44 characters each. Type or paste both; spaces and small letters are fine."),
        max_length=MAX_ZONE,
        error_messages={"required": _("Enter both lines")},
        widget=forms.Textarea(
            {"data-mrz": "", "autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )

    def clean_zone(self) -> Mrz:
        """Read the zone; everything that is wrong in it is said at once."""
        typed: str = self.cleaned_data["zone"]
        try:
            return parse_td3(typed, on=day_of(timezone.now()))
        except MrzError as error:
            raise ValidationError([in_page_language(problem.text) for problem in error.problems]) from error
