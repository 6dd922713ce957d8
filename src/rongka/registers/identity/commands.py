"""The counter: one officer examines, a different one countersigns, or rejects. And the foreigners' sign-in.

The sign-in checks that somebody knows a notice number (or permit number) and the name on it. It shows one's own
steps; it binds nothing: binding needs a verification, which needs the person at a counter.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from rongka.proofing.names import match_names
from rongka.registers.agencies.permissions import Permission
from rongka.registers.journal.actors import holder
from rongka.registers.journal.commands import record, require
from rongka.registers.journal.days import day_of
from rongka.registers.journal.errors import NotFound
from rongka.registers.people.commands import read_mrz
from rongka.registers.people.models import Passport
from rongka.registers.people.queries import person_card
from rongka.registers.permits.errors import NoticeNotFound
from rongka.registers.permits.models import Admission
from rongka.registers.permits.queries import notice_by_number, person_of_permit_number
from rongka.rulebook.order import Event, decide
from rongka.text import Text

from .errors import DocumentMismatch, ExaminationEnded, ExaminationLapsed, ReasonMissing, SameOfficer
from .events import HolderSignedIn, IdentityExamined, IdentityRejected, IdentityVerified
from .models import Examination, SignInAttempt, TriedNumber, Verification
from .queries import COUNTERSIGN_WITHIN, identity_state, open_examinations
from .reasons import REASONS

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from rongka.proofing.mrz import Mrz
    from rongka.registers.journal.actors import Actor

MAX_ATTEMPTS = 5  # UX: five tries, then wait
WAIT = timedelta(minutes=15)  # long enough to make guessing names pointless, short enough to try again the same day


@transaction.atomic
def examine_identity(*, actor: Actor, at: datetime, admission_id: UUID, mrz: str) -> UUID:
    """Record the first officer's examination: the passport in hand, read by its MRZ, and its bearer in front.

    An earlier one that nobody countersigned in time ends by it, whichever counter made it.
    """
    admission = access_admission(actor=actor, admission_id=admission_id)
    _end_lapsed(actor=actor, at=at, admission=admission)
    state = identity_state(admission.person_id)
    require(decide(event=Event.EXAMINE_IDENTITY, state=state, actor=actor.kind, on=day_of(at)))
    passport = Passport.objects.get(person_id=admission.person_id, replaced_at__isnull=True)
    _must_agree(read_mrz(mrz, on=day_of(at)), passport)
    examination = Examination.objects.create(
        admission=admission,
        person_id=admission.person_id,
        passport=passport,
        counter_id=actor.agency,
        officer_id=actor.officer,
        examined_at=at,
    )
    record(IdentityExamined(subject_id=examination.id, person_id=admission.person_id), actor=actor, at=at)
    return examination.id


@transaction.atomic
def reject_identity(*, actor: Actor, at: datetime, examination_id: UUID, reasons: tuple[str, ...]) -> UUID:
    """End an examination without a verification; the person may come again."""
    examination = access_examination(actor=actor, examination_id=examination_id)
    if not (reasons and set(reasons) <= set(REASONS)):
        raise ReasonMissing
    _reject(examination, actor=actor, at=at, reasons=reasons)
    return examination.id


@transaction.atomic
def countersign_identity(*, actor: Actor, at: datetime, examination_id: UUID) -> UUID:
    """Record the second officer's signature, which makes the verification; return its id."""
    examination = access_examination(actor=actor, examination_id=examination_id)
    state = identity_state(examination.person_id)
    require(decide(event=Event.COUNTERSIGN_IDENTITY, state=state, actor=actor.kind, on=day_of(at)))
    if examination.officer_id == actor.staff_id:
        raise SameOfficer
    if at - examination.examined_at > COUNTERSIGN_WITHIN:
        raise ExaminationLapsed
    verification = Verification.objects.create(
        admission_id=examination.admission_id,
        examination=examination,
        person_id=examination.person_id,
        examined_by=examination.officer_id,
        countersigned_by=actor.officer,
        verified_at=at,
    )
    event = IdentityVerified(subject_id=verification.id, person_id=verification.person_id, level=verification.level)
    record(event, actor=actor, at=at)
    return verification.id


@dataclass(frozen=True, slots=True)
class SignIn:
    """How a try to sign in ended: with a person, or with words and, after too many tries, a time to wait for."""

    person_id: UUID | None
    explanation: Text | None = None
    retry_at: datetime | None = None


@transaction.atomic
def sign_in_holder(*, at: datetime, number: str, name: str, pepper: bytes) -> SignIn:
    """Sign a holder in by notice number (or work permit number) and name. Every try is written down."""
    number = number.strip().upper()
    number_hash = hmac.new(pepper, number.encode(), "sha256").hexdigest()
    # Locked, or made and thereby locked: whoever tries the same number waits until this try is written down.
    tried, _ = TriedNumber.objects.select_for_update().get_or_create(number_hash=number_hash)
    failed = SignInAttempt.objects.filter(number=tried, succeeded=False, at__gt=at - WAIT).order_by("-at")
    recent = list(failed[:MAX_ATTEMPTS])
    if len(recent) == MAX_ATTEMPTS:
        return SignIn(person_id=None, explanation=_TOO_MANY, retry_at=recent[-1].at + WAIT)
    person_id, explanation = _person_of(number=number, name=name)
    SignInAttempt.objects.create(number=tried, succeeded=person_id is not None, at=at)
    if person_id is not None:
        event = HolderSignedIn(subject_id=person_id, person_id=person_id)
        record(event, actor=holder(person_id), at=at)
    return SignIn(person_id=person_id, explanation=explanation)


def access_admission(*, actor: Actor, admission_id: UUID) -> Admission:
    """Return the admission, locked: two counters do not examine one person at once."""
    actor.must_have(Permission.VERIFY_IDENTITY)
    admission = Admission.objects.select_for_update().filter(id=admission_id).first()
    if admission is None:
        raise NotFound
    return admission


def access_examination(*, actor: Actor, examination_id: UUID) -> Examination:
    """Return the examination, locked with its admission, unless it was rejected."""
    actor.must_have(Permission.VERIFY_IDENTITY)
    examination = Examination.objects.filter(id=examination_id, counter_id=actor.agency).first()
    if examination is None:
        raise NotFound
    access_admission(actor=actor, admission_id=examination.admission_id)
    examination.refresh_from_db()
    if examination.rejected_at is not None:
        # The person's state may speak of a newer examination: this one stays rejected.
        raise ExaminationEnded
    return examination


_TOO_MANY = Text(zh="尝试次数过多。", en="Too many tries.")
_UNKNOWN = Text(
    zh="未找到与该编号和姓名相符的记录。请核对通知上的编号，姓名按护照填写。",
    en="No record fits this number and name. Check the number on the notice, and write the name as in the passport.",
)


def _person_of(*, number: str, name: str) -> tuple[UUID | None, Text | None]:
    person_id: UUID | None
    try:
        person_id = notice_by_number(number).person_id
    except NoticeNotFound:
        person_id = person_of_permit_number(number)
    if person_id is None:
        return None, _UNKNOWN
    person = person_card(person_id)
    match = match_names(
        name,
        viz_surname=person.surname,
        viz_given_names=person.given_names,
        mrz_surname=person.mrz_surname,
        mrz_given_names=person.mrz_given_names,
        chinese_name=person.chinese_name or None,
    )
    return (person_id, None) if match.matched else (None, match.safe)


def _end_lapsed(*, actor: Actor, at: datetime, admission: Admission) -> None:
    found = open_examinations([admission.id]).get(admission.id)
    if found is not None and found.has_lapsed(at=at):
        _reject(Examination.objects.get(id=found.id), actor=actor, at=at, reasons=("countersigned-too-late",))


def _reject(examination: Examination, *, actor: Actor, at: datetime, reasons: tuple[str, ...]) -> None:
    state = identity_state(examination.person_id)
    require(decide(event=Event.REJECT_IDENTITY, state=state, actor=actor.kind, on=day_of(at)))
    examination.rejected_by, examination.rejected_at = actor.officer, at
    examination.reasons = list(reasons)
    examination.save(update_fields=["rejected_by", "rejected_at", "reasons"])
    event = IdentityRejected(subject_id=examination.id, person_id=examination.person_id, reasons=list(reasons))
    record(event, actor=actor, at=at)


def _must_agree(mrz: Mrz, passport: Passport) -> None:
    """PROOFING: state, number, birth date, sex and expiry must be equal; names are never compared for equality."""
    compared = [
        (Text(zh="签发国", en="issuing state"), mrz.issuing_state, passport.issuing_state),
        (Text(zh="护照号码", en="passport number"), mrz.number, passport.number),
        (Text(zh="出生日期", en="date of birth"), mrz.birth_on, passport.person.birth_on),
        (Text(zh="性别", en="sex"), mrz.sex, passport.person.sex),
        (Text(zh="有效期", en="date of expiry"), mrz.expires_on, passport.expires_on),
    ]
    differing = tuple(name for name, read, recorded in compared if read != recorded)
    if differing:
        raise DocumentMismatch(differing)
