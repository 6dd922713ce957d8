"""What the running application may do in the database: write rows, but add only to the journal, and change no table."""

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from psycopg import errors, sql

from rongka.config.environment import APPLICATION_ROLE

ROLE = sql.Identifier(APPLICATION_ROLE)


class RoleMissingError(RuntimeError):
    """The application's role does not exist and we may not make it; the message holds the statements to run."""


def create(*, connection: BaseDatabaseWrapper) -> None:
    """Make sure that the role exists and that whoever is connected may assume it."""
    with connection.cursor() as cursor:
        if _may_assume(cursor):
            return
        try:
            _create(cursor)
        except Exception as error:
            if not isinstance(error.__cause__, errors.InsufficientPrivilege):
                raise
            cursor.execute("SELECT current_user")
            login = cursor.fetchone()[0]
            msg = (
                f"The database role {APPLICATION_ROLE} is missing, and {login} may not create it. "
                "Let the database's administrator run, once:\n"
                f"  CREATE ROLE {APPLICATION_ROLE} NOLOGIN;   -- if it does not exist\n"
                f'  GRANT {APPLICATION_ROLE} TO "{login}";'
            )
            raise RoleMissingError(msg) from error


def _may_assume(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT pg_has_role(oid, 'MEMBER') FROM pg_roles WHERE rolname = %s", [APPLICATION_ROLE])
    row = cursor.fetchone()
    return bool(row and row[0])


def _create(cursor: CursorWrapper) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION_ROLE])
    if not cursor.fetchone():
        cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(ROLE))
    cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(ROLE))


def append_only_tables() -> list[str]:
    """Give the tables that the application may add to but never change: those of the journal."""
    return [table_of(model) for model in apps.get_app_config("journal").get_models()]


def table_of(model: type[Model]) -> str:
    """Give a model's table."""
    return model._meta.db_table  # noqa: SLF001 - the documented way to a model's table


def grant(*, connection: BaseDatabaseWrapper) -> None:
    """Give the role exactly its rights on the tables that now exist; run after every migration."""
    with connection.cursor() as cursor:
        for statement in (
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
            "GRANT USAGE ON SCHEMA public TO {role}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
            "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
        ):
            cursor.execute(sql.SQL(statement).format(role=ROLE))
        for table in append_only_tables():
            cursor.execute(
                sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table), ROLE),
            )
