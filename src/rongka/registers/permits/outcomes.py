"""What an application asks for, and what can be decided on it."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What an application asks for."""

    OVERSEAS = "overseas"
    EXTENSION = "extension"
    CHANGE = "change"
    REISSUE = "reissue"


SWITCHES = [Kind.EXTENSION, Kind.CHANGE, Kind.REISSUE]


class Outcome(TextChoices):
    """What the authority decided on one submission."""

    APPROVED = "approved"
    RETURNED = "returned"
    REFUSED = "refused"
