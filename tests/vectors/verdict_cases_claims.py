"""Claims at their limits, each signed by the right issuer: what one implementation shows, every one shows."""

from collections.abc import Iterator

import cbor2

from rongka.credential import Purpose, cbor, transport
from tests.credential.world import LONGEST
from tests.vectors import city
from tests.vectors.city import KEYS, card_claims, issue, moment, notice_claims, printed, show
from tests.vectors.verdict_cases import Case, case

GOOD, MALFORMED = "valid code.valid", "not_valid code.malformed"
OFF_CURVE = bytes(31) + b"\x01"  # 1 - 3 + b is no square
PERMIT, IDENTITY, NOTICE = "_m65537", "_169", "_m65538"


def cases() -> Iterator[Case]:
    """Every one of them."""
    yield from _texts()
    yield from _names()
    yield from _masks()
    yield from _numbers()
    yield from _shapes()
    yield from _keys()
    yield from _cbor()
    yield case("the longest names", GOOD, code=show(issue({**card_claims(), **LONGEST.to_cwt()})))


def _card(name: str, verdict: str, **changes: object) -> Case:
    return case(name, verdict, code=show(issue(card_claims(**changes))))


def _texts() -> Iterator[Case]:
    for name, value, verdict in (
        ("200 characters", "a" * 200, GOOD),
        ("201 characters", "a" * 201, MALFORMED),
        ("200 Han characters beyond 16 bits", "𠮷" * 200, GOOD),
        ("201 Han characters beyond 16 bits", "𠮷" * 201, MALFORMED),
        ("nothing", "", MALFORMED),
        ("a space before", " a", MALFORMED),
        ("a space after", "a ", MALFORMED),
        ("a space alone", " ", MALFORMED),
        ("spaces within", "a  b", GOOD),
        ("a line's end", "a\nb", MALFORMED),
        ("a no-break space", "a\u00a0b", MALFORMED),
        ("an ideographic space", "上\u3000海", MALFORMED),
        ("a soft hyphen", "a\u00adb", MALFORMED),
        ("a right-to-left override", "a\u202eb", MALFORMED),
        ("a zero-width joiner", "a\u200db", MALFORMED),
        ("a byte order mark", "\ufeffa", MALFORMED),
        ("a private character", "a\ue000b", MALFORMED),
        ("a noncharacter", "a\uffffb", MALFORMED),
        ("an unassigned character", "a\u0378b", MALFORMED),
        ("a line separator", "a\u2028b", MALFORMED),
        ("a tag character", "a\U000e0041b", MALFORMED),
        ("a combining mark", "e\u0301", GOOD),
        ("a variation selector", "葛\U000e0100", GOOD),
        ("an emoji", "🏗", GOOD),
        ("a Han character of a later Unicode", "\U00031350", GOOD),
        ("an unassigned Han character", "\U0003fffd", GOOD),
        ("a noncharacter among Han characters", "\U0002ffff", MALFORMED),
        ("a number", 5, MALFORMED),
        ("null", None, MALFORMED),
        ("UTF-16", "软件工程师".encode("utf-16-be"), GOOD),
        ("UTF-16 beyond 16 bits", "𠮷".encode("utf-16-be"), GOOD),
        ("UTF-16 of half a character", b"\x00a\x00", MALFORMED),
        ("UTF-16 of half a pair", b"\xd8\x42", MALFORMED),
        ("UTF-16 of pairs the wrong way round", b"\xdf\xb7\xd8\x42", MALFORMED),
        ("UTF-16 of nothing", b"", MALFORMED),
        ("UTF-16 with a byte order mark", b"\xfe\xff\x00a", MALFORMED),
    ):
        yield _card(f"a post of {name}", verdict, **{PERMIT: {6: value}})
    for field in (1, 4, 8, 9, 13):
        yield _card(f"no field {field} of identity", MALFORMED, **{IDENTITY: {field: None}})
    for field in (2, 3, 4, 5, 6, 7):
        yield _card(f"no field {field} of the permit", MALFORMED, **{PERMIT: {field: None}})
    for field, text in ((1, ""), (4, ""), (13, ""), (19, ""), (1, "a "), (4, "A, B "), (19, " 名")):
        yield _card(f"field {field} of identity is {text!r}", MALFORMED, **{IDENTITY: {field: text}})
    for field, text in (
        (1, ""),
        (2, ""),
        (4, ""),
        (5, ""),
        (6, b""),
        (7, ""),
        (1, "A<<B "),
        (2, " 12"),
        (2, "12 "),
        (5, "a "),
    ):
        yield _card(f"field {field} of the permit is {text!r}", MALFORMED, **{PERMIT: {field: text}})
    yield _card("a permit number in UTF-16", GOOD, **{IDENTITY: {1: "310".encode("utf-16-be")}})


def _names() -> Iterator[Case]:
    for name, verdict in {
        "MÜLLER, ÅSA ÆGIR ØRN": GOOD,
        "straße, ßẞ": GOOD,
        "O'CONNOR, JEAN-LUC ST. JOHN": GOOD,
        "ʼN, ŉ ǆ ﬁ": GOOD,
        "İSTANBUL, ıIiİ": GOOD,
        "NGUYỄN, VĂN ĐỨC": GOOD,
        "U\u0308BER, A\u030a": GOOD,
        "SUKARNO": GOOD,
        ", ONLY GIVEN": GOOD,
        "ONLY SURNAME,": GOOD,
        "A, B, C": GOOD,
        "ÞÓR, ŁĦŊŦ Œ": GOOD,
        "ΣΊΣΥΦΟΣ, A": GOOD,
        "A" * 38 + ", B": GOOD,
        "𝐀, ℵ Å": GOOD,  # the last is the sign of Ångström, which normalises
        "李明": MALFORMED,
        "…": MALFORMED,
    }.items():
        yield _card(f"the name {name}", verdict, **{IDENTITY: {4: name}})
    yield _card("a machine-readable name of its own", GOOD, **{PERMIT: {1: "NGUYEN<<AN"}})
    yield _card("a Chinese name", GOOD, **{IDENTITY: {19: "阮文安"}})
    yield _card("a Chinese name of null", MALFORMED, **{IDENTITY: {19: 5}})


def _masks() -> Iterator[Case]:
    for packed, verdict in {
        "C4567": GOOD,
        "4567": GOOD,
        "7": GOOD,
        "C***4567": GOOD,
        "*": GOOD,
        "𠮷𠮷4567": GOOD,
        "C" * 193 + "4567": GOOD,
        "C" * 194 + "4567": MALFORMED,
        "a bc": GOOD,
        "a  bcd": GOOD,
    }.items():
        yield _card(
            f"a passport packed as {packed if len(packed) < 99 else len(packed)}", verdict, **{PERMIT: {2: packed}}
        )


def _numbers() -> Iterator[Case]:
    for name, field, value, verdict in (
        ("category 0", 3, 0, GOOD),
        ("category 2", 3, 2, GOOD),
        ("category 3", 3, 3, MALFORMED),
        ("category -1", 3, -1, MALFORMED),
        ("category true", 3, True, MALFORMED),
        ("category A", 3, "A", MALFORMED),
        ("category 2^64 - 1", 3, (1 << 64) - 1, MALFORMED),
        ("a credit code packed", 5, bytes(11), GOOD),
        ("the greatest credit code", 5, (31**17 - 1).to_bytes(11, "big"), GOOD),
        ("a credit code too great", 5, (31**17).to_bytes(11, "big"), MALFORMED),
        ("a credit code of ten bytes", 5, bytes(10), MALFORMED),
        ("a credit code of no bytes", 5, b"", MALFORMED),
        ("a credit code as text", 5, "91350100M000100Y43", GOOD),
        ("another number as text", 5, "外资-5", GOOD),
    ):
        yield _card(name, verdict, **{PERMIT: {field: value}})
    for sex, verdict in ((1, GOOD), (3, GOOD), (0, MALFORMED), (4, MALFORMED), (True, MALFORMED), ("M", MALFORMED)):
        yield _card(f"sex {sex!r}", verdict, **{IDENTITY: {9: sex}})
    for born, verdict in (
        ("20000229", GOOD), ("19000229", MALFORMED), ("20230230", MALFORMED), ("20231301", MALFORMED),
        ("20230100", MALFORMED), ("00010101", GOOD), ("00000101", MALFORMED), ("99991231", GOOD),
        ("2023-1-1", MALFORMED), ("1990040", MALFORMED), ("199004051", MALFORMED), ("１９９００４０５", MALFORMED),
        ("1990W101", MALFORMED),
    ):  # fmt: skip
        yield _card(f"born {born}", verdict, **{IDENTITY: {8: born}})
    yield from _moments()


def _moments() -> Iterator[Case]:
    last = 253_370_764_800
    for name, verdict, change in (
        ("an end in the year 9999", GOOD, {"_4": last}),
        ("an end after it", MALFORMED, {"_4": last + 1}),
        ("an end of 2^64 - 1", MALFORMED, {"_4": (1 << 64) - 1}),
        ("an end below 0", MALFORMED, {"_4": -1}),
        ("an end of -2^64", MALFORMED, {"_4": -(1 << 64)}),
        ("an end that is a text", MALFORMED, {"_4": "1798675200"}),
        ("an end that is true", MALFORMED, {"_4": True}),
        ("no end", MALFORMED, {"_4": None}),
        ("no beginning", MALFORMED, {"_5": None}),
        ("a beginning in 1970", GOOD, {"_5": 0}),
        ("an end at its beginning", MALFORMED, {"_5": 1798646400, "_4": 1798646400}),
        ("an end on the day of its beginning", MALFORMED, {"_5": 1798646400, "_4": 1798646400 + 86399}),
        ("no issuing time", MALFORMED, {"_6": None}),
        (
            "an index of 2^32 - 1",
            "check status.missing",
            {"_65535": {"status_list": {"idx": (1 << 32) - 1, "uri": "https://rongka.example/s/1"}}},
        ),
        (
            "an index of 2^32",
            MALFORMED,
            {"_65535": {"status_list": {"idx": 1 << 32, "uri": "https://rongka.example/s/1"}}},
        ),
        ("an index below 0", MALFORMED, {"_65535": {"status_list": {"idx": -1, "uri": "https://rongka.example/s/1"}}}),
    ):
        yield _card(name, verdict, **change)
    for name, iat, verdict in (
        ("missing", None, MALFORMED),
        ("a text", "1", MALFORMED),
        ("0", 0, "not_valid code.stale"),
    ):
        yield case(f"the device's time is {name}", verdict, code=show(_6=iat))
    yield case("the device's time is in the year 9999", "not_valid code.from_future", code=show(_6=last))
    yield case("the device's time is after it", MALFORMED, code=show(_6=last + 1))


def _shapes() -> Iterator[Case]:
    for name, change in {
        "identity is a list": {IDENTITY: [1]},
        "no identity": {IDENTITY: None},
        "the permit is a text": {PERMIT: "permit"},
        "no status": {"_65535": None},
        "status is null": {"_65535": {"status_list": {}}},
        "status is a text": {"_65535": "status"},
        "no device key": {"_8": None},
        "the device's key is a key's name": {"_8": {1: None, 3: b"kid"}},
    }.items():
        yield _card(name, MALFORMED, **change)
    yield _card("a claim more", GOOD, _99={"nested": [1, b"x", None, True]})
    yield _card("an issuer's name", GOOD, _1="https://issuer.example")
    yield _card("a field more", GOOD, **{PERMIT: {99: "x"}})
    both = {**card_claims(), -65538: notice_claims()[-65538]}
    yield case("a permit and a notice at once", GOOD, code=show(issue(both)))
    yield case("both at once, printed", "not_valid card.without_device", code=printed(both))
    for name, verdict, change in (
        ("a notice without its number", MALFORMED, {NOTICE: {8: None}}),
        ("a notice of an empty number", MALFORMED, {NOTICE: {8: ""}}),
        ("a notice without an end", MALFORMED, {"_4": None}),
        ("a notice with a wrong status", MALFORMED, {"_65535": {"status_list": None, "idx": 5}}),
        ("a notice with a beginning", "check document.printed", {"_5": moment(city.NOW) + 99}),
    ):
        yield case(name, verdict, code=printed(notice_claims(**change)))


def _keys() -> Iterator[Case]:
    x, y = city.DEVICE.public.coordinates
    for name, verdict, key in (
        ("both coordinates", GOOD, {1: 2, -1: 1, -2: x, -3: y}),
        ("the sign the wrong way round", "not_valid device.other_key", {1: 2, -1: 1, -2: x, -3: not y[-1] & 1}),
        ("y of another point", MALFORMED, {1: 2, -1: 1, -2: x, -3: x}),
        ("x off the curve", MALFORMED, {1: 2, -1: 1, -2: OFF_CURVE, -3: True}),
        ("x beyond the field", MALFORMED, {1: 2, -1: 1, -2: b"\xff" * 32, -3: True}),
        ("x of 31 bytes", MALFORMED, {1: 2, -1: 1, -2: x[1:], -3: True}),
        ("x with a zero before", MALFORMED, {1: 2, -1: 1, -2: b"\x00" + x, -3: True}),
        ("coordinates parted elsewhere", MALFORMED, {1: 2, -1: 1, -2: x[:31], -3: x[31:] + y}),
        ("no y", MALFORMED, {1: 2, -1: 1, -2: x}),
        ("a parameter more", MALFORMED, {1: 2, -1: 1, -2: x, -3: bool(y[-1] & 1), 3: -7}),
        ("a private part", MALFORMED, {1: 2, -1: 1, -2: x, -3: bool(y[-1] & 1), -4: b"d" * 32}),
        ("P-384", MALFORMED, {1: 2, -1: 2, -2: x, -3: True}),
        ("a curve that is true", MALFORMED, {1: 2, -1: True, -2: x, -3: bool(y[-1] & 1)}),
        ("a symmetric key", MALFORMED, {1: 4, -1: b"secret"}),
        ("Ed25519 of 31 bytes", MALFORMED, {1: 1, -1: 6, -2: b"\x05" * 31}),
        ("Ed25519", "not_valid device.other_key", {1: 1, -1: 6, -2: x}),
        ("Ed25519 with a y", MALFORMED, {1: 1, -1: 6, -2: x, -3: y}),
    ):
        claims = {**card_claims(), 8: {1: key}}
        yield case(f"a device's key: {name}", verdict, code=show(issue(claims)))


def _cbor() -> Iterator[Case]:
    """The ordinary claims with a claim 99 spelled by hand, so that only its spelling is in question."""
    encoded = cbor.encode(card_claims())
    for name, spelled, verdict in (
        ("a whole number of 64 bits", "1bffffffffffffffff", GOOD),
        ("the least whole number", "3bffffffffffffffff", GOOD),
        ("a text with a byte order mark", "64efbbbf61", GOOD),
        ("a long head", "1805", MALFORMED),
        ("a float", "f93c00", MALFORMED),
        ("undefined", "f7", MALFORMED),
        ("a simple value", "f0", MALFORMED),
        ("a tag", "c100", MALFORMED),
        ("our tag", "d200", GOOD),
        ("an indefinite text", "7f6161ff", MALFORMED),
        ("wrong UTF-8", "62c328", MALFORMED),
        ("a surrogate in UTF-8", "63eda080", MALFORMED),
        ("an overlong UTF-8", "62c0af", MALFORMED),
        ("a key twice", "a201000100", MALFORMED),
        ("a key that is a text twice", "a2616100616100", MALFORMED),
        ("keys that are 1 and a text of it", "a20100613100", GOOD),
        ("a key of true", "a1f500", MALFORMED),
        ("a key of null", "a1f600", MALFORMED),
        ("a key of bytes", "a1416100", MALFORMED),
        ("a key that is a list", "a1810100", MALFORMED),
        ("a key that is a map", "a1a0" + "00", MALFORMED),
        ("keys in another order", "a202000100", GOOD),
        ("seven lists", "81" * 7 + "00", GOOD),
        ("eight lists", "81" * 8 + "00", MALFORMED),
        ("seven lists and an empty one", "81" * 7 + "80", GOOD),
        ("a list longer than its bytes", "9bffffffffffffffff", MALFORMED),
        ("bytes longer than the rest", "5affffffff", MALFORMED),
        ("nothing", "", MALFORMED),
        ("a byte after it", "0000", MALFORMED),
    ):
        claims = bytes((encoded[0] + 1,)) + encoded[1:] + bytes.fromhex("1863" + spelled)
        yield case(f"claim 99 is {name}", verdict, code=show(issue(claims)))
    shuffled = dict(reversed(card_claims().items()))
    yield case("claims in another order", GOOD, code=show(issue(cbor2.dumps(shuffled))))
    printed_twice = transport.write(
        issue(cbor2.dumps(dict(reversed(notice_claims().items()))), key=KEYS[Purpose.NOTICE])
    )
    yield case("a notice's claims in another order", "check document.printed", code=printed_twice)
