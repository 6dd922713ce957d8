"""The seeded city as visitors know it: its people's numbers, who is signed in where, and Müller's phone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import override

from tests.browsing import bring_axe
from tests.journeys.pages import STRANGER, Visit

if TYPE_CHECKING:
    from tests.journeys.actors import Actor, Company
    from tests.journeys.serving import Served

KINDS = {"track": "legacy", "category": "c"}
# Run by `rongka manage shell`. A few things that no seeded city has, since they do not last: somebody stands at the
# counter between the two officers and somebody with a new one-time code, two phones are there to be lost, one passkey
# is there and one is gone. Then what addresses of pages are made of, and
# everybody's sign-in: the forms for it have tests of their own, and a browser takes a second for each.
_ASK = """
import json
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from rongka.cli.city.agencies import DESKS, city
from rongka.cli.city.cast import CAST
from rongka.registers.cards.queries import standing_of
from rongka.cli.city.checks import show_code
from rongka.config.issuing import issuing
from rongka.registers.identity.commands import examine_identity
from rongka.registers.identity.models import Passkey
from rongka.registers.identity.queries import proofs_to_review
from rongka.registers.identity.signing_in import print_one_time_code
from rongka.registers.inspection.queries import checks_of_person
from rongka.registers.issuance.queries import devices_of
from rongka.registers.people.queries import person_card, person_of_passport_number
from rongka.web.audience import HOLDER_KEY

now = timezone.now()
special = {}
for role in CAST:
    person = person_of_passport_number(role.worker.number)
    if role.worker.surname == "TANAKA":
        waits = {"admission_id": standing_of(person).case.admission_id, "mrz": person_card(person).mrz}
        examine_identity(actor=city().actor("counter1"), at=now, **waits)
    if role.worker.surname == "MÜLLER":
        show_code(person_id=person, at=now, issuing=issuing())
    if role.worker.surname in {"KIM", "SUHARJONO"}:
        gone = now if role.worker.surname == "SUHARJONO" else None
        key = {"credential_id": role.worker.surname, "public_key": b"", "sign_count": 0, "label": "Chrome · Android"}
        made = Passkey.objects.create(person_id=person, added_at=now, removed_at=gone, **key)
        special[person] = {"passkey_id": str(made.id)}
    if role.worker.surname == "SILVA SANTOS":
        special[person] = {"proof_id": str(proofs_to_review(at=timezone.now())[0].proof_id)}
    if role.worker.surname == "PETROV":
        shown = {"number": standing_of(person).permit_number, "mrz": person_card(person).mrz}
        special[person] = {"code_id": str(print_one_time_code(actor=city().actor("counter1"), at=now, **shown))}

def signed_in(*, username=None, person=None):
    client = Client()
    session = client.session
    if username:
        client.force_login(get_user_model().objects.get(username=username), "django.contrib.auth.backends.ModelBackend")
        session = client.session
    else:
        session[HOLDER_KEY] = str(person)
        session.save()
    return session.session_key

def told(worker):
    person = person_of_passport_number(worker.number)
    standing, checks, devices = standing_of(person), checks_of_person(person), devices_of(person)
    case = standing.case
    notice = case.notice if case else None
    return special.get(person, {}) | {
        "session": signed_in(person=person),
        "person_id": str(person),
        "name": f"{worker.given_names} {worker.surname}".strip(),
        "passport_number": worker.number,
        "permit_number": standing.permit_number or "",
        "notice_number": notice.number if notice else "",
        "application_id": str(case.application_id) if case else "",
        "admission_id": str(case.admission_id or "") if case else "",
        "check_id": next((str(check.id) for check in checks if check.inspector_id), ""),
        "lost_phone_en": str(devices[0].id) if devices else "",
        "lost_phone_zh-hans": str(devices[-1].id) if devices else "",
    }

staff = [login.username for desk in DESKS for login in desk.staff]
people = {role.worker.surname: told(role.worker) for role in CAST}
print("TOLD" + json.dumps(people | {name: {"session": signed_in(username=name)} for name in staff}))
"""


def people_of(served: Served) -> dict[str, dict[str, str]]:
    """Ask the city for its people."""
    said = served.run("manage", "shell", "--verbosity", "0", "-c", _ASK)
    return json.loads(said.partition("TOLD")[2])


@dataclass
class Town:
    """Brings visitors to their pages."""

    people: dict[str, dict[str, str]]
    company: Company
    language: str
    actors: dict[str, Actor] = field(default_factory=dict)

    def visitor(self, who: str) -> Actor:
        """Give a visitor, signed in."""
        if who not in self.actors:
            self.actors[who] = self._visitor(who)
        return self.actors[who]

    def address_of(self, visit: Visit) -> str:
        """Return the address of the page that is visited."""
        about = self.people.get(visit.of, {}) | KINDS
        about["device_id"] = about.get(f"lost_phone_{self.language}", "")
        with override(self.language):
            for wanted in _PARAMETERS:
                given = {name: about[name] for name in wanted if about.get(name)}
                if len(given) == len(wanted) and (found := _reversed(visit.view, given)):
                    return found
        raise LookupError(str(visit))

    def live_code(self) -> str:
        """Let Müller's phone show its code."""
        phone = self.visitor("MÜLLER")
        phone.open("wallet/code/")
        phone.set_up_phone()
        return phone.page.locator("[data-code-text]").text_content()

    def _visitor(self, who: str) -> Actor:
        actor = self.company.actor(self.language, phone=True)
        bring_axe(actor.page.context)
        if who != STRANGER:
            cookie = {"name": "sessionid", "value": self.people[who]["session"], "url": actor.origin}
            actor.page.context.add_cookies([cookie])
        return actor


_PARAMETERS = (
    (),
    ("person_id",),
    ("application_id",),
    ("admission_id",),
    ("notice_number",),
    ("device_id",),
    ("check_id",),
    ("passkey_id",),
    ("code_id",),
    ("proof_id",),
    ("track", "category"),
)


def _reversed(view: str, given: dict[str, str]) -> str:
    from django.urls import NoReverseMatch

    try:
        return reverse(view, kwargs=given)
    except NoReverseMatch:
        return ""
