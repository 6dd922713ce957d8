"""Binding the work permit number to the card; then the system does the rest, and the page waits with the holder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from rongka.registers.cards.commands import bind_permit_number
from rongka.registers.cards.queries import standing_of
from rongka.rulebook.order import Event, State
from rongka.web.audience import Audience, audience
from rongka.web.forms import form_page

from .acting import act, own_id
from .claiming import may

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class BindingForm(forms.Form):
    """The number to bind: shown, so that it can be compared with the paper."""

    permit_number = forms.CharField(
        label=_("Work permit number"),
        help_text=_("Compare it with your notice or permit decision"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Enter your work permit number")},
    )

    def clean_permit_number(self) -> str:
        """Read the number as the record writes it."""
        number: str = self.cleaned_data["permit_number"]
        return number.strip().upper()


@audience(Audience.HOLDER)
@require_http_methods(["GET", "HEAD", "POST"])
def bind(request: HttpRequest) -> HttpResponse:
    """Let the holder compare the number, look again, and bind."""
    standing = standing_of(own_id(request))
    if request.method != "POST":
        if standing.card and standing.card.bound_at:
            return HttpResponseRedirect(reverse("wallet:bound"))
        decision = may(Event.BIND_PERMIT_NUMBER, standing.state)
        if not decision.allowed:
            return render(request, "wallet/not_yet.html", {"reasons": decision.reasons})
    return form_page(
        request,
        form=BindingForm,
        template="wallet/bind.html",
        check_template="wallet/bind_check.html",
        context={"card": standing.card},
        initial={"permit_number": standing.permit_number},
        carry_out=lambda form: _bind(request, form.cleaned_data["permit_number"]),
    )


@audience(Audience.HOLDER)
@require_safe
def bound(request: HttpRequest) -> HttpResponse:
    """Confirm the binding and show how far the system has come; asks again by itself until the card is active."""
    standing = standing_of(own_id(request))
    if standing.card is None or standing.card.bound_at is None:
        return HttpResponseRedirect(reverse("wallet:bind"))
    is_working = standing.state in {State.BOUND, State.QUALIFIED}
    context = {
        "standing": standing,
        "card": standing.card,
        "progress": "active" if not is_working else standing.state.value,
        "is_working": is_working,
        "is_active": standing.state is State.ACTIVE,
    }
    return render(request, "wallet/bound.html", context)


def _bind(request: HttpRequest, number: str) -> HttpResponse:
    act(request, bind_permit_number, permit_number=number)
    return HttpResponseRedirect(reverse("wallet:bound"))
