"""A device that keeps passkeys, for tests without a browser: it answers as WebAuthn Level 3 says, or wrongly."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from rongka.credential import base64url

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """One passkey; `host` and `origin` are what the browser saw, `handle` whose it is."""

    origin: str
    host: str
    handle: bytes = b""
    count: int = 0
    flags: int = PRESENT | VERIFIED
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict) -> dict:
        """Answer a wish for a new passkey."""
        self.handle = base64url.decode(options["user"]["id"].encode())
        attested = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + self._public_key()
        statement = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + attested}
        client = self._client("webauthn.create", options)
        return self._credential(clientDataJSON=client, attestationObject=cbor2.dumps(statement))

    def answer(self, options: dict) -> dict:
        """Sign in."""
        self.count += 1
        data, client = self._data(0), self._client("webauthn.get", options)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._credential(
            clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=self.handle
        )

    def _public_key(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})

    def _data(self, more: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes((self.flags | more,)) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, options: dict) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _credential(self, **parts: bytes) -> dict:
        name = base64url.encode_text(self.credential_id)
        response = {key: base64url.encode_text(value) for key, value in parts.items()}
        return {"id": name, "rawId": name, "type": "public-key", "response": response}
