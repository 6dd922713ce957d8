"""A city that is really served: `rongka serve` in a process of its own, on a port, home and database of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

START_WITHIN = 120  # seconds, on a busy machine
STOP_WITHIN = 30  # seconds


@dataclass(frozen=True, slots=True)
class Served:
    """Where the city is served, how its command line is reached, and what was said until it was served."""

    origin: str
    environment: dict[str, str]
    said: str

    def run(self, *arguments: str) -> str:
        """Run `rongka` in the city to its end; return what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "rongka.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=START_WITHIN,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def served_city(home: Path) -> Iterator[Served]:
    """Serve a newly seeded demo city until the block ends; nothing of it is left running."""
    with _own_database() as address:
        environment = {name: value for name, value in os.environ.items() if name != "RONGKA_DATABASE_OWNER"}
        environment |= {"RONGKA_HOME": str(home), "RONGKA_MODE": "demo"} | address
        port = _free_port()
        process = subprocess.Popen(
            [sys.executable, "-m", "rongka.cli", "serve", "--workers", "1", "--port", str(port)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            said = _await(process, f"serves on http://localhost:{port}/")
            yield Served(origin=f"http://localhost:{port}", environment=environment, said=said)
        finally:
            process.send_signal(signal.SIGINT)  # Ctrl-C
            ended = process.wait(timeout=STOP_WITHIN)
            process.stdout.close()
        assert ended == 0


@contextmanager
def _own_database() -> Iterator[dict[str, str]]:
    """Make a database of one's own on the server of ``DATABASE_URL``; without one the city runs its embedded server."""
    given = os.environ.get("DATABASE_URL", "")
    if not given:
        yield {}
        return
    parts = urlsplit(given)
    name = f"rongka_served_{os.getpid()}"
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as owner:
        owner.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        owner.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {"DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))}
        finally:
            owner.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _await(process: subprocess.Popen[str], words: str) -> str:
    """Return what the process says until it says these words; afterwards somebody must go on reading, or it blocks."""
    said: list[str] = []
    reached = threading.Event()

    def read() -> None:
        for line in process.stdout:
            said.append(line)
            if words in line:
                reached.set()
        reached.set()

    threading.Thread(target=read, daemon=True).start()  # ends with the process
    reached.wait(timeout=START_WITHIN)
    if process.poll() is not None or not any(words in line for line in said):
        raise AssertionError("it did not serve:\n" + "".join(said))
    return "".join(said)
