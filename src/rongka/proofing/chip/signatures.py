"""Signature schemes of ICAO 9303-12, 4.4: RSA PKCS#1 v1.5, RSA-PSS (RFC 4055), ECDSA (RFC 5758), SHA-1 to SHA-512."""

from dataclasses import dataclass
from typing import Final

from asn1crypto.algos import RSASSAPSSParams
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from rongka.proofing.chip import reasons
from rongka.proofing.chip.asn1 import algorithm_of, reading
from rongka.proofing.chip.keys import RSA, RSA_PSS, PublicKey
from rongka.proofing.errors import ChipMismatchError, ChipUnknownError

_NULL: Final = b"\x05\x00"
_WHAT: Final = reasons.ALGORITHM_NAME
_MGF1: Final = "1.2.840.113549.1.1.8"
_TRAILER: Final = 1  # RFC 4055, 3.1: the only value there is


@dataclass(frozen=True, slots=True)
class Digest:
    """A hash function; `legacy` ones are read in old documents and reported."""

    name: str
    algorithm: hashes.HashAlgorithm
    legacy: bool = False

    @property
    def size(self) -> int:
        """Bytes of its values."""
        return self.algorithm.digest_size

    def of(self, data: bytes) -> bytes:
        """Give the digest of `data`."""
        state = hashes.Hash(self.algorithm)
        state.update(data)
        return state.finalize()


# Collisions of SHA-1 can be made by who writes the data, which is the issuing state; a stranger would need a second
# preimage. So old passports are read, and what they rest on is reported.
SHA1: Final = Digest("SHA-1", hashes.SHA1(), legacy=True)  # noqa: S303  # see above
SHA224: Final = Digest("SHA-224", hashes.SHA224())
SHA256: Final = Digest("SHA-256", hashes.SHA256())
SHA384: Final = Digest("SHA-384", hashes.SHA384())
SHA512: Final = Digest("SHA-512", hashes.SHA512())
DIGESTS: Final = {
    "1.3.14.3.2.26": SHA1,
    "2.16.840.1.101.3.4.2.4": SHA224,
    "2.16.840.1.101.3.4.2.1": SHA256,
    "2.16.840.1.101.3.4.2.2": SHA384,
    "2.16.840.1.101.3.4.2.3": SHA512,
}
PKCS1: Final = {
    "1.2.840.113549.1.1.5": SHA1,
    "1.2.840.113549.1.1.14": SHA224,
    "1.2.840.113549.1.1.11": SHA256,
    "1.2.840.113549.1.1.12": SHA384,
    "1.2.840.113549.1.1.13": SHA512,
}
ECDSA: Final = {
    "1.2.840.10045.4.1": SHA1,
    "1.2.840.10045.4.3.1": SHA224,
    "1.2.840.10045.4.3.2": SHA256,
    "1.2.840.10045.4.3.3": SHA384,
    "1.2.840.10045.4.3.4": SHA512,
}


@dataclass(frozen=True, slots=True)
class Pss:
    """RSA-PSS: the mask's hash function and the salt's length in bytes."""

    mask: Digest
    salt: int


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a signature was made; without `pss` it is PKCS#1 v1.5 for RSA keys, ECDSA for others."""

    digest: Digest
    for_rsa: bool
    pss: Pss | None = None

    def verify(self, *, key: PublicKey, signature: bytes, data: bytes) -> None:
        """Raise ChipMismatchError unless `key` signed `data`."""
        _check_pss_key(self, key)
        public = key.key
        try:
            if isinstance(public, rsa.RSAPublicKey) and self.for_rsa:
                public.verify(signature, data, self._padding(), self.digest.algorithm)
            elif isinstance(public, ec.EllipticCurvePublicKey) and not self.for_rsa:
                public.verify(signature, data, ec.ECDSA(self.digest.algorithm))
            else:
                raise ChipMismatchError(reasons.ALGORITHMS_DISAGREE)
        except (InvalidSignature, ValueError):
            raise ChipMismatchError(reasons.SIGNATURE) from None
        except UnsupportedAlgorithm:  # an OpenSSL that was told to do without SHA-1
            raise ChipUnknownError(reasons.ALGORITHM_UNKNOWN) from None

    def _padding(self) -> padding.AsymmetricPadding:
        if self.pss is None:
            return padding.PKCS1v15()
        return padding.PSS(mgf=padding.MGF1(self.pss.mask.algorithm), salt_length=self.pss.salt)


def digest_of(oid: str, parameters: bytes | None) -> Digest:
    """Give a hash function by its number; its parameters are absent or NULL (RFC 5754, 2)."""
    found = DIGESTS.get(oid)
    if found is None:
        raise ChipUnknownError(reasons.ALGORITHM_UNKNOWN)
    if parameters not in {None, _NULL}:
        raise ChipMismatchError(reasons.ALGORITHMS_DISAGREE)
    return found


def scheme_of(oid: str, parameters: bytes | None, *, digest: Digest | None = None) -> Scheme:
    """Give a scheme by its number; `digest` is what the signer named apart (RFC 5652, 5.3), and must agree.

    Raises ChipMismatchError where the two contradict each other, ChipUnknownError for a scheme that is not ours.
    """
    scheme = _scheme(oid, parameters, digest)
    if digest is not None and scheme.digest is not digest:
        raise ChipMismatchError(reasons.ALGORITHMS_DISAGREE)
    return scheme


def _scheme(oid: str, parameters: bytes | None, digest: Digest | None) -> Scheme:
    if oid == RSA_PSS and parameters is not None:
        return _pss(parameters)
    if oid in ECDSA:
        if parameters is not None:  # RFC 5758, 3.2: must be absent
            raise ChipMismatchError(reasons.ALGORITHMS_DISAGREE)
        return Scheme(ECDSA[oid], for_rsa=False)
    # RFC 3370, 3.2: CMS may name the key's algorithm alone; then the digest is the one that the signer named apart.
    named = digest if oid == RSA else PKCS1.get(oid)
    if named is None:
        raise ChipUnknownError(reasons.ALGORITHM_UNKNOWN)
    if parameters not in {None, _NULL}:
        raise ChipMismatchError(reasons.ALGORITHMS_DISAGREE)
    return Scheme(named, for_rsa=True)


def _pss(parameters: bytes) -> Scheme:
    with reading(_WHAT):
        parsed = RSASSAPSSParams.load(parameters, strict=True)
        digest = algorithm_of(parsed["hash_algorithm"])
        generator, mask = algorithm_of(parsed["mask_gen_algorithm"])
        inner = algorithm_of(parsed["mask_gen_algorithm"]["parameters"]) if mask else None
        salt, trailer = int(parsed["salt_length"].native), parsed["trailer_field"].native
    if generator != _MGF1 or inner is None:
        raise ChipUnknownError(reasons.ALGORITHM_UNKNOWN)
    chosen = digest_of(*digest)
    if not 0 <= salt <= SHA512.size or trailer not in {_TRAILER, "trailer_field_bc"}:
        raise ChipMismatchError(reasons.ALGORITHMS_DISAGREE)
    return Scheme(chosen, for_rsa=True, pss=Pss(mask=digest_of(*inner), salt=salt))


def _check_pss_key(scheme: Scheme, key: PublicKey) -> None:
    """RFC 4055, 3.3: a key with parameters binds hash and mask, and its salt is the shortest that is allowed."""
    if key.pss_parameters is None:
        return
    bound = _pss(key.pss_parameters)
    if bound.pss is None or scheme.pss is None:
        raise ChipMismatchError(reasons.ALGORITHMS_DISAGREE)
    if (bound.digest, bound.pss.mask) != (scheme.digest, scheme.pss.mask) or scheme.pss.salt < bound.pss.salt:
        raise ChipMismatchError(reasons.ALGORITHMS_DISAGREE)
