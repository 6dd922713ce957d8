"""Licence view, checks, services, me, the notice as PDF."""

import pypdfium2
import pytest
from django.conf import settings

from rongka.registers.identity.signing_in import code_for_notice
from rongka.registers.inspection.commands import check_notice, check_number
from rongka.registers.inspection.purposes import PUBLIC, PURPOSES
from rongka.registers.people.queries import person_card
from rongka.registers.permits.queries import case_of_person, permit_number_of
from rongka.rulebook.order import State
from tests.registers.city import NOW, passport

LICENCE = "/en/wallet/licence/"


def test_the_face_is_masked_until_the_holder_opens_it(client, holder_at):
    person_id = holder_at(State.ACTIVE, data=passport("MÜLLER", "ANNA MARIA"))

    masked, opened = client.get(LICENCE).content.decode(), client.post(LICENCE, {"show": "1"}).content.decode()

    hidden = ["MÜLLER", "1990-05-17", permit_number_of(person_id), person_card(person_id).passport_number]
    assert [text for text in hidden if text in masked] == []
    assert [text for text in hidden if text not in opened] == []
    assert "M***, A*** M***" in masked


def test_no_address_opens_the_face(client, holder_at):
    holder_at(State.ACTIVE)

    assert "DEMO, ANNA" not in client.get(f"{LICENCE}?show=1").content.decode()


def test_the_face_says_demo_and_is_not_kept_by_any_cache(client, holder_at):
    holder_at(State.ACTIVE)

    page = client.get(LICENCE)

    assert "DEMO" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_without_a_permit_on_the_card_there_is_no_face(client, holder_at):
    holder_at(State.CARD_CLAIMED)

    assert "There is no card to show yet" in client.get(LICENCE).content.decode()


def test_the_activated_page_is_for_active_cards(client, holder_at):
    holder_at(State.BOUND)
    before = client.get("/en/wallet/activated/")
    holder_at(State.ACTIVE)
    after = client.get("/en/wallet/activated/")

    assert before["Location"] == "/en/wallet/"
    assert "Four uses of one card" in after.content.decode()


def test_no_checks_yet(client, holder_at):
    holder_at(State.ACTIVE)

    assert "No checks yet" in client.get("/en/wallet/checks/").content.decode()


@pytest.mark.parametrize(("language", "word"), [("en", "To be checked"), ("zh-hans", "需复核")])
def test_every_check_on_me_is_listed_and_none_on_others(client, holder_at, city, language, word):
    other = city.person_at(State.ACTIVE)
    person_id = holder_at(State.ACTIVE)
    purpose = next(one for one in PURPOSES if one != PUBLIC)
    check_number(actor=city.inspector, at=NOW, number=permit_number_of(person_id), purpose=purpose, place="浦东新区")
    check_notice(at=NOW, number=case_of_person(person_id).notice.number, initials="DA")
    check_number(actor=city.inspector, at=NOW, number=permit_number_of(other), purpose=purpose)

    page = client.get(f"/{language}/wallet/checks/").content.decode()

    assert page.count('class="rk-sighting"') == 2
    assert word in page
    assert '<span lang="zh-Hans">浦东新区</span>' in page


def test_services_show_both_ways_to_the_residence_permit(client, holder_at):
    holder_at(State.ACTIVE)

    page = client.get("/en/wallet/services/").content.decode()

    assert page.count("<b aria-hidden") == 2
    assert "Physical card: optional" in page
    assert "Electronic cards cannot replace entry documents" in page


def test_me_shows_my_passport_masked_and_nobody_elses(client, holder_at, city):
    other = city.person_at(State.ACTIVE, data=passport("OTHER", "PERSON"))
    person_id = holder_at(State.ACTIVE)

    page = client.get("/en/wallet/me/").content.decode()

    assert "DEMO, ANNA MARIA" in page
    assert person_card(person_id).passport_number not in page
    assert permit_number_of(other) not in page
    assert "OTHER" not in page


def test_my_notice_is_a_pdf(client, holder_at):
    person_id = holder_at(State.NOTICE_ISSUED)

    answer = client.get("/en/wallet/notice.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert case_of_person(person_id).notice.number in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]


def test_my_notice_prints_the_code_for_the_first_sign_in(client, holder_at):
    notice = case_of_person(holder_at(State.NOTICE_ISSUED)).notice

    with pypdfium2.PdfDocument(client.get("/en/wallet/notice.pdf").content) as paper:
        words = paper[0].get_textpage().get_text_bounded()

    assert code_for_notice(at=NOW, notice_id=notice.id, pepper=settings.SECRET_KEY.encode()) in words


def test_before_the_notice_there_is_none_to_open(client, holder_at):
    holder_at(State.APPLIED)

    answer = client.get("/en/wallet/notice.pdf")

    assert answer.status_code == 404
    assert "notice.not-issued" in answer.content.decode()
