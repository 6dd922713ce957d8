"""Agencies and their staff."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from .permissions import Kind, Role


class Agency(models.Model):
    """An authority, consulate, border post, counter, inspectorate or employer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in Kind])
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200)
    credit_code = models.CharField(max_length=18, null=True, unique=True)  # noqa: DJ001 - empty texts would not be unique
    place = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=Kind.EMPLOYER, credit_code__isnull=False)
                | (~Q(kind=Kind.EMPLOYER) & Q(credit_code__isnull=True)),
                name="employer_has_credit_code",
            ),
            models.CheckConstraint(
                condition=Q(credit_code__isnull=True) | Q(credit_code__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"),
                name="credit_code_has_18_characters",
            ),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="agency_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.name_en


class StaffManager(BaseUserManager["Staff"]):
    """What Django's sign-in asks of a user's manager."""


class Staff(AbstractBaseUser):
    """A member of an agency's staff, who signs in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="staff")
    role = models.CharField(max_length=16, choices=[(role.value, role.value) for role in Role])
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = StaffManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="staff_role_is_known"),
        ]

    def __str__(self) -> str:
        return self.username
