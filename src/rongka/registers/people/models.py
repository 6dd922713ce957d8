"""Persons, and the passports they have held. Names stay as printed (VIZ) and as in the machine-readable zone (MRZ)."""

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7


class Person(models.Model):
    """A human being; everything about a holder hangs on this, not on a passport."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    birth_on = models.DateField()
    sex = models.CharField(max_length=1)
    nationality = models.CharField(max_length=3)
    chinese_name = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sex__in=["F", "M", "X"]), name="person_sex_is_as_in_passport")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Passport(models.Model):
    """One passport of a person. A newer one replaces it for new acts; this row stays."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="passports")
    issuing_state = models.CharField(max_length=3)
    number = models.CharField(max_length=9)
    surname = models.CharField(max_length=120)
    given_names = models.CharField(max_length=120, blank=True)
    mrz_surname = models.CharField(max_length=39)
    mrz_given_names = models.CharField(max_length=39, blank=True)
    mrz = models.CharField(max_length=89)
    expires_on = models.DateField()
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuing_state", "number"], name="passport_recorded_once"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(replaced_at__isnull=True), name="person_has_one_current_passport"
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__gte=F("recorded_at")), name="passport_replaced_after_recorded"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
