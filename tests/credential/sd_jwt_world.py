"""SD-JWTs by hand: what a careless issuer, a hostile holder or somebody else could write, in every detail."""

import hashlib
import json
from datetime import timedelta

from rongka.credential import Purpose, SoftwareKey, StatusReference, base64url
from rongka.credential.sd_jwt import issue_sd_jwt_vc, present_sd_jwt_vc, verify_sd_jwt_vc
from tests.credential.world import INDEX, LIST_URI, NOW, ORDINARY, World

AUDIENCE = "x509_san_dns:verifier.example"
NONCE = "n-0S6_WzA2Mj"
ISSUER = "https://rongka.example"
STATUS = StatusReference(uri=LIST_URI, index=INDEX)
FOUR = ("name", "category", "employer_name", "post")


def issued(world: World, claims=ORDINARY, **changes) -> str:
    given = {
        "claims": claims,
        "holder_key": world.device.public,
        "status": STATUS,
        "issuer": ISSUER,
        "issued_at": NOW,
        "key": world.keys[Purpose.CARD],
    }
    return issue_sd_jwt_vc(**given | changes)


def presented(world: World, sd_jwt: str | None = None, **changes) -> str:
    given = {
        "sd_jwt": issued(world) if sd_jwt is None else sd_jwt,
        "disclose": FOUR,
        "holder": world.device,
        "audience": AUDIENCE,
        "nonce": NONCE,
        "presented_at": NOW,
    }
    return present_sd_jwt_vc(**given | changes)


def verified(world: World, presentation: str, **changes):
    given = {"presentation": presentation, "trust": world.trust(), "now": NOW, "audience": AUDIENCE, "nonce": NONCE}
    return verify_sd_jwt_vc(**given | changes)


def b64(value: object) -> str:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64url.encode(data).decode()


def digest(text: str) -> str:
    return b64(hashlib.sha256(text.encode()).digest())


def token(header: object, payload: object, key: SoftwareKey) -> str:
    signing_input = f"{b64(header)}.{b64(payload)}"
    return f"{signing_input}.{b64(key.sign(signing_input.encode()))}"


def payload_of(world: World, **changes) -> dict[str, object]:
    """A sound payload of a card, without any digest."""
    payload = {
        "vct": "urn:rongka:card:1",
        "iss": ISSUER,
        "iat": int(NOW.timestamp()),
        "exp": int((NOW + timedelta(days=300)).timestamp()),
        "cnf": {"jwk": world.device.public.to_jwk()},
        "status": STATUS.to_claim(),
    }
    return {name: value for name, value in (payload | changes).items() if value is not ...}


def header_of(world: World, **changes) -> dict[str, object]:
    header = {"alg": "ES256", "typ": "dc+sd-jwt", "kid": b64(world.keys[Purpose.CARD].public.kid)}
    return {name: value for name, value in (header | changes).items() if value is not ...}


def bound(world: World, sd_jwt: str, *, kb_header: object = None, key: SoftwareKey | None = None, **changes) -> str:
    """A key binding for a presentation that ends with a tilde, `changes` being claims that differ."""
    claims = {"iat": int(NOW.timestamp()), "aud": AUDIENCE, "nonce": NONCE, "sd_hash": digest(sd_jwt)}
    claims = {name: value for name, value in (claims | changes).items() if value is not ...}
    return sd_jwt + token(kb_header or {"alg": "ES256", "typ": "kb+jwt"}, claims, key or world.device)


def made(world: World, payload: object, *disclosures: object, header: object = None, **binding) -> str:
    """A presentation signed by the issuer's and the holder's own keys, whatever it says."""
    sent = [item if isinstance(item, str) else b64(item) for item in disclosures]
    issuer_signed = token(header or header_of(world), payload, world.keys[Purpose.CARD])
    return bound(world, "~".join([issuer_signed, *sent, ""]), **binding)


def private_jwk(key: SoftwareKey) -> dict[str, str]:
    number = key.private.private_numbers().private_value
    return {**key.public.to_jwk(), "d": b64(number.to_bytes(32, "big"))}
