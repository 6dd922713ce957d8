"""`rongka proofing trust`: what an operator adds counts, what cannot be trusted is refused in words."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from rongka.cli.__main__ import main
from rongka.config.csca import trusted_in
from rongka.proofing.chip.specimens import SpecimenAuthority

NOW = datetime.now(UTC)
SINCE = NOW - timedelta(days=30)


@pytest.fixture(scope="module")
def keeper():
    return SpecimenAuthority.make(valid_from=SINCE, state="D")


@pytest.fixture(scope="module")
def france():
    return SpecimenAuthority.make(valid_from=SINCE, state="FRA")


@pytest.fixture
def trust(tmp_path, monkeypatch):
    """Run the command in a home of its own."""
    monkeypatch.setenv("RONGKA_HOME", str(tmp_path / "home"))

    def run(*arguments) -> int:
        return main(["proofing", "trust", *(str(argument) for argument in arguments)])

    run.folder = tmp_path / "home" / "csca"
    run.file = lambda name, data: (tmp_path / name).write_bytes(data) and tmp_path / name
    run.roots = lambda: {root.country for root in trusted_in(run.folder).store.roots}
    return run


def fingerprint(authority):
    return hashlib.sha256(authority.certificate).hexdigest()


def test_a_root_and_the_revocation_list_under_it_are_added_together(trust, france, capsys):
    pem = x509.load_der_x509_certificate(france.certificate).public_bytes(Encoding.PEM)
    revoked = france.revocation_list(serials=[7], made_at=SINCE, next_at=NOW)
    files = trust.file("fra.crl", revoked), trust.file("fra.cer", pem)

    assert trust("add", *files) == 0
    assert trust.roots() == {"FR"}
    assert trusted_in(trust.folder).store.revocations[0].serials == {7}
    assert trust("list") == 0
    assert fingerprint(france) in capsys.readouterr().out


def test_a_master_list_needs_its_anchor_and_a_root_on_it_can_be_distrusted(trust, keeper, france, capsys):
    listed = keeper.master_list(certificates=[france.certificate, keeper.certificate], signed_at=NOW)
    file = trust.file("list.ml", listed)
    without = trust("add", file)
    named = trust("add", file, "--anchor", fingerprint(keeper).upper())
    both = trust.roots()

    assert (without, named, both) == (1, 0, {"FR", "DE"})
    assert "not signed under a certificate that was named" in capsys.readouterr().err
    assert trust("remove", fingerprint(france)[:12]) == 0
    assert trust.roots() == {"DE"}
    assert trust("add", trust.file("fra.cer", france.certificate)) == 1
    assert trust.roots() == {"DE"}


def test_a_removed_root_is_trusted_no_more(trust, france):
    trust("add", trust.file("fra.cer", france.certificate))

    assert trust("remove", fingerprint(france)) == 0
    assert trust.roots() == set()


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.cer", b"no"), ("a.cer", b"-----BEGIN X"), ("a.ml", b"no"), ("a.crl", b"no"), ("a.zip", b"no")],
)
def test_what_is_no_root_and_no_list_is_refused(trust, capsys, name, data):
    assert trust("add", trust.file(name, data)) == 1
    assert capsys.readouterr().err.startswith("rongka proofing trust: ")
    assert trust.roots() == set()


@pytest.mark.parametrize("arguments", [("remove", "ab"), ("remove", "0" * 64), ("add", "/nowhere.cer")])
def test_what_is_not_there_is_said(trust, capsys, arguments):
    assert trust(*arguments) == 1
    assert capsys.readouterr().err


def test_production_takes_no_specimens_root(trust, france, monkeypatch, capsys):
    monkeypatch.setenv("RONGKA_MODE", "production")

    assert trust("add", trust.file("fra.cer", france.certificate)) == 1
    assert "anybody can forge" in capsys.readouterr().err
    assert trust.roots() == set()
