"""The folder of whom this instance trusts to sign passports: what the operator put there, read again when it changes.

`*.cer` are national roots, `*.ml` master lists that stand under a root in `anchors.txt`, `*.crl` revocation lists;
`distrusted.txt` names roots that do not count whichever list they are on. Both texts hold fingerprints, one a line.
A file that cannot be read is reported and trusts nobody: then passports cannot be verified, which is never a pass.
"""

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache, reduce
from hashlib import sha256
from pathlib import Path
from typing import Final

from rongka.proofing.chip import TrustStore, read_master_list, read_revocation_list
from rongka.proofing.errors import ChipError, ChipReason, TrustStoreError
from rongka.text import Text

ROOT, MASTER_LIST, REVOCATION_LIST = ".cer", ".ml", ".crl"
SUFFIXES: Final = frozenset({ROOT, MASTER_LIST, REVOCATION_LIST})
ANCHORS, DISTRUSTED = "anchors.txt", "distrusted.txt"
FINGERPRINT: Final = re.compile(r"\b[0-9a-f]{64}\b")  # SHA-256 in hex
_VERSION_LETTERS: Final = 16

_log = logging.getLogger(__name__)

Stamp = tuple[tuple[str, int, int], ...]
Reader = Callable[[bytes], TrustStore]


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the folder and what it says: roots, or a revocation list."""

    path: Path
    sha256: str
    store: TrustStore


@dataclass(frozen=True, slots=True)
class Problem:
    """A file of the folder that cannot be read, and why."""

    path: Path
    error: ChipError


@dataclass(frozen=True, slots=True)
class Trusted:
    """What the folder holds; `store` is the sum, without the roots that are distrusted."""

    store: TrustStore
    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]


def trusted_in(folder: Path) -> Trusted:
    """Read the folder, or give what was read last when no file has changed since."""
    return _read(folder, _stamp(folder))


def fingerprints_in(path: Path) -> frozenset[str]:
    """Give the fingerprints that a text of the folder names, with or without colons; an absent one names none."""
    return frozenset(found for line in _lines_in(path) for found in FINGERPRINT.findall(line))


def unreadable_lines_in(path: Path) -> tuple[int, ...]:
    """Give the numbers of the lines that name no fingerprint and are neither empty nor a remark (`#`)."""
    lines = enumerate(_lines_in(path), start=1)
    return tuple(
        number for number, line in lines if line.strip() and not line.startswith("#") and not FINGERPRINT.search(line)
    )


def _lines_in(path: Path) -> list[str]:
    if not path.exists():
        return []
    # What is not UTF-8 becomes a line that names nothing, and is reported as such.
    return path.read_text(encoding="utf-8-sig", errors="replace").lower().replace(":", "").splitlines()


def reader_of(suffix: str, *, anchors: frozenset[str], known: TrustStore, on: date) -> Reader:
    """Give what reads a file with this ending; it raises ChipError.

    `anchors` are whom master lists may stand under, `known` holds the roots that may sign revocation lists, and `on`
    is the day of a root that stands for itself.
    """
    if suffix == MASTER_LIST:
        return lambda data: read_master_list(data, anchors=anchors, at=datetime.now(UTC))
    if suffix == REVOCATION_LIST:
        return lambda data: replace(known, roots=(), revocations=(read_revocation_list(data, roots=known.roots),))
    return lambda data: TrustStore.of_certificates([data], version="", dated_on=on)


@lru_cache(maxsize=2)
def _read(folder: Path, stamp: Stamp) -> Trusted:
    """Read every file, the roots first; a master list of 600 roots takes some 0.3 s, hence the cache."""
    names = [name for name, _, _ in stamp]
    roots = [name for name in names if name.endswith((ROOT, MASTER_LIST))]
    lists = [name for name in names if name.endswith(REVOCATION_LIST)]
    empty = TrustStore(version="", dated_on=datetime.now(UTC).date(), roots=())
    found, problems = _read_all(folder, roots, known=empty)
    known = _sum([source.store for source in found], empty=empty)
    more, more_problems = _read_all(folder, lists, known=known)
    store = known.with_revocations(*(row for source in more for row in source.store.revocations))
    distrusted = fingerprints_in(folder / DISTRUSTED)
    unclear = _problem_with(folder / DISTRUSTED)
    return Trusted(
        store=replace(
            store,
            version=f"{store.dated_on} {_digest(folder, names)}" if names else "none",
            roots=tuple(root for root in store.roots if not unclear and root.fingerprint not in distrusted),
        ),
        sources=(*found, *more),
        problems=(*problems, *more_problems, *unclear),
    )


def _read_all(folder: Path, names: Iterable[str], *, known: TrustStore) -> tuple[list[Source], list[Problem]]:
    anchors = fingerprints_in(folder / ANCHORS)
    found, problems = [], []
    for path in (folder / name for name in names):
        data, day = path.read_bytes(), datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
        try:
            store = reader_of(path.suffix, anchors=anchors, known=known, on=day)(data)
        except ChipError as error:
            _log.exception("%s does not count among those who sign passports: %s", path.name, error.text.en)
            problems.append(Problem(path, error))
        else:
            found.append(Source(path, sha256(data).hexdigest(), store))
    return found, problems


def _problem_with(distrusted: Path) -> tuple[Problem, ...]:
    """Give what keeps the list of the distrusted from being understood: then nobody is trusted."""
    numbers = unreadable_lines_in(distrusted)
    if not numbers:
        return ()
    which = ", ".join(str(number) for number in numbers)
    text = Text(
        zh=f"第{which}行不是指纹，因此不信任任何根证书。", en=f"Line {which} names no fingerprint, so no root counts."
    )
    _log.error("%s: %s", distrusted.name, text.en)
    return (Problem(distrusted, TrustStoreError(ChipReason("chip.list-unreadable", text))),)


def _sum(stores: list[TrustStore], *, empty: TrustStore) -> TrustStore:
    return reduce(TrustStore.with_more, stores) if stores else empty


def _digest(folder: Path, names: Iterable[str]) -> str:
    """Name what the folder holds, so that a result can be traced to it."""
    hashes = (sha256((folder / name).read_bytes()).hexdigest() for name in names)
    return sha256(" ".join(hashes).encode()).hexdigest()[:_VERSION_LETTERS]


def _stamp(folder: Path) -> Stamp:
    """Give name, time and size of every file that counts, in one order."""
    counted = (path for path in folder.glob("*") if path.suffix in SUFFIXES)
    named = (path for path in (folder / ANCHORS, folder / DISTRUSTED) if path.exists())
    facts = ((path.name, path.stat()) for path in (*sorted(counted), *named))
    return tuple((name, fact.st_mtime_ns, fact.st_size) for name, fact in facts)
