"""Public keys of certificates and of chips: RSA, and the curves of `curves`, by name or by parameters in full."""

from dataclasses import dataclass
from typing import Any, Final

from asn1crypto.keys import ECDomainParameters, RSAPublicKey, SpecifiedECDomain
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from rongka.proofing.chip import reasons
from rongka.proofing.chip.asn1 import KeyInfo, algorithm_of, reading
from rongka.proofing.chip.curves import Curve, Parameters, curve_named, curve_over
from rongka.proofing.errors import ChipFormatError, ChipMismatchError, ChipUnknownError

MIN_SIGNER_BITS: Final = 2_048  # ICAO 9303-12, 4.4: RSA keys of signers and roots
MIN_CHIP_BITS: Final = 1_024  # chips in use have keys this short; they protect against copies only
MAX_BITS: Final = 8_192  # bounds the time of one check
MAX_EXPONENT_BITS: Final = 64  # the same; in practice the exponent is 65537
RSA: Final = "1.2.840.113549.1.1.1"
RSA_PSS: Final = "1.2.840.113549.1.1.10"
EC: Final = "1.2.840.10045.2.1"
_WHAT: Final = reasons.PUBLIC_KEY

Key = rsa.RSAPublicKey | ec.EllipticCurvePublicKey


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key, and the parameters (DER) that an RSA key for PSS alone carries (RFC 4055, 1.2), or None."""

    key: Key
    pss_parameters: bytes | None = None


def read_public_key(info: bytes, *, min_bits: int = MIN_SIGNER_BITS) -> PublicKey:
    """Read a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7); `min_bits` is for RSA.

    Raises ChipFormatError, ChipMismatchError for changed curve parameters or a weak key, ChipUnknownError for kinds
    of keys that we do not know.
    """
    with reading(_WHAT):
        parsed = KeyInfo.load(info, strict=True)
        oid, parameters = algorithm_of(parsed["algorithm"])
        bits = parsed["key"].contents
    # X.690, 8.6.2: the first byte counts the unused bits; a key has none.
    if not bits or bits[0]:
        raise ChipFormatError(reasons.malformed(_WHAT))
    if oid == EC and parameters is not None:
        return PublicKey(_point(bits[1:], _curve_of(parameters)))
    if oid in {RSA, RSA_PSS}:
        return PublicKey(_rsa(bits[1:], min_bits=min_bits), parameters if oid == RSA_PSS else None)
    raise ChipUnknownError(reasons.ALGORITHM_UNKNOWN)


def _rsa(data: bytes, *, min_bits: int) -> rsa.RSAPublicKey:
    with reading(_WHAT):
        parsed = RSAPublicKey.load(data, strict=True)
        modulus, exponent = int(parsed["modulus"].native), int(parsed["public_exponent"].native)
    # An INTEGER can be negative.
    is_in_range = modulus > 0 and exponent > 0 and exponent.bit_length() <= MAX_EXPONENT_BITS
    if not is_in_range or not min_bits <= modulus.bit_length() <= MAX_BITS:
        raise ChipMismatchError(reasons.WEAK_KEY)
    try:
        return rsa.RSAPublicNumbers(exponent, modulus).public_key()
    except ValueError:
        raise ChipMismatchError(reasons.WEAK_KEY) from None


def _curve_of(parameters: bytes) -> Curve:
    with reading(_WHAT):
        choice = ECDomainParameters.load(parameters, strict=True)
        named = choice.chosen.dotted if choice.name == "named" else None
        given = _written(choice.chosen) if choice.name == "specified" else None
    curve = curve_named(named) if named else curve_over(given.p) if given else None
    if curve is None:
        raise ChipUnknownError(reasons.ALGORITHM_UNKNOWN)
    if given is not None and not curve.is_described_by(given):
        raise ChipMismatchError(reasons.CURVE_CHANGED)
    return curve


def _written(domain: SpecifiedECDomain) -> Parameters | None:
    """Take the parameters as written; None for a curve over another kind of field. Call inside `reading`."""
    if domain["field_id"]["field_type"].native != "prime_field":
        return None
    seed: Any = domain["curve"]["seed"]
    return Parameters(
        p=int(domain["field_id"]["parameters"].native),
        a=int.from_bytes(domain["curve"]["a"].contents, "big"),
        b=int.from_bytes(domain["curve"]["b"].contents, "big"),
        base=bytes(domain["base"].contents),
        n=int(domain["order"].native),
        cofactor=domain["cofactor"].native,
        seed=bytes(seed.contents[1:]) if seed.contents else None,
    )


def _point(data: bytes, curve: Curve) -> ec.EllipticCurvePublicKey:
    try:
        # Refuses points that are not on the curve.
        return ec.EllipticCurvePublicKey.from_encoded_point(curve.kind, data)
    except ValueError:
        raise ChipMismatchError(reasons.WEAK_KEY) from None
    except UnsupportedAlgorithm:  # an OpenSSL without brainpool
        raise ChipUnknownError(reasons.ALGORITHM_UNKNOWN) from None
