"""Disclosures: made by the issuer, put back in their places by the verifier (RFC 9901, 4.2 and 7.1).

Every rule whose breach would let a holder add, move or double a claim is an error here, also where the specification
only says that something is ignored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, NamedTuple

from rongka.credential import base64url, strict_json
from rongka.credential.errors import DisclosureError, FormatError

DIGESTS, ELEMENT, ALGORITHM = "_sd", "...", "_sd_alg"
SHA_256: Final = "sha-256"  # the one digest that we make and read; also what no name means (RFC 9901, 4.1.1)
# draft-ietf-oauth-sd-jwt-vc, 2.2.2.3: what a verifier decides by must not be the holder's to leave out; `aud` too.
NEVER_DISCLOSED: Final = frozenset({"iss", "aud", "nbf", "exp", "cnf", "vct", "vct#integrity", "aka_vcts", "status"})
_RESERVED: Final = frozenset({DIGESTS, ELEMENT, ALGORITHM})
_OF_MEMBER, _OF_ELEMENT = 3, 2  # [salt, name, value] and [salt, value]
_TEXTS: Final = frozenset({str})
_PLAIN: Final = frozenset({str, int, bool, float, type(None)})
_MAX_DEPTH: Final = 32  # of a claim with everything that is disclosed in it


class Disclosure(NamedTuple):
    """One disclosure; `name` is None for an element of an array. `sent` is its base64url text, over which is hashed."""

    sent: bytes
    digest: str
    name: str | None
    value: object


def make(*, salt: bytes, name: str, value: object) -> Disclosure:
    """Make the disclosure of one member of an object; 16 bytes of salt or more, each used once (RFC 9901, 9.3)."""
    text = base64url.encode_text(salt)
    sent = base64url.encode(strict_json.encode([text, name, value]))
    return Disclosure(sent, digest_of(sent), name, value)


def digest_of(sent: bytes) -> str:
    """Give the base64url SHA-256 of a disclosure as it is sent, or of a presentation."""
    return base64url.encode_text(sha256(sent).digest())


def read(sent: bytes) -> Disclosure:
    """Read one disclosure; raise `DisclosureError` unless it is strict and names nothing that is reserved."""
    try:
        parts = strict_json.decode(base64url.decode(sent))
    except FormatError as error:
        raise DisclosureError(f"a disclosure that cannot be read: {error}") from None
    if type(parts) is not list or not parts or type(parts[0]) is not str:
        raise DisclosureError("no list that begins with a salt")
    if len(parts) == _OF_MEMBER:
        _, name, value = parts
        if type(name) is not str or name in _RESERVED:
            raise DisclosureError("a disclosure without a name, or with a reserved one")
        return Disclosure(sent, digest_of(sent), name, value)
    if len(parts) == _OF_ELEMENT:
        return Disclosure(sent, digest_of(sent), None, parts[1])
    raise DisclosureError("not the two or three parts of a disclosure")


def process(*, payload: dict[str, object], disclosures: Sequence[bytes]) -> dict[str, object]:
    """Give the issuer's claims with the disclosed ones in their places, and without any digest.

    `payload` is the verified payload, `disclosures` are as they were sent. Raise `DisclosureError` for a disclosure
    that no digest refers to, a digest or a disclosure that is there twice, a claim that would be overwritten, a claim
    that must not be selectively disclosable, and `_sd` or `...` anywhere but where they convey digests.
    """
    if payload.get(ALGORITHM, SHA_256) != SHA_256:
        raise DisclosureError("digests by an algorithm that we do not use")
    waiting = {disclosure.digest: disclosure for disclosure in map(read, disclosures)}
    if len(waiting) != len(disclosures):
        raise DisclosureError("a disclosure that is there twice")
    seen: list[str] = []
    claims = _Opening(waiting, seen).open_object(payload, 0)
    # RFC 9901, 7.1 steps 4 and 5.
    if len(set(seen)) != len(seen):
        raise DisclosureError("a digest that is there twice")
    if waiting:
        raise DisclosureError("a disclosure that no digest refers to")
    return claims


@dataclass(slots=True)
class _Opening:
    """RFC 9901, 7.1 step 3: disclosures that still wait for their digest, and the digests seen so far."""

    waiting: dict[str, Disclosure]
    seen: list[str]

    def open_object(self, found: dict[str, object], depth: int) -> dict[str, object]:
        if not _RESERVED.isdisjoint(found):
            return self._open_hidden(found, depth)
        if _PLAIN.issuperset(map(type, found.values())):
            return found
        return {
            name: value if type(value) in _PLAIN else self._open_value(value, depth + 1)
            for name, value in found.items()
        }

    def _open_hidden(self, found: dict[str, object], depth: int) -> dict[str, object]:
        # RFC 9901, 4.1.1: the digest's algorithm is named at the top level alone.
        if ELEMENT in found or (depth > 0 and ALGORITHM in found):
            raise DisclosureError("a reserved name where it has no meaning")
        opened = self.open_object({name: found[name] for name in found if name not in _RESERVED}, depth)
        if DIGESTS in found:
            for _, _, name, value in self._disclosed(found[DIGESTS]):
                if name is None or name in opened:
                    raise DisclosureError("a claim that would be overwritten, or an array's element in an object")
                if depth == 0 and name in NEVER_DISCLOSED:
                    raise DisclosureError("a claim that must not be selectively disclosable")
                opened[name] = value if type(value) in _PLAIN else self._open_value(value, depth + 1)
        return opened

    def _open_value(self, value: object, depth: int) -> object:
        if depth > _MAX_DEPTH:
            raise DisclosureError("claims nested too deeply")
        if type(value) is dict:
            return self.open_object(value, depth)
        if type(value) is list:
            return self._open_array(value, depth)
        return value

    def _disclosed(self, digests: object) -> list[Disclosure]:
        if type(digests) is not list or not _TEXTS.issuperset(map(type, digests)):
            raise DisclosureError("digests that are no list of texts")
        self.seen.extend(digests)
        return [self.waiting.pop(digest) for digest in digests if digest in self.waiting]

    def _open_array(self, found: list[object], depth: int) -> list[object]:
        opened: list[object] = []
        for element in found:
            if type(element) is dict and ELEMENT in element:
                opened.extend(self._open_element(element, depth + 1))
            else:
                opened.append(self._open_value(element, depth + 1))
        return opened

    def _open_element(self, element: dict[str, object], depth: int) -> list[object]:
        if len(element) != 1:
            raise DisclosureError("a reserved name where it has no meaning")
        disclosed = self._disclosed([element[ELEMENT]])
        if any(disclosure.name is not None for disclosure in disclosed):
            raise DisclosureError("an object's member in an array")
        return [self._open_value(disclosure.value, depth) for disclosure in disclosed]
