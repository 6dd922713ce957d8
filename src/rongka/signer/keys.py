"""Where issuing keys are kept, behind one protocol: here encrypted files, for the demo and for small cities.

Each key is PKCS#8 PEM under a passphrase, readable by its owner alone: ``card.pem`` signs cards now, ``card.next.pem``
will, ``card.earlier-<kid>.pem`` did. `docs/operations.md` has the order in which a key is replaced.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

from rongka.credential import Algorithm, KeyStoreError, LocalSigner, PublicKey, Purpose, SigningKey, SoftwareKey
from rongka.credential.errors import KeyFormatError

_OWNER_ONLY: Final = 0o600
_SHORTEST_PASSPHRASE: Final = 12  # bytes; what guards a stolen file against guessing


class Turn(StrEnum):
    """When a key signs. Verifiers are told of all three, so that none is surprised by a new key or forgets an old."""

    NOW = "now"
    NEXT = "next"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A key that a provider holds."""

    purpose: Purpose
    turn: Turn
    key: SigningKey


class KeyProvider(Protocol):
    """A place that holds issuing keys. Each method raises `KeyStoreError` when it cannot be done."""

    def held(self) -> tuple[HeldKey, ...]:
        """Give every key."""

    def prepare(self, *, purpose: Purpose, algorithm: Algorithm = Algorithm.ES256) -> PublicKey:
        """Make the next key of a purpose; one at a time."""

    def promote(self, *, purpose: Purpose) -> None:
        """Let the next key sign from now on; the one that signed becomes an earlier one."""

    def retire(self, *, kid: bytes) -> None:
        """Destroy an earlier key, or a next one."""


def open_signer(provider: KeyProvider) -> LocalSigner:
    """Give a signer over a provider's keys, making a key for each purpose that has none; raise `KeyStoreError`."""
    known = {row.purpose for row in provider.held()}
    for purpose in Purpose:
        if purpose not in known:
            provider.prepare(purpose=purpose)
            provider.promote(purpose=purpose)
    rows = provider.held()
    signing = {row.purpose: row.key for row in rows if row.turn is Turn.NOW}
    if cut_short := sorted(set(Purpose) - set(signing)):
        raise KeyStoreError(f"no key signs for {', '.join(cut_short)}: promote its next key")
    others = {p: tuple(r.key.public for r in rows if r.purpose is p and r.turn is not Turn.NOW) for p in Purpose}
    return LocalSigner(signing, others=others)


def held_key(provider: KeyProvider, kid: bytes) -> HeldKey:
    """Give the key with an identifier; raise `KeyStoreError` when there is none, or when it is the one that signs."""
    for row in provider.held():
        if row.key.public.kid == kid:
            if row.turn is Turn.NOW:
                raise KeyStoreError(f"{kid.hex()} signs now; promote another key first")
            return row
    raise KeyStoreError(f"no key {kid.hex()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKeyProvider:
    """Keys in encrypted files of one folder; implements `KeyProvider`."""

    folder: Path
    passphrase: bytes

    def held(self) -> tuple[HeldKey, ...]:
        """Give every key."""
        return tuple(row for purpose in Purpose for row in self._held_for(purpose))

    def prepare(self, *, purpose: Purpose, algorithm: Algorithm = Algorithm.ES256) -> PublicKey:
        """Make the next key of a purpose; one at a time."""
        path = self._path(purpose, Turn.NEXT)
        if path.exists():
            raise KeyStoreError(f"{path} waits already")
        return open_key(path, passphrase=self.passphrase, algorithm=algorithm).public

    def promote(self, *, purpose: Purpose) -> None:
        """Let the next key sign from now on; the one that signed becomes an earlier one."""
        waiting, present = self._path(purpose, Turn.NEXT), self._path(purpose, Turn.NOW)
        if not waiting.exists():
            raise KeyStoreError(f"no key waits to sign for {purpose}: prepare one")
        if present.exists():
            kid = open_key(present, passphrase=self.passphrase).public.kid.hex()
            present.rename(self._path(purpose, Turn.EARLIER, kid))
        waiting.rename(present)

    def retire(self, *, kid: bytes) -> None:
        """Destroy an earlier key, or a next one."""
        row = held_key(self, kid)
        self._path(row.purpose, row.turn, kid.hex()).unlink()

    def _held_for(self, purpose: Purpose) -> Iterator[HeldKey]:
        rows = [(turn, self._path(purpose, turn)) for turn in (Turn.NOW, Turn.NEXT)]
        rows += [(Turn.EARLIER, path) for path in sorted(self.folder.glob(f"{purpose}.{Turn.EARLIER}-*.pem"))]
        for turn, path in rows:
            if path.exists():
                yield HeldKey(purpose, turn, open_key(path, passphrase=self.passphrase))

    def _path(self, purpose: Purpose, turn: Turn, kid: str = "") -> Path:
        mark = {Turn.NOW: "", Turn.NEXT: f".{turn}", Turn.EARLIER: f".{turn}-{kid}"}[turn]
        return self.folder / f"{purpose}{mark}.pem"


def open_key(path: Path, *, passphrase: bytes, algorithm: Algorithm = Algorithm.ES256) -> SoftwareKey:
    """Open the key in `path`, making it when there is none; raise `KeyStoreError` for one that is not kept safely."""
    if len(passphrase) < _SHORTEST_PASSPHRASE:
        raise KeyStoreError(f"a passphrase shorter than {_SHORTEST_PASSPHRASE} bytes")
    if not path.exists():
        write_private(path, SoftwareKey.generate(algorithm=algorithm).to_pem(passphrase=passphrase))
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
