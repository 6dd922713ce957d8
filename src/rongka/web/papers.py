"""The papers that more than one room hands out: the notice as PDF, with its printed code."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from rongka.documents import NoticeDocument, render_notice
from rongka.proofing.display import display_name
from rongka.registers.agencies.queries import agency_card, staff_cards
from rongka.registers.identity.signing_in import code_for_notice
from rongka.registers.issuance.commands import Issuing, notice_code
from rongka.registers.journal.actors import Actor
from rongka.registers.journal.errors import NotFound
from rongka.registers.people.queries import person_card
from rongka.registers.permits.queries import Case, NoticeCard, RulingCard, permit_number_of
from rongka.rulebook.notice import notice_validity
from rongka.rulebook.order import Category
from rongka.text import Text
from rongka.web.components.dates import last_valid_day


def issuing() -> Issuing:
    """Return this instance's way to its signer."""
    found: Issuing = import_string(settings.RONGKA_ISSUING)()
    return found


def notice_pdf(case: Case | None, *, actor: Actor) -> HttpResponse:
    """Answer with the notice of a case as PDF; the caller has checked that the actor may see the case."""
    if case is None or case.notice is None or case.ruling is None:
        raise NotFound("notice.not-issued", Text(zh="尚未核发工作许可通知。", en="No notice has been issued yet."))
    code = notice_code(actor=actor, at=timezone.now(), issuing=issuing(), notice_id=case.notice.id)
    document = _document(case, notice=case.notice, ruling=case.ruling, code=code)
    first = code_for_notice(at=timezone.now(), notice_id=case.notice.id, pepper=settings.SECRET_KEY.encode())
    page = render_notice(replace(document, one_time_code=first))
    name = f"notice-{case.notice.number}.pdf"
    return HttpResponse(
        page, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def _document(case: Case, *, notice: NoticeCard, ruling: RulingCard, code: str) -> NoticeDocument:
    person, employer = person_card(case.person_id), agency_card(case.employer_id)
    return NoticeDocument(
        notice_number=notice.number,
        permit_number=permit_number_of(case.person_id) or "",
        name=display_name(surname=person.surname, given_names=person.given_names),
        name_mrz=person.mrz[5:44].rstrip("<"),
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
        last_day=last_valid_day(case.valid_until),  # periods on record are half open, on paper both days count
        authority=staff_cards([ruling.officer_id])[ruling.officer_id].agency.name,
        issued_on=notice.issued_on,
        apply_for_visa_by=notice.expires_on,
        visa_by_doubt=notice_validity(on=notice.issued_on).source.doubt,
        check_at=f"{settings.PUBLIC_URL}{reverse('guide:check-notice')}",
        code=code,
        demo=settings.DEMO,
    )


def _same(words: str) -> Text:
    return Text(zh=words, en=words)
