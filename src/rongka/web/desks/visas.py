"""The consulate's desk: check a notice by its number, record the visa issued on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rongka.registers.agencies.permissions import Permission
from rongka.registers.agencies.queries import agency_card, agency_cards
from rongka.registers.journal.days import day_of
from rongka.registers.people.queries import person_card, person_cards
from rongka.registers.permits.commands import issue_visa
from rongka.registers.permits.errors import NoticeNotFound
from rongka.registers.permits.queries import (
    Case,
    NoticeCard,
    cases_awaiting_visa,
    notice_by_number,
    versions_of_application,
)
from rongka.registers.permits.queries import case_of_person as newest_case
from rongka.rulebook.notice import notice_validity
from rongka.text import Text
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.components.dates import day_in_words
from rongka.web.components.parts import Column, Link, Row, Status, StatusKind
from rongka.web.errors import Problem, problems_of

from . import showing
from .acting import command_page
from .forms import VisaForm
from .receipts import receipt
from .showing import number

MAX_NUMBER = 40  # characters looked up; a notice number has 14


@audience(Audience.STAFF, permission=Permission.READ_NOTICES)
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Show the notices that wait for a visa; a number that is typed leads to its notice."""
    asked = request.GET.get("number", "").strip()[:MAX_NUMBER]
    problems: tuple[Problem, ...] = ()
    status = 200
    if asked:
        try:
            return HttpResponseRedirect(_address(notice_by_number(asked).number))
        except NoticeNotFound as error:
            problems, status = problems_of(error, control_ids={"notice_number": "number"}), error.status
    page = showing.page_of(request, cases_awaiting_visa())
    context = {
        "number": asked,
        "problems": problems,
        "page": page,
        "columns": [
            Column(_("Notice"), is_short=True),
            Column(_("Foreigner")),
            Column(_("Employer")),
            Column(_("Issued"), is_short=True),
            Column(_("Valid until"), is_short=True),
        ],
        "rows": _rows(list(page.object_list)),
    }
    return render(request, "desks/notices.html", context, status=status)


@audience(Audience.STAFF, permission=Permission.READ_NOTICES)
@require_safe
def notice(request: HttpRequest, notice_number: str) -> HttpResponse:
    shown = _context(request, notice_by_number(notice_number))
    return render(request, "desks/notice.html", shown | {"form": VisaForm()})


@audience(Audience.STAFF, permission=Permission.ISSUE_VISA)
@require_http_methods(["GET", "HEAD", "POST"])
def record_visa(request: HttpRequest, notice_number: str) -> HttpResponse:
    found = notice_by_number(notice_number)
    if request.method != "POST":
        return HttpResponseRedirect(_address(found.number))
    return command_page(
        request,
        form=VisaForm,
        template="desks/notice.html",
        check_template="desks/notice_check.html",
        command=issue_visa,
        arguments=lambda answers: answers | {"notice_number": found.number},
        then=lambda _id: reverse("desks:visa-recorded", args=[found.number]),
        context=_context(request, found),
    )


@audience(Audience.STAFF, permission=Permission.READ_NOTICES)
@require_safe
def visa_recorded(request: HttpRequest, notice_number: str) -> HttpResponse:
    found = notice_by_number(notice_number)
    case = _case_of(found)
    if case is None or case.visa is None:
        return HttpResponseRedirect(_address(found.number))
    return receipt(
        request,
        title=Text(zh="签证已登记", en="Visa recorded"),
        reference=found.number,
        at=None,
        rows=[Row(Text(zh="姓名", en="Name"), showing.name_of(person_card(found.person_id))), *_visa_rows(case)],
        state=case.state,
        onward=Link(_("Check the next notice"), reverse("desks:notices")),
    )


def _address(notice_number: str) -> str:
    return reverse("desks:notice", args=[notice_number])


def _case_of(found: NoticeCard) -> Case | None:
    """Return the case of this very notice; an older notice of the same person is not the newest case's."""
    newest = newest_case(found.person_id)
    if newest is None:
        return None
    versions = [newest, *versions_of_application(newest.application_id)]
    return next((one for one in versions if one.notice and one.notice.id == found.id), None)


def _context(request: HttpRequest, found: NoticeCard) -> dict[str, Any]:
    case, person = _case_of(found), person_card(found.person_id)
    status, advice = _validity(found, case)
    may_record = case is not None and case.visa is None and Permission.ISSUE_VISA in actor_of(request).permissions
    return {
        "notice": found,
        "name": showing.plain_name(person),
        "status": status,
        "advice": advice,
        "rows": [
            Row(Text(zh="通知编号", en="Notice number"), number(found.number)),
            Row(Text(zh="核发日期", en="Issued"), found.issued_on),
            Row(Text(zh="有效期至", en="Valid until"), _last_day(found)),
            *([Row(Text(zh="用人单位", en="Employer"), agency_card(case.employer_id).name)] if case else []),
            *(showing.job_rows(case) if case else []),
        ],
        "person": showing.person_rows(person),
        "visa": _visa_rows(case) if case and case.visa else [],
        "may_record": may_record,
    }


def _last_day(found: NoticeCard) -> Text:
    """Return the notice's last day, marked while no official source confirms how long a notice serves."""
    day, doubt = day_in_words(found.expires_on), notice_validity(on=found.issued_on).source.doubt
    return Text(zh=f"{day.zh}（{doubt.zh}）", en=f"{day.en} ({doubt.en})") if doubt else day


def _validity(found: NoticeCard, case: Case | None) -> tuple[Status, Text]:
    if case is not None and case.visa is not None:
        word = Text(zh="已签发签证", en="Visa issued")
        return Status(StatusKind.ENDED, word), Text(
            zh="该通知已签发过签证，一份通知只签发一次签证。",
            en="A visa was issued on this notice; one notice carries one visa.",
        )
    if found.expires_on < day_of(timezone.now()):
        return Status(StatusKind.REFUSED, Text(zh="已过期", en="Expired")), Text(
            zh="请用人单位联系许可机关。", en="The employer asks the permit authority."
        )
    return Status(StatusKind.DONE, Text(zh="可办理签证", en="Ready for a visa")), Text(
        zh="请与申请人所持护照逐项核对。", en="Compare every line with the applicant's passport."
    )


def _visa_rows(case: Case) -> list[Row]:
    if case.visa is None:
        return []
    return [
        Row(Text(zh="签证号码", en="Visa number"), number(case.visa.number)),
        Row(Text(zh="签发机构", en="Issued by"), agency_card(case.visa.consulate_id).name),
        Row(Text(zh="签发日期", en="Issued"), case.visa.issued_on),
        Row(Text(zh="签证有效期至", en="Visa valid until"), case.visa.expires_on),
    ]


def _rows(cases: list[Case]) -> list[list[object]]:
    people = person_cards(case.person_id for case in cases)
    employers = agency_cards(case.employer_id for case in cases)
    return [
        [
            Link(number(case.notice.number), _address(case.notice.number)),
            showing.name_of(people[case.person_id]),
            employers[case.employer_id].name,
            case.notice.issued_on,
            _last_day(case.notice),
        ]
        for case in cases
        if case.notice
    ]
