"""A holder's phone: one browser context, in which the wallet keeps what it keeps."""

from __future__ import annotations

import io
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import zxingcpp
from PIL import Image

from rongka.web.audience import HOLDER_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from playwright.sync_api import BrowserContext, Page

WITHIN = 20  # seconds, on a busy machine

# What IndexedDB holds: of each device its key's features and the credential's length, and the last known state.
_KEPT = """() => new Promise((resolve, reject) => {
    const opening = indexedDB.open("rongka-wallet");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
        const database = opening.result, found = {devices: [], state: []};
        const close = () => { database.close(); resolve(found); };
        if (!database.objectStoreNames.contains("state")) return close();
        const asked = database.transaction(["devices", "state"]);
        const devices = asked.objectStore("devices").getAll(), state = asked.objectStore("state").getAll();
        asked.oncomplete = () => {
            found.state = state.result;
            found.devices = devices.result.map(({card, holder, id, token, keys: {privateKey}}) => ({
                card, holder, id, token: token.length, extractable: privateKey.extractable,
                usages: privateKey.usages, kind: privateKey.constructor.name,
            }));
            close();
        };
    };
})"""


@dataclass
class Phone:
    """One page, and what a person does with it."""

    context: BrowserContext
    page: Page
    language: str = "en"

    def sign_in(self, person_id: UUID) -> None:
        """Begin a session, as the form does; the form has tests of its own."""
        from django.test import Client

        session = Client().session
        session[HOLDER_KEY] = str(person_id)
        session.save()
        address = self.context.request.get("/healthz").url.removesuffix("/healthz")
        self.context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": address}])

    def open(self, path: str = "code/") -> None:
        """Open a page of the wallet."""
        self.page.goto(f"/{self.language}/wallet/{path}")

    def set_up(self) -> None:
        """Make the phone one of the holder's devices; wait until it works without a network."""
        self.page.locator("form[data-set-up] button").click()
        self.page.locator("canvas").wait_for()
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        self.wait_until(lambda: self.kept()["state"])

    def code(self) -> str:
        """Return the code that is on the page as text."""
        self.page.locator("canvas").wait_for()
        return self.page.locator("[data-code-text]").text_content()

    def code_on_screen(self) -> str:
        """Return what a camera reads off the screen."""
        [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(self.page.screenshot())))
        return found.text

    def screen(self) -> str:
        """Return which of the code page's screens is seen."""
        seen = self.page.locator("[data-screen]").locator("visible=true").first
        seen.wait_for()
        return seen.get_attribute("data-screen")

    def kept(self) -> dict[str, Any]:
        """Return what the browser keeps."""
        return self.page.evaluate(_KEPT)

    def wait_until(self, holds) -> None:
        """Wait for something that no locator can see."""
        give_up_at = time.monotonic() + WITHIN
        while not holds():
            assert time.monotonic() < give_up_at, "it did not come to pass"
            self.page.wait_for_timeout(30)

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Take the network away."""
        self.context.set_offline(True)
        yield
        self.context.set_offline(False)
