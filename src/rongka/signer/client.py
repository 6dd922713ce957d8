"""The client: the same three commands as a signer in memory, over the signer's socket. Safe to share by threads."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rongka.credential import CredentialError, PublicKey, Purpose
from rongka.signer import frames
from rongka.signer.errors import SignerRefusedError, SignerUnavailableError

TIMEOUT_SECONDS: Final = 10.0  # signing takes a millisecond; a request that waits longer tells its user


@dataclass(frozen=True, slots=True)
class SignerClient:
    """A client of the signer that listens at `path`; implements `rongka.credential.Signer`.

    Each call raises `SignerUnavailableError` when the process is away and `SignerRefusedError` when it will not sign.
    """

    path: Path

    def sign_credential(self, *, purpose: Purpose, claim_set: bytes) -> bytes:
        """Give the signed CWT of a card or a notice."""
        return self._bytes(
            {
                frames.COMMAND: frames.SIGN_CREDENTIAL,
                frames.PURPOSE: str(purpose),
                frames.CLAIM_SET: claim_set,
            }
        )

    def sign_status_list(self, *, claim_set: bytes) -> bytes:
        """Give the signed status list token."""
        return self._bytes({frames.COMMAND: frames.SIGN_STATUS_LIST, frames.CLAIM_SET: claim_set})

    def public_keys(self) -> Mapping[Purpose, tuple[PublicKey, ...]]:
        """Give the public keys of each purpose, the one that signs now first."""
        result = self._ask({frames.COMMAND: frames.PUBLIC_KEYS})
        if not isinstance(result, dict):
            raise SignerUnavailableError("an answer that is no list of keys")
        try:
            return {Purpose(name): tuple(PublicKey.from_cose(key) for key in keys) for name, keys in result.items()}
        except (CredentialError, TypeError, ValueError) as error:
            raise SignerUnavailableError("an answer that is no list of keys") from error

    def _bytes(self, request: dict[int, object]) -> bytes:
        result = self._ask(request)
        if type(result) is not bytes:
            raise SignerUnavailableError("an answer of another kind")
        return result

    def _ask(self, request: dict[int, object]) -> object:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(TIMEOUT_SECONDS)
                connection.connect(str(self.path))
                frames.send(connection, request)
                answer = frames.receive(connection)
        except (OSError, frames.FrameError, CredentialError) as error:
            raise SignerUnavailableError("the signer does not answer") from error
        if answer is None:
            raise SignerUnavailableError("the signer went away")
        if frames.ERROR in answer:
            raise SignerRefusedError(str(answer[frames.ERROR]))
        return answer.get(frames.RESULT)
