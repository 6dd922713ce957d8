"""The wallet without a network, and what it leaves behind, in a real browser."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from rongka.credential import VerdictKind
from rongka.registers.cards.commands import reinstate_card, suspend_card
from rongka.registers.cards.queries import card_of
from rongka.rulebook.order import State
from tests.browsing import DESKTOP, greens, strays, too_wide, violations
from tests.registers.city import passport
from tests.web.wallet.issuer import verdict_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)
PLACES = {
    "code/": "My code",
    "licence/": "Licence view",
    "": "My steps",
    "services/": "Services",
    "me/": "This page needs the network",
}


@pytest.fixture
def person_id(city):
    return city.person_at(State.ACTIVE, data=passport("MÜLLER", "ANNA MARIA"))


@pytest.fixture
def phone(phone, person_id):
    phone.sign_in(person_id)
    return phone


@pytest.fixture
def ready(phone):
    """Give a phone that is set up."""
    phone.open()
    phone.set_up()
    return phone


def reloaded(phone) -> float:
    """Reload; return after how many milliseconds the new code stood there, by the page's own clock."""
    phone.page.reload()
    phone.code()
    ends = "performance.getEntriesByName('live-code').map(one => one.startTime + one.duration)"
    phone.wait_until(lambda: phone.page.evaluate(ends))
    return phone.page.evaluate(ends)[0]


def look_around(phone, titles):
    """Open every page without a network; give what is wrong with any."""
    wrong = {}
    for path, title in titles.items():
        phone.open(path)
        heading = phone.page.locator("h1").locator("visible=true")
        heading.wait_for()
        found = {
            "title": [] if title in heading.inner_text() else heading.inner_text(),
            "green": greens(phone.page),
            "words": strays(phone.page, phone.language),
            "axe": violations(phone.page) if phone.language == "en" else [],
            "width": too_wide(phone.page, widths=[390, 320]) if phone.language == "en" else {},
        }
        wrong |= {f"{path} {promise}": one for promise, one in found.items() if one}
    return wrong


def test_without_a_network_the_card_is_there_at_once_with_a_new_code(ready):
    first = ready.code()

    with ready.offline():
        lasted = [reloaded(ready) for _ in range(3)]
        again = ready.code()
        wrong = look_around(ready, PLACES)
        ready.open("licence/")
        face = ready.page.locator(".rk-card").locator("visible=true")
        face.wait_for()
        masked = face.inner_text()
        ready.page.get_by_role("button", name="Show the details").click()
        face.get_by_text("MÜLLER, ANNA MARIA").wait_for()
        age = ready.page.locator("[data-strip=offline]").inner_text()

    assert again != first
    assert verdict_on(again).kind is VerdictKind.VALID
    assert min(lasted) < 1000  # the best of three, for the machine may be busy with other tests
    assert wrong == {}
    assert "M***, A*** M***" in masked
    assert "MÜLLER" not in masked
    assert "As of" in age


def test_the_wallet_speaks_chinese_on_a_phone_and_without_a_network_on_a_desk(phone):
    phone.language = "zh-hans"
    phone.open()
    phone.set_up()
    on_phone = verdict_on(phone.code_on_screen()).kind

    phone.page.set_viewport_size(DESKTOP)
    with phone.offline():
        wrong = look_around(phone, {"licence/": "亮证", "": "办理进度", "code/": "亮码"})
        on_desk = verdict_on(phone.code_on_screen()).kind if phone.code() else None

    assert wrong == {}
    assert (on_phone, on_desk) == (VerdictKind.VALID, VerdictKind.VALID)


def test_without_a_network_the_phone_decides_by_the_days(ready, person_id):
    now, last_day = timezone.now(), card_of(person_id).qualification.valid_until
    after = datetime.combine(last_day, datetime.min.time(), tzinfo=UTC)
    screens = {}

    with ready.offline():
        for name, at in {"6": now + 6 * DAY, "8": now + 8 * DAY, "30": now + 30 * DAY, "after": after}.items():
            ready.page.clock.set_fixed_time(at)
            ready.page.reload()
            screens[name] = ready.screen(), ready.page.locator("[data-strip=connect]").is_visible()
        ready.page.clock.set_fixed_time(now - DAY)
        ready.page.reload()
        ready.page.get_by_text("This phone’s clock was set back").wait_for()

    assert screens == {
        "6": ("code", False),
        "8": ("code", True),
        "30": ("too-long", False),
        "after": ("expired", False),
    }


def test_a_suspended_card_hides_its_code_on_an_open_page_and_without_a_network(ready, city, person_id):
    about = {"actor": city.authority, "person_id": person_id}
    suspend_card(at=timezone.now(), reason="用人单位申报信息待核实", **about)

    ready.page.evaluate("window.dispatchEvent(new Event('online'))")  # as every five minutes
    ready.page.get_by_text("the card cannot be used now").wait_for()
    with ready.offline():
        ready.page.reload()
        held = ready.screen(), ready.page.locator("[data-held-reason]").inner_text()
        code = ready.page.locator("canvas").is_visible()
        contacts = ready.page.locator("[data-contact-list] li").count()

    reinstate_card(at=timezone.now(), **about)
    ready.open()

    assert held == ("held", "Suspended")
    assert contacts
    assert not code
    assert verdict_on(ready.code()).kind is VerdictKind.VALID


def test_after_the_sign_out_nothing_is_left_but_the_key_which_the_holder_finds_again(ready, person_id):
    other_tab = ready.context.new_page()
    other_tab.goto("/en/wallet/code/")
    other_tab.locator("canvas").wait_for()

    ready.open("me/")
    ready.page.locator("main form[action$='/sign-out/'] button").click()
    ready.page.wait_for_url("**/sign-in/**")

    kept = ready.kept()
    other_tab.locator("canvas").wait_for(state="hidden")
    with ready.offline():
        ready.open()
        nothing = ready.screen()
    assert kept["state"] == []
    assert [device["token"] for device in kept["devices"]] == [0]
    assert nothing == "nothing"

    ready.sign_in(person_id)
    ready.open()

    assert verdict_on(ready.code()).kind is VerdictKind.VALID
    assert ready.kept()["devices"][0]["id"] == kept["devices"][0]["id"]


def test_whoever_signs_in_next_finds_nothing_of_the_holder_before(ready, city):
    stranger = city.person_at(State.ADMITTED)
    ready.sign_in(stranger)

    ready.open("")
    ready.wait_until(lambda: [one["holder"] for one in ready.kept()["state"]] == [str(stranger)])

    with ready.offline():
        ready.open()
        screen = ready.screen()
    assert [device["token"] for device in ready.kept()["devices"]] == [0]
    assert screen == "inactive"


def test_a_holder_whose_session_has_ended_still_reaches_the_code(ready):
    ready.context.clear_cookies()

    ready.open()
    ready.page.get_by_role("link", name="Show my code").click()

    assert verdict_on(ready.code()).kind is VerdictKind.VALID
    ready.page.get_by_text("Sign in for the newest").wait_for()
