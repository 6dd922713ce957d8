"""``rongka bench verify``: each format's public verification, our own and others', in raw P-256 verifications."""

import hashlib
from collections.abc import Iterator
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from rongka.bench.measuring import BenchError, Case, Raw
from rongka.bench.town import AUDIENCE, NONCE, Town
from rongka.credential import cbor, cose, transport
from rongka.credential.claims import CNF
from rongka.credential.codes import verify_live_code, verify_printed_code
from rongka.credential.documents import Purpose
from rongka.credential.issuing import LocalSigner
from rongka.credential.keys import SoftwareKey
from rongka.credential.live_code import present_live_code
from rongka.credential.mdoc import verify_device_response
from rongka.credential.sd_jwt import verify_sd_jwt_vc

PRINTED: Final = "printed code"
LIVE: Final = "live code"
LIVE_WHOLE_KEY: Final = "live code, device key not compressed"
SD_JWT: Final = "SD-JWT VC, key binding, 4 of 12 claims"
MDOC: Final = "mdoc DeviceResponse, 12 elements, chain"


def raw_check(town: Town) -> Raw:
    """Give the unit: `cryptography` checking one ES256 signature over a printed code's bytes, key and DER at hand."""
    message = cose.read(transport.read(town.printed_code()))
    key = town.keys[Purpose.NOTICE].public.key
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise BenchError("the raw check is one of P-256")
    half = len(message.signature) // 2
    r, s = int.from_bytes(message.signature[:half], "big"), int.from_bytes(message.signature[half:], "big")
    der, data = encode_dss_signature(r, s), cose.to_be_signed(message.protected, message.payload)
    ecdsa = ec.ECDSA(hashes.SHA256())
    return Raw(name="P-256 check by cryptography (OpenSSL)", run=lambda: key.verify(der, data, ecdsa))


def our_cases(town: Town) -> Iterator[Case]:
    """Give our own cases; each refuses the same thing signed by somebody else."""
    trust, now = town.trust, town.now
    printed, other = town.printed_code(), Town(now)
    yield Case(
        name=PRINTED,
        run=lambda: verify_printed_code(code=printed, trust=trust, now=now),
        refused=lambda: verify_printed_code(code=other.printed_code(), trust=trust, now=now),
    )
    for name, code in ((LIVE, town.live_code), (LIVE_WHOLE_KEY, _live_code_with_whole_key(town))):
        yield Case(
            name=name,
            run=lambda code=code: verify_live_code(code=code, trust=trust, now=now),  # type: ignore[misc]
            refused=lambda: verify_live_code(code=other.live_code, trust=trust, now=now),
        )
    yield _sd_jwt(town, other)
    yield _mdoc(town, other)


def _sd_jwt(town: Town, other: Town) -> Case:
    presentation, trust, now = town.present_sd_jwt(town.sd_jwt()), town.trust, town.now
    foreign = other.present_sd_jwt(other.sd_jwt())
    return Case(
        name=SD_JWT,
        run=lambda: verify_sd_jwt_vc(presentation=presentation, trust=trust, now=now, audience=AUDIENCE, nonce=NONCE),
        refused=lambda: verify_sd_jwt_vc(presentation=foreign, trust=trust, now=now, audience=AUDIENCE, nonce=NONCE),
    )


def _mdoc(town: Town, other: Town) -> Case:
    response, transcript, trust, now = town.device_response, town.transcript, town.trust, town.now
    foreign = other.device_response
    return Case(
        name=MDOC,
        run=lambda: verify_device_response(response=response, trust=trust, session_transcript=transcript, now=now),
        refused=lambda: verify_device_response(response=foreign, trust=trust, session_transcript=transcript, now=now),
    )


def _live_code_with_whole_key(town: Town) -> str:
    """Give a live code whose card holds both coordinates of the device's key: longer, and quicker to check."""
    claims = cbor.decode_map(cose.read(town.card_cwt()).payload)
    claims[CNF] = {1: town.device.public.to_cose(compressed=False)}
    card = LocalSigner(town.keys).keys[Purpose.CARD]
    token = cose.sign(headers={cose.KID: card.public.kid}, payload=cbor.encode(claims), key=card)
    return present_live_code(card_cwt=token, device=town.device, presented_at=town.now)


def limit_cases(town: Town) -> Iterator[Case]:
    """Give the checks of one signature by other algorithms, to show where the limit itself lies."""
    data = hashlib.sha256(b"rongka").digest() * 8
    key = SoftwareKey.generate(algorithm=town.keys[Purpose.CARD].public.algorithm.EDDSA)
    signature, public = key.sign(data), key.public
    yield Case(
        name="one Ed25519 signature by cryptography (OpenSSL)",
        run=lambda: public.verify(signature=signature, data=data),
        refused=lambda: public.verify(signature=signature, data=data + b"x"),
    )
