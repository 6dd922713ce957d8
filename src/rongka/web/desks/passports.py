"""The employer records the new passport of a worker, wherever the case stands: a person is not a passport."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rongka.registers.agencies.permissions import Permission
from rongka.registers.journal.queries import happenings_of_person
from rongka.registers.people.queries import person_card
from rongka.registers.permits.commands import record_new_passport
from rongka.text import Text
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.components.parts import Link

from . import showing
from .acting import command_page
from .applying import SPECIMEN, passport_of
from .forms import PersonForm
from .receipts import receipt
from .workers import worker_of


@audience(Audience.STAFF, permission=Permission.APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def new_passport(request: HttpRequest, person_id: UUID) -> HttpResponse:
    worker_of(actor_of(request), person_id)
    person = person_card(person_id)
    return command_page(
        request,
        form=PersonForm,
        template="desks/new_passport.html",
        check_template="desks/new_passport_check.html",
        command=record_new_passport,
        arguments=lambda answers: {"person_id": person_id, "passport": passport_of(answers)},
        then=lambda _id: reverse("desks:passport-recorded", args=[person_id]),
        # The names are usually the same; the zone is the new passport's own.
        initial={
            "surname": person.surname,
            "given_names": person.given_names,
            "chinese_name": person.chinese_name,
        },
        context={
            "specimen": SPECIMEN,
            "person_id": person_id,
            "name": showing.plain_name(person),
            "passport": showing.person_rows(person),
        },
    )


@audience(Audience.STAFF, permission=Permission.READ_OWN_WORKERS)
@require_safe
def passport_recorded(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Confirm which passport is on record now, since when, and what comes next."""
    worker = worker_of(actor_of(request), person_id)
    person = person_card(person_id)
    recorded = [one for one in happenings_of_person(person_id) if one.subject_id == person.passport_id]
    if not recorded:
        return HttpResponseRedirect(reverse("desks:worker", args=[person_id]))
    return receipt(
        request,
        title=Text(zh="护照已登记", en="Passport recorded"),
        reference=person.passport_number,
        at=recorded[-1].at,
        rows=showing.person_rows(person),
        state=worker.state,
        onward=Link(_("See the steps of this worker"), reverse("desks:worker", args=[person_id])),
    )
