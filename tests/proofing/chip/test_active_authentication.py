"""A copy of the files passes passive authentication; only the chip's own key answers a nonce."""

from dataclasses import replace

import pytest

from rongka.proofing.chip import Answer, DocumentLevel, DocumentStatus
from rongka.proofing.chip.specimens import CurveKey, Secrets
from tests.proofing.chip.world import NONCE, World, check, make, rsa_key, verify


@pytest.fixture(scope="module", params=["ECDSA", "RSA"])
def world(request) -> World:
    return make(chip_key=None if request.param == "ECDSA" else rsa_key(bits=1024))


def _refused(world: World, answer: Answer, **changes) -> tuple[str, str]:
    result = verify(world, replace(world.document, answer=answer, **changes))
    assert result.level is DocumentLevel.NONE or check(result, "clone").startswith("cannot_tell")
    return result.status, check(result, "clone")


def test_the_original_chip_answers(world):
    result = verify(world, world.answered)

    assert (result.level, check(result, "clone")) == (DocumentLevel.L3, "passed chip.clone")


def test_a_copy_passes_without_and_fails_with_a_nonce(world):
    is_rsa = world.passport.chip_key == rsa_key(bits=1024)
    other = rsa_key() if is_rsa else CurveKey.make("copy", secrets_=Secrets(b"copy"))
    copy = replace(world.passport, chip_key=other)

    silent = verify(world, copy.document())
    asked = verify(world, copy.document(answer=copy.answer(NONCE)))

    assert (silent.status, silent.level) == (DocumentStatus.PASS, DocumentLevel.L2)
    assert (asked.status, check(asked, "clone")) == (DocumentStatus.FAIL, "failed chip.clone-check-failed")


def test_an_answer_to_another_nonce_is_refused(world):
    old = world.passport.answer(bytes(8))

    assert _refused(world, Answer(NONCE, old.signature)) == ("fail", "failed chip.clone-check-failed")


@pytest.mark.parametrize("nonce", [b"", b"1234567", b"123456789", bytes(64)], ids=len)
def test_a_nonce_of_another_length_is_refused(world, nonce):
    assert _refused(world, world.passport.answer(nonce)) == ("fail", "failed chip.clone-check-failed")


def test_every_changed_bit_of_an_answer_is_refused(world):
    good = world.passport.answer(NONCE).signature

    for bit in range(0, 8 * len(good), 37):
        changed = bytearray(good)
        changed[bit // 8] ^= 1 << bit % 8
        assert _refused(world, Answer(NONCE, bytes(changed))) == ("fail", "failed chip.clone-check-failed")


@pytest.mark.parametrize("signature", [b"", b"\0", bytes(64), bytes(128), b"\xff" * 128, b"\1" * 1024], ids=len)
def test_hostile_answers_are_refused(world, signature):
    assert _refused(world, Answer(NONCE, signature)) == ("fail", "failed chip.clone-check-failed")


def test_an_answer_without_a_signed_key_cannot_be_judged(world):
    answer = world.passport.answer(NONCE)

    assert _refused(world, answer, dg15=None) == ("pass", "cannot_tell chip.no-chip-key")


def test_an_answer_larger_than_any_is_not_looked_at(world):
    result = verify(world, replace(world.document, answer=Answer(NONCE, bytes(1_025))))

    assert (result.status, check(result, "form")) == ("fail", "failed chip.too-large")
