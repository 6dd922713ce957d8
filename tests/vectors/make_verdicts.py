"""Makes verdicts.json: codes, lists, moments and surroundings, and the one verdict that every implementation gives.

Each case names the kind and the reason that it must have; a kit that says otherwise cannot write the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from pathlib import Path

from rongka.credential import (
    CardClaims,
    Challenge,
    CredentialError,
    Expected,
    NoticeClaims,
    PublicKey,
    Verdict,
    VerifiedStatusList,
    VerifiedTrustList,
    cbor,
    judge,
    verify_status_list,
    verify_trust_list,
)
from tests.vectors import city, verdict_cases, verdict_cases_claims, verdict_cases_hostile
from tests.vectors.lines import in_lines

FILE = Path(__file__).with_name("verdicts.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The verified lists of a case; a token that does not verify is as good as none."""

    trust: VerifiedTrustList | None
    lists: dict[str, VerifiedStatusList]


def load(*, trust: bytes | None, lists: list[bytes], anchor: PublicKey, now: datetime) -> Loaded:
    """Verify the tokens of a case, as a verifier would before it judges."""
    verified_trust, verified = None, {}
    try:
        verified_trust = _verified(trust, anchor) if trust is not None else None
    except CredentialError:
        return Loaded(trust=None, lists={})
    for token in lists if verified_trust is not None else []:
        try:
            found = verify_status_list(token=token, trust=verified_trust, now=now)
        except CredentialError:
            continue
        verified[found.uri] = found
    return Loaded(trust=verified_trust, lists=verified)


@cache
def _verified(trust: bytes, anchor: PublicKey) -> VerifiedTrustList:
    return verify_trust_list(token=trust, anchor=anchor)


def as_json(verdict: Verdict) -> dict[str, object]:
    """A verdict as it stands in the file."""
    return {
        "kind": str(verdict.kind),
        "reason": verdict.reason.code,
        "also": [reason.code for reason in verdict.also],
        "document_id": verdict.document_id,
        "issuer": verdict.issuer.name.en if verdict.issuer else None,
        "presented_at": city.moment(verdict.presented_at) if verdict.presented_at else None,
        "claims": _claims(verdict.claims),
    }


def _claims(claims: CardClaims | NoticeClaims | None) -> dict[str, str] | None:
    if claims is None:
        return None
    values = {field.name: getattr(claims, field.name) for field in fields(claims)}
    return {
        name: value.isoformat() if isinstance(value, date) else str(value)
        for name, value in sorted(values.items())
        if value is not None
    }


class _Tokens:
    """Tokens by name, each written once."""

    def __init__(self, prefix: str) -> None:
        self.prefix, self.names = prefix, {}

    def name(self, token: bytes) -> str:
        return self.names.setdefault(token, f"{self.prefix} {len(self.names) + 1}")

    def as_json(self) -> dict[str, str]:
        return {name: token.hex() for token, name in self.names.items()}


def _case(case: "verdict_cases.Case", *, trusts: _Tokens, lists: _Tokens) -> dict[str, object]:
    loaded = load(trust=case.trust, lists=list(case.lists), anchor=case.anchor.public, now=case.now)
    verdict = judge(
        code=case.code,
        trust=loaded.trust,
        status_lists=loaded.lists,
        now=case.now,
        expected=case.expected,
        challenge=case.challenge,
    )
    if f"{verdict.kind} {verdict.reason.code}" != case.verdict:
        raise AssertionError(f"{case.name}: {verdict.kind} {verdict.reason.code}, not {case.verdict}")
    return {
        "name": case.name,
        "code": case.code,
        "anchor": cbor.encode(case.anchor.public.to_cose()).hex(),
        "trust": None if case.trust is None else trusts.name(case.trust),
        "lists": [lists.name(token) for token in case.lists],
        "now": round(case.now.timestamp() * 1000),
        "expected": _expected(case.expected),
        "challenge": _challenge(case.challenge),
        "verdict": as_json(verdict),
    }


def _expected(expected: Expected | None) -> dict[str, str | None] | None:
    return expected and {
        "employer_credit_code": expected.employer_credit_code,
        "work_place": expected.work_place,
    }


def _challenge(challenge: Challenge | None) -> dict[str, str] | None:
    return challenge and {"nonce": challenge.nonce.hex(), "audience": challenge.audience}


def cases() -> Iterator["verdict_cases.Case"]:
    """Every case."""
    yield from verdict_cases.cases()
    yield from verdict_cases_hostile.cases()
    yield from verdict_cases_claims.cases()


def written() -> str:
    """The file's text."""
    trusts, lists = _Tokens("trust"), _Tokens("status")
    made = [_case(case, trusts=trusts, lists=lists) for case in cases()]
    names = [case["name"] for case in made]
    if len(set(names)) != len(names):
        raise AssertionError("two cases of one name")
    content = {
        "note": "docs/credential/verdict.md; times: now in ms, others in s. The keys are public; trust none of them.",
        "trust_lists": trusts.as_json(),
        "status_lists": lists.as_json(),
        "cases": made,
    }
    return in_lines(content)
