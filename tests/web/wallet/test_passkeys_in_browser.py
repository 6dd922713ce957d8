"""Passkeys in Chromium with its virtual authenticator, at `localhost`, which WebAuthn needs (UX, acceptance 11)."""

import pytest

from rongka.registers.identity.models import Passkey
from rongka.registers.permits.queries import permit_number_of
from rongka.rulebook.order import State
from tests.browsing import Watch, greens, low_targets, too_wide, violations
from tests.registers.city import passport

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A phone's own: it keeps passkeys, and has just seen its owner's finger.
AUTHENTICATOR = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
WORDS = {
    "en": ("Add a passkey", "Sign in with a passkey", "No passkey was used", "Remove this passkey"),
    "zh-hans": ("添加通行密钥", "用通行密钥登录", "未使用通行密钥", "移除此通行密钥"),
}


@pytest.fixture
def number(transactional_db):
    from tests.registers.city import found_city

    person_id = found_city().person_at(State.ACTIVE, data=passport("MÜLLER", "ANNA MARIA", number="XD0000001"))
    return permit_number_of(person_id)


@pytest.fixture
def phone(browser, live_server):
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=live_server.url)
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture
def authenticator(phone):
    """Give the phone's authenticator: a function that sets whether it has just seen its owner."""
    devtools = phone.context.new_cdp_session(phone)
    devtools.send("WebAuthn.enable")
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    def verify(*, is_owner):
        about = {"authenticatorId": made["authenticatorId"], "isUserVerified": is_owner}
        devtools.send("WebAuthn.setUserVerified", about)

    return verify


@pytest.mark.parametrize("language", WORDS)
def test_a_holder_adds_a_passkey_signs_in_with_it_and_removes_it(phone, authenticator, live_server, number, language):
    add, enter, unused, remove = WORDS[language]
    watch = Watch(phone, origin=live_server.url)
    sign_in_by_name(phone, language, number)

    phone.goto(f"/{language}/wallet/me/")
    phone.get_by_role("button", name=add).click()
    phone.wait_for_url("**/passkeys/*/")
    made = Passkey.objects.get(removed_at=None)
    sign_out(phone, language)

    phone.goto(f"/{language}/wallet/sign-in/?next=/{language}/wallet/me/")
    looked_at = violations(phone) + greens(phone) + low_targets(phone) + list(too_wide(phone, widths=[390, 320]))
    authenticator(is_owner=False)
    phone.get_by_role("button", name=enter).click()
    phone.get_by_text(unused).wait_for()
    authenticator(is_owner=True)
    phone.get_by_role("button", name=enter).click()
    phone.wait_for_url("**/wallet/me/")
    phone.locator(".rk-device__name", has_text=made.label).first.wait_for()

    phone.goto(f"/{language}/wallet/passkeys/{made.id}/")
    phone.get_by_role("button", name=remove).click()
    phone.wait_for_url("**/removed/")
    sign_out(phone, language)
    phone.goto(f"/{language}/wallet/sign-in/")
    phone.get_by_role("button", name=enter).click()
    phone.get_by_text("passkey.unknown").wait_for()

    assert looked_at == []
    assert watch.elsewhere == []
    made.refresh_from_db()
    assert (made.removed_at is None, made.used_at is None) == (False, False)


def test_at_an_address_in_numbers_the_page_says_that_passkeys_cannot_be_used(phone, live_server):
    phone.goto(live_server.url.replace("localhost", "127.0.0.1") + "/en/wallet/sign-in/")

    phone.get_by_text("This browser cannot use passkeys at this address.").wait_for()
    assert not phone.get_by_role("button", name="Sign in with a passkey").is_visible()
    assert phone.get_by_role("button", name="Sign in", exact=True).is_visible()


def sign_in_by_name(phone, language, number):
    phone.goto(f"/{language}/wallet/sign-in/")
    phone.locator("[name=number]").fill(number)
    phone.locator("[name=name]").fill("anna maria mueller")
    phone.locator("main form[novalidate] button").click()
    phone.wait_for_url(f"**/{language}/wallet/")


def sign_out(phone, language):
    phone.goto(f"/{language}/wallet/me/")
    phone.locator("form[action$='/sign-out/'] button").click()
    phone.wait_for_url("**/sign-in/")
