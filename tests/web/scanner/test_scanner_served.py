"""The scanner on a real server: without a network and after it, and beside wallets of which one is revoked."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from rongka.registers.inspection.queries import checks_of_person
from rongka.registers.issuance.commands import publish_status_lists
from rongka.rulebook.order import State
from tests.browsing import DESKTOP, PHONE
from tests.web.wallet.phone import Phone

from .camera import give_camera, hold_up

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CONTROLLED = """async () => {
    const { serviceWorker } = navigator;
    await serviceWorker.ready;
    if (serviceWorker.controller === null) await new Promise(done => { serviceWorker.oncontrollerchange = done; });
}"""
KEPT = """() => new Promise(resolve => {
    indexedDB.open("rongka-scanner").onsuccess = ({ target: { result: database } }) => {
        const settings = database.transaction("settings").objectStore("settings").getAllKeys();
        settings.onsuccess = async () => {
            const bodies = [];
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) bodies.push(await (await cache.match(request)).text());
            }
            resolve({ settings: settings.result, cached: bodies.join("\\n") });
        };
    };
})"""


@pytest.fixture
def active_id(city):
    """Take a person all the way, for real: the server looks for itself."""
    return city.person_at(State.ACTIVE)


@pytest.fixture
def context_of(browser, live_server):
    """Open a browser of its own for each person in the test."""
    opened = []

    def context_of(size):
        opened.append(context := browser.new_context(viewport=size, base_url=live_server.url))
        context.set_default_timeout(20_000)
        return context

    yield context_of
    for context in opened:
        context.close()


@pytest.fixture
def scanner(context_of, live_server, inspector, trusted):
    """Give the inspector's page in a language, signed in, with a camera and lists."""

    def scanner(language, size):
        context = context_of(size)
        session = inspector.cookies[django_settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        give_camera(context)
        page = context.new_page()
        page.goto(f"/{language}/scan/")
        page.locator('[data-lists="lists-fresh"]').wait_for()
        return page

    return scanner


@pytest.fixture
def wallet(context_of, city):
    """Set up another device for the holder, in a language."""
    person_id = city.person_at(State.ACTIVE)

    def wallet(language, size):
        context = context_of(size)
        phone = Phone(context, context.new_page(), language)
        phone.sign_in(person_id)
        phone.open()
        phone.set_up()
        return phone

    return wallet


def scanned(page, code):
    hold_up(page, code)
    shown = page.locator("[data-panel] [data-verdict]")
    shown.wait_for()
    return shown.get_attribute("data-verdict")


def test_without_a_network_it_starts_checks_and_sends_it_all_afterwards(scanner, phone, hold):
    page = scanner("en", DESKTOP)
    page.evaluate(CONTROLLED)
    page.context.set_offline(True)
    page.reload()
    page.locator("[data-unit]:visible").wait_for()  # the page that names nobody, filled in here

    offline = scanned(page, phone.code())
    page.locator("[data-next]").click()
    page.locator('[data-waiting="1"]').wait_for()
    assert checks_of_person(phone.person_id) == []

    page.context.set_offline(False)
    page.locator('[data-waiting="0"]').wait_for()
    [check] = checks_of_person(phone.person_id)
    assert (offline, check.verdict, check.judged_verdict, check.method) == ("valid", "valid", "valid", "camera")

    hold(phone, "revoked")
    page.goto("/en/scan/")
    page.locator('[data-lists="lists-fresh"]').wait_for()
    page.locator("[data-refresh]:enabled").wait_for()
    assert scanned(page, phone.code()) == "not-valid"

    page.locator("[data-file]:visible").click()
    page.get_by_label("In order").check()
    page.get_by_role("button", name="File").click()
    page.get_by_role("heading", name="Filed").wait_for()

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/**")
    kept = page.evaluate(KEPT)
    assert sorted(kept["settings"]) == ["anchor", "tried"]
    assert "DEMO, ANNA" not in kept["cached"]
    page.goto("/en/scan/offline/")
    page.locator('[data-screen="sign-in"] h2').wait_for()


def test_a_device_that_its_holder_revokes_is_red_after_the_lists_refresh_and_the_other_stays_green(
    wallet, scanner, trusted
):
    lost, other = wallet("en", PHONE), wallet("zh-hans", DESKTOP)
    publish_status_lists(at=timezone.now(), issuing=trusted)
    page = scanner("zh-hans", PHONE)

    def verdicts():
        seen = []
        for device in (lost, other):
            seen.append(scanned(page, device.code()))
            page.locator("[data-next]").click()
        return seen

    before = verdicts()
    [device] = lost.kept()["devices"]
    other.open("me/")
    other.page.locator(f"a[href*='{device['id']}']").click()
    other.page.get_by_role("button", name="撤销该设备").click()
    other.page.wait_for_url("**/revoked/")
    other.open()  # shows another code than the one that was seen
    publish_status_lists(at=timezone.now() + timedelta(seconds=1), issuing=trusted)
    page.locator("[data-refresh]").click()
    page.locator("[data-refresh]:enabled").wait_for()

    assert (before, verdicts()) == (["valid", "valid"], ["not-valid", "valid"])
