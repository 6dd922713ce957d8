"""The provider that the environment names: used for what it is named for, and refused at once when it is half named."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured
from joserfc import jwk

from rongka.config import proofing, provider
from rongka.proofing.chip import ChipVerifier
from rongka.proofing.remote import RemoteDocumentVerifier, RemotePersonVerifier


@pytest.fixture
def named(tmp_path, monkeypatch):
    """Name a provider in full."""
    key = jwk.OKPKey.generate_key("Ed25519", {"kid": "a"})
    (tmp_path / "keys.json").write_text(json.dumps({"keys": [key.as_dict(private=False)]}))
    values = {"URL": "https://agency.example/p", "AUDIENCE": "agency", "KEYS": str(tmp_path / "keys.json")}
    values |= {"NAME_ZH": "核验中心", "NAME_EN": "The agency"}
    for name, value in values.items():
        monkeypatch.setenv(f"RONGKA_PROOFING_{name}", value)
    provider._provider.cache_clear()
    yield monkeypatch
    provider._provider.cache_clear()


@pytest.mark.usefixtures("named")
def test_a_named_provider_verifies():
    assert isinstance(proofing.document_verifier(), RemoteDocumentVerifier)


def test_a_provider_for_faces_alone_leaves_documents_to_us(named):
    named.setenv("RONGKA_PROOFING_FOR", "person")

    assert isinstance(proofing.document_verifier(), ChipVerifier)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", "http://agency.example"),
        ("URL", "https://user@agency.example"),
        ("AUDIENCE", " "),
        ("NAME_ZH", ""),
        ("KEYS", "/nowhere"),
        ("FOR", "passport"),
        ("CA", "/nowhere"),
    ],
)
def test_a_provider_that_is_named_in_part_or_without_tls_stops_the_instance(named, name, value):
    named.setenv(f"RONGKA_PROOFING_{name}", value)

    with pytest.raises(ImproperlyConfigured, match="RONGKA_PROOFING"):
        provider.check_environment()


@pytest.mark.usefixtures("named")
def test_a_named_provider_compares_faces_too():
    assert isinstance(proofing.person_verifier(), RemotePersonVerifier)
    assert proofing.person_verifier().window_seconds == 10


def test_a_provider_for_documents_alone_leaves_faces_to_us(named):
    named.setenv("RONGKA_PROOFING_FOR", "document")

    assert not isinstance(proofing.person_verifier(), RemotePersonVerifier)


def test_consents_name_the_provider_and_know_whether_faces_go_to_it(named):
    assert provider.processor().compares_faces
    named.setenv("RONGKA_PROOFING_FOR", "document")
    assert (provider.processor().name.en, provider.processor().compares_faces) == ("The agency", False)
    named.delenv("RONGKA_PROOFING_URL")
    assert provider.processor() is None
