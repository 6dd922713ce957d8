"""The notice as a paper: the same page that the employer was given, with its printed code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from rongka.registers.permits.queries import case_of_person
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.papers import notice_pdf

from .acting import own_id

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@audience(Audience.HOLDER)
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Answer with the holder's own notice as PDF."""
    return notice_pdf(case_of_person(own_id(request)), actor=actor_of(request))
