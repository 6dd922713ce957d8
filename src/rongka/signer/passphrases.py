"""Where a passphrase comes from: a file that was named, the environment, or a file of the demo's own making."""

import os
import secrets
from pathlib import Path
from typing import Final

from rongka.credential import KeyStoreError
from rongka.signer.keys import write_private

_BYTES_OF_CHANCE: Final = 32


def passphrase(*, named: Path | None, variable: str, made: Path | None) -> bytes:
    """Give the passphrase in the file `named`, else in the environment's `variable`, else in the file `made`.

    `made` is written when it is missing; None means that nothing may be made, as in production.
    Raise `KeyStoreError` when there is no passphrase.
    """
    if named is not None:
        return _read(named)
    if given := os.environ.get(variable):
        return given.encode()
    if made is None:
        raise KeyStoreError(f"no passphrase: set {variable} or name a file")
    if not made.exists():
        write_private(made, secrets.token_urlsafe(_BYTES_OF_CHANCE).encode())
    return _read(made)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes().strip()
    except OSError as error:
        raise KeyStoreError(f"the passphrase in {path} cannot be read") from error
