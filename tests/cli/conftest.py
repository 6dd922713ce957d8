"""A city of processes: its own database, home and signer; `rongka` runs in it as a reader of the README runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
import pytest

from tests.signing import run_signer, signer_home, signing, trusted

__all__ = ["signer_home", "signing", "trusted"]

PATIENCE = 180  # seconds for one command, on a busy machine


@dataclass(frozen=True, slots=True)
class Instance:
    """Where the processes find everything."""

    home: Path
    database_url: str

    def run(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """Run `rongka` to its end."""
        environment = {name: value for name, value in os.environ.items() if name != "RONGKA_DATABASE_OWNER"}
        return subprocess.run(
            [sys.executable, "-m", "rongka.cli", *arguments],
            env=environment | {"RONGKA_HOME": str(self.home), "DATABASE_URL": self.database_url},
            input=given,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def travel(self, *arguments: str) -> dict:
        """Run `rongka journey --json`."""
        done = self.run("journey", "--json", *arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="session")
def instance(tmp_path_factory, django_db_setup):
    """Give an instance with an empty database on the tests' server; what else it needs, it makes by itself."""
    from django.db import connection

    server = connection.settings_dict
    name = f"{server['NAME']}_of_processes"
    login = {"host": server["HOST"], "port": server["PORT"] or None, "user": server["USER"] or None}
    with psycopg.connect(dbname="postgres", password=server["PASSWORD"] or None, autocommit=True, **login) as owner:
        owner.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        owner.execute(f'CREATE DATABASE "{name}"')
        credentials = ":".join(quote(server[part], safe="") for part in ("USER", "PASSWORD") if server[part])
        address = f"{credentials}@" if credentials else ""
        place = {part: str(login[part]) for part in ("host", "port") if login[part]}
        yield Instance(
            home=tmp_path_factory.mktemp("instance"),
            database_url=f"postgresql://{address}/{name}?{urlencode(place)}",
        )
        owner.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def first_journey(instance):
    """Travel where there is nothing yet: no tables, no agencies, no signer, no trust anchor."""
    return instance.travel("--category", "A")


@pytest.fixture(scope="session")
def city_of_processes(instance, first_journey):
    """Give the instance with its signer running, as under `rongka serve`."""
    process = run_signer(instance.home)
    yield instance
    process.terminate()
    process.wait()
