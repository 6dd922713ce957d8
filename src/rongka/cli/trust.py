"""``rongka trust``: make the trust anchor, sign the trust list from the signer's public keys, show what it says."""

import argparse
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from rongka.cli.signer import made_in_demo
from rongka.home import home

if TYPE_CHECKING:
    from rongka.credential import TrustedKey
    from rongka.signer.anchor import TrustFolder

VARIABLE = "RONGKA_ANCHOR_PASSPHRASE"
DEMO_NAME = ("融卡演示市", "Rongka demo city")


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    command = subparsers.add_parser("trust", help="make the trust anchor, sign and show the trust list")
    actions = command.add_subparsers(metavar="ACTION", required=True)
    for name, run, words in (
        ("init", _init, "make the anchor's key unless there is one, then publish"),
        ("publish", _publish, "sign the list anew from the signer's public keys"),
        ("show", _show, "print the list"),
    ):
        action = actions.add_parser(name, help=words)
        action.add_argument("--folder", type=Path, help="where anchor and list are (default: trust in the home)")
        action.set_defaults(run=run)
        if name != "show":
            _add_publishing(action)


def _add_publishing(action: argparse.ArgumentParser) -> None:
    action.add_argument("--socket", type=Path, help="the signer's socket (default: signer.sock in the home)")
    action.add_argument("--passphrase-file", type=Path, help=f"file with the passphrase (default: ${VARIABLE})")
    action.add_argument("--name", nargs=2, metavar=("ZH", "EN"), default=DEMO_NAME, help="the issuer's names")
    action.add_argument("--days", type=int, default=30, help="how long the list holds")
    action.add_argument("--distrust", action="append", default=[], metavar="KID", help="a key that is lost, in hex")


def _init(arguments: argparse.Namespace) -> int:
    return _guarded(arguments, make_anchor=True)


def _publish(arguments: argparse.Namespace) -> int:
    return _guarded(arguments, make_anchor=False)


def _guarded(arguments: argparse.Namespace, *, make_anchor: bool) -> int:
    from rongka.credential import CredentialError

    try:
        _sign(arguments, make_anchor=make_anchor)
    except (CredentialError, OSError, ValueError) as error:
        print(f"rongka trust: {error}", file=sys.stderr)
        return 1
    return 0


def _sign(arguments: argparse.Namespace, *, make_anchor: bool) -> None:
    from rongka.signer import SignerClient
    from rongka.signer.passphrases import passphrase
    from rongka.text import Text

    files = _folder(arguments)
    words = passphrase(named=arguments.passphrase_file, variable=VARIABLE, made=made_in_demo(files.folder))
    if make_anchor:
        files.make_anchor(passphrase=words)
    signer = SignerClient(arguments.socket or home() / "signer.sock")
    zh, en = arguments.name
    files.publish(
        keys=signer.public_keys(),
        name=Text(zh=zh, en=en),
        now=datetime.now(UTC),
        passphrase=words,
        life=timedelta(days=arguments.days),
        distrust=[bytes.fromhex(kid) for kid in arguments.distrust],
    )
    print(f"{files.list_file} 已签发 signed")


def _show(arguments: argparse.Namespace) -> int:
    from rongka.credential import CredentialError

    try:
        trust = _folder(arguments).trust_list()
    except (CredentialError, OSError) as error:
        print(f"rongka trust: {error}", file=sys.stderr)
        return 1
    if trust is None:
        print("rongka trust: 没有可信名单 there is no trust list; rongka trust init", file=sys.stderr)
        return 1
    print(f"签发 issued {trust.issued_at.isoformat()} · 下次更新 next update {trust.next_update.isoformat()}")
    for issuer in trust.issuers:
        print(f"{issuer.name.zh} {issuer.name.en}")
        for key in issuer.keys:
            print(f"  {_row(key)}")
    return 0


def _row(key: "TrustedKey") -> str:
    until = f" until {key.signs_until.isoformat()}" if key.signs_until else ""
    lost = f" DISTRUSTED from {key.distrusted_from.isoformat()}" if key.distrusted_from else ""
    kind = f"{key.purpose:<7}{key.key.kid.hex()} {key.key.algorithm.name}"
    return f"{kind} from {key.signs_from.isoformat()}{until}{lost}"


def _folder(arguments: argparse.Namespace) -> "TrustFolder":
    from rongka.signer.anchor import TrustFolder

    return TrustFolder(arguments.folder or home() / "trust")
