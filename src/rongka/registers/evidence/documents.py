"""Checking a passport's chip: whoever hands its files in, they are verified here and compared with the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from rongka.proofing.chip import ChipDocument, DocumentStatus, read_portrait
from rongka.proofing.errors import ChipError
from rongka.registers.agencies.permissions import Permission
from rongka.registers.journal.commands import record
from rongka.registers.journal.days import day_of
from rongka.registers.journal.errors import NotFound
from rongka.registers.people.models import Passport
from rongka.registers.permits.models import Admission
from rongka.rulebook.parameters import parameter
from rongka.rulebook.verification import rules_version

from .errors import ConsentMissing, NonceDiffers, PairingUnknown, TooManyChecks
from .events import DocumentChecked
from .kinds import Source
from .models import DocumentCheck, FaceConsent, Pairing
from .pairing import digest_of
from .pictures import keep_portrait

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from rongka.proofing.chip import DocumentResult, DocumentVerifier, VerifiedClaims
    from rongka.registers.journal.actors import Actor

    from .sealing import KeyWrap

MOST_A_DAY = 20  # checks for one admission, by its holder and apart from them by counters: bad readings are repeated


def check_document(
    *,
    actor: Actor,
    at: datetime,
    admission_id: UUID,
    files: ChipDocument,
    source: Source | str,
    verifier: DocumentVerifier,
    keys: KeyWrap,
    pairing_secret: str | None = None,
) -> UUID:
    """Verify a chip, compare it with the record and keep what came of it; return the check's id.

    Of the files only hashes stay, and the portrait of a chip that passed, encrypted, while it is needed. The verifier
    is asked before the admission is locked: it may be a service that takes its time. Under `once` the key of the
    request is held meanwhile, so that only the same request, sent again, waits for it.
    """
    source = Source(source)
    _must_be_wanted(_unverified(admission_id).first(), actor=actor, at=at, source=source)
    pairing = _open_pairing(pairing_secret, at=at, admission_id=admission_id)
    files = _with_own_answer(files, pairing=pairing, source=source)
    result = verifier.verify(files, at=at)
    with transaction.atomic():
        # Again, for others may have come first while the chip was verified.
        locked = _unverified(admission_id).select_for_update(of=("self",)).first()
        admission = _must_be_wanted(locked, actor=actor, at=at, source=source)
        pairing = _open_pairing(pairing_secret, at=at, admission_id=admission_id)
        check = _keep(actor=actor, at=at, admission=admission, source=source, result=result, pairing=pairing)
        if files.dg2 is not None and _needs_portrait(check):
            _keep_portrait(check, files.dg2, keys=keys)
        if pairing is not None and check.agrees:
            Pairing.objects.filter(id=pairing.id, closed_at__isnull=True).update(closed_at=at)
    return check.id


def _must_be_allowed(actor: Actor, *, admission_id: UUID, source: Source) -> None:
    if source is Source.COUNTER:
        actor.must_have(Permission.VERIFY_IDENTITY)
        return
    if not Admission.objects.filter(id=admission_id, person_id=actor.person).exists():
        raise NotFound
    if not FaceConsent.objects.filter(admission_id=admission_id, withdrawn_at__isnull=True).exists():
        raise ConsentMissing


def _unverified(admission_id: UUID) -> QuerySet[Admission]:
    """Return the admission of one who is not verified yet: afterwards nothing more is looked at."""
    return Admission.objects.filter(id=admission_id, verification__isnull=True)


def _must_be_wanted(admission: Admission | None, *, actor: Actor, at: datetime, source: Source) -> Admission:
    """Return the admission if this actor may have a chip checked for it, and not too many were."""
    if admission is None:
        raise NotFound
    _must_be_allowed(actor, admission_id=admission.id, source=source)
    today = DocumentCheck.objects.filter(admission=admission, checked_at__gt=at - timedelta(days=1))
    is_counter = Q(source=Source.COUNTER)
    if today.filter(is_counter if source is Source.COUNTER else ~is_counter).count() >= MOST_A_DAY:
        raise TooManyChecks
    return admission


def _open_pairing(secret: str | None, *, at: datetime, admission_id: UUID) -> Pairing | None:
    if secret is None:
        return None
    found = Pairing.objects.filter(
        secret_digest=digest_of(secret), admission_id=admission_id, closed_at__isnull=True, expires_at__gt=at
    ).first()
    if found is None:
        raise PairingUnknown
    return found


def _with_own_answer(files: ChipDocument, *, pairing: Pairing | None, source: Source) -> ChipDocument:
    """Return the files with the chip's answer only if it answers a nonce of ours; a desk vouches for its own."""
    if files.answer is None or (source is Source.COUNTER and pairing is None):
        return files
    if pairing is None:
        return replace(files, answer=None)
    if files.answer.nonce != bytes(pairing.chip_nonce):
        raise NonceDiffers
    return files


def _keep(
    *,
    actor: Actor,
    at: datetime,
    admission: Admission,
    source: Source,
    result: DocumentResult,
    pairing: Pairing | None,
) -> DocumentCheck:
    passport = Passport.objects.select_related("person").get(person_id=admission.person_id, replaced_at__isnull=True)
    differences = _differences(result.claims, passport) if result.claims else []
    check = DocumentCheck.objects.create(
        admission=admission,
        person_id=admission.person_id,
        passport=passport,
        pairing=pairing,
        source=source,
        officer_id=actor.officer if source is Source.COUNTER else None,
        status=result.status,
        level=result.level,
        agrees=result.status is DocumentStatus.PASS and result.claims is not None and not differences,
        differences=differences,
        result=_as_json(result, keeps_claims=result.claims is not None and not differences),
        checked_at=at,
    )
    event = DocumentChecked(
        subject_id=check.id,
        person_id=check.person_id,
        source=check.source,
        status=check.status,
        level=check.level,
        differences=differences,
    )
    record(event, actor=actor, at=at)
    return check


def _needs_portrait(check: DocumentCheck) -> bool:
    """Tell whether anybody will compare a face with it: a machine only where all agrees, an officer with any pass."""
    return check.agrees or (check.source == Source.COUNTER and check.status == DocumentStatus.PASS)


def _keep_portrait(check: DocumentCheck, dg2: bytes, *, keys: KeyWrap) -> None:
    try:
        portrait = read_portrait(dg2)
    except ChipError:
        return  # without a portrait the face is for the counter; the check itself stands
    days = parameter("verification.portrait-kept", on=day_of(check.checked_at)).value
    keep_portrait(
        at=check.checked_at,
        person_id=check.person_id,
        check_id=check.id,
        image=portrait.image,
        keys=keys,
        delete_after=check.checked_at + timedelta(days=days),
    )


def _differences(claims: VerifiedClaims, passport: Passport) -> list[str]:
    """Return the fields, by the rule book's names, in which chip and record differ. The name is not compared."""
    compared = [
        ("issuing-state", claims.issuing_state, passport.issuing_state),
        ("number", claims.number, passport.number),
        ("birth-date", claims.birth_on, passport.person.birth_on),
        ("sex", claims.sex, passport.person.sex),
        ("expiry", claims.expires_on, passport.expires_on),
    ]
    return [name for name, read, recorded in compared if read != recorded]


def _as_json(result: DocumentResult, *, keeps_claims: bool) -> dict[str, Any]:
    """Return a result as plain values; what a chip says of somebody else is not kept, only which fields differ."""
    return {
        "checks": [
            {"name": row.name, "outcome": row.outcome, "code": row.code, "zh": row.text.zh, "en": row.text.en}
            for row in result.checks
        ],
        "hashes": [{"name": row.name, "sha256": row.sha256} for row in result.hashes],
        "signer_fingerprint": result.signer_fingerprint,
        "csca_fingerprint": result.csca_fingerprint,
        "trust_list_version": result.trust_list_version,
        "rules_version": rules_version(),
        "claims": _claims_as_json(result.claims) if result.claims and keeps_claims else None,
    }


def _claims_as_json(claims: VerifiedClaims) -> dict[str, str]:
    return {
        "source": claims.source,
        "issuing_state": claims.issuing_state,
        "nationality": claims.nationality,
        "surname": claims.surname,
        "given_names": claims.given_names,
        "number": claims.number,
        "birth_on": claims.birth_on.isoformat(),
        "sex": claims.sex,
        "expires_on": claims.expires_on.isoformat(),
    }
