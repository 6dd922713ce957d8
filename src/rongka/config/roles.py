"""What the running application may do in the database: write rows, and change no table.

To the journal, to the checks of documents and to the log of deletions it may only add.
"""

import time

from django.apps import apps
from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from psycopg import errors, sql

from rongka.config.environment import APPLICATION_ROLE

# What the application may add to and never change.
APPEND_ONLY = ("journal.Record", "evidence.DocumentCheck", "evidence.Deletion")
TRIES = 10
# A role belongs to the whole cluster, so several databases may be set up at one time and meet here.
MADE_BY_ANOTHER = (errors.DuplicateObject, errors.UniqueViolation, errors.InternalError)
ROLE = sql.Identifier(APPLICATION_ROLE)


class RoleMissingError(RuntimeError):
    """The application's role does not exist and we may not make it; the message holds the statements to run."""


def create(*, connection: BaseDatabaseWrapper) -> None:
    """Make sure that the role exists and that whoever is connected may assume it."""
    for _ in range(TRIES):
        try:
            with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
                if not _may_assume(cursor):
                    _create(cursor)
        except DatabaseError as error:
            if isinstance(error.__cause__, errors.InsufficientPrivilege):
                raise RoleMissingError(_instructions(connection)) from error
            if not isinstance(error.__cause__, MADE_BY_ANOTHER):
                raise
            time.sleep(0.2)
        else:
            return


def _may_assume(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT pg_has_role(oid, 'MEMBER') FROM pg_roles WHERE rolname = %s", [APPLICATION_ROLE])
    row = cursor.fetchone()
    return bool(row and row[0])


def _create(cursor: CursorWrapper) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION_ROLE])
    if not cursor.fetchone():
        cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(ROLE))
    cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(ROLE))


def _instructions(connection: BaseDatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_user)")
        (login,) = cursor.fetchone()
    return (
        f"The database role {APPLICATION_ROLE} is missing or not granted, and {login} may not change that. "
        "Let the database's administrator run, once:\n"
        f"  CREATE ROLE {APPLICATION_ROLE} NOLOGIN;  -- unless it exists\n"
        f"  GRANT {APPLICATION_ROLE} TO {login};"
    )


def grant(*, connection: BaseDatabaseWrapper) -> None:
    """Give the role exactly its rights on the tables that now exist; run after every migration."""
    # In one transaction, so that a running application never meets a moment without its rights.
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in (
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
            "GRANT USAGE ON SCHEMA public TO {role}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
            "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
        ):
            cursor.execute(sql.SQL(statement).format(role=ROLE))
        for label in APPEND_ONLY:
            table = sql.Identifier(apps.get_model(label)._meta.db_table)  # noqa: SLF001 - public in all but name
            cursor.execute(sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(table, ROLE))
