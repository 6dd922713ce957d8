"""What the desks ask for around the evidence of an identity: a chip's files, and an officer's decision on a review."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from rongka.registers.identity.outcomes import Outcome
from rongka.registers.identity.reasons import REVIEW_REASONS
from rongka.text import Text
from rongka.web.chip_files import ChipFilesField

from .forms import JudgedChoices, choices_of


class ChipForm(forms.Form):
    """The files that a reader saved of a passport's chip."""

    chip = ChipFilesField(
        label=_("Files of the chip"),
        help_text=_("EF.SOD, DG1, DG2, DG14, DG15 and, if there is one, answer.bin. Choose them all at once."),
    )


REVIEWS = {
    Outcome.ACCEPTED.value: Text(zh="是同一人，审核通过", en="One and the same person: accept"),
    Outcome.REJECTED.value: Text(zh="审核不通过", en="Reject"),
}


class ReviewForm(forms.Form):
    """The officer's decision on an online verification."""

    outcome = forms.ChoiceField(label=_("Result of the review"), choices=choices_of(REVIEWS), widget=forms.RadioSelect)
    reasons = JudgedChoices(
        label=_("Reasons"),
        choices=choices_of(REVIEW_REASONS),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Needed to reject. The holder reads them in both languages."),
    )
