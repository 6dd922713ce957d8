"""The foreigners' channel: a number from the notice, the name, and a one-time code or a browser that is known.

No phone number, no password, no account (ADR 5).
"""

from __future__ import annotations

import secrets
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

from rongka.registers.identity.signing_in import Problem, SignIn, Way, sign_in_holder
from rongka.registers.journal.errors import Invalid
from rongka.text import Text
from rongka.web.audience import HOLDER_KEY, Audience, audience
from rongka.web.components.dates import clock
from rongka.web.forms import form_page
from rongka.web.packing import packed

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

BROWSER_COOKIE = "rk_browser"  # a random token by which a browser is known again; it opens nothing by itself
BROWSER_COOKIE_AGE = 400 * 24 * 60 * 60  # seconds: the longest that browsers keep a cookie
MAX_TOKEN = 64  # characters; ours have 43


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
    code = forms.CharField(
        label=_("One-time code"),
        help_text=_("Only the first time in this browser. It stands on the notice, under the QR code."),
        max_length=20,
        required=False,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class NotLetIn(Invalid):
    """Nobody is signed in; the words say how a name differs or what is missing, never what the record says."""

    def __init__(self, problem: Problem, explanation: Text) -> None:
        """Explain at the name, a wrong number too; or at the code.

        With a number that exists the words are about the name, so they tell that it does: newcomers misspell names
        every day, and nobody guesses a number of 59 random bits.
        """
        super().__init__(
            problem,
            explanation,
            next_step=Text(
                zh="请核对后重试；仍不能登录的，请联系用人单位。",
                en="Check both and try again. If it still fails, ask your employer.",
            )
            if problem is Problem.NO_MATCH
            else None,
            field="name" if problem is Problem.NO_MATCH else "code",
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


@packed
@audience(Audience.PUBLIC)
@never_cache
@sensitive_post_parameters("number", "name", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign a holder in."""
    if request.method != "POST" and request.session.get(HOLDER_KEY):
        return HttpResponseRedirect(reverse("wallet:steps"))
    return form_page(
        request,
        form=SignInForm,
        template="wallet/sign_in.html",
        context={"name_alone": settings.RONGKA_NAME_ALONE_SIGNS_IN},
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


def let_in(request: HttpRequest, person_id: UUID) -> None:
    """Sign a person in; with a new session key: one that somebody planted before is worth nothing after it."""
    request.session.cycle_key()
    request.session[HOLDER_KEY] = str(person_id)


def own_page(address: str) -> str:
    """Return the address when it is a page of this wallet, never another site's; else the first page."""
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours and "/wallet/" in address else reverse("wallet:steps")


def _enter(request: HttpRequest, answers: dict[str, Any]) -> HttpResponse:
    browser = _browser(request)
    result = sign_in_holder(
        at=timezone.now(),
        number=answers["number"],
        name=answers["name"],
        code=answers["code"],
        browser=browser,
        pepper=settings.SECRET_KEY.encode(),
        name_alone=settings.RONGKA_NAME_ALONE_SIGNS_IN,
    )
    let_in(request, _person_of(result))
    response = HttpResponseRedirect(own_page(answers["next"]))
    if result.way is Way.CODE:
        _remember(response, browser)
    return response


def _person_of(result: SignIn) -> UUID:
    if result.retry_at is not None:
        raise TooManyTries(result.retry_at)
    if result.person_id is None:
        explanation = result.explanation or Text(zh="未能登录。", en="That did not work.")
        raise NotLetIn(result.problem or Problem.NO_MATCH, explanation)
    return result.person_id


def _browser(request: HttpRequest) -> str:
    """Return the token that this browser keeps, or one that it shall keep."""
    kept = request.COOKIES.get(BROWSER_COOKIE, "")
    return kept if 0 < len(kept) <= MAX_TOKEN else secrets.token_urlsafe(32)


def _remember(response: HttpResponse, browser: str) -> None:
    response.set_cookie(
        BROWSER_COOKIE,
        browser,
        max_age=BROWSER_COOKIE_AGE,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
