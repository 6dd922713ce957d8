"""The signer's process: a Unix socket for its owner alone, a thread for each connection, three commands.

It trusts its callers to decide *who* gets a card (they hold the registers) and not *what* a card is: every claim set is
read, checked and written again before it is signed.
"""

import hashlib
import logging
import os
import socket
import socketserver
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from rongka.credential import CredentialError, Purpose, Signer
from rongka.credential.errors import CborError, ClaimsError
from rongka.signer import frames
from rongka.signer.errors import SignerBusyError

IDLE_SECONDS: Final = 10.0  # a caller that says nothing for so long has gone
MAX_CONNECTIONS: Final = 64  # bounds threads and memory; more callers wait in the socket's queue

_log = logging.getLogger("rongka.signer")


class SignerServer(socketserver.ThreadingUnixStreamServer):
    """Serves one signer on one socket, until `shutdown`; use as a context manager."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, *, path: Path, signer: Signer) -> None:
        """Listen at `path`; raise `SignerBusyError` when another signer does already."""
        self.signer = signer
        self.path = path
        self._places = threading.BoundedSemaphore(MAX_CONNECTIONS)
        _make_way(path)
        super().__init__(str(path), _Connection)

    def server_bind(self) -> None:
        """Make the socket such that no other user could ever connect, not even for an instant."""
        before = os.umask(0o177)
        try:
            super().server_bind()
        finally:
            os.umask(before)

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Serve a connection in a thread of its own when there is a place for one."""
        self._places.acquire()
        super().process_request(request, client_address)

    def process_request_thread(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Give the place back when the connection ends."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def server_close(self) -> None:
        """Stop listening and take the socket's file away."""
        super().server_close()
        self.path.unlink(missing_ok=True)


class _Connection(socketserver.BaseRequestHandler):
    server: SignerServer
    request: socket.socket

    def handle(self) -> None:
        self.request.settimeout(IDLE_SECONDS)
        try:
            while (request := frames.receive(self.request)) is not None:
                frames.send(self.request, answer(request, signer=self.server.signer))
        except CborError as error:
            self._say_why(error.code)
        except (OSError, frames.FrameError) as error:
            _log.info("connection ended: %s", error)

    def _say_why(self, code: str) -> None:
        try:
            frames.send(self.request, {frames.ERROR: code})
        except OSError as error:
            _log.info("connection ended: %s", error)


def answer(request: dict[object, object], *, signer: Signer) -> dict[int, object]:
    """Give the answer to one request; a refusal is an answer too and carries the stable code of the reason."""
    command = _COMMANDS.get(str(request.get(frames.COMMAND)))
    if command is None:
        return {frames.ERROR: "signer.unknown-command"}
    try:
        return {frames.RESULT: command(request, signer)}
    except CredentialError as error:
        _log.warning("refused to %s: %s (%s)", request.get(frames.COMMAND), error, error.code)
        return {frames.ERROR: error.code}


def _sign_credential(request: dict[object, object], signer: Signer) -> bytes:
    try:
        purpose = Purpose(str(request.get(frames.PURPOSE)))
    except ValueError:
        raise ClaimsError("a purpose that we do not know") from None
    claim_set = _claim_set(request)
    signed = signer.sign_credential(purpose=purpose, claim_set=claim_set)
    _log.info("signed a %s, %s", purpose, hashlib.sha256(claim_set).hexdigest()[:32])
    return signed


def _sign_status_list(request: dict[object, object], signer: Signer) -> bytes:
    claim_set = _claim_set(request)
    signed = signer.sign_status_list(claim_set=claim_set)
    _log.info("signed a status list, %s", hashlib.sha256(claim_set).hexdigest()[:32])
    return signed


def _public_keys(_: dict[object, object], signer: Signer) -> dict[str, object]:
    return {str(purpose): [key.to_cose() for key in keys] for purpose, keys in signer.public_keys().items()}


def _claim_set(request: dict[object, object]) -> bytes:
    claim_set = request.get(frames.CLAIM_SET)
    if type(claim_set) is not bytes:
        raise ClaimsError("a request without a claim set")
    return claim_set


_COMMANDS: Final[dict[str, Callable[[dict[object, object], Signer], object]]] = {
    frames.SIGN_CREDENTIAL: _sign_credential,
    frames.SIGN_STATUS_LIST: _sign_status_list,
    frames.PUBLIC_KEYS: _public_keys,
}


def _make_way(path: Path) -> None:
    """Take away the socket that a signer left when it was killed; a living one keeps its place."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except FileNotFoundError:
            return
        except OSError:
            path.unlink(missing_ok=True)
            return
    raise SignerBusyError(f"a signer serves {path} already")
