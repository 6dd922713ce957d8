"""The live code: a COSE_Sign1 by the device's key that carries the issuer's CWT as `kcwt` (RFC 9528, header 13).

Its payload is a CWT {iat}, and {aud, nonce} when an inspector asked a challenge. `docs/credential/live-code.md` has the
bytes. What a wallet needs; `codes` reads and verifies, `verdict.judge` decides.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Self

from rongka.credential import cbor, cose, transport
from rongka.credential.claims import AUD, IAT, NONCE
from rongka.credential.errors import ClaimsError
from rongka.credential.fields import checked_text, moment, octets, seconds, text
from rongka.credential.keys import PublicKey, SigningKey

NEW_CODE_EVERY_SECONDS: Final = 30  # half the life of a code, so that the one on the screen is always good
# {6: iat} with a time of four bytes, which is all that most payloads are: a fast way, in its shortest form only.
_IAT_ONLY: Final = b"\xa1\x06\x1a"
_IAT_SMALLEST: Final = _IAT_ONLY + b"\x00\x00\xff\xff"
_IAT_ONLY_BYTES: Final = len(_IAT_SMALLEST)
_NONCE_LEAST, _NONCE_MOST = 8, 64  # RFC 9711, 4.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """What an inspector asks the device to sign: a fresh nonce (8 to 64 bytes) and the inspector's own name."""

    nonce: bytes
    audience: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """What the device says when it shows a code."""

    presented_at: datetime
    challenge: Challenge | None = None

    def to_claim_set(self) -> bytes:
        """Give the CWT claim set that the device signs."""
        claims: dict[int, object] = {IAT: seconds(self.presented_at)}
        if self.challenge is not None:
            claims[AUD] = checked_text(self.challenge.audience, name="audience")
            claims[NONCE] = self.challenge.nonce
            if not _NONCE_LEAST <= len(self.challenge.nonce) <= _NONCE_MOST:
                raise ClaimsError("a nonce of unfit length")
        return cbor.encode(claims)

    @classmethod
    def from_claim_set(cls, payload: bytes) -> Self:
        """Read the claim set of a device; raise a `FormatError` for anything missing or wrong."""
        if len(payload) == _IAT_ONLY_BYTES and payload.startswith(_IAT_ONLY) and payload > _IAT_SMALLEST:
            return cls(presented_at=datetime.fromtimestamp(int.from_bytes(payload[3:], "big"), UTC))
        claims = cbor.decode_map(payload)
        challenge = None
        if NONCE in claims or AUD in claims:
            nonce = octets(claims, NONCE, least=_NONCE_LEAST, most=_NONCE_MOST)
            challenge = Challenge(nonce=nonce, audience=text(claims, AUD))
        return cls(presented_at=moment(claims, IAT), challenge=challenge)


def present_live_code(
    *, card_cwt: bytes, device: SigningKey, presented_at: datetime, challenge: Challenge | None = None
) -> str:
    """Give the text of a live code for a card that is bound to `device`; a wallet makes a new one every 30 seconds."""
    presentation = Presentation(presented_at=presented_at, challenge=challenge)
    message = cose.sign(headers={cose.KCWT: cbor.decode(card_cwt)}, payload=presentation.to_claim_set(), key=device)
    return transport.write(message)


def live_code_to_be_signed(*, card_cwt: bytes, device: PublicKey, presentation: Presentation) -> bytes:
    """Give the bytes that the device's signature is over: the Sig_structure, for wallets that sign elsewhere."""
    protected = cbor.encode({cose.ALG: int(device.algorithm), cose.KCWT: cbor.decode(card_cwt)})
    return cose.to_be_signed(protected, presentation.to_claim_set())
