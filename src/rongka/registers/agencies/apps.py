"""Django's entry to this register."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """The register `agencies`."""

    name = "rongka.registers.agencies"
    label = "agencies"
