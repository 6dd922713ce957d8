"""The code page in a real browser against a real server: key, picture, countdown, challenge, what it cannot keep."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rongka.credential import Challenge, VerdictKind
from rongka.registers.issuance.commands import revoke_device
from rongka.registers.issuance.models import Device
from rongka.registers.journal.actors import holder
from rongka.registers.permits.queries import permit_number_of
from rongka.rulebook.order import State
from rongka.web import shell
from tests.browsing import greens
from tests.registers.city import passport
from tests.web.scanner.camera import give_camera, hold_up
from tests.web.wallet.issuer import verdict_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AUDIENCE, NONCE = "劳动监察 Labour inspection", bytes(range(16))
ASKED = "#challenge=AAECAwQFBgcICQoLDA0ODw.5Yqz5Yqo55uR5a-fIExhYm91ciBpbnNwZWN0aW9u"
SLOW_SIGNING = """const sign = SubtleCrypto.prototype.sign;
SubtleCrypto.prototype.sign = async function (...asked) {
    await new Promise(resolve => setTimeout(resolve, 400));
    return sign.apply(this, asked);
}"""
# Browsers in which a key cannot be kept, and the words of the screen for each.
CANNOT_KEEP = {
    "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }": (
        "This browser cannot keep the key"
    ),
    "IDBObjectStore.prototype.add = () => { throw new DOMException('no', 'QuotaExceededError'); }": (
        "This phone has no room for the key"
    ),
    "IDBObjectStore.prototype.add = () => { throw new DOMException('no', 'DataCloneError'); }": (
        "The key that this browser keeps does not work"
    ),
    "SubtleCrypto.prototype.sign = async () => new ArrayBuffer(64)": "The key that this browser keeps does not work",
    "SubtleCrypto.prototype.generateKey = async () => { throw new DOMException('no', 'NotSupportedError'); }": (
        "This browser cannot make a key"
    ),
    "Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined})": "This browser cannot make a key",
}


@pytest.fixture
def person_id(city):
    return city.person_at(State.ACTIVE, data=passport("MÜLLER", "ANNA MARIA"))


@pytest.fixture
def phone(phone, person_id):
    phone.sign_in(person_id)
    phone.open()
    return phone


def test_a_key_that_cannot_leave_makes_codes_that_a_screen_shows_and_a_scanner_accepts(phone, person_id, live_server):
    asked = []
    phone.page.on("request", lambda request: asked.append(request.url))

    phone.set_up()

    seen, [device] = phone.code_on_screen(), phone.kept()["devices"]
    verdict = verdict_on(seen)
    box, tabs = phone.page.locator("canvas").bounding_box(), phone.page.locator(".rk-tabs").bounding_box()
    assert seen == phone.code()
    assert verdict.kind is VerdictKind.VALID
    assert verdict.claims.permit_number == permit_number_of(person_id)
    assert (device["extractable"], device["usages"], device["kind"]) == (False, ["sign"], "CryptoKey")
    assert min(box["width"], box["height"]) >= 300
    assert box["y"] + box["height"] <= tabs["y"]
    assert greens(phone.page) == []
    assert [url for url in asked if not url.startswith(live_server.url)] == []

    phone.page.reload()

    assert verdict_on(phone.code()).kind is VerdictKind.VALID
    assert Device.objects.count() == 1


def test_the_code_is_renewed_by_the_clock(phone):
    phone.set_up()
    phone.page.clock.install()
    phone.page.reload()
    first, seconds = phone.code(), phone.page.locator("[data-seconds]")

    phone.page.clock.fast_forward(20_000)  # as if the phone had slept: one tick, twenty seconds
    later = int(seconds.text_content())
    phone.page.clock.fast_forward(11_000)

    phone.wait_until(lambda: phone.code() != first)
    assert later <= 10


def test_a_slow_phone_shows_no_empty_frame(phone):
    phone.page.add_init_script(SLOW_SIGNING)
    phone.page.reload()

    phone.page.locator("form[data-set-up] button").click()
    phone.page.locator("canvas").wait_for()

    assert phone.code_on_screen() == phone.code()


def test_an_inspectors_challenge_is_answered_when_the_holder_says_so(phone):
    challenge = Challenge(nonce=NONCE, audience=AUDIENCE)
    phone.set_up()
    usual = phone.code()

    phone.page.goto(f"/en/wallet/code/{ASKED}")
    asked = phone.screen(), phone.page.locator("[data-screen=asked] [data-audience]").text_content()
    phone.page.get_by_role("button", name="Show the code for them").click()
    answer = phone.code()
    phone.page.get_by_role("button", name="Back to my usual code").click()
    phone.wait_until(lambda: phone.code() not in {"", answer})

    assert asked == ("asked", AUDIENCE)
    assert verdict_on(answer, challenge=challenge).kind is VerdictKind.VALID
    assert verdict_on(usual, challenge=challenge).reason.code == "challenge.unanswered"
    assert verdict_on(phone.code(), challenge=challenge).reason.code == "challenge.unanswered"

    phone.page.get_by_text("The inspector shows me a code").click()
    field = phone.page.get_by_label("Address from the inspector’s code")
    field.fill("https://example.com/")
    phone.page.get_by_role("button", name="Read it").click()
    phone.page.get_by_text("This is not an inspector’s code").wait_for()
    field.fill(f"http://localhost/en/wallet/code/{ASKED}")
    phone.page.get_by_role("button", name="Read it").click()

    assert phone.screen() == "asked"


def test_a_challenge_is_read_by_the_pages_own_camera(phone):
    give_camera(phone.context)
    phone.set_up()
    phone.page.reload()
    phone.code()

    phone.page.get_by_text("The inspector shows me a code").click()
    phone.page.get_by_role("button", name="Use the camera here").click()
    hold_up(phone.page, f"https://city.example/en/wallet/code/{ASKED}")
    phone.page.locator("[data-screen=asked]").wait_for()

    assert phone.page.locator("[data-screen=asked] [data-audience]").text_content() == AUDIENCE


def test_two_tabs_set_up_at_once_are_one_device_and_one_that_was_revoked_starts_anew(phone, person_id):
    other = phone.context.new_page()
    other.goto("/en/wallet/code/")
    for tab in (phone.page, other):
        tab.locator("form[data-set-up] button").wait_for()
    for tab in (phone.page, other):
        tab.evaluate("document.querySelector('form[data-set-up] button').click()")
    for tab in (phone.page, other):
        tab.locator("canvas").wait_for()

    [device] = Device.objects.all()
    revoke_device(actor=holder(person_id), at=timezone.now(), device_id=device.id)
    phone.page.evaluate("window.dispatchEvent(new Event('online'))")

    for tab in (phone.page, other):
        tab.get_by_role("button", name="Set up this phone").wait_for()
    assert phone.kept()["devices"] == []


def test_a_credential_is_renewed_in_the_background_and_a_wrong_clock_is_told(phone):
    phone.set_up()
    phone.page.clock.set_fixed_time(timezone.now() + timedelta(hours=2))

    with phone.page.expect_response("**/credential/") as renewed:
        phone.page.reload()

    assert renewed.value.ok
    phone.page.get_by_text("It is 2 hours ahead").wait_for()


def test_a_browser_that_cannot_keep_the_key_is_told_how_to_mend_it(phone):
    seen = {}
    for breaking in CANNOT_KEEP:
        tab = phone.context.new_page()
        tab.add_init_script(breaking)
        tab.goto("/en/wallet/code/")
        button, title = tab.locator("form[data-set-up] button"), tab.locator(".rk-notice__title")
        button.or_(title).locator("visible=true").first.wait_for()
        if button.is_visible():
            button.click()
        title.locator("visible=true").wait_for()
        seen[breaking] = title.locator("visible=true").text_content()
        tab.close()
        phone.page.evaluate("indexedDB.deleteDatabase('rongka-wallet')")

    assert seen == CANNOT_KEEP
    assert not Device.objects.exists()


def test_a_new_version_of_the_shell_takes_the_place_of_the_old_one(phone, monkeypatch):
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    [before] = phone.page.evaluate("caches.keys()")
    monkeypatch.setattr(shell, "version_of", lambda *_contents: "newer")

    phone.page.reload()

    phone.wait_until(lambda: phone.page.evaluate("caches.keys()") == ["wallet-en@newer"])
    assert before != "wallet-en@newer"
