"""Where issuing keys are kept, behind one protocol: here encrypted files, for the demo and for small cities.

Each key is PKCS#8 PEM under a passphrase, readable by its owner alone, one file a purpose (``card.pem``).
"""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from rongka.credential import KeyStoreError, Purpose, SigningKey, SoftwareKey
from rongka.credential.errors import KeyFormatError

_OWNER_ONLY: Final = 0o600
_SHORTEST_PASSPHRASE: Final = 12  # bytes; what guards a stolen file against guessing


class KeyProvider(Protocol):
    """A place that holds issuing keys; a hardware module implements the same."""

    def open(self) -> Mapping[Purpose, SigningKey]:
        """Give the key that signs for each purpose; raise `KeyStoreError` when that cannot be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKeyProvider:
    """Keys in encrypted files of one folder; missing ones are made when they are first opened."""

    folder: Path
    passphrase: bytes

    def open(self) -> Mapping[Purpose, SigningKey]:
        """Give the key that signs for each purpose."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return {purpose: open_key(self.folder / f"{purpose}.pem", passphrase=self.passphrase) for purpose in Purpose}


def open_key(path: Path, *, passphrase: bytes) -> SoftwareKey:
    """Open the key in `path`, making it when there is none; raise `KeyStoreError` for one that is not kept safely."""
    if len(passphrase) < _SHORTEST_PASSPHRASE:
        raise KeyStoreError(f"a passphrase shorter than {_SHORTEST_PASSPHRASE} bytes")
    if not path.exists():
        write_private(path, SoftwareKey.generate().to_pem(passphrase=passphrase))
    if stat.S_IMODE(path.stat().st_mode) & ~_OWNER_ONLY:
        raise KeyStoreError(f"{path} can be read by others than its owner")
    try:
        return SoftwareKey.from_pem(path.read_bytes(), passphrase=passphrase)
    except KeyFormatError as error:
        raise KeyStoreError(f"{path} does not open with this passphrase") from error


def write_private(path: Path, data: bytes) -> None:
    """Write a new file that only its owner can read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
