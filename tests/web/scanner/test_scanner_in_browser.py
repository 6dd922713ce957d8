"""The inspector's scanner in a real browser with a camera made here: every verdict, with and without a network."""

import base64
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
import zxingcpp
from PIL import Image

from rongka.credential import (
    Challenge,
    Expected,
    SoftwareKey,
    Status,
    base64url,
    judge,
    verify_status_list,
    verify_trust_list,
)
from rongka.credential.qr import qr_png
from rongka.web.components.tags import VERDICTS
from tests.browsing import DESKTOP, PHONE, too_wide, violations
from tests.credential.world import LIST_URI, ORDINARY, World
from tests.web.first_load import LIMIT, FirstLoad

from . import stand as stands
from .camera import film, take_away
from .stand import WORLD, Stand, card_code, lists_of

pytestmark = pytest.mark.browser

DAY = timedelta(days=1)
OTHER_EMPLOYER = "91310000MA1FL0XW5L"
ONE_OF_EACH = ("valid", "revoked", "printed", "foreign")
PERSONAL = (ORDINARY.name_viz, ORDINARY.permit_number, ORDINARY.passport_masked, ORDINARY.employer_name)


@pytest.fixture(autouse=True)
def _page_settings(settings):
    settings.RONGKA_ANCHOR = "tests.web.scanner.stand.anchor"
    settings.ALLOWED_HOSTS = ["*"]


@pytest.fixture
def stand(browser):
    """Open the scanner with fresh lists."""
    opened = []

    def stand(*, age=timedelta(), path="scan/", **options):
        made = Stand(browser, **options)
        made.lists = lists_of(made.world, issued_at=made.world.now - age) if age is not None else {}
        opened.append(made)
        return made.open(path)

    yield stand
    for made in opened:
        made.context.close()


def codes(world):
    """Give the rows of the verdict table: a code, and the employer that the inspector expects."""
    good = card_code(world)
    gone = replace(ORDINARY, valid_from=date(2025, 1, 1), valid_until=date(2026, 11, 1))
    return {
        "valid": (good, ""),
        "revoked": (card_code(world, status=Status.INVALID), ""),
        "suspended": (card_code(world, status=Status.SUSPENDED), ""),
        "expired": (card_code(world, claims=gone), ""),
        "other issuer": (card_code(World()), ""),
        "other device key": (card_code(world, device=SoftwareKey.generate()), ""),
        "over 60 s old": (card_code(world, presented_at=world.now - timedelta(seconds=61)), ""),
        "printed": (world.printed_code(), ""),
        "other employer": (card_code(world, presented_at=world.now - timedelta(seconds=1)), OTHER_EMPLOYER),
        "foreign": ("https://example.org/menu", ""),
        "cut off": (good[:-40], ""),
    }


def by_python(world, lists, code, employer):
    trust = verify_trust_list(token=lists["/trust-list"], anchor=world.anchor.public)
    listed = verify_status_list(token=lists["/s/1"], trust=trust, now=world.now)
    verdict = judge(
        code=code,
        trust=trust,
        status_lists={LIST_URI: listed},
        now=world.now,
        expected=Expected(employer_credit_code=employer or None),
    )
    return verdict.kind.value.replace("_", "-"), verdict.reason.code


def seen(scanner, code, employer):
    """Scan a code and look at the screen: large, in both languages; what red and grey must not hold is looked for."""
    scanner.page.locator("[name=employer]").fill(employer)
    kind, reason = scanner.scan(code)
    panel = scanner.page.locator("[data-panel] .rk-verdict")
    said = panel.inner_text()
    assert (VERDICTS[kind].zh in said, VERDICTS[kind].en in said) == (True, True)
    assert panel.bounding_box()["height"] >= 0.38 * scanner.viewport["height"]
    if kind in {"not-valid", "not-our-code"}:
        words = scanner.page.locator("main").inner_text()
        assert [one for one in PERSONAL if one in words] == []
        assert scanner.page.locator("[data-rows] dd").count() == 0
    scanner.next()
    return kind, reason


@pytest.mark.parametrize(
    ("language", "viewport", "names"),
    [("en", PHONE, codes(WORLD)), ("zh-hans", DESKTOP, ONE_OF_EACH)],
    ids=["English on a phone", "Chinese on a desk"],
)
def test_the_verdict_table_is_pythons_with_and_without_a_network(stand, language, viewport, names):
    scanner = stand(language=language, viewport=viewport)
    rows = {name: codes(scanner.world)[name] for name in names}
    expected = {name: by_python(scanner.world, scanner.lists, *row) for name, row in rows.items()}
    scanner.page.locator('[data-lists="lists-fresh"]').wait_for()

    online = {name: seen(scanner, *row) for name, row in rows.items()}
    scanner.go_offline()
    scanner.pass_time(seconds=10)
    offline = {name: seen(scanner, *codes(scanner.world)[name]) for name in names}

    assert online == expected
    assert offline == expected
    assert [expected[name][0] for name in ONE_OF_EACH] == ["valid", "not-valid", "check", "not-our-code"]
    assert scanner.watch.elsewhere == []


@pytest.mark.parametrize(("age", "reason"), [(timedelta(hours=25), "status.stale"), (None, "trust.missing")])
def test_with_old_lists_or_none_the_best_is_amber(stand, age, reason):
    scanner = stand(age=age)
    scanner.page.locator('[data-lists="lists-old"], [data-lists="lists-missing"]').wait_for()

    answer = scanner.scan(card_code(scanner.world))

    assert answer == ("check", reason)
    # Without a trust list no signature was verified, so nothing is said of a person.
    assert (ORDINARY.name_viz in scanner.page.locator("main").inner_text()) is (age is not None)


def test_a_list_that_is_forged_or_goes_back_in_time_changes_nothing(stand):
    scanner = stand()
    scanner.page.locator('[data-lists="lists-fresh"]').wait_for()
    now = scanner.world.now
    by_others, of_yesterday = lists_of(World(), issued_at=now), lists_of(scanner.world, issued_at=now - DAY)

    for lists in (by_others, of_yesterday):
        scanner.lists = lists
        scanner.page.locator("[data-refresh]").click()
        scanner.page.locator("[data-forged]").wait_for()

    assert scanner.scan(card_code(scanner.world)) == ("valid", "code.valid")


def test_a_verdict_gives_way_to_the_next_and_stays_for_who_reads(stand):
    scanner = stand(language="zh-hans")
    page = scanner.page
    page.evaluate("() => { window.shaken = []; navigator.vibrate = pattern => window.shaken.push(pattern.join()); }")

    red = scanner.scan(card_code(scanner.world, status=Status.INVALID))
    assert red == ("not-valid", "status.revoked")

    scanner.pass_time(seconds=9)  # by itself
    page.locator("[data-finder]").wait_for()
    green = scanner.scan(card_code(scanner.world))
    shown = page.locator("[data-rows]").inner_text()
    assert green == ("valid", "code.valid")
    assert [one for one in PERSONAL if one not in shown] == []
    assert "2027年12月30日" in shown
    assert "30 December 2027" in shown
    assert (violations(page), too_wide(page)) == ([], {})

    page.locator("[data-stay]").click()  # whoever reads is not hurried
    scanner.pass_time(seconds=20)
    page.wait_for_timeout(1200)
    assert page.locator("[data-panel] [data-verdict=valid]").is_visible()
    assert page.evaluate("window.shaken") == ["350,120,350", "80"]


def test_the_same_code_shown_twice_is_amber(stand):
    scanner = stand()
    code = card_code(scanner.world)

    first = scanner.scan(code)
    scanner.next()
    take_away(scanner.page)
    scanner.page.wait_for_timeout(1700)  # out of sight
    again = scanner.scan(code)

    assert (first, again) == (("valid", "code.valid"), ("check", "code.seen_before"))
    assert scanner.page.locator("[data-seen-here]").is_visible()


def test_checks_wait_without_a_network_and_arrive_once_from_two_tabs(stand):
    scanner = stand()
    scanner.page.locator('[data-lists="lists-fresh"]').wait_for()
    scanner.go_offline()
    for status in (Status.VALID, Status.INVALID):
        scanner.scan(card_code(scanner.world, status=status))
        scanner.next()
    scanner.page.locator('[data-waiting="2"]').wait_for()

    for session in ("", "somebody else"):  # ended meanwhile, or not the one that these checks are of
        scanner.go_offline()
        scanner.session = session
        scanner.go_offline(is_offline=False)
        scanner.page.locator("[data-sign-in-again]").wait_for()
    scanner.open()  # what waits survives the page
    other = scanner.new_page()
    other.goto("/en/scan/")
    for page in (scanner.page, other):
        page.locator('[data-waiting="2"]').wait_for()
    assert scanner.inbox == []

    scanner.session = stands.INSPECTOR
    for page in (scanner.page, other):
        page.evaluate("() => { dispatchEvent(new Event('online')); }")
    for page in (scanner.page, other):
        page.locator('[data-waiting="0"]').wait_for()

    assert sorted(check["verdict"] for check in scanner.inbox) == ["not_valid", "valid"]
    assert scanner.inbox[0].keys() == {
        "id", "code", "checked_at", "verdict", "reason", "purpose", "place", "employer", "method", "challenge",
    }  # fmt: skip
    assert other.locator("[data-recent] li a").count() == 2


def test_a_code_that_was_seen_elsewhere_is_told_when_the_check_arrives(stand):
    scanner = stand()
    code = card_code(scanner.world)
    unit = {"zh": "徐汇劳动监察", "en": "Xuhui labour inspection"}
    scanner.answers[code] = {"elsewhere": {"at": "2026-11-23T11:58:00+08:00", "unit": unit, "place": "Gate 3"}}

    scanner.scan(code)

    told = scanner.page.locator("[data-seen-elsewhere]")
    told.wait_for()
    assert "11:58" in told.inner_text()
    assert "Xuhui" in told.inner_text()
    assert scanner.page.locator("[data-file]").get_attribute("href").endswith(f"/scan/checks/{scanner.inbox[0]['id']}/")


def test_after_a_challenge_only_the_code_that_answers_passes(stand):
    scanner = stand()
    page = scanner.page
    page.locator("[data-ask]").click()
    [asked] = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.locator("[data-challenge] canvas").screenshot())))
    nonce, audience = (base64url.decode(part) for part in asked.text.split("#challenge=")[1].encode().split(b"."))
    challenge = Challenge(nonce=nonce, audience=audience.decode())
    page.locator("[data-answer]").click()

    without = scanner.scan(card_code(scanner.world))
    scanner.next()
    answered = scanner.scan(card_code(scanner.world, challenge=challenge))
    scanner.next()

    assert asked.text.startswith("http://localhost/en/wallet/code/#challenge=")
    assert (without, answered) == (("not-valid", "challenge.unanswered"), ("valid", "code.valid"))
    assert page.locator("[data-asked]").is_hidden()
    assert scanner.inbox[1]["challenge"]["audience"] == f"{stands.UNIT.zh} {stands.UNIT.en}"


def test_a_camera_that_another_app_has_is_told(stand):
    page = stand(trouble="NotReadableError", language="zh-hans").page

    page.locator('[data-trouble="busy"]', has_text="相机正被其他应用占用").wait_for()
    assert page.locator("form [name=image]").is_visible()


@pytest.mark.parametrize(
    ("language", "viewport", "trouble", "words"),
    [
        ("en", PHONE, "NotAllowedError", "The camera is not allowed"),
        ("zh-hans", DESKTOP, "NotFoundError", "没有相机"),
    ],
    ids=["English on a phone", "Chinese on a desk"],
)
def test_without_a_camera_pictures_and_texts_give_the_same_verdicts(stand, language, viewport, trouble, words):
    scanner = stand(language=language, viewport=viewport, trouble=trouble)
    page = scanner.page
    page.locator("[data-trouble] h2", has_text=words).wait_for()
    page.locator('[data-lists="lists-fresh"]').wait_for()
    assert violations(page) == []
    scanner.go_offline()

    def by_picture(code):
        picture = {"name": "code.png", "mimeType": "image/png", "buffer": qr_png(code, scale=6)}
        page.set_input_files("[name=image]", picture)
        answer = scanner.verdict()
        scanner.next()
        return answer

    assert by_picture(card_code(scanner.world, status=Status.INVALID)) == ("not-valid", "status.revoked")
    assert by_picture(card_code(scanner.world)) == ("valid", "code.valid")
    page.set_input_files("[name=image]", {"name": "no.png", "mimeType": "image/png", "buffer": b"no picture"})
    page.locator('[data-manual-problem="no-code"]').wait_for()
    page.locator("[name=number]").fill("310000202501234")
    page.locator("form .rk-button").click()
    page.locator('[data-manual-problem="needs-network"]').wait_for()
    page.locator("[name=code]").fill(scanner.world.printed_code())
    page.locator("form .rk-button").click()
    assert scanner.verdict() == ("check", "document.printed")


# As the page is there to be used, and before a script of it has run.
_CHOOSE_AT_ONCE = """document.addEventListener("readystatechange", () => {
    if (document.readyState !== "interactive") return;
    const field = document.querySelector("[name=image]");
    const chosen = new DataTransfer();
    chosen.items.add(new File([Uint8Array.fromBase64("%s")], "code.png", {type: "image/png"}));
    field.files = chosen.files;
    field.dispatchEvent(new Event("change", {bubbles: true}));
});"""


def test_a_picture_that_was_chosen_before_the_scanner_was_ready_is_read(stand):
    scanner = stand(trouble="NotFoundError")
    picture = qr_png(card_code(scanner.world), scale=6)
    scanner.page.add_init_script(_CHOOSE_AT_ONCE % base64.b64encode(picture).decode())

    scanner.open()

    assert scanner.verdict() == ("valid", "code.valid")


def test_light_zoom_and_the_other_camera_are_there_where_the_camera_has_them(stand):
    page = stand().page
    page.locator("[data-torch]").click()
    page.locator("[data-zoom] input").fill("2.5")
    page.locator("[data-switch]").click()
    page.locator("[data-torch][aria-pressed=false]").wait_for()

    assert page.evaluate("window.camera.constraints") == [{"torch": True}, {"zoom": 2.5}]
    assert page.evaluate("window.camera.asked.video.deviceId") == {"exact": "front"}


def test_the_browsers_own_camera_is_read(browser, chromium, tmp_path):
    (tmp_path / "film.y4m").write_bytes(film(card_code(stands.WORLD)))
    flags = ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    source = f"--use-file-for-fake-video-capture={tmp_path / 'film.y4m'}"
    other = browser.browser_type.launch(executable_path=str(chromium), args=[*flags, source])
    scanner = Stand(other, has_own_camera=True)
    scanner.lists = lists_of(scanner.world, issued_at=scanner.world.now)

    answer = scanner.open().verdict()

    other.close()
    assert answer == ("valid", "code.valid")


def test_a_clock_that_is_wrong_is_told(stand):
    stand(server_ahead=timedelta(minutes=2)).page.locator("[data-clock]").wait_for()


def test_a_server_with_another_anchor_is_refused(stand, monkeypatch):
    scanner = stand()
    scanner.page.locator('[data-lists="lists-fresh"]').wait_for()
    other = World()
    monkeypatch.setattr(stands, "anchor", lambda: other.anchor.public)
    scanner.lists = lists_of(other, issued_at=scanner.world.now)

    scanner.open()

    scanner.page.locator('[data-screen="anchor-changed"] h2').wait_for()
    assert not scanner.page.locator("form [name=code]").is_visible()


def test_a_browser_that_keeps_nothing_says_so_and_leaves_the_form(stand):
    scanner = stand()
    scanner.page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }")

    scanner.open()

    scanner.page.locator('[data-screen="cannot-keep"] h2').wait_for()
    assert scanner.page.locator("form [name=code]").is_visible()


def test_a_stranger_learns_validity_and_nothing_of_the_person(stand):
    scanner = stand(path="check-code/")
    scanner.page.locator('[data-lists="lists-fresh"]').wait_for()
    assert (violations(scanner.page), too_wide(scanner.page)) == ([], {})

    green = scanner.scan(card_code(scanner.world))

    words = scanner.page.locator("main").inner_text()
    assert green == ("valid", "code.valid")
    assert [one for one in PERSONAL if one in words] == []
    assert scanner.inbox == []


def test_the_first_load_is_small_and_holds_no_web_font(stand, client):
    page = stand(path="scan/offline/").page
    scanner, public, guide = loads = [FirstLoad(client) for _ in range(3)]
    paths = {"desk/sign-in/": scanner, "scan/offline/": scanner, "check-code/": public, "": guide}

    for path, load in paths.items():
        with load.of(page):
            page.goto(f"/en/{path}")
            page.evaluate("document.fonts.ready.then(() => true)")
    scanner.add("/static/built/sign_out.island.js")  # with somebody to sign out
    scanner.add_worker("/en/scan/worker.js")
    public.add("/en/scan/decoder.js")

    assert "/en/scan/decoder.js" in scanner.sizes
    assert [load.total() for load in (scanner, public) if load.total() > LIMIT] == []
    # What is measured sees a font where there is one, and the limit would not bear it.
    assert [len(load.fonts()) for load in loads] == [0, 0, 1]
    assert scanner.total() + sum(guide.fonts().values()) > LIMIT
