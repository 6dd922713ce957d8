"""`verify_live_code` and `verify_printed_code` give a value or raise; `judge` is tested beside them."""

from datetime import timedelta

import pytest

from rongka.credential import (
    Challenge,
    FormatError,
    Purpose,
    RefusedError,
    SoftwareKey,
    verify_live_code,
    verify_printed_code,
)
from rongka.credential.errors import ForeignCodeError
from tests.credential.world import INDEX, LIST_URI, LONGEST, NOTICE, NOW, ORDINARY, World

CHALLENGE = Challenge(nonce=b"12345678", audience="inspector 7")


@pytest.mark.parametrize("claims", [ORDINARY, LONGEST])
def test_a_live_code_gives_its_claims_its_issuer_and_where_its_status_stands(world, claims):
    code = world.live_code(claims)

    verified = verify_live_code(code=code, trust=world.trust(), now=NOW)

    assert verified.document.claims == claims
    assert verified.issuer.name.en == "Shanghai"
    assert (verified.status.uri, verified.status.index) == (LIST_URI, INDEX)
    assert verified.presentation.presented_at == NOW
    assert verified.document_id == world.judge(code).document_id


def test_a_printed_code_gives_its_claims_and_no_presentation(world):
    verified = verify_printed_code(code=world.printed_code(), trust=world.trust(), now=NOW)

    assert verified.document.claims == NOTICE
    assert verified.presentation is None
    assert len(verified.document_id) == 32


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda w: {"code": w.live_code(device=SoftwareKey.generate())}, "device.other_key"),
        (lambda w: {"code": w.printed_code()}, "card.without_device"),
        (lambda _: {"trust": World().trust()}, "issuer.unknown"),
        (lambda w: {"trust": w.trust(next_update=NOW)}, "trust.stale"),
        (lambda _: {"now": NOW + timedelta(seconds=61)}, "code.stale"),
        (lambda _: {"now": NOW - timedelta(seconds=31)}, "clock.differs"),
        (lambda _: {"challenge": CHALLENGE}, "challenge.unanswered"),
    ],
)
def test_what_is_not_good_now_is_refused_with_its_reason(world, change, code):
    given = {"code": world.live_code(), "trust": world.trust(), "now": NOW}

    with pytest.raises(RefusedError) as refused:
        verify_live_code(**given | change(world))

    assert refused.value.reason.code == code


def test_a_live_code_is_no_printed_code(world):
    with pytest.raises(RefusedError):
        verify_printed_code(code=world.live_code(), trust=world.trust(), now=NOW)


def test_a_notice_signed_by_another_key_of_the_same_city_is_refused(world):
    forger = World(keys=world.keys | {Purpose.NOTICE: world.keys[Purpose.CARD]})

    with pytest.raises(RefusedError) as refused:
        verify_printed_code(code=forger.printed_code(), trust=world.trust(), now=NOW)

    assert refused.value.reason.code == "issuer.distrusted"


def test_codes_of_others_and_broken_ones_are_told_apart(world):
    with pytest.raises(ForeignCodeError):
        verify_live_code(code="https://example.com", trust=world.trust(), now=NOW)
    with pytest.raises(FormatError):
        verify_live_code(code=world.live_code()[:-30], trust=world.trust(), now=NOW)
