"""Issuing keys in a hardware module (PKCS#11 2.40 and 3.0), by python-pkcs11: they are made in it and never leave it.

The two objects of a key, private and public, have the label ``rongka <purpose> <turn>`` and one random CKA_ID.
Needs ``rongka[pkcs11]`` and the module's own library.
"""

import hashlib
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass

from rongka.credential import Algorithm, CredentialError, KeyStoreError, PublicKey, Purpose
from rongka.credential.keys import COORDINATE_BYTES
from rongka.signer.keys import HeldKey, Turn, held_key

_MARK: Final = "rongka"
# DER of the curves' object identifiers: RFC 5480, 2.1.1.1 (secp256r1) and RFC 8410, 3 (Ed25519).
_CURVES: Final = {
    Algorithm.ES256: (KeyType.EC, bytes.fromhex("06082a8648ce3d030107"), Mechanism.EC_KEY_PAIR_GEN),
    Algorithm.EDDSA: (KeyType.EC_EDWARDS, bytes.fromhex("06032b6570"), Mechanism.EC_EDWARDS_KEY_PAIR_GEN),
}
_PRIVATE: Final = {
    Attribute.SENSITIVE: True,
    Attribute.EXTRACTABLE: False,
    Attribute.SIGN: True,
    Attribute.DERIVE: False,
    Attribute.DECRYPT: False,
    Attribute.UNWRAP: False,
}
_ID_BYTES: Final = 8  # tells the keys of one token apart
_PROBE_BYTES: Final = 16  # signed once when a key is opened, so that a module that signs wrongly is found at once
_DER_HEADER_BYTES: Final = 2  # an OCTET STRING of less than 128 bytes


@dataclass(frozen=True)
class Pkcs11Key:
    """A private key inside a module; implements `SigningKey`, for several threads at once."""

    public: PublicKey
    private: pkcs11.SignMixin
    lock: threading.Lock

    def sign(self, data: bytes) -> bytes:
        """Give the 64-byte signature over `data`; raise `KeyStoreError` when the module does not."""
        # A session does one thing at a time (PKCS#11 3.0, 5.1.4).
        with self.lock, _module_speaks():
            if self.public.algorithm is Algorithm.EDDSA:
                return bytes(self.private.sign(data, mechanism=Mechanism.EDDSA))
            # CKM_ECDSA over our digest: every module has it, not every one has CKM_ECDSA_SHA256.
            return bytes(self.private.sign(hashlib.sha256(data).digest(), mechanism=Mechanism.ECDSA))


@dataclass(frozen=True, kw_only=True)
class Pkcs11KeyProvider:
    """Keys in the token labelled `token` of the module whose library is `library`; implements `KeyProvider`."""

    library: Path
    token: str
    pin: bytes = field(repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False, compare=False)

    def held(self) -> tuple[HeldKey, ...]:
        """Give every key, each tried once; raise `KeyStoreError` for one that could leave the module."""
        with _module_speaks():
            return tuple(
                HeldKey(purpose, turn, self._key(private))
                for purpose in Purpose
                for turn in Turn
                for private in self._labelled(purpose, turn, kind=ObjectClass.PRIVATE_KEY)
            )

    def prepare(self, *, purpose: Purpose, algorithm: Algorithm = Algorithm.ES256) -> PublicKey:
        """Make the next key of a purpose inside the module; one at a time."""
        if self._labelled(purpose, Turn.NEXT):
            raise KeyStoreError(f"a key waits already to sign for {purpose}")
        kind, curve, mechanism = _CURVES[algorithm]
        with _module_speaks():
            domain = self._session.create_domain_parameters(kind, {Attribute.EC_PARAMS: curve}, local=True)
            public, _ = domain.generate_keypair(
                mechanism=mechanism,
                store=True,
                label=_label(purpose, Turn.NEXT),
                id=secrets.token_bytes(_ID_BYTES),
                private_template=_PRIVATE,
            )
            return _public_key(public)

    def promote(self, *, purpose: Purpose) -> None:
        """Let the next key sign from now on; the one that signed becomes an earlier one."""
        waiting = self._labelled(purpose, Turn.NEXT)
        if not waiting:
            raise KeyStoreError(f"no key waits to sign for {purpose}: prepare one")
        with _module_speaks():
            for one in self._labelled(purpose, Turn.NOW):
                one[Attribute.LABEL] = _label(purpose, Turn.EARLIER)
            for one in waiting:
                one[Attribute.LABEL] = _label(purpose, Turn.NOW)

    def retire(self, *, kid: bytes) -> None:
        """Destroy an earlier key, or a next one."""
        row = held_key(self, kid)
        with _module_speaks():
            for one in self._labelled(row.purpose, row.turn):
                if isinstance(row.key, Pkcs11Key) and one[Attribute.ID] == row.key.private[Attribute.ID]:
                    one.destroy()

    @cached_property
    def _session(self) -> pkcs11.Session:
        with _module_speaks():
            token = pkcs11.lib(str(self.library)).get_token(token_label=self.token)
            try:
                return token.open(user_pin=self.pin.decode(), rw=True)
            except pkcs11.UserAlreadyLoggedIn:
                # All sessions of one process with one token share its state (PKCS#11 3.0, 5.6.8).
                return token.open(rw=True)

    def _labelled(self, purpose: Purpose, turn: Turn, *, kind: ObjectClass | None = None) -> list[pkcs11.Object]:
        """Give the objects of the keys in a turn: both halves of each, or one `kind`."""
        wanted = {Attribute.LABEL: _label(purpose, turn)} | ({} if kind is None else {Attribute.CLASS: kind})
        with _module_speaks():
            return list(self._session.get_objects(wanted))

    def _key(self, private: pkcs11.Object) -> Pkcs11Key:
        label = private[Attribute.LABEL]
        if private[Attribute.EXTRACTABLE] or not private[Attribute.SENSITIVE]:
            raise KeyStoreError(f"the key '{label}' could leave the module")
        wanted = {Attribute.CLASS: ObjectClass.PUBLIC_KEY, Attribute.ID: private[Attribute.ID], Attribute.LABEL: label}
        published = list(self._session.get_objects(wanted))
        if len(published) != 1 or not isinstance(private, pkcs11.SignMixin):
            raise KeyStoreError(f"the key '{label}' cannot sign, or has not one public half in the module")
        key = Pkcs11Key(_public_key(published[0]), private, self._lock)
        probe = secrets.token_bytes(_PROBE_BYTES)
        key.public.verify(signature=key.sign(probe), data=probe)
        return key


@contextmanager
def _module_speaks() -> Iterator[None]:
    """Turn what a module or its library complains of into our error."""
    try:
        yield
    except (pkcs11.PKCS11Error, CredentialError, UnicodeDecodeError) as error:
        if isinstance(error, KeyStoreError):
            raise
        raise KeyStoreError(f"the hardware module: {type(error).__name__} {error}".strip()) from error


def _label(purpose: Purpose, turn: Turn) -> str:
    return f"{_MARK} {purpose} {turn}"


def _public_key(public: pkcs11.Object) -> PublicKey:
    """Read CKA_EC_POINT: an OCTET STRING of DER (PKCS#11 2.40, 6.3.3), in some modules without its header."""
    point = bytes(public[Attribute.EC_POINT])
    if len(point) in {COORDINATE_BYTES + _DER_HEADER_BYTES, 2 * COORDINATE_BYTES + 1 + _DER_HEADER_BYTES}:
        point = point[_DER_HEADER_BYTES:]
    if public[Attribute.KEY_TYPE] == KeyType.EC_EDWARDS:
        return PublicKey.from_cose({1: 1, -1: 6, -2: point})
    return PublicKey.from_cose({1: 2, -1: 1, -2: point[1 : 1 + COORDINATE_BYTES], -3: point[1 + COORDINATE_BYTES :]})
