"""``rongka proofing``: what an operator decides about verifying passports and faces."""

import argparse

from rongka.cli.proofing_calibrate import add_calibrate
from rongka.cli.proofing_trust import add_trust


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    command = subparsers.add_parser("proofing", help="whose passports are trusted, how faces are told apart")
    actions = command.add_subparsers(metavar="ACTION", required=True)
    add_calibrate(actions)
    add_trust(actions)
