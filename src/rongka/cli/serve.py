"""``rongka serve``: migrate, seed the demo city, then keep the signer, the worker and the web server running."""

import argparse
import http.client
import os
import socket
import sys
import time
from collections.abc import Callable

from rongka.config.children import Child, ChildEndedError, Family
from rongka.home import home

PATIENCE = 20  # seconds that a child may take to answer, its first keys included


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    command = subparsers.add_parser("serve", help="run the whole platform")
    command.add_argument("--port", type=int, default=8000)
    command.add_argument("--host", default="localhost", help="where to listen; a demo listens on localhost only")
    command.add_argument("--workers", type=int, default=max(1, min(4, os.cpu_count() or 1)), help="web processes")
    command.add_argument("--empty", action="store_true", help="do not seed the demo city")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from rongka.config.environment import Mode, mode

    demo = mode() is Mode.DEMO
    if demo and arguments.host not in {"localhost", "127.0.0.1"}:
        return _fail("a demo listens on localhost only: its logins are public (RONGKA_MODE=production for real use)")
    address = "127.0.0.1" if arguments.host == "localhost" else arguments.host
    port = arguments.port
    if not _is_free(address, port):
        return _fail(f"port {port} is in use; choose another: make run PORT=8123, or rongka serve --port 8123")
    try:
        with Family() as family:
            tend = _prepare(family, demo=demo, seed=demo and not arguments.empty)
            _say("Starting the worker and the web server")
            family.start(_rongka("worker"))
            family.start(_web(address=address, port=port, workers=arguments.workers))
            _await(family, what="the web server", reached=lambda: _answers(address, port))
            _say(f"Rongka 融卡 serves on http://localhost:{port}/  (Ctrl-C stops it)")
            family.watch(also=tend)
    except ChildEndedError as error:
        return _fail(str(error))
    _say("Stopped.")
    return 0


def _prepare(family: Family, *, demo: bool, seed: bool) -> Callable[[], object]:
    """Bring up what the web server needs; give what must be done now and then to keep it up."""
    from rongka.config import embedded

    ours = not os.environ.get("DATABASE_URL")
    if ours:
        _say(f"Starting the embedded PostgreSQL in {embedded.server().data}")
        embedded.start()
    _say("Bringing the database to this version")
    family.run(_rongka("migrate", "--quiet"))
    if not demo:
        # Packed anew beside the names that hold a hash.
        family.run(_rongka("manage", "collectstatic", "--no-input", "--verbosity=0", "--ignore=*.gz"))
    _say("Starting the signer (the only process that holds the issuing keys)")
    family.start(_rongka("signer"))
    _await(family, what="the signer", reached=lambda: _connects(str(home() / "signer.sock")))
    if seed:
        _say("Seeding the demo city; what is there already is kept")
        family.run(_rongka("demo"))
    return embedded.revive if ours else lambda: None


def _rongka(*arguments: str) -> Child:
    return Child(name=f"rongka {arguments[0]}", command=(sys.executable, "-m", "rongka.cli", *arguments))


def _web(*, address: str, port: int, workers: int) -> Child:
    from rongka.config.environment import POOL_SIZE

    threads = POOL_SIZE  # no request ever waits for a connection that another one of its process holds
    command = (
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", address, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(threads), "--log-level", "warning",
        "--workers-kill-timeout", "5", "--no-ws", "rongka.config.wsgi:application",
    )  # fmt: skip
    return Child(name="the web server", command=command)


def _is_free(address: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def _await(family: Family, *, what: str, reached: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while not reached():
        family.check()
        if time.monotonic() > give_up_at:
            msg = f"{what} did not answer within {PATIENCE} s"
            raise ChildEndedError(msg)
        time.sleep(0.05)


def _connects(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(path)
        except OSError:
            return False
    return True


def _answers(address: str, port: int) -> bool:
    connection = http.client.HTTPConnection(address, port, timeout=PATIENCE)
    try:
        connection.request("GET", "/healthz")
        # In production this address may be none of ours (400); it is enough that the application answers at all.
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        connection.close()


def _say(text: str) -> None:
    print(f"==> {text}", flush=True)


def _fail(text: str) -> int:
    print(f"rongka serve: {text}", file=sys.stderr, flush=True)
    return 1
