"""The counter: one officer examines, a different one countersigns, or rejects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from rongka.registers.agencies.permissions import Permission
from rongka.registers.evidence.kinds import Source
from rongka.registers.evidence.pictures import delete_pictures
from rongka.registers.journal.commands import record, require
from rongka.registers.journal.days import day_of
from rongka.registers.journal.errors import NotFound
from rongka.registers.people.commands import read_mrz
from rongka.registers.people.models import Passport
from rongka.registers.permits.models import Admission
from rongka.rulebook.order import Event, decide
from rongka.rulebook.verification import Judgement, level_at_counter
from rongka.text import Text

from .counter_chips import chips_read_here, counted, facts_of
from .errors import ChipAgainst, DocumentMismatch, ExaminationEnded, ExaminationLapsed, ReasonMissing, SameOfficer
from .events import IdentityExamined, IdentityRejected, IdentityVerified
from .models import Examination, Verification
from .proving import end_late_proof
from .queries import COUNTERSIGN_WITHIN, identity_state, open_examinations
from .reasons import REASONS

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from rongka.proofing.mrz import Mrz
    from rongka.registers.evidence.queries import DocumentCheckCard
    from rongka.registers.journal.actors import Actor


@transaction.atomic
def examine_identity(*, actor: Actor, at: datetime, admission_id: UUID, mrz: str) -> UUID:
    """Record the first officer's examination: the passport in hand, read by its MRZ, and its bearer in front.

    An earlier one that nobody countersigned in time ends by it, whichever counter made it, and so does an online
    verification that nobody reviewed in time.
    """
    admission = access_admission(actor=actor, admission_id=admission_id)
    _end_lapsed(actor=actor, at=at, admission=admission)
    end_late_proof(at=at, admission_id=admission.id)
    state = identity_state(admission.person_id)
    require(decide(event=Event.EXAMINE_IDENTITY, state=state, actor=actor.kind, on=day_of(at)))
    passport = Passport.objects.get(person_id=admission.person_id, replaced_at__isnull=True)
    must_agree(read_mrz(mrz, on=day_of(at)), passport)
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
    """Record the second officer's signature, which makes the verification; return its id.

    Chips that this counter read count too: one that is no copy makes level L3, and one that failed stops them both
    until it was read again and agrees.
    """
    examination = access_examination(actor=actor, examination_id=examination_id)
    state = identity_state(examination.person_id)
    require(decide(event=Event.COUNTERSIGN_IDENTITY, state=state, actor=actor.kind, on=day_of(at)))
    if examination.officer_id == actor.staff_id:
        raise SameOfficer
    if at - examination.examined_at > COUNTERSIGN_WITHIN:
        raise ExaminationLapsed
    chip = _chip_of(examination)
    level = level_at_counter(facts_of(chip) if chip else None)
    if isinstance(level, Judgement):
        raise ChipAgainst(level)
    verification = Verification.objects.create(
        admission_id=examination.admission_id,
        examination=examination,
        person_id=examination.person_id,
        document_check_id=chip.id if chip and chip.agrees else None,
        document_level=chip.level if chip and chip.agrees else None,
        level=level,
        examined_by=examination.officer_id,
        countersigned_by=actor.officer,
        verified_at=at,
    )
    event = IdentityVerified(subject_id=verification.id, person_id=verification.person_id, level=verification.level)
    record(event, actor=actor, at=at)
    _delete_pictures_of_the_counter(examination, actor=actor, at=at)
    return verification.id


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
    _delete_pictures_of_the_counter(examination, actor=actor, at=at)


def _chip_of(examination: Examination) -> DocumentCheckCard | None:
    """Return which check of the chip, of those that this counter made around its examination, counts."""
    read = chips_read_here(
        examination.admission_id,
        passport_id=examination.passport_id,
        counter_id=examination.counter_id,
        since=examination.examined_at - COUNTERSIGN_WITHIN,
    )
    return counted(read)


def _delete_pictures_of_the_counter(examination: Examination, *, actor: Actor, at: datetime) -> None:
    which = Q(document_check__admission_id=examination.admission_id, document_check__source=Source.COUNTER)
    delete_pictures(which, actor=actor, at=at, reason="counter-decided")


def must_agree(mrz: Mrz, passport: Passport) -> None:
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
