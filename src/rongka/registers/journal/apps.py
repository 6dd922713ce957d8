"""Django's entry to this register."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The register `journal`."""

    name = "rongka.registers.journal"
    label = "journal"
