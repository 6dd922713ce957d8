"""What the demo city needs before anything can happen in it: tables, a signer, a trust anchor and its list."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from rongka.cli.signer import made_in_demo
from rongka.cli.trust import DEMO_NAME, VARIABLE
from rongka.config import embedded, mark
from rongka.config.children import die_with_parent
from rongka.config.environment import Mode
from rongka.config.issuing import issuing, trust_folder
from rongka.home import home
from rongka.jobs.publication import take_up_trust_list
from rongka.signer.passphrases import passphrase
from rongka.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from rongka.credential import PublicKey, Purpose, VerifiedTrustList

SIGNER_PATIENCE = 20.0  # seconds that the signer may take to make its first keys
RENEW_TRUST_BEFORE = timedelta(days=15)  # half the life of a list


class NotReadyError(RuntimeError):
    """The city cannot be had; the message says why."""


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let nobody else found or seed the city meanwhile: two at once would register the same agency."""
    home().mkdir(parents=True, exist_ok=True)
    with (home() / "city.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def must_be_a_demos_database() -> None:
    """Refuse a database that was not made as a demo."""
    try:
        mark.must_fit(connection=connection, mode=Mode.DEMO)
    except mark.WrongDatabaseError as error:
        raise NotReadyError(str(error)) from error


def bring_database_up_to_date() -> None:
    """Migrate if need be, in a process of its own since that is the owner's work."""
    if _is_current():
        must_be_a_demos_database()
        return
    done = subprocess.run([sys.executable, "-m", "rongka.cli", "migrate", "--quiet"], check=False)
    if done.returncode:
        msg = "the database could not be brought to this version; see the lines above"
        raise NotReadyError(msg)


@contextmanager
def signer_running() -> Iterator[None]:
    """Use the signer that listens, else run one for as long as this lasts."""
    if _signer_answers():
        yield
        return
    home().mkdir(parents=True, exist_ok=True)
    with _log().open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "rongka.cli", "signer"],
            stdin=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,  # a Ctrl-C is for us; we stop the signer when we are through
            preexec_fn=die_with_parent,  # noqa: PLW1509 - no threads here
        )
    try:
        _await(process)
        yield
    finally:
        process.terminate()
        process.wait()


def keep_trust_list(*, at: datetime) -> None:
    """Make the trust anchor unless there is one; sign the list anew when it lacks a key or is half over; serve it."""
    folder = trust_folder()
    words = passphrase(named=None, variable=VARIABLE, made=made_in_demo(folder.folder))
    folder.make_anchor(passphrase=words)
    keys = issuing().signer.public_keys()
    current = folder.trust_list()
    if current is None or at > current.next_update - RENEW_TRUST_BEFORE or not _names(current, keys):
        folder.publish(keys=keys, name=Text(*DEMO_NAME), now=at, passphrase=words)
    take_up_trust_list(at=at, token=folder.list_file.read_bytes())


def _names(trust: VerifiedTrustList, keys: Mapping[Purpose, tuple[PublicKey, ...]]) -> bool:
    listed = {row.key for issuer in trust.issuers for row in issuer.keys}
    return all(key in listed for held in keys.values() for key in held)


def _is_current() -> bool:
    if not os.environ.get("DATABASE_URL") and not (embedded.server().data / "PG_VERSION").exists():
        return False  # a new home; asking a database that is not there yet would take seconds
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        connection.close()
        return False


def _log() -> Path:
    return home() / "signer.log"


def _signer_answers() -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(home() / "signer.sock"))
        except OSError:
            return False
    return True


def _await(process: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + SIGNER_PATIENCE
    while not _signer_answers():
        if process.poll() is not None or time.monotonic() > give_up_at:
            msg = f"the signer did not start; see {_log()}"
            raise NotReadyError(msg)
        time.sleep(0.02)
