"""The city of the vectors: fixed keys, and ways to sign what the kit itself would refuse to sign.

Nothing here is compressed by zlib, whose versions write different streams.
"""

import struct
import zlib
from dataclasses import replace
from datetime import datetime, timedelta

from rongka.credential import (
    Issuer,
    Purpose,
    SigningKey,
    StatusReference,
    TrustedKey,
    cbor,
    cose,
    sign_trust_list,
    transport,
)
from rongka.credential.documents import CardDocument, NoticeDocument
from rongka.credential.status_list import TYPE as STATUS_TYPE
from rongka.credential.trust_list import TYPE as TRUST_TYPE
from rongka.credential.trust_list import TrustList
from rongka.text import Text
from tests.credential.world import LIST_URI, NOTICE, NOW, ORDINARY
from tests.vectors.fixed_keys import ed25519_key, p256_key

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
INDEX = 21
ANCHOR = p256_key("rongka test vector, anchor")
DEVICE = p256_key("rongka test vector, device")
KEYS = {purpose: p256_key(f"rongka test vector, issuer's key for {purpose}") for purpose in Purpose}
NEXT_CARD_KEY = p256_key("rongka test vector, issuer's next key for card")
EDDSA_KEYS = {purpose: ed25519_key(f"rongka test vector, EdDSA key for {purpose}") for purpose in Purpose}
EDDSA_DEVICE = ed25519_key("rongka test vector, EdDSA device")
STRANGER = p256_key("rongka test vector, a stranger")
OTHER_CITY = {purpose: p256_key(f"rongka test vector, other city's key for {purpose}") for purpose in Purpose}


# Five million zero bytes, as zlib compresses them.
BOMB = b"".join(
    (
        bytes.fromhex("78daecc101010000008090feafee080a"),
        bytes(4094),
        bytes.fromhex("80db8303120000000041ff5ff72354"),
        bytes(749),
        bytes.fromhex("b80a4fb40001"),
    )
)


def moment(at: datetime) -> int:
    """Whole seconds of the epoch."""
    return int(at.timestamp())


def stored(data: bytes) -> bytes:
    """A zlib stream of stored blocks (RFC 1951, 3.2.4)."""
    blocks = [data[at : at + 0xFFFF] for at in range(0, len(data), 0xFFFF)] or [b""]
    heads = [struct.pack("<BHH", block is blocks[-1], len(block), len(block) ^ 0xFFFF) for block in blocks]
    body = b"".join(head + block for head, block in zip(heads, blocks, strict=True))
    return b"\x78\xda" + body + struct.pack(">I", zlib.adler32(data))


def card_claims(**changes: object) -> dict[object, object]:
    """The claims of an ordinary card by number, `_4=...` changing claim 4, `None` leaving it out."""
    document = CardDocument(
        claims=ORDINARY,
        device_key=DEVICE.public,
        status=StatusReference(uri=LIST_URI, index=INDEX),
        issued_at=NOW,
    )
    return changed(cbor.decode_map(document.to_claim_set()), changes)


def notice_claims(**changes: object) -> dict[object, object]:
    """The claims of a notice by number."""
    status = StatusReference(uri=LIST_URI, index=INDEX)
    document = NoticeDocument(claims=NOTICE, issued_at=NOW, status=status)
    return changed(cbor.decode_map(document.to_claim_set()), changes)


def changed(claims: dict[object, object], changes: dict[str, object]) -> dict[object, object]:
    """Claims with some of them replaced, or left out where the change is `None`; a map is merged into a map."""
    result = dict(claims)
    for name, value in changes.items():
        number = -int(name[2:]) if name.startswith("_m") else int(name[1:])
        old = result.get(number)
        result[number] = {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value
        if isinstance(result[number], dict):
            result[number] = {key: item for key, item in result[number].items() if item is not None}
    return {key: value for key, value in result.items() if value is not None}


def issue(
    claims: dict[object, object] | bytes, *, key: SigningKey = KEYS[Purpose.CARD], headers: dict | None = None
) -> bytes:
    """A CWT over any claims."""
    payload = claims if isinstance(claims, bytes) else cbor.encode(claims)
    return cose.sign(headers={cose.KID: key.public.kid} if headers is None else headers, payload=payload, key=key)


def show(
    card: bytes | None = None,
    *,
    at: datetime = NOW,
    device: SigningKey = DEVICE,
    headers: dict | None = None,
    **claims: object,
) -> str:
    """A live code around any card, with any headers and claims more."""
    shown = {cose.KCWT: cbor.decode(issue(card_claims()) if card is None else card), **(headers or {})}
    payload = cbor.encode(changed({6: moment(at)}, claims))
    return transport.write(cose.sign(headers=shown, payload=payload, key=device))


def printed(claims: dict[object, object] | None = None, **changes: object) -> str:
    """A printed code."""
    return transport.write(
        issue(notice_claims() if claims is None else claims, **{"key": KEYS[Purpose.NOTICE], **changes})
    )


def rows(keys: dict[Purpose, SigningKey] = KEYS, **card: object) -> tuple[TrustedKey, ...]:
    """The trust list's rows of some keys, the row of the card's changed."""
    made = [TrustedKey(purpose=purpose, key=key.public, signs_from=NOW - DAY) for purpose, key in keys.items()]
    return tuple(replace(row, **card) if row.purpose is Purpose.CARD else row for row in made)


def trust(*issuers: tuple[TrustedKey, ...], issued_at: datetime = NOW, next_update: datetime = NOW + 30 * DAY,
          anchor: SigningKey = ANCHOR) -> bytes:  # fmt: skip
    """A signed trust list of Shanghai, and of Beijing if there is a second issuer."""
    names = (Text(zh="上海", en="Shanghai"), Text(zh="北京", en="Beijing"))
    named = tuple(Issuer(name=name, keys=keys) for name, keys in zip(names, issuers or (rows(),), strict=False))
    return sign_trust_list(trust=TrustList(issuers=named, issued_at=issued_at, next_update=next_update), anchor=anchor)


def sign_trust_claims(claims: dict, *, typ: str = TRUST_TYPE) -> bytes:
    """A trust list of any claims, signed by the anchor."""
    return cose.sign(headers={cose.TYP: typ, cose.KID: ANCHOR.public.kid}, payload=cbor.encode(claims), key=ANCHOR)


def trust_with_roots(count: int, *, size: int = 700) -> bytes:
    """A trust list whose issuer has so many roots; nobody who reads codes opens them."""
    claims = cbor.decode_map(cbor.decode(trust()).value[2])
    root = {1: "card", 2: bytes(size), 3: moment(NOW)}
    return sign_trust_claims({**claims, -65539: [{**claims[-65539][0], 4: [root] * count}]})


def entries(status: int = 0, *, at: int = INDEX, size: int = 64, bits: int = 2) -> bytes:
    """Packed entries, all zero but one."""
    packed = bytearray(size * bits // 8)
    packed[at * bits // 8] = status << (at * bits % 8)
    return bytes(packed)


def status(
    value: int = 0,
    *,
    issued_at: datetime = NOW,
    expires_at: datetime = NOW + 2 * DAY,
    uri: str = LIST_URI,
    key: SigningKey = KEYS[Purpose.STATUS],
    bits: int = 2,
    packed: bytes | None = None,
    typ: str = STATUS_TYPE,
    **changes: object,
) -> bytes:
    """A signed status list token, in which the card of the vectors has a status."""
    lst = stored(entries(value, bits=bits)) if packed is None else packed
    claims = {2: uri, 6: moment(issued_at), 4: moment(expires_at), 65534: 3600, 65533: {"bits": bits, "lst": lst}}
    headers = {cose.TYP: typ, cose.KID: key.public.kid}
    return cose.sign(headers=headers, payload=cbor.encode(changed(claims, changes)), key=key)
