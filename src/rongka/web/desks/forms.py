"""What the desks ask for. Lengths are the registers'; whether the values make sense is the commands' question."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.utils.translation import gettext_lazy as _

from rongka.registers.identity.reasons import REASONS as IDENTITY_REASONS
from rongka.registers.permits.outcomes import Outcome
from rongka.registers.permits.reasons import REASONS as RULING_REASONS
from rongka.rulebook.order import Category, Occasion, Paper
from rongka.text import Text
from rongka.web.components.words import in_page_language
from rongka.web.forms import DayField

from .showing import heading_of

MAX_MRZ = 400  # characters: two lines of 44 with room for spaces
Choices = list[tuple[str, str]]


def choices_of(texts: dict[str, Text]) -> Callable[[], Choices]:
    """Return what asks for the choices at each drawing, in the language of that page."""
    return lambda: [(code, in_page_language(heading_of(text))) for code, text in texts.items()]


class JudgedChoice(forms.ChoiceField):
    """A choice that somebody has to make, and whose lack the command refuses with its rule and source."""

    def validate(self, value: str) -> None:
        """Let nothing pass as nothing."""
        if value:
            super().validate(value)


class JudgedChoices(forms.MultipleChoiceField):
    """Reasons that somebody has to choose, and whose lack the command refuses with its code."""

    def validate(self, value: list[str]) -> None:
        """Let nothing pass as nothing."""
        if value:
            super().validate(value)


def mrz_field() -> forms.CharField:
    """Return the box for the two lines of a passport's machine-readable zone."""
    attributes = {"data-mrz": "", "autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
    return forms.CharField(
        label=_("Machine-readable zone"),
        help_text=_(
            "The two lines of 44 characters at the bottom of the data page. Spaces and small letters are fine."
        ),
        max_length=MAX_MRZ,
        widget=forms.Textarea(attributes),
    )


class JobForm(forms.Form):
    """What the foreigner is to do, where and when."""

    category = forms.ChoiceField(
        label=_("Category"),
        choices=choices_of({category.value: category.title for category in Category}),
        widget=forms.RadioSelect,
    )
    post = forms.CharField(label=_("Post"), max_length=120)
    work_place = forms.CharField(label=_("Place of work"), max_length=120, help_text=_("City and district"))
    valid_from = DayField(label=_("First day of work"), help_text=_("For example, 2026 12 1"))
    valid_until = DayField(label=_("Last day of work"), help_text=_("For example, 2028 11 30"))


class PersonForm(forms.Form):
    """Who the foreigner is, by the passport."""

    surname = forms.CharField(
        label=_("Surname as printed"),
        max_length=120,
        help_text=_("As on the data page, with its accents. A single name goes here."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    given_names = forms.CharField(
        label=_("Given names as printed"),
        max_length=120,
        required=False,
        help_text=_("Every one of them, in the passport's order."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    chinese_name = forms.CharField(
        label=_("Chinese name"), max_length=60, required=False, help_text=_("Only if the person uses one.")
    )
    mrz = mrz_field()


class ApplicationForm(JobForm, PersonForm):
    """A new application, or its correction."""


class SwitchForm(JobForm):
    """The extension, change or reissue of a legacy permit."""

    occasion = JudgedChoice(
        label=_("Occasion"),
        choices=choices_of({occasion.value: occasion.title for occasion in Occasion}),
        widget=forms.RadioSelect,
        help_text=_("Without one of these the legacy permit simply stays valid."),
    )
    field_order = ("occasion",)


OUTCOMES = {
    Outcome.APPROVED.value: Text(zh="予以许可", en="Approve"),
    Outcome.RETURNED.value: Text(zh="退回补正", en="Return for correction"),
    Outcome.REFUSED.value: Text(zh="不予许可", en="Refuse"),
}


class DecisionForm(forms.Form):
    """The authority's decision on the version that the officer has read."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("Your decision"), choices=choices_of(OUTCOMES), widget=forms.RadioSelect)
    reasons = JudgedChoices(
        label=_("Reasons"),
        choices=choices_of(RULING_REASONS),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Needed to return or refuse. The applicant reads them in both languages."),
    )
    note = forms.CharField(
        label=_("Note to the applicant"),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        help_text=_("What exactly is to be corrected. The applicant reads it as you write it."),
    )


class CardReasonForm(forms.Form):
    """Why a card is suspended, or its permit cancelled."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea, help_text=_("The holder reads it as you write it.")
    )


class NothingToFill(forms.Form):
    """A form that only asks to be sent."""


class VisaForm(forms.Form):
    """The Z visa that was issued on a notice."""

    visa_number = forms.CharField(
        label=_("Visa number"), max_length=20, widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"})
    )
    expires_on = DayField(label=_("Visa valid until"), help_text=_("As printed on the visa: year, month, day"))


# What the bearer holds up beside the passport with its visa, which the officer has in hand to read the number.
SHOWN = {
    Paper.ORIGINAL_NOTICE.value: Paper.ORIGINAL_NOTICE.title,
    Paper.NOTICE_COPY.value: Paper.NOTICE_COPY.title,
    Paper.CARD.value: Text(zh="电子社保卡", en="electronic social security card"),
}


class EntryForm(forms.Form):
    """Three inputs at the border."""

    passport_number = forms.CharField(
        label=_("Passport number"), max_length=9, widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"})
    )
    notice_number = forms.CharField(
        label=_("Notice number"),
        max_length=20,
        help_text=_("Two letters and twelve characters, such as TZ7K3M9QXW2R4A"),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    shown = forms.ChoiceField(
        label=_("What was shown beside the passport and visa"), choices=choices_of(SHOWN), widget=forms.RadioSelect
    )


class ExaminationForm(forms.Form):
    """The passport in hand, read by its machine-readable zone."""

    mrz = mrz_field()


class OneTimeCodeForm(ExaminationForm):
    """Who stands at the counter and cannot sign in."""

    number = forms.CharField(
        label=_("Notice number or work permit number"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    field_order = ("number", "mrz")


class CountersignForm(forms.Form):
    """The examination that the second officer has looked at; nothing else is typed."""

    examination_id = forms.UUIDField(widget=forms.HiddenInput)


class RejectionForm(CountersignForm):
    """Why an identity is not verified."""

    reasons = JudgedChoices(
        label=_("Reasons"), choices=choices_of(IDENTITY_REASONS), widget=forms.CheckboxSelectMultiple
    )
