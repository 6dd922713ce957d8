import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from rongka.config import roles


def _execute(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.usefixtures("as_application")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_record SET event = 'x'",
        "DELETE FROM journal_record",
        "TRUNCATE journal_record",
        "TRUNCATE people_person CASCADE",
        "DROP TABLE journal_record",
        "ALTER TABLE journal_record DISABLE TRIGGER ALL",
        "DELETE FROM django_migrations",
        "CREATE TABLE mine (id int)",
    ],
)
def test_the_application_may_not(statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        _execute(statement)


@pytest.mark.usefixtures("as_application")
@pytest.mark.parametrize(
    "statement", ["SELECT * FROM journal_record", "DELETE FROM people_person", "SELECT 1 FROM django_migrations"]
)
def test_the_application_may(statement):
    _execute(statement)


@pytest.mark.usefixtures("as_application")
def test_the_application_may_add_to_the_journal():
    # Refused for its missing columns, not for a missing right: the right was there.
    with pytest.raises(IntegrityError, match="null value"):
        _execute("INSERT INTO journal_record (id) VALUES (gen_random_uuid())")


@pytest.mark.django_db
def test_making_the_role_twice_changes_nothing():
    roles.create(connection=connection)
    roles.grant(connection=connection)


@pytest.mark.django_db
def test_whoever_may_not_make_the_role_is_told_what_the_administrator_must_run(monkeypatch):
    monkeypatch.setattr(roles, "APPLICATION_ROLE", "rongka_app_missing")
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE rongka_app")

    with pytest.raises(roles.RoleMissingError) as refused:
        roles.create(connection=connection)

    assert "CREATE ROLE rongka_app_missing NOLOGIN" in str(refused.value)
    assert "GRANT rongka_app_missing TO rongka_app;" in str(refused.value)
