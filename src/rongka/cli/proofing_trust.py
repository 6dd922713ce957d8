"""``rongka proofing trust``: whose national roots (CSCA) this instance trusts to sign passports. Needs no database."""

import argparse
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rongka.config.csca import Source
    from rongka.proofing.chip import TrustStore
    from rongka.proofing.chip.certificates import Certificate

_SHORTEST: Final = 12  # letters of a fingerprint that `remove` takes
_PEM: Final = b"-----BEGIN "
_SPECIMEN: Final = "specimen"


class _RefusedError(Exception):
    """What the operator asked for cannot be done; the words say why."""


def add_trust(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `trust` to the actions of `rongka proofing`."""
    command = subparsers.add_parser("trust", help="whose national roots sign passports for this instance")
    actions = command.add_subparsers(metavar="ACTION", required=True)
    add = actions.add_parser("add", help="add roots (.cer), master lists (.ml), revocation lists (.crl)")
    add.add_argument("files", type=Path, nargs="+", metavar="FILE")
    add.add_argument(
        "--anchor", action="append", default=[], metavar="FINGERPRINT", help="SHA-256 of a master list's own root"
    )
    show = actions.add_parser("list", help="print what is trusted, and what is not and why")
    remove = actions.add_parser("remove", help="stop trusting a root, or take a list away")
    remove.add_argument("fingerprint", help=f"as `list` shows it, or its first letters, at least {_SHORTEST}")
    for action, run in ((add, _add), (show, _list), (remove, _remove)):
        action.add_argument("--folder", type=Path, help="default: csca in the home")
        action.set_defaults(run=_guarded(run))


def _guarded(run: Callable[[argparse.Namespace, Path], None]) -> Callable[[argparse.Namespace], int]:
    def guarded(arguments: argparse.Namespace) -> int:
        from rongka.home import home
        from rongka.proofing.errors import ChipError

        try:
            run(arguments, arguments.folder or home() / "csca")
        except ChipError as error:
            return _fail(f"{error.text.zh} {error.text.en}")
        except (_RefusedError, OSError) as error:
            return _fail(str(error))
        return 0

    return guarded


def _fail(text: str) -> int:
    print(f"rongka proofing trust: {text}", file=sys.stderr)
    return 1


def _add(arguments: argparse.Namespace, folder: Path) -> None:
    """Lay down each file that can be read and counts."""
    from rongka.config.csca import ANCHORS, DISTRUSTED, ROOT, fingerprints_in

    anchors = _checked(arguments.anchor)
    known = fingerprints_in(folder / ANCHORS) | anchors
    distrusted = fingerprints_in(folder / DISTRUSTED)
    found = [(path, _der(path)) for path in arguments.files]
    # Roots first: a revocation list among the files may stand under one of them.
    found.sort(key=lambda row: row[0].suffix != ROOT)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _note(folder / ANCHORS, anchors)
    for path, data in found:
        store = _read(path, data, folder=folder, anchors=known)
        _refuse_specimens(store.roots)
        if any(root.fingerprint in distrusted for root in store.roots) and path.suffix.lower() == ROOT:
            msg = f"{path.name}: 已列为不信任 is distrusted: take its line out of {folder / DISTRUSTED} first"
            raise _RefusedError(msg)
        target = folder / f"{sha256(data).hexdigest()[:16]}{path.suffix.lower()}"
        target.write_bytes(data)
        print(f"{path.name} → {target.name}: {_summary(store)}")


def _checked(anchors: list[str]) -> frozenset[str]:
    from rongka.config.csca import FINGERPRINT

    plain = frozenset(anchor.replace(":", "").lower() for anchor in anchors)
    if not all(FINGERPRINT.fullmatch(anchor) for anchor in plain):
        msg = "a fingerprint has 64 hexadecimal letters (SHA-256)"
        raise _RefusedError(msg)
    return plain


def _der(path: Path) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    from rongka.config.csca import REVOCATION_LIST

    data = path.read_bytes()
    if not data.startswith(_PEM):
        return data
    try:
        if path.suffix.lower() == REVOCATION_LIST:
            return x509.load_pem_x509_crl(data).public_bytes(Encoding.DER)
        return x509.load_pem_x509_certificate(data).public_bytes(Encoding.DER)
    except ValueError as error:
        msg = f"{path.name}: {error}"
        raise _RefusedError(msg) from error


def _read(path: Path, data: bytes, *, folder: Path, anchors: frozenset[str]) -> "TrustStore":
    from rongka.config.csca import SUFFIXES, reader_of, trusted_in

    if path.suffix.lower() not in SUFFIXES:
        msg = f"{path.name}: the name must end in {', '.join(sorted(SUFFIXES))}"
        raise _RefusedError(msg)
    known, today = trusted_in(folder).store, datetime.now(UTC).date()
    return reader_of(path.suffix.lower(), anchors=anchors, known=known, on=today)(data)


def _refuse_specimens(roots: "Iterable[Certificate]") -> None:
    """Refuse in production what anybody may have made; a demo may try its specimens."""
    from rongka.config.environment import Mode, mode

    names = (text for root in roots for _, text in root.subject)
    if mode() is not Mode.DEMO and any(_SPECIMEN in name.casefold() for name in names):
        msg = "样本的根证书，谁都可以伪造 the root of specimens, under which anybody can forge; only a demo takes it"
        raise _RefusedError(msg)


def _summary(store: "TrustStore") -> str:
    rows = [_row(root) for root in store.roots]
    if len(rows) == 1:
        return rows[0]
    lists = ", ".join(f"{len(row.serials)} revoked" for row in store.revocations)
    return lists or f"{len(rows)} roots, {store.skipped} skipped, {store.dated_on}"


def _row(root: "Certificate") -> str:
    return f"{root.country} {root.fingerprint} {root.valid_from:%Y-%m-%d} – {root.valid_until:%Y-%m-%d}"


def _list(_arguments: argparse.Namespace, folder: Path) -> None:
    from rongka.config.csca import DISTRUSTED, fingerprints_in, trusted_in

    trusted = trusted_in(folder)
    print(f"{folder} · {len(trusted.store.roots)} 根证书 roots · 版本 version {trusted.store.version}")
    for source in trusted.sources:
        print(f"{source.path.name} {source.sha256}: {_summary(source.store)}")
        for root in source.store.roots if len(source.store.roots) > 1 else ():
            print(f"  {_row(root)}")
    for fingerprint in sorted(fingerprints_in(folder / DISTRUSTED)):
        print(f"不信任 distrusted {fingerprint}")
    for problem in trusted.problems:
        print(f"无法读取 not read: {problem.path.name}: {problem.error.text.zh} {problem.error.text.en}")


def _remove(arguments: argparse.Namespace, folder: Path) -> None:
    """Delete the file that is this root or list; name a root that stands on a list among the distrusted."""
    from rongka.config.csca import DISTRUSTED, trusted_in

    wanted = arguments.fingerprint.replace(":", "").lower()
    sources = trusted_in(folder).sources
    files = {source.path for source in sources if _is_it(source, wanted)}
    listed = {root.fingerprint for source in sources for root in source.store.roots if source.path not in files}
    listed = {fingerprint for fingerprint in listed if fingerprint.startswith(wanted)}
    if len(wanted) < _SHORTEST or len(files) + len(listed) == 0:
        msg = f"没有 nothing here has the fingerprint {arguments.fingerprint} (at least {_SHORTEST} letters of it)"
        raise _RefusedError(msg)
    for path in files:
        path.unlink()
        print(f"{path.name} 已删除 deleted")
    _note(folder / DISTRUSTED, listed)
    for fingerprint in sorted(listed):
        print(f"{fingerprint} 不再信任 no longer trusted")


def _is_it(source: "Source", wanted: str) -> bool:
    """Whether a file is what is meant: by its own hash, which for a single root is the root's."""
    return source.sha256.startswith(wanted)


def _note(path: Path, fingerprints: Iterable[str]) -> None:
    """Add lines to one of the folder's texts."""
    from rongka.config.csca import fingerprints_in

    new = sorted(set(fingerprints) - fingerprints_in(path))
    if not new:
        return
    known = ""
    with suppress(FileNotFoundError):
        known = path.read_text(encoding="utf-8")
    path.write_text(known + "".join(f"{row}\n" for row in new), encoding="utf-8")
