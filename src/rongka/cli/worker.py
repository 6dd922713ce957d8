"""``rongka worker``: do the periodic and queued work; ``rongka serve`` runs one as a child."""

import argparse

POLL_EVERY = 2.0  # seconds; jobs poll, since nothing may rest on LISTEN/NOTIFY (DESIGN 7)


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    command = subparsers.add_parser("worker", help="do the periodic and queued work")
    command.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Work until told to stop."""
    from rongka.config.ready import ready

    ready()
    from rongka.config.work import work

    work(poll_every=POLL_EVERY)
    return 0
