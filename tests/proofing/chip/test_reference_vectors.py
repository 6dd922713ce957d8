"""Other people's SODs, whose roots we do not have: the good ones verify by their own signer, the broken ones do not."""

from hashlib import sha256

import pytest

from rongka.proofing.chip import ChipDocument, ChipVerifier, DocumentStatus
from rongka.proofing.chip.active_authentication import _recover
from rongka.proofing.chip.data_groups import read_answer_digest, read_chip_key
from rongka.proofing.chip.security_object import read_sod
from rongka.proofing.errors import ChipError
from tests.proofing.chip.world import AT, check, trusting
from tests.proofing.conftest import vectors

# By SHA-256: the two SODs as they were signed. All others are these two with something changed: the message's type or
# version, the content's type (also inside what was signed), the LDS version, a byte too many, the hash of a data group.
GOOD = {"68f32f11", "9712ab14"}
GOOD_COUNT, BROKEN_COUNT = 4, 15


@pytest.fixture(scope="module")
def samples() -> dict[str, bytes]:
    return {name: bytes.fromhex(row["hex"]) for name, row in vectors("pymrtd/hex-vectors.json").items()}


@pytest.fixture(scope="module")
def sods(samples) -> list[bytes]:
    return [data for data in samples.values() if data[:1] == b"\x77" and len(data) > 1_000]


def _verifies(data: bytes) -> bool:
    try:
        read_sod(data).message.verify()
    except ChipError:
        return False
    return True


def test_every_good_sod_verifies_and_every_broken_one_is_refused(sods):
    good = [data for data in sods if sha256(data).hexdigest()[:8] in GOOD]
    broken = [data for data in sods if data not in good]

    assert (len(good), len(broken)) == (GOOD_COUNT, BROKEN_COUNT)
    assert [_verifies(data) for data in good] == [True] * GOOD_COUNT
    assert [_verifies(data) for data in broken] == [False] * BROKEN_COUNT


def test_a_good_sod_whose_root_we_lack_cannot_be_verified(sods):
    verifier = ChipVerifier(trusting())

    found = [verifier.verify(ChipDocument(sod=data, dg1=None), at=AT) for data in sods]

    good = [row for row in found if row.status is not DocumentStatus.FAIL]
    assert {row.status for row in good} == {DocumentStatus.CANNOT_VERIFY}
    assert len(good) == GOOD_COUNT
    assert {check(row, "signer") for row in good} == {"cannot_tell chip.csca-unknown"}


def test_the_data_groups_beside_the_sods_are_those_that_were_signed(samples):
    groups = zip((1, 14, 15), (samples[f"sod_test.py#{number}"] for number in (54, 55, 56)), strict=True)
    sod = read_sod(samples["sod_test.py#29"])

    matched = [number for number, data in groups if _is_of(sod, number, data)]

    assert matched == [1, 14, 15]


def test_data_groups_of_others_are_read(samples):
    keys = [read_chip_key(data) for name, data in samples.items() if name.startswith("dg15") and data[:1] == b"\x6f"]
    digests = [read_answer_digest(data) for name, data in samples.items() if data[:2] == b"\x6e\x82"]

    assert len(keys) == 2
    assert {key.key.key_size for key in keys} == {1024}
    assert set(digests) == {None}


def test_answers_of_other_peoples_chips_are_opened(samples):
    key = read_chip_key(samples["iso9796e2_test.py#13"]).key
    pairs = [(samples[f"iso9796e2_test.py#{n}"], samples[f"iso9796e2_test.py#{n + 1}"]) for n in (14, 16, 18, 20)]

    assert [_recover(signature, key).part == part for signature, part in pairs] == [True] * 4


def _is_of(sod, number: int, data: bytes) -> bool:
    try:
        sod.check_group(number, data)
    except ChipError:
        return False
    return True
