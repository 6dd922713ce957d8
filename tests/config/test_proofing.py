"""Whom an instance trusts to sign passports, and its key for keys."""

import sys
from datetime import UTC, datetime, timedelta
from textwrap import wrap

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured

from rongka.config import proofing
from rongka.config.csca import trusted_in
from rongka.proofing.chip import DocumentStatus
from rongka.proofing.chip.specimens import Holder, SpecimenAuthority, SpecimenPassport
from rongka.proofing.chip.specimens.demo import demo_authority
from rongka.proofing.errors import FaceModelsMissing, FaceReason
from rongka.text import Text

NOW = datetime.now(UTC)
SINCE = NOW - timedelta(days=30)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("RONGKA_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def folder(home):
    proofing.csca_folder().mkdir()
    return proofing.csca_folder()


@pytest.fixture(scope="module")
def authority():
    return SpecimenAuthority.make(valid_from=SINCE, state="FRA")


def passport_of(authority):
    signer = authority.signer(valid_from=SINCE)
    state = authority.state
    holder = Holder(issuing_state=state, nationality=state)
    return SpecimenPassport.make(signer=signer, signed_at=NOW - timedelta(days=1), holder=holder), signer


def status_of(passport):
    return proofing.document_verifier().verify(passport.document(), at=NOW).status


def test_a_root_counts_as_soon_as_it_lies_in_the_folder_and_no_longer_than_that(folder, authority):
    passport, _ = passport_of(authority)
    before = status_of(passport)
    (folder / "fra.cer").write_bytes(authority.certificate)
    with_it = status_of(passport)
    fingerprint = trusted_in(folder).store.roots[0].fingerprint
    distrusted = folder / "distrusted.txt"
    for unclear in (b"AB:CD", f"# ours\n{fingerprint}".encode("utf-16")):
        distrusted.write_bytes(unclear)
        assert (trusted_in(folder).store.roots, len(trusted_in(folder).problems)) == ((), 1)
    distrusted.write_text(":".join(wrap(fingerprint.upper(), 2)))

    assert (before, with_it, status_of(passport)) == (
        DocumentStatus.CANNOT_VERIFY,
        DocumentStatus.PASS,
        DocumentStatus.CANNOT_VERIFY,
    )


def test_a_master_list_counts_only_under_a_root_that_the_operator_named(folder, authority):
    keeper = SpecimenAuthority.make(valid_from=SINCE, state="D")
    listed = keeper.master_list(certificates=[authority.certificate], signed_at=NOW - timedelta(hours=1))
    (folder / "list.ml").write_bytes(listed)
    passport, _ = passport_of(authority)
    unnamed, problems = status_of(passport), trusted_in(folder).problems

    store_of_keeper = trusted_in(folder.parent / "none").store.of_certificates(
        [keeper.certificate], version="", dated_on=NOW.date()
    )
    (folder / "anchors.txt").write_text(f"# Germany\n{store_of_keeper.roots[0].fingerprint.upper()}\n")

    assert (unnamed, [problem.error.code for problem in problems]) == ("cannot_verify", ["chip.list-not-trusted"])
    assert status_of(passport) == "pass"
    assert trusted_in(folder).problems == ()


def test_a_signer_on_a_revocation_list_of_the_folder_is_refused(folder, authority):
    passport, signer = passport_of(authority)
    revoked = authority.revocation_list(serials=[signer.serial], made_at=SINCE, next_at=NOW + timedelta(days=9))
    (folder / "fra.cer").write_bytes(authority.certificate)
    (folder / "fra.crl").write_bytes(revoked)

    assert status_of(passport) == DocumentStatus.FAIL


def test_a_broken_file_trusts_nobody_and_takes_nobody_elses_trust_away(folder, authority):
    (folder / "broken.cer").write_bytes(b"\x30\x03\x02\x01")
    (folder / "fra.cer").write_bytes(authority.certificate)
    passport, _ = passport_of(authority)

    assert status_of(passport) == "pass"
    assert [problem.path.name for problem in trusted_in(folder).problems] == ["broken.cer"]


def test_the_demos_roots_count_in_a_demo_and_nowhere_else(folder, monkeypatch):
    passport, _ = passport_of(demo_authority("IND"))
    in_demo = status_of(passport)
    monkeypatch.setenv("RONGKA_MODE", "production")

    assert (in_demo, status_of(passport)) == ("pass", "cannot_verify")


@pytest.mark.usefixtures("home")
def test_a_wrapped_key_opens_under_the_key_of_this_instance_alone(tmp_path, monkeypatch):
    wrapped = proofing.key_wrap().wrap(b"k" * 32)
    opened = proofing.key_wrap().unwrap(wrapped)
    monkeypatch.setenv("RONGKA_HOME", str(tmp_path / "other"))

    assert opened == b"k" * 32
    assert (tmp_path / "proofing" / "key-wrap.key").stat().st_mode & 0o077 == 0
    with pytest.raises(InvalidTag):
        proofing.key_wrap().unwrap(wrapped)


def test_a_key_file_of_another_size_stops_the_instance(tmp_path, monkeypatch):
    monkeypatch.setenv("RONGKA_KEY_WRAP_FILE", str(tmp_path / "key"))
    (tmp_path / "key").write_bytes(b"short")

    with pytest.raises(ImproperlyConfigured, match="32 bytes"):
        proofing.key_wrap()


@pytest.fixture
def models():
    """Load the models anew in this test, and after it."""
    proofing._engine.cache_clear()
    yield
    proofing._engine.cache_clear()


@pytest.mark.usefixtures("models")
def test_faces_are_compared_by_the_thresholds_of_the_rule_book():
    verifier = proofing.person_verifier()

    assert (verifier.thresholds.pass_at, verifier.thresholds.review_at, verifier.window_seconds) == (0.45, 0.363, 10)


@pytest.mark.usefixtures("models")
@pytest.mark.parametrize("missing", ["cv2", "numpy"])
def test_without_the_extra_for_faces_nobody_compares_them_and_chips_are_still_verified(monkeypatch, missing):
    monkeypatch.delitem(sys.modules, "rongka.proofing.face.engine", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)

    assert proofing.person_verifier() is None
    assert proofing.document_verifier()


@pytest.mark.usefixtures("models")
def test_with_models_that_nobody_examined_nobody_compares_faces(monkeypatch):
    def read_models():
        raise FaceModelsMissing(FaceReason("face.models-missing", Text("没有", "none")))

    monkeypatch.setattr("rongka.proofing.face.engine.read_models", read_models)

    assert proofing.person_verifier() is None
