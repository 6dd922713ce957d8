"""Django's entry to this register."""

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    """The register `inspection`."""

    name = "rongka.registers.inspection"
    label = "inspection"
