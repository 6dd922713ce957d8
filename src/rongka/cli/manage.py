"""``rongka manage``: Django's own commands, for developers and administrators."""

import argparse


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    command = subparsers.add_parser("manage", help="run one of Django's own commands", add_help=False)
    command.add_argument("rest", nargs=argparse.REMAINDER)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Hand the rest of the command line to Django."""
    from rongka.config.ready import ready

    ready()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["rongka manage", *arguments.rest])
    return 0
