"""Django's entry to this register."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The register `people`."""

    name = "rongka.registers.people"
    label = "people"
