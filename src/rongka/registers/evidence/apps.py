"""Django's entry to this register."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """The register `evidence`."""

    name = "rongka.registers.evidence"
    label = "evidence"
