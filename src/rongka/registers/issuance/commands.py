"""Registering devices, issuing credentials and printed codes, publishing the lists.

The signing keys are elsewhere: `Issuing.signer` is the process that holds them.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from rongka.credential import (
    Algorithm,
    CardClaims,
    ClaimsError,
    KeyFormatError,
    KeyStoreError,
    NoticeClaims,
    PublicKey,
    Purpose,
    Sex,
    StatusReference,
    cbor,
    issue_card_cwt,
    issue_printed_code,
    mask_number,
    status_claim_set,
)
from rongka.credential import (
    StatusList as Entries,
)
from rongka.credential.cose import read as read_token
from rongka.credential.documents import document_id
from rongka.credential.status_list import unverified_status_list
from rongka.credential.transport import read as read_text
from rongka.proofing.display import display_name
from rongka.registers.agencies.queries import agency_card
from rongka.registers.cards.queries import CardView, card_of
from rongka.registers.journal.commands import enqueue, record
from rongka.registers.journal.days import day_of
from rongka.registers.journal.errors import NotFound
from rongka.registers.people.models import Person
from rongka.registers.people.queries import PersonCard, person_card
from rongka.registers.permits.models import Notice
from rongka.registers.permits.queries import case_of_notice, permit_number_of
from rongka.rulebook.order import State
from rongka.rulebook.wallet import renew_credential_after_days

from .errors import (
    CardNotActive,
    ClaimsUnfit,
    DeviceIsRevoked,
    DeviceKeyInvalid,
    DeviceOfAnother,
    SignerAway,
    TooManyDevices,
)
from .events import CredentialIssued, DeviceRegistered, DeviceRevoked, NoticeCodeIssued
from .models import Credential, Device, NoticeCode, Publication, StatusList, StatusSlot
from .queries import TRUST_LIST, statuses_by_list

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from rongka.credential import Signer, Status
    from rongka.registers.journal.actors import Actor

MAX_DEVICES = 5  # a phone, a tablet, a spare; more would be a copy shop
LIST_SIZE = 1 << 17  # entries a list: 32 KiB, fetched whole by every scanner
LIST_FULL = LIST_SIZE // 2  # beyond it random draws collide too often
ONE_DAY = timedelta(days=1)
LIST_TTL = timedelta(hours=1)
LIST_LIFE = timedelta(hours=48)
LIST_RENEWAL = LIST_TTL / 2  # a list is replaced well before those who keep it look for a newer one


@dataclass(frozen=True, slots=True)
class Issuing:
    """What issuing needs from outside: the issuer's public address, and the signer."""

    url: str
    signer: Signer

    def status_list_uri(self, number: int) -> str:
        """Return the address of a status list; short, since every code carries it."""
        return f"{self.url}/s/{number}"


@transaction.atomic
def register_device(*, actor: Actor, at: datetime, issuing: Issuing, public_key: dict[str, object], label: str) -> UUID:
    """Register the public key of the holder's device, and issue the credential for it; return the device's id.

    The same key again returns the device that there is: a lost answer is no second device.
    """
    card = access_own_active_card(actor=actor)
    key = _read_key(public_key)
    known = Device.objects.filter(thumbprint=key.thumbprint.hex()).first()
    if known is not None and (known.person_id != card.person_id or known.revoked_at is not None):
        raise DeviceOfAnother
    if known is not None:
        return known.id
    if Device.objects.filter(person_id=card.person_id, revoked_at__isnull=True).count() >= MAX_DEVICES:
        raise TooManyDevices
    device = Device.objects.create(
        person_id=card.person_id,
        card_id=card.id,
        public_key=key.to_jwk(),
        thumbprint=key.thumbprint.hex(),
        label=label,
        registered_at=at,
    )
    record(DeviceRegistered(subject_id=device.id, person_id=device.person_id, label=label), actor=actor, at=at)
    _issue_credential(actor=actor, at=at, issuing=issuing, card=card, device=device, key=key)
    return device.id


@transaction.atomic
def renew_credential(*, actor: Actor, at: datetime, issuing: Issuing, device_id: UUID) -> UUID:
    """Return the credential for one of the holder's own devices: a new one when what is on record has changed.

    Also when the newest one is older than the rule book says. The old ones stay as good as they were.
    """
    card = access_own_active_card(actor=actor)
    device = Device.objects.filter(id=device_id, person_id=card.person_id).first()
    if device is None:
        raise NotFound
    if device.revoked_at is not None:
        raise DeviceIsRevoked
    newest = Credential.objects.filter(device=device).order_by("-issued_at", "-id").first()
    if newest is not None and _still_says(newest, card, at=at):
        return newest.id
    key = PublicKey.from_jwk(device.public_key)
    return _issue_credential(actor=actor, at=at, issuing=issuing, card=card, device=device, key=key)


@transaction.atomic
def revoke_device(*, actor: Actor, at: datetime, device_id: UUID) -> UUID:
    """Revoke one of the holder's own devices; its codes are refused as soon as the status list is out."""
    device = Device.objects.select_for_update().filter(id=device_id, person_id=actor.person).first()
    if device is None:
        raise NotFound
    if device.revoked_at is None:
        device.revoked_at = at
        device.save(update_fields=["revoked_at"])
        record(DeviceRevoked(subject_id=device.id, person_id=device.person_id), actor=actor, at=at)
        enqueue("publish_status_lists")
    return device.id


@transaction.atomic
def notice_code(*, actor: Actor, at: datetime, issuing: Issuing, notice_id: UUID) -> str:
    """Return the text of a notice's printed code, issuing it when it is asked for the first time.

    The caller has checked that the actor may see the notice.
    """
    notice = Notice.objects.select_for_update().filter(id=notice_id).first()
    if notice is None:
        raise NotFound
    issued = NoticeCode.objects.filter(notice=notice).first()
    if issued is not None:
        return issued.text
    slot, reference = _draw_slot(at=at, issuing=issuing)
    try:
        text = issue_printed_code(claims=_notice_claims(notice), issued_at=at, signer=issuing.signer, status=reference)
    except ClaimsError as error:
        raise ClaimsUnfit from error
    except KeyStoreError as error:
        raise SignerAway from error
    code = NoticeCode.objects.create(
        person_id=notice.person_id,
        notice=notice,
        slot=slot,
        text=text,
        document_id=document_id(read_token(read_text(text)).payload),
        issued_at=at,
    )
    record(NoticeCodeIssued(subject_id=code.id, person_id=code.person_id), actor=actor, at=at)
    return text


@transaction.atomic
def publish_status_lists(*, at: datetime, issuing: Issuing) -> list[str]:
    """Publish the status lists of which the cards, the age or the signing key say so; return their names.

    What has not changed is left as it is: caches keep it, and nothing is compressed or signed for it.
    """
    rows = list(StatusList.objects.select_for_update().order_by("number"))
    if not rows:
        return []
    kid, statuses = _signing_kid(issuing), statuses_by_list()
    built = ((row, _entries(row, statuses.get(row.id, {}))) for row in rows)
    return [
        _publish(row, entries, at=at, issuing=issuing)
        for row, entries in built
        if not _is_published(row, entries, at=at, kid=kid)
    ]


@transaction.atomic
def publish_trust_list(*, at: datetime, token: bytes) -> None:
    """Serve a trust list that the trust anchor's keeper signed."""
    Publication.objects.update_or_create(name=TRUST_LIST, defaults={"token": token, "published_at": at})


def access_own_active_card(*, actor: Actor) -> CardView:
    """Return the holder's active card, the person locked: two tabs do not register at once."""
    Person.objects.select_for_update().get(id=actor.person)
    card = card_of(actor.person)
    if card is None or card.state is not State.ACTIVE:
        raise CardNotActive
    return card


def _read_key(public_key: dict[str, object]) -> PublicKey:
    try:
        key = PublicKey.from_jwk(public_key)
    except KeyFormatError as error:
        raise DeviceKeyInvalid from error
    if key.algorithm is not Algorithm.ES256:  # the one algorithm that every browser keeps unexportable
        raise DeviceKeyInvalid
    return key


def _issue_credential(
    *, actor: Actor, at: datetime, issuing: Issuing, card: CardView, device: Device, key: PublicKey
) -> UUID:
    activation_id = card.activation_id
    if activation_id is None:
        raise CardNotActive
    slot, reference = _draw_slot(at=at, issuing=issuing)
    try:
        token = issue_card_cwt(
            claims=_card_claims(card), device_key=key, status=reference, issued_at=at, signer=issuing.signer
        )
    except ClaimsError as error:
        raise ClaimsUnfit from error
    except KeyStoreError as error:
        raise SignerAway from error
    credential = Credential.objects.create(
        person_id=card.person_id,
        activation_id=activation_id,
        device=device,
        slot=slot,
        token=token,
        document_id=document_id(read_token(token).payload),
        issued_at=at,
    )
    record(CredentialIssued(subject_id=credential.id, person_id=card.person_id), actor=actor, at=at)
    return credential.id


def _still_says(credential: Credential, card: CardView, *, at: datetime) -> bool:
    """Tell whether a credential is young and says what is on record now."""
    if at - credential.issued_at > timedelta(days=renew_credential_after_days(on=day_of(at))):
        return False
    claims = cbor.decode_map(read_token(bytes(credential.token)).payload)
    return CardClaims.from_cwt(claims) == _card_claims(card)


def _draw_slot(*, at: datetime, issuing: Issuing) -> tuple[StatusSlot, StatusReference]:
    """Draw a free index at random: an index must tell nothing about its neighbours."""
    status_list = _list_with_room(at=at, issuing=issuing)
    while True:
        slot, is_new = StatusSlot.objects.get_or_create(status_list=status_list, index=secrets.randbelow(LIST_SIZE))
        if is_new:
            uri = issuing.status_list_uri(status_list.number)
            return slot, StatusReference(uri=uri, index=slot.index)


def _list_with_room(*, at: datetime, issuing: Issuing) -> StatusList:
    newest = StatusList.objects.order_by("-number").first()
    if newest is not None and StatusSlot.objects.filter(status_list=newest).count() < LIST_FULL:
        return newest
    number = newest.number + 1 if newest else 1
    opened, is_new = StatusList.objects.get_or_create(number=number, defaults={"size": LIST_SIZE, "created_at": at})
    if is_new:
        _publish(opened, Entries(size=opened.size), at=at, issuing=issuing)
    return opened


def _entries(status_list: StatusList, statuses: Mapping[int, Status]) -> Entries:
    entries = Entries(size=status_list.size)
    for index, status in statuses.items():
        entries.set(index, status)
    return entries


def _is_published(status_list: StatusList, entries: Entries, *, at: datetime, kid: bytes) -> bool:
    """Tell whether a young list by the key that signs now says the same already."""
    row = Publication.objects.filter(name=str(status_list.number)).first()
    if row is None or not timedelta(0) <= at - row.published_at < LIST_RENEWAL:
        return False
    found = unverified_status_list(bytes(row.token))
    return found.kid == kid and found.entries == entries.entries


def _signing_kid(issuing: Issuing) -> bytes:
    try:
        return issuing.signer.public_keys()[Purpose.STATUS][0].kid
    except (KeyStoreError, LookupError) as error:
        raise SignerAway from error


def _publish(status_list: StatusList, entries: Entries, *, at: datetime, issuing: Issuing) -> str:
    claim_set = status_claim_set(
        uri=issuing.status_list_uri(status_list.number),
        entries=entries,
        issued_at=at,
        expires_at=at + LIST_LIFE,
        ttl=LIST_TTL,
    )
    try:
        token = issuing.signer.sign_status_list(claim_set=claim_set)
    except KeyStoreError as error:
        raise SignerAway from error
    name = str(status_list.number)
    Publication.objects.update_or_create(name=name, defaults={"token": token, "published_at": at})
    return name


def _card_claims(card: CardView) -> CardClaims:
    person, qualification = person_card(card.person_id), card.qualification
    number = permit_number_of(card.person_id)
    if qualification is None or number is None:
        raise CardNotActive
    employer = agency_card(qualification.employer_id)
    return CardClaims(
        permit_number=number,
        name_viz=_printed_name(person),
        name_mrz=_mrz_name(person),
        sex=Sex(person.sex),
        nationality=person.nationality,
        birth_date=person.birth_on,
        passport_masked=mask_number(person.passport_number),
        category=qualification.category,
        employer_name=employer.name.zh,
        employer_credit_code=employer.credit_code or "",
        post=qualification.post,
        work_place=qualification.work_place,
        valid_from=qualification.valid_from,
        valid_until=qualification.valid_until,
        name_zh=person.chinese_name or None,
    )


def _notice_claims(notice: Notice) -> NoticeClaims:
    person, case = person_card(notice.person_id), case_of_notice(notice.id)
    return NoticeClaims(
        notice_number=notice.number,
        name_viz=_printed_name(person),
        name_mrz=_mrz_name(person),
        nationality=person.nationality,
        passport_masked=mask_number(person.passport_number),
        category=case.category,
        employer_name=agency_card(case.employer_id).name.zh,
        post=case.post,
        valid_until=notice.expires_on + ONE_DAY,  # a claim's period is half open, a paper's last day counts
    )


def _printed_name(person: PersonCard) -> str:
    return display_name(surname=person.surname, given_names=person.given_names)


def _mrz_name(person: PersonCard) -> str:
    return person.mrz[5:44].rstrip("<")
