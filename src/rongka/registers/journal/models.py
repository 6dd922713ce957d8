"""The append-only journal, and the record of requests performed under an idempotency key.

`sql/append_only.sql` makes the database refuse UPDATE, DELETE and TRUNCATE on the journal, whoever asks.
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from uuid_utils.compat import uuid7


class Record(models.Model):
    """One event: what happened, by whom, about whom."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    event = models.CharField(max_length=64)
    actor_kind = models.CharField(max_length=16)
    staff_id = models.UUIDField(null=True)
    agency_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    subject_id = models.UUIDField()
    data = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "at"], name="journal_by_person"),
            models.Index(fields=["subject_id", "at"], name="journal_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%dT%H:%M:%SZ} {self.event}"


class Performed(models.Model):
    """A request that was carried out: the same key by the same actor gets the same answer, and no second act."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    actor = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    result = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="request_performed_once")]

    def __str__(self) -> str:
        return self.key
