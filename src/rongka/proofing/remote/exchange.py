"""One request to a provider, and its answer, which is bound to the bytes of the request, to both names and the time."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_hex
from typing import Final
from uuid import uuid4

from rongka.proofing.remote.errors import ProviderError
from rongka.proofing.remote.fields import Fields
from rongka.proofing.remote.signed import ProviderKeys
from rongka.proofing.remote.transport import MAX_ANSWER_BYTES, Reply, Transport, TransportError, Trouble
from rongka.text import Text

VERSION: Final = 1
PATIENCE: Final = timedelta(seconds=20)
CLOCK_LEEWAY: Final = timedelta(seconds=60)  # how far a provider's clock may be off
_NONCE_BYTES: Final = 16
_OK, _REDIRECTS, _REFUSALS, _FAULTS = 200, 300, 400, 500  # RFC 9110, 15


@dataclass(frozen=True, slots=True)
class Processor:
    """A provider as a consent names it: what it is called, and whether pictures of faces go to it."""

    name: Text
    compares_faces: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Whom we ask: its name, the name under which it knows us, its keys, the way to it."""

    name: str
    asked_by: str
    keys: ProviderKeys
    transport: Transport
    patience: timedelta = PATIENCE

    def ask(self, kind: str, content: Mapping[str, object], *, at: datetime | None = None) -> Fields:
        """Post one request to `<kind>s` and give the `result` of its answer; raises ProviderError.

        Without `at` it is not asked when the answer was signed: the nonce alone says that it is not an old one.
        """
        request_id, nonce = str(uuid4()), token_hex(_NONCE_BYTES)
        binding = {"request_id": request_id, "nonce": nonce, "kind": kind}
        names = {"audience": self.name, "asked_by": self.asked_by, "at": at and at.isoformat()}
        body = json.dumps({"version": VERSION, **binding, **names, kind: content}).encode()
        reply = self._post(f"{kind}s", body, request_id)
        claims = self.keys.open(_body_of(reply))
        expected = {**binding, "iss": self.name, "aud": self.asked_by, "request_sha256": sha256(body).hexdigest()}
        if any(claims.text(name) != value for name, value in expected.items()):
            raise ProviderError.of("remote.other-request")
        signed_at = claims.number("iat")
        if at is not None:
            self._check_time(signed_at, at=at)
        return claims.inner("result")

    def _post(self, path: str, body: bytes, request_id: str) -> Reply:
        """Post; a connection that broke is tried once more under the same key, which lets the provider do it once."""
        seconds = self.patience.total_seconds()
        try:
            return self.transport.post(path, body, idempotency_key=request_id, seconds=seconds)
        except TransportError as error:
            if error.trouble is not Trouble.UNREACHABLE:
                raise ProviderError.of(error.trouble) from error
        try:
            return self.transport.post(path, body, idempotency_key=request_id, seconds=seconds)
        except TransportError as error:
            raise ProviderError.of(error.trouble) from error

    def _check_time(self, signed_at: float, *, at: datetime) -> None:
        seconds = signed_at - at.timestamp()
        if not -CLOCK_LEEWAY.total_seconds() <= seconds <= (2 * self.patience + CLOCK_LEEWAY).total_seconds():
            raise ProviderError.of("remote.not-in-time")


def _body_of(reply: Reply) -> bytes:
    if reply.status == _OK:
        if len(reply.body) > MAX_ANSWER_BYTES:
            raise ProviderError.of("remote.too-large")
        return reply.body
    if _REDIRECTS <= reply.status < _REFUSALS:
        raise ProviderError.of("remote.redirected")
    raise ProviderError.of("remote.failed" if reply.status >= _FAULTS else "remote.refused")
