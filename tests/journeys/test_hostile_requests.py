"""Whatever is sent to whichever address, by whomever: never a 5xx. Malformed requests are the sender's mistake."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import cycle
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from rongka.registers.agencies.permissions import Kind
from rongka.registers.inspection.commands import check_number
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import State
from rongka.web.audience import HOLDER_KEY, Audience, mark_of, who_may
from tests.proofing.conftest import vectors
from tests.registers.city import NOW, passport
from tests.signing import signer_home, signing, trusted

__all__ = ["signer_home", "signing", "trusted"]

pytestmark = pytest.mark.django_db
EACH = 4  # naughty strings an address; the next one gets the next four, so that each string is sent to several
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
PLAUSIBLE = {"mrz": passport().mrz, "year": "2027", "month": "1", "day": "2"}  # without which no form is ever read on
BAD_IDS = ["0", "not-a-uuid", "%00", "%ff%fe", "..%2f..%2fetc%2fpasswd", "' OR 1=1 --", "融" * 300, str(uuid4())]
QUERY = ("q", "page", "state", "turn", "number", "next")
METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
DESK_OF = {
    Kind.EMPLOYER: "employer",
    Kind.AUTHORITY: "authority",
    Kind.CONSULATE: "consulate",
    Kind.BORDER: "border",
    Kind.COUNTER: "countersigner",
    Kind.INSPECTORATE: "inspector",
}
BODIES = [
    ("application/json", b"{"),
    ("application/json", b'{"public_key": {"kty": "EC", "x": [' + b"[" * 900 + b"]}}"),
    ("application/json", json.dumps({"public_key": {"kty": "EC", "crv": "P-256", "x": "=", "y": 7}}).encode()),
    ("text/xml", b"<?xml version='1.0'?><a>&b;</a>"),
    ("multipart/form-data", b"no boundary"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\nGIF',
    ),
    ("multipart/form-data; boundary=\xff", b"--\xff"),
    ("application/x-www-form-urlencoded; charset=no-such-charset", b"q=1"),
    ("application/x-www-form-urlencoded", b"mrz=%ff%fe%00&name=%ed%a0%80&valid_from_year=99999999999999999999&%=&&="),
    ("application/x-www-form-urlencoded", b"q=" + b"x" * (2 * 1024 * 1024)),
    ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % place for place in range(300))),
    ("", b""),
]


def every_address(patterns, prefix=""):
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from every_address(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


@pytest.fixture(scope="module")
def people(founded, module_transaction):
    """Take a person to each state that is asked for."""
    with module_transaction():
        return {state: founded.person_at(state) for state in (State.EXAMINED, State.ACTIVE)}


@pytest.fixture
def visitors(people, city, trusted):
    """Give each kind of visitor, signed in; an address is visited by somebody who may."""
    person_id = people[State.ACTIVE]
    found = {"holder": Client(raise_request_exception=False), "stranger": Client(raise_request_exception=False)}
    session = found["holder"].session
    session[HOLDER_KEY] = str(person_id)
    session.save()
    for kind, name in DESK_OF.items():
        from django.contrib.auth import get_user_model

        found[kind] = Client(raise_request_exception=False)
        found[kind].force_login(get_user_model().objects.get(id=getattr(city, name).staff_id))
    return found


@pytest.fixture
def addresses(people, city, visitors):
    """Give every address with good ids in it, and who may open it."""
    person_id = people[State.EXAMINED]
    case = case_of_person(person_id)
    check = check_number(actor=city.inspector, at=NOW, number="none", purpose="report")
    good = {
        "person_id": person_id,
        "application_id": case.application_id,
        "admission_id": case.admission_id,
        "notice_number": case.notice.number,
        "check_id": check.check_id,
        "track": "overseas",
        "category": "a",
    }
    with_language = [
        (address, view) for address, view in every_address(get_resolver("rongka.config.urls").url_patterns)
    ]
    return [
        (PARAMETER.sub(lambda found: str(good.get(found[1], uuid4())), f"/{address}"), _visitor_of(view, visitors))
        for address, view in with_language
    ]


def _visitor_of(view, visitors) -> Client:
    mark = mark_of(view)
    if mark is None or mark.audience is Audience.PUBLIC:
        return visitors["stranger"]
    if mark.audience is Audience.HOLDER:
        return visitors["holder"]
    return visitors[who_may(mark.permission)[0] if mark.permission else Kind.EMPLOYER]


def sent(client, method, address, **what) -> list[str]:
    """Send a request; name it when the answer is our fault."""
    answer = client.generic(method, address, **what)
    return [f"{method} {address} {what} → {answer.status_code}"[:300]] if answer.status_code >= 500 else []


@pytest.fixture(scope="module")
def naughty():
    return cycle(vectors("naughty-strings/blns.json"))


def test_the_client_would_tell_of_a_server_error(visitors, monkeypatch):
    def break_down(*_positional, **_named):
        raise RuntimeError

    monkeypatch.setattr("rongka.web.guide.home.render", break_down)

    assert sent(visitors["stranger"], "GET", "/en/") != []


def test_a_strange_address_is_no_server_error(visitors):
    patterns = [address for address, _view in every_address(get_resolver("rongka.config.urls").url_patterns)]
    strange = [
        "/" + PARAMETER.sub(lambda _found, bad=bad: bad.replace(" ", "%20"), address)
        for address in patterns
        if "<" in address
        for bad in BAD_IDS
    ]

    failures = [
        failure
        for address, who in zip(strange, cycle(visitors.values()))
        for failure in sent(who, "GET", address) + sent(who, "POST", address)
    ]

    assert failures == []


def test_naughty_strings_in_a_query_are_no_server_error(addresses, naughty):
    failures = [
        failure
        for address, who in addresses
        for text in (next(naughty),)
        for failure in sent(who, "GET", address, query_string=_encoded(dict.fromkeys(QUERY, text)))
    ]

    assert failures == []


def test_naughty_strings_in_a_form_are_no_server_error(addresses, naughty):
    failures = []
    for address, who in addresses:
        form = Form()
        form.feed(who.get(address, follow=True).content.decode(errors="replace"))
        for place in range(EACH):
            text = next(naughty)
            fields = form.filled_with(text, all_of_it=place == 0) | ({"confirm": "1"} if place % 2 else {})
            answer = who.post(address, fields)
            if answer.status_code >= 500:
                failures.append(f"POST {address} {text[:60]!r} → {answer.status_code}")

    assert failures == []


class Form(HTMLParser):
    """The fields of a page, with what it has put into them itself."""

    def __init__(self) -> None:
        super().__init__()
        self.given: dict[str, str | None] = {"next": None}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        name = about.get("name")
        if tag not in {"input", "textarea", "select"} or not name or name == "csrfmiddlewaretoken":
            return
        is_chosen = about.get("type") in {"hidden", "radio", "checkbox"}
        self.given.setdefault(name, about.get("value") if is_chosen else PLAUSIBLE.get(name.rpartition("_")[2]))

    def filled_with(self, text: str, *, all_of_it: bool) -> dict[str, str]:
        """Write a text into every field, or into those alone into which anything may be written."""
        return {name: text if all_of_it or value is None else value for name, value in self.given.items()}


def test_bodies_and_methods_of_any_kind_are_no_server_error(addresses):
    failures = [
        failure
        for (address, who), (kind, body), method in zip(addresses, cycle(BODIES), cycle(METHODS))
        for failure in sent(who, "POST", address, data=body, content_type=kind) + sent(who, method, address)
    ]

    assert failures == []


@pytest.mark.parametrize(("kind", "body"), BODIES, ids=lambda part: repr(part[:40]))
def test_no_form_fails_at_a_strange_body(visitors, kind, body):
    forms = [
        (visitors["stranger"], "/en/wallet/sign-in/"),
        (visitors["stranger"], "/en/check-notice/"),
        (visitors["holder"], "/en/wallet/devices/"),
        (visitors[Kind.EMPLOYER], "/en/desk/applications/new/"),
        (visitors[Kind.INSPECTORATE], "/en/scan/"),
    ]

    assert [sent(who, "POST", address, data=body, content_type=kind) for who, address in forms] == [[]] * len(forms)


def test_a_body_that_is_too_large_is_refused_unread(visitors):
    answer = visitors["stranger"].generic("POST", "/en/check-notice/", data=b"x" * (11 * 1024 * 1024))

    assert answer.status_code == 413


def test_a_form_without_its_token_is_refused(addresses):
    unprotected = []
    for address, who in addresses:
        checking = Client(enforce_csrf_checks=True, raise_request_exception=False)
        checking.cookies = who.cookies
        answer = checking.post(address, {"a": "1"})
        # 401: an app's address, which asks for its own secret in a header and for no cookie.
        if answer.status_code not in {401, 403, 404, 405}:
            unprotected.append((address, answer.status_code))

    assert unprotected == []


def _encoded(fields: dict[str, str]) -> str:
    from urllib.parse import urlencode

    return urlencode({name: text.encode("utf-8", "surrogatepass") for name, text in fields.items()})
