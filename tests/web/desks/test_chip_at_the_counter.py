"""The counter reads a passport's chip: the evidence is shown whole, and what it does not prove is said."""

import pytest

from rongka.registers.identity.queries import verification_of
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import State
from tests.registers.city import passport
from tests.web.desks.chips import chip_of, nonce_on, uploads
from tests.web.desks.reading import hidden, text_of


@pytest.fixture
def person(city):
    return city.person_at(State.ADMITTED, data=passport("MÜLLER", "ANNA MARIA"))


def address(person_id, act=""):
    return f"/en/desk/verifications/{case_of_person(person_id).admission_id}/{act}"


def test_a_chip_that_answers_our_nonce_is_the_original(city, desk, person):
    browser, chip = desk(city.examiner), chip_of(person)
    nonce = nonce_on(text_of(browser.get(address(person, "chip/"))))

    answer = browser.post(address(person, "chip/"), uploads(chip, answer=chip.answer(nonce)))
    page = text_of(browser.get(address(person)))

    assert answer.status_code == 302
    assert "Chip verified" in page
    assert "L3: and the chip is the original" in page
    assert "Matches the name" in page
    assert page.count("Agrees") == 5
    assert "With it two officers reach L3" in page


def test_without_an_answer_the_page_says_that_a_copy_would_pass(city, desk, person):
    browser = desk(city.examiner)

    browser.post(address(person, "chip/"), uploads(chip_of(person)))
    page = text_of(browser.get(address(person)))

    assert "It was not checked whether the chip is a copy" in page
    assert "It is not L3" in page


def test_a_nonce_counts_once(city, desk, person):
    browser, chip = desk(city.examiner), chip_of(person)
    nonce = nonce_on(text_of(browser.get(address(person, "chip/"))))
    browser.post(address(person, "chip/"), uploads(chip, answer=chip.answer(nonce)))

    again = nonce_on(text_of(browser.get(address(person, "chip/"))))
    browser.post(address(person, "chip/"), uploads(chip, answer=chip.answer(nonce)))
    browser.post(address(person, "chip/"), uploads(chip))
    page = text_of(browser.get(address(person)))

    assert again != nonce
    assert "Every reading at this counter" in page
    assert page.count("Chip verified") == 2
    assert "With this evidence nobody is verified" in page
    assert "Chip not genuine" in page
    assert "Nothing in the chip was proved" in page


def test_a_form_that_was_sent_twice_is_one_reading_with_one_nonce(city, desk, person):
    browser, chip = desk(city.examiner), chip_of(person)
    form = browser.get(address(person, "chip/"))
    key = {"idempotency_key": hidden(form, "idempotency_key")}
    answer = chip.answer(nonce_on(text_of(form)))

    sent = [browser.post(address(person, "chip/"), uploads(chip, answer=answer) | key) for _ in range(2)]

    assert [one.status_code for one in sent] == [302, 302]
    assert text_of(browser.get(address(person))).count("Every reading at this counter") == 0


def test_another_persons_chip_is_named_field_by_field_and_stands_against(city, desk, person):
    browser = desk(city.examiner)

    browser.post(address(person, "chip/"), uploads(chip_of(person, number="XD7654321")))
    page = text_of(browser.get(address(person)))

    assert page.count("Differs") == 1
    assert page.count("Agrees") == 4
    assert "With this evidence nobody is verified" in page


def test_files_that_cannot_be_a_chip_are_422_and_checked_by_nobody(city, desk, person):
    browser = desk(city.examiner)

    answer = browser.post(address(person, "chip/"), uploads(chip_of(person), without=["DG1.bin"]))

    assert answer.status_code == 422
    assert "DG1 is missing" in text_of(answer)
    assert "The chip has not been read" in text_of(browser.get(address(person)))


def test_two_officers_and_an_original_chip_make_the_highest_level(city, desk, person):
    browser, chip = desk(city.examiner), chip_of(person)
    nonce = nonce_on(text_of(browser.get(address(person, "chip/"))))
    browser.post(address(person, "chip/"), uploads(chip, answer=chip.answer(nonce)))

    city.advance(person, to=State.EXAMINED)
    city.advance(person, to=State.VERIFIED)

    assert verification_of(person).level == "L3"
