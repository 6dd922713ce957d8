"""What every test stands on: a database of its own, no network but loopback, fast password hashing."""

import ipaddress
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what stands on the served city: it is one worker's longest way, and the others fill the rest."""
    items.sort(key=lambda item: not any(mark.args == ("served",) for mark in item.iter_markers("xdist_group")))


class NetworkError(RuntimeError):
    """A test tried to leave this machine."""


def _is_here(address: object) -> bool:
    """Whether a socket address is a Unix socket's or a loopback one; a name counts only when it is localhost."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def _only_loopback() -> Iterator[None]:
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guard(original):
        def connect_here(self, address):
            if not _is_here(address):
                message = f"tests reach loopback only, not {address!r}"
                raise NetworkError(message)
            return original(self, address)

        return connect_here

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guard(connect))
        patch.setattr(socket.socket, "connect_ex", guard(connect_ex))
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, django_db_modify_db_settings_parallel_suffix):
    """Give this run test databases of its own, so that two runs at a time do not drop each other's."""
    from django.db import connection

    from rongka.config import embedded

    given = bool(os.environ.get("DATABASE_URL"))
    if not given:
        embedded.start(durable=False)
    if request.config.getoption("reuse_db"):
        return  # a database that is kept needs a name that stays
    if not given:
        _drop_leftovers(embedded.server())
    names = connection.settings_dict["TEST"]
    names["NAME"] = f"{names['NAME'] or 'test_rongka'}_run{os.environ['RONGKA_TEST_RUN']}"


def _drop_leftovers(server) -> None:
    """Drop the databases of runs that were killed: those named for a process that is no more."""
    import psutil
    import psycopg

    where = {"host": str(server.socket_folder), "user": "rongka", "dbname": "postgres", "autocommit": True}
    with psycopg.connect(**where) as connection:
        for (name,) in connection.execute("SELECT datname FROM pg_database WHERE datname ~ '_run[0-9]+$'").fetchall():
            if not psutil.pid_exists(int(name.rpartition("_run")[2])):
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Give the application's role its rights in the test database, as `rongka migrate` does; in the end close it."""
    from django.db import connection

    from rongka.config import roles

    with django_db_blocker.unblock():
        roles.create(connection=connection)
        roles.grant(connection=connection)
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        # A page that a test fed or closed may have left a connection behind, and with one nobody can drop a database.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True, scope="session")
def _flush_around_the_journal() -> Iterator[None]:
    """Clean up after tests that commit for real: Django's flush would truncate the journal, which refuses it."""
    from django.db import OperationalError
    from django.test import TransactionTestCase
    from psycopg.errors import DeadlockDetected

    def empty_all_but_the_journal(_self) -> None:
        from django.apps import apps
        from django.db import connection

        kept = {"journal", "agencies", "contenttypes", "auth"}  # the city's agencies stand for all tests
        tables = [model._meta.db_table for model in apps.get_models() if model._meta.app_label not in kept]
        managed = set(connection.introspection.table_names()) & set(tables)
        for is_last in (False, False, True):
            try:
                with connection.cursor() as cursor:
                    cursor.execute(f"TRUNCATE {', '.join(sorted(managed))}")
            except OperationalError as error:
                # A page that was just closed may still be served: of two that wait for each other one is sent away.
                if is_last or not isinstance(error.__cause__, DeadlockDetected):
                    raise
            else:
                return

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_all_but_the_journal)
        yield


@pytest.fixture
def as_application(db):
    """Run the test with the rights of the running application instead of the owner's."""
    from django.db import connection

    from rongka.config.environment import APPLICATION_ROLE

    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {APPLICATION_ROLE}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.fixture(scope="module")
def module_transaction(django_db_setup, django_db_blocker):
    """Hold a transaction open for a module; its tests find what its fixtures write `with module_transaction():`.

    Each test with a database works in a transaction of its own inside this one. Not for tests that commit for real.
    """
    from django.db import transaction

    outer = transaction.atomic()
    with django_db_blocker.unblock():
        outer.__enter__()
    yield django_db_blocker.unblock
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture(scope="session")
def founded(django_db_setup, django_db_blocker):
    """Found one city for all tests of this process."""
    from tests.registers.city import found_city

    with django_db_blocker.unblock():
        return found_city()


@pytest.fixture
def city(db, founded):
    """Give a city: agencies and officers, who take persons to any state; what the test does there ends with it."""
    return founded


@pytest.fixture(autouse=True, scope="session")
def _fast_passwords() -> None:
    """Hash the passwords of made-up people cheaply."""
    from django.conf import settings

    if settings.configured:  # not so under `pytest -p no:django`, which runs the framework-free suites alone
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Give the system's Chromium, which `make test` installs where it can; the one without windows is twice as fast."""
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return Path(found)
    pytest.fail("the browser tests need Chromium (make test installs it where it can)")


@pytest.fixture(scope="session")
def browser(chromium) -> Iterator:
    """Give one Chromium for all tests of this process: Playwright runs but once in a thread."""
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, and Django would take it for an asynchronous view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
