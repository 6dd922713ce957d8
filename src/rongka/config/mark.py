"""The mark of a demo in its database: no city's database gets people who do not exist, no demo's serves a city.

It is a comment on the table that the first `rongka migrate` makes, so a dump keeps it, and the running application,
which owns no table, can neither set it nor take it away.
"""

import os

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from rongka.config.environment import Mode

TABLE = MigrationRecorder.Migration._meta.db_table  # noqa: SLF001 - public in all but name
MARK = "Rongka: a demo"
NO_DEMO = (
    "这个数据库不是作为演示建立的，不得在其中演示。请将 DATABASE_URL 指向空数据库，或不设置该变量。\n"
    "This database was not made as a demo, so no demo runs on it. Let DATABASE_URL name an empty one, or unset it."
)
A_DEMO = (
    "这个数据库是演示数据库，其登录密码人人皆知，不得用于生产。\n"
    "This database was made as a demo, whose passwords everybody knows; it is not for production."
)


class WrongDatabaseError(RuntimeError):
    """A demo on a city's database, or the other way round; the message says so in both languages."""


def mark_new(*, connection: BaseDatabaseWrapper, mode: Mode) -> None:
    """Mark a database as a demo's if this is a demo and nobody has migrated there yet; only its owner may."""
    recorder = MigrationRecorder(connection)
    if mode is not Mode.DEMO or recorder.has_table():
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        recorder.ensure_schema()
        cursor.execute(f"COMMENT ON TABLE {TABLE} IS '{MARK}'")


def must_fit(*, connection: BaseDatabaseWrapper, mode: Mode) -> None:
    """Raise unless the database was made for this mode; the embedded one is never used for anything but demos."""
    if not os.environ.get("DATABASE_URL"):
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass(%s), 'pg_class')", [TABLE])
        is_demo = cursor.fetchone() == (MARK,)
    if is_demo != (mode is Mode.DEMO):
        raise WrongDatabaseError(A_DEMO if is_demo else NO_DEMO)
