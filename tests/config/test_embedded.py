"""The embedded server, each in a process of its own, since a process holds its lock until it ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rongka.config import embedded

USE = """
import psycopg, sys
from rongka.config import embedded
place = embedded.start(durable=False)
with psycopg.connect(host=str(place.socket_folder), user="rongka", dbname="rongka") as connection:
    [folder] = connection.execute("SHOW data_directory").fetchone()
print(folder, flush=True)  # after the connection: whoever reads this may kill the server
"""
STAY = USE + "\nsys.stdin.read()\n"


def _process(home: Path, code: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=os.environ | {"RONGKA_HOME": str(home)} | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _runs(home: Path) -> bool:
    return (home / "postgres" / "postmaster.pid").exists()


@pytest.fixture
def place(tmp_path):
    """Give a home whose path has a space and is too long for a socket."""
    return tmp_path / ("a city with spaces " + "x" * 90)


def test_the_first_user_starts_the_server_and_the_last_one_stops_it(place):
    first = _process(place, STAY)
    assert first.stdout.readline().strip() == str(place / "postgres")
    second = _process(place, USE)
    second.communicate(timeout=30)

    assert second.returncode == 0
    assert _runs(place)
    first.communicate(timeout=30)
    assert not _runs(place)


def test_a_killed_user_and_a_killed_server_leave_nothing_in_the_way(place):
    user = _process(place, STAY)
    user.stdout.readline()
    user.kill()
    user.communicate()
    server = int((place / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(server, signal.SIGKILL)

    output, errors = _process(place, USE).communicate(timeout=60)

    assert output.strip() == str(place / "postgres"), errors


def test_two_processes_may_start_it_at_once(place):
    both = [_process(place, USE) for _ in range(2)]

    outputs = [process.communicate(timeout=60)[0].strip() for process in both]

    assert outputs == [str(place / "postgres")] * 2


def test_production_never_uses_it(place):
    process = _process(place, USE, RONGKA_MODE="production")

    _, errors = process.communicate(timeout=30)

    assert process.returncode == 1
    assert "set DATABASE_URL in production" in errors
    assert not place.exists()


def test_a_server_that_died_is_revived(place, monkeypatch):
    code = STAY.replace("sys.stdin.read()", "sys.stdin.readline(); embedded.revive(); print('revived', flush=True)")
    user = _process(place, code)
    user.stdout.readline()
    os.kill(int((place / "postgres" / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
    time.sleep(0.5)

    output, errors = user.communicate("\n", timeout=60)

    assert output.strip() == "revived", errors


def test_the_socket_lies_in_a_short_plain_folder(place, monkeypatch):
    monkeypatch.setenv("RONGKA_HOME", str(place))

    folder = str(embedded.server().socket_folder)

    assert " " not in folder
    assert len(folder) <= embedded.MAX_SOCKET_FOLDER
