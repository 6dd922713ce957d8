"""`rongka serve` as a newcomer meets it: it serves, says so, and leaves no process behind."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

START_WITHIN = 60  # seconds, on a busy machine


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _serve(home: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if name != "RONGKA_DATABASE_OWNER"}
    environment.pop("DATABASE_URL", None)  # this is about the embedded one
    return subprocess.Popen(
        [sys.executable, "-m", "rongka.cli", "serve", "--empty", "--workers", "1", *arguments],
        env=environment | {"RONGKA_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _await_answer(port: int, process: subprocess.Popen[str]) -> int:
    said = []
    for line in process.stdout:
        said.append(line)
        if f"serves on http://localhost:{port}/" in line:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=START_WITHIN) as answer:
                return answer.status
    pytest.fail("it did not serve:\n" + "".join(said))


def _family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Give one home to all, so that a start also meets what an earlier one left; nothing may run there afterwards."""
    home = tmp_path_factory.mktemp("city")
    yield home
    # Whoever is alone with the server when it leaves stops it.
    code = "from rongka.config import embedded; embedded.start()"
    subprocess.run([sys.executable, "-c", code], env=os.environ | {"RONGKA_HOME": str(home)}, check=True)


# Ctrl-C, SIGINT, ends the served city of the journeys.
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_it_serves_and_ends_with_all_its_children(home, number):
    port = _free_port()
    server = _serve(home, "--port", str(port))
    try:
        assert _await_answer(port, server) == 200
        children = _family(server)
    finally:
        os.kill(server.pid, number)
    server.communicate(timeout=30)

    _, alive = psutil.wait_procs(children, timeout=15)
    assert not alive
    assert server.returncode == (-9 if number == signal.SIGKILL else 0)


def test_a_busy_port_is_named(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        output, _ = _serve(tmp_path, "--port", str(port)).communicate(timeout=30)

    assert f"port {port} is in use" in output
    assert "Traceback" not in output


def test_a_demo_listens_on_this_machine_only(tmp_path):
    server = _serve(tmp_path, "--host", "192.0.2.1")

    output, _ = server.communicate(timeout=30)

    assert server.returncode == 1
    assert "a demo listens on localhost only" in output
