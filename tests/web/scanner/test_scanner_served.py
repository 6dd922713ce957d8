"""The scanner on a real server: started without a network, its checks sent afterwards, nothing left behind."""

import pytest
from django.conf import settings as django_settings

from rongka.registers.inspection.queries import checks_of_person

from .camera import give_camera, hold_up

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CONTROLLED = "() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
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
def scanner(browser, live_server, inspector, phone):
    """Give the inspector's browser, signed in, with a camera."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=live_server.url)
    context.set_default_timeout(15_000)
    session = inspector.cookies[django_settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    give_camera(context)
    page = context.new_page()
    page.goto("/en/scan/")
    page.locator('[data-lists="lists-fresh"]').wait_for()
    yield page
    context.close()


def scanned(page, code):
    hold_up(page, code)
    shown = page.locator("[data-panel] [data-verdict]")
    shown.wait_for()
    return shown.get_attribute("data-verdict")


def test_without_a_network_it_starts_checks_and_sends_it_all_afterwards(scanner, phone, hold):
    page, context = scanner, scanner.context
    page.wait_for_timeout(300)
    assert page.evaluate(CONTROLLED)
    context.set_offline(True)
    page.reload()
    page.locator("[data-unit]:visible").wait_for()  # the page that names nobody, filled in here

    offline = scanned(page, phone.code())
    page.locator("[data-next]").click()
    page.locator('[data-waiting="1"]').wait_for()
    assert checks_of_person(phone.person_id) == []

    context.set_offline(False)
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
