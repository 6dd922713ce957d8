"""The foreigners' sign-in, without a phone number or a password (ADR 5).

Somebody knows a notice number (or permit number) and the name on it. That alone opens nothing: the first time the
one-time code on the notice is asked for too, later the browser in which it was typed, or a passkey, is the second
thing. What a sign-in cannot do is bind a card: that needs a verification, and the person at a counter.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction

from rongka.proofing.names import match_names
from rongka.registers.agencies.permissions import Permission
from rongka.registers.journal.actors import holder
from rongka.registers.journal.commands import record
from rongka.registers.journal.days import day_of
from rongka.registers.journal.errors import NotFound
from rongka.registers.journal.numbers import ALPHABET
from rongka.registers.people.commands import read_mrz
from rongka.registers.people.models import Passport, Person
from rongka.registers.people.queries import person_card
from rongka.registers.permits.errors import NoticeNotFound
from rongka.registers.permits.models import Notice
from rongka.registers.permits.queries import notice_by_number, person_of_permit_number
from rongka.text import Text

from .commands import must_agree
from .events import HolderSignedIn, OneTimeCodePrinted
from .models import KnownBrowser, OneTimeCode, Passkey, SignInAttempt, TriedNumber

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from rongka.registers.journal.actors import Actor

MAX_ATTEMPTS = 5  # UX: five tries, then wait
WAIT = timedelta(minutes=15)  # long enough to make guessing names pointless, short enough to try again the same day
CODE_LENGTH = 8  # of 30 characters: 39 bits, for somebody with five tries a quarter of an hour
_GROUP = 4


class Way(StrEnum):
    """What let somebody in, beside number and name."""

    NAME = "name"  # nothing: where the instance allows it, as a demo does
    BROWSER = "browser"
    CODE = "code"
    PASSKEY = "passkey"


class Problem(StrEnum):
    """Why nobody was let in."""

    NO_MATCH = "sign-in.no-match"
    TOO_MANY = "sign-in.too-many-tries"
    CODE_NEEDED = "sign-in.code-needed"
    CODE_WRONG = "sign-in.code-wrong"
    PASSKEY_NEEDED = "sign-in.passkey-needed"


@dataclass(frozen=True, slots=True)
class SignIn:
    """How a try to sign in ended: with a person, or with words and, after too many tries, a time to wait for."""

    person_id: UUID | None
    way: Way | None = None
    problem: Problem | None = None
    explanation: Text | None = None
    retry_at: datetime | None = None


@transaction.atomic
def sign_in_holder(
    *,
    at: datetime,
    number: str,
    name: str,
    pepper: bytes,
    code: str = "",
    browser: str = "",
    name_alone: bool = False,
) -> SignIn:
    """Sign a holder in by number and name, and a one-time code or a known browser. Every try is written down.

    `browser` is the token that this browser keeps. With `name_alone` number and name are enough for whoever has no
    passkey.
    """
    number = number.strip().upper()
    number_hash = hmac.new(pepper, number.encode(), "sha256").hexdigest()
    # Locked, or made and thereby locked: whoever tries the same number waits until this try is written down.
    tried, _ = TriedNumber.objects.select_for_update().get_or_create(number_hash=number_hash)
    failed = SignInAttempt.objects.filter(number=tried, succeeded=False, at__gt=at - WAIT).order_by("-at")
    recent = list(failed[:MAX_ATTEMPTS])
    if len(recent) == MAX_ATTEMPTS:
        problem, retry_at = Problem.TOO_MANY, recent[-1].at + WAIT
        return SignIn(person_id=None, problem=problem, explanation=_TOO_MANY, retry_at=retry_at)
    person_id, explanation = _person_of(number=number, name=name)
    found = SignIn(person_id=None, problem=Problem.NO_MATCH, explanation=explanation)
    if person_id is not None:
        found = _second_look(person_id, at=at, pepper=pepper, code=code, browser=browser, name_alone=name_alone)
    SignInAttempt.objects.create(number=tried, succeeded=found.person_id is not None, at=at)
    if found.person_id is not None and found.way is not None:
        event = HolderSignedIn(subject_id=found.person_id, person_id=found.person_id, way=found.way)
        record(event, actor=holder(found.person_id), at=at)
    return found


@transaction.atomic
def code_for_notice(*, at: datetime, notice_id: UUID, pepper: bytes) -> str | None:
    """Return the code that the notice prints, or None when it lets nobody in any more.

    A notice has one for as long as its person never had another. The caller has checked that the actor may see the
    notice.
    """
    notice = Notice.objects.get(id=notice_id)
    Person.objects.select_for_update().get(id=notice.person_id)
    found = OneTimeCode.objects.filter(person_id=notice.person_id).order_by("-issued_at").first()
    if found is None:
        found = OneTimeCode.objects.create(person_id=notice.person_id, notice=notice, issued_at=at)
    is_good = found.notice_id == notice_id and found.spent_at is None and found.replaced_at is None
    return one_time_code(found.id, pepper=pepper) if is_good else None


@transaction.atomic
def print_one_time_code(*, actor: Actor, at: datetime, number: str, mrz: str) -> UUID:
    """Make a new code for somebody who stands at the counter with the passport; return its id.

    Codes before it let nobody in any more, and browsers that were known are forgotten: they may be a thief's.
    """
    actor.must_have(Permission.VERIFY_IDENTITY)
    person_id = _person_of_number(number.strip().upper())
    if person_id is None:
        raise NotFound(field="number")
    Person.objects.select_for_update().get(id=person_id)
    must_agree(read_mrz(mrz, on=day_of(at)), Passport.objects.get(person_id=person_id, replaced_at__isnull=True))
    open_codes = OneTimeCode.objects.filter(person_id=person_id, spent_at__isnull=True, replaced_at__isnull=True)
    open_codes.update(replaced_at=at)
    KnownBrowser.objects.filter(person_id=person_id, forgotten_at__isnull=True).update(forgotten_at=at)
    made = OneTimeCode.objects.create(
        person_id=person_id, counter_id=actor.agency, printed_by=actor.officer, issued_at=at
    )
    record(OneTimeCodePrinted(subject_id=made.id, person_id=person_id), actor=actor, at=at)
    return made.id


def one_time_code(code_id: UUID, *, pepper: bytes) -> str:
    """Work out the text of a code: nothing that is stored tells it without the instance's secret."""
    rest = int.from_bytes(hmac.digest(pepper, b"one-time code" + code_id.bytes, "sha256"))
    text = ""
    for _ in range(CODE_LENGTH):
        rest, place = divmod(rest, len(ALPHABET))
        text += ALPHABET[place]
    return f"{text[:_GROUP]}-{text[_GROUP:]}"


_TOO_MANY = Text(zh="尝试次数过多。", en="Too many tries.")
_UNKNOWN = Text(
    zh="未找到与该编号和姓名相符的记录。请核对通知上的编号，姓名按护照填写。",
    en="No record fits this number and name. Check the number on the notice, and write the name as in the passport.",
)
_CODE_NEEDED = Text(
    zh="在此浏览器首次登录，请输入通知上的一次性登录码。",
    en="The first time in this browser, enter the one-time code from your notice as well.",
)
_CODE_WRONG = Text(
    zh="一次性登录码不正确或已使用。请核对；核验窗口可凭护照为您打印新码。",
    en="This one-time code is not right, or was used before. A counter prints a new one for your passport.",
)
_PASSKEY_NEEDED = Text(
    zh="您已设置通行密钥，请用通行密钥登录；不能使用的，核验窗口可凭护照打印一次性登录码。",
    en="You have a passkey: sign in with it. If you cannot, a counter prints a one-time code for your passport.",
)


def _second_look(person_id: UUID, *, at: datetime, pepper: bytes, code: str, browser: str, name_alone: bool) -> SignIn:
    """Ask for what number and name do not prove."""
    if code:
        return _by_code(person_id, at=at, pepper=pepper, code=code, browser=browser)
    if Passkey.objects.filter(person_id=person_id, removed_at__isnull=True).exists():
        return SignIn(person_id=None, problem=Problem.PASSKEY_NEEDED, explanation=_PASSKEY_NEEDED)
    known = KnownBrowser.objects.filter(person_id=person_id, token_digest=_digest(browser), forgotten_at__isnull=True)
    if browser and known.exists():
        return SignIn(person_id=person_id, way=Way.BROWSER)
    if name_alone:
        return SignIn(person_id=person_id, way=Way.NAME)
    return SignIn(person_id=None, problem=Problem.CODE_NEEDED, explanation=_CODE_NEEDED)


def _by_code(person_id: UUID, *, at: datetime, pepper: bytes, code: str, browser: str) -> SignIn:
    Person.objects.select_for_update().get(id=person_id)
    found = OneTimeCode.objects.filter(person_id=person_id, spent_at__isnull=True, replaced_at__isnull=True).first()
    if found is None or not hmac.compare_digest(_plain(one_time_code(found.id, pepper=pepper)), _plain(code)):
        return SignIn(person_id=None, problem=Problem.CODE_WRONG, explanation=_CODE_WRONG)
    found.spent_at = at
    found.save(update_fields=["spent_at"])
    if browser:
        KnownBrowser.objects.update_or_create(
            person_id=person_id, token_digest=_digest(browser), defaults={"added_at": at, "forgotten_at": None}
        )
    return SignIn(person_id=person_id, way=Way.CODE)


def _plain(code: str) -> bytes:
    """Return a code without what people put between its characters."""
    return "".join(code.split()).replace("-", "").upper().encode(errors="replace")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _person_of_number(number: str) -> UUID | None:
    try:
        return notice_by_number(number).person_id
    except NoticeNotFound:
        return person_of_permit_number(number)


def _person_of(*, number: str, name: str) -> tuple[UUID | None, Text | None]:
    person_id = _person_of_number(number)
    if person_id is None:
        return None, _UNKNOWN
    person = person_card(person_id)
    match = match_names(
        name,
        viz_surname=person.surname,
        viz_given_names=person.given_names,
        mrz_surname=person.mrz_surname,
        mrz_given_names=person.mrz_given_names,
        chinese_name=person.chinese_name or None,
    )
    return (person_id, None) if match.matched else (None, match.safe)
