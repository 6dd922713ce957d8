"""The employer's desk: all own workers with whose turn it is, and the page of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rongka.registers.agencies.permissions import Permission
from rongka.registers.cards.queries import Standing, standings_of
from rongka.registers.journal.actors import Actor
from rongka.registers.journal.days import day_of
from rongka.registers.journal.errors import NotFound
from rongka.registers.journal.queries import Happening as Recorded
from rongka.registers.journal.queries import happenings_of_person
from rongka.registers.people.queries import PersonCard, person_card, person_cards
from rongka.registers.permits.queries import LegacyCard, legacy_permits_of, persons_of_employer
from rongka.rulebook.order import ActorKind, State
from rongka.text import Text
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.components.parts import Column, Link, Row
from rongka.web.components.tracker import tracker
from rongka.web.papers import notice_pdf

from . import showing
from .showing import number

# What an employer is told of. Where a holder signs in, on which device and who inspects the card is the holder's own.
TOLD = (
    "application.",
    "passport.",
    "notice.",
    "visa.",
    "entry.",
    "legacy-permit.",
    "identity.",
    "card.",
    "qualification.",
    "permit.",
)


@dataclass(frozen=True, slots=True)
class Worker:
    """One person who works, or is to work, for the employer."""

    standing: Standing
    legacy: LegacyCard | None

    @property
    def state(self) -> State:
        return self.standing.state

    @property
    def is_yours(self) -> bool:
        return self.state.turn is ActorKind.EMPLOYER


def workers_of(actor: Actor) -> list[Worker]:
    """Return the employer's workers, the newest first; who has gone to another employer is no longer among them."""
    ids = persons_of_employer(actor.agency)
    standings, legacy = standings_of(ids), legacy_permits_of(ids)
    found = [Worker(standings[one], legacy.get(one)) for one in ids]
    return [worker for worker in found if _is_with(worker, actor)]


def worker_of(actor: Actor, person_id: UUID) -> Worker:
    """Return one own worker; others look as if they did not exist."""
    if person_id not in persons_of_employer(actor.agency):
        raise NotFound
    worker = Worker(standings_of([person_id])[person_id], legacy_permits_of([person_id]).get(person_id))
    if not _is_with(worker, actor):
        raise NotFound
    return worker


def _is_with(worker: Worker, actor: Actor) -> bool:
    case = worker.standing.case
    holder = case or worker.legacy
    return holder is not None and holder.employer_id == actor.agency_id


# --- the list -------------------------------------------------------------------------------------------------------


@audience(Audience.STAFF, permission=Permission.READ_OWN_WORKERS)
@require_safe
def workers(request: HttpRequest) -> HttpResponse:
    query, chosen = showing.searched(request), request.GET.get("turn", "")
    everyone = workers_of(actor_of(request))
    groups = {
        "": everyone,
        "yours": [one for one in everyone if one.is_yours],
        "others": [one for one in everyone if one.state.turn and not one.is_yours],
        "done": [one for one in everyone if one.state.turn is None],
    }
    listed = groups.get(chosen, everyone)
    if query:
        people = person_cards(one.standing.person_id for one in listed)
        listed = [one for one in listed if _fits(query, one, people[one.standing.person_id])]
    page = showing.page_of(request, listed)
    context = {
        "page": page,
        "address": showing.page_address(request),
        "columns": _columns(),
        "rows": _rows(list(page.object_list)),
        "query": query,
        "may_apply": Permission.APPLY in actor_of(request).permissions,
        "chosen": chosen if chosen in groups else "",
        "groups": [(key, word, len(groups[key])) for key, word in _group_words().items()],
        "empty": _("No worker fits your search") if query or chosen else _("No workers yet"),
    }
    return render(request, "desks/workers.html", context)


def _group_words() -> dict[str, str]:
    return {"": _("All"), "yours": _("Your turn"), "others": _("Waiting for others"), "done": _("Nothing to do")}


def _columns() -> list[Column]:
    return [
        Column(_("Worker")),
        Column(_("State")),
        Column(_("Whose turn")),
        Column(_("Since"), is_short=True),
        Column(_("Deadline")),
    ]


def _rows(found: list[Worker]) -> list[list[object]]:
    people = person_cards(one.standing.person_id for one in found)
    return [
        [
            Link(showing.name_of(people[one.standing.person_id]), _address(one)),
            one.state.title,
            showing.state_status(one.state, reader=ActorKind.EMPLOYER),
            day_of(one.standing.since) if one.standing.since else None,
            showing.due_of(one.standing, legacy=one.legacy),
        ]
        for one in found
    ]


def _address(worker: Worker) -> str:
    return reverse("desks:worker", args=[worker.standing.person_id])


def _fits(query: str, worker: Worker, person: PersonCard) -> bool:
    case = worker.standing.case
    numbers = (worker.standing.permit_number, case.reference if case else None)
    return showing.fits_person(query, person, *numbers, case.notice.number if case and case.notice else None)


# --- one worker -----------------------------------------------------------------------------------------------------


@audience(Audience.STAFF, permission=Permission.READ_OWN_WORKERS)
@require_safe
def worker(request: HttpRequest, person_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    found = worker_of(actor, person_id)
    person, case = person_card(person_id), found.standing.case
    told = told_to_employer(happenings_of_person(person_id), agency_id=actor.agency)
    may_apply = Permission.APPLY in actor.permissions
    context = {
        "worker": found,
        "case": case,
        "person": person,
        "name": showing.plain_name(person),
        "tracker": tracker(found.standing, reader=ActorKind.EMPLOYER),
        "action": _action(found) if may_apply else None,
        "may_apply": may_apply,
        "reasons": showing.reasons_of(case.ruling) if case and case.ruling and case.ruling.reasons else "",
        "is_returned": found.state in {State.RETURNED, State.SWITCH_RETURNED},
        "numbers": _numbers(found),
        "job": _job(found),
        "passport": showing.person_rows(person),
        "happenings": showing.timeline_of(told, names_staff=False),
    }
    return render(request, "desks/worker.html", context)


@audience(Audience.STAFF, permission=Permission.READ_OWN_WORKERS)
@require_safe
def notice(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Answer with the notice as PDF, to be printed and given to the worker."""
    actor = actor_of(request)
    return notice_pdf(worker_of(actor, person_id).standing.case, actor=actor)


def told_to_employer(recorded: list[Recorded], *, agency_id: UUID) -> list[Recorded]:
    """Return what an employer is told of a person: from the own first act on, and nothing of the holder's own."""
    begins = next(
        (i for i, one in enumerate(recorded) if one.agency_id == agency_id or one.code == "legacy-permit.recorded"),
        len(recorded),
    )
    return [one for one in recorded[begins:] if one.code.startswith(TOLD)]


def _action(found: Worker) -> Link | None:
    case = found.standing.case
    if case and found.state in {State.RETURNED, State.SWITCH_RETURNED}:
        return Link(_("Correct the application"), reverse("desks:correct", args=[case.application_id]))
    if found.state is State.LEGACY:
        return Link(_("Extension, change or reissue"), reverse("desks:switch", args=[found.standing.person_id]))
    return None


def _job(found: Worker) -> list[Row]:
    asked = found.standing.case or found.legacy
    return showing.job_rows(asked) if asked else []


def _numbers(found: Worker) -> list[Row]:
    standing = found.standing
    case, card = standing.case, standing.card
    rows = [
        Row(Text(zh="申请编号", en="Application"), number(case.reference if case else "")),
        Row(Text(zh="工作许可通知", en="Notice"), number(case.notice.number if case and case.notice else "")),
        Row(Text(zh="工作许可编号", en="Work permit number"), number(standing.permit_number)),
        Row(Text(zh="电子社保卡", en="Card"), number(card.number if card else "")),
        Row(Text(zh="期限", en="Deadline"), showing.due_of(standing, legacy=found.legacy)),
    ]
    return [row for row in rows if row.value]
