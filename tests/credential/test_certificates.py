"""Certificates that are not what they must be: of document signers, and of roots."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID, NameOID, ObjectIdentifier

from rongka.credential import SoftwareKey
from rongka.credential.certificates import DOCUMENT_SIGNER_USE, UnverifiedSigner, read_root
from rongka.credential.demo_certificates import DemoRoot
from rongka.credential.errors import CertificateError, KeyFormatError
from tests.credential.world import NOW

KEY = SoftwareKey.generate()
ROOT = DemoRoot.make(name="Shanghai", valid_from=NOW - timedelta(days=90))
SIGNER = ROOT.certify(key=KEY.public, valid_from=NOW - timedelta(days=10))
USES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def usage(*uses):
    return x509.KeyUsage(**{use: use in uses for use in USES})


def changed(der, *extensions, without=(), key=None, name=None, sign_with=None, digest=None):
    """Write a certificate anew with `extensions` in the place of those it has, by the root's key."""
    old = x509.load_der_x509_certificate(der)
    dropped = {*without, *(extension.oid for extension, _ in extensions)}
    kept = [(row.value, row.critical) for row in old.extensions if row.oid not in dropped]
    builder = (
        x509.CertificateBuilder()
        .subject_name(name or old.subject)
        .issuer_name(old.issuer)
        .public_key(key or old.public_key())
        .serial_number(old.serial_number)
        .not_valid_before(old.not_valid_before_utc)
        .not_valid_after(old.not_valid_after_utc)
    )
    for extension, critical in (*kept, *extensions):
        builder = builder.add_extension(extension, critical=critical)
    private = sign_with or ROOT.key.private
    return builder.sign(private, digest or hashes.SHA256()).public_bytes(Encoding.DER)


def verify(signer, root=None, **times):
    given = {"signed_at": NOW, "now": NOW}
    return UnverifiedSigner.read(signer).verify(root=read_root(root or ROOT.certificate), **given | times)


def test_a_signer_below_its_root_is_taken():
    assert verify(SIGNER) == KEY.public


def test_a_certificate_written_anew_without_a_change_is_taken():
    # The control of the refusals below.
    assert verify(changed(SIGNER)) == KEY.public


UNKNOWN = x509.UnrecognizedExtension(ObjectIdentifier("1.2.3.4"), b"\x05\x00")
FOREIGN = {
    "another use": [(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), True)],
    "a use more": [(x509.ExtendedKeyUsage([DOCUMENT_SIGNER_USE, ExtendedKeyUsageOID.SERVER_AUTH]), True)],
    "any use": [(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE]), True)],
    "reader's use": [(x509.ExtendedKeyUsage([ObjectIdentifier("1.0.18013.5.1.6")]), True)],
    "use not critical": [(x509.ExtendedKeyUsage([DOCUMENT_SIGNER_USE]), False)],
    "key usage not critical": [(usage("digital_signature"), False)],
    "signs certificates too": [(usage("digital_signature", "key_cert_sign"), True)],
    "agrees on keys": [(usage("key_agreement"), True)],
    "an authority": [(x509.BasicConstraints(ca=True, path_length=0), True)],
    "an unknown critical extension": [(UNKNOWN, True)],
    "name constraints": [(x509.NameConstraints([x509.DNSName("a.example")], None), True)],
    "an identifier of another root": [(x509.AuthorityKeyIdentifier(b"x" * 20, None, None), False)],
    "an identifier without a key": [
        (x509.AuthorityKeyIdentifier(None, [x509.DirectoryName(x509.Name([]))], 5), False)
    ],
}  # fmt: skip


@pytest.mark.parametrize("extensions", FOREIGN.values(), ids=FOREIGN)
def test_a_signer_that_is_not_of_the_profile_is_refused(extensions):
    with pytest.raises(CertificateError):
        verify(changed(SIGNER, *extensions))


@pytest.mark.parametrize(
    "oid", [ExtensionOID.EXTENDED_KEY_USAGE, ExtensionOID.KEY_USAGE, ExtensionOID.AUTHORITY_KEY_IDENTIFIER]
)
def test_a_signer_without_what_it_must_have_is_refused(oid):
    with pytest.raises(CertificateError):
        verify(changed(SIGNER, without=[oid]))


def test_an_extension_that_is_not_critical_and_a_signer_that_says_it_is_no_authority_are_taken():
    more = [(UNKNOWN, False), (x509.BasicConstraints(ca=False, path_length=None), True)]

    assert verify(changed(SIGNER, *more)) == KEY.public


@pytest.mark.parametrize(
    "private",
    [
        ec.generate_private_key(ec.SECP384R1()),
        ec.generate_private_key(ec.BrainpoolP256R1()),
        ed25519.Ed25519PrivateKey.generate(),
        rsa.generate_private_key(65537, 2048),
    ],
    ids=["P-384", "Brainpool", "Ed25519", "RSA"],
)
def test_a_key_of_another_kind_is_refused(private):
    with pytest.raises(CertificateError):
        verify(changed(SIGNER, key=private.public_key()))


def test_a_signature_by_another_key_or_another_algorithm_is_refused():
    for changes in (
        {"sign_with": SoftwareKey.generate().private},
        {"digest": hashes.SHA384()},
        {"sign_with": ec.generate_private_key(ec.SECP384R1())},
    ):
        with pytest.raises(CertificateError):
            verify(changed(SIGNER, **changes))


def test_a_root_of_the_same_name_with_another_key_is_not_the_root():
    twin = DemoRoot.make(name="Shanghai", valid_from=NOW - timedelta(days=90))

    with pytest.raises(CertificateError):
        verify(SIGNER, twin.certificate)


def test_a_root_of_the_same_key_with_another_name_is_not_the_root():
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Demo root of Beijing")])
    other = DemoRoot.make(name="Beijing", valid_from=NOW - timedelta(days=90))
    old = x509.load_der_x509_certificate(ROOT.certificate)
    builder = (
        x509.CertificateBuilder(extensions=list(old.extensions))
        .subject_name(name)
        .issuer_name(name)
        .public_key(old.public_key())
        .serial_number(5)
        .not_valid_before(old.not_valid_before_utc)
        .not_valid_after(old.not_valid_after_utc)
    )
    renamed = builder.sign(ROOT.key.private, hashes.SHA256()).public_bytes(Encoding.DER)

    for root in (renamed, other.certificate):
        with pytest.raises(CertificateError):
            verify(SIGNER, root)


@pytest.mark.parametrize(
    "times",
    [
        {"signed_at": NOW - timedelta(days=10, seconds=1)},
        {"now": NOW - timedelta(days=10, seconds=1)},
        {"now": NOW + timedelta(days=447, seconds=1)},
        {"signed_at": NOW + timedelta(days=447, seconds=1)},
    ],
)
def test_a_signer_counts_in_its_time_only_when_it_signed_and_now(times):
    with pytest.raises(CertificateError):
        verify(SIGNER, **times)


def test_a_signer_counts_from_its_first_instant_to_its_last():
    verify(SIGNER, signed_at=NOW - timedelta(days=10), now=NOW + timedelta(days=447))


def test_a_root_that_has_ended_certifies_no_one():
    short = DemoRoot.make(name="Shanghai", valid_from=NOW - timedelta(days=90), life=timedelta(days=85))

    with pytest.raises(CertificateError):
        verify(short.certify(key=KEY.public, valid_from=NOW - timedelta(days=10)), short.certificate)


ROOTLESS = {
    "no authority": [(x509.BasicConstraints(ca=False, path_length=None), True)],
    "a longer path": [(x509.BasicConstraints(ca=True, path_length=1), True)],
    "no limit of its path": [(x509.BasicConstraints(ca=True, path_length=None), True)],
    "signs documents too": [(usage("key_cert_sign", "crl_sign", "digital_signature"), True)],
    "no lists": [(usage("key_cert_sign"), True)],
    "usage not critical": [(usage("key_cert_sign", "crl_sign"), False)],
    "an unknown critical extension": [(UNKNOWN, True)],
}


@pytest.mark.parametrize("extensions", ROOTLESS.values(), ids=ROOTLESS)
def test_a_root_that_is_not_of_the_profile_is_refused(extensions):
    with pytest.raises(CertificateError):
        read_root(changed(ROOT.certificate, *extensions))


def test_a_root_that_did_not_sign_itself_is_refused():
    other = SoftwareKey.generate().private
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "another")])

    for changes in (
        {"sign_with": other},
        {"key": other.public_key()},
        {"name": name},
        {"without": [ExtensionOID.SUBJECT_KEY_IDENTIFIER]},
    ):
        with pytest.raises(CertificateError):
            read_root(changed(ROOT.certificate, **changes))


def test_a_signer_is_no_root_and_a_root_no_signer():
    with pytest.raises(CertificateError):
        read_root(SIGNER)
    with pytest.raises(CertificateError):
        UnverifiedSigner.read(ROOT.certificate)


NO_CERTIFICATES = [b"", b"\x30\x00", SIGNER[:-1], SIGNER + b"\0", bytes(4097), b"-----BEGIN"]


@pytest.mark.parametrize("data", NO_CERTIFICATES, ids=range(len(NO_CERTIFICATES)))
def test_bytes_that_are_no_certificate_are_refused(data):
    for read in (read_root, UnverifiedSigner.read):
        with pytest.raises(CertificateError):
            read(data)


def test_a_serial_number_that_is_not_positive_is_refused():
    old = x509.load_der_x509_certificate(SIGNER).serial_number.to_bytes(20, "big")

    with pytest.raises(CertificateError):
        UnverifiedSigner.read(SIGNER.replace(old, bytes(20), 1))
    with pytest.raises(CertificateError):
        UnverifiedSigner.read(SIGNER.replace(old, b"\xff" + old[1:], 1))


def test_no_flipped_bit_of_a_signer_is_taken():
    for at in range(len(SIGNER)):
        flipped = SIGNER[:at] + bytes((SIGNER[at] ^ 1 << at % 8,)) + SIGNER[at + 1 :]
        with pytest.raises(CertificateError):
            verify(flipped)


def test_demo_certificates_say_that_they_are_a_demos():
    for der in (ROOT.certificate, SIGNER):
        assert "Demo" in x509.load_der_x509_certificate(der).subject.rfc4514_string()


def test_demo_certificates_are_for_keys_of_p256():
    from rongka.credential import Algorithm

    with pytest.raises(KeyFormatError):
        ROOT.certify(key=SoftwareKey.generate(algorithm=Algorithm.EDDSA).public, valid_from=NOW)
