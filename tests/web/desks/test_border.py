"""The border: passport, Z visa, original notice; a card replaces none of them."""

import pytest

from rongka.registers.people.queries import person_card
from rongka.registers.permits.models import Entry
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import State
from tests.registers.city import passport
from tests.web.desks.reading import text_of

ENTER = "/en/desk/arrivals/entry/"


@pytest.fixture
def arriving(city):
    return city.person_at(State.VISA_ISSUED, data=passport("MÜLLER", "ANNA MARIA"))


def shown(person_id, paper="original-notice", **changes):
    sent = {
        "passport_number": person_card(person_id).passport_number,
        "notice_number": case_of_person(person_id).notice.number,
        "shown": paper,
    }
    return sent | changes


def test_the_form_has_three_inputs(city, desk, arriving):
    page = desk(city.border).get("/en/desk/arrivals/").content.decode()

    assert page.count("govuk-form-group") == 3
    assert "MÜLLER, ANNA MARIA" in page


def test_an_entry_is_recorded_and_confirmed(city, desk, arriving):
    browser = desk(city.border)

    answer = browser.post(ENTER, shown(arriving))
    receipt = text_of(browser.get(answer["Location"]))

    assert "入境已登记 Entry recorded" in receipt
    assert "请持护照办理实名实人核验" in receipt
    assert Entry.objects.count() == 1


def test_a_card_instead_of_the_notice_is_refused_with_rule_source_and_what_to_bring(city, desk, arriving):
    answer = desk(city.border).post(ENTER, shown(arriving, "card"))

    page = text_of(answer)
    assert answer.status_code == 409
    assert "entry.card-is-no-entry-document" in page
    assert "电子社保卡不可替代入境证件。" in page
    assert "The electronic social security card cannot replace entry documents." in page
    assert "Show the passport (with its Z visa) and the original work permit notice." in page
    assert "Source:" in page
    assert case_of_person(arriving).notice.number in answer.content.decode()
    assert Entry.objects.count() == 0


def test_a_copy_is_not_the_original(city, desk, arriving):
    answer = desk(city.border).post(ENTER, shown(arriving, "notice-copy"))

    assert answer.status_code == 409
    assert "entry.original-notice" in text_of(answer)


def test_the_notice_of_somebody_else_is_refused(city, desk, arriving):
    other = city.person_at(State.VISA_ISSUED)

    answer = desk(city.border).post(ENTER, shown(arriving, notice_number=case_of_person(other).notice.number))

    assert answer.status_code == 422
    assert "border.notice-differs" in text_of(answer)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"passport_number": "XX0000000"}, (404, "border.arrival-not-found")),
        ({"notice_number": "TZ000000000000"}, (404, "notice.not-found")),
        ({"passport_number": ""}, (422, "This field is required")),
        ({"shown": "nonsense"}, (422, "nonsense")),
        ({"notice_number": "T" * 21}, (422, "20")),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(city, desk, arriving, changes, said):
    status, code = said
    answer = desk(city.border).post(ENTER, shown(arriving, **changes))

    page = answer.content.decode()
    assert answer.status_code == status
    assert code in text_of(answer)
    assert "data-error-summary" in page
    assert Entry.objects.count() == 0


def test_nobody_enters_twice(city, desk, arriving):
    browser = desk(city.border)
    browser.post(ENTER, shown(arriving))

    answer = browser.post(ENTER, shown(arriving))

    assert answer.status_code == 409
    assert "order." in text_of(answer)


def test_nobody_enters_before_the_visa(city, desk):
    early = city.person_at(State.NOTICE_ISSUED)

    answer = desk(city.border).post(ENTER, shown(early))

    assert answer.status_code == 409
    assert "order.not-yet" in text_of(answer)


def test_the_same_form_sent_twice_records_one_entry(city, desk, arriving):
    browser = desk(city.border)
    sent = shown(arriving, idempotency_key="the-same")

    first, second = browser.post(ENTER, sent), browser.post(ENTER, sent)

    assert first["Location"] == second["Location"]
    assert Entry.objects.count() == 1
