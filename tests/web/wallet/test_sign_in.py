"""Signing in through the foreigners' channel."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from rongka.registers.identity.models import OneTimeCode
from rongka.registers.identity.signing_in import code_for_notice, one_time_code, print_one_time_code
from rongka.registers.journal.queries import happenings_of_person
from rongka.registers.permits.queries import case_of_person, permit_number_of
from rongka.rulebook.order import State
from rongka.web.audience import HOLDER_KEY
from tests.registers.city import passport

SIGN_IN = "/en/wallet/sign-in/"
PEPPER = settings.SECRET_KEY.encode()
MUELLER = passport("MÜLLER", "ANNA MARIA", number="XD0000001")


@pytest.fixture
def notice_number(city):
    return case_of_person(city.person_at(State.NOTICE_ISSUED, data=MUELLER)).notice.number


def sign_in(client, number, name, **more):
    return client.post(SIGN_IN, {"number": number, "name": name, **more})


@pytest.mark.parametrize("name", ["Müller, Anna Maria", "anna maria mueller", "MULLER ANNA MARIA"])
def test_notice_number_and_name_in_any_order_and_spelling_sign_in(client, notice_number, name):
    response = sign_in(client, f" {notice_number.lower()} ", name)

    assert (response.status_code, response["Location"]) == (302, "/en/wallet/")
    assert client.get("/en/wallet/").status_code == 200


def test_a_work_permit_number_signs_in_too(client, city):
    person_id = city.person_at(State.ACTIVE, data=MUELLER)

    sign_in(client, permit_number_of(person_id), "Anna Maria Müller")

    assert client.session[HOLDER_KEY] == str(person_id)


def test_a_name_that_does_not_match_is_explained_in_both_languages_and_reveals_nothing(client, notice_number):
    response = sign_in(client, notice_number, "Anna Schmidt")

    page = response.content.decode()
    assert response.status_code == 422
    assert "sign-in.no-match" in page
    assert 'lang="zh-Hans"' in page
    assert "LLER" not in page
    assert 'value="Anna Schmidt"' in page


def test_an_unknown_number_and_a_wrong_name_have_the_same_code(client, notice_number):
    unknown = sign_in(client, "TZ99999999XXXX", "Anna Maria Müller")
    wrong = sign_in(client, notice_number, "Someone Else")

    assert unknown.status_code == wrong.status_code == 422
    assert b"sign-in.no-match" in unknown.content
    assert b"sign-in.no-match" in wrong.content


def test_after_five_tries_the_wait_is_a_clock_time_even_for_the_right_name(client, notice_number):
    for _ in range(5):
        sign_in(client, notice_number, "Someone Else")

    response = sign_in(client, notice_number, "Anna Maria Müller")

    assert response.status_code == 429
    assert "Shanghai time" in response.content.decode()
    assert HOLDER_KEY not in client.session


def test_signing_in_changes_the_session_key(client, notice_number):
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = "1"
    session.save()
    planted = session.session_key

    sign_in(client, notice_number, "Anna Maria Müller")

    assert client.session.session_key != planted


def test_the_page_asked_for_comes_after_the_sign_in(client, notice_number):
    asked = client.get("/en/wallet/services/")

    response = sign_in(client, notice_number, "Anna Maria Müller", next="/en/wallet/services/")

    assert asked["Location"] == "/en/wallet/sign-in/?next=%2Fen%2Fwallet%2Fservices%2F"
    assert response["Location"] == "/en/wallet/services/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/wallet/", "//evil.example/wallet/", "/desk/", "javascript:0"]
)
def test_no_other_place_is_led_to(client, notice_number, elsewhere):
    response = sign_in(client, notice_number, "Anna Maria Müller", next=elsewhere)

    assert response["Location"] == "/en/wallet/"


@pytest.mark.parametrize(("number", "name"), [("", ""), ("X" * 41, "A"), ("TZ1", "A" * 201), ("TZ\0", "A")])
def test_what_does_not_parse_is_refused_and_writes_nothing(client, db, number, name):
    from rongka.registers.identity.models import SignInAttempt

    response = sign_in(client, number, name)

    assert response.status_code == 422
    assert not SignInAttempt.objects.exists()


def test_the_form_never_asks_for_a_phone_number_or_a_password(client, db):
    page = client.get(SIGN_IN).content.decode()

    assert 'type="tel"' not in page
    assert 'type="password"' not in page


def test_signing_out_ends_the_session_and_needs_a_post(client, holder_at):
    holder_at(State.ADMITTED)

    assert client.get("/en/wallet/sign-out/").status_code == 405
    assert client.post("/en/wallet/sign-out/")["Location"] == SIGN_IN
    assert client.get("/en/wallet/")["Location"].startswith(SIGN_IN)


def test_forms_need_their_csrf_token(notice_number):
    strict = Client(enforce_csrf_checks=True)

    response = sign_in(strict, notice_number, "Anna Maria Müller")

    assert response.status_code == 403


def test_without_a_session_every_page_leads_to_the_sign_in(client, db):
    from django.urls import reverse

    from rongka.web.audience import Audience, mark_of
    from rongka.web.wallet.urls import urlpatterns

    names = [
        one.name
        for one in urlpatterns
        if "<" not in str(one.pattern) and mark_of(one.callback).audience is Audience.HOLDER
    ]

    assert {"steps", "code", "licence", "services", "me"} <= set(names)
    for name in names:
        address = reverse(f"wallet:{name}")
        asked = client.get(address), client.post(address)
        assert {one.status_code for one in asked} == {302}, name
        assert all("/wallet/sign-in/" in one["Location"] for one in asked), name


class TestOneTimeCode:
    """Outside a demo number and name are not enough: the notice's code the first time, later a known browser."""

    @pytest.fixture(autouse=True)
    def _no_demo(self, settings):
        settings.RONGKA_NAME_ALONE_SIGNS_IN = False

    @pytest.fixture
    def person_id(self, city):
        return city.person_at(State.NOTICE_ISSUED, data=MUELLER)

    @pytest.fixture
    def number(self, person_id):
        return case_of_person(person_id).notice.number

    @pytest.fixture
    def code(self, person_id):
        return printed_on(person_id)

    def test_number_and_name_alone_let_nobody_in_and_say_what_is_missing(self, client, number):
        response = sign_in(client, number, "Anna Maria Müller")

        assert response.status_code == 422
        assert "sign-in.code-needed" in response.content.decode()
        assert HOLDER_KEY not in client.session

    def test_the_code_lets_its_person_in_and_this_browser_is_known_from_then_on(self, client, number, person_id, code):
        first = sign_in(client, number, "Anna Maria Müller", code=f" {code.lower().replace('-', ' ')} ")
        client.post("/en/wallet/sign-out/")

        again = sign_in(client, number, "Anna Maria Müller")

        cookie = client.cookies["rk_browser"]
        assert (first.status_code, again.status_code) == (302, 302)
        assert client.session[HOLDER_KEY] == str(person_id)
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"

    def test_it_lets_nobody_in_twice_and_the_paper_no_longer_prints_it(self, client, number, person_id, code):
        sign_in(client, number, "Anna Maria Müller", code=code)

        again = sign_in(Client(), number, "Anna Maria Müller", code=code)

        assert "sign-in.code-wrong" in again.content.decode()
        assert printed_on(person_id) is None

    def test_another_browser_does_not_know_and_a_made_up_cookie_does_not_help(self, client, number, code):
        sign_in(client, number, "Anna Maria Müller", code=code)
        other = Client()
        other.cookies["rk_browser"] = "x" * 43

        assert sign_in(other, number, "Anna Maria Müller").status_code == 422

    def test_the_cookie_alone_and_another_persons_browser_let_nobody_in(self, client, city, number, code):
        sign_in(client, number, "Anna Maria Müller", code=code)
        stranger = city.person_at(State.NOTICE_ISSUED, data=passport("SMITH", "JOHN"))
        client.post("/en/wallet/sign-out/")

        answer = sign_in(client, case_of_person(stranger).notice.number, "John Smith")

        assert "sign-in.code-needed" in answer.content.decode()

    def test_guesses_count_as_tries(self, number, code):
        answers = [sign_in(Client(), number, "Anna Maria Müller", code="2222-2222").status_code for _ in range(6)]
        right = sign_in(Client(), number, "Anna Maria Müller", code=code)

        assert answers == [422] * 5 + [429]
        assert right.status_code == 429

    def test_the_code_of_another_person_is_wrong(self, client, city, number):
        other = printed_on(city.person_at(State.NOTICE_ISSUED, data=passport("SMITH", "JOHN")))

        assert "sign-in.code-wrong" in sign_in(client, number, "Anna Maria Müller", code=other).content.decode()

    def test_the_paper_prints_the_same_code_until_it_is_used(self, person_id, code):
        assert printed_on(person_id) == code
        assert re.fullmatch("[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}", code)

    def test_nothing_that_is_stored_tells_the_code(self, person_id, code):
        [row] = OneTimeCode.objects.filter(person_id=person_id).values()

        assert not any(code.replace("-", "") in str(value).upper() for value in row.values())
        assert one_time_code(row["id"], pepper=b"another secret") != code

    def test_the_counters_code_replaces_the_notices_and_forgets_the_browsers(
        self, client, city, number, person_id, code
    ):
        sign_in(client, number, "Anna Maria Müller", code=code)
        client.post("/en/wallet/sign-out/")
        code_id = print_one_time_code(actor=city.examiner, at=timezone.now(), number=number, mrz=MUELLER.mrz)

        without = sign_in(client, number, "Anna Maria Müller")
        with_it = sign_in(client, number, "Anna Maria Müller", code=one_time_code(code_id, pepper=PEPPER))

        assert (without.status_code, with_it.status_code) == (422, 302)
        assert printed_on(person_id) is None

    def test_every_way_in_is_written_down(self, client, number, person_id, code):
        sign_in(client, number, "Anna Maria Müller", code=code)
        sign_in(client, number, "Anna Maria Müller")

        ways = [one.data["way"] for one in happenings_of_person(person_id) if one.code == "holder.signed-in"]

        assert ways == ["code", "browser"]


def printed_on(person_id):
    notice_id = case_of_person(person_id).notice.id
    return code_for_notice(at=timezone.now(), notice_id=notice_id, pepper=PEPPER)
