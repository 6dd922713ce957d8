"""``rongka demo``: seed the demo city, print who can sign in to it, make specimen passports for it."""

import argparse
import sys

from rongka.cli.passport import add_passport, write_passport


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    command = subparsers.add_parser(
        "demo",
        help="seed the demo city, print its logins, make specimen passports",
        description="seed: add whatever is missing of agencies, staff and workers, then print the logins; "
        "what is there stays as it is. logins: print them again. passport: write the files of a specimen passport's "
        "chip into a folder; needs no instance.",
    )
    command.add_argument("action", nargs="?", choices=("seed", "logins", "passport"), default="seed")
    add_passport(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Seed, print, or make a passport."""
    if arguments.action == "passport":
        return write_passport(arguments)
    from rongka.config.environment import Mode, mode
    from rongka.config.ready import ready

    if mode() is not Mode.DEMO:
        return _fail("this instance is in production; a demo city has no place in it (RONGKA_MODE=demo)")
    ready()
    from django.db import DatabaseError

    from rongka.cli.city.readiness import NotReadyError

    try:
        return _seed() if arguments.action == "seed" else _logins()
    except NotReadyError as error:
        return _fail(str(error))
    except DatabaseError as error:
        return _fail(f"the database does not answer as expected; run rongka migrate first ({error})")


def _seed() -> int:
    from django.utils import timezone

    from rongka.cli.city import readiness
    from rongka.cli.city.seeding import seed
    from rongka.config.issuing import issuing

    readiness.must_be_a_demos_database()
    with readiness.one_at_a_time(), readiness.signer_running():
        now = timezone.now()
        readiness.keep_trust_list(at=now)
        added = seed(now=now, issuing=issuing())
    print(f"演示城市：新增 {added} 名人员 · Demo city: {added} workers were new\n")
    return _logins()


def _logins() -> int:
    from rongka.cli.city.agencies import city
    from rongka.cli.city.directory import directory

    found = city()
    if found is None:
        return _fail("there is no demo city here yet: rongka demo seed")
    print(directory(found))
    return 0


def _fail(text: str) -> int:
    print(f"rongka demo: {text}", file=sys.stderr)
    return 1
