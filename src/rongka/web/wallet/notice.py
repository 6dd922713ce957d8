"""The notice as a paper: the same page that the employer was given, with its printed code."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rongka.documents import NoticeDocument, render_notice
from rongka.registers.agencies.queries import agency_card, staff_cards
from rongka.registers.issuance.commands import notice_code
from rongka.registers.journal.errors import NotFound
from rongka.registers.people.queries import person_card
from rongka.registers.permits.queries import Case, NoticeCard, RulingCard, case_of_person, permit_number_of
from rongka.rulebook.order import Category
from rongka.text import Text
from rongka.web.audience import Audience, actor_of, audience

from .acting import own_id
from .devices import issuing
from .showing import machine_name, printed_name

if TYPE_CHECKING:
    from django.http import HttpRequest

ONE_DAY = timedelta(days=1)


@audience(Audience.HOLDER)
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Answer with the holder's own notice as PDF."""
    case = case_of_person(own_id(request))
    if case is None or case.notice is None or case.ruling is None:
        raise NotFound("notice.not-issued", Text(zh="尚未核发工作许可通知。", en="No notice has been issued to you."))
    code = notice_code(actor=actor_of(request), at=timezone.now(), issuing=issuing(), notice_id=case.notice.id)
    page = render_notice(_document(case, notice=case.notice, ruling=case.ruling, code=code))
    name = f"notice-{case.notice.number}.pdf"
    return HttpResponse(
        page, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def _document(case: Case, *, notice: NoticeCard, ruling: RulingCard, code: str) -> NoticeDocument:
    person, employer = person_card(case.person_id), agency_card(case.employer_id)
    return NoticeDocument(
        notice_number=notice.number,
        permit_number=permit_number_of(case.person_id) or "",
        name=printed_name(person),
        name_mrz=machine_name(person),
        chinese_name=person.chinese_name or None,
        sex=person.sex,  # type: ignore[arg-type]  # the database holds it to F, M and X
        nationality=_same(person.nationality),
        birth_on=person.birth_on,
        passport_number=person.passport_number,
        category=Category(case.category).title,
        employer=employer.name,
        credit_code=employer.credit_code or "",
        post=_same(case.post),
        work_place=_same(case.work_place),
        first_day=case.valid_from,
        last_day=case.valid_until - ONE_DAY,  # periods on record are half open, on paper both days count
        authority=staff_cards([ruling.officer_id])[ruling.officer_id].agency.name,
        issued_on=notice.issued_on,
        apply_for_visa_by=notice.valid_until,
        check_at=f"{settings.PUBLIC_URL}{reverse('guide:check-notice')}",
        code=code,
        demo=settings.DEMO,
    )


def _same(words: str) -> Text:
    return Text(zh=words, en=words)
