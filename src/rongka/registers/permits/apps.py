"""Django's entry to this register."""

from django.apps import AppConfig


class PermitsConfig(AppConfig):
    """The register `permits`."""

    name = "rongka.registers.permits"
    label = "permits"
