"""Master lists and revocation lists: whoever is named signed them, or they do not count."""

from datetime import timedelta

import pytest

from rongka.proofing.chip import DocumentStatus, read_master_list, read_revocation_list
from rongka.proofing.chip.specimens import SpecimenAuthority, SpecimenPassport
from rongka.proofing.errors import ChipError, ChipFormatError, TrustStoreError
from tests.proofing.chip.world import AT, MADE, SEED, SIGNED, World, check, make, trusting, verify

LISTED = MADE + timedelta(days=500)


@pytest.fixture(scope="module")
def world() -> World:
    return make()


@pytest.fixture(scope="module")
def publisher() -> SpecimenAuthority:
    return SpecimenAuthority.make(valid_from=MADE, state="D", seed=b"who publishes the list")


def _anchor(authority: SpecimenAuthority) -> frozenset[str]:
    return frozenset({trusting(authority).roots[0].fingerprint.upper()})


def test_a_master_lists_roots_verify_passports(world, publisher):
    data = publisher.master_list(certificates=[world.authority.certificate, publisher.certificate], signed_at=LISTED)

    trust = read_master_list(data, anchors=_anchor(publisher), at=AT)

    assert (len(trust.roots), trust.skipped, trust.dated_on) == (2, 0, LISTED.date())
    assert trust.version.startswith("DE 2025-05-15 ")
    assert verify(world, trust=trust).status is DocumentStatus.PASS
    assert verify(world, trust=trust).trust_list_version == trust.version


def test_what_cannot_be_read_in_a_master_list_is_skipped_and_counted(world, publisher):
    certificates = [world.authority.certificate, world.signer.certificate, b"\x30\x03\x02\x01\x00"]

    trust = read_master_list(
        publisher.master_list(certificates=certificates, signed_at=LISTED), anchors=_anchor(publisher), at=AT
    )

    assert (len(trust.roots), trust.skipped) == (1, 2)


def test_a_master_list_under_another_root_does_not_count(world, publisher):
    data = publisher.master_list(certificates=[world.authority.certificate], signed_at=LISTED)

    for anchors in (frozenset(), _anchor(world.authority), frozenset({"00" * 32})):
        with pytest.raises(TrustStoreError):
            read_master_list(data, anchors=anchors, at=AT)


def test_a_master_list_from_the_future_does_not_count(world, publisher):
    data = publisher.master_list(certificates=[world.authority.certificate], signed_at=AT + timedelta(days=1))

    with pytest.raises(TrustStoreError):
        read_master_list(data, anchors=_anchor(publisher), at=AT)


def test_a_changed_master_list_does_not_count(world, publisher):
    data = publisher.master_list(certificates=[world.authority.certificate], signed_at=LISTED)

    for place in range(40, len(data), 97):
        changed = data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :]
        with pytest.raises(ChipError):
            read_master_list(changed, anchors=_anchor(publisher), at=AT)


def test_a_document_signer_signs_no_master_list(world):
    with pytest.raises(ChipFormatError):
        read_master_list(world.document.sod, anchors=_anchor(world.authority), at=AT)


def test_stores_are_joined_and_as_old_as_the_older(world, publisher):
    listed = read_master_list(
        publisher.master_list(certificates=[publisher.certificate], signed_at=LISTED), anchors=_anchor(publisher), at=AT
    )

    joined = listed.with_more(trusting(world.authority))

    assert (len(joined.roots), joined.dated_on) == (2, MADE.date())
    assert verify(world, trust=joined).status is DocumentStatus.PASS


def _list(authority, serials, *, days=30):
    der = authority.revocation_list(serials=serials, made_at=AT - timedelta(days=5), next_at=AT + timedelta(days=days))
    return read_revocation_list(der, roots=trusting(authority).roots)


def test_without_a_revocation_list_the_result_says_so(world):
    assert check(verify(world), "revocation") == "not_done chip.no-revocation-list"


def test_a_signer_on_no_list_passes_and_one_on_it_is_refused(world):
    clean = world.trust.with_revocations(_list(world.authority, []), _list(world.authority, [4711]))
    revoked = clean.with_revocations(_list(world.authority, [world.signer.serial]))

    assert check(verify(world, trust=clean), "revocation") == "passed chip.revocation"
    assert verify(world, trust=clean).status is DocumentStatus.PASS
    assert check(verify(world, trust=revoked), "revocation") == "failed chip.signer-revoked"
    assert verify(world, trust=revoked).status is DocumentStatus.FAIL


def test_an_old_list_warns_and_still_revokes(world):
    old = world.trust.with_revocations(_list(world.authority, [], days=-1))
    revoked = world.trust.with_revocations(_list(world.authority, [world.signer.serial], days=-1))

    assert check(verify(world, trust=old), "revocation") == "warned chip.revocation-list-old"
    assert verify(world, trust=revoked).status is DocumentStatus.FAIL


def test_a_revocation_list_by_a_stranger_does_not_count(world):
    stranger = SpecimenAuthority.make(valid_from=MADE, seed=b"stranger")
    der = stranger.revocation_list(serials=[world.signer.serial], made_at=AT, next_at=AT)

    with pytest.raises(TrustStoreError):
        read_revocation_list(der, roots=world.trust.roots)


def test_a_changed_revocation_list_does_not_count(world):
    data = world.authority.revocation_list(serials=[4711], made_at=AT, next_at=AT)

    for bit in range(0, 8 * len(data), 5):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ChipError):
            read_revocation_list(bytes(changed), roots=world.trust.roots)


@pytest.mark.parametrize("data", [b"", b"\x30\x00", b"\x30\x80", bytes(1_048_577)], ids=len)
def test_bytes_that_are_no_list_are_refused(world, data):
    with pytest.raises(ChipFormatError):
        read_revocation_list(data, roots=world.trust.roots)
    with pytest.raises(ChipFormatError):
        read_master_list(data, anchors=frozenset(), at=AT)


def test_another_key_of_the_same_state_verifies_its_own_passports_only(world):
    newer = SpecimenAuthority.make(valid_from=MADE, seed=b"the state's next key")
    passport = SpecimenPassport.make(signer=newer.signer(valid_from=MADE), signed_at=SIGNED, seed=SEED)
    both = trusting(world.authority, newer)

    result = verify(world, passport.document(), trust=both)

    assert result.csca_fingerprint == both.roots[1].fingerprint
    assert verify(world, passport.document()).status is DocumentStatus.CANNOT_VERIFY
