"""``rongka bench issue``: what it costs to write each format, in raw P-256 signatures."""

from collections.abc import Iterator

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from rongka.bench.measuring import BenchError, Case, Raw
from rongka.bench.town import Town
from rongka.credential.documents import Purpose
from rongka.credential.live_code import present_live_code


def raw_signature(town: Town) -> Raw:
    """Give the unit: `cryptography` making one ES256 signature over 256 bytes."""
    key = town.keys[Purpose.CARD].private
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise BenchError("the raw signature is one of P-256")
    data, ecdsa = bytes(256), ec.ECDSA(hashes.SHA256())
    return Raw(name="P-256 signature by cryptography (OpenSSL)", run=lambda: key.sign(data, ecdsa))


def issuing_cases(town: Town) -> Iterator[Case]:
    """Give what an issuer and a device write."""
    card_cwt, sd_jwt = town.card_cwt(), town.sd_jwt()
    yield Case(name="issue a printed code", run=town.printed_code)
    yield Case(name="issue a card as CWT", run=town.card_cwt)
    yield Case(
        name="show a live code",
        run=lambda: present_live_code(card_cwt=card_cwt, device=town.device, presented_at=town.now),
    )
    yield Case(name="issue an SD-JWT VC, 12 elements and a decoy", run=town.sd_jwt)
    yield Case(name="show 4 of its elements", run=lambda: town.present_sd_jwt(sd_jwt))
    yield Case(name="issue an mdoc, 12 elements and 12 decoys", run=town.mdoc)
