"""Somebody at a browser of their own: opens pages, fills in forms by the names of their fields, presses the button."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rongka.cli.city.agencies import PASSWORD
from tests.browsing import Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@dataclass
class Actor:
    """One browser context with one page in it. `page` is Playwright's, for whatever has no word here."""

    page: Page
    origin: str
    language: str
    answer: Response | None = field(default=None, init=False)
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        """Watch everything that the page asks for and complains about."""
        self.watch = Watch(self.page, origin=self.origin)

    def open(self, path: str) -> None:
        """Open a page of the actor's language, or an address as it stands."""
        address = path if path.startswith(("/", "http")) else f"/{self.language}/{path}"
        self.answer = self.page.goto(address if address.startswith("http") else self.origin + address)

    def fill(self, **fields: str) -> None:
        """Type into the boxes of these names."""
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]").fill(value)

    def fill_day(self, name: str, year: int, month: int, day: int) -> None:
        """Type a date."""
        self.fill(**{f"{name}_year": str(year), f"{name}_month": str(month), f"{name}_day": str(day)})

    def choose(self, name: str, value: str) -> None:
        """Choose a radio button or tick a box."""
        self.page.locator(f"main [name={name}][value={value}]").check()

    def press(self, name: str = "") -> None:
        """Press the form's one primary button, or the one of this name; wait for the next page."""
        which = f"[name={name}]" if name else ":not(.rk-button--secondary):not([name=change])"
        self._go(f"main form[method=post] button.rk-button{which}")

    def follow(self, selector: str) -> None:
        """Follow a link."""
        self._go(selector)

    def text(self) -> str:
        """Return what stands on the page."""
        return self.page.locator("main").inner_text()

    def sign_in_to_desk(self, username: str) -> None:
        """Sign in as a member of staff of the demo city."""
        self.open("desk/sign-in/")
        self.fill(username=username, password=PASSWORD)
        self.press()

    def sign_in_to_wallet(self, *, number: str, name: str) -> None:
        """Sign in as a holder."""
        self.open("wallet/sign-in/")
        self.fill(number=number, name=name)
        self.press()

    def set_up_phone(self) -> None:
        """On the page of the code: make this browser one of the holder's devices, unless it is; wait for the code."""
        button, canvas = self.page.locator("form[data-set-up] button"), self.page.locator("canvas")
        button.or_(canvas).locator("visible=true").first.wait_for()
        if button.is_visible():
            button.click()
        canvas.wait_for()

    def _go(self, selector: str) -> None:
        with self.page.expect_navigation() as going:
            self.page.locator(selector).first.click()
        self.answer = going.value


@dataclass
class Company:
    """Makes actors for one test, and closes their browsers."""

    browser: Browser
    origin: str
    contexts: list = field(default_factory=list)

    def actor(self, language: str, *, phone: bool = False, script: bool = True, scale: int = 1) -> Actor:
        """Give somebody a browser of their own."""
        context = self.browser.new_context(
            viewport=PHONE if phone else DESK,
            device_scale_factor=scale,
            java_script_enabled=script,
        )
        context.set_default_timeout(20_000)
        self.contexts.append(context)
        return Actor(context.new_page(), origin=self.origin, language=language)

    def close(self) -> None:
        """Close all."""
        for context in self.contexts:
            context.close()
