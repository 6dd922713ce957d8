"""Django's entry to this register."""

from django.apps import AppConfig


class IssuanceConfig(AppConfig):
    """The register `issuance`."""

    name = "rongka.registers.issuance"
    label = "issuance"
