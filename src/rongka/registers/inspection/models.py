"""Checks and filings. The holder sees every check: who, when, where, which fields."""

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from rongka.registers.agencies.models import Agency
from rongka.registers.people.models import Person

from .methods import Method


class Check(models.Model):
    """One check of a code or a number, with the verdict that the verifier saw.

    A check that a scanner made by itself carries the scanner's own number for it, and what the server says of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    inspectorate = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT)
    inspector_id = models.UUIDField(null=True)
    method = models.CharField(max_length=8, choices=Method.choices)
    purpose = models.CharField(max_length=40)
    place = models.CharField(max_length=120, blank=True)
    verdict = models.CharField(max_length=16)
    reason = models.CharField(max_length=64)
    fields_seen = models.JSONField(default=list)
    checked_at = models.DateTimeField()
    code_digest = models.CharField(max_length=64, blank=True)
    client_id = models.UUIDField(null=True)
    received_at = models.DateTimeField(null=True)
    judged_verdict = models.CharField(max_length=16, blank=True)
    judged_reason = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "checked_at"], name="checks_of_person"),
            models.Index(fields=["code_digest", "checked_at"], condition=~Q(code_digest=""), name="checks_of_code"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["id", "person"], name="check_with_person"),
            models.CheckConstraint(
                condition=Q(verdict__in=["valid", "check", "not_valid", "not_our_code"]), name="check_verdict_is_known"
            ),
            models.UniqueConstraint(fields=["inspectorate", "client_id"], name="check_synchronised_once"),
            models.CheckConstraint(
                condition=Q(client_id__isnull=True, received_at__isnull=True, judged_verdict="")
                | Q(
                    client_id__isnull=False,
                    inspectorate__isnull=False,
                    received_at__isnull=False,
                    judged_verdict__in=["valid", "check", "not_valid", "not_our_code"],
                ),
                name="synchronised_check_is_judged_again",
            ),
            # Red and grey show no personal data, so nothing of a person was seen.
            models.CheckConstraint(
                condition=Q(verdict__in=["valid", "check"]) | Q(fields_seen=[]), name="refused_check_shows_nothing"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Filing(models.Model):
    """The record of an inspection, on the check that was made."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    check_made = models.OneToOneField(Check, on_delete=models.PROTECT)
    inspectorate = models.ForeignKey(Agency, on_delete=models.PROTECT)
    inspector_id = models.UUIDField()
    result = models.CharField(max_length=16)
    note = models.CharField(max_length=1000, blank=True)
    filed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(result__in=["in-order", "irregular"]), name="filing_result_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.id)
