"""The scanner's outbox: each check is written down exactly once, judged again, and bad input is answered by itself."""

import base64
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from rongka.credential import Challenge, present_live_code
from rongka.registers.inspection.models import Check
from rongka.registers.inspection.queries import checks_of_person
from rongka.registers.journal.queries import happenings_of_person
from rongka.registers.permits.queries import permit_number_of
from rongka.web.audience import HOLDER_KEY
from tests.registers.city import found_city

SYNC = "/en/scan/sync/"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def check(code="", **given):
    """Make a check as a scanner sends it."""
    return {
        "id": str(uuid4()),
        "code": code,
        "checked_at": timezone.now().isoformat(),
        "verdict": "valid",
        "reason": "code.valid",
        "purpose": "daily-inspection",
        "place": "Demo street 1",
        "employer": "",
        "method": "camera",
        "challenge": None,
    } | given


def send(client, *checks):
    answer = client.post(SYNC, {"checks": list(checks)}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def sign_in(actor):
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.staff_id), backend=BACKEND)
    return client


def test_a_check_is_kept_and_the_holder_sees_it_at_once(inspector, phone):
    sent = check(phone.code())

    [result] = send(inspector, sent)

    [seen] = checks_of_person(phone.person_id)
    assert (result["id"], result["status"], result["check_id"]) == (sent["id"], "kept", str(seen.id))
    assert (seen.method, seen.verdict, seen.place) == ("camera", "valid", "Demo street 1")
    assert "name" in seen.fields_seen
    assert happenings_of_person(phone.person_id)[-1].code == "check.synchronised"


@pytest.mark.parametrize(
    ("minutes", "is_allowed"), [(4, True), (6, False), (-60 * 24 * 29, True), (-60 * 24 * 31, False)]
)
def test_a_clock_may_be_some_minutes_ahead_and_a_scanner_some_weeks_away(inspector, trusted, minutes, is_allowed):
    at = timezone.now() + timedelta(minutes=minutes)

    [result] = send(inspector, check("https://example.org/", checked_at=at.isoformat()))

    assert (result["status"] == "kept") is is_allowed


def test_the_holders_page_says_who_when_where_and_which_fields(inspector, phone):
    send(inspector, check(phone.code(timezone.now() - timedelta(minutes=10)), place="演示路9号"))
    holder = Client()
    session = holder.session
    session[HOLDER_KEY] = str(phone.person_id)
    session.save()

    page = holder.get("/en/wallet/checks/").content.decode()

    shown = (
        "Demo inspector",
        "演示路9号",
        "Daily inspection",
        "permit number",
        "Valid",
        "Judged again later",
        "Not valid",
    )
    assert [words for words in shown if words not in page] == []


def test_the_same_check_sent_again_is_known_and_not_written_twice(inspector, phone):
    sent = check(phone.code())

    [first], [again], twice = send(inspector, sent), send(inspector, sent), send(inspector, sent, sent)

    assert [one["status"] for one in (first, again, *twice)] == ["kept", "known", "known", "known"]
    assert {one["check_id"] for one in (first, again, *twice)} == {first["check_id"]}
    assert len(checks_of_person(phone.person_id)) == 1


def test_a_number_that_stands_for_another_check_is_refused(inspector, phone):
    sent = check(phone.code())
    send(inspector, sent)

    [result] = send(inspector, sent | {"code": phone.code(timezone.now() - timedelta(seconds=30))})

    assert (result["status"], result["code"]) == ("refused", "check.id-reused")


def test_another_inspectorate_may_have_the_same_number_and_learns_nothing_by_it(inspector, phone, city):
    sent = check(phone.code())
    [first] = send(inspector, sent)

    [second] = send(sign_in(found_city().inspector), sent)

    assert second["status"] == "kept"
    assert second["check_id"] != first["check_id"]


@pytest.mark.parametrize("what", ["suspended", "cancelled", "revoked"])
def test_what_happened_to_the_card_later_does_not_change_the_answer_of_then(inspector, phone, hold, what):
    sent = check(phone.code())
    hold(phone, what)

    send(inspector, sent)

    [seen] = checks_of_person(phone.person_id)
    assert (seen.verdict, seen.judged_verdict, seen.judged_reason) == ("valid", "valid", "code.valid")


@pytest.mark.parametrize("what", ["suspended", "cancelled", "revoked"])
def test_a_scanner_with_old_lists_is_put_right_and_both_answers_are_kept(inspector, phone, hold, what):
    hold(phone, what)
    sent = check(phone.code(timezone.now() + timedelta(seconds=2)), verdict="check", reason="status.stale")

    send(inspector, sent | {"checked_at": (timezone.now() + timedelta(seconds=3)).isoformat()})

    [seen] = checks_of_person(phone.person_id)
    assert (seen.verdict, seen.judged_verdict) == ("check", "not_valid")
    assert "name" in seen.fields_seen


def test_a_check_of_some_days_ago_is_judged_as_of_then(inspector, phone):
    then = timezone.now() - timedelta(days=3)
    key, token = phone.key, phone.token
    code = present_live_code(card_cwt=token, device=key, presented_at=then)

    [result] = send(inspector, check(code, checked_at=then.isoformat()))

    [seen] = checks_of_person(phone.person_id)
    assert result["status"] == "kept"
    assert (seen.checked_at, seen.judged_verdict) == (then, "not_valid")  # the card was not issued yet
    assert seen.judged_reason == "code.from_future"


def test_an_old_code_that_a_scanner_calls_new_is_found_out(inspector, phone):
    sent = check(phone.code(timezone.now() - timedelta(minutes=10)))

    send(inspector, sent)

    [seen] = checks_of_person(phone.person_id)
    assert (seen.verdict, seen.judged_reason) == ("valid", "code.stale")


def test_the_answer_to_a_challenge_is_judged_with_the_challenge(inspector, phone):
    challenge = Challenge(nonce=b"12345678", audience="Demo inspectorate")
    code = present_live_code(card_cwt=phone.token, device=phone.key, presented_at=timezone.now(), challenge=challenge)
    asked = {"nonce": base64.urlsafe_b64encode(challenge.nonce).rstrip(b"=").decode(), "audience": challenge.audience}

    results = send(inspector, check(code, challenge=asked), check(code, challenge=asked | {"audience": "another"}))

    other, right = (one.judged_reason for one in checks_of_person(phone.person_id))
    assert [one["status"] for one in results] == ["kept", "kept"]
    assert {right, other} == {"code.valid", "challenge.unanswered"}


def test_at_a_work_place_the_server_compares_the_place_too(inspector, phone):
    seen = {"purpose": "on-site", "place": "Nowhere 1", "verdict": "check", "reason": "place.differs"}

    send(inspector, check(phone.code(), **seen))

    [kept] = checks_of_person(phone.person_id)
    assert (kept.judged_verdict, kept.judged_reason) == ("check", "place.differs")


def test_red_shows_nothing_of_the_person_and_a_typed_number_neither(inspector, phone):
    number = permit_number_of(phone.person_id)

    send(
        inspector,
        check(phone.code(), verdict="not_valid", reason="status.revoked"),
        check(phone.code(), verdict="check", reason="trust.missing"),
        check(number, method="number", verdict="check", reason="number.active"),
    )

    assert [one.fields_seen for one in checks_of_person(phone.person_id)] == [(), (), ()]


def test_a_foreign_code_is_kept_and_is_nobodys(inspector, trusted):
    [result] = send(inspector, check("https://example.org/", verdict="not_our_code", reason="code.foreign"))

    kept = Check.objects.get(id=result["check_id"])
    assert (kept.person_id, kept.judged_verdict) == (None, "not_our_code")


class TestElsewhere:
    """A live code that somebody else saw too, or at another place, is a copy of it."""

    def test_the_first_who_saw_it_is_named(self, inspector, phone):
        code = phone.code()
        send(inspector, check(code, place="Demo street 1"))

        [result] = send(sign_in(found_city().inspector), check(code, place="Demo street 1"))

        assert result["elsewhere"]["place"] == "Demo street 1"
        assert result["elsewhere"]["unit"] == {"zh": "演示机构", "en": "Demo inspector"}

    def test_the_same_inspector_at_another_place_is_elsewhere_too(self, inspector, phone):
        code = phone.code()

        here, again, there = send(inspector, check(code), check(code), check(code, place="Demo street 2"))

        assert "elsewhere" not in here | again
        assert there["elsewhere"]["place"] == "Demo street 1"

    def test_a_second_signature_over_the_same_bytes_is_the_same_code(self, inspector, phone):
        from rongka.credential import transport
        from rongka.credential.keys import SIGNATURE_BYTES

        code = phone.code()
        message = transport.read(code)
        order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
        s = int.from_bytes(message[-SIGNATURE_BYTES // 2 :])
        other = transport.write(message[: -SIGNATURE_BYTES // 2] + (order - s).to_bytes(SIGNATURE_BYTES // 2))
        send(inspector, check(code))

        [result] = send(inspector, check(other, place="Demo street 2"))

        assert other != code
        assert "elsewhere" in result

    def test_a_printed_code_may_be_seen_anywhere(self, inspector, printed):
        _, code = printed

        results = send(inspector, check(code, verdict="check"), check(code, verdict="check", place="Demo street 2"))

        assert not any("elsewhere" in one for one in results)


BAD = {
    "no object": 7,
    "no id": check("x", id=None),
    "an id of another kind": check("x", id=12),
    "an id that is none": check("x", id="../../etc"),
    "no code": check(""),
    "a code that is too long": check("A" * 4001),
    "a code that is no text": check(["A"]),
    "no time": check("x", checked_at=""),
    "a time without a zone": check("x", checked_at="2026-11-23T10:00:00"),
    "a time that is a number": check("x", checked_at=1),
    "the first of all times": check("x", checked_at="0001-01-01T00:00:00+23:59"),
    "the last of all times": check("x", checked_at="9999-12-31T23:59:59-23:59"),
    "tomorrow": check("x", checked_at=(timezone.now() + timedelta(days=1)).isoformat()),
    "a month ago": check("x", checked_at=(timezone.now() - timedelta(days=31)).isoformat()),
    "a verdict of its own": check("x", verdict="excellent"),
    "a reason in prose": check("x", reason="Because I say so"),
    "a reason that is too long": check("x", reason=".".join(["a" * 21] * 3)),
    "a purpose of the public's": check("x", purpose="public"),
    "a purpose of nobody's": check("x", purpose="curiosity"),
    "a place that is too long": check("x", place="x" * 121),
    "a place that is no text": check("x", place={"a": 1}),
    "an invisible place": check("x", place="\0"),
    "a method of its own": check("x", method="guess"),
    "an employer that is none": check("x", employer="' OR 1=1"),
    "a number with a NUL": check("a\0b", method="number"),
    "a challenge that is none": check("x", challenge=[]),
    "a challenge without a nonce": check("x", challenge={"audience": "a"}),
    "a nonce that is no text": check("x", challenge={"audience": "a", "nonce": 7}),
    "a nonce of another alphabet": check("x", challenge={"audience": "a", "nonce": "融卡融卡融卡"}),
    "a challenge of nobody": check("x", challenge={"audience": "", "nonce": "MTIzNDU2Nzg"}),
}


def test_a_bad_check_is_refused_in_both_languages_and_holds_no_other_up(inspector, phone):
    *refused, kept = send(inspector, *BAD.values(), check(phone.code()))

    taken = [name for name, one in zip(BAD, refused, strict=True) if one["status"] != "refused"]
    assert (taken, kept["status"]) == ([], "kept")
    assert all(one["code"].startswith(("check.", "words.")) for one in refused)
    assert all(one["text"]["zh"] and one["text"]["en"] for one in refused)


BODIES = [
    (b"", 422, "request.unreadable"),
    (b"{", 422, "request.unreadable"),
    (b"[]", 422, "request.unreadable"),
    (b"{}", 422, "request.unreadable"),
    (b'{"checks": {}}', 422, "request.unreadable"),
    (b'{"checks": [' + b"[" * 900, 422, "request.unreadable"),
    (b'{"checks": [], "checks": []}', 422, "request.unreadable"),
    (b'{"checks": ["\\ud800"]}', 422, "request.unreadable"),
    (json.dumps({"checks": [0] * 51}).encode(), 413, "request.too-large"),
    (b'{"checks": ["' + b"x" * (256 << 10) + b'"]}', 413, "request.too-large"),
]


def test_a_body_that_is_no_outbox_is_answered_in_json(inspector, trusted):
    for body, status, code in BODIES:
        answer = inspector.post(SYNC, body, content_type="application/json")

        assert (answer.status_code, answer.json()["code"]) == (status, code), body[:40]


def test_the_longest_of_everything_is_kept(inspector, trusted):
    longest = {"code": "A" * 4000, "place": "融" * 120, "reason": ".".join(["a" * 20] * 3), "employer": "9" * 18}

    [result] = send(inspector, check(**longest))

    assert result["status"] == "kept"


def test_fifty_checks_are_taken_at_once(inspector, trusted):
    results = send(inspector, *(check("https://example.org/") for _ in range(50)))

    assert {one["status"] for one in results} == {"kept"}


class TestWhoMay:
    """Signed-in inspectors, from our own pages."""

    def test_another_sites_form_is_refused(self, inspector):
        careful = Client(enforce_csrf_checks=True)
        careful.cookies = inspector.cookies

        answer = careful.post(
            SYNC, {"checks": []}, content_type="application/json", headers={"Accept": "application/json"}
        )

        assert (answer.status_code, answer.json()["code"]) == (403, "request.form-expired")

    def test_a_scanner_that_was_away_asks_for_a_token_and_then_sends(self, inspector, phone):
        careful = Client(enforce_csrf_checks=True)
        careful.cookies = inspector.cookies
        token = careful.get(SYNC).json()["csrf"]

        answer = careful.post(
            SYNC, {"checks": [check(phone.code())]}, content_type="application/json", headers={"X-CSRFToken": token}
        )

        assert answer.json()["results"][0]["status"] == "kept"

    def test_whoever_is_signed_out_is_told_so(self, client, settings):
        settings.ALLOWED_HOSTS = ["*"]

        answer = client.post(SYNC, b"{}", content_type="application/json", headers={"Accept": "application/json"})

        assert (answer.status_code, answer.json()["code"]) == (401, "access.sign-in")

    @pytest.mark.parametrize("who", ["employer", "authority", "border"])
    def test_other_staff_may_not(self, city, settings, who):
        settings.ALLOWED_HOSTS = ["*"]

        answer = sign_in(getattr(city, who)).post(
            SYNC, b"{}", content_type="application/json", headers={"Accept": "application/json"}
        )

        assert (answer.status_code, answer.json()["code"]) == (403, "access.not-permitted")

    @pytest.mark.parametrize("method", ["put", "delete", "patch"])
    def test_other_methods_are_refused(self, inspector, method):
        assert getattr(inspector, method)(SYNC).status_code == 405


def test_the_pages_of_the_scanner_alone_may_compile_and_they_name_the_anchor(inspector, trusted):
    scanner, checks = inspector.get("/en/scan/"), inspector.get("/en/scan/checks/")

    assert "script-src 'self' 'wasm-unsafe-eval'" in scanner["Content-Security-Policy"]
    assert "unsafe-eval'" not in checks["Content-Security-Policy"]
    assert scanner.context["anchor"]
