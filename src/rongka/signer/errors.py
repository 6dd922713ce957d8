"""What can go wrong between a client and the signer.

SignerError (a KeyStoreError: whoever asks for a signature need not know where the keys are)
├── SignerUnavailableError   no process listens, or it went away or fell silent; trying again later is safe
├── SignerRefusedError       it will not sign this; `reason` is the code of the error it met
└── SignerBusyError          another signer serves this socket already
"""

from typing import ClassVar

from rongka.credential import KeyStoreError


class SignerError(KeyStoreError):
    """Root of the tree; ``code`` is stable and documented, the message is for logs only."""

    code: ClassVar[str] = "signer.error"


class SignerUnavailableError(SignerError):
    """The signer does not answer; nothing was signed that anyone has."""

    code = "signer.unavailable"


class SignerRefusedError(SignerError):
    """The signer will not sign this."""

    code = "signer.refused"

    def __init__(self, reason: str) -> None:
        super().__init__(f"refused: {reason}")
        self.reason = reason


class SignerBusyError(SignerError):
    """Another signer serves this socket."""

    code = "signer.busy"
