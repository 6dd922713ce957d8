"""Any code, token or list as a tree, for people who want to see what is inside. Nothing in it is verified.

What is ours is read by the strict readers and its fields are named; other CBOR is shown as it is.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import cbor2

from rongka.credential import base64url, cose, jws, strict_json, transport
from rongka.credential.claims import CARD_PERMIT, IDENTITY, NOTICE_PERMIT, STATUS_LIST
from rongka.credential.errors import CborError, ClaimsError, FormatError
from rongka.credential.fields import LAST_MOMENT
from rongka.credential.forms import Form, cbor_of, form_of
from rongka.credential.mdoc import encoding
from rongka.credential.sd_jwt import disclosures, reading
from rongka.credential.trust_list import ISSUERS

MAX_BYTES: Final = 8 << 20  # the largest list; what is longer is no token
MAX_NODES: Final = 20_000  # lines that anybody would read, and a bound on what hostile input makes of itself
MAX_DEPTH: Final = 24
_SHOWN_BYTES: Final = 64
_SHOWN_CHARACTERS: Final = 500
_CWT_CLAIMS: Final = {
    1: "iss", 2: "sub", 3: "aud", 4: "exp", 5: "nbf", 6: "iat", 7: "cti", 8: "cnf", 10: "nonce",
    65533: "status_list", 65534: "ttl", 65535: "status",
    IDENTITY: "identity (claim 169)", CARD_PERMIT: "card", NOTICE_PERMIT: "notice", ISSUERS: "issuers",
}  # fmt: skip
_IDENTITY: Final = {
    1: "permit number", 4: "name", 8: "birth date", 9: "sex", 13: "nationality", 19: "Chinese name",
}  # fmt: skip
_PERMIT: Final = {
    1: "name, machine-readable", 2: "passport, masked", 3: "category", 4: "employer", 5: "credit code", 6: "post",
    7: "work place", 8: "notice number",
}  # fmt: skip
_HEADERS: Final = {1: "alg", 2: "crit", 4: "kid", 13: "kcwt", 16: "typ", 33: "x5chain"}
_INNER: Final = {IDENTITY: _IDENTITY, CARD_PERMIT: _PERMIT, NOTICE_PERMIT: _PERMIT}
_EMBEDDED: Final = b"\xd8\x18"  # tag 24: a security object, for one
_TIMES: Final = frozenset({"exp", "nbf", "iat"})
_UTF16_FIELDS: Final = frozenset({4, 6, 7})  # docs/credential/claims.md: these may be bytes of UTF-16BE


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One line of a tree and what stands below it; texts are escaped, so that a terminal shows and never obeys them."""

    label: str
    value: str = ""
    children: tuple["Node", ...] = ()

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Give the lines, two spaces a level."""
        yield f"{'  ' * depth}{self.label}{': ' if self.value else ''}{self.value}"
        for child in self.children:
            yield from child.lines(depth + 1)


def inspect_unverified(data: bytes) -> Node:
    """Give what is inside a code's text, a token, a list or a response; raise a `FormatError` for what is none."""
    if len(data) > MAX_BYTES:
        raise ClaimsError("more bytes than any token has")
    trees: dict[Form, Callable[[bytes], Node]] = {
        Form.SD_JWT_VC: _sd_jwt,
        Form.DEVICE_RESPONSE: lambda data: _Cbor().tree("mdoc or CBOR", encoding.decode(cbor_of(data))),
    }
    return trees.get(form_of(data), _code_or_token)(data)


def escaped(text: str) -> str:
    """Give a text in which nothing moves a cursor, changes a colour or turns the direction of writing."""
    shown = text if text.isprintable() else "".join(_escape(character) for character in text)
    return shown if len(shown) <= _SHOWN_CHARACTERS else f"{shown[:_SHOWN_CHARACTERS]}… ({len(text)})"


def _escape(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape", "surrogatepass").decode("ascii")


def _code_or_token(data: bytes) -> Node:
    if data[:1] == b"\xd2":  # tag 18
        return _sign1(cose.read(data, max_bytes=MAX_BYTES), label="COSE_Sign1")
    text = data.strip()
    # A header is a JSON object, so in base64url it begins with "e", which no code has: base45 knows capitals alone.
    if text.startswith(b"e") and text.count(b".") == len("..") and text.isascii():
        return Node(label="JWT", children=_jws(jws.read(text, types=None, max_bytes=MAX_BYTES)))
    # What is no text is no code either, and is refused as such.
    message = transport.read(data.decode("utf-8", "replace").removesuffix("\n").removesuffix("\r"))
    return Node(label="code", children=(_sign1(cose.read(message), label="COSE_Sign1"),))


def _sign1(message: cose.UnverifiedSign1, *, label: str) -> Node:
    headers = dict(message.headers)
    inner = headers.pop(cose.KCWT, None)
    children = [_Cbor().tree("protected", headers, names=_HEADERS)]
    if isinstance(inner, cose.UnverifiedSign1):
        children.append(_sign1(inner, label="kcwt, the issuer's CWT"))
    children += [_payload(message.payload), Node(label="signature", value=_hexadecimal(message.signature))]
    return Node(label=label, children=tuple(children))


def _payload(payload: bytes) -> Node:
    try:
        claims = encoding.decode(payload)
    except FormatError:
        return Node(label="payload", value=_hexadecimal(payload))
    return _Cbor().tree("claims", claims, names=_CWT_CLAIMS)


def _sd_jwt(data: bytes) -> Node:
    unverified = reading.read(data.strip().decode("ascii"), types=None, max_bytes=MAX_BYTES)
    children = [Node(label="issuer's JWT", children=_jws(unverified.issued))]
    shown = tuple(_disclosure(sent) for sent in unverified.disclosures)
    children.append(Node(label="disclosures", value=str(len(shown)), children=shown))
    if unverified.key_binding:
        children.append(Node(label="key binding", children=_jws(jws.read(unverified.key_binding, types=None))))
    return Node(label="SD-JWT", children=tuple(children))


def _disclosure(sent: bytes) -> Node:
    read = disclosures.read(sent)
    below = (Node(label="digest", value=escaped(read.digest)),)
    value = json.dumps(read.value, ensure_ascii=False)
    return Node(label=escaped(read.name or "an item of an array"), value=escaped(value), children=below)


def _jws(token: jws.UnverifiedJws) -> tuple[Node, ...]:
    payload = strict_json.decode_object(token.payload, max_bytes=MAX_BYTES)
    return (
        _Cbor().tree("header", dict(token.header)),
        _Cbor().tree("claims", payload),
        Node(label="signature", value=base64url.encode(token.signature).decode("ascii")),
    )


class _Cbor:
    """Makes trees of decoded values, so many nodes and so deep at most."""

    def __init__(self) -> None:
        self._left = MAX_NODES

    def tree(
        self, label: str, value: object, *, names: Mapping[int, str] | None = None, depth: int = MAX_DEPTH
    ) -> Node:
        """Give the tree of a value of CBOR or JSON; `names` are those of a map's numbers."""
        self._left -= 1
        if self._left < 0 or depth == 0:
            raise ClaimsError("more than can be shown")
        if isinstance(value, cbor2.CBORTag):
            return self._tag(label, value, depth=depth)
        if isinstance(value, bytes) and value.startswith(_EMBEDDED):
            return self._embedded(label, value, depth=depth)
        if isinstance(value, Mapping):
            items = [self._member(key, item, names or {}, depth - 1) for key, item in value.items()]
            return Node(label=label, children=tuple(items))
        if isinstance(value, list | tuple):
            items = [self.tree(str(number), item, depth=depth - 1) for number, item in enumerate(value)]
            return Node(label=label, value=f"[{len(value)}]", children=tuple(items))
        return Node(label=label, value=_scalar(label, value))

    def _member(self, key: object, value: object, names: Mapping[int, str], depth: int) -> Node:
        name = names.get(key) if type(key) is int else None
        label = f"{key} {name}" if name else _scalar("", key)
        if names is _PERMIT and key in _UTF16_FIELDS and type(value) is bytes:
            return Node(label=label, value=escaped(value.decode("utf-16-be", "replace")))
        if name in _TIMES and type(value) is int:
            return Node(label=label, value=_moment(value))
        inner = _INNER.get(key) if type(key) is int else None
        if key == STATUS_LIST and names is _CWT_CLAIMS:
            return self.tree(label, value, depth=depth)
        return self.tree(label, value, names=inner, depth=depth)

    def _tag(self, label: str, tag: cbor2.CBORTag, *, depth: int) -> Node:
        tagged = f"{label} (tag {tag.tag})"
        if tag.tag == encoding.ENCODED and type(tag.value) is bytes:
            return self._embedded(tagged, tag.value, depth=depth)
        return self.tree(tagged, tag.value, depth=depth - 1)

    def _embedded(self, label: str, content: bytes, *, depth: int) -> Node:
        try:
            return self.tree(label, encoding.decode(content), depth=depth - 1)
        except CborError:
            return Node(label=label, value=_hexadecimal(content))


def _scalar(label: str, value: object) -> str:
    if isinstance(value, bytes):
        return _hexadecimal(value)
    if label in _TIMES and type(value) is int:
        return _moment(value)
    if isinstance(value, str):
        return escaped(value)
    return escaped(json.dumps(value) if value is None or isinstance(value, bool) else str(value))


def _moment(seconds: int) -> str:
    if not 0 <= seconds <= LAST_MOMENT:
        return str(seconds)
    return f"{seconds} ({datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC)"


def _hexadecimal(data: bytes) -> str:
    more = f"… ({len(data)} bytes)" if len(data) > _SHOWN_BYTES else ""
    return f"h'{data[:_SHOWN_BYTES].hex()}'{more}"
