"""Django's entry to this register."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """The register `identity`."""

    name = "rongka.registers.identity"
    label = "identity"
