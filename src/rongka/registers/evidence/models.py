"""What was shown to prove a person. Of a chip's files only hashes and results stay; no template of a face exists.

A picture is kept encrypted under its person's key (`sealing.py`) and for a time that is set when it comes. Deleting
empties its row; with a person's last picture the key goes too. A backup that holds the picture holds its wrapped key as
well: only the wrapping secret, kept apart, and the backup's age protect what is in it.
"""

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from rongka.registers.people.models import Passport, Person
from rongka.registers.permits.models import Admission


class FaceConsent(models.Model):
    """A holder's consent to having face data processed, in the words of one version and language."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    language = models.CharField(max_length=16)
    text_version = models.CharField(max_length=32)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "admission", "person"], name="consent_with_admission"),
            models.UniqueConstraint(
                fields=["admission"], condition=Q(withdrawn_at__isnull=True), name="one_face_consent_at_a_time"
            ),
            models.CheckConstraint(condition=Q(withdrawn_at__gte=F("given_at")), name="consent_withdrawn_after_given"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PersonKey(models.Model):
    """The key of one person's pictures, itself encrypted by a secret outside the database; destroyed, it is gone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    wrapped = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "person"], name="key_with_person"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(destroyed_at__isnull=True), name="person_has_one_key"
            ),
            models.CheckConstraint(
                condition=Q(wrapped__isnull=False, destroyed_at__isnull=True)
                | Q(wrapped__isnull=True, destroyed_at__isnull=False),
                name="key_is_kept_or_destroyed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Pairing(models.Model):
    """A short while in which an app or a kiosk may hand in a chip's files for one person; the secret is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    secret_digest = models.CharField(max_length=64, unique=True)
    chip_nonce = models.BinaryField()
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "admission", "person"], name="pairing_with_admission"),
            models.UniqueConstraint(
                fields=["admission"], condition=Q(closed_at__isnull=True), name="one_pairing_at_a_time"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("opened_at")), name="pairing_expires_after_opening"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class DocumentCheck(models.Model):
    """One check of a passport's chip. `agrees`: it passed, and says what the record says."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    passport = models.ForeignKey(Passport, on_delete=models.PROTECT)
    pairing = models.ForeignKey(Pairing, null=True, on_delete=models.PROTECT, db_constraint=False)
    source = models.CharField(max_length=8)
    officer_id = models.UUIDField(null=True)
    status = models.CharField(max_length=16)
    level = models.CharField(max_length=8)
    agrees = models.BooleanField()
    differences = models.JSONField(default=list)
    result = models.JSONField()
    checked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["admission", "checked_at"], name="document_checks_of_admission")]
        constraints = [
            models.UniqueConstraint(fields=["id", "admission", "person", "agrees"], name="document_check_agreeing"),
            models.UniqueConstraint(fields=["id", "admission", "person", "level"], name="document_check_with_level"),
            models.CheckConstraint(
                condition=Q(source="counter", officer_id__isnull=False)
                | Q(source__in=["app", "kiosk", "wallet"], officer_id__isnull=True),
                name="document_check_at_a_counter_names_its_officer",
            ),
            models.CheckConstraint(
                condition=Q(status="pass", level__in=["L2", "L3"])
                | Q(status__in=["fail", "cannot_verify"], level="none"),
                name="document_has_a_level_only_when_passed",
            ),
            models.CheckConstraint(
                condition=Q(agrees=False) | Q(status="pass", differences=[]),
                name="document_agrees_only_when_passed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class StoredImage(models.Model):
    """A picture in its box: AES-GCM under its person's key, bound to this row. Emptied when deleted; the hash stays."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    key = models.ForeignKey(PersonKey, on_delete=models.PROTECT, db_constraint=False)
    document_check = models.ForeignKey(DocumentCheck, null=True, on_delete=models.PROTECT)
    proof_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=8)
    sha256 = models.CharField(max_length=64)
    box = models.BinaryField(null=True)
    taken_at = models.DateTimeField()
    delete_after = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["delete_after"], condition=Q(deleted_at__isnull=True), name="images_held_by_their_end"
            ),
            models.Index(fields=["proof_id"], condition=Q(proof_id__isnull=False), name="images_of_proof"),
            models.Index(fields=["sha256"], name="images_by_hash"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="portrait", document_check__isnull=False, proof_id__isnull=True)
                | Q(kind="frame", document_check__isnull=True, proof_id__isnull=False),
                name="image_is_a_checks_portrait_or_a_proofs_frame",
            ),
            models.CheckConstraint(
                condition=Q(box__isnull=False, deleted_at__isnull=True) | Q(box__isnull=True, deleted_at__isnull=False),
                name="image_is_held_or_deleted",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Deletion(models.Model):
    """One deletion of pictures: how many, of how many persons, why. The application may not change it afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reason = models.CharField(max_length=24)
    images = models.PositiveIntegerField()
    persons = models.PositiveIntegerField()
    keys = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-at"], name="deletions_newest_first")]
        constraints = [
            models.CheckConstraint(condition=Q(images__gt=0, persons__gt=0), name="deletion_deleted_something"),
        ]

    def __str__(self) -> str:
        return str(self.id)
