"""``rongka signer``: the process that holds the issuing keys and signs nothing but cards, notices and status lists."""

import argparse
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rongka.home import checkout, home

if TYPE_CHECKING:
    from rongka.signer import KeyProvider

VARIABLE = "RONGKA_SIGNER_PASSPHRASE"


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    command = subparsers.add_parser("signer", help="run the process that holds the issuing keys")
    command.add_argument("--socket", type=Path, help="where to listen (default: signer.sock in the instance's home)")
    add_provider(command)
    command.set_defaults(run=run)


def add_provider(command: argparse.ArgumentParser) -> None:
    """Add the options that say where the issuing keys are."""
    command.add_argument("--keys", type=Path, help="folder of the encrypted keys (default: keys in the home)")
    command.add_argument("--pkcs11", type=Path, metavar="LIBRARY", help="library of a hardware module, in place of it")
    command.add_argument("--token", default="rongka", help="label of the module's token (default: rongka)")
    words = f"file with the passphrase or the token's PIN (default: ${VARIABLE})"
    command.add_argument("--passphrase-file", type=Path, help=words)


def provider(arguments: argparse.Namespace) -> "KeyProvider":
    """Give the place where the issuing keys are; raise `KeyStoreError` without its passphrase or its library."""
    from rongka.credential import KeyStoreError
    from rongka.signer.keys import FileKeyProvider
    from rongka.signer.passphrases import passphrase

    if arguments.pkcs11 is None:
        folder = arguments.keys or home() / "keys"
        words = passphrase(named=arguments.passphrase_file, variable=VARIABLE, made=made_in_demo(folder))
        return FileKeyProvider(folder=folder, passphrase=words)
    try:
        from rongka.signer.pkcs11 import Pkcs11KeyProvider
    except ModuleNotFoundError as error:
        raise KeyStoreError("a hardware module needs: pip install 'rongka[pkcs11]'") from error
    pin = passphrase(named=arguments.passphrase_file, variable=VARIABLE, made=None)
    return Pkcs11KeyProvider(library=arguments.pkcs11, token=arguments.token, pin=pin)


def run(arguments: argparse.Namespace) -> int:
    """Sign until told to stop."""
    from rongka.credential import KeyStoreError
    from rongka.signer.keys import open_signer
    from rongka.signer.server import SignerServer

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s", stream=sys.stderr)
    path = arguments.socket or home() / "signer.sock"
    try:
        with SignerServer(path=path, signer=open_signer(provider(arguments))) as server:
            stop_on_signals(server.shutdown)
            server.serve_forever(poll_interval=0.2)
    except (KeyStoreError, OSError) as error:
        print(f"rongka signer: {error}", file=sys.stderr)
        return 1
    return 0


def made_in_demo(folder: Path) -> Path | None:
    """Give the file in which a demo keeps a passphrase of its own making; in production there is none."""
    mode = os.environ.get("RONGKA_MODE") or ("demo" if checkout() else "production")
    return folder / "passphrase" if mode == "demo" else None


def stop_on_signals(stop: Callable[[], None]) -> None:
    """Stop in good order when the process is told to end; `stop` waits for the main thread, so another calls it."""

    def ended(_number: int, _frame: object) -> None:
        threading.Thread(target=stop).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ended)
