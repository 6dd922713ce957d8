"""Documents that other people issued and presented: what must be read is read, what must be refused is refused.

Counts are asserted, so that a set that shrinks is noticed.
"""

import base64
import json
from datetime import UTC, datetime
from pathlib import Path

import cbor2
import pytest
from cryptography import x509

from rongka.credential.certificates import UnverifiedSigner
from rongka.credential.demo_certificates import DemoRoot
from rongka.credential.errors import (
    CertificateError,
    CoseError,
    CredentialError,
    ExpiredError,
    FormatError,
    MdocError,
    NotYetValidError,
    PresentationError,
)
from rongka.credential.keys import PublicKey
from rongka.credential.mdoc import encoding, signature
from rongka.credential.mdoc.issuer_signed import UnverifiedIssuerSigned
from rongka.credential.mdoc.items import read_items
from rongka.credential.mdoc.response import UnverifiedResponse

VECTORS = Path(__file__).parents[4] / "shared" / "vectors"
ANNEX_D = VECTORS / "multipaz" / "iso18013-5-annexD-vectors.json"
CONFORMANCE = VECTORS / "oidf-conformance" / "src" / "test" / "resources" / "ParseVpTokenAsMdoc"
COSE = VECTORS / "cose-examples"


def needs(path):
    return pytest.mark.skipif(not path.exists(), reason=f"the set {path.relative_to(VECTORS).parts[0]} is missing")


def annex_d(name):
    return bytes.fromhex(_texts(json.loads(ANNEX_D.read_text(encoding="utf-8")))[f"ISO_18013_5_ANNEX_D_{name}"])


def conformance(name):
    text = (CONFORMANCE / name).read_text(encoding="utf-8").strip()
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def issuer_signed(response):
    return UnverifiedIssuerSigned.from_value(encoding.decode(response)["documents"][0]["issuerSigned"])


def key_of(certificate):
    return PublicKey(x509.load_der_x509_certificate(certificate).public_key())


@needs(ANNEX_D)
def test_annex_d_is_signed_by_its_issuer_with_six_of_six_digests():
    signed = issuer_signed(annex_d("DEVICE_RESPONSE"))

    signed.verify(key=UnverifiedSigner.read(annex_d("DS_CERT")).key)

    assert signed.certificate == annex_d("DS_CERT")
    assert {name: len(items) for name, items in signed.namespaces.items()} == {"org.iso.18013.5.1": 6}
    values = {item.name: item.value for item in signed.namespaces["org.iso.18013.5.1"]}
    assert values["family_name"] == "Doe"
    assert values["issue_date"].isoformat() == "2019-10-20"
    assert values["portrait"] == annex_d("DEVICE_RESPONSE_PORTRAIT_DATA")
    assert sum(len(digests) for digests in signed.security_object.digests.values()) == 17


@needs(ANNEX_D)
def test_annex_d_was_valid_for_a_year_and_is_no_longer():
    security_object = issuer_signed(annex_d("DEVICE_RESPONSE")).security_object

    security_object.check_times(now=datetime(2020, 10, 1, 13, 30, 2, tzinfo=UTC))
    security_object.check_times(now=datetime(2021, 10, 1, 13, 30, 1, tzinfo=UTC))
    with pytest.raises(NotYetValidError):
        security_object.check_times(now=datetime(2020, 10, 1, 13, 29, 31, tzinfo=UTC))
    for late in (datetime(2021, 10, 1, 13, 30, 2, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)):
        with pytest.raises(ExpiredError):
            security_object.check_times(now=late)


@needs(ANNEX_D)
def test_annex_ds_signer_has_the_profile_and_stands_below_no_root_of_ours():
    signer = UnverifiedSigner.read(annex_d("DS_CERT"))

    assert (signer.valid_from.year, signer.valid_until.year) == (2020, 2021)
    with pytest.raises(CertificateError):
        UnverifiedSigner.read(annex_d("READER_CERT"))
    from rongka.credential.certificates import read_root

    ours = read_root(DemoRoot.make(name="Utopia", valid_from=datetime(2020, 1, 1, tzinfo=UTC)).certificate)
    signed_at = datetime(2020, 10, 1, 13, 30, 2, tzinfo=UTC)
    with pytest.raises(CertificateError):
        signer.verify(root=ours, signed_at=signed_at, now=signed_at)


@needs(ANNEX_D)
def test_annex_ds_mac_is_refused():
    with pytest.raises(MdocError):
        UnverifiedResponse.read(annex_d("DEVICE_RESPONSE"))


@needs(ANNEX_D)
def test_no_flipped_bit_of_annex_ds_elements_or_security_object_passes():
    response = annex_d("DEVICE_RESPONSE")
    key, good = key_of(annex_d("DS_CERT")), issuer_signed(response)
    contents = [good.message.payload, *(item.content for item in good.namespaces["org.iso.18013.5.1"])]
    tried = 0
    for content in contents:
        at = response.index(content)
        for place in range(at, at + len(content), 29):
            flipped = response[:place] + bytes((response[place] ^ 1 << place % 8,)) + response[place + 1 :]
            tried += 1
            with pytest.raises(CredentialError):
                issuer_signed(flipped).verify(key=key)
    assert tried == 98


@needs(CONFORMANCE)
def test_a_document_with_a_mac_is_read_up_to_the_mac():
    signed = issuer_signed(conformance("mdoc-mac.txt"))

    signed.verify(key=key_of(signed.certificate))

    assert len(signed.namespaces["org.iso.18013.5.1"]) == 11
    assert UnverifiedSigner.read(signed.certificate).valid_from.year == 2025
    response = cbor2.loads(conformance("mdoc-mac.txt"))
    response["documents"][0]["issuerSigned"]["nameSpaces"]["org.iso.18013.5.1"].pop()  # a portrait of 20 kB
    with pytest.raises(MdocError, match="deviceSignature"):
        UnverifiedResponse.read(cbor2.dumps(response))


@needs(CONFORMANCE)
def test_a_document_with_no_element_is_read_and_its_self_signed_signer_refused():
    response = UnverifiedResponse.read(conformance("mdoc.txt"))
    signed = response.issuer_signed

    signed.verify(key=key_of(signed.certificate))

    assert signed.namespaces == {}
    assert sum(map(len, signed.security_object.digests.values())) == 46
    with pytest.raises(CertificateError):
        UnverifiedSigner.read(signed.certificate)
    with pytest.raises(PresentationError):
        response.verify_device(session_transcript=b"\x83\xf6\xf6\xf6")


@needs(CONFORMANCE)
def test_a_document_that_brings_its_own_root_is_refused_though_its_digests_are_right():
    value = encoding.decode(conformance("mdoc-animo.txt"))["documents"][0]["issuerSigned"]
    mso = cbor2.loads(cbor2.loads(value["issuerAuth"][2]).value)
    ((namespace, items),) = value["nameSpaces"].items()

    digests = [item.digest for item in read_items([encoding.embedded(item) for item in items])]

    assert len(digests) == 6
    assert set(digests) <= set(mso["valueDigests"][namespace].values())
    with pytest.raises(CoseError):
        UnverifiedIssuerSigned.from_value(value)
    # It also has deviceMac: undefined beside its signature.
    with pytest.raises(FormatError):
        UnverifiedResponse.read(conformance("mdoc-animo.txt"))


@needs(COSE)
def test_of_the_sign1_examples_those_that_need_nothing_outside_our_form_are_verified():
    passed = []
    for path in sorted((COSE / "sign1-tests").glob("*.json")):
        example = json.loads(path.read_text(encoding="utf-8"))
        jwk = {**example["input"]["sign0"]["key"]}
        jwk.pop("d")
        value = cbor2.loads(bytes.fromhex(example["output"]["cbor"]))
        protected, _, content, signed = value if isinstance(value, list) else value.value
        # Brought into the form of a device's signature: detached, and nothing unprotected.
        try:
            message = signature.read_device_signature([protected, {}, None, signed], content=content)
            message.verify(key=PublicKey.from_jwk(jwk))
        except CredentialError:
            continue
        passed.append(path.stem)
    # fail-01 is of the tag, which mdocs do not have; pass-01 does not protect the algorithm, pass-02 has outside data.
    assert passed == ["sign-fail-01", "sign-pass-03"]


@needs(COSE)
def test_of_the_x509_examples_only_one_certificate_in_x5chain_has_our_form_and_it_signs_no_documents():
    read = refused = 0
    for path in sorted((COSE / "x509-examples").glob("*.json")):
        message = cbor2.loads(bytes.fromhex(json.loads(path.read_text(encoding="utf-8"))["output"]["cbor"])).value
        ((protected, unprotected, signed),) = message[3]
        try:
            _, certificate = signature.read_issuer_auth([protected, dict(unprotected), message[2], signed])
        except CoseError:
            refused += 1
            continue
        read += 1
        with pytest.raises(CertificateError):
            UnverifiedSigner.read(certificate)
    assert (read, refused) == (1, 4)


def _texts(value):
    found = {}
    for key, inner in value.items():
        found.update(_texts(inner) if isinstance(inner, dict) else {key: inner} if isinstance(inner, str) else {})
    return found
