"""``rongka migrate``: bring the database to this version, as the owner, then grant the application its rights."""

import argparse


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    command = subparsers.add_parser("migrate", help="bring the database to this version")
    command.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Migrate and grant."""
    from rongka.config.ready import ready  # noqa: PLC0415

    ready(owner=True)
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from rongka.config import roles  # noqa: PLC0415

    roles.create(connection=connection)
    call_command("migrate", verbosity=1, interactive=False)
    roles.grant(connection=connection)
    return 0
