from dataclasses import replace
from datetime import timedelta

import pytest

from rongka.credential import (
    Issuer,
    Purpose,
    SignatureError,
    SoftwareKey,
    TrustedKey,
    TrustError,
    TrustList,
    cose,
    sign_trust_list,
    verify_trust_list,
)
from rongka.credential.errors import FormatError
from rongka.credential.trust_list import TYPE
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
