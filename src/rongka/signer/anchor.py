"""The trust anchor's keeper: makes the anchor's key and signs the trust list from the signer's public keys.

Not part of the signer's process. The anchor's key may lie on a machine that is switched off between two lists.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from rongka.credential import (
    CredentialError,
    Issuer,
    KeyStoreError,
    PublicKey,
    Purpose,
    TrustedKey,
    TrustList,
    VerifiedTrustList,
    cbor,
    sign_trust_list,
    verify_trust_list,
)
from rongka.credential.fields import CHINA
from rongka.signer.keys import open_key, write_private
from rongka.text import Text

LIST_LIFE: Final = timedelta(days=30)  # a scanner that was a month offline cannot tell any more
# A city's first keys count from the first day of the integrated permit, so that nothing issued before the list was
# made falls outside; later keys count from the list that names them first.
FIRST_DAY: Final = datetime(2024, 12, 1, tzinfo=CHINA)


@dataclass(frozen=True, slots=True)
class TrustFolder:
    """The files: ``anchor.pem`` (private, encrypted), ``anchor.cbor`` (its public key), ``trust-list.cbor``."""

    folder: Path

    @property
    def anchor_file(self) -> Path:
        """The public key that verifiers pin."""
        return self.folder / "anchor.cbor"

    @property
    def list_file(self) -> Path:
        """The signed list."""
        return self.folder / "trust-list.cbor"

    def make_anchor(self, *, passphrase: bytes) -> PublicKey:
        """Make the anchor's key unless there is one, and write its public half."""
        public = open_key(self.folder / "anchor.pem", passphrase=passphrase).public
        _publish(self.anchor_file, cbor.encode(public.to_cose()))
        return public

    def trust_list(self) -> VerifiedTrustList | None:
        """Give the list as it stands, verified, or None when there is none yet."""
        if not self.list_file.exists():
            return None
        return verify_trust_list(token=self.list_file.read_bytes(), anchor=read_anchor(self.anchor_file))

    def publish(
        self,
        *,
        keys: Mapping[Purpose, tuple[PublicKey, ...]],
        name: Text,
        now: datetime,
        passphrase: bytes,
        life: timedelta = LIST_LIFE,
        distrust: Iterable[bytes] = (),
    ) -> bytes:
        """Sign and write the list of one issuer's `keys`, keeping what the present list says of keys known already.

        Keys that the signer no longer has may sign nothing from `now` on; keys whose identifiers are in `distrust`
        count for nothing at all from `now` on. Give the signed list.
        """
        present = self.trust_list()
        if present is not None and now < present.issued_at:
            raise KeyStoreError(
                f"the present list is of {present.issued_at.isoformat()}: verifiers refuse an older one"
            )
        known = [key for issuer in (present.issuers if present else ()) for key in issuer.keys]
        rows = _merged(known, keys=keys, now=now, distrust=frozenset(distrust))
        trust = TrustList(issuers=(Issuer(name=name, keys=rows),), issued_at=now, next_update=now + life)
        token = sign_trust_list(trust=trust, anchor=open_key(self.folder / "anchor.pem", passphrase=passphrase))
        _publish(self.list_file, token)
        return token


def read_anchor(path: Path) -> PublicKey:
    """Give the public key in an anchor file; raise `KeyStoreError` when there is none."""
    try:
        return PublicKey.from_cose(cbor.decode_map(path.read_bytes()))
    except (OSError, CredentialError) as error:
        raise KeyStoreError(f"{path} holds no anchor's key") from error


def _merged(
    known: list[TrustedKey],
    *,
    keys: Mapping[Purpose, tuple[PublicKey, ...]],
    now: datetime,
    distrust: frozenset[bytes],
) -> tuple[TrustedKey, ...]:
    rows = {row.key: row for row in known}
    first = FIRST_DAY if not known else now
    for purpose, held in keys.items():
        for key in held:
            rows.setdefault(key, TrustedKey(purpose=purpose, key=key, signs_from=first))
    in_use = {key for held in keys.values() for key in held}
    for key, row in rows.items():
        if key not in in_use and row.signs_until is None:
            rows[key] = replace(rows[key], signs_until=now)
        if key.kid in distrust and row.distrusted_from is None:
            rows[key] = replace(rows[key], distrusted_from=now)
    if unknown := distrust - {key.kid for key in rows}:
        raise KeyStoreError(f"no such keys on the list: {', '.join(kid.hex() for kid in sorted(unknown))}")
    return tuple(rows.values())


def _publish(path: Path, data: bytes) -> None:
    """Write a file that everyone may read, whole or not at all."""
    write_private(path, data)
    path.chmod(0o644)
