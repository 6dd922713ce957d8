"""Everything that makes a response no response. Each case changes one thing that a forger with true keys wrote."""

import time

import cbor2
import pytest

from rongka.credential import Purpose, SoftwareKey, cose
from rongka.credential.demo_certificates import DemoRoot
from rongka.credential.errors import (
    CborError,
    CertificateError,
    ClaimsError,
    CoseError,
    CredentialError,
    ExpiredError,
    ForeignCodeError,
    FormatError,
    KeyFormatError,
    MdocError,
    NotYetValidError,
    PresentationError,
    SignatureError,
)
from rongka.credential.mdoc import dc_api_transcript, openid4vp_transcript
from tests.credential.mdoc.world import CARD, TRANSCRIPT
from tests.credential.world import NOW

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


@pytest.mark.parametrize(
    ("step", "change", "error"),
    [(step, change, error) for step, _, change, error in CASES],
    ids=[f"{step}: {name}" for step, name, _, _ in CASES],
)
def test_one_thing_wrong_is_enough(city, step, change, error):
    response = city.forge(**{step: change})

    with pytest.raises(error) as refusal:
        city.verify(response)
    assert refusal.type is error


@pytest.mark.parametrize("part", ["protected", "device_protected"])
@pytest.mark.parametrize(("headers", "error"), PROTECTED.values(), ids=PROTECTED)
def test_an_algorithm_that_is_not_the_keys_own_is_refused(city, part, headers, error):
    response = city.forge(**{part: cbor2.dumps(headers)})
    is_device = part == "device_protected"

    with pytest.raises(PresentationError if is_device and error is SignatureError else error):
        city.verify(response)


def test_an_element_that_was_changed_after_the_digest_is_refused(city):
    def change(signed):
        items = signed["nameSpaces"][CARD]
        items[1] = cbor2.CBORTag(24, items[1].value.replace(b"NGUYEN, VAN AN", b"NGUYEN, VAN BO"))

    with pytest.raises(SignatureError):
        city.verify(city.forge(issuer_signed=change))


def test_an_element_spelled_anew_is_refused_though_it_says_the_same(city):
    def change(signed):
        items = signed["nameSpaces"][CARD]
        items[1] = cbor2.CBORTag(24, cbor2.dumps(cbor2.loads(items[1].value), canonical=True))

    with pytest.raises(SignatureError):
        city.verify(city.forge(issuer_signed=change))


def test_digests_are_of_one_namespace_and_do_not_count_in_another(city):
    def move(signed):
        signed["nameSpaces"] = {"rongka.notice.1": signed["nameSpaces"][CARD]}

    with pytest.raises(SignatureError):
        city.verify(city.forge(issuer_signed=move))


@pytest.mark.parametrize(
    "transcript",
    [OTHER_TRANSCRIPT, dc_api_transcript(origin="https://hospital.example", nonce="n-0S6_WzA2Mj", encryption_key=None)],
    ids=["another verifier", "another way"],
)
def test_a_signature_over_another_session_is_refused(city, transcript):
    with pytest.raises(PresentationError):
        city.verify(city.present(), session_transcript=transcript)


@pytest.mark.parametrize("transcript", [b"", b"\x80", b"\xa0", TRANSCRIPT + b"\0", TRANSCRIPT[:-1], bytes(20_000)])
def test_a_transcript_that_is_none_is_refused(city, transcript):
    with pytest.raises(FormatError):
        city.verify(city.present(), session_transcript=transcript)


def test_another_device_is_refused(city):
    with pytest.raises(PresentationError):
        city.verify(city.present(device=SoftwareKey.generate()))


def test_another_issuers_signature_is_refused(city):
    key = SoftwareKey.generate()
    certificate = city.certify(key=key)

    with pytest.raises(SignatureError):
        city.verify(city.forge(certificate=certificate))


def test_a_chain_of_another_root_with_the_same_name_is_refused(city):
    twin = DemoRoot.make(name="Shanghai", valid_from=NOW.replace(year=2020))
    certificate = twin.certify(key=city.key.public, valid_from=NOW)

    with pytest.raises(CertificateError):
        city.verify(city.forge(certificate=certificate))


def test_a_certificate_that_says_it_is_below_our_root_and_is_not_is_refused(city):
    # The identifier and the name of the true root, and a signature by another key.
    false = DemoRoot(certificate=city.root.certificate, key=SoftwareKey.generate())
    false = _with_identifier_of(city.root, false)

    with pytest.raises(CertificateError):
        city.verify(city.forge(certificate=false))


def test_a_root_that_comes_with_the_message_is_refused(city):
    mine = DemoRoot.make(name="Shanghai", valid_from=NOW.replace(year=2020))
    chain = [mine.certify(key=city.key.public, valid_from=NOW), mine.certificate]

    with pytest.raises(CoseError):
        city.verify(city.forge(issuer_auth=lambda auth: auth[1].update({33: chain})))


def test_a_root_that_signs_documents_itself_is_refused(city):
    signed = city.forge(
        issuer_auth=lambda auth: auth.__setitem__(3, city.root.key.sign(cose.to_be_signed(auth[0], auth[2]))),
        certificate=city.root.certificate,
    )

    with pytest.raises(CertificateError):
        city.verify(signed)


@pytest.mark.parametrize(
    ("begun", "life"),
    [(100, 80), (10, 9), (-1, 10)],
    ids=["expired before it signed", "expired since", "not begun"],
)
def test_a_signer_outside_its_time_is_refused(city, begun, life):
    from datetime import timedelta

    certificate = city.certify(begun=timedelta(days=begun), life=timedelta(days=life))

    with pytest.raises(CertificateError):
        city.verify(city.forge(certificate=certificate))


def test_a_list_without_roots_takes_no_one(city):
    with pytest.raises(CertificateError):
        city.verify(city.present(), trust=city.trust(*city.roots(purpose=Purpose.PAYMENT)))


@pytest.mark.parametrize(
    "hexadecimal",
    [
        "",
        "a0",
        "80",
        "f6",
        "bf6776657273696f6e63312e30ff",  # indefinite lengths
        "a2616101616102",  # a key twice
        "81" * 9 + "00",  # too deep
        "81" * 60_000,
        "9bffffffffffffffff",
        "5bffffffffffffffff",
        "bb7fffffffffffffff",
        "c249010000000000000000",  # tags that cbor2 makes objects of
        "d81c81d81d00",
        "d82363612b2b",
        "ff",
        "62c328",
    ],
    ids=lambda text: text[:16] or "nothing",
)
def test_bytes_that_are_no_response_are_refused(city, hexadecimal):
    with pytest.raises(FormatError):
        city.verify(bytes.fromhex(hexadecimal))


def test_bytes_after_the_end_and_bytes_that_are_missing_are_refused(city):
    response = city.present()

    for changed in (response + b"\0", response + response, response[:-1], b"\0" + response):
        with pytest.raises(FormatError):
            city.verify(changed)


def test_more_bytes_than_a_response_may_have_are_refused_unread(city):
    with pytest.raises(MdocError):
        city.verify(city.forge(response=_put("padding", bytes(16_384))))


def test_flipped_bits_are_refused(city):
    # A sample; tests/credential/fuzz flips all of them.
    response = city.present()
    for at in range(0, len(response), 41):
        flipped = response[:at] + bytes((response[at] ^ 1 << at % 8,)) + response[at + 1 :]
        with pytest.raises(CredentialError):
            city.verify(flipped)


def test_map_keys_of_one_hash_are_refused_soon(city):
    response = (
        b"\xb9" + (1150).to_bytes(2, "big") + b"".join(cbor2.dumps(key) + b"\0" for key in _keys_of_one_hash(1150))
    )
    assert len(response) < 16_384
    began = time.process_time()

    with pytest.raises(FormatError):
        city.verify(response)
    assert time.process_time() - began < 0.1


def _keys_of_one_hash(count):
    """Give arrays of two numbers that Python, reading them as tuples, hashes alike (`tuplehash` of CPython)."""
    first, second, start = 11400714785074694791, 14029467366897019727, 2870177450012600261
    mask, inverse = (1 << 64) - 1, pow(second, -1, 1 << 64)
    for number in range(1, 1 << 20):
        acc = (start + number * second) & mask
        acc = (((acc << 31) | (acc >> 33)) & mask) * first & mask
        other = (12345678901234567890 - acc) * inverse & mask
        if other < (1 << 61) - 1:  # a larger one would be its own remainder
            yield [number, other]
            count -= 1
            if not count:
                return


def _with_identifier_of(root, false):
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding

    true = x509.load_der_x509_certificate(root.certify(key=false.key.public, valid_from=NOW))
    builder = (
        x509.CertificateBuilder(extensions=list(true.extensions))
        .subject_name(true.subject)
        .issuer_name(true.issuer)
        .public_key(true.public_key())
        .serial_number(true.serial_number)
        .not_valid_before(true.not_valid_before_utc)
        .not_valid_after(true.not_valid_after_utc)
    )
    return builder.sign(false.key.private, hashes.SHA256()).public_bytes(Encoding.DER)
