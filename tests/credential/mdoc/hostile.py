"""What makes a response no response: for each step of `MdocWorld.forge` changes by name, with the error they earn."""

import cbor2

from rongka.credential.errors import (
    CborError,
    CertificateError,
    ClaimsError,
    CoseError,
    ExpiredError,
    ForeignCodeError,
    KeyFormatError,
    MdocError,
    NotYetValidError,
    PresentationError,
    SignatureError,
)
from rongka.credential.mdoc import openid4vp_transcript
from tests.credential.mdoc.world import CARD

OTHER_TRANSCRIPT = openid4vp_transcript(
    client_id="x509_san_dns:bank.example", nonce="n", response_uri="https://bank.example/r", encryption_key=None
)


def _put(key, value):
    return lambda part: part.__setitem__(key, value)


def _drop(key):
    return lambda part: part.__delitem__(key)


def _within(*path, change):
    def change_inner(part):
        for step in path:
            part = part[step]
        change(part)

    return change_inner


def _at(seconds):
    return cbor2.CBORTag(0, seconds)


DIGESTS = ("valueDigests", CARD)
TIMES = ("validityInfo",)
MESSAGE = ("deviceSignature",)
CERTIFICATE = b"\x30\x03\x02\x01\x01"
ITEM = {"digestID": 0, "random": b"r" * 16, "elementIdentifier": "name", "elementValue": "SOMEBODY, ELSE"}

ITEMS = {
    "salt of 15 bytes": (_within(1, change=_put("random", b"r" * 15)), MdocError),
    "salt of 65 bytes": (_within(1, change=_put("random", b"r" * 65)), MdocError),
    "salt as text": (_within(1, change=_put("random", "r" * 16)), MdocError),
    "a member more": (_within(1, change=_put("extra", 1)), MdocError),
    "a member less": (_within(1, change=_drop("random")), MdocError),
    "number below zero": (_within(1, change=_put("digestID", -1)), MdocError),
    "number too large": (_within(1, change=_put("digestID", 1 << 32)), MdocError),
    "number as truth": (_within(1, change=_put("digestID", True)), MdocError),
    "name as number": (_within(1, change=_put("elementIdentifier", 5)), MdocError),
    "unknown name that cannot be shown": (_within(1, change=_put("elementIdentifier", "na\nme")), ClaimsError),
    "element twice": (lambda items: items.append({**ITEM, "digestID": 40}), MdocError),
    "number twice": (lambda items: items.append({**ITEM, "elementIdentifier": "salary"}), MdocError),
    "value of another type": (_within(1, change=_put("elementValue", 5)), ClaimsError),
    "value as float": (_within(1, change=_put("elementValue", 1.5)), MdocError),
    "value undefined": (_within(1, change=_put("elementValue", cbor2.undefined)), MdocError),
    "value of another tag": (_within(1, change=_put("elementValue", cbor2.CBORTag(24, b"x"))), MdocError),
    "value of an unknown tag": (_within(1, change=_put("elementValue", cbor2.CBORTag(777, 1))), MdocError),
    "day as text": (_within(5, change=_put("elementValue", "1990-04-05")), ClaimsError),
    "day in another spelling": (_within(5, change=_put("elementValue", cbor2.CBORTag(1004, "19900405"))), MdocError),
    "day that no calendar has": (_within(5, change=_put("elementValue", cbor2.CBORTag(1004, "1990-02-30"))), MdocError),
    "day as number": (_within(5, change=_put("elementValue", cbor2.CBORTag(1004, 5))), MdocError),
}

SECURITY_OBJECT = {
    "another version": (_put("version", "1.1"), MdocError),
    "another digest algorithm": (_put("digestAlgorithm", "SHA-1"), MdocError),
    "no digests": (_drop("valueDigests"), ClaimsError),
    "digests as a list": (_put("valueDigests", []), ClaimsError),
    "namespace of digests as a list": (_put("valueDigests", {CARD: []}), ClaimsError),
    "too many digests": (_within(*DIGESTS, change=lambda d: d.update(dict.fromkeys(range(100, 700), b""))), MdocError),
    "number without a digest": (_within(*DIGESTS, change=_drop(3)), SignatureError),
    "another digest": (_within(*DIGESTS, change=_put(3, bytes(32))), SignatureError),
    "a cut digest": (_within(*DIGESTS, change=lambda d: d.update({3: d[3][:31]})), SignatureError),
    "a digest that is no bytes": (_within(*DIGESTS, change=_put(3, None)), SignatureError),
    "digests of another namespace": (
        lambda mso: mso.update(valueDigests={"x": mso["valueDigests"][CARD]}),
        SignatureError,
    ),
    "another type of document": (_put("docType", "rongka.notice.1"), CertificateError),
    "somebody else's type of document": (_put("docType", "org.iso.18013.5.1.mDL"), ForeignCodeError),
    "type of document as bytes": (_put("docType", CARD.encode("utf-16-be")), MdocError),
    "no device's key": (_drop("deviceKeyInfo"), ClaimsError),
    "device's key that is none": (_within("deviceKeyInfo", "deviceKey", change=_put(-1, 2)), KeyFormatError),
    "device's key off the curve": (_within("deviceKeyInfo", "deviceKey", change=_put(-3, bytes(32))), KeyFormatError),
    "no status": (_drop("status"), ClaimsError),
    "status without an address": (_put("status", {"status_list": {"idx": 1}}), ClaimsError),
    "no times": (_drop("validityInfo"), ClaimsError),
    "no time of signing": (_within(*TIMES, change=_drop("signed")), MdocError),
    "signed after it begins": (_within(*TIMES, change=_put("signed", _at("2026-11-23T03:00:01Z"))), MdocError),
    "ends when it begins": (_within(*TIMES, change=_put("validUntil", _at("2026-11-23T03:00:00Z"))), MdocError),
    "begins in the future": (_within(*TIMES, change=_put("validFrom", _at("2026-11-23T04:00:31Z"))), NotYetValidError),
    "signed in the future": (
        _within(*TIMES, change=lambda t: t.update(dict.fromkeys(("signed", "validFrom"), _at("2026-12-23T04:00:00Z")))),
        NotYetValidError,
    ),
    "ended": (_within(*TIMES, change=_put("validUntil", _at("2026-11-23T04:00:00Z"))), ExpiredError),
    "time with a fraction": (_within(*TIMES, change=_put("signed", _at("2026-11-23T03:00:00.5Z"))), MdocError),
    "time of another zone": (_within(*TIMES, change=_put("signed", _at("2026-11-23T03:00:00+00:00"))), MdocError),
    "time without a zone": (_within(*TIMES, change=_put("signed", _at("2026-11-23T03:00:00"))), MdocError),
    "time that is no time": (_within(*TIMES, change=_put("signed", _at("2026-13-23T03:00:00Z"))), MdocError),
    "time as text": (_within(*TIMES, change=_put("signed", "2026-11-23T03:00:00Z")), MdocError),
    "time as number": (_within(*TIMES, change=_put("signed", _at(5))), MdocError),
    "time in seconds": (_within(*TIMES, change=_put("signed", cbor2.CBORTag(1, 5))), CborError),
}

ISSUER_AUTH = {
    "signature nil": (_put(3, None), CoseError),
    "signature empty": (_put(3, b""), CoseError),
    "signature an array": (_put(3, [1]), CoseError),
    "signature of 63 bytes": (lambda auth: auth.__setitem__(3, auth[3][:63]), CoseError),
    "signature of 65 bytes": (lambda auth: auth.__setitem__(3, auth[3] + b"\0"), CoseError),
    "signature changed": (lambda auth: auth.__setitem__(3, auth[3][:63] + bytes((auth[3][63] ^ 1,))), SignatureError),
    "signature of zeros": (_put(3, bytes(64)), SignatureError),
    "payload nil": (_put(2, None), CoseError),
    "payload changed": (lambda auth: auth.__setitem__(2, auth[2].replace(b"2027", b"2028")), SignatureError),
    "payload without its tag": (lambda auth: auth.__setitem__(2, cbor2.loads(auth[2]).value), MdocError),
    "payload of two values": (lambda auth: auth.__setitem__(2, auth[2] + b"\0"), CborError),
    "three parts": (_drop(3), CoseError),
    "five parts": (lambda auth: auth.append(b""), CoseError),
    "no certificate": (_put(1, {}), CoseError),
    "headers as a list": (_put(1, [33]), CoseError),
    "a key identifier beside": (_within(1, change=_put(4, b"1234")), CoseError),
    "an algorithm beside": (_within(1, change=_put(1, -7)), CoseError),
    "certificates by address (x5u)": (_within(1, change=_put(35, "https://evil.example/c.der")), CoseError),
    "a certificate in an array": (lambda auth: auth[1].update({33: [auth[1][33]]}), CoseError),
    "two certificates": (lambda auth: auth[1].update({33: [auth[1][33]] * 2}), CoseError),
    "a certificate as text": (_within(1, change=_put(33, "MIIB")), CoseError),
    "no certificate at all": (_within(1, change=_put(33, b"")), CertificateError),
    "a certificate of five bytes": (_within(1, change=_put(33, CERTIFICATE)), CertificateError),
    "a huge certificate": (_within(1, change=_put(33, bytes(5000))), CertificateError),
}

PROTECTED = {
    "no algorithm": ({}, CoseError),
    "EdDSA": ({1: -8}, SignatureError),
    "ES384": ({1: -35}, SignatureError),
    "RSA": ({1: -257}, SignatureError),
    "HMAC": ({1: 5}, SignatureError),
    "none": ({1: 0}, SignatureError),
    "by name": ({1: "ES256"}, SignatureError),
    "as float": ({1: -7.5}, SignatureError),
    "critical headers": ({1: -7, 2: [99], 99: 1}, CoseError),
    "a certificate protected": ({1: -7, 33: b"x"}, CoseError),
    "a list": ([1], CborError),
}

DEVICE_AUTH = {
    "signature nil": (_put("deviceSignature", None), CoseError),
    "signature empty": (_put("deviceSignature", b""), CoseError),
    "signature undefined": (_put("deviceSignature", cbor2.undefined), CoseError),
    "signature an empty array": (_put("deviceSignature", []), CoseError),
    "signature false": (_put("deviceSignature", False), CoseError),
    "inner nil": (_within(*MESSAGE, change=_put(3, None)), CoseError),
    "inner empty": (_within(*MESSAGE, change=_put(3, b"")), CoseError),
    "inner an array": (_within(*MESSAGE, change=_put(3, [])), CoseError),
    "inner of 63 bytes": (_within(*MESSAGE, change=lambda m: m.__setitem__(3, m[3][:63])), CoseError),
    "inner of 65 bytes": (_within(*MESSAGE, change=lambda m: m.__setitem__(3, m[3] + b"\0")), CoseError),
    "inner of zeros": (_within(*MESSAGE, change=_put(3, bytes(64))), PresentationError),
    "payload attached": (_within(*MESSAGE, change=_put(2, b"x")), CoseError),
    "payload empty": (_within(*MESSAGE, change=_put(2, b"")), CoseError),
    "unprotected headers": (_within(*MESSAGE, change=_put(1, {4: b"x"})), CoseError),
    "headers as a list": (_within(*MESSAGE, change=_put(1, [])), CoseError),
    "tagged": (lambda auth: auth.update(deviceSignature=cbor2.CBORTag(18, auth["deviceSignature"])), CoseError),
    "a MAC beside": (_put("deviceMac", [b"\xa1\x01\x05", {}, None, bytes(32)]), MdocError),
    "a MAC instead": (
        lambda auth: (auth.clear(), auth.update(deviceMac=[b"\xa1\x01\x05", {}, None, bytes(32)])),
        MdocError,
    ),
    "neither": (lambda auth: auth.clear(), MdocError),
}

DOCUMENT = {
    "another type than signed": (_put("docType", "rongka.notice.1"), MdocError),
    "type as number": (_put("docType", 5), MdocError),
    "no device": (_drop("deviceSigned"), MdocError),
    "device nil": (_put("deviceSigned", None), MdocError),
    "errors": (_put("errors", {CARD: {"name": 0}}), MdocError),
    "no issuer": (_put("issuerSigned", {}), MdocError),
    "issuer nil": (_put("issuerSigned", None), MdocError),
    "device's own elements": (
        _within("deviceSigned", change=_put("nameSpaces", cbor2.CBORTag(24, cbor2.dumps({CARD: {"name": "X"}})))),
        MdocError,
    ),
    "device's namespaces without a tag": (_within("deviceSigned", change=_put("nameSpaces", {})), MdocError),
    "device's namespaces of another tag": (
        _within("deviceSigned", change=_put("nameSpaces", cbor2.CBORTag(23, b"\xa0"))), MdocError),
}  # fmt: skip

ISSUER_SIGNED = {
    "a namespace more": (
        _within("nameSpaces", change=lambda n: n.update({"x": n[CARD]})), SignatureError),
    "a namespace more, empty": (_within("nameSpaces", change=_put("x", [])), MdocError),
    "namespaces as a list": (_put("nameSpaces", []), MdocError),
    "namespaces nil": (_put("nameSpaces", None), MdocError),
    "items as a map": (_within("nameSpaces", change=_put(CARD, {})), MdocError),
    "an item without its tag": (_within("nameSpaces", CARD, change=_put(0, b"\xa0")), MdocError),
    "an item as text": (_within("nameSpaces", CARD, change=_put(0, cbor2.CBORTag(24, "a"))), MdocError),
    "an item of two values": (_within("nameSpaces", CARD, change=_put(0, cbor2.CBORTag(24, b"\xa0\0"))), CborError),
    "an item cut": (
        _within("nameSpaces", CARD, change=lambda i: i.__setitem__(0, cbor2.CBORTag(24, i[0].value[:-1]))), CborError),
    "an item with a key twice": (
        _within("nameSpaces", CARD, change=_put(0, cbor2.CBORTag(24, b"\xa2\x61a\x01\x61a\x01"))), CborError),
    "an item twice": (_within("nameSpaces", CARD, change=lambda i: i.append(i[0])), MdocError),
    "another signer's members": (_put("x", 1), MdocError),
    "tagged issuer": (lambda s: s.update(issuerAuth=cbor2.CBORTag(18, s["issuerAuth"])), CoseError),
    "issuer's signature nil": (_put("issuerAuth", None), CoseError),
    "issuer's signature empty": (_put("issuerAuth", []), CoseError),
}  # fmt: skip

RESPONSE = {
    "another version": (_put("version", "1.1"), MdocError),
    "no version": (_drop("version"), MdocError),
    "an error": (_put("status", 10), MdocError),
    "status false": (_put("status", False), MdocError),
    "no status": (_drop("status"), MdocError),
    "document errors": (_put("documentErrors", [{CARD: 0}]), MdocError),
    "no document": (_put("documents", []), MdocError),
    "documents missing": (_drop("documents"), MdocError),
    "documents as a map": (_put("documents", {}), MdocError),
    "two documents": (lambda whole: whole["documents"].append(whole["documents"][0]), MdocError),
    "a member more": (_put("x", 1), MdocError),
    "a document that is no map": (_put("documents", [5]), MdocError),
}

STEPS = {
    "items": ITEMS, "mso": SECURITY_OBJECT, "issuer_auth": ISSUER_AUTH, "device_auth": DEVICE_AUTH,
    "document": DOCUMENT, "issuer_signed": ISSUER_SIGNED, "response": RESPONSE,
}  # fmt: skip
CASES = [(step, name, change, error) for step, rows in STEPS.items() for name, (change, error) in rows.items()]
