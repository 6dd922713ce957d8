"""Where an instance keeps what is its own: the embedded database, keys, trust lists, the signer's socket."""

import os
from pathlib import Path


def checkout() -> Path | None:
    """Give the root of the source checkout that this package runs from, or None when it is installed."""
    root = Path(__file__).resolve().parents[2]
    return root if (root / "pyproject.toml").is_file() else None


def home() -> Path:
    """Give the instance's home: ``RONGKA_HOME``, else ``var`` in the checkout, else the user's data folder."""
    if chosen := os.environ.get("RONGKA_HOME"):
        return Path(chosen).expanduser().resolve()
    root = checkout()
    return root / "var" if root else Path.home() / ".local" / "share" / "rongka"
