"""How a code reached the verifier."""

from django.db.models import TextChoices


class Method(TextChoices):
    """How a code reached the verifier."""

    SCAN = "scan"
    IMAGE = "image"
    TEXT = "text"
    NUMBER = "number"
