"""``rongka migrate``: bring the database to this version, as the owner, then grant the application its rights."""

import argparse
import sys


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    command = subparsers.add_parser("migrate", help="bring the database to this version")
    command.add_argument("--quiet", action="store_true", help="say only what is wrong")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Migrate and grant."""
    from rongka.config.ready import ready

    ready(owner=True)
    from django.core.management import call_command
    from django.db import connection

    from rongka.config import environment, mark, roles

    try:
        roles.create(connection=connection)
        mark.mark_new(connection=connection, mode=environment.mode())
        mark.must_fit(connection=connection, mode=environment.mode())
    except (roles.RoleMissingError, mark.WrongDatabaseError) as error:
        print(error, file=sys.stderr)
        return 1
    call_command("migrate", verbosity=0 if arguments.quiet else 1, interactive=False)
    roles.grant(connection=connection)
    return 0
