from dataclasses import replace
from datetime import date, timedelta

import pytest

from rongka.credential import (
    Challenge,
    Expected,
    Issuer,
    Purpose,
    SoftwareKey,
    Status,
    TrustedKey,
    VerdictKind,
    reasons,
    transport,
    verify_status_list,
)
from rongka.text import Text
from tests.credential.world import LIST_URI, NOTICE, NOW, ORDINARY, World

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
ENDED = replace(ORDINARY, valid_until=date(2026, 11, 23))
ENDING = replace(ORDINARY, valid_until=date(2026, 12, 20))
FUTURE = replace(ORDINARY, valid_from=date(2026, 11, 24))
CHALLENGE = Challenge(nonce=b"x" * 16, audience="a")
HERE = Expected(employer_credit_code="91350100M000100Y43", work_place="上海市 浦东新区张江")


def _rows(world, **changes):
    """The trust list's rows with the card key's changed."""
    rows = []
    for purpose, key in world.keys.items():
        row = TrustedKey(purpose=purpose, key=key.public, signs_from=NOW - DAY)
        rows.append(replace(row, **changes) if purpose is Purpose.CARD else row)
    return (Issuer(name=Text(zh="上海", en="Shanghai"), keys=tuple(rows)),)


def test_a_good_code_is_valid_and_says_who_it_is(world):
    verdict = world.judge()

    assert (verdict.kind, verdict.reason.code) == (VerdictKind.VALID, "code.valid")
    assert verdict.claims == ORDINARY
    assert verdict.issuer.name.en == "Shanghai"
    assert len(verdict.document_id) == 32
    assert verdict.presented_at == NOW


@pytest.mark.parametrize(
    ("change", "kind", "code"),
    [
        # red
        (lambda w: {"code": w.live_code(device=SoftwareKey.generate())}, "not_valid", "device.other_key"),
        (lambda w: {"code": transport.write(w.card())}, "not_valid", "card.without_device"),
        (lambda _: {"trust": World().trust()}, "not_valid", "issuer.unknown"),
        (lambda w: {"trust": w.trust(issuers=_rows(w, distrusted_from=NOW))}, "not_valid", "issuer.distrusted"),
        (lambda w: {"trust": w.trust(issuers=_rows(w, signs_until=NOW))}, "not_valid", "issuer.distrusted"),
        (lambda w: {"trust": w.trust(issuers=_rows(w, signs_from=NOW + DAY))}, "not_valid", "issuer.distrusted"),
        (lambda w: {"trust": w.trust(issuers=_rows(w, purpose=Purpose.NOTICE))}, "not_valid", "issuer.distrusted"),
        (lambda w: {"code": w.live_code(presented_at=NOW - 61 * SECOND)}, "not_valid", "code.stale"),
        (lambda w: {"code": w.live_code(presented_at=NOW + 301 * SECOND)}, "not_valid", "code.from_future"),
        (lambda w: {"status_lists": w.status_lists(Status.INVALID)}, "not_valid", "status.revoked"),
        (lambda w: {"status_lists": w.status_lists(Status.SUSPENDED)}, "not_valid", "status.suspended"),
        (lambda w: {"code": w.live_code(ENDED)}, "not_valid", "permit.expired"),
        (lambda w: {"code": w.live_code(FUTURE)}, "not_valid", "permit.not_yet_valid"),
        (lambda w: {"code": w.live_code()[:-40]}, "not_valid", "code.damaged"),
        (lambda _: {"challenge": CHALLENGE}, "not_valid", "challenge.unanswered"),
        (lambda w: {"code": w.printed_code(), "challenge": CHALLENGE}, "not_valid", "challenge.unanswered"),
        # grey
        (lambda _: {"code": "https://example.com/" * 20}, "not_our_code", "code.foreign"),
        (lambda _: {"code": ""}, "not_our_code", "code.foreign"),
        # amber
        (lambda _: {"trust": None}, "check", "trust.missing"),
        (lambda w: {"trust": w.trust(next_update=NOW)}, "check", "trust.stale"),
        (lambda _: {"trust": World().trust(next_update=NOW)}, "check", "trust.stale"),
        (lambda w: {"trust": w.trust(issued_at=NOW + DAY, next_update=NOW + 2 * DAY)}, "check", "trust.stale"),
        (lambda _: {"status_lists": {}}, "check", "status.missing"),
        (lambda w: {"status_lists": w.status_lists(uri=LIST_URI + "0")}, "check", "status.missing"),
        (lambda w: {"code": w.live_code(presented_at=NOW + 31 * SECOND)}, "check", "clock.differs"),
        (lambda w: {"code": w.printed_code()}, "check", "document.printed"),
        (lambda _: {"expected": Expected(employer_credit_code="91310000000000000P")}, "check", "employer.differs"),
        (lambda _: {"expected": Expected(work_place="上海市徐汇区")}, "check", "place.differs"),
        (lambda w: {"code": w.live_code(ENDING)}, "check", "permit.expiring"),
        # green
        (lambda w: {"code": w.live_code(presented_at=NOW - 60 * SECOND)}, "valid", "code.valid"),
        (lambda w: {"code": w.live_code(presented_at=NOW + 30 * SECOND)}, "valid", "code.valid"),
        (lambda _: {"expected": HERE}, "valid", "code.valid"),
        (lambda w: {"trust": w.trust(issuers=_rows(w, distrusted_from=NOW + SECOND))}, "valid", "code.valid"),
    ],
)  # fmt: skip
def test_the_table_of_verdicts(world, change, kind, code):
    verdict = world.judge(**change(world))

    assert (verdict.kind, verdict.reason.code) == (kind, code)
    if kind in {"not_valid", "not_our_code"}:
        assert verdict.claims is None
        assert verdict.issuer is None


def test_a_status_list_older_than_a_day_cannot_tell_and_still_knows_who_was_revoked(world):
    old = world.status_lists(issued_at=NOW)
    revoked = world.status_lists(Status.INVALID, issued_at=NOW)
    later = NOW + timedelta(hours=24, seconds=1)
    code = world.live_code(presented_at=later)

    assert world.judge(code, now=later, status_lists=old).reason.code == "status.stale"
    assert world.judge(code, now=later, status_lists=revoked).reason.code == "status.revoked"
    assert world.judge(now=NOW + timedelta(hours=24), code=world.live_code(presented_at=NOW + timedelta(hours=24)),
                       status_lists=old).kind is VerdictKind.VALID  # fmt: skip


def test_another_citys_list_says_nothing_of_this_citys_card(world):
    other = World(anchor=world.anchor)
    issuers = (*world.trust().issuers, Issuer(name=Text(zh="北京", en="Beijing"), keys=other.trust().issuers[0].keys))
    trust = world.trust(issuers=issuers)
    theirs = verify_status_list(token=other.status_token(Status.VALID), trust=trust, now=NOW)

    verdict = world.judge(trust=trust, status_lists={theirs.uri: theirs})

    assert (verdict.kind, verdict.reason.code) == (VerdictKind.CHECK, "status.missing")
    assert world.judge(trust=trust).kind is VerdictKind.VALID


def test_nothing_about_a_person_is_said_while_the_issuer_is_not_known(world):
    for trust in (None, World().trust(next_update=NOW)):
        verdict = world.judge(trust=trust)

        assert verdict.kind is VerdictKind.CHECK
        assert verdict.claims is None
        assert verdict.issuer is None


def test_a_stale_trust_list_that_knows_the_issuer_still_shows_the_verified_claims(world):
    assert world.judge(trust=world.trust(next_update=NOW)).claims == ORDINARY


def test_an_issuers_signature_over_other_claims_is_refused(world):
    # The same key identifier, another key: only the signature can tell.
    forger = World(keys=world.keys | {Purpose.CARD: SoftwareKey.generate()}, device=world.device)
    message = transport.read(forger.live_code())
    forged = message.replace(forger.keys[Purpose.CARD].public.kid, world.keys[Purpose.CARD].public.kid)

    # The device signs the forged card, as a forger who owns the phone could.
    assert forged != message
    assert world.judge(transport.write(forged)).reason.code in {"device.other_key", "issuer.signature"}


def test_a_challenge_that_is_answered_passes_and_another_does_not(world):
    challenge = Challenge(nonce=b"0123456789abcdef", audience="inspector 7")
    code = world.live_code(challenge=challenge)

    assert world.judge(code, challenge=challenge).kind is VerdictKind.VALID
    assert world.judge(code).kind is VerdictKind.VALID
    for other in (replace(challenge, nonce=b"0" * 16), replace(challenge, audience="somebody else")):
        assert world.judge(code, challenge=other).reason.code == "challenge.unanswered"


def test_a_printed_code_shows_its_claims_and_is_red_once_its_notice_is_cancelled(world):
    code = world.printed_code()

    assert world.judge(code).claims == NOTICE
    assert world.judge(code, status_lists=world.status_lists(Status.INVALID)).reason.code == "status.revoked"
    assert [reason.code for reason in world.judge(code, status_lists={}).also] == ["document.printed"]


def test_all_doubts_are_told_not_only_the_first(world):
    verdict = world.judge(
        world.live_code(replace(ORDINARY, valid_until=date(2026, 12, 20))),
        status_lists={},
        expected=Expected(work_place="北京市"),
    )

    codes = [reason.code for reason in (verdict.reason, *verdict.also)]
    assert codes == ["status.missing", "place.differs", "permit.expiring"]


def test_every_reason_has_a_code_of_its_own():
    every = [value for value in vars(reasons).values() if isinstance(value, reasons.VerdictReason)]

    assert len({reason.code for reason in every}) == len(every) >= 25
