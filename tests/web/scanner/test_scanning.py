"""The scanner's page: every verdict, what it shows and what it must not show, and the filing."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from rongka.credential.qr import qr_png
from rongka.registers.inspection.models import Check
from rongka.registers.inspection.queries import checks_of_person
from rongka.registers.journal.models import Record
from rongka.registers.journal.queries import happenings_of_person
from rongka.registers.permits.queries import permit_number_of
from rongka.rulebook.order import State

SCAN = "/en/scan/"
NAME = "DEMO, ANNA MARIA"


def scan(client, **given):
    return client.post(SCAN, {"purpose": "daily-inspection", "place": "Demo street 1"} | given)


def verdict(response) -> str:
    page = response.content.decode()
    return page.split('data-verdict="')[1].split('"')[0]


def test_a_live_code_is_valid_and_shows_whom_to_compare(inspector, phone):
    response = scan(inspector, code=phone.code())

    page = response.content.decode()
    assert verdict(response) == "valid"
    assert NAME in page
    assert "Compare the person" in page


def test_a_picture_of_the_code_is_read(inspector, phone):
    image = SimpleUploadedFile("code.png", phone.picture(), content_type="image/png")

    response = scan(inspector, image=image)

    assert verdict(response) == "valid"


@pytest.mark.parametrize("what", ["suspended", "cancelled", "revoked"])
def test_a_card_that_is_out_of_use_is_red_and_says_nothing_of_the_person(inspector, phone, hold, what):
    hold(phone, what)

    response = scan(inspector, code=phone.code())

    page = response.content.decode()
    assert verdict(response) == "not-valid"
    assert NAME not in page
    assert permit_number_of(phone.person_id) not in page


def test_an_old_code_is_red(inspector, phone):
    response = scan(inspector, code=phone.code(at=timezone.now() - timedelta(seconds=90)))

    assert verdict(response) == "not-valid"
    assert "code.stale" in response.content.decode()


def test_another_employers_worker_wants_a_second_look(inspector, phone):
    response = scan(inspector, code=phone.code(), employer="91350100M000100Y43")

    assert verdict(response) == "check"
    assert "employer.differs" in response.content.decode()


@pytest.mark.parametrize(("purpose", "expected"), [("on-site", "check"), ("daily-inspection", "valid")])
def test_the_place_counts_where_people_work(inspector, phone, purpose, expected):
    response = scan(inspector, code=phone.code(), purpose=purpose, place="Nowhere 1")

    assert verdict(response) == expected


def test_a_code_on_the_page_of_a_pdf_is_read(inspector, printed):
    notice, code = printed
    paper = Image.open(io.BytesIO(qr_png(code))).convert("RGB")
    paper.save(pdf := io.BytesIO(), "PDF")

    response = scan(inspector, image=SimpleUploadedFile("n.pdf", pdf.getvalue(), content_type="application/pdf"))

    assert verdict(response) == "check"
    assert notice.number in response.content.decode()


def test_a_printed_code_is_never_green(inspector, printed):
    _, code = printed

    response = scan(inspector, code=code)

    assert verdict(response) == "check"


@pytest.mark.parametrize("text", ["https://example.org/", "HC1:6BF", "1234", "融卡", "A" * 3000])
def test_a_foreign_code_is_grey(inspector, phone, text):
    response = scan(inspector, code=text)

    assert verdict(response) == "not-our-code"


def test_a_cut_code_is_red(inspector, phone):
    response = scan(inspector, code=phone.code()[:-40])

    assert verdict(response) == "not-valid"


def test_without_a_trust_list_nothing_is_green(inspector, phone, settings):
    settings.RONGKA_ANCHOR = "tests.web.scanner.test_scanning.nothing"

    response = scan(inspector, code=phone.code())

    assert verdict(response) == "check"
    assert NAME not in response.content.decode()


def nothing() -> None:
    """Give no anchor."""


@pytest.mark.parametrize(
    ("state", "expected"), [(State.ACTIVE, "check"), (State.LEGACY, "check"), (State.VERIFIED, "not-valid")]
)
def test_a_typed_number_is_never_green(inspector, city, trusted, state, expected):
    number = permit_number_of(city.person_at(state, legacy=state is State.LEGACY))

    response = scan(inspector, number=number)

    assert verdict(response) == expected


def test_an_unknown_number_is_grey(inspector, trusted):
    assert verdict(scan(inspector, number="WP234567")) == "not-our-code"


@pytest.mark.parametrize("given", [{}, {"code": "a", "number": "b"}])
def test_one_thing_is_given_no_more_and_no_less(inspector, given):
    response = scan(inspector, **given)

    assert response.status_code == 422
    assert "govuk-error-summary" in response.content.decode()


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"0" * 100])
def test_a_picture_that_cannot_be_read_gets_an_explanation(inspector, content):
    response = scan(inspector, image=SimpleUploadedFile("code.png", content, content_type="image/png"))

    assert response.status_code == 422


def test_an_unknown_purpose_is_refused(inspector, phone):
    response = scan(inspector, code=phone.code(), purpose="curiosity")

    assert response.status_code == 422


def test_the_holder_sees_every_check_even_one_that_was_refused(inspector, phone, hold):
    scan(inspector, code=phone.code())
    hold(phone, "suspended")
    scan(inspector, code=phone.code())

    refused, valid = checks_of_person(phone.person_id)

    assert (valid.verdict, refused.verdict) == ("valid", "not_valid")
    assert (valid.place, valid.purpose) == ("Demo street 1", "daily-inspection")
    assert "name" in valid.fields_seen
    assert refused.fields_seen == ()


def test_an_inspection_is_filed_once(inspector, phone):
    scan(inspector, code=phone.code())
    [check] = checks_of_person(phone.person_id)
    address = f"/en/scan/checks/{check.id}/"

    first = inspector.post(f"{address}file/", {"result": "in-order", "note": "demo", "idempotency_key": "one"})
    again = inspector.post(f"{address}file/", {"result": "irregular", "idempotency_key": "two"})

    assert (first.status_code, again.status_code) == (302, 409)
    assert checks_of_person(phone.person_id)[0].filing.result == "in-order"
    assert "In order" in inspector.get(address).content.decode()


def test_another_inspectorates_check_does_not_exist(inspector, phone, client):
    from django.contrib.auth import get_user_model

    from tests.registers.city import found_city

    scan(inspector, code=phone.code())
    [check] = checks_of_person(phone.person_id)
    stranger = get_user_model().objects.get(pk=found_city().inspector.staff_id)
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(f"/en/scan/checks/{check.id}/").status_code == 404


class TestThePublic:
    """Anybody may check a notice; nobody learns of a person by it."""

    ADDRESS = "/en/check-notice/"

    def test_number_and_first_letters_tell_whether_it_is_valid(self, client, settings, printed):
        settings.ALLOWED_HOSTS = ["*"]
        notice, _ = printed

        response = client.post(self.ADDRESS, {"number": notice.number.lower(), "initials": "a.d."})

        assert verdict(response) == "check"
        assert "notice.issued" in response.content.decode()
        assert "DEMO" not in response.content.decode().split('data-verdict="')[1].split("rk-footer")[0]

    @pytest.mark.parametrize("initials", ["", "XX", "D", "DEMO", "💳"])
    def test_wrong_letters_say_no_more_than_a_wrong_number(self, client, settings, printed, initials):
        settings.ALLOWED_HOSTS = ["*"]
        notice, _ = printed

        wrong_letters = client.post(self.ADDRESS, {"number": notice.number, "initials": initials})
        wrong_number = client.post(self.ADDRESS, {"number": "TZ22222222", "initials": "DA"})

        assert verdict(wrong_letters) == verdict(wrong_number) == "not-our-code"

    def test_the_printed_code_is_amber_and_names_nobody(self, client, settings, printed):
        settings.ALLOWED_HOSTS = ["*"]
        _, code = printed

        response = client.post(
            self.ADDRESS, {"image": SimpleUploadedFile("n.png", qr_png(code), content_type="image/png")}
        )

        assert verdict(response) == "check"
        assert NAME not in response.content.decode()

    def test_a_live_card_is_valid_and_names_nobody(self, client, settings, phone):
        settings.ALLOWED_HOSTS = ["*"]

        response = client.post(self.ADDRESS, {"code": phone.code()})

        assert verdict(response) == "valid"
        assert NAME not in response.content.decode()
        assert checks_of_person(phone.person_id)[0].inspectorate_id is None

    @pytest.mark.usefixtures("trusted")
    @pytest.mark.parametrize("given", [{"code": "HC1:6BF"}, {"number": "TZ22222222", "initials": "DA"}])
    def test_what_concerns_nobody_is_not_written_down(self, client, settings, given):
        settings.ALLOWED_HOSTS = ["*"]
        before = (Check.objects.count(), Record.objects.count())

        client.post(self.ADDRESS, given)

        assert (Check.objects.count(), Record.objects.count()) == before

    def test_whoever_asks_without_end_is_answered_and_fills_no_journal(self, client, settings, phone, monkeypatch):
        settings.ALLOWED_HOSTS = ["*"]
        monkeypatch.setattr("rongka.registers.inspection.commands.PUBLIC_CHECKS_AN_HOUR", 2)

        answers = [verdict(client.post(self.ADDRESS, {"code": phone.code()})) for _ in range(4)]

        happened = [happening.code for happening in happenings_of_person(phone.person_id)]
        assert answers == ["valid"] * 4
        assert len(checks_of_person(phone.person_id)) == happened.count("check.made") == 2

    def test_an_inspectors_check_is_written_down_whatever_the_public_did(self, inspector, phone, monkeypatch):
        monkeypatch.setattr("rongka.registers.inspection.commands.PUBLIC_CHECKS_AN_HOUR", 0)
        inspector.post(self.ADDRESS, {"code": phone.code()})

        scan(inspector, code=phone.code())

        assert [check.purpose for check in checks_of_person(phone.person_id)] == ["daily-inspection"]
