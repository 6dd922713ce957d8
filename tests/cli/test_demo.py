"""The demo city: seeded by real commands, once; names that hurt; logins that work."""

from urllib.parse import urlsplit

import psycopg
import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory
from django.utils import timezone

from rongka.cli.city.agencies import DESKS, PASSWORD
from rongka.cli.city.cast import CAST
from rongka.cli.city.seeding import seed
from rongka.registers.agencies.permissions import Kind
from rongka.registers.cards.queries import standing_of
from rongka.registers.identity.signing_in import sign_in_holder
from rongka.registers.inspection.queries import checks_of_person
from rongka.registers.issuance.commands import publish_trust_list
from rongka.registers.people.queries import person_card, person_of_passport_number
from rongka.registers.permits.queries import notice_by_number
from rongka.rulebook.order import State
from tests.cli.conftest import Instance
from tests.signing import issuing, signed_trust_list, signing_settings

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("instance")]

PRODUCTION = {
    "RONGKA_MODE": "production",
    "SECRET_KEY": "a secret of the tests",
    "ALLOWED_HOSTS": "rongka.example",
    "PUBLIC_URL": "https://rongka.example",
}


@pytest.fixture(scope="module")
def seeded(signer_home, module_transaction):
    """Seed the demo city into the tests' database."""
    with signing_settings():
        with module_transaction():
            publish_trust_list(at=timezone.now(), token=signed_trust_list())
            count = seed(now=timezone.now(), issuing=issuing())
        yield count


def _person(role):
    return person_of_passport_number(role.worker.number)


def test_everybody_stands_where_the_story_says(seeded):
    standings = {role.worker.surname: standing_of(_person(role)).state for role in CAST}

    assert seeded == len(CAST)
    assert standings == {role.worker.surname: role.state for role in CAST}
    assert {role.worker.category.value for role in CAST} == {"A", "B", "C"}
    assert {State.ACTIVE, State.SUSPENDED, State.RETURNED, State.REFUSED, State.LEGACY, State.SWITCH_APPLIED} <= set(
        standings.values()
    )


@pytest.mark.usefixtures("seeded")
def test_seeding_again_adds_nothing():
    before = [person_card(_person(role)) for role in CAST]

    again = seed(now=timezone.now(), issuing=issuing())

    assert again == 0
    assert [person_card(_person(role)) for role in CAST] == before


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("role", CAST, ids=lambda role: role.worker.surname)
def test_a_holder_signs_in_with_the_name_as_printed(role):
    standing = standing_of(_person(role))
    notice = standing.case.notice if standing.case else None
    number = notice.number if notice else standing.permit_number
    worker = role.worker
    names = [f"{worker.given_names} {worker.surname}".strip(), *([worker.chinese_name] if worker.chinese_name else [])]

    signed_in = [
        sign_in_holder(
            at=timezone.now(), number=number or "none", name=name, pepper=b"pepper", name_alone=True
        ).person_id
        for name in names
    ]

    assert signed_in == [_person(role) if number else None] * len(names)
    assert notice is None or notice_by_number(number).person_id == _person(role)


@pytest.mark.usefixtures("seeded")
def test_the_holder_of_the_checked_card_sees_who_looked():
    checks = [checks_of_person(_person(role)) for role in CAST if role.is_checked]

    assert [(check.verdict, check.filing is not None) for check in checks[0]].count(("valid", True)) == 1
    assert {check.purpose for check in checks[0]} == {"public", "report", "daily-inspection"}


@pytest.mark.usefixtures("seeded")
def test_every_login_works():
    usernames = [login.username for desk in DESKS for login in desk.staff]

    request = RequestFactory().post("/")

    found = [authenticate(request, username=username, password=PASSWORD) for username in usernames]

    assert [staff.username for staff in found] == usernames


def test_the_city_is_visibly_a_demo():
    assert all(desk.name.zh.startswith("演示") and desk.name.en.startswith("Demo ") for desk in DESKS)
    assert all("DEM" in desk.credit_code for desk in DESKS if desk.kind is Kind.EMPLOYER)
    assert all(role.worker.number.startswith("XD") for role in CAST)


def test_there_is_no_demo_in_production(instance, monkeypatch):
    monkeypatch.setenv("RONGKA_MODE", "production")

    refused = [instance.run(*command) for command in (["demo"], ["journey"])]

    assert [(done.returncode, "RONGKA_MODE=demo" in done.stderr) for done in refused] == [(1, True)] * 2


@pytest.fixture
def city_database(instance, monkeypatch):
    """Give an instance whose database was made in production; the server is the one of the tests."""
    name = f"{urlsplit(instance.database_url).path.strip('/')}_in_earnest"
    address = urlsplit(instance.database_url)._replace(path=f"/{name}").geturl()
    with psycopg.connect(instance.database_url, autocommit=True) as owner:
        owner.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        owner.execute(f'CREATE DATABASE "{name}"')
        with monkeypatch.context() as production:
            for setting, value in PRODUCTION.items():
                production.setenv(setting, value)
            here = Instance(home=instance.home, database_url=address)
            migrated = here.run("migrate", "--quiet")
            assert migrated.returncode == 0, migrated.stderr
        yield here
        owner.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_a_citys_database_is_given_no_demo(city_database):
    for command in (["journey"], ["serve", "--port", "0"]):
        done = city_database.run(*command)

        assert done.returncode == 1, command
        assert "这个数据库不是作为演示建立的" in done.stderr
        assert "was not made as a demo" in done.stderr
    with psycopg.connect(city_database.database_url) as connection:
        assert connection.execute("SELECT count(*) FROM agencies_agency").fetchone() == (0,)


@pytest.mark.usefixtures("first_journey")
def test_a_demos_database_is_not_used_in_production(instance, monkeypatch):
    for setting, value in PRODUCTION.items():
        monkeypatch.setenv(setting, value)

    done = instance.run("migrate")

    assert done.returncode == 1
    assert "不得用于生产" in done.stderr
    assert "was made as a demo" in done.stderr
