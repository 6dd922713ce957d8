"""The compact form taken apart (RFC 9901, 4): ``<issuer's JWT>~<disclosure>~…~<key binding or nothing>``."""

from collections.abc import Collection
from typing import Final, NamedTuple

from rongka.credential import jws, strict_json
from rongka.credential.errors import JwsError

MAX_DISCLOSURES: Final = 200  # bounds the work for one presentation; the largest example of the specifications has 29


class UnverifiedSdJwt(NamedTuple):
    """A presentation that is well formed; nothing in it is known to be true.

    `disclosures` are as they were sent, base64url. `bound` is what a key binding's ``sd_hash`` is over. `key_binding`
    is its compact token, or no bytes.
    """

    issued: jws.UnverifiedJws
    disclosures: tuple[bytes, ...]
    bound: bytes
    key_binding: bytes


def read(
    presentation: str, *, types: Collection[str] | None, max_bytes: int = strict_json.MAX_BYTES
) -> UnverifiedSdJwt:
    """Take a presentation or an issued SD-JWT apart; raise a `FormatError` for anything else."""
    try:
        sent = presentation.encode("ascii")
    except UnicodeEncodeError:
        raise JwsError("a character outside ASCII") from None
    if len(sent) > max_bytes:
        raise JwsError("more bytes than a presentation may have")
    # RFC 9901, 4: a tilde stands after the issuer's JWT even when nothing is disclosed; a plain JWT has none.
    token, tilde, rest = sent.partition(b"~")
    shown, last, key_binding = rest.rpartition(b"~")
    disclosures = shown.split(b"~") if last else []
    if not tilde or len(disclosures) > MAX_DISCLOSURES:
        raise JwsError("no SD-JWT, or one with too many disclosures")
    issued = jws.read(token, types=types, max_bytes=max_bytes)
    return UnverifiedSdJwt(issued, tuple(disclosures), sent[: len(sent) - len(key_binding)], key_binding)
