"""Staff at their desks: a signed-in browser for any officer, at the hour at which the city's people act."""

import pytest
from django.test import Client
from django.utils import timezone

from rongka.registers.agencies.commands import add_staff
from rongka.registers.agencies.models import Staff
from rongka.registers.agencies.permissions import Role
from rongka.registers.agencies.queries import actor_of_staff
from rongka.registers.journal.actors import SYSTEM
from tests.registers.city import NOW, PASSWORD
from tests.web.desks.reading import LATER


@pytest.fixture(autouse=True)
def _clock(monkeypatch, settings):
    monkeypatch.setattr(timezone, "now", lambda: LATER)
    settings.ALLOWED_HOSTS = ["*"]


@pytest.fixture
def desk():
    """Give the browser of a member of staff who has signed in."""

    def desk(actor) -> Client:
        client = Client()
        staff = Staff.objects.get(id=actor.staff_id)
        client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return desk


@pytest.fixture
def reader_of():
    """Add somebody to an officer's agency who may look and not act."""

    def reader_of(actor):
        staff_id = add_staff(
            actor=SYSTEM,
            at=NOW,
            agency_id=actor.agency,
            username="reader",
            name="Reader",
            role=Role.READER,
            password=PASSWORD,
        )
        return actor_of_staff(staff_id)

    return reader_of
