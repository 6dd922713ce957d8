"""The chain from application to admission, each step a row whose key points at the row of the step before it.

`sql/chain.sql` holds the foreign keys of the chain: they carry the person (and, where it matters, the kind and the
outcome) along, so that no step can hang on another person's, on a refused application's, or on nothing.
"""

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from rongka.registers.agencies.models import Agency
from rongka.registers.people.models import Person

from .outcomes import SWITCHES, Kind, Outcome

CATEGORIES = ["A", "B", "C"]


class PermitNumber(models.Model):
    """The work permit number: one for life, opaque; nothing may be read from it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT)
    number = models.CharField(max_length=20, unique=True)
    assigned_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id", "person"], name="permit_number_with_person")]

    def __str__(self) -> str:
        return self.number


class LegacyPermit(models.Model):
    """A permit from before the integration: valid as it is, until renewal or change."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT)
    employer = models.ForeignKey(Agency, on_delete=models.PROTECT)
    category = models.CharField(max_length=1)
    post = models.CharField(max_length=120)
    work_place = models.CharField(max_length=120)
    issued_on = models.DateField()
    valid_until = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "person"], name="legacy_permit_with_person"),
            models.CheckConstraint(condition=Q(category__in=CATEGORIES), name="legacy_permit_category_is_a_b_or_c"),
            # The guide: from 2024-12-01 no physical work permit cards are issued.
            models.CheckConstraint(
                condition=Q(issued_on__lt="2024-12-01"), name="legacy_permit_issued_before_integration"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Application(models.Model):
    """An employer's case for one person; what it asks for is in its submissions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    employer = models.ForeignKey(Agency, on_delete=models.PROTECT)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    legacy_permit = models.ForeignKey(LegacyPermit, null=True, on_delete=models.PROTECT, db_constraint=False)
    reference = models.CharField(max_length=20, unique=True)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "person", "kind"], name="application_with_person_and_kind"),
            models.CheckConstraint(
                condition=Q(kind=Kind.OVERSEAS, legacy_permit__isnull=True)
                | Q(kind__in=SWITCHES, legacy_permit__isnull=False),
                name="switch_needs_legacy_permit",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Submission(models.Model):
    """One version of what the employer asks for. A correction is a new version; the earlier ones stay."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, db_constraint=False, related_name="submissions"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    kind = models.CharField(max_length=16)
    version = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=1)
    post = models.CharField(max_length=120)
    work_place = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_until = models.DateField()
    submitted_by = models.UUIDField()
    submitted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "version"], name="submission_version_once"),
            models.UniqueConstraint(fields=["id", "person", "kind"], name="submission_with_person_and_kind"),
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_until")), name="submission_period_runs_forward"),
            models.CheckConstraint(condition=Q(category__in=CATEGORIES), name="submission_category_is_a_b_or_c"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} v{self.version}"


class Ruling(models.Model):
    """The authority's decision on one submission: there is never a second one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    kind = models.CharField(max_length=16)
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    reasons = models.JSONField(default=list)
    note = models.CharField(max_length=1000, blank=True)
    officer_id = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["id", "person", "kind", "outcome"], name="ruling_with_person_kind_and_outcome"
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="ruling_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.APPROVED) | ~Q(reasons=[]), name="ruling_against_has_reasons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.outcome}"


class Notice(models.Model):
    """The work permit notice: permission to apply for a Z visa and to enter."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ruling = models.OneToOneField(Ruling, on_delete=models.PROTECT, db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    kind = models.CharField(max_length=16, default=Kind.OVERSEAS)
    outcome = models.CharField(max_length=16, default=Outcome.APPROVED)
    number = models.CharField(max_length=20, unique=True)
    issued_on = models.DateField()
    expires_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "person"], name="notice_with_person"),
            models.CheckConstraint(condition=Q(outcome=Outcome.APPROVED), name="notice_only_on_approval"),
            models.CheckConstraint(condition=Q(kind=Kind.OVERSEAS), name="notice_only_for_overseas_application"),
        ]

    def __str__(self) -> str:
        return self.number


class Visa(models.Model):
    """The Z visa that a consulate issued on a notice."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    number = models.CharField(max_length=20, unique=True)
    consulate = models.ForeignKey(Agency, on_delete=models.PROTECT)
    officer_id = models.UUIDField()
    issued_on = models.DateField()
    expires_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "person"], name="visa_with_person"),
            models.CheckConstraint(condition=Q(issued_on__lt=F("expires_on")), name="visa_period_runs_forward"),
        ]

    def __str__(self) -> str:
        return self.number


class Entry(models.Model):
    """The entry: passport, Z visa and original notice were shown at the border."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visa = models.OneToOneField(Visa, on_delete=models.PROTECT, db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    port = models.ForeignKey(Agency, on_delete=models.PROTECT)
    officer_id = models.UUIDField()
    entered_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id", "person"], name="entry_with_person")]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return str(self.id)


class Switch(models.Model):
    """A legacy permit moves to the card: at its extension or change, or by the employer's choice (reissue)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ruling = models.OneToOneField(Ruling, on_delete=models.PROTECT, db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    kind = models.CharField(max_length=16)
    outcome = models.CharField(max_length=16, default=Outcome.APPROVED)
    switched_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "person"], name="switch_with_person"),
            models.CheckConstraint(condition=Q(outcome=Outcome.APPROVED), name="switch_only_on_approval"),
            models.CheckConstraint(condition=Q(kind__in=SWITCHES), name="switch_only_at_extension_change_or_reissue"),
        ]
        verbose_name_plural = "switches"

    def __str__(self) -> str:
        return str(self.id)


class Admission(models.Model):
    """Where both tracks meet: admitted by an entry, or by the switch of a legacy permit."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    entry = models.OneToOneField(Entry, null=True, on_delete=models.PROTECT, db_constraint=False)
    switch = models.OneToOneField(Switch, null=True, on_delete=models.PROTECT, db_constraint=False)
    admitted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "person"], name="admission_with_person"),
            models.CheckConstraint(
                condition=Q(entry__isnull=False, switch__isnull=True) | Q(entry__isnull=True, switch__isnull=False),
                name="admission_needs_entry_or_switch",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
