"""Passkeys (WebAuthn Level 3): a holder adds, names and removes them, and signs in with one and nothing else.

Discoverable, with user verification, attestation none: we ask who holds the key, not who made the device. The
challenge is the caller's, who spends it before calling.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import cbor2
from cryptography.exceptions import InvalidSignature
from django.db import IntegrityError, transaction
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AttestationConveyancePreference,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from rongka.registers.journal.actors import holder
from rongka.registers.journal.commands import record
from rongka.registers.journal.errors import NotFound
from rongka.registers.journal.wording import one_line
from rongka.registers.people.models import Person

from .errors import PasskeyKnown, PasskeyRefused, PasskeyUnknown, TooManyPasskeys
from .events import HolderSignedIn, PasskeyAdded, PasskeyRemoved
from .models import Passkey
from .signing_in import Way

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from rongka.registers.journal.actors import Actor

MAX_PASSKEYS = 10  # a phone, a laptop, a security key or two; each is a way in
MAX_LABEL = 80
TIMEOUT = 120_000  # milliseconds in which a person finds the finger or the PIN
_VERIFIED = UserVerificationRequirement.REQUIRED
_ALGORITHMS = [
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,  # Windows Hello has nothing else on older machines
]
# What the library lets through of hostile bytes, beside its own errors.
_HOSTILE = (
    WebAuthnException,
    cbor2.CBORError,
    InvalidSignature,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    struct.error,
)

Answer = dict[str, Any]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Site:
    """For whom a passkey is made: the host, and the origin of the pages on it."""

    host: str
    origin: str


def options_to_add(*, site: Site, person_id: UUID, name: str, challenge: bytes) -> Answer:
    """Return what a browser needs to make a passkey; one that is registered here already is not made again."""
    known = Passkey.objects.filter(person_id=person_id, removed_at__isnull=True)
    options = generate_registration_options(
        rp_id=site.host,
        rp_name="融卡 Rongka",
        user_id=person_id.bytes,
        user_name=name,
        user_display_name=name,
        challenge=challenge,
        timeout=TIMEOUT,
        attestation=AttestationConveyancePreference.NONE,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential_id)) for one in known],
        supported_pub_key_algs=_ALGORITHMS,
    )
    return _as_json(options_to_json(options))


def options_to_sign_in(*, site: Site, challenge: bytes) -> Answer:
    """Return what a browser needs to offer its passkeys; they know whose they are."""
    options = generate_authentication_options(
        rp_id=site.host, challenge=challenge, timeout=TIMEOUT, user_verification=_VERIFIED
    )
    return _as_json(options_to_json(options))


@transaction.atomic
def add_passkey(*, actor: Actor, at: datetime, site: Site, challenge: bytes, answer: Answer, label: str) -> UUID:
    """Register the passkey that a browser made; return its id."""
    Person.objects.select_for_update().get(id=actor.person)  # two tabs do not pass the limit together
    if Passkey.objects.filter(person_id=actor.person, removed_at__isnull=True).count() >= MAX_PASSKEYS:
        raise TooManyPasskeys
    verified = _read(
        lambda: verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
            supported_pub_key_algs=_ALGORITHMS,
        )
    )
    try:
        with transaction.atomic():
            passkey = Passkey.objects.create(
                person_id=actor.person,
                credential_id=bytes_to_base64url(verified.credential_id),
                public_key=verified.credential_public_key,
                sign_count=verified.sign_count,
                label=label,
                added_at=at,
            )
    except IntegrityError as error:
        raise PasskeyKnown from error
    record(PasskeyAdded(subject_id=passkey.id, person_id=passkey.person_id, label=label), actor=actor, at=at)
    return passkey.id


@transaction.atomic
def sign_in_with_passkey(*, at: datetime, site: Site, challenge: bytes, answer: Answer) -> UUID:
    """Return the person whose passkey answered the challenge."""
    credential_id, handle = _named(answer)
    passkey = Passkey.objects.select_for_update().filter(credential_id=credential_id, removed_at__isnull=True).first()
    if passkey is None or handle != passkey.person_id.bytes:
        raise PasskeyUnknown
    verified = _read(
        lambda: verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=bytes(passkey.public_key),
            # A counter that does not rise is refused: the key may have been copied (WebAuthn 6.1.1).
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    )
    passkey.sign_count, passkey.used_at = verified.new_sign_count, at
    passkey.save(update_fields=["sign_count", "used_at"])
    event = HolderSignedIn(subject_id=passkey.person_id, person_id=passkey.person_id, way=Way.PASSKEY)
    record(event, actor=holder(passkey.person_id), at=at)
    return passkey.person_id


@transaction.atomic
def name_passkey(*, actor: Actor, at: datetime, passkey_id: UUID, label: str) -> UUID:  # noqa: ARG001 - as every command
    """Give a passkey a name that its holder knows it by."""
    passkey = access_own_passkey(actor=actor, passkey_id=passkey_id)
    passkey.label = one_line(label, field="label", most=MAX_LABEL)
    passkey.save(update_fields=["label"])
    return passkey.id


@transaction.atomic
def remove_passkey(*, actor: Actor, at: datetime, passkey_id: UUID) -> UUID:
    """Remove a passkey: it signs nobody in any more."""
    passkey = access_own_passkey(actor=actor, passkey_id=passkey_id)
    if passkey.removed_at is None:
        passkey.removed_at = at
        passkey.save(update_fields=["removed_at"])
        record(PasskeyRemoved(subject_id=passkey.id, person_id=passkey.person_id), actor=actor, at=at)
    return passkey.id


def access_own_passkey(*, actor: Actor, passkey_id: UUID) -> Passkey:
    """Return one of the holder's own passkeys, locked."""
    passkey = Passkey.objects.select_for_update().filter(id=passkey_id, person_id=actor.person).first()
    if passkey is None:
        raise NotFound
    return passkey


def _named(answer: Answer) -> tuple[str, bytes]:
    """Return which passkey answers, and for whom it says it does; neither is proved yet."""
    response = answer.get("response")
    given, handle = answer.get("id"), response.get("userHandle") if isinstance(response, dict) else None
    if not isinstance(given, str) or not isinstance(handle, str) or not given.isascii() or not handle.isascii():
        raise PasskeyRefused
    return _read(lambda: (bytes_to_base64url(base64url_to_bytes(given)), base64url_to_bytes(handle)))


def _read(look: Callable[[], Found]) -> Found:
    """Look at what a browser sent; whatever is wrong with it, the answer is one and the same."""
    try:
        return look()
    except _HOSTILE as error:
        raise PasskeyRefused from error


def _as_json(options: str) -> Answer:
    found: Answer = json.loads(options)
    return found
