"""The counter's way to let somebody in again: a new one-time code, for whoever shows the passport."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rongka.registers.agencies.permissions import Permission
from rongka.registers.identity.queries import printed_code
from rongka.registers.identity.signing_in import one_time_code, print_one_time_code
from rongka.registers.people.queries import person_card
from rongka.registers.permits.queries import permit_number_of
from rongka.text import Text
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.components.parts import Row

from . import showing
from .acting import command_page
from .forms import OneTimeCodeForm
from .showing import in_both, number

SHOWN_FOR = timedelta(minutes=30)  # the person is still at the counter; later a new one is printed

PRINTED = Text(zh="一次性登录码", en="One-time code")
NEXT_STEP = Text(
    zh="登录时输入编号、姓名和本码，仅可使用一次。请勿告知他人，包括用人单位。",
    en="Sign in with your number, your name and this code. It works once. Tell nobody, your employer included.",
)


@audience(Audience.STAFF, permission=Permission.VERIFY_IDENTITY)
@require_http_methods(["GET", "HEAD", "POST"])
def one_time(request: HttpRequest) -> HttpResponse:
    return command_page(
        request,
        form=OneTimeCodeForm,
        template="desks/one_time_code.html",
        command=print_one_time_code,
        arguments=lambda typed: {"number": typed["number"], "mrz": typed["mrz"]},
        then=lambda code_id: reverse("desks:one-time-code-printed", args=[code_id]),
    )


@audience(Audience.STAFF, permission=Permission.VERIFY_IDENTITY)
@require_safe
def printed(request: HttpRequest, code_id: UUID) -> HttpResponse:
    """Show the code while its person is at the counter."""
    found = printed_code(code_id, counter_id=actor_of(request).agency)
    if not found.is_open or timezone.now() - found.issued_at > SHOWN_FOR:
        return HttpResponseRedirect(reverse("desks:one-time-code"))
    person = person_card(found.person_id)
    rows = [
        Row(Text(zh="姓名", en="Name"), showing.name_of(person)),
        Row(
            Text(zh="一次性登录码", en="One-time code"),
            number(one_time_code(found.id, pepper=settings.SECRET_KEY.encode())),
        ),
    ]
    context = {
        "title": PRINTED,
        "rows": in_both(rows),
        "printed": found,
        # What the person signs in with too, and nothing that looks like the code.
        "reference": permit_number_of(found.person_id) or "",
        "next_step": NEXT_STEP,
    }
    return render(request, "desks/one_time_code_printed.html", context)
