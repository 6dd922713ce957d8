"""The signer that these tests issue with, an inspector who is signed in, and codes to scan."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from rongka.credential import SoftwareKey, present_live_code
from rongka.credential.qr import qr_png
from rongka.registers.cards.commands import cancel_permit, suspend_card
from rongka.registers.issuance.commands import notice_code, publish_status_lists, register_device, revoke_device
from rongka.registers.issuance.queries import credential_token
from rongka.registers.journal.actors import SYSTEM, holder
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import State
from tests.signing import signer_home, signing, trusted

__all__ = ["signer_home", "signing", "trusted"]

ACT = {"suspended": suspend_card, "cancelled": cancel_permit}


@dataclass
class Phone:
    """A holder's device in a test: it makes codes as a phone does."""

    person_id: object
    device_id: object
    key: SoftwareKey
    token: bytes

    def code(self, at: datetime | None = None) -> str:
        return present_live_code(card_cwt=self.token, device=self.key, presented_at=at or timezone.now())

    def picture(self) -> bytes:
        return qr_png(self.code(), scale=4)


@pytest.fixture(scope="module")
def active_id(founded, module_transaction):
    """Take a person all the way."""
    with module_transaction():
        return founded.person_at(State.ACTIVE)


@pytest.fixture
def phone(db, active_id, trusted):
    """Give an active card on a phone."""
    person_id, key, now = active_id, SoftwareKey.generate(), timezone.now()
    device_id = register_device(
        actor=holder(person_id), at=now, issuing=trusted, public_key=key.public.to_jwk(), label="test"
    )
    return Phone(person_id, device_id, key, credential_token(device_id))


@pytest.fixture
def printed(city, trusted):
    """Give the text of a notice's printed code, and the notice."""
    person_id = city.person_at(State.NOTICE_ISSUED)
    notice = case_of_person(person_id).notice
    return notice, notice_code(actor=SYSTEM, at=timezone.now(), issuing=trusted, notice_id=notice.id)


@pytest.fixture
def hold(city, trusted):
    """Suspend or cancel a card, or revoke its device, and publish."""

    def hold(phone: Phone, what: str) -> None:
        now = timezone.now()
        if what == "revoked":
            revoke_device(actor=holder(phone.person_id), at=now, device_id=phone.device_id)
        else:
            ACT[what](actor=city.authority, at=now, person_id=phone.person_id, reason="演示")
        publish_status_lists(at=now + timedelta(seconds=1), issuing=trusted)

    return hold


@pytest.fixture
def inspector(city, client, settings):
    """Sign the inspector in."""
    from django.contrib.auth import get_user_model

    settings.ALLOWED_HOSTS = ["*"]
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(get_user_model().objects.get(pk=city.inspector.staff_id), backend=backend)
    return client
