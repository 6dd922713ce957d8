"""``rongka inspect``: any code, token or list as a tree, unverified; exit 0 shown, 2 nothing we can read, 64 usage."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rongka.credential.inspecting import Node

USAGE = 64  # EX_USAGE of sysexits.h
UNREADABLE = 2  # as `rongka verify` answers "not our code"
_MOST_BYTES = 21 << 20  # a photo
_UNVERIFIED = "未经验证：以下内容任何人都可能伪造 UNVERIFIED: anybody could have written what follows"


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    command = subparsers.add_parser("inspect", help="show what is inside a code or token", description=__doc__)
    command.add_argument("what", metavar="CODE|FILE", help="a code's or token's text, a file or picture, or -")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the tree."""
    from rongka.credential.errors import CredentialError

    try:
        trees = _trees(_read(arguments.what))
    except OSError as error:
        print(f"rongka inspect: 无法读取；cannot read: {error.strerror}", file=sys.stderr)
        return USAGE
    except CredentialError as error:
        print(f"rongka inspect: 无法识别的内容；nothing that can be read: {error} ({error.code})", file=sys.stderr)
        return UNREADABLE
    print(_UNVERIFIED)
    for tree in trees:
        print("\n".join(tree.lines()))
    return 0


def _read(what: str) -> bytes:
    if what == "-":
        return sys.stdin.buffer.read(_MOST_BYTES)
    try:
        is_file = Path(what).is_file()
    except (OSError, ValueError):  # a code is too long for the name of a file, or has a null byte
        is_file = False
    if not is_file:
        return what.encode("utf-8", "surrogateescape")
    with Path(what).open("rb") as file:
        return file.read(_MOST_BYTES)


def _trees(data: bytes) -> "list[Node]":
    from rongka.credential.forms import Form, form_of
    from rongka.credential.inspecting import inspect_unverified

    form = form_of(data)
    if form not in {Form.PICTURE, Form.PDF}:
        return [inspect_unverified(data)]
    from rongka.credential.qr import read_qr_codes, read_qr_codes_of_pdf

    texts = read_qr_codes(data) if form is Form.PICTURE else read_qr_codes_of_pdf(data)
    return [inspect_unverified(text.encode()) for text in texts]
