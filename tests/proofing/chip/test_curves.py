"""Curve parameters written in full count only when each of them is the named curve's (CVE-2020-0601)."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from rongka.proofing.chip import DocumentStatus
from rongka.proofing.chip.curves import CURVES, Curve
from rongka.proofing.chip.keys import EC, read_public_key
from rongka.proofing.chip.specimens.keys import CurveKey, explicit_parameters
from rongka.proofing.chip.specimens.writing import algorithm, bits, identifier, sequence
from rongka.proofing.errors import ChipError, ChipMismatchError, ChipUnknownError
from tests.proofing.chip.world import check, make, verify

IDS = [curve.kind.name for curve in CURVES]


def _key_info(curve: Curve, parameters: bytes) -> bytes:
    point = (
        ec.derive_private_key(4711, curve.kind).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    )
    return sequence(algorithm(EC, parameters), bits(point))


@pytest.mark.parametrize("curve", CURVES, ids=IDS)
def test_our_parameters_are_those_of_the_library(curve):
    first = ec.derive_private_key(1, curve.kind).public_key().public_numbers()
    last = ec.derive_private_key(curve.n - 1, curve.kind).public_key().public_numbers()

    assert (first.x, first.y) == (curve.x, curve.y)
    assert (last.x, last.y) == (curve.x, curve.p - curve.y)
    assert (curve.y**2 - curve.x**3 - curve.a * curve.x - curve.b) % curve.p == 0
    with pytest.raises(ValueError, match="EC key"):
        ec.derive_private_key(curve.n, curve.kind)


@pytest.mark.parametrize("curve", CURVES, ids=IDS)
def test_parameters_in_full_are_the_named_curve(curve):
    in_full = read_public_key(_key_info(curve, explicit_parameters(curve)))
    named = read_public_key(_key_info(curve, identifier(curve.oid)))

    assert in_full.key == named.key


@pytest.mark.parametrize("changed", ["a", "b", "x", "y", "n"])
@pytest.mark.parametrize("curve", CURVES, ids=IDS)
def test_one_changed_parameter_is_refused(curve, changed):
    other = replace(curve, **{changed: getattr(curve, changed) ^ 1})

    with pytest.raises(ChipMismatchError) as caught:
        read_public_key(_key_info(curve, explicit_parameters(other)))

    assert caught.value.code == "chip.curve-changed"


@pytest.mark.parametrize("curve", CURVES, ids=IDS)
def test_a_changed_prime_is_another_curve_and_not_known(curve):
    with pytest.raises(ChipUnknownError):
        read_public_key(_key_info(curve, explicit_parameters(replace(curve, p=curve.p + 2))))


@pytest.mark.parametrize("curve", CURVES[:3], ids=IDS[:3])
def test_a_changed_seed_or_cofactor_is_refused(curve):
    written = explicit_parameters(curve)
    for other in (explicit_parameters(replace(curve, seed=bytes(20))), written[:-1] + b"\x02"):
        with pytest.raises(ChipMismatchError):
            read_public_key(_key_info(curve, other))


def test_a_base_point_of_ones_own_does_not_forge_a_root():
    # CVE-2020-0601: with a base point that is the root's public key, the private key 1 signs for it.
    world = make(root_key=CurveKey(curve=CURVES[0], private=ec.derive_private_key(4711, CURVES[0].kind), explicit=True))
    point = world.authority.key.private.public_key().public_numbers()
    forged = replace(CURVES[0], x=point.x, y=point.y)

    with pytest.raises(ChipMismatchError):
        read_public_key(_key_info(CURVES[0], explicit_parameters(forged)))


@pytest.mark.parametrize("changed", ["a", "b", "x", "y", "n"])
def test_a_passport_whose_signer_changed_a_parameter_does_not_pass(changed):
    curve = CURVES[0]
    key = CurveKey(curve=curve, private=ec.derive_private_key(4711, curve.kind), explicit=True)
    odd = replace(key, curve=replace(curve, **{changed: getattr(curve, changed) ^ 1}))

    honest, result = verify(make(key=key)), verify(make(key=odd))

    assert (honest.status, result.status) == (DocumentStatus.PASS, DocumentStatus.FAIL)
    assert check(result, "signature") == "failed chip.curve-changed"


@pytest.mark.parametrize("point", [b"", b"\0", b"\4" + bytes(64), b"\6" + bytes(64), b"\2" + b"\xff" * 32])
def test_a_point_that_is_not_on_the_curve_is_refused(point):
    info = sequence(algorithm(EC, identifier(CURVES[0].oid)), bits(point))

    with pytest.raises(ChipError):
        read_public_key(info)
