"""Frames between client and signer: four bytes of length, big endian, then one strict CBOR map."""

import socket
import struct
from typing import Final

from rongka.credential import cbor
from rongka.credential.status_list import MAX_TOKEN_BYTES

MAX_FRAME_BYTES: Final = MAX_TOKEN_BYTES + 1_024  # the largest thing we sign, and the request around it
_LENGTH: Final = struct.Struct(">I")

# Keys of requests and answers.
COMMAND, PURPOSE, CLAIM_SET = 1, 2, 3
ERROR, RESULT = 1, 2
SIGN_CREDENTIAL, SIGN_STATUS_LIST, PUBLIC_KEYS = "sign_credential", "sign_status_list", "public_keys"


class FrameError(Exception):
    """The other side does not speak this protocol, or left in the middle of a frame."""


def send(connection: socket.socket, message: dict[int, object]) -> None:
    """Send one message."""
    data = cbor.encode(message)
    connection.sendall(_LENGTH.pack(len(data)) + data)


def receive(connection: socket.socket) -> dict[object, object] | None:
    """Give the next message, or None when the other side has finished; raise `FrameError` or `CborError`."""
    head = _exactly(connection, _LENGTH.size)
    if not head:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > MAX_FRAME_BYTES:
        raise FrameError("a frame longer than anything that is signed")
    return cbor.decode_map(_exactly(connection, length), max_bytes=MAX_FRAME_BYTES)


def _exactly(connection: socket.socket, count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        part = connection.recv(min(count - len(data), 1 << 16))
        if not part:
            if data or count != _LENGTH.size:
                raise FrameError("the other side left in the middle of a frame")
            break
        data += part
    return bytes(data)
