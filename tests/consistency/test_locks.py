"""The locks: everything pinned by hash, and no address of a registry, so that any mirror serves."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def _pins(lock: Path) -> dict[str, str]:
    """Give each requirement's name and its lines."""
    entries = re.split(r"\n(?=\S)", lock.read_text())
    return {re.split(r"[=\[ ]", entry, maxsplit=1)[0]: entry for entry in entries if entry.strip()}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_python_lock_holds_hashes_and_no_address(lock):
    pins = _pins(lock)

    assert pins
    assert [name for name, entry in pins.items() if "==" not in entry or "--hash=sha256:" not in entry] == []
    assert not re.search(r"://|--(extra-)?index-url|--find-links", lock.read_text())


def test_what_the_server_needs_is_pinned_alike_in_both_locks():
    server, developer = _pins(ROOT / "requirements" / "server.txt"), _pins(ROOT / "requirements" / "dev.txt")

    assert [name for name, entry in server.items() if developer.get(name, "").strip() != entry.strip()] == []


def test_every_declared_dependency_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    declared = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["server"],
        *project["dependency-groups"]["dev"],
    ]

    names = {re.split(r"[\[<>=~! ]", requirement, maxsplit=1)[0].lower() for requirement in declared}

    assert names - set(_pins(ROOT / "requirements" / "dev.txt")) == set()


def test_the_npm_lock_holds_hashes_and_no_address():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}

    assert packages
    assert [name for name, entry in packages.items() if "resolved" in entry or "integrity" not in entry] == []
