"""Check a notice, for everybody: by its printed code, or by its number and first letters. Validity only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from rongka.credential import Verdict
from rongka.registers.inspection.commands import check_code_for_public, check_notice
from rongka.registers.inspection.methods import Method
from rongka.web.audience import Audience, audience
from rongka.web.forms import form_page
from rongka.web.scanner.forms import CodeForm
from rongka.web.scanner.scanning import lists_now


class NoticeForm(CodeForm):
    """A code as text or picture, or the number of a notice with the first letters of the name on it."""

    number = forms.CharField(label=_("Notice number"), required=False, max_length=40)
    initials = forms.CharField(
        label=_("First letters of surname and given name"),
        required=False,
        max_length=4,
        help_text=_("With the number. For MÜLLER, ANNA MARIA: MA"),
    )


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    return form_page(
        request,
        form=NoticeForm,
        template="guide/check_notice.html",
        carry_out=lambda form: _answer(request, form.cleaned_data),
    )


def _answer(request: HttpRequest, typed: dict[str, Any]) -> HttpResponse:
    return render(request, "guide/notice_verdict.html", {"verdict": _check(typed)})


def _check(typed: dict[str, Any]) -> Verdict:
    now = timezone.now()
    if typed["method"] is Method.NUMBER:
        return check_notice(at=now, number=typed["code"], initials=typed["initials"])
    return check_code_for_public(at=now, code=typed["code"], lists=lists_now(), method=typed["method"])
