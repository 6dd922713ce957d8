"""The way by phone in a real browser with a camera made here, to level 2, review, binding and activation."""

import pytest
from django.utils import timezone

from rongka.proofing.face.results import PersonStatus
from rongka.registers.cards.commands import activate_card, generate_qualification
from rongka.registers.cards.queries import state_of
from rongka.registers.evidence.commands import check_document, give_consent
from rongka.registers.evidence.queries import images_held_of
from rongka.registers.identity.looking import open_images
from rongka.registers.identity.outcomes import Outcome
from rongka.registers.identity.queries import proof_of, verification_of
from rongka.registers.journal.actors import SYSTEM, holder
from rongka.registers.people.queries import person_card
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import State
from rongka.web.verifiers import document_verifier, key_wrap
from tests.browsing import DESKTOP, greens, low_targets, strays, too_wide, violations
from tests.proofing.face.motion import jpeg, portrait
from tests.proofing.mrz_photos import page as drawn_page
from tests.proofing.test_mrz_photo import as_file
from tests.registers.city import passport
from tests.web.desks.chips import chip_of, uploads
from tests.web.wallet.mirror import give_mirror
from tests.web.wallet.reviewing import review
from tests.web.wallet.test_proving import AGENCY, show_face

pytestmark = pytest.mark.browser
MUELLER = passport("MÜLLER", "ANNA MARIA")


def own_chip(person_id):
    """Make the worker's own passport, with the portrait of the astronaut in its chip."""
    return chip_of(person_id, portrait=jpeg(portrait()))


def wrong_with(page, language="en", *, widths=(390, 320), is_asked_axe=True):
    """Look at a page as tests/journeys does; give what is wrong with it."""
    found = {
        "axe": violations(page) if is_asked_axe else [],
        "words": strays(page, language),
        "green": greens(page),
        "low": low_targets(page),
        "width": too_wide(page, widths=list(widths)),
    }
    page.set_viewport_size({"width": widths[0], "height": 844})
    return {f"{page.url} {promise}": one for promise, one in found.items() if one}


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()


@pytest.mark.django_db(transaction=True)
class TestWithACamera:
    """On a phone, in English; the built-in verifier looks at every picture."""

    @pytest.fixture(autouse=True)
    def _faces(self, settings):
        settings.RONGKA_PERSON_VERIFIER = "tests.web.wallet.mirror.verifier"

    @pytest.fixture
    def person_id(self, city):
        return city.person_at(State.ADMITTED, data=MUELLER)

    @pytest.fixture
    def phone(self, phone, person_id):
        phone.sign_in(person_id)
        return phone

    @pytest.fixture
    def read(self, person_id):
        """Have agreed and had the chip read, as the first test does it page by page."""
        admission_id = case_of_person(person_id).admission_id
        about = {"actor": holder(person_id), "at": timezone.now(), "admission_id": admission_id}
        give_consent(language="en", text_version="test", **about)
        files = own_chip(person_id).document()
        check_document(files=files, source="wallet", verifier=document_verifier(), keys=key_wrap(), **about)

    def test_the_whole_way_by_phone_to_an_active_card(self, phone, person_id, city):
        give_mirror(phone.context)
        phone.open("")
        press(phone.page, "Get verified")

        wrong = self.hand_in(phone.page, person_id)
        proof = proof_of(case_of_person(person_id).admission_id)
        open_images(actor=city.examiner, at=timezone.now(), subject_id=proof.id, keys=key_wrap())
        review(city.examiner, proof.id, outcome="accepted")
        phone.open("")
        self.claim_and_bind(phone.page, person_id)

        assert wrong == {}
        assert proof.outcome is Outcome.SUBMITTED
        assert verification_of(person_id).level == "L2"
        assert state_of(person_id) is State.ACTIVE
        assert images_held_of(person_id) == []

    def hand_in(self, page, person_id):
        """Go through every part, and look at each page on the way."""
        assert page.locator("#counter").is_visible()
        press(page, "Begin by phone")  # tests/journeys looks at this page and the next
        press(page, "I agree, go on")
        wrong = self.fill_by_photo(page, person_card(person_id).mrz)
        press(page, "Check the lines")
        wrong |= wrong_with(page)
        press(page, "Yes, go on")
        return wrong | self.hand_in_the_chip(page, person_id) | self.show_the_face(page)

    def fill_by_photo(self, page, zone):
        page.get_by_text("Fill the box from a photo").click()
        wrong = wrong_with(page)
        photo = {"name": "zone.png", "mimeType": "image/png", "buffer": as_file(drawn_page(zone, scale=12))}
        page.locator("[name=photo]").set_input_files(photo)
        press(page, "Read the photo")
        assert page.locator("[name=zone]").input_value() == zone
        return wrong | wrong_with(page)

    def hand_in_the_chip(self, page, person_id):
        page.get_by_text("I have files that a reader saved").click()
        wrong = wrong_with(page)
        chip = own_chip(person_id)
        files = {"EF.SOD": chip.sod} | {f"DG{number}": data for number, data in chip.groups.items()}
        read = [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files.items()]
        page.set_input_files("[name=chip]", read)
        press(page, "Hand in the files")
        return wrong

    def show_the_face(self, page):
        """Turn the other way at first, and be told so; then do what the page says."""
        press(page, "Open the camera")
        page.locator("[data-begin]").wait_for()
        wrong = wrong_with(page)
        page.evaluate("() => { window.mirror.isContrary = true; }")
        press(page, "Begin")
        page.get_by_text("proof.not-live").wait_for()
        assert page.get_by_role("button", name="Show me the counters").is_visible()
        wrong |= wrong_with(page)
        press(page, "Try again")
        press(page, "Open the camera")
        press(page, "Begin")
        page.get_by_text("Your verification is handed in").wait_for()
        return wrong | wrong_with(page)

    def claim_and_bind(self, page, person_id):
        for words in ("Claim my card", "Claim my card", "Bind my permit number", "Continue", "Confirm and bind"):
            press(page, words)
        page.get_by_text("The system is finishing your card").wait_for()
        generate_qualification(actor=SYSTEM, at=timezone.now(), person_id=person_id)
        activate_card(actor=SYSTEM, at=timezone.now(), person_id=person_id)
        page.reload()  # the page would follow by itself within two seconds
        press(page, "See my card")
        page.get_by_role("heading", name="Your card is active").wait_for()

    @pytest.mark.usefixtures("read")
    def test_a_camera_that_fails_says_why_and_the_counter_stands_below(self, phone):
        give_mirror(phone.context, trouble="NotAllowedError")
        phone.open("verification/face/")
        expected = {"NotAllowedError": "refused", "NotFoundError": "missing", "NotReadableError": "busy"}

        press(phone.page, "Open the camera")
        shown = {"NotAllowedError": phone.screen()}
        for trouble in ("NotFoundError", "NotReadableError"):
            phone.page.evaluate("trouble => { window.mirror.trouble = trouble; }", trouble)
            press(phone.page, "Try the camera again")
            shown[trouble] = phone.screen()

        assert shown == expected
        assert phone.page.get_by_role("link", name="Go to a counter instead").is_visible()


@pytest.mark.django_db
class TestInChinese:
    """Every page of the way at a desktop's width; an agency's service answers instead of a camera."""

    @pytest.fixture(autouse=True)
    def _faces(self, settings):
        settings.RONGKA_PERSON_VERIFIER = "tests.web.wallet.test_proving.agency"
        AGENCY.status = PersonStatus.FAIL

    def test_every_page_keeps_its_promises(self, open_page, holder_at, client):
        person_id = holder_at(State.ADMITTED, data=MUELLER)
        page = open_page(WAY, **DESKTOP)

        wrong = dict(look(page, path) for path in ("", "consent/"))
        press(page, "同意并继续")
        page.locator("[name=zone]").fill(person_card(person_id).mrz)
        press(page, "核对两行")
        wrong |= dict([look(page)])
        press(page, "是，继续")
        client.post(f"{WAY}chip/", uploads(chip_of(person_id, number="XD7777777")))
        wrong |= dict([look(page, "chip/")])
        press(page, "显示应用配对码")
        wrong |= dict([look(page, is_asked_axe=True)])
        client.post(f"{WAY}chip/", uploads(own_chip(person_id)))
        wrong |= dict([look(page, "face/")])
        show_face(client)
        wrong |= dict([look(page, "result/")])
        AGENCY.status = PersonStatus.REVIEW
        show_face(client)
        wrong |= dict(look(page, path) for path in ("result/", ""))
        wrong |= dict(look(page, path, is_asked_axe=True) for path in ("withdraw/", "consent/withdraw/"))
        client.post(f"{WAY}consent/withdraw/")
        wrong |= dict([look(page, "consent/withdrawn/", is_asked_axe=True)])

        assert {name: found for name, found in wrong.items() if found} == {}


WAY = "/zh-hans/wallet/verification/"


def look(page, path=None, *, is_asked_axe=False):
    """Open a page of the way, or stay; give its address and what is wrong with it."""
    if path is not None:
        page.goto(f"{WAY}{path}")
    return page.url, wrong_with(page, "zh-Hans", widths=(1280, 390), is_asked_axe=is_asked_axe)
