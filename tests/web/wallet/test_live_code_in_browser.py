"""From the sign-in to a code that a scanner accepts, in a real browser against a real server."""

import io

import pytest
import zxingcpp
from PIL import Image

from rongka.credential import VerdictKind
from rongka.registers.permits.queries import permit_number_of
from rongka.rulebook.order import State
from tests.registers.city import passport
from tests.web.wallet.issuer import verdict_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEY = """card => new Promise(resolve => {
    indexedDB.open("rongka-wallet").onsuccess = opened => {
        const kept = opened.target.result.transaction("devices").objectStore("devices").get(card);
        kept.onsuccess = () => resolve({
            extractable: kept.result.keys.privateKey.extractable,
            usages: kept.result.keys.privateKey.usages,
            kind: kept.result.keys.privateKey.constructor.name,
        });
    };
})"""


@pytest.fixture
def person_id(city):
    return city.person_at(State.ACTIVE, data=passport("MÜLLER", "ANNA MARIA"))


@pytest.fixture
def phone(browser, live_server, person_id):
    """Give a phone whose holder has signed in by the form."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=live_server.url)
    page = context.new_page()
    page.goto("/en/wallet/sign-in/?next=/en/wallet/code/")
    page.get_by_label("Notice number or work permit number").fill(permit_number_of(person_id))
    page.get_by_label("Full name").fill("anna maria mueller")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/wallet/code/")
    yield page
    context.close()


def set_up(phone):
    phone.get_by_role("button", name="Set up this phone").click()
    phone.wait_for_selector("canvas:visible")


def code_as_text(phone):
    return phone.locator("[data-code-text]").text_content()


def code_on_screen(phone):
    [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(phone.screenshot())))
    return found.text


def test_the_qr_on_the_screen_is_the_code_and_the_scanner_accepts_it(phone, person_id):
    set_up(phone)

    seen = code_on_screen(phone)

    verdict = verdict_on(seen)
    assert seen == code_as_text(phone)
    assert verdict.kind is VerdictKind.VALID
    assert verdict.claims.permit_number == permit_number_of(person_id)


def test_the_qr_is_300_px_wide_and_above_the_fold(phone):
    set_up(phone)

    box, tabs = phone.locator("canvas").bounding_box(), phone.locator(".rk-tabs").bounding_box()

    assert min(box["width"], box["height"]) >= 300
    assert box["y"] + box["height"] <= tabs["y"]


def test_the_key_cannot_leave_the_browser(phone):
    set_up(phone)

    key = phone.evaluate(KEY, phone.locator("[data-card]").get_attribute("data-card"))

    assert key == {"extractable": False, "usages": ["sign"], "kind": "CryptoKey"}


def test_after_a_reload_the_code_is_there_without_a_second_set_up(phone):
    set_up(phone)

    phone.reload()
    phone.wait_for_selector("canvas:visible")

    assert verdict_on(code_as_text(phone)).kind is VerdictKind.VALID


def test_the_code_is_renewed_by_the_clock(phone):
    set_up(phone)
    phone.clock.install()
    phone.reload()
    phone.wait_for_selector("canvas:visible")
    first, seconds = code_as_text(phone), phone.locator("[data-seconds]")

    phone.clock.fast_forward(20_000)  # as if the phone had slept: one tick, twenty seconds
    later = int(seconds.text_content())
    phone.clock.fast_forward(11_000)
    phone.wait_for_function("first => document.querySelector('[data-code-text]').textContent !== first", arg=first)

    assert later <= 10


def test_a_device_that_was_revoked_elsewhere_starts_anew(phone, browser):
    set_up(phone)
    phone.goto("/en/wallet/me/")
    phone.get_by_role("link", name="Revoke").click()
    phone.get_by_role("button", name="Revoke this device").click()
    phone.wait_for_url("**/revoked/")

    phone.goto("/en/wallet/code/")

    phone.get_by_role("button", name="Set up this phone").wait_for()


def test_a_browser_that_cannot_keep_the_key_is_told_how_to_mend_it(phone):
    phone.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }")

    phone.reload()

    phone.get_by_text("This browser cannot keep the key").wait_for()
    assert not phone.locator("canvas").is_visible()


def test_nothing_is_asked_of_any_other_origin(phone, live_server):
    asked = []
    phone.on("request", lambda request: asked.append(request.url))

    set_up(phone)
    phone.reload()
    phone.wait_for_selector("canvas:visible")

    assert [url for url in asked if not url.startswith(live_server.url)] == []
