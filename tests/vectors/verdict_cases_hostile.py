"""Codes and lists that somebody made to deceive, and what cameras and copies do to good ones."""

import struct
import zlib
from collections.abc import Iterator

import cbor2

from rongka.credential import Purpose, base45, cbor, cose, transport
from tests.credential.world import NOW
from tests.vectors import city
from tests.vectors.city import DAY, KEYS, SECOND, card_claims, issue, notice_claims, printed, show, status, trust
from tests.vectors.verdict_cases import Case, case

DAMAGED, MALFORMED, FOREIGN = "not_valid code.damaged", "not_valid code.malformed", "not_our_code code.foreign"
HEALTH_CERTIFICATE = (
    "HC1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDEXWK G2EP4J0BGJLFX3R3VHXK.PJ:2DPF6R:5SVBHABVCNN95SWMPHQUHQN"
)


def cases() -> Iterator[Case]:
    """Every one of them."""
    yield from _foreign()
    yield from _damaged()
    yield from _flipped()
    yield from _streams()
    yield from _envelopes()
    yield from _headers()
    yield from _lists()


def _foreign() -> Iterator[Case]:
    for name, code in {
        "nothing": "",
        "our first letters alone": "NCF",
        "an address": "https://example.com/" + "a" * 300,
        "a health certificate": HEALTH_CERTIFICATE,
        "a network": "WIFI:T:WPA;S:cafe;P:secret;;" + "x" * 60,
        "Chinese": "一" * 200,
        "Han characters beyond 16 bits": "𠮷" * 200,
        "control characters": "\x00" * 400,
        "59 characters that begin like ours": show()[:59],
        "three characters misread": "N%F" + "é" * 3 + show()[6:],
        "two wrong at the start": "XXF" + show()[3:],
        "a whole stream of somebody else": base45.encode(b"\x78\x01" + city.stored(b"somebody else's token" * 9)[2:]),
        "somebody else's token": transport.write(issue({1: "https://issuer.example", 169: {4: "NAME"}})),
        "a bomb of somebody else": base45.encode(city.BOMB)[1:],
    }.items():
        yield case(f"foreign: {name}", FOREIGN, code=code)


def _damaged() -> Iterator[Case]:
    good = show()
    for cut in (1, 2, 3, 9, 300):
        yield case(f"the last {cut} characters cut off", DAMAGED, code=good[:-cut])
    yield case("60 characters of a code", DAMAGED, code=good[:60])
    yield case("the first character cut off", FOREIGN, code=good[1:])
    yield case("one character misread at the start", DAMAGED, code="X" + good[1:])
    yield case("two characters misread", DAMAGED, code=good[:20] + "é𠮷" + good[22:])
    yield case("lower case", FOREIGN, code=good.lower())
    yield case("a line's end after it", DAMAGED, code=good + "\n")
    yield case("twice", DAMAGED, code=good + good)
    yield case("a triple above 65535", DAMAGED, code=good[:30] + ":::" + good[33:])
    yield case("a last pair above 255", DAMAGED, code=good[: len(good) // 3 * 3] + "::")
    yield case("longer than any QR code", DAMAGED, code=good + "0" * 9000)
    yield case("full-width digits", DAMAGED, code=good[:60] + good[60:].replace("0", "０"))


def _flipped() -> Iterator[Case]:
    good = show()
    stream, message = base45.decode(good), transport.read(good)
    yield case("a flipped bit in byte 0 of the stream", FOREIGN, code=base45.encode(_flip(stream, 0)))
    for at in (2, 8, 100, 400, len(stream) - 1):
        yield case(f"a flipped bit in byte {at} of the stream", DAMAGED, code=base45.encode(_flip(stream, at)))
    # With a new checksum the change meets the signatures.
    inner = message.index(issue(card_claims())[-64:])
    for name, at, verdict in (
        ("the device's signature", len(message) - 1, "not_valid device.other_key"),
        ("the issuer's signature", inner + 20, "not_valid device.other_key"),
        ("the claims", message.index(b"NGUYEN"), "not_valid device.other_key"),
        ("the tag", 0, MALFORMED),
        ("the permit's claim number", message.index(transport.OUR_CLAIMS[0]) + 1, FOREIGN),
    ):
        yield case(f"a flipped bit in {name}", verdict, code=transport.write(_flip(message, at)))
    card = issue(card_claims())
    yield case(
        "a flipped bit in the issuer's signature, shown by the device",
        "not_valid issuer.signature",
        code=show(_flip(card, len(card) - 1)),
    )
    changed = card.replace(b"NGUYEN", b"NGUYEM")
    yield case("another name, shown by the device", "not_valid issuer.signature", code=show(changed))


def _flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes((data[at] ^ 1,)) + data[at + 1 :]


def _streams() -> Iterator[Case]:
    message = transport.read(show())
    stream = base45.decode(show())
    size = struct.pack("<HH", len(message), len(message) ^ 0xFFFF)
    half = len(message) // 2
    two_blocks = b"".join(
        struct.pack("<BHH", last, len(part), len(part) ^ 0xFFFF) + part
        for last, part in ((0, message[:half]), (1, message[half:]))
    )
    checksum = struct.pack(">I", zlib.adler32(message))
    for name, respelled in {
        "two stored blocks": b"\x78\xda" + two_blocks + checksum,
        "another level in the header": b"\x78\x01" + stream[2:],
        "padding bits set": stream[:2] + b"\xf9" + stream[3:],
        "a byte after the end": stream + b"\x00",
        "the stream twice": stream + stream,
        "a wrong checksum": stream[:-1] + bytes((stream[-1] ^ 1,)),
        "a wrong length": b"\x78\xda\x01" + size[:2] + b"\x00\x00" + message + checksum,
        "no checksum": stream[:-4],
        "a bomb": city.BOMB,
        "3,073 bytes": city.stored(message + bytes(3073 - len(message))),
    }.items():
        yield case(f"respelled: {name}", MALFORMED if "3,073" in name else DAMAGED, code=base45.encode(respelled))


def _envelopes() -> Iterator[Case]:
    outer = cbor.decode(transport.read(show()))
    protected, _, payload, signature = outer.value
    inner = cbor.decode(issue(card_claims()))
    for name, parts in {
        "an unprotected header": [protected, {4: b"kid"}, payload, signature],
        "an unprotected header that is a list": [protected, [], payload, signature],
        "no unprotected header": [protected, payload, signature],
        "a fifth part": [protected, {}, payload, signature, b""],
        "an empty signature": [protected, {}, payload, b""],
        "a cut signature": [protected, {}, payload, signature[:-1]],
        "a longer signature": [protected, {}, payload, signature + b"\x00"],
        "a signature of two": [protected, {}, payload, [signature]],
        "a detached payload": [protected, {}, None, signature],
        "an empty payload": [protected, {}, b"", signature],
        "a payload that is a text": [protected, {}, "payload", signature],
        "no protected header": [b"", {}, payload, signature],
        "a protected header that is a map": [{1: -7}, {}, payload, signature],
        "a protected header that is a list": [b"\x80", {}, payload, signature],
    }.items():
        code = transport.write(cbor2.dumps(cbor2.CBORTag(18, parts)))
        yield case(f"envelope: {name}", MALFORMED, code=code)
    for name, message in {
        "no tag": cbor2.dumps(outer.value),
        "another tag": b"\xd1" + transport.read(show())[1:],
        "two tags": b"\xd2" + transport.read(show()),
        "a long tag": b"\xd8\x12" + transport.read(show())[1:],
        "a byte after it": transport.read(show()) + b"\x00",
        "an indefinite array": b"\xd2\x9f" + transport.read(show())[2:] + b"\xff",
        "nothing": b"",
        "something else": b"somebody else's token" * 9,
    }.items():
        yield case(f"message: {name}", MALFORMED, code=transport.write(message))
    for name, parts in {
        "an unprotected header": [inner.value[0], {1: 1}, *inner.value[2:]],
        "an empty signature": [*inner.value[:3], b""],
        "no tag": None,
    }.items():
        embedded = inner.value if parts is None else cbor2.CBORTag(18, parts)
        yield case(f"card: {name}", MALFORMED, code=_shown(embedded))
    yield case("card: its bytes", MALFORMED, code=_shown(issue(card_claims())))
    yield case(
        "a notice inside a live code",
        MALFORMED,
        code=_shown(cbor.decode(issue(notice_claims(), key=KEYS[Purpose.NOTICE]))),
    )
    yield case("a live code inside a live code", FOREIGN, code=_shown(outer))
    yield case("somebody else's token inside a live code", FOREIGN, code=_shown(cbor.decode(issue({169: {}}))))


def _shown(embedded: object) -> str:
    """A code of the device around anything."""
    message = cose.sign(headers={cose.KCWT: embedded}, payload=cbor.encode({6: city.moment(NOW)}), key=city.DEVICE)
    return transport.write(message)


def _headers() -> Iterator[Case]:
    kid = KEYS[Purpose.CARD].public.kid
    for name, verdict, headers in (
        ("an unknown kid", "not_valid issuer.unknown", {4: b"\x00" * 4}),
        ("an empty kid", "not_valid issuer.unknown", {4: b""}),
        ("a kid that is a text", "not_valid issuer.unknown", {4: kid.hex()}),
        ("a kid that is an address", "not_valid issuer.unknown", {4: "https://keys.example/1"}),
        ("a longer kid", "not_valid issuer.unknown", {4: kid + b"\x00"}),
        ("the notice key's kid", "not_valid issuer.distrusted", {4: KEYS[Purpose.NOTICE].public.kid}),
        ("no kid", MALFORMED, {}),
        ("crit", MALFORMED, {4: kid, 2: [4]}),
        ("an empty crit", MALFORMED, {4: kid, 2: []}),
        ("a key of its own", MALFORMED, {4: kid, 35: {1: 2}}),
        ("a certificate", MALFORMED, {4: kid, 33: b"certificate"}),
        ("an address of certificates", MALFORMED, {4: kid, 35: "https://keys.example"}),
        ("a type", MALFORMED, {4: kid, 16: "application/cwt"}),
        ("ES384", "not_valid issuer.signature", {4: kid, 1: -35}),
        ("EdDSA", "not_valid issuer.signature", {4: kid, 1: -8}),
        ("HMAC", "not_valid issuer.signature", {4: kid, 1: 5}),
        ("no algorithm, as a text", "not_valid issuer.signature", {4: kid, 1: "none"}),
        ("an algorithm of null", "not_valid issuer.signature", {4: kid, 1: None}),
    ):
        yield case(f"issuer's header: {name}", verdict, code=show(issue(card_claims(), headers=headers)))
    for name, verdict, headers in (
        ("a kid", MALFORMED, {4: b"1234"}),
        ("crit", MALFORMED, {2: [13]}),
        ("EdDSA", "not_valid device.other_key", {1: -8}),
        ("HMAC", "not_valid device.other_key", {1: 5}),
        ("a large algorithm", "not_valid device.other_key", {1: (1 << 64) - 7}),
        ("a header that is a text", MALFORMED, {"alg": -7}),
    ):
        yield case(f"device's header: {name}", verdict, code=show(headers=headers))
    yield case("printed: crit", MALFORMED, code=printed(headers={4: b"1234", 2: [4]}))
    yield case("printed: no kid", MALFORMED, code=printed(headers={}))
    yield case("a further claim of the device", "valid code.valid", code=show(_99="a claim that we do not know"))


def _lists() -> Iterator[Case]:
    missing, good = "check status.missing", status()
    for name, lists in {
        "a bomb": status(packed=city.BOMB),
        "a damaged stream": status(packed=city.stored(bytes(16))[:-1] + b"\x02"),
        "a cut stream": status(packed=city.stored(bytes(16))[:-2]),
        "a byte after the stream": status(packed=city.stored(bytes(16)) + b"\x00"),
        "no stream": status(packed=b"no stream at all"),
        "a stream that is a text": status(_65533={"lst": "text"}),
        "an unknown width": status(_65533={"bits": 3}),
        "a time to live of nothing": status(_65534=0),
        "a time to live of a year and more": status(_65534=366 * 86_400 + 1),
        "no time to live": status(_65534=None),
        "an aggregation that is no address": status(_65533={"aggregation_uri": 5}),
        "an address in UTF-16": status(_2="https://rongka.example/s/1".encode("utf-16-be")),
        "a width that is a text": status(_65533={"bits": "2"}),
        "no width": status(_65533={"bits": None}),
        "no end": status(_4=None),
        "no issuing time": status(_6=None),
        "no subject": status(_2=None),
        "another type": status(typ="application/cwt"),
        "no list": status(_65533=None),
        "a flipped bit": _flip(good, len(good) - 70),
        "a flipped bit of the signature": _flip(good, len(good) - 1),
        "a byte after it": good + b"\x00",
        "nothing": b"",
    }.items():
        yield case(f"status list: {name}", missing, lists=(lists,))
    yield case("status list: a claim more", "valid code.valid", lists=(status(_99=1),))
    list_claims = cbor.decode_map(cbor.decode(trust()).value[2])
    for name, token in {
        "one key twice": city.sign_trust_claims({**list_claims, -65539: [*list_claims[-65539], *list_claims[-65539]]}),
        "another subject": city.sign_trust_claims({**list_claims, 2: "rongka:other"}),
        "another type": city.sign_trust_claims(list_claims, typ="application/cwt"),
        "no issuers": city.sign_trust_claims({**list_claims, -65539: {}}),
        "an issuer that is a list": city.sign_trust_claims({**list_claims, -65539: [[]]}),
        "an unknown purpose": city.sign_trust_claims(_with_row(list_claims, {1: "visa"})),
        "a key off the curve": city.sign_trust_claims(
            _with_row(list_claims, {2: {1: 2, -1: 1, -2: b"\xff" * 32, -3: True}})
        ),
        "a date that is a text": city.sign_trust_claims(_with_row(list_claims, {3: "2026-01-01"})),
        "a date of null": city.sign_trust_claims(_with_row(list_claims, {4: None})),
        "a flipped bit": _flip(trust(), 200),
        "nothing": b"",
    }.items():
        yield case(f"trust list: {name}", "check trust.missing", trust=token)
    yield case("trust list: a claim more", "valid code.valid", trust=city.sign_trust_claims({**list_claims, 99: 1}))
    yield case(
        "trust list: a row's claim more",
        "valid code.valid",
        trust=city.sign_trust_claims(_with_row(list_claims, {99: 1})),
    )
    yield case(
        "trust list: empty", "not_valid issuer.unknown", trust=city.sign_trust_claims({**list_claims, -65539: []})
    )
    yield case("status list before the trust list's key signs", missing, lists=(status(issued_at=NOW - DAY - SECOND),))


def _with_row(claims: dict, change: dict) -> dict:
    issuer, *rest = claims[-65539]
    row, *others = issuer[3]
    return {**claims, -65539: [{**issuer, 3: [{**row, **change}, *others]}, *rest]}
