"""The inspector's scanner in a browser, served without a server: its page, signed lists of a small city, and an inbox.

The clock of the page is the world's, so that codes made here are as old as a test wants them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.test import Client

from rongka.credential import (
    CardClaims,
    Issuer,
    Status,
    StatusList,
    StatusReference,
    TrustedKey,
    TrustList,
    issue_card_cwt,
    present_live_code,
    sign_trust_list,
    status_claim_set,
)
from rongka.text import Text
from tests.browsing import PHONE, Watch
from tests.credential.world import LIST_URI, ORDINARY, World

from .camera import give_camera, hold_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Browser, BrowserContext, Page, Route

BUILT = Path(__file__).parents[3] / "src" / "rongka" / "web" / "static" / "built"
TYPES = {
    ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2",
    ".wasm": "application/wasm", ".png": "image/png",
}  # fmt: skip
LISTS = {"/trust-list", "/status-lists", urlsplit(LIST_URI).path}
ORIGIN = "http://localhost"
INSPECTOR = "0190c1d2-0000-7000-8000-000000000001"
INDEX = {Status.VALID: 11, Status.INVALID: 12, Status.SUSPENDED: 13}
UNIT = Text(zh="浦东劳动监察", en="Pudong labour inspection")
WORLD = World()  # what `settings.RONGKA_ANCHOR` names knows no test


def anchor() -> object:
    """Give the anchor that the page pins."""
    return WORLD.anchor.public


def card_code(world: World, *, status: Status = Status.VALID, claims: CardClaims = ORDINARY, **changes: Any) -> str:
    """Make a live code of a card whose status is this one."""
    card = issue_card_cwt(
        claims=claims,
        device_key=world.device.public,
        status=StatusReference(uri=LIST_URI, index=INDEX[status]),
        issued_at=world.now - timedelta(hours=1),
        signer=world.signer,
    )
    return present_live_code(**{"card_cwt": card, "device": world.device, "presented_at": world.now} | changes)


def lists_of(world: World, *, issued_at: datetime) -> dict[str, bytes]:
    """Sign the lists as they are fetched, by path."""
    entries = StatusList(size=1 << 17)
    for status, index in INDEX.items():
        entries.set(index, status)
    until = issued_at + timedelta(days=3)
    times = {"issued_at": issued_at, "expires_at": until, "ttl": timedelta(hours=1)}
    status_list = world.signer.sign_status_list(claim_set=status_claim_set(uri=LIST_URI, entries=entries, **times))
    begun = issued_at - timedelta(days=1)
    keys = tuple(TrustedKey(purpose=purpose, key=key.public, signs_from=begun) for purpose, key in world.keys.items())
    city = Issuer(name=Text(zh="上海", en="Shanghai"), keys=keys)
    trust = TrustList(issuers=(city,), issued_at=issued_at, next_update=issued_at + timedelta(days=30))
    return {
        "/trust-list": sign_trust_list(trust=trust, anchor=world.anchor),
        "/status-lists": json.dumps({"status_lists": [LIST_URI]}).encode(),
        urlsplit(LIST_URI).path: status_list,
    }


@dataclass
class Stand:
    """A browser with the scanner in it."""

    browser: Browser
    language: str = "en"
    world: World = field(default_factory=lambda: WORLD)
    trouble: str = ""
    staff: str = INSPECTOR
    viewport: Mapping[str, int] = field(default_factory=lambda: PHONE)
    lists: dict[str, bytes] = field(default_factory=dict)
    inbox: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    server_ahead: timedelta = timedelta()
    has_own_camera: bool = False
    is_real_time: bool = False
    is_offline: bool = False
    session: str = INSPECTOR  # who is signed in as the server sees it
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        """Open the browser; the page comes with `open`."""
        self.context = self.browser.new_context(
            viewport=dict(self.viewport), base_url=ORIGIN, service_workers="block", reduced_motion="reduce"
        )
        self.context.set_default_timeout(20_000)
        self.context.route("**/*", self._answer)
        if not self.has_own_camera:
            give_camera(self.context, trouble=self.trouble)
        self.page = self.new_page()
        self.watch = Watch(self.page, origin=ORIGIN)

    def new_page(self) -> Page:
        """Open another tab, whose clock is the world's unless time is to be measured."""
        page = self.context.new_page()
        if not self.is_real_time:
            page.clock.set_fixed_time(self.world.now)
        return page

    def open(self, path: str = "scan/") -> Stand:
        """Open the scanner; return this stand."""
        self.page.goto(f"/{self.language}/{path}")
        return self

    def scan(self, code: str) -> tuple[str, str]:
        """Hold a code before the camera; return the verdict and its reason."""
        hold_up(self.page, code)
        return self.verdict()

    def verdict(self) -> tuple[str, str]:
        """Return what stands on the screen."""
        shown = self.page.locator("[data-panel] [data-verdict]")
        shown.wait_for()
        return shown.get_attribute("data-verdict"), self.page.locator("[data-reason-code]").text_content()

    def next(self) -> None:
        """Go on to the next check."""
        self.page.locator("[data-next]").click()

    def pass_time(self, *, seconds: int) -> None:
        """Let the clock of the page go on."""
        self.world = replace(self.world, now=self.world.now + timedelta(seconds=seconds))
        self.page.clock.set_fixed_time(self.world.now)

    def go_offline(self, *, is_offline: bool = True) -> None:
        """Take the network away, or give it back."""
        self.is_offline = is_offline
        self.context.set_offline(is_offline)

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if self.is_offline:
            route.abort("internetdisconnected")
        elif path in self.lists:
            headers = {"Date": format_datetime(self.world.now + self.server_ahead, usegmt=True)}
            route.fulfill(body=self.lists[path], content_type="application/octet-stream", headers=headers)
        elif path in LISTS:
            route.fulfill(status=404)
        elif path.endswith("/scan/sync/"):
            self._take_in(route)
        elif path.startswith("/static/built/"):
            file = BUILT / path.removeprefix("/static/built/")
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
        else:
            self._answer_page(route, path)

    def _take_in(self, route: Route) -> None:
        """Answer as `scanner:sync` does: each id once."""
        if not self.session:
            route.fulfill(status=401, json={"code": "access.sign-in"})
        elif route.request.method == "GET":
            route.fulfill(json={"csrf": "token", "staff": self.session})
        else:
            route.fulfill(json={"results": [self._kept(check) for check in route.request.post_data_json["checks"]]})

    def _kept(self, check: dict[str, Any]) -> dict[str, Any]:
        is_new = check["id"] not in {one["id"] for one in self.inbox}
        self.inbox.append(check)
        answer = {"id": check["id"], "status": "kept" if is_new else "known", "check_id": check["id"]}
        return answer | self.answers.get(check["code"], {})

    def _answer_page(self, route: Route, path: str) -> None:
        """Give what stands there; the inspector's page is the page without a person, with one written in."""
        is_scanner = path.endswith("/scan/")
        response = Client().get(f"{path}offline/" if is_scanner else path)
        body = response.content
        if is_scanner:
            person = f'data-staff="{self.staff}" data-unit-zh="{UNIT.zh}" data-unit-en="{UNIT.en}"'
            body = body.replace(b'data-staff="" data-unit-zh="" data-unit-en=""', person.encode())
        headers = {name: value for name, value in response.items() if name.lower() != "content-length"}
        route.fulfill(status=response.status_code, body=body, headers=headers)
