"""Makes live_code.json: what any other implementation must write and read, made from fixed keys."""

import json
from datetime import timedelta
from pathlib import Path

from rongka.credential import Challenge, Purpose, SoftwareKey, cbor, cose, judge, sign_trust_list, transport
from rongka.credential.live_code import Presentation, live_code_to_be_signed
from tests.credential.world import LONGEST, NOW, ORDINARY, World
from tests.vectors.fixed_keys import p256_key

FILE = Path(__file__).with_name("live_code.json")


def _private_jwk(key: SoftwareKey) -> dict[str, str]:
    from rongka.credential.keys import _base64url

    number = key.private.private_numbers().private_value
    return {**key.public.to_jwk(), "d": _base64url(number.to_bytes(32, "big"))}


def world() -> World:
    """The city of the vectors."""
    keys = {purpose: p256_key(f"rongka test vector, issuer's key for {purpose}") for purpose in Purpose}
    return World(
        anchor=p256_key("rongka test vector, anchor"), device=p256_key("rongka test vector, device"), keys=keys
    )


def _case(name: str, *, city: World, card: bytes, presentation: Presentation) -> dict[str, object]:
    signed = live_code_to_be_signed(card_cwt=card, device=city.device.public, presentation=presentation)
    challenge = presentation.challenge
    text = city.live_code(card_cwt=card, presented_at=presentation.presented_at, challenge=challenge)
    return {
        "name": name,
        "card_cwt": card.hex(),
        "iat": int(presentation.presented_at.timestamp()),
        "challenge": None if challenge is None else {"nonce": challenge.nonce.hex(), "aud": challenge.audience},
        "claim_set": presentation.to_claim_set().hex(),
        "sig_structure": signed.hex(),
        "signature_rfc6979": cose.read(transport.read(text)).signature.hex(),
        "cose": transport.read(text).hex(),
        "text": text,
    }


def vectors() -> dict[str, object]:
    """Everything that stands in the file."""
    city = world()
    challenge = Challenge(nonce=b"0123456789abcdef", audience="inspector 7")
    trust, lists, printed = city.trust(), city.status_lists(), city.printed_code()
    cases = [
        _case("ordinary", city=city, card=city.card(ORDINARY), presentation=Presentation(presented_at=NOW)),
        _case("longest", city=city, card=city.card(LONGEST), presentation=Presentation(presented_at=NOW)),
        _case(
            "challenged",
            city=city,
            card=city.card(ORDINARY),
            presentation=Presentation(presented_at=NOW, challenge=challenge),
        ),
    ]
    texts = {"ordinary": cases[0]["text"], "printed": printed, "cut": str(cases[0]["text"])[:-9], "foreign": "HELLO"}
    moments = {
        "now": NOW,
        "61 seconds later": NOW + timedelta(seconds=61),
        "31 seconds earlier": NOW - timedelta(seconds=31),
    }
    verdicts = [
        {
            "code": name,
            "when": when,
            "at": int(now.timestamp()),
            "lists": with_lists,
            **_judged(str(text), trust=trust, lists=lists if with_lists else {}, now=now),
        }
        for name, text in texts.items()
        for when, now in moments.items()
        for with_lists in (True, False)
    ]
    return {
        "note": "Test vectors of docs/credential/live-code.md. The keys are public; trust none of them.",
        "device_private_jwk": _private_jwk(city.device),
        "anchor_cose_key": cbor.encode(city.anchor.public.to_cose()).hex(),
        "trust_list": sign_trust_list(trust=trust, anchor=city.anchor).hex(),
        "status_list": city.status_token().hex(),
        "live_codes": cases,
        "printed_code": printed,
        "texts": texts,
        "verdicts": verdicts,
    }


def _judged(code, *, trust, lists, now):
    verdict = judge(code=code, trust=trust, status_lists=lists, now=now)
    return {"verdict": str(verdict.kind), "reason": verdict.reason.code, "also": [r.code for r in verdict.also]}


def written() -> str:
    """The file's text."""
    return json.dumps(vectors(), indent=1, ensure_ascii=False) + "\n"
