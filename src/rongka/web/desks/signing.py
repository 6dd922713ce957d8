"""Staff sign in with a password, are led to the desk of their agency, and sign out."""

from __future__ import annotations

from typing import Any

from axes.models import AccessAttempt
from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rongka.registers.agencies.permissions import Kind
from rongka.text import Text
from rongka.web.audience import Audience, audience
from rongka.web.errors import Problem, too_many_requests

# One answer for an unknown name and a wrong password: which of the two is nobody's business.
FAILED = Problem(
    code="staff.sign-in-failed",
    text=Text(zh="用户名或密码不正确。", en="The user name or the password is wrong."),
    next_step=Text(
        zh="请核对后重试；忘记密码请联系本单位管理员。连续5次错误将暂时锁定。",
        en="Check both and try again. If you forgot the password, ask your administrator. Five wrong tries lock it.",
    ),
    field="username",
    href="#id_username",
)
DESKS = {
    Kind.EMPLOYER: "desks:workers",
    Kind.AUTHORITY: "desks:queue",
    Kind.CONSULATE: "desks:notices",
    Kind.BORDER: "desks:arrivals",
    Kind.COUNTER: "desks:counter",
    Kind.INSPECTORATE: "scanner:scan",
}


class SignInForm(forms.Form):
    """User name and password."""

    username = forms.CharField(
        label=_("User name"), max_length=64, widget=forms.TextInput({"autocomplete": "username", "spellcheck": "false"})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


@audience(Audience.PUBLIC)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST if request.method == "POST" else None)
    shown: dict[str, Any] = {"form": form, "next": request.POST.get("next", request.GET.get("next", ""))}
    if request.method != "POST":
        if request.user.is_authenticated:
            return HttpResponseRedirect(reverse("desks:home"))
        return render(request, "desks/sign_in.html", shown)
    if not form.is_valid():
        return render(request, "desks/sign_in.html", shown, status=422)
    staff = authenticate(request, **form.cleaned_data)
    if staff is None:
        return render(request, "desks/sign_in.html", shown | {"problems": (FAILED,)}, status=422)
    login(request, staff)
    is_ours = url_has_allowed_host_and_scheme(shown["next"], allowed_hosts={request.get_host()})
    return HttpResponseRedirect(shown["next"] if is_ours else reverse("desks:home"))


@audience(Audience.STAFF)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponseRedirect(reverse("desks:sign-in"))


@audience(Audience.STAFF)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the desk of the agency's kind."""
    kind: Kind = request.staff.agency.kind  # type: ignore[attr-defined]
    try:
        return HttpResponseRedirect(reverse(DESKS[kind]))
    except NoReverseMatch:
        return render(request, "desks/no_desk.html")


def locked_out(request: HttpRequest, _answer: object = None, credentials: dict[str, Any] | None = None) -> HttpResponse:
    """Say at which clock time the next try counts; called by django-axes after too many wrong passwords."""
    name = (credentials or {}).get("username") or request.POST.get("username", "")
    address = getattr(request, "axes_ip_address", None)
    last = AccessAttempt.objects.filter(username=name, ip_address=address).order_by("-attempt_time").first()
    return too_many_requests(request, until=last.attempt_time + settings.AXES_COOLOFF_TIME if last else None)
