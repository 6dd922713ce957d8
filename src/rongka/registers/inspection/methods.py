"""How a code reached the verifier."""

from django.db.models import TextChoices


class Method(TextChoices):
    """How a code reached the verifier."""

    CAMERA = "camera"
    IMAGE = "image"
    TEXT = "text"
    NUMBER = "number"
