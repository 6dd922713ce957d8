"""A real `rongka signer` for tests that issue something, and a trust list over its keys."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.utils import timezone

from rongka.credential import PublicKey
from rongka.registers.issuance.commands import Issuing, publish_trust_list
from rongka.signer import SignerClient, SignerUnavailableError
from rongka.signer.anchor import TrustFolder, read_anchor
from rongka.text import Text

URL = "https://city.example"
PASSPHRASE = b"for tests and nothing else"
START_WITHIN = 30  # seconds, on a busy machine
FOLDER = "RONGKA_TEST_SIGNER"  # where this run's signer lives; the functions below are called by their names


def issuing() -> Issuing:
    """Give the way to this run's signer (`settings.RONGKA_ISSUING`)."""
    return Issuing(url=URL, signer=SignerClient(Path(os.environ[FOLDER]) / "signer.sock"))


def anchor() -> PublicKey:
    """Give the anchor over this run's signer (`settings.RONGKA_ANCHOR`)."""
    return read_anchor(_trust_folder().anchor_file)


def signed_trust_list() -> bytes:
    """Give the signed list of this run's signer (`settings.RONGKA_TRUST_LIST`)."""
    return _trust_folder().list_file.read_bytes()


def run_signer(home: Path) -> subprocess.Popen[bytes]:
    """Start the real signer of a home, and wait until it answers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "rongka.cli", "signer"],
        env=os.environ | {"RONGKA_HOME": str(home)},
        stderr=subprocess.DEVNULL,
    )
    give_up_at = time.monotonic() + START_WITHIN
    while process.poll() is None and time.monotonic() < give_up_at:
        try:
            SignerClient(home / "signer.sock").public_keys()
        except SignerUnavailableError:
            time.sleep(0.02)
        else:
            return process
    process.kill()
    return pytest.fail("the signer did not start")


def _trust_folder() -> TrustFolder:
    return TrustFolder(Path(os.environ[FOLDER]) / "trust")


@pytest.fixture(scope="session")
def signer_home(tmp_path_factory):
    """Run one signer for all tests of this process."""
    home = tmp_path_factory.mktemp("signer")
    process = run_signer(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER, str(home))
        folder = _trust_folder()
        folder.make_anchor(passphrase=PASSPHRASE)
        keys = issuing().signer.public_keys()
        folder.publish(keys=keys, name=Text("演示", "Demo"), now=timezone.now(), passphrase=PASSPHRASE)
        yield home
    process.terminate()
    process.wait()


@contextmanager
def signing_settings() -> Iterator[None]:
    """Let pages, jobs and commands use this run's signer and its anchor; needs the fixture `signer_home`."""
    from django.conf import settings

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "RONGKA_ISSUING", "tests.signing.issuing")
        patch.setattr(settings, "RONGKA_ANCHOR", "tests.signing.anchor")
        patch.setattr(settings, "RONGKA_TRUST_LIST", "tests.signing.signed_trust_list")
        yield


@pytest.fixture
def signing(signer_home) -> Iterator[Issuing]:
    """Give the way to this run's signer, and let everybody use it."""
    with signing_settings():
        yield issuing()


@pytest.fixture
def trusted(signing, db) -> Issuing:
    """As `signing`, with the trust list published."""
    publish_trust_list(at=timezone.now(), token=signed_trust_list())
    return signing
