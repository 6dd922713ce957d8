"""One pattern for every form: parse, look again, carry out one command; an error shows the page with what was typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from rongka.registers.journal.errors import RegisterError

from .components.fields import first_id
from .components.tags import IDEMPOTENCY_KEY
from .components.words import in_page_language
from .errors import problems_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

MAX_KEY_LENGTH = 64  # our own keys have 36 characters; anything longer is not ours
YEARS = range(1900, 2200)  # of a living person's days; near 1 and 9999 the arithmetic of dates overflows
CONFIRM = "confirm"


def form_page(
    request: HttpRequest,
    *,
    form: type[forms.Form] | Callable[..., forms.Form],
    template: str,
    carry_out: Callable[[Any], HttpResponse],
    check_template: str = "",
    rehearse: Callable[[Any], HttpResponse | None] | None = None,
    context: Mapping[str, Any] | None = None,
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a form, or carry out its one command with the valid form.

    `carry_out` calls the command and redirects. With `check_template` a valid form is first shown there
    ({% check_answers %}) and carried out when it comes back with `confirm`; `rehearse` finds out before that look
    whether the command would be refused, and may answer instead. Errors keep what was typed: 422 for a
    form that does not parse, the error's own status for a command that was refused.
    """
    shown = dict(context or {})
    if request.method != "POST":
        return render(request, template, shown | {"form": form(initial=initial), "problems": ()})
    sent = form(request.POST, request.FILES, initial=initial)
    if not sent.is_valid():
        return render(request, template, shown | {"form": sent, "problems": ()}, status=422)
    is_last_look = check_template and CONFIRM not in request.POST
    if is_last_look and "change" in request.POST:
        return render(request, template, shown | {"form": sent})
    try:
        if not is_last_look:
            return carry_out(sent)
        answer = rehearse(sent) if rehearse else None
        return answer or render(request, check_template, shown | {"form": sent})
    except RegisterError as error:
        control_ids = {bound.name: first_id(bound) for bound in sent.visible_fields()}
        problems = problems_of(error, control_ids=control_ids)
        if error.field in sent.fields:
            sent.add_error(error.field, in_page_language(problems[0].text))
        return render(request, template, shown | {"form": sent, "problems": problems}, status=error.status)


def key_of(request: HttpRequest) -> str | None:
    """Return the idempotency key that the form carried, or None when it carried none of ours."""
    key = request.POST.get(IDEMPOTENCY_KEY, "")
    return key if 0 < len(key) <= MAX_KEY_LENGTH and key.isprintable() else None


class DayWidget(forms.MultiWidget):
    """Year, month and day, in this order in both languages."""

    def __init__(self, *, autocomplete: str = "", hidden: bool = False) -> None:
        """Make three boxes; `autocomplete` is ``bday`` for the reader's own date of birth."""
        inner = forms.HiddenInput if hidden else forms.TextInput
        parts = ("year", "month", "day")
        super().__init__(
            {part: inner({"autocomplete": f"{autocomplete}-{part}"} if autocomplete else {}) for part in parts}
        )

    def decompress(self, value: date | None) -> Sequence[int | None]:
        """Split a date over the boxes."""
        return (value.year, value.month, value.day) if value else (None, None, None)


class DayField(forms.MultiValueField):
    """A date as year, month and day."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": _("Enter the date: year, month and day"),
        "incomplete": _("Enter year, month and day"),
        "invalid": _("Enter a real date, such as 2026 11 25"),
    }

    def __init__(self, *, autocomplete: str = "", **options: Any) -> None:  # noqa: ANN401 - Django's field options
        """Take the options of any field."""
        inner = [forms.CharField(max_length=4), forms.CharField(max_length=2), forms.CharField(max_length=2)]
        super().__init__(inner, widget=DayWidget(autocomplete=autocomplete), **options)
        self.hidden_widget = lambda: DayWidget(hidden=True)  # type: ignore[assignment]  # Django calls it as a class

    def compress(self, data_list: list[str]) -> date | None:
        """Join the boxes."""
        if not data_list:
            return None
        try:
            day = date(*(int(part) for part in data_list))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if day.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day
