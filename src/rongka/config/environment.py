"""What the environment says, read once and checked: a production server with a demo's secrets must not start."""

import os
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from rongka.config import embedded
from rongka.home import checkout

APPLICATION_ROLE = "rongka_app"
POOL_SIZE = 4  # connections a process; a worker process serves no more requests than this at a time
POOL_PATIENCE = 10  # seconds that a request waits for a connection before it fails


class Mode(StrEnum):
    """What this instance is for."""

    DEMO = "demo"
    PRODUCTION = "production"


def mode() -> Mode:
    """Give ``RONGKA_MODE``; a checkout is a demo unless told otherwise, an installed package is in production."""
    chosen = os.environ.get("RONGKA_MODE") or (Mode.DEMO if checkout() else Mode.PRODUCTION)
    try:
        return Mode(chosen)
    except ValueError as error:
        msg = f"RONGKA_MODE must be one of {', '.join(Mode)}, not {chosen!r}"
        raise ImproperlyConfigured(msg) from error


def required(name: str, *, in_demo: str) -> str:
    """Give a variable that production must set, and not to what every demo has: that is public."""
    value = os.environ.get(name, "").strip()
    if mode() is Mode.DEMO:
        return value or in_demo
    if not value:
        msg = f"{name} must be set in production (or RONGKA_MODE=demo for a demo)"
        raise ImproperlyConfigured(msg)
    if value == in_demo:
        msg = f"{name} is the one of the demo, which everybody knows: production needs its own"
        raise ImproperlyConfigured(msg)
    return value


def database() -> dict[str, Any]:
    """Give Django's entry for the database: ``DATABASE_URL``, else the embedded server."""
    url = required("DATABASE_URL", in_demo="")
    entry = _from_url(url) if url else _embedded()
    # Migrations and tests are the owner's work, one connection at a time; everything else runs pooled, and as a role
    # that can change neither the journal nor the tables.
    if os.environ.get("RONGKA_DATABASE_OWNER") == "1":
        return entry
    options: dict[str, Any] = entry["OPTIONS"]
    # As an option of the connection, which binds the worker's own driver too. Django's "assume_role" does not go with
    # a pool in 5.2: to quote the name it asks the pool for a second connection while it configures the first.
    options["options"] = f"{options.get('options', '')} -c role={APPLICATION_ROLE}".strip()
    options["pool"] = {"min_size": 0, "max_size": POOL_SIZE, "timeout": POOL_PATIENCE, "max_idle": 60}
    return entry | {"CONN_HEALTH_CHECKS": True}


def _embedded() -> dict[str, Any]:
    return {
        "ENGINE": "rongka.config.postgres",
        "NAME": embedded.DATABASE,
        "USER": embedded.USER,
        "HOST": str(embedded.server().socket_folder),
        "OPTIONS": {},
    }


def _from_url(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        msg = "DATABASE_URL must look like postgresql://user:password@host:5432/name"
        raise ImproperlyConfigured(msg)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
