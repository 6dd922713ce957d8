"""What happened to the demo's active card: a phone shows it, inspectors and somebody from the public look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from rongka.credential import SoftwareKey, present_live_code
from rongka.registers.inspection.commands import check_code, check_code_for_public, check_number, file_inspection
from rongka.registers.inspection.methods import Method
from rongka.registers.inspection.queries import lists_at_hand
from rongka.registers.issuance.commands import register_device
from rongka.registers.issuance.queries import credential_token
from rongka.registers.journal.actors import holder
from rongka.registers.permits.queries import permit_number_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from rongka.registers.issuance.commands import Issuing

    from .walk import Walk


def show_code(*, person_id: UUID, at: datetime, issuing: Issuing) -> str:
    """Register a phone that exists only here, and return the code that it shows."""
    phone = SoftwareKey.generate()
    device_id = register_device(
        actor=holder(person_id),
        at=at,
        issuing=issuing,
        public_key=dict(phone.public.to_jwk()),
        label="演示手机 Demo phone",
    )
    return present_live_code(card_cwt=credential_token(device_id), device=phone, presented_at=at)


def make(walk: Walk, *, at: datetime, issuing: Issuing) -> None:
    """Let an inspector scan and file, look a number up, and the public ask whether the card is valid."""
    code = show_code(person_id=walk.person_id, at=at, issuing=issuing)
    lists = lists_at_hand(anchor=import_string(settings.RONGKA_ANCHOR)(), now=at)
    inspector, place = walk.city.actor("inspector1"), walk.worker.work_place
    number = permit_number_of(walk.person_id) or ""
    check_number(actor=inspector, at=at, number=number, purpose="report", place=place)
    check_code_for_public(at=at, code=code, lists=lists, method=Method.TEXT)
    checked = check_code(
        actor=inspector, at=at, code=code, lists=lists, method=Method.IMAGE, purpose="daily-inspection", place=place
    )
    file_inspection(actor=inspector, at=at, check_id=checked.check_id, result="in-order", note="演示：人证相符，在岗。")
