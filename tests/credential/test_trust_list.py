from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from rongka.credential import (
    Issuer,
    Purpose,
    SignatureError,
    SoftwareKey,
    TrustedKey,
    TrustedRoot,
    TrustError,
    TrustList,
    cose,
    sign_trust_list,
    verify_trust_list,
)
from rongka.credential.errors import FormatError, KeyFormatError
from rongka.credential.trust_list import MAX_ROOT_BYTES, MAX_ROOTS, TYPE, counts
from rongka.text import Text
from tests.credential.world import NOW

NAME = Text(zh="上海", en="Shanghai")


def a_list(*keys):
    return TrustList(issuers=(Issuer(name=NAME, keys=keys),), issued_at=NOW, next_update=NOW + timedelta(days=1))


def test_a_list_comes_back_with_all_it_says():
    anchor, key = SoftwareKey.generate(), SoftwareKey.generate()
    row = TrustedKey(
        purpose=Purpose.CARD,
        key=key.public,
        signs_from=NOW,
        signs_until=NOW + timedelta(days=9),
        distrusted_from=NOW + timedelta(days=3),
    )

    verified = verify_trust_list(token=sign_trust_list(trust=a_list(row), anchor=anchor), anchor=anchor.public)

    assert verified.issuers == (Issuer(name=NAME, keys=(row,)),)
    assert (verified.issued_at, verified.next_update) == (NOW, NOW + timedelta(days=1))


def test_a_list_that_another_key_signed_is_refused():
    token = sign_trust_list(trust=a_list(), anchor=SoftwareKey.generate())

    with pytest.raises(SignatureError):
        verify_trust_list(token=token, anchor=SoftwareKey.generate().public)


def test_an_unsigned_or_cut_list_is_refused():
    anchor = SoftwareKey.generate()
    token = sign_trust_list(trust=a_list(), anchor=anchor)

    for broken in (b"", token[:-1], token[:40], a_list().to_claim_set(), token + b"\x00"):
        with pytest.raises(FormatError):
            verify_trust_list(token=broken, anchor=anchor.public)


def test_a_token_of_another_type_is_no_trust_list_even_when_the_anchor_signed_it():
    anchor = SoftwareKey.generate()
    token = cose.sign(headers={cose.TYP: TYPE + "x"}, payload=a_list().to_claim_set(), key=anchor)

    with pytest.raises(FormatError):
        verify_trust_list(token=token, anchor=anchor.public)


def test_two_keys_with_one_identifier_are_not_published():
    key = SoftwareKey.generate().public
    row = TrustedKey(purpose=Purpose.CARD, key=key, signs_from=NOW)

    with pytest.raises(TrustError):
        sign_trust_list(trust=a_list(row, replace(row, purpose=Purpose.NOTICE)), anchor=SoftwareKey.generate())


def a_root_certificate():
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Shanghai documents")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, NOW, NOW + timedelta(days=99))
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def test_roots_come_back_by_the_purpose_of_what_stands_under_them_and_are_read_once():
    anchor = SoftwareKey.generate()
    root = TrustedRoot(purpose=Purpose.CARD, certificate=a_root_certificate(), signs_from=NOW)
    issuer = Issuer(name=NAME, keys=(), roots=(root, replace(root, purpose=Purpose.NOTICE, distrusted_from=NOW)))
    trust = replace(a_list(), issuers=(issuer,))

    verified = verify_trust_list(token=sign_trust_list(trust=trust, anchor=anchor), anchor=anchor.public)

    assert verified.issuers == (issuer,)
    assert verified.by_root_purpose[Purpose.CARD] == ((issuer, root),)
    assert verified.by_root_purpose[Purpose.STATUS] == ()
    (found,) = verified.by_root_purpose[Purpose.CARD]
    assert found[1].parsed is found[1].parsed
    assert found[1].parsed.serial_number == 7
    assert counts(root, issued_at=NOW, now=NOW)
    assert not counts(issuer.roots[1], issued_at=NOW, now=NOW)


@pytest.mark.parametrize(
    "change", [lambda der: bytes(len(der)), lambda der: der.replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x22")]
)
def test_what_is_no_certificate_is_not_published_as_a_root(change):
    root = TrustedRoot(purpose=Purpose.CARD, certificate=change(a_root_certificate()), signs_from=NOW)
    trust = replace(a_list(), issuers=(Issuer(name=NAME, keys=(), roots=(root,)),))

    with pytest.raises(KeyFormatError):
        sign_trust_list(trust=trust, anchor=SoftwareKey.generate())


@pytest.mark.parametrize(
    ("number", "certificate"), [(MAX_ROOTS + 1, bytes(200)), (1, bytes(MAX_ROOT_BYTES + 1)), (1, b"")]
)
def test_a_list_with_too_many_or_too_large_roots_is_refused(number, certificate):
    anchor = SoftwareKey.generate()
    root = TrustedRoot(purpose=Purpose.CARD, certificate=certificate, signs_from=NOW)
    trust = replace(a_list(), issuers=(Issuer(name=NAME, keys=(), roots=(root,) * number),))
    token = cose.sign(headers={cose.TYP: TYPE}, payload=trust.to_claim_set(), key=anchor)

    with pytest.raises(FormatError):
        verify_trust_list(token=token, anchor=anchor.public)
