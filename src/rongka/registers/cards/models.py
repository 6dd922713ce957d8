"""The card: claimed on a verification, bound to the permit number; then qualification and activation by the system.

`sql/chain.sql` holds the keys of the chain.
"""

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from rongka.registers.agencies.models import Agency
from rongka.registers.identity.models import Verification
from rongka.registers.people.models import Person
from rongka.registers.permits.models import PermitNumber


class Card(models.Model):
    """The electronic social security card of a person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    verification = models.OneToOneField(Verification, on_delete=models.PROTECT, db_constraint=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT)
    number = models.CharField(max_length=18, unique=True)
    claimed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id", "person"], name="card_with_person")]

    def __str__(self) -> str:
        return str(self.id)


class Binding(models.Model):
    """Card and work permit number, bound by the holder."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    card = models.OneToOneField(Card, on_delete=models.PROTECT, db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    permit_number = models.OneToOneField(PermitNumber, on_delete=models.PROTECT, db_constraint=False)
    bound_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id", "person"], name="binding_with_person")]

    def __str__(self) -> str:
        return str(self.id)


class Qualification(models.Model):
    """Valid permission to work: for whom, what, where, until when. The one source of every rendering of the card."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    binding = models.OneToOneField(Binding, on_delete=models.PROTECT, db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    employer = models.ForeignKey(Agency, on_delete=models.PROTECT)
    category = models.CharField(max_length=1)
    post = models.CharField(max_length=120)
    work_place = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_until = models.DateField()
    generated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "person"], name="qualification_with_person"),
            models.CheckConstraint(
                condition=Q(valid_from__lt=F("valid_until")), name="qualification_period_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(category__in=["A", "B", "C"]), name="qualification_category_is_a_b_or_c"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Activation(models.Model):
    """From here on the card has all its functions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    qualification = models.OneToOneField(Qualification, on_delete=models.PROTECT, db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    activated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id", "person"], name="activation_with_person")]

    def __str__(self) -> str:
        return str(self.id)


class Suspension(models.Model):
    """The card is out of use until this is lifted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    activation = models.ForeignKey(
        Activation, on_delete=models.PROTECT, db_constraint=False, related_name="suspensions"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    reason = models.CharField(max_length=500)
    officer_id = models.UUIDField()
    suspended_at = models.DateTimeField()
    lifted_by = models.UUIDField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activation"], condition=Q(lifted_at__isnull=True), name="card_suspended_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="suspension_has_a_reason"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Cancellation(models.Model):
    """The permit on the card is cancelled, for good."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    activation = models.OneToOneField(Activation, on_delete=models.PROTECT, db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    reason = models.CharField(max_length=500)
    officer_id = models.UUIDField()
    cancelled_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="cancellation_has_a_reason")]

    def __str__(self) -> str:
        return str(self.id)
