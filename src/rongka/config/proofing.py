"""What verifying passports and faces needs from this instance: whom it trusts, what looks at faces, a key for keys."""

import logging
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import ImproperlyConfigured

from rongka.config import environment
from rongka.config.csca import trusted_in
from rongka.config.environment import Mode
from rongka.config.provider import provider_for
from rongka.home import home
from rongka.proofing.chip import ChipVerifier, DocumentVerifier, TrustStore
from rongka.proofing.errors import FaceModelsMissing
from rongka.proofing.face.results import PersonVerifier, Thresholds
from rongka.proofing.remote import RemoteDocumentVerifier, RemotePersonVerifier
from rongka.registers.journal.days import day_of
from rongka.rulebook.parameters import parameter

if TYPE_CHECKING:
    from rongka.proofing.face.engine import FaceEngine

KEY_BYTES: Final = 32  # AES-256
_NONCE_BYTES: Final = 12  # NIST SP 800-38D, 8.2.1
FACE_EXTRA: Final = frozenset({"cv2", "numpy"})
_THOUSANDTHS: Final = 1_000
_PURPOSE: Final = b"rongka: key of a person's stored images"
_OWNER_ONLY: Final = 0o600

_log = logging.getLogger(__name__)


def document_verifier() -> DocumentVerifier:
    """Give what tells whether a passport's chip is genuine: the provider that was named for it, else we ourselves."""
    provider = provider_for("document")
    return ChipVerifier(trusted_roots()) if provider is None else RemoteDocumentVerifier(provider)


def person_verifier() -> PersonVerifier | None:
    """Give what compares faces: the provider that was named for it, else the built-in one.

    None where neither is there (`rongka[server]` without `face`): then the counter is the way.
    """
    on = day_of(datetime.now(UTC))
    window_seconds = parameter("verification.challenge-window", on=on).value
    provider = provider_for("person")
    if provider is not None:
        return RemotePersonVerifier(provider, window_seconds=window_seconds)
    engine = _engine()
    if engine is None:
        return None
    from rongka.proofing.face.verifying import BuiltInPersonVerifier  # noqa: PLC0415 - needs the face extra

    thresholds = Thresholds(
        pass_at=parameter("verification.face-pass", on=on).value / _THOUSANDTHS,
        review_at=parameter("verification.face-review", on=on).value / _THOUSANDTHS,
    )
    return BuiltInPersonVerifier(engine, thresholds=thresholds, window_seconds=window_seconds)


def trusted_roots() -> TrustStore:
    """Give the national roots that count here; in a demo also those under which its specimens stand."""
    store = trusted_in(csca_folder()).store
    if environment.mode() is not Mode.DEMO:
        return store
    return _with_demo(store)


def csca_folder() -> Path:
    """Give the folder of the national roots."""
    return home() / "csca"


@dataclass(frozen=True, slots=True)
class FileKeyWrap:
    """Encrypts the keys of persons by one secret (AES-256-GCM); whoever has only the database can read no image."""

    secret: bytes = field(repr=False)

    def wrap(self, key: bytes) -> bytes:
        """Encrypt a key."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self.secret).encrypt(nonce, key, _PURPOSE)

    def unwrap(self, wrapped: bytes) -> bytes:
        """Decrypt a key; raises cryptography's InvalidTag for what this secret did not encrypt."""
        return AESGCM(self.secret).decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], _PURPOSE)


def key_wrap() -> FileKeyWrap:
    """Give the key for keys: of the file `RONGKA_KEY_WRAP_FILE`, else of the home, where it is made when missing."""
    named = os.environ.get("RONGKA_KEY_WRAP_FILE")
    return FileKeyWrap(_read_secret(Path(named)) if named else _own_secret(home() / "proofing" / "key-wrap.key"))


def _own_secret(path: Path) -> bytes:
    with suppress(FileNotFoundError):
        return _read_secret(path)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    # A link, unlike a renaming, does not replace the key that another process made in the meantime.
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
    return _read_secret(path)


def _read_secret(path: Path) -> bytes:
    secret = path.read_bytes()
    if len(secret) != KEY_BYTES:
        msg = f"{path} must hold {KEY_BYTES} bytes"
        raise ImproperlyConfigured(msg)
    return secret


@cache
def _engine() -> "FaceEngine | None":
    """Load the models once a process; None, with a line in the log, where they are not or are not ours."""
    try:
        from rongka.proofing.face.engine import FaceEngine  # noqa: PLC0415 - needs the face extra

        return FaceEngine.load()
    except FaceModelsMissing as error:
        _log.warning("faces are not compared here: %s", error.text.en)
    except ModuleNotFoundError as error:
        if error.name not in FACE_EXTRA:
            raise
        _log.warning("faces are not compared here: %s is not installed (rongka[face])", error.name)
    return None


@cache
def _demo_store() -> TrustStore:
    from rongka.proofing.chip.specimens.demo import SINCE, demo_roots  # noqa: PLC0415  # a production has no use for it

    return TrustStore.of_certificates(demo_roots(), version="demo", dated_on=SINCE.date())


def _with_demo(store: TrustStore) -> TrustStore:
    """Add the demo's roots, which are of no age."""
    if not store.roots:
        return _demo_store()
    return replace(store.with_more(_demo_store()), dated_on=store.dated_on)
