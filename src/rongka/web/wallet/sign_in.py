"""The foreigners' channel: a number from the notice, and the name. No phone number, no password, no account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from rongka.registers.identity.commands import sign_in_holder
from rongka.registers.journal.errors import Invalid
from rongka.text import Text
from rongka.web.audience import HOLDER_KEY, Audience, audience
from rongka.web.components.dates import clock
from rongka.web.forms import form_page

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse


class SignInForm(forms.Form):
    """What a holder has on the day of arrival: a paper and a name."""

    number = forms.CharField(
        label=_("Notice number or work permit number"),
        help_text=_("Capital or small letters, both are fine"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Enter the number that is printed on the notice")},
    )
    name = forms.CharField(
        label=_("Full name"),
        help_text=_("As your passport prints it, in any order"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"required": _("Enter your name as in the passport")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class NoMatch(Invalid):
    """Number and name are not those of one person; the words say how they differ, never what the record says."""

    def __init__(self, explanation: Text) -> None:
        """Explain at the name, a wrong number too.

        With a number that exists the words are about the name, so they tell that it does: newcomers misspell names
        every day, and nobody guesses a number of 59 random bits.
        """
        super().__init__(
            "sign-in.no-match",
            explanation,
            next_step=Text(
                zh="请核对后重试；仍不能登录的，请联系用人单位。",
                en="Check both and try again. If it still fails, ask your employer.",
            ),
            field="name",
        )


class TooManyTries(Invalid):
    """Wait; as a clock time, which needs no counting."""

    status = 429

    def __init__(self, retry_at: datetime) -> None:
        """Say from when it may be tried again."""
        super().__init__(
            "sign-in.too-many-tries",
            Text(
                zh=f"尝试次数过多，请在{clock(retry_at)}（北京时间）之后重试。",
                en=f"Too many tries. Try again after {clock(retry_at)} (Shanghai time).",
            ),
            next_step=Text(
                zh="请先核对通知上的编号和护照上的姓名。",
                en="Until then, compare the number with the notice and the name with the passport.",
            ),
        )


@audience(Audience.PUBLIC)
@never_cache
@sensitive_post_parameters("number", "name")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign a holder in."""
    if request.method != "POST" and request.session.get(HOLDER_KEY):
        return HttpResponseRedirect(reverse("wallet:steps"))
    return form_page(
        request,
        form=SignInForm,
        template="wallet/sign_in.html",
        initial={"next": request.GET.get("next", "")},
        carry_out=lambda form: _enter(request, form.cleaned_data),
    )


@audience(Audience.HOLDER)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign the holder out; the device's key stays, for it opens nothing without a sign-in."""
    request.session.pop(HOLDER_KEY, None)
    request.session.cycle_key()
    return HttpResponseRedirect(reverse("wallet:sign-in"))


def _enter(request: HttpRequest, answers: dict[str, Any]) -> HttpResponse:
    result = sign_in_holder(
        at=timezone.now(), number=answers["number"], name=answers["name"], pepper=settings.SECRET_KEY.encode()
    )
    if result.retry_at is not None:
        raise TooManyTries(result.retry_at)
    if result.person_id is None or result.explanation is not None:
        raise NoMatch(result.explanation or Text(zh="未能登录。", en="That did not work."))
    # A new key with the new person: a session that somebody planted before the sign-in is worth nothing after it.
    request.session.cycle_key()
    request.session[HOLDER_KEY] = str(result.person_id)
    return HttpResponseRedirect(_own_page(answers["next"]) or reverse("wallet:steps"))


def _own_page(address: str) -> str:
    """Return the address when it is a page of this wallet, never another site's."""
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours and "/wallet/" in address else ""
