"""Whatever comes in, only errors of our own come out."""

import contextlib

import cbor2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rongka.credential import (
    CredentialError,
    PublicKey,
    VerdictKind,
    cbor,
    cose,
    judge,
    transport,
    verify_status_list,
    verify_trust_list,
)
from rongka.credential.documents import read_document
from rongka.credential.qr import read_qr_codes
from tests.credential.world import NOW, World

WORLD = World()
TRUST = WORLD.trust()
LISTS = WORLD.status_lists()
CODE = WORLD.live_code()
MESSAGE = transport.read(CODE)
CLAIMS = cbor.decode_map(cbor.decode(WORLD.card()).value[2])

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

keys = st.integers(-5, 200) | st.text(max_size=3)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(1 << 64), (1 << 64) - 1) | st.binary(max_size=40) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def _judge(code):
    return judge(code=code, trust=TRUST, status_lists=LISTS, now=NOW)


@FEW
@given(st.text(max_size=900))
def test_any_text_gets_a_verdict(text):
    assert _judge(text).kind in {VerdictKind.NOT_VALID, VerdictKind.NOT_OUR_CODE}


@FEW
@given(st.binary(max_size=600))
def test_any_bytes_in_our_transport_get_a_verdict(data):
    assert _judge(transport.write(data)).kind in {VerdictKind.NOT_VALID, VerdictKind.NOT_OUR_CODE}


@FEW
@given(st.integers(0, len(MESSAGE) - 1), st.binary(min_size=1, max_size=12), st.integers(0, 12))
def test_a_good_message_with_a_splice_gets_a_verdict(at, splice, lost):
    spliced = MESSAGE[:at] + splice + MESSAGE[at + lost :]

    if spliced != MESSAGE:
        assert _judge(transport.write(spliced)).kind in {VerdictKind.NOT_VALID, VerdictKind.NOT_OUR_CODE}


@FEW
@given(values, values, values)
def test_any_values_inside_a_signed_message_get_a_verdict(header, payload, inner):
    protected = cbor2.dumps({1: -7, 13: header})
    message = cbor2.dumps(
        cbor2.CBORTag(18, [protected, {}, cbor2.dumps({**CLAIMS, 169: inner, 8: payload}), b"s" * 64])
    )

    assert _judge(transport.write(message)).kind in {VerdictKind.NOT_VALID, VerdictKind.NOT_OUR_CODE}


@FEW
@given(st.sampled_from(sorted(CLAIMS)), values)
def test_any_value_of_any_claim_raises_our_errors_only(claim, value):
    try:
        read_document({**CLAIMS, claim: value})
    except CredentialError:
        return


@FEW
@given(st.binary(max_size=200))
def test_any_bytes_as_lists_messages_and_images_raise_our_errors_only(data):
    for read in (
        lambda: verify_trust_list(token=data, anchor=WORLD.anchor.public),
        lambda: verify_status_list(token=data, trust=TRUST, now=NOW),
        lambda: cose.read(data),
        lambda: cbor.decode(data),
        lambda: read_qr_codes(data),
    ):
        with contextlib.suppress(CredentialError):
            read()


@FEW
@given(st.dictionaries(keys, values, max_size=5))
def test_any_map_as_a_key_raises_our_errors_only(parameters):
    for read in (PublicKey.from_cose, PublicKey.from_jwk):
        with pytest.raises(CredentialError):
            read(parameters)
