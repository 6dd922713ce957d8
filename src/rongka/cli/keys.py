"""``rongka keys``: the issuing keys and their turns: show, prepare the next, let it sign, retire an earlier one.

The signer reads its keys when it starts: start it again after each change, and sign a new trust list.
"""

import argparse
import sys
from typing import TYPE_CHECKING

from rongka.cli.signer import add_provider, provider

if TYPE_CHECKING:
    from collections.abc import Callable

    from rongka.signer import KeyProvider

ALGORITHMS = ("es256", "eddsa")
AFTERWARDS = "请重启签名进程并签发新的可信名单 start the signer again, then: rongka trust publish"


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    command = subparsers.add_parser("keys", help="show and replace the issuing keys")
    actions = command.add_subparsers(metavar="ACTION", required=True)
    for name, act, words in (
        ("show", _show, "print every key: purpose, turn, identifier, algorithm"),
        ("prepare", _prepare, "make the next key of a purpose"),
        ("promote", _promote, "let the next key of a purpose sign from now on"),
        ("retire", _retire, "destroy an earlier key; what it signed stays good until the trust list says otherwise"),
    ):
        action = actions.add_parser(name, help=words)
        add_provider(action)
        action.set_defaults(run=_guarded, act=act)
        if act in {_prepare, _promote}:
            action.add_argument("purpose", choices=("card", "notice", "payment", "status"))
        if act is _prepare:
            action.add_argument("--algorithm", choices=ALGORITHMS, default=ALGORITHMS[0])
        if act is _retire:
            action.add_argument("kid", metavar="KID", help="the key's identifier, in hex")


def _guarded(arguments: argparse.Namespace) -> int:
    from rongka.credential import CredentialError

    act: Callable[[argparse.Namespace, KeyProvider], str] = arguments.act
    try:
        print(act(arguments, provider(arguments)))
    except (CredentialError, OSError, ValueError) as error:
        print(f"rongka keys: {error}", file=sys.stderr)
        return 1
    return 0


def _show(_: argparse.Namespace, keys: "KeyProvider") -> str:
    rows = (
        f"{row.purpose:<8}{row.turn:<8}{row.key.public.kid.hex()} {row.key.public.algorithm.name}"
        for row in keys.held()
    )
    return "\n".join(rows) or "没有密钥 there are no keys; rongka signer makes them"


def _prepare(arguments: argparse.Namespace, keys: "KeyProvider") -> str:
    from rongka.credential import Algorithm, Purpose

    public = keys.prepare(purpose=Purpose(arguments.purpose), algorithm=Algorithm[arguments.algorithm.upper()])
    return f"{public.kid.hex()} {AFTERWARDS}"


def _promote(arguments: argparse.Namespace, keys: "KeyProvider") -> str:
    from rongka.credential import Purpose

    keys.promote(purpose=Purpose(arguments.purpose))
    return AFTERWARDS


def _retire(arguments: argparse.Namespace, keys: "KeyProvider") -> str:
    keys.retire(kid=bytes.fromhex(arguments.kid))
    return AFTERWARDS
