"""The system's two acts: made once, whoever asks how often."""

from uuid import UUID

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from rongka.jobs.completion import complete_card
from rongka.jobs.tasks import LEFT_AFTER
from rongka.registers.cards.commands import generate_qualification
from rongka.registers.cards.models import Binding
from rongka.registers.cards.queries import card_of, state_of
from rongka.registers.journal.actors import SYSTEM
from rongka.registers.journal.queries import happenings_of_person
from rongka.rulebook.order import State
from tests.registers.city import NOW


def _made_by_the_system(person_id: UUID) -> list[str]:
    return [happening.code for happening in happenings_of_person(person_id) if happening.actor_kind == "system"]


def test_a_bound_card_is_completed(city):
    person_id = city.person_at(State.BOUND)

    reached = complete_card(person_id=person_id, at=NOW)

    assert reached is State.ACTIVE
    assert _made_by_the_system(person_id) == ["qualification.generated", "card.activated"]


def test_a_second_run_changes_nothing(city):
    person_id = city.person_at(State.BOUND)
    complete_card(person_id=person_id, at=NOW)
    before = card_of(person_id)

    reached = complete_card(person_id=person_id, at=NOW)

    assert reached is State.ACTIVE
    assert card_of(person_id) == before
    assert len(_made_by_the_system(person_id)) == 2


def test_a_run_that_broke_off_is_taken_up_where_it_stopped(city):
    person_id = city.person_at(State.BOUND)
    generate_qualification(actor=SYSTEM, at=NOW, person_id=person_id)

    reached = complete_card(person_id=person_id, at=NOW)

    assert reached is State.ACTIVE


@pytest.mark.parametrize("state", [State.VERIFIED, State.CARD_CLAIMED])
def test_a_card_that_is_not_bound_is_left_alone(city, state):
    person_id = city.person_at(state)

    reached = complete_card(person_id=person_id, at=NOW)

    assert reached is state


def test_the_job_has_the_name_under_which_commands_leave_it(city):
    person_id = city.person_at(State.BOUND)

    app.tasks["complete_card"](person_id=str(person_id))

    assert state_of(person_id) is State.ACTIVE


def test_a_card_whose_job_gave_up_is_begun_again_once(city):
    left = {city.person_at(state) for state in (State.BOUND, State.QUALIFIED)}
    done = city.person_at(State.ACTIVE)
    Binding.objects.filter(person_id__in=[*left, done]).update(bound_at=NOW - LEFT_AFTER)
    just_bound = city.person_at(State.BOUND)
    ProcrastinateJob.objects.all().delete()

    for _ in range(2):
        app.tasks["complete_cards_left"](timestamp=0)

    waiting = [UUID(job.args["person_id"]) for job in ProcrastinateJob.objects.filter(task_name="complete_card")]
    assert sorted(waiting) == sorted(left)
    assert just_bound not in waiting
