"""Feeds every decoder random and mutated inputs; run by hand: `python -m tests.credential.fuzz --runs 1000000`.

Each target is a module here with `seeds()` and `target(data)`, which raises `AssertionError` when something is accepted
that should not be, and nothing else. Exit 1 on any finding; what was found is printed in hexadecimal with its error.
"""

import argparse
import importlib
import pkgutil
import sys
from pathlib import Path

from tests.credential.fuzz.running import Findings, fuzz

_NO_TARGETS = {"__main__", "mutating", "running", "twin"}


def targets() -> list[str]:
    found = {module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])}
    return sorted(found - _NO_TARGETS)


def _told(name: str, found: Findings) -> str:
    return (
        f"{name:12} {found.runs} runs, {found.accepted} accepted, {found.foreign} foreign exceptions, "
        f"{found.growth_bytes / (1 << 20):.1f} MB growth, slowest {found.slowest_seconds * 1e3:.1f} ms"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--target", choices=targets(), action="append")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    is_good = True
    for name in arguments.target or targets():
        module = importlib.import_module(f"tests.credential.fuzz.{name}")
        found = fuzz(target=module.target, seeds=list(module.seeds()), runs=arguments.runs, seed=arguments.seed)
        print(_told(name, found), flush=True)  # noqa: T201 - a tool speaks
        for example in found.examples:
            print(f"    {example}", flush=True)  # noqa: T201 - as above
        is_good = is_good and found.is_clean
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
