"""How requests reach a provider: bytes out, bytes in. The one over HTTPS lives in ``rongka.config.provider``."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

MAX_ANSWER_BYTES: Final = 65_536  # an answer has some 4 KB


class Trouble(StrEnum):
    """Why no answer came back; the values are codes of `errors.REASONS`."""

    TIME_OUT = "remote.time-out"
    UNREACHABLE = "remote.unreachable"
    TOO_LARGE = "remote.too-large"


class TransportError(Exception):
    """No answer came back."""

    def __init__(self, trouble: Trouble) -> None:
        """Keep which trouble it was."""
        super().__init__(trouble)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer over HTTP: the status and at most `MAX_ANSWER_BYTES` of body."""

    status: int
    body: bytes


class Transport(Protocol):
    """Carries one request; follows no redirect and repeats nothing by itself."""

    def post(self, path: str, body: bytes, *, idempotency_key: str, seconds: float) -> Reply:
        """Post JSON to an address of the provider. Raises TransportError, at the latest after `seconds`."""
        ...
