"""Devices, credentials, printed codes and the published lists. One source of truth: the qualification on the card.

A status is never stored here: a list is built from what the card says at that moment (`queries.statuses_by_list`).
"""

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from rongka.registers.cards.models import Activation, Card
from rongka.registers.people.models import Person
from rongka.registers.permits.models import Notice


class StatusList(models.Model):
    """One list of two-bit statuses; `number` stands in its address, which every credential carries."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField(unique=True)
    size = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.number)


class StatusSlot(models.Model):
    """A place in a list, drawn at random, used once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT)
    index = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["status_list", "index"], name="status_slot_used_once")]

    def __str__(self) -> str:
        return f"{self.status_list_id}[{self.index}]"


class Device(models.Model):
    """A phone or browser of the holder, known by the public half of a key that never leaves it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    card = models.ForeignKey(Card, on_delete=models.PROTECT, db_constraint=False)
    public_key = models.JSONField()
    thumbprint = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=80)
    registered_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "person"], name="device_with_person"),
            models.CheckConstraint(
                condition=Q(revoked_at__gte=F("registered_at")), name="device_revoked_after_registered"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Credential(models.Model):
    """The issuer's signed token for one device: what the live code carries."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    activation = models.ForeignKey(Activation, on_delete=models.PROTECT, db_constraint=False)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, db_constraint=False)
    slot = models.OneToOneField(StatusSlot, on_delete=models.PROTECT)
    token = models.BinaryField()
    document_id = models.CharField(max_length=32, unique=True)
    issued_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class NoticeCode(models.Model):
    """The printed code of a notice: proves the document, never the person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, db_constraint=False)
    slot = models.OneToOneField(StatusSlot, on_delete=models.PROTECT)
    text = models.TextField()
    document_id = models.CharField(max_length=32, unique=True)
    issued_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Publication(models.Model):
    """A signed list as it is served: the status lists by their number, the trust list as `trust`."""

    name = models.CharField(primary_key=True, max_length=32)
    token = models.BinaryField()
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
