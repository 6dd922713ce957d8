"""Django's entry to this register."""

from django.apps import AppConfig


class CardsConfig(AppConfig):
    """The register `cards`."""

    name = "rongka.registers.cards"
    label = "cards"
