"""The review desk: online verifications that wait for an officer; evidence on one page, accepted or rejected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rongka.registers.agencies.permissions import Permission
from rongka.registers.agencies.queries import agency_card, staff_cards
from rongka.registers.identity.errors import ProofEnded
from rongka.registers.identity.events import ProofRejected
from rongka.registers.identity.outcomes import Outcome
from rongka.registers.identity.queries import ProofToReview, ReviewCase, proofs_to_review, review_case
from rongka.registers.identity.reasons import AFTER_A_REVIEW, REVIEW_REASONS
from rongka.registers.identity.reviewing import accept_proof, reject_proof
from rongka.registers.journal.days import day_of
from rongka.registers.journal.queries import happenings_of_person
from rongka.registers.people.queries import person_card, person_cards
from rongka.registers.permits.queries import case_of_admission, permit_number_of, permit_numbers_of
from rongka.rulebook.order import State
from rongka.text import Text
from rongka.web.audience import Audience, audience
from rongka.web.components.parts import Column, Link, Row, Status, StatusKind
from rongka.web.components.words import both
from rongka.web.errors import problems_of
from rongka.web.forms import form_page

from . import showing
from .acting import perform, rehearse
from .evidence import chip_evidence
from .evidence_forms import REVIEWS, ReviewForm
from .faces import face_evidence
from .pictures import look_at_proof, pictures_to_compare
from .receipts import receipt
from .showing import number

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.utils.safestring import SafeString

TO_REVIEW = Text(zh="待您审核", en="To review")
TOLD = ("identity.", "evidence.", "proof.", "consent.", "document.")


@audience(Audience.STAFF, permission=Permission.REVIEW_PROOFS)
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    query = showing.searched(request)
    waiting = proofs_to_review(at=timezone.now())
    found = _fitting(query, waiting) if query else waiting
    page = showing.page_of(request, found)
    context = {
        "page": page,
        "address": showing.page_address(request),
        "columns": [
            Column(_("Foreigner")),
            Column(_("Passport"), is_short=True),
            Column(_("Submitted"), is_short=True),
            Column(_("Review by"), is_short=True),
            Column(_("State")),
        ],
        "rows": _rows(list(page.object_list)),
        "query": query,
        "waiting": len(waiting),
        "empty": _("No verification fits your search") if query else _("No online verification is waiting"),
    }
    return render(request, "desks/reviews.html", context)


@audience(Audience.STAFF, permission=Permission.REVIEW_PROOFS)
@require_safe
def next_review(_request: HttpRequest) -> HttpResponse:
    """Lead to the one that has waited longest; with none left, back to the list."""
    waiting = proofs_to_review(at=timezone.now())
    if not waiting:
        return HttpResponseRedirect(reverse("desks:reviews"))
    return HttpResponseRedirect(_address(waiting[0].proof_id))


@audience(Audience.STAFF, permission=Permission.REVIEW_PROOFS)
@require_safe
def review(request: HttpRequest, proof_id: UUID) -> HttpResponse:
    """Show all evidence on one page; that this officer looked at the pictures is recorded here, and only here."""
    case = review_case(proof_id)
    context = _context(case)  # before the look, which is no part of what happened so far
    if case.outcome is Outcome.SUBMITTED:
        context["pictures"] = look_at_proof(request, check_id=case.check.id, proof_id=proof_id)
    return render(request, "desks/review.html", context | {"form": ReviewForm()})


@audience(Audience.STAFF, permission=Permission.REVIEW_PROOFS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide_review(request: HttpRequest, proof_id: UUID) -> HttpResponse:
    """Accept or reject; whoever comes second is told who was first, and when."""
    if request.method != "POST":
        return HttpResponseRedirect(_address(proof_id))
    case = review_case(proof_id)

    def carry_out(sent: forms.Form) -> HttpResponse:
        command, arguments = _command(sent, proof_id)
        return _unless_ended(request, case, lambda: perform(request, command, **arguments)) or HttpResponseRedirect(
            reverse("desks:review-done", args=[proof_id])
        )

    def try_first(sent: forms.Form) -> HttpResponse | None:
        command, arguments = _command(sent, proof_id)
        return _unless_ended(request, case, lambda: rehearse(request, command, **arguments))

    return form_page(
        request,
        form=ReviewForm,
        template="desks/review.html",
        check_template="desks/review_check.html",
        rehearse=try_first,
        carry_out=carry_out,
        context=_context(case) | {"preview": _preview(request)},
    )


@audience(Audience.STAFF, permission=Permission.REVIEW_PROOFS)
@require_safe
def review_done(request: HttpRequest, proof_id: UUID) -> HttpResponse:
    """Confirm what was decided, by whom, when, and what comes next for the holder."""
    case = review_case(proof_id)
    if case.outcome not in _STATES_AFTER:
        return HttpResponseRedirect(_address(proof_id))
    may_go_on = bool(proofs_to_review(at=timezone.now()))
    return receipt(
        request,
        title=case.outcome.title,
        reference=permit_number_of(case.person_id) or "",
        at=case.ended_at,
        rows=[Row(Text(zh="姓名", en="Name"), showing.name_of(person_card(case.person_id))), *_ended_rows(case)],
        state=_STATES_AFTER[case.outcome],
        onward=Link(_("Back to the list"), reverse("desks:reviews")),
        primary=Link(_("Next person"), reverse("desks:next-review")) if may_go_on else None,
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """What the holder will see when this is decided."""

    title: Text
    next_step: Text
    reasons: list[SafeString]


_STATES_AFTER = {Outcome.ACCEPTED: State.VERIFIED, Outcome.REJECTED: State.ADMITTED}


def _address(proof_id: UUID) -> str:
    return reverse("desks:review", args=[proof_id])


def _command(sent: forms.Form, proof_id: UUID) -> tuple[Callable[..., UUID], dict[str, Any]]:
    if sent.cleaned_data["outcome"] == Outcome.ACCEPTED:
        return accept_proof, {"proof_id": proof_id}
    return reject_proof, {"proof_id": proof_id, "reasons": tuple(sent.cleaned_data["reasons"])}


def _preview(request: HttpRequest) -> Preview | None:
    outcome = request.POST.get("outcome", "")
    if outcome not in REVIEWS:
        return None
    if outcome == Outcome.ACCEPTED:
        return Preview(State.VERIFIED.title, State.VERIFIED.todo, [])
    reasons = [both(REVIEW_REASONS[code]) for code in request.POST.getlist("reasons") if code in REVIEW_REASONS]
    return Preview(ProofRejected.title, AFTER_A_REVIEW, reasons)


def _context(case: ReviewCase) -> dict[str, Any]:
    person = person_card(case.person_id)
    told = [one for one in happenings_of_person(case.person_id) if one.code.startswith(TOLD)]
    is_open = case.outcome is Outcome.SUBMITTED
    return {
        "case": case,
        "name": showing.plain_name(person),
        "status": Status(StatusKind.YOURS, TO_REVIEW) if is_open else Status(StatusKind.ENDED, case.outcome.title),
        "may_decide": is_open,
        "pictures": pictures_to_compare(check_id=case.check.id, proof_id=case.proof_id) if is_open else None,
        "face": face_evidence(case),
        "chip": chip_evidence(case.check, person),
        "person": showing.person_rows(person),
        "consent": _consent_rows(case),
        "summary": _summary(case),
        "ended": _ended_rows(case),
        "happenings": showing.timeline_of(told),
    }


def _summary(case: ReviewCase) -> list[Row]:
    admitted = case_of_admission(case.admission_id)
    return [
        Row(Text(zh="工作许可编号", en="Work permit number"), number(permit_number_of(case.person_id))),
        *([Row(Text(zh="用人单位", en="Employer"), agency_card(admitted.employer_id).name)] if admitted else []),
        Row(Text(zh="提交时间", en="Submitted"), case.submitted_at),
        Row(Text(zh="审核期限", en="Review by"), case.review_by),
    ]


def _consent_rows(case: ReviewCase) -> list[Row]:
    return [
        Row(Text(zh="同意时间", en="Given at"), case.consent.given_at),
        Row(Text(zh="同意书语言", en="Language"), LANGUAGES.get(case.consent.language.lower(), case.consent.language)),
        Row(Text(zh="同意书版本", en="Version of the text"), number(case.consent.text_version)),
        *([Row(Text(zh="撤回时间", en="Withdrawn at"), at)] if (at := case.consent.withdrawn_at) else []),
    ]


LANGUAGES = {"zh-hans": Text(zh="中文", en="Chinese"), "en": Text(zh="英文", en="English")}


def _ended_rows(case: ReviewCase) -> list[Row]:
    officer = staff_cards([case.reviewed_by]).get(case.reviewed_by) if case.reviewed_by else None
    return [
        *([Row(Text(zh="审核人员", en="Reviewed by"), showing.colleague_name(officer))] if officer else []),
        *([Row(Text(zh="单位", en="Unit"), officer.agency.name)] if officer else []),
        *([Row(Text(zh="理由", en="Reasons"), showing.listed_reasons(case.reasons))] if case.reasons else []),
    ]


def _unless_ended(request: HttpRequest, case: ReviewCase, act: Callable[[], object]) -> HttpResponse | None:
    """Do it, and answer only when somebody else, or the holder, was first."""
    try:
        act()
    except ProofEnded as error:
        officer = staff_cards([error.officer_id]).get(error.officer_id) if error.officer_id else None
        context = {
            "problem": problems_of(error)[0],
            "rows": [
                *([Row(Text(zh="审核人员", en="Reviewed by"), showing.colleague_name(officer))] if officer else []),
                *([Row(Text(zh="单位", en="Unit"), officer.agency.name)] if officer else []),
                Row(Text(zh="时间", en="When"), error.at),
            ],
            "onward": Link(_("Look at the verification"), _address(case.proof_id)),
        }
        return render(request, "desks/review_ended.html", context, status=error.status)
    return None


def _rows(waiting: list[ProofToReview]) -> list[list[object]]:
    people = person_cards(one.person_id for one in waiting)
    return [
        [
            Link(showing.name_of(people[one.person_id]), _address(one.proof_id)),
            number(people[one.person_id].passport_number),
            day_of(one.submitted_at),
            one.review_by,
            Status(StatusKind.YOURS, TO_REVIEW),
        ]
        for one in waiting
    ]


def _fitting(query: str, waiting: list[ProofToReview]) -> list[ProofToReview]:
    people = person_cards(one.person_id for one in waiting)
    numbers = permit_numbers_of(one.person_id for one in waiting)
    return [one for one in waiting if showing.fits_person(query, people[one.person_id], numbers.get(one.person_id))]
