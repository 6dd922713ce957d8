"""The steps page at every state, in both languages."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from rongka.registers.cards.models import Qualification
from rongka.registers.identity.commands import reject_identity
from rongka.registers.identity.queries import open_examinations
from rongka.registers.permits.commands import decide_application
from rongka.registers.permits.models import Outcome
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import State, Track, steps_of
from tests.registers.city import NOW, OVERSEAS

PRIMARY = re.compile(r'class="rk-button" (?:href|type)')
BUTTONS = {
    State.NOTICE_ISSUED: "/notice.pdf",
    State.VISA_ISSUED: "/notice.pdf",
    State.ADMITTED: "/verification/",
    State.VERIFIED: "/card/",
    State.CARD_CLAIMED: "/binding/",
    State.BOUND: "/binding/done/",
    State.QUALIFIED: "/binding/done/",
    State.ACTIVE: "/code/",
}


def page_of(client, language="en", path=""):
    return client.get(f"/{language}/wallet/{path}").content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("state", OVERSEAS[1:])
def test_one_button_leads_on_and_the_steps_are_the_rule_books(client, holder_at, state, language):
    holder_at(state)

    page = page_of(client, language)

    titles = [step.title.zh if language == "zh-hans" else step.title.en for step in steps_of(track=Track.OVERSEAS)]
    places = [page.index(f'__title">{title}') for title in titles]
    assert places == sorted(places)
    assert page.count('aria-current="step"') == (0 if state is State.ACTIVE else 1)
    assert len(PRIMARY.findall(page)) <= 1
    if state in BUTTONS:
        assert f'href="/{language}/wallet{BUTTONS[state]}"' in page


def test_seven_steps_overseas_and_five_for_a_legacy_permit(client, holder_at):
    holder_at(State.ADMITTED)
    overseas = page_of(client)
    holder_at(State.ADMITTED, legacy=True)
    legacy = page_of(client)

    assert "3 of 7 done" in overseas
    assert "1 of 5 done" in legacy


def test_a_legacy_permit_says_that_nothing_needs_to_be_done(client, holder_at):
    holder_at(State.LEGACY, legacy=True)

    assert "The legacy permit stays valid" in page_of(client)


@pytest.mark.parametrize(
    ("outcome", "word"), [(Outcome.RETURNED, "Returned for correction"), (Outcome.REFUSED, "Refused")]
)
def test_a_decision_against_the_applicant_is_shown_with_its_reasons_in_both_languages(
    client, holder_at, city, outcome, word
):
    person_id = holder_at(State.APPLIED)
    decide_application(
        actor=city.authority,
        at=NOW,
        submission_id=case_of_person(person_id).submission_id,
        outcome=outcome,
        reasons=("degree-not-verified",),
        note="请补交认证书",
    )

    page = page_of(client)

    assert word in page
    assert "学历学位未经认证" in page
    assert "The degree has not been verified" in page
    assert '<span lang="zh-Hans">请补交认证书</span>' in page
    assert "Whom to ask" in page


def test_a_rejection_at_the_counter_says_why_and_that_one_may_come_again(client, holder_at, city):
    person_id = holder_at(State.EXAMINED)
    admission_id = case_of_person(person_id).admission_id
    examination = open_examinations([admission_id])[admission_id]
    reject_identity(actor=city.examiner, at=NOW, examination_id=examination.id, reasons=("passport-damaged",))

    for path in ("", "verification/"):
        page = page_of(client, path=path)
        assert "Not verified" in page
        assert "The passport is damaged" in page


@pytest.mark.parametrize("state", [State.SUSPENDED, State.CANCELLED])
def test_a_held_card_shows_the_reason_and_whom_to_ask_and_no_button_to_the_code(client, holder_at, state):
    holder_at(state)

    page = page_of(client)

    assert "用人单位申报信息待核实" in page
    assert "rk-status--refused" in page
    assert "Demo authority" in page
    assert 'class="rk-button" href="/en/wallet/code/"' not in page


def test_a_card_that_has_run_out_says_so(client, holder_at):
    person_id = holder_at(State.ACTIVE)
    today = timezone.now().date()
    Qualification.objects.filter(person_id=person_id).update(
        valid_from=today - timedelta(days=400), valid_until=today - timedelta(days=1)
    )

    for path in ("", "code/", "licence/"):
        assert "Expired" in page_of(client, path=path)


def test_the_clocks_stand_apart_and_claiming_has_none(client, holder_at):
    holder_at(State.VERIFIED)

    page = page_of(client)

    clocks = re.findall(r'rk-clock__title">([^<]+)</span>\s*<strong class="rk-clock__left">([^<]+)<', page)
    assert [title for title, _ in clocks] == [
        "Applying for the residence permit",
        "Check of originals, categories B and C",
        "Claiming the card",
    ]
    assert clocks[2][1] == "No time limit"


def test_a_value_without_an_official_source_is_marked(client, holder_at):
    holder_at(State.NOTICE_ISSUED)

    assert "unverified" in page_of(client)
