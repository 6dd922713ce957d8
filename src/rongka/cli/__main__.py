"""The entry of the ``rongka`` command; a subcommand's heavy imports happen only when it runs."""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

from rongka import cli

USAGE: Final = 64  # EX_USAGE of sysexits.h; 2, argparse's own, is an answer of `rongka verify`


class _Parser(argparse.ArgumentParser):
    """Subcommands' parsers are made from this class too."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: 用法有误 wrong usage: {message}\n")


SERVER_ONLY = {"asn1crypto", "django", "psycopg", "procrastinate", "granian"}  # what the light install leaves out


def parser(*, only: str | None = None) -> argparse.ArgumentParser:
    """Give the parser with every subcommand that stands in this folder, or with the one of this module."""
    top = _Parser(prog="rongka", description="Work permit and electronic social security card as one verifiable card.")
    subparsers = top.add_subparsers(metavar="COMMAND", required=True)
    names = sorted(found.name for found in pkgutil.iter_modules(cli.__path__))
    for name in [only] if only in names else names:
        module = importlib.import_module(f"rongka.cli.{name}")
        if hasattr(module, "register"):
            module.register(subparsers)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and give its exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    # Who verifies a code does not wait for what starts servers.
    chosen = parser(only=given[0] if given else None).parse_args(given)
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
    # Asked this way, since the light install has no Django to import the class from, and nobody else waits for it.
    django, embedded = sys.modules.get("django.core.exceptions"), sys.modules.get("rongka.config.embedded")
    return (embedded is not None and isinstance(error, embedded.EmbeddedServerError)) or (
        django is not None and isinstance(error, django.ImproperlyConfigured)
    )


if __name__ == "__main__":
    sys.exit(main())
