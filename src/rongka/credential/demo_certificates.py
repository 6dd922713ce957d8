"""Certificates for a demo and for tests: a root and document signers below it, whose names say that they are a demo's.

They follow ISO/IEC 18013-5, B.1.2 and B.1.4, so that any reader of mdocs can take them. A production's root is made by
its own certification authority.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from rongka.credential.certificates import DOCUMENT_SIGNER_USE
from rongka.credential.errors import KeyFormatError
from rongka.credential.keys import PublicKey, SoftwareKey

ROOT_LIFE: Final = timedelta(days=20 * 365)  # ISO/IEC 18013-5, B.1.2: at most 20 years
SIGNER_LIFE: Final = timedelta(days=457)  # ISO/IEC 18013-5, B.1.4: at most 457 days
_COUNTRY: Final = "CN"
_CONTACT: Final = x509.IssuerAlternativeName([x509.UniformResourceIdentifier("https://rongka.example/demo")])
_REVOCATIONS: Final = x509.CRLDistributionPoints(
    [x509.DistributionPoint([x509.UniformResourceIdentifier("https://rongka.example/demo.crl")], None, None, None)]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRoot:
    """A root's certificate (DER) and its private key, which signs certificates and nothing else."""

    certificate: bytes
    key: SoftwareKey

    @classmethod
    def make(cls, *, name: str, valid_from: datetime, life: timedelta = ROOT_LIFE) -> Self:
        """Make a root of P-256 named ``Demo root of <name>``."""
        key = SoftwareKey.generate()
        subject = _name(f"Demo root of {name}")
        builder = (
            _builder(subject=subject, issuer=subject, key=key.public, valid_from=valid_from, life=life)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_documents=False), critical=True)
        )
        return cls(certificate=_sign(builder, key), key=key)

    def certify(self, *, key: PublicKey, valid_from: datetime, life: timedelta = SIGNER_LIFE) -> bytes:
        """Give the certificate (DER) of a document signer's key."""
        root = x509.load_der_x509_certificate(self.certificate)
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(_p256(self.key.public))
        builder = (
            _builder(
                subject=_name("Demo document signer"), issuer=root.subject, key=key, valid_from=valid_from, life=life
            )
            .add_extension(identifier, critical=False)
            .add_extension(_usage(signs_documents=True), critical=True)
            .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNER_USE]), critical=True)
        )
        return _sign(builder, self.key)


def _builder(
    *, subject: x509.Name, issuer: x509.Name, key: PublicKey, valid_from: datetime, life: timedelta
) -> x509.CertificateBuilder:
    public = _p256(key)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid_from)
        .not_valid_after(valid_from + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(_CONTACT, critical=False)
        .add_extension(_REVOCATIONS, critical=False)
    )


def _sign(builder: x509.CertificateBuilder, key: SoftwareKey) -> bytes:
    private = key.private
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise KeyFormatError("certificates are signed with keys of P-256")
    return builder.sign(private, hashes.SHA256()).public_bytes(Encoding.DER)


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, _COUNTRY), x509.NameAttribute(NameOID.COMMON_NAME, common_name)]
    )


def _usage(*, signs_documents: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_documents,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs_documents,
        crl_sign=not signs_documents,
        encipher_only=False,
        decipher_only=False,
    )


def _p256(key: PublicKey) -> ec.EllipticCurvePublicKey:
    if not isinstance(key.key, ec.EllipticCurvePublicKey):
        raise KeyFormatError("certificates are for keys of P-256")
    return key.key
