"""A chip passes only when everything that the issuing state signed is there, by a signer that we can trace to it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rongka.proofing.chip import ChipVerifier, DocumentLevel, DocumentStatus, TrustStore
from rongka.proofing.chip.asn1 import LDS_SECURITY_OBJECT
from rongka.proofing.chip.der import encode
from rongka.proofing.chip.signatures import SHA256
from rongka.proofing.chip.specimens import Holder, SpecimenAuthority, SpecimenPassport
from rongka.proofing.chip.specimens.cms import signed_data
from rongka.proofing.chip.specimens.passport import security_object
from rongka.proofing.errors import TrustStoreError
from rongka.proofing.mrz import Sex
from tests.proofing.chip.world import AT, KINDS, MADE, SEED, SIGNED, World, check, make, trusting, verify, world_of


@pytest.fixture(scope="module")
def world() -> World:
    return make()


@pytest.mark.parametrize("kind", KINDS)
def test_every_algorithm_and_curve_that_passports_use_passes(kind):
    world = world_of(kind)

    result = verify(world, world.answered)

    assert (result.status, result.level) == (DocumentStatus.PASS, DocumentLevel.L3)


def test_claims_come_from_the_signed_zone_and_evidence_is_hashes(world):
    result = verify(world)

    assert (result.claims.source, result.claims.number, result.claims.sex) == ("dg1", "SPEC00001", Sex.FEMALE)
    assert [row.name for row in result.hashes] == ["SOD", "DG1", "DG2", "DG14", "DG15"]
    assert all(len(row.sha256) == 64 for row in result.hashes)
    assert result.csca_fingerprint == world.trust.roots[0].fingerprint
    assert result.trust_list_version == "specimens"


def test_a_pass_without_the_chips_answer_says_that_copies_were_not_looked_for(world):
    result = verify(world)

    assert (result.status, result.level) == (DocumentStatus.PASS, DocumentLevel.L2)
    assert check(result, "clone") == "not_done chip.clone-not-checked"


def test_a_missing_root_is_cannot_verify_and_never_a_pass(world):
    stranger = SpecimenAuthority.make(valid_from=MADE, seed=b"another state's")

    for trust in (trusting(stranger), replace(world.trust, roots=())):
        result = verify(world, trust=trust)

        assert (result.status, result.level) == (DocumentStatus.CANNOT_VERIFY, DocumentLevel.NONE)
        assert check(result, "signer") == "cannot_tell chip.csca-unknown"
        assert (result.claims, result.csca_fingerprint) == (None, None)


def test_a_changed_file_fails_even_when_the_root_is_unknown(world):
    document = replace(world.document, dg2=world.document.dg2 + b"\0")

    result = verify(world, document, trust=replace(world.trust, roots=()))

    assert result.status is DocumentStatus.FAIL
    assert check(result, "data-groups") == "failed chip.group-changed"


def test_a_signer_that_has_expired_since_it_signed_is_good():
    world = make(signer_life=timedelta(days=60))
    assert MADE + timedelta(days=60) < AT

    result = verify(world)

    assert (result.status, check(result, "signer-time")) == (DocumentStatus.PASS, "passed chip.signer-time")


def test_a_signer_that_had_expired_when_it_signed_is_refused():
    result = verify(make(signer_life=timedelta(days=20)))

    assert (result.status, check(result, "signer-time")) == (DocumentStatus.FAIL, "failed chip.signed-outside-validity")


def test_a_key_that_signed_after_its_own_time_is_refused(world):
    signer = world.authority.signer(valid_from=MADE, use=timedelta(days=29))
    late = SpecimenPassport.make(signer=signer, signed_at=SIGNED, seed=SEED)
    in_time = SpecimenPassport.make(signer=signer, signed_at=SIGNED - timedelta(days=1), seed=SEED)

    found = [verify(world, passport.document()) for passport in (late, in_time)]

    assert check(found[0], "signer-time") == "failed chip.signed-outside-validity"
    assert [row.status for row in found] == [DocumentStatus.FAIL, DocumentStatus.PASS]


def test_a_signature_from_the_future_is_refused():
    result = verify(make(signed_at=AT + timedelta(seconds=1)))

    assert (result.status, check(result, "signer-time")) == (DocumentStatus.FAIL, "failed chip.signed-in-the-future")


def test_an_expired_signer_and_a_signature_without_time_cannot_be_verified():
    result = verify(make(signed_at=None, signer_life=timedelta(days=60)))

    assert result.status is DocumentStatus.CANNOT_VERIFY
    assert check(result, "signer-time") == "cannot_tell chip.signing-time-unknown"


def test_a_passport_of_another_state_than_its_root_is_refused():
    world = make(state="UTO", holder=Holder(issuing_state="D", nationality="D"))

    result = verify(world)

    assert (result.status, check(result, "issuing-state")) == (DocumentStatus.FAIL, "failed chip.state-differs")


def test_a_german_passport_says_d_and_its_root_de():
    result = verify(make(state="D"))

    assert (result.status, result.claims.issuing_state) == (DocumentStatus.PASS, "D")


def test_a_state_that_no_table_knows_cannot_be_verified(world):
    result = verify(make(holder=Holder(issuing_state="XOM")))

    assert result.status is DocumentStatus.CANNOT_VERIFY
    assert check(result, "issuing-state") == "cannot_tell chip.state-unknown"


def test_a_root_speaks_for_a_state_without_code_and_for_no_other():
    unknown, other = (make(holder=Holder(issuing_state=state)) for state in ("XOM", "D"))
    root = replace(unknown.trust.roots[0], state_names=frozenset({"XOM", "D"}))

    found = [verify(world, trust=replace(world.trust, roots=(root,))) for world in (unknown, other)]

    assert [row.status for row in found] == [DocumentStatus.PASS, DocumentStatus.CANNOT_VERIFY]


def test_a_signer_that_names_a_root_which_did_not_sign_it_is_refused(world):
    forger = SpecimenAuthority.make(valid_from=MADE, seed=b"forger")
    forged = replace(forger, certificate=world.authority.certificate)  # its own key, another's certificate
    signer = forged.signer(valid_from=MADE)
    own, claimed = (trusting(authority).roots[0].key_identifier for authority in (forger, world.authority))
    named = signer.certificate.replace(own, claimed)
    passport = SpecimenPassport.make(signer=replace(signer, certificate=named), signed_at=SIGNED, seed=SEED)

    result = verify(world, passport.document())

    assert named != signer.certificate
    assert (result.status, check(result, "signer")) == (DocumentStatus.FAIL, "failed chip.csca-did-not-sign")


def test_a_signer_of_another_country_than_its_root_is_refused(world):
    german = make(state="D")
    root = world.trust.roots[0]
    same_key = replace(german.trust.roots[0], country=root.country)

    result = verify(german, trust=replace(world.trust, roots=(same_key,)))

    assert (result.status, check(result, "signer")) == (DocumentStatus.FAIL, "failed chip.signer-of-another-country")


@pytest.mark.parametrize("purpose", ["2.23.136.1.1.3", "1.3.6.1.5.5.7.3.1"], ids=["master list", "web server"])
def test_a_certificate_for_other_purposes_signs_no_passports(world, purpose):
    signer = world.authority.signer(valid_from=MADE, purposes=(purpose,))
    passport = SpecimenPassport.make(signer=signer, signed_at=SIGNED, seed=SEED)

    result = verify(world, passport.document())

    assert (result.status, check(result, "signer")) == (DocumentStatus.FAIL, "failed chip.not-a-document-signer")


def test_a_root_signs_no_passports(world):
    root = world.authority
    signer = replace(root.signer(valid_from=MADE), certificate=root.certificate, serial=1, key=root.key)
    passport = SpecimenPassport.make(signer=signer, signed_at=SIGNED, seed=SEED)

    result = verify(world, passport.document())

    assert (result.status, check(result, "signer")) == (DocumentStatus.FAIL, "failed chip.not-a-document-signer")


def test_sha_1_is_read_and_reported():
    world = world_of("P-256, SHA-1, no time")

    result = verify(world)

    assert (result.status, check(result, "algorithms")) == (DocumentStatus.PASS, "warned chip.sha-1")


def test_data_groups_of_another_passport_are_refused(world):
    other = make(holder=Holder(surname="OTHER")).document

    result = verify(world, replace(world.document, dg1=other.dg1))

    assert (result.status, check(result, "data-groups")) == (DocumentStatus.FAIL, "failed chip.group-changed")


def test_a_data_group_that_was_never_signed_is_refused(world):
    signed = SpecimenPassport.make(signer=world.signer, signed_at=SIGNED, seed=SEED)
    groups = {number: data for number, data in signed.groups.items() if number != 15}
    shorter = _signed_again(world, groups)

    result = verify(world, replace(signed.document(), sod=shorter))

    assert (result.status, check(result, "data-groups")) == (DocumentStatus.FAIL, "failed chip.group-not-listed")


def test_without_dg1_nothing_can_be_said(world):
    result = verify(world, replace(world.document, dg1=None))

    assert result.status is DocumentStatus.CANNOT_VERIFY
    assert check(result, "data-groups") == "cannot_tell chip.group-missing"


def test_files_that_were_not_read_do_not_matter_to_a_pass(world):
    result = verify(world, replace(world.document, dg2=None, dg14=None, dg15=None))

    assert result.status is DocumentStatus.PASS


def test_every_check_speaks_both_languages_and_no_check_is_asked_twice(world):
    result = ChipVerifier(world.trust).verify(world.answered, at=AT)

    assert all(row.text.zh != row.text.en for row in result.checks)
    assert len({row.name for row in result.checks}) == len(result.checks) == 10


def test_a_trust_store_takes_roots_only(world):
    with pytest.raises(TrustStoreError):
        TrustStore.of_certificates([world.signer.certificate], version="x", dated_on=AT.date())


def _signed_again(world: World, groups) -> bytes:
    content = security_object(groups, digest=SHA256, lds_version=1)
    return encode(
        0x77,
        signed_data(
            content,
            content_type=LDS_SECURITY_OBJECT,
            signer=world.signer,
            certificates=(world.signer.certificate,),
            digest=SHA256,
            signed_at=SIGNED,
        ),
    )
