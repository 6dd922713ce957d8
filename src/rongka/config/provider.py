"""The provider of verifications that the environment names, and the way to it: HTTPS, no redirect, bounded in all."""

import os
import ssl
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, Self
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as SlowError

from rongka.proofing.remote import Processor, Provider, ProviderKeys, Reply, TransportError, Trouble
from rongka.proofing.remote.transport import MAX_ANSWER_BYTES
from rongka.text import Text

PREFIX: Final = "RONGKA_PROOFING"
TASKS: Final = frozenset({"document", "person"})
_CHUNK: Final = 16_384  # bytes


def provider_for(task: str) -> Provider | None:
    """Give the provider for documents or persons, or None where the built-in verifier does it.

    Raises ImproperlyConfigured when what the environment says is not enough.
    """
    if not os.environ.get(f"{PREFIX}_URL"):
        return None
    tasks = set(os.environ.get(f"{PREFIX}_FOR", ",".join(TASKS)).split(","))
    if not tasks <= TASKS:
        msg = f"{PREFIX}_FOR must be document, person or both with a comma, not {','.join(sorted(tasks))!r}"
        raise ImproperlyConfigured(msg)
    return _provider() if task in tasks else None


def processor() -> Processor | None:
    """Give the provider as consents name it, or None where nothing leaves this instance.

    Raises ImproperlyConfigured without its name in both languages.
    """
    if not any(provider_for(task) for task in TASKS):
        return None
    name = Text(zh=_needed("NAME_ZH"), en=_needed("NAME_EN"))
    return Processor(name=name, compares_faces=provider_for("person") is not None)


def check_environment() -> None:
    """Raise ImproperlyConfigured now instead of before the first holder."""
    for task in TASKS:
        provider_for(task)
    processor()


@cache
def _provider() -> Provider:
    """Make it once a process: its connections and keys are read at the start."""
    try:
        return Provider(
            name=_needed("AUDIENCE"),
            asked_by=settings.PUBLIC_URL,
            keys=ProviderKeys.of_jwks(Path(_needed("KEYS")).read_bytes()),
            transport=HttpsTransport.of_environment(),
        )
    except (OSError, ValueError) as error:
        msg = f"{PREFIX}_KEYS, _TOKEN or _CA: {error}"
        raise ImproperlyConfigured(msg) from error


def _needed(name: str) -> str:
    value = os.environ.get(f"{PREFIX}_{name}", "").strip()
    if not value:
        msg = f"{PREFIX}_{name} must be set with {PREFIX}_URL"
        raise ImproperlyConfigured(msg)
    return value


@dataclass(frozen=True, slots=True)
class HttpsTransport:
    """Posts to addresses below one URL; its certificate stands under the system's roots, or under a file's."""

    url: str
    pool: urllib3.PoolManager
    token: str = field(default="", repr=False)

    @classmethod
    def of_environment(cls) -> Self:
        """Read the address, our token for it and its roots; raises ImproperlyConfigured, OSError."""
        token_file = os.environ.get(f"{PREFIX}_TOKEN")
        token = Path(token_file).read_text(encoding="ascii").strip() if token_file else ""
        return cls.to(_needed("URL"), token=token, roots=os.environ.get(f"{PREFIX}_CA"))

    @classmethod
    def to(cls, url: str, *, token: str = "", roots: str | None = None) -> Self:
        """Make the way to a URL; raises OSError for roots that cannot be read, and ImproperlyConfigured."""
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment or parts.username:
            msg = f"{PREFIX}_URL must look like https://agency.example/proofing"
            raise ImproperlyConfigured(msg)
        context = ssl.create_default_context(cafile=roots)
        return cls(url.rstrip("/"), urllib3.PoolManager(ssl_context=context), token)

    def post(self, path: str, body: bytes, *, idempotency_key: str, seconds: float) -> Reply:
        """Post JSON. Raises TransportError."""
        ends_at = time.monotonic() + seconds
        try:
            response = self.pool.request(
                "POST",
                f"{self.url}/{path}",
                body=body,
                headers=self._headers(idempotency_key),
                timeout=urllib3.Timeout(total=seconds),
                retries=False,
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
            try:
                return Reply(response.status, _read(response, ends_at=ends_at))
            finally:
                response.close()  # not back into the pool: what is unread is nobody's
        except SlowError as error:
            raise TransportError(Trouble.TIME_OUT) from error
        except HTTPError as error:
            raise TransportError(Trouble.UNREACHABLE) from error

    def _headers(self, idempotency_key: str) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "application/jwt", "Idempotency-Key": idempotency_key}
        return headers | ({"Authorization": f"Bearer {self.token}"} if self.token else {})


def _read(response: urllib3.BaseHTTPResponse, *, ends_at: float) -> bytes:
    """Read piece by piece, since the time-out of a socket begins anew with each piece."""
    found = bytearray()
    while piece := response.read1(_CHUNK):
        found += piece
        if len(found) > MAX_ANSWER_BYTES:
            raise TransportError(Trouble.TOO_LARGE)
        if time.monotonic() > ends_at:
            raise TransportError(Trouble.TIME_OUT)
    return bytes(found)
