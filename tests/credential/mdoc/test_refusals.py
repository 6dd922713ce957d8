"""Everything that makes a response no response. Each case changes one thing that a forger with true keys wrote."""

import time

import cbor2
import pytest

from rongka.credential import Purpose, SoftwareKey, cose
from rongka.credential.demo_certificates import DemoRoot
from rongka.credential.errors import (
    CertificateError,
    CoseError,
    CredentialError,
    FormatError,
    MdocError,
    PresentationError,
    SignatureError,
)
from rongka.credential.mdoc import dc_api_transcript
from tests.credential.mdoc.hostile import CASES, OTHER_TRANSCRIPT, PROTECTED
from tests.credential.mdoc.world import CARD, TRANSCRIPT
from tests.credential.world import NOW


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
        city.verify(city.forge(response=lambda whole: whole.update(padding=bytes(16_384))))


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
