"""Verification: at the counter by two officers, or online by chip and face with one officer's review; and the sign-in.

What opens a door is not stored: of a passkey the public half, of a browser's token a digest, of a one-time code
nothing at all, since it is worked out from its row's id with the instance's secret.
"""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from rongka.registers.agencies.models import Agency
from rongka.registers.evidence.models import DocumentCheck, FaceConsent
from rongka.registers.people.models import Passport, Person
from rongka.registers.permits.models import Admission, Notice


class Examination(models.Model):
    """The first officer's look at passport and person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    passport = models.ForeignKey(Passport, on_delete=models.PROTECT)
    counter = models.ForeignKey(Agency, on_delete=models.PROTECT)
    officer_id = models.UUIDField()
    examined_at = models.DateTimeField()
    rejected_by = models.UUIDField(null=True)
    rejected_at = models.DateTimeField(null=True)
    reasons = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["id", "admission", "person", "officer_id"], name="examination_with_admission_and_officer"
            ),
            models.UniqueConstraint(
                fields=["admission"], condition=Q(rejected_at__isnull=True), name="admission_examined_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(rejected_at__isnull=True, rejected_by__isnull=True)
                | (Q(rejected_at__isnull=False, rejected_by__isnull=False) & ~Q(reasons=[])),
                name="rejected_examination_has_reasons",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class FaceProof(models.Model):
    """One try to prove oneself online: consent, a chip that agrees, the face in front of a challenge, then a review.

    `looks` says of every frame when it came, its hash, where the head pointed and what was wrong with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    consent = models.ForeignKey(FaceConsent, on_delete=models.PROTECT, db_constraint=False)
    document_check = models.ForeignKey(DocumentCheck, on_delete=models.PROTECT, db_constraint=False)
    document_agrees = models.BooleanField(default=True)
    challenge = models.JSONField()
    looks = models.JSONField(default=list)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, default="open")
    result = models.JSONField(null=True)
    reasons = models.JSONField(default=list)
    reviewed_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["submitted_at"], condition=Q(outcome="submitted"), name="proofs_to_review")]
        constraints = [
            models.UniqueConstraint(
                fields=["id", "admission", "person", "reviewed_by", "outcome"], name="proof_with_reviewer"
            ),
            models.UniqueConstraint(
                fields=["admission"], condition=Q(outcome__in=["open", "submitted"]), name="one_proof_at_a_time"
            ),
            models.CheckConstraint(condition=Q(document_agrees=True), name="proof_needs_document_that_agrees"),
            models.CheckConstraint(
                condition=Q(outcome="open", submitted_at__isnull=True, ended_at__isnull=True)
                | Q(outcome="submitted", submitted_at__isnull=False, ended_at__isnull=True)
                | Q(outcome="failed", submitted_at__isnull=True, ended_at__isnull=False)
                | Q(outcome="withdrawn", ended_at__isnull=False)
                | Q(outcome__in=["lapsed", "accepted", "rejected"], submitted_at__isnull=False, ended_at__isnull=False),
                name="proof_outcome_has_its_instants",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["accepted", "rejected"], reviewed_by__isnull=False)
                | (~Q(outcome__in=["accepted", "rejected"]) & Q(reviewed_by__isnull=True)),
                name="proof_is_reviewed_by_an_officer",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["failed", "rejected"]) | ~Q(reasons=[]), name="proof_refused_has_reasons"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Verification(models.Model):
    """Real name and real person: by two different officers at a counter, or by a proof that an officer reviewed.

    Level `officer_dual`, or `L3` when the counter read a chip that is no copy; `L2` for a proof.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    admission = models.OneToOneField(Admission, on_delete=models.PROTECT, db_constraint=False)
    examination = models.OneToOneField(Examination, null=True, on_delete=models.PROTECT, db_constraint=False)
    proof = models.OneToOneField(FaceProof, null=True, on_delete=models.PROTECT, db_constraint=False)
    proof_outcome = models.CharField(max_length=16, null=True)  # noqa: DJ001 - part of a key, absent with the proof
    document_check = models.ForeignKey(DocumentCheck, null=True, on_delete=models.PROTECT, db_constraint=False)
    document_level = models.CharField(max_length=8, null=True)  # noqa: DJ001 - part of a key, absent with the document
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    level = models.CharField(max_length=16, default="officer_dual")
    examined_by = models.UUIDField(null=True)
    countersigned_by = models.UUIDField(null=True)
    reviewed_by = models.UUIDField(null=True)
    verified_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "person"], name="verification_with_person"),
            models.CheckConstraint(
                condition=~Q(examined_by=F("countersigned_by")), name="verification_by_two_different_officers"
            ),
            models.CheckConstraint(
                condition=Q(level__in=["officer_dual", "L2", "L3"]), name="verification_level_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    level__in=["officer_dual", "L3"],
                    examination__isnull=False,
                    examined_by__isnull=False,
                    countersigned_by__isnull=False,
                    proof__isnull=True,
                    proof_outcome__isnull=True,
                    reviewed_by__isnull=True,
                )
                | Q(
                    level="L2",
                    examination__isnull=True,
                    examined_by__isnull=True,
                    countersigned_by__isnull=True,
                    proof__isnull=False,
                    proof_outcome__isnull=False,
                    proof_outcome="accepted",
                    reviewed_by__isnull=False,
                ),
                name="verification_needs_two_officers_or_accepted_proof",
            ),
            models.CheckConstraint(
                condition=Q(level="officer_dual", document_check__isnull=True, document_level__isnull=True)
                | (
                    Q(document_check__isnull=False, document_level__isnull=False)
                    & (
                        Q(level="officer_dual")
                        | Q(level="L2", document_level__in=["L2", "L3"])
                        | Q(level="L3", document_level="L3")
                    )
                ),
                name="verification_rests_on_the_level_of_its_document",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class TriedNumber(models.Model):
    """A number that somebody signed in with, as a keyed hash only: the row to lock while its tries are counted."""

    number_hash = models.CharField(primary_key=True, max_length=64)

    def __str__(self) -> str:
        return self.number_hash


class SignInAttempt(models.Model):
    """A try to sign in through the foreigners' channel."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.ForeignKey(TriedNumber, on_delete=models.PROTECT, db_index=False)
    succeeded = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["number", "at"], name="sign_in_attempts_of_number")]

    def __str__(self) -> str:
        return str(self.id)


class OneTimeCode(models.Model):
    """A code that lets its person in once: the notice's own, or one that a counter printed later."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)  # random: the code hangs on it
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    notice = models.OneToOneField(Notice, null=True, on_delete=models.PROTECT, db_constraint=False)
    counter = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT)
    printed_by = models.UUIDField(null=True)
    issued_at = models.DateTimeField()
    spent_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(spent_at__isnull=True, replaced_at__isnull=True),
                name="one_code_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(notice__isnull=False, counter__isnull=True, printed_by__isnull=True)
                | Q(notice__isnull=True, counter__isnull=False, printed_by__isnull=False),
                name="code_is_of_a_notice_or_of_a_counter",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Passkey(models.Model):
    """A discoverable passkey (WebAuthn): the public half of a key that the holder's device or account keeps."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    credential_id = models.CharField(max_length=1400, unique=True)  # base64url of at most 1,023 bytes (WebAuthn 4)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField()
    label = models.CharField(max_length=80)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person"], condition=Q(removed_at__isnull=True), name="passkeys_of_person")]
        constraints = [
            models.CheckConstraint(condition=Q(sign_count__gte=0), name="passkey_counts_up"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class KnownBrowser(models.Model):
    """A browser in which its person once typed a one-time code; from then on number and name are enough there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    token_digest = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "token_digest"], name="browser_known_once")]

    def __str__(self) -> str:
        return str(self.id)
