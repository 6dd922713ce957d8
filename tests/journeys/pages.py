"""Every page there is, and who opens it: by the names of the URLconf, so that a page without a visit is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import uuid4

from rongka.cli.city.workers import random_worker
from rongka.rulebook.order import Category
from tests.journeys.actors import Actor

TODAY = date.today()  # noqa: DTZ011 - what a person types who looks at a calendar

STRANGER = "stranger"
HOLDERS = {
    "SUHARJONO": "a notice",
    "DE LA CRUZ": "a visa",
    "NGUYEN": "an entry",
    "TANAKA": "an examination",
    "SILVA SANTOS": "an online verification",
    "WOLFESCHLEGELSTEINHAUSEN-BERGERDORFF": "a verification",
    "KIM": "a card",
    "MÜLLER": "an active card",
    "O'CONNOR": "a suspended card",
    "DUBOIS": "a cancelled permit",
    "PETROV": "a legacy permit",
    "ROSSI": "a switch",
}
LONG = "WOLFESCHLEGELSTEINHAUSEN-BERGERDORFF"

# Addresses that answer with no page of their own.
NO_PAGES = {
    "desks:home": "leads to the desk of one's agency",
    "desks:chip-picture": "a picture on the counter's page",
    "desks:next-case": "leads to a case",
    "desks:next-review": "leads to a review",
    "desks:review-done": "a receipt like the others once it is decided; tests/web/desks/test_reviews.py reads it",
    "desks:review-picture": "a picture on the reviewer's page",
    "desks:sign-out": "takes a POST and leads to the sign-in",
    "desks:worker-notice": "a PDF; tests/documents looks at it",
    "wallet:notice": "a PDF; tests/documents looks at it",
    "scanner:decoder": "a script",
    "scanner:manifest": "read by the browser alone",
    "scanner:sync": "answers the script of the scanner",
    "scanner:worker": "a script",
    "wallet:passkey-sign-in-options": "answers the script of the sign-in",
    "wallet:passkey-sign-in": "answers the script of the sign-in",
    "wallet:passkey-options": "answers the script of the page about me",
    "wallet:add-passkey": "answers the script of the page about me",
    "wallet:remove-passkey": "takes a POST and leads to its own page",
    "wallet:own-evidence": "a ZIP file; tests/web/wallet/test_proving.py looks into it",
    "wallet:proving-start": "answers the script of the face's page",
    "wallet:proving-frame": "answers the script of the face's page",
    "wallet:proving-finish": "answers the script of the face's page",
    "wallet:state": "answers the script of the wallet",
    "wallet:renew-credential": "answers the script of the wallet",
    "wallet:manifest": "what a phone installs the wallet by",
    "wallet:register-device": "answers the script of the code page",
    "wallet:sign-out": "takes a POST and leads to the sign-in",
    "wallet:worker": "a script",
}

# Pages that are reached only by what another test does in a browser, where it looks at each of them as here.
ELSEWHERE = {
    f"wallet:proving-{page}": "tests/web/wallet/test_proving_in_browser.py"
    for page in (
        *("passport", "photo", "chip", "pairing", "face", "result"),
        *("withdraw", "withdraw-consent", "consent-withdrawn"),
    )
}


class Town(Protocol):
    """What a visitor knows: the numbers of the cast by surname, and the code that Müller's phone shows."""

    people: dict[str, dict[str, str]]

    def live_code(self) -> str:
        """Return the code of this moment."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody opens a page, about a person where the address wants one, and perhaps does something there."""

    who: str
    view: str
    of: str = ""
    act: Callable[[Actor, Town], None] | None = None
    status: int = 200

    def __str__(self) -> str:
        """Name the visit in a test's report."""
        act = self.act.__name__ if self.act else ""
        return " ".join(part for part in (self.view, self.of, act) if part)


def _press(actor: Actor, _town: Town) -> None:
    actor.press()


def _sign_in_wrongly(actor: Actor, _town: Town) -> None:
    actor.fill(number="TZ0000000000AA", name="NOBODY")
    actor.press()


def _sign_in_to_desk_wrongly(actor: Actor, _town: Town) -> None:
    actor.fill(username=f"nobody-{uuid4()}", password="wrong")
    actor.press()


def _ask_for_a_notice(actor: Actor, town: Town) -> None:
    actor.fill(number=town.people["MÜLLER"]["notice_number"], initials="MA")
    actor.press()


def _fill_in_an_application(actor: Actor, _town: Town) -> None:
    worker = random_worker(category=Category.A)
    passport = worker.passport(on=TODAY)
    actor.fill(surname=passport.surname, given_names=passport.given_names, mrz=passport.mrz)
    actor.choose("category", "A")
    actor.fill(post=worker.post, work_place=worker.work_place)
    actor.fill_day("valid_from", TODAY.year + 1, 1, 1)
    actor.fill_day("valid_until", TODAY.year + 2, 12, 31)
    actor.press()


def _decide_to_return(actor: Actor, _town: Town) -> None:
    actor.choose("outcome", "returned")
    actor.page.locator("main [name=reasons]").first.check()
    actor.fill(note="请补充第二页。")
    actor.press()


def _give_a_reason(actor: Actor, _town: Town) -> None:
    actor.fill(reason="演示：待核实")
    actor.press()


def _record_a_visa(actor: Actor, _town: Town) -> None:
    until = TODAY + timedelta(days=30)
    actor.fill(visa_number="XD12345678")
    actor.fill_day("expires_on", until.year, until.month, until.day)
    actor.press()


def _show_a_card(actor: Actor, town: Town) -> None:
    traveller = town.people["DE LA CRUZ"]
    actor.fill(passport_number=traveller["passport_number"], notice_number=traveller["notice_number"])
    actor.choose("shown", "card")
    actor.press()


def _examine_another_passport(actor: Actor, _town: Town) -> None:
    actor.fill(mrz=random_worker(category=Category.A).passport(on=TODAY).mrz)
    actor.press()


def _reject(actor: Actor, _town: Town) -> None:
    actor.page.locator("main [name=reasons]").first.check()
    actor.press()


def _reject_online(actor: Actor, town: Town) -> None:
    actor.choose("outcome", "rejected")
    _reject(actor, town)


def _scan_something_else(actor: Actor, _town: Town) -> None:
    actor.fill(code="https://example.com/")
    actor.press()


def _type_a_number(actor: Actor, town: Town) -> None:
    actor.fill(number=town.people["MÜLLER"]["permit_number"])
    actor.press()


def _type_a_suspended_number(actor: Actor, town: Town) -> None:
    actor.fill(number=town.people["O'CONNOR"]["permit_number"])
    actor.press()


def _scan_the_live_code(actor: Actor, town: Town) -> None:
    actor.fill(code=town.live_code())
    actor.press()


def _open_the_details(actor: Actor, _town: Town) -> None:
    actor.follow("main .rk-eye button")


def _set_up_the_phone(actor: Actor, _town: Town) -> None:
    actor.set_up_phone()


PUBLIC = (
    Visit(STRANGER, "guide:home"),
    Visit(STRANGER, "guide:guide"),
    Visit(STRANGER, "guide:steps"),
    Visit(STRANGER, "guide:rules"),
    Visit(STRANGER, "guide:check-notice"),
    Visit(STRANGER, "guide:check-notice", act=_press, status=422),
    Visit(STRANGER, "guide:check-notice", act=_ask_for_a_notice),
    Visit(STRANGER, "guide:check-code"),
    Visit(STRANGER, "scanner:offline"),
    Visit(STRANGER, "wallet:offline"),
    Visit(STRANGER, "wallet:sign-in"),
    Visit(STRANGER, "wallet:sign-in", act=_press, status=422),
    Visit(STRANGER, "wallet:sign-in", act=_sign_in_wrongly, status=422),
    Visit(STRANGER, "desks:sign-in"),
    Visit(STRANGER, "desks:sign-in", act=_sign_in_to_desk_wrongly, status=422),
)
WALLET = (
    *(Visit(who, "wallet:steps") for who in HOLDERS),
    *(Visit("NGUYEN", f"wallet:{page}") for page in ("verification", "claim", "services", "code", "licence", "checks")),
    Visit("NGUYEN", "wallet:proving-consent"),
    Visit(LONG, "wallet:verification"),
    Visit(LONG, "wallet:claim"),
    Visit(LONG, "wallet:me"),
    Visit("KIM", "wallet:claimed"),
    Visit("KIM", "wallet:bind"),
    Visit("KIM", "wallet:bind", act=_press),
    *(
        Visit("MÜLLER", f"wallet:{page}")
        for page in ("bound", "activated", "licence", "code", "checks", "services", "me")
    ),
    Visit("MÜLLER", "wallet:licence", act=_open_the_details),
    Visit("MÜLLER", "wallet:code", act=_set_up_the_phone),
    Visit("MÜLLER", "wallet:revoke-device", of="MÜLLER"),
    Visit("MÜLLER", "wallet:device-revoked", of="MÜLLER", act=_press),  # asks first, on the page before
    Visit("KIM", "wallet:passkey", of="KIM"),
    Visit("SUHARJONO", "wallet:passkey-removed", of="SUHARJONO"),
    Visit("O'CONNOR", "wallet:code"),
    Visit("O'CONNOR", "wallet:licence"),
    Visit("DUBOIS", "wallet:code"),
)
DESKS = (
    Visit("employer1", "desks:workers"),
    *(Visit("employer1", "desks:worker", of=of) for of in ("MÜLLER", LONG, "ROSSI", "ØSTERGÅRD")),
    Visit("employer1", "desks:apply"),
    Visit("employer1", "desks:apply", act=_press, status=422),
    Visit("employer1", "desks:apply", act=_fill_in_an_application),
    Visit("employer1", "desks:submitted", of=LONG),
    Visit("employer2", "desks:worker", of="GARCÍA MÁRQUEZ"),
    Visit("employer2", "desks:correct", of="GARCÍA MÁRQUEZ"),
    Visit("employer2", "desks:worker", of="PETROV"),
    Visit("employer2", "desks:switch", of="PETROV"),
    Visit("employer2", "desks:new-passport", of="PETROV"),
    Visit("employer2", "desks:new-passport", of="PETROV", act=_press, status=422),
    Visit("employer2", "desks:passport-recorded", of="PETROV"),
    Visit("employer2", "desks:queue", status=403),
    Visit("authority1", "desks:queue"),
    *(Visit("authority1", "desks:case", of=of) for of in ("ØSTERGÅRD", "ROSSI", "SMITH", LONG)),
    Visit("authority1", "desks:decide", of="ØSTERGÅRD", act=_press, status=422),
    Visit("authority1", "desks:decide", of="ØSTERGÅRD", act=_decide_to_return),
    Visit("authority1", "desks:decided", of="SMITH"),
    Visit("authority1", "desks:cards"),
    *(Visit("authority1", "desks:card", of=of) for of in ("MÜLLER", "O'CONNOR", "DUBOIS")),
    Visit("authority1", "desks:suspend", of="MÜLLER"),
    Visit("authority1", "desks:suspend", of="MÜLLER", act=_give_a_reason),
    Visit("authority1", "desks:reinstate", of="O'CONNOR"),
    Visit("authority1", "desks:cancel", of="O'CONNOR"),
    Visit("authority1", "desks:cancel", of="O'CONNOR", act=_give_a_reason),
    Visit("authority1", "desks:card-done", of="O'CONNOR"),
    Visit("consulate1", "desks:notices"),
    Visit("consulate1", "desks:notice", of="SUHARJONO"),
    Visit("consulate1", "desks:notice", of=LONG),
    Visit("consulate1", "desks:record-visa", of="SUHARJONO", act=_press, status=422),
    Visit("consulate1", "desks:record-visa", of="SUHARJONO", act=_record_a_visa),
    Visit("consulate1", "desks:visa-recorded", of="DE LA CRUZ"),
    Visit("border1", "desks:arrivals"),
    Visit("border1", "desks:enter", act=_press, status=422),
    Visit("border1", "desks:enter", act=_show_a_card, status=409),
    Visit("border1", "desks:entered", of="NGUYEN"),
    Visit("counter1", "desks:counter"),
    Visit("counter1", "desks:verification", of="NGUYEN"),
    Visit("counter1", "desks:verification", of="TANAKA"),
    Visit("counter1", "desks:examine", of="NGUYEN", act=_examine_another_passport, status=422),
    Visit("counter1", "desks:chip", of="NGUYEN"),
    Visit("counter1", "desks:chip", of="NGUYEN", act=_press, status=422),
    Visit("counter1", "desks:reviews"),
    Visit("counter1", "desks:review", of="SILVA SANTOS"),
    Visit("counter1", "desks:decide-review", of="SILVA SANTOS", act=_reject_online),
    Visit("authority1", "desks:face-data"),
    Visit("counter1", "desks:one-time-code", act=_press, status=422),
    Visit("counter1", "desks:one-time-code-printed", of="PETROV"),
    Visit("counter2", "desks:countersign", of="TANAKA"),
    Visit("counter2", "desks:reject", of="TANAKA"),
    Visit("counter2", "desks:reject", of="TANAKA", act=_reject),
    Visit("counter2", "desks:verification-done", of=LONG),
)
SCANNER = (
    Visit("inspector1", "scanner:scan"),
    Visit("inspector1", "scanner:scan", act=_press, status=422),
    Visit("inspector1", "scanner:scan", act=_scan_something_else),
    Visit("inspector1", "scanner:scan", act=_type_a_number),
    Visit("inspector1", "scanner:scan", act=_type_a_suspended_number),
    Visit("inspector1", "scanner:scan", act=_scan_the_live_code),
    Visit("inspector1", "scanner:checks"),
    Visit("inspector1", "scanner:check", of="MÜLLER"),
    Visit("inspector1", "scanner:file", of="MÜLLER"),
)
GROUPS: dict[str, tuple[Visit, ...]] = {"public": PUBLIC, "wallet": WALLET, "desks": DESKS, "scanner": SCANNER}

VISITED = {visit.view for visits in GROUPS.values() for visit in visits}
