"""The entry of the ``rongka`` command; a subcommand's heavy imports happen only when it runs."""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

from rongka import cli
from rongka.config.embedded import EmbeddedServerError

USAGE: Final = 64  # EX_USAGE of sysexits.h; 2, argparse's own, is an answer of `rongka verify`


class _Parser(argparse.ArgumentParser):
    """Subcommands' parsers are made from this class too."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: 用法有误 wrong usage: {message}\n")


SERVER_ONLY = {"django", "psycopg", "procrastinate", "granian"}  # what the light install leaves out


def parser() -> argparse.ArgumentParser:
    """Give the parser with every subcommand that stands in this folder."""
    top = _Parser(prog="rongka", description="Work permit and electronic social security card as one verifiable card.")
    subparsers = top.add_subparsers(metavar="COMMAND", required=True)
    for found in sorted(pkgutil.iter_modules(cli.__path__), key=lambda module: module.name):
        module = importlib.import_module(f"rongka.cli.{found.name}")
        if hasattr(module, "register"):
            module.register(subparsers)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and give its exit code."""
    chosen = parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except ModuleNotFoundError as error:
        if error.name not in SERVER_ONLY:
            raise
        print(f"This command needs the server: pip install 'rongka[server]' ({error})", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130  # what a shell reports for a command that Ctrl-C ended
    except BrokenPipeError:
        # The reader (``head``, say) went away; python would complain again when it flushes at exit.
        sys.stdout = None
        return 0
    except Exception as error:
        if not _is_for_the_operator(error):
            raise
        print(f"rongka: {error}", file=sys.stderr)
        return 1


def _is_for_the_operator(error: Exception) -> bool:
    """Whether the message says what to do, so that a traceback would only hide it."""
    # Asked this way, since the light install has no Django to import the class from.
    django = sys.modules.get("django.core.exceptions")
    return isinstance(error, EmbeddedServerError) or (
        django is not None and isinstance(error, django.ImproperlyConfigured)
    )


if __name__ == "__main__":
    sys.exit(main())
