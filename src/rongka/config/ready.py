"""Sets Django up for a command: as the application by default, as the owner of the tables for migrations only."""

import os

import django


def ready(*, owner: bool = False) -> None:
    """Load the settings and the apps; with ``owner`` the connections do not assume the application's role."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongka.config.settings")
    if owner:
        os.environ["RONGKA_DATABASE_OWNER"] = "1"
    django.setup()
