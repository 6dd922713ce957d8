"""The way by phone, part by part: each says why it does not go on, and the counter is offered all along."""

import io
import json
from dataclasses import dataclass
from hashlib import sha256
from zipfile import ZipFile

import pytest

from rongka.proofing.chip import ChipDocument
from rongka.proofing.face.challenge import Challenge, Turn
from rongka.proofing.face.results import Liveness, Look, PersonResult, PersonStatus, Thresholds
from rongka.proofing.remote import Processor
from rongka.registers.cards.queries import state_of
from rongka.registers.evidence.commands import check_document, give_consent
from rongka.registers.evidence.queries import actor_of_pairing, consent_of, images_held_of
from rongka.registers.identity.looking import open_images
from rongka.registers.identity.queries import proof_of, verification_of
from rongka.registers.journal.actors import holder
from rongka.registers.people.queries import person_card
from rongka.registers.permits.commands import record_new_passport
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import State
from rongka.rulebook.parameters import parameter
from rongka.text import Text
from rongka.web.verifiers import document_verifier, key_wrap
from rongka.web.wallet.proving import consent_text
from tests.registers.city import NOW, TODAY, passport
from tests.web.desks.chips import chip_of, uploads
from tests.web.desks.reading import hidden
from tests.web.wallet.reviewing import review

# With the rights of the running application, which may change less than the owner of the tables.
pytestmark = pytest.mark.usefixtures("as_application")
WAY = "/en/wallet/verification/"
CONSENT, PASSPORT, CHIP, FACE, RESULT = (f"{WAY}{part}/" for part in ("consent", "passport", "chip", "face", "result"))


@dataclass
class Agency:
    """An agency's own service for faces, which answers as a test wants; the built-in one is asked in the browser."""

    status: PersonStatus = PersonStatus.PASS

    def start(self, *, at, before=None):  # noqa: ARG002 - the protocol's
        return Challenge(nonce="0" * 32, turns=(Turn.LEFT, Turn.UP), issued_at=at, window_seconds=10)

    def look(self, _frame):
        return Look(findings=(), pose=None)

    def verify(self, **_asked):
        return PersonResult(
            status=self.status,
            score=0.6,
            thresholds=Thresholds(),
            liveness=Liveness(method="head-turn", result=PersonStatus.PASS),
            findings=(),
            model_hashes=(),
            frame_hashes=(),
            method="agency",
            reasons=(),
        )


AGENCY = Agency()


def agency():
    """Give what `settings.RONGKA_PERSON_VERIFIER` names."""
    return AGENCY


def processor():
    """Give what `settings.RONGKA_PROCESSOR` names."""
    return Processor(Text(zh="脸公司", en="Face & Co"), compares_faces=True)


def nobody():
    """Give what the settings name where the face extra is not installed."""
    return


@pytest.fixture(autouse=True)
def _faces(settings):
    settings.RONGKA_PERSON_VERIFIER = "tests.web.wallet.test_proving.agency"
    AGENCY.status = PersonStatus.PASS


@pytest.fixture
def person_id(holder_at):
    return holder_at(State.ADMITTED, data=passport("DEMO", "ANNA MARIA"))


@pytest.fixture
def admission_id(person_id):
    return case_of_person(person_id).admission_id


@pytest.fixture
def agreed(person_id, admission_id):
    give_consent(actor=holder(person_id), at=NOW, admission_id=admission_id, language="en", text_version="test")


@pytest.fixture
def read(person_id, admission_id, agreed):
    """Have the chip read by the wallet."""
    about = {"admission_id": admission_id, "verifier": document_verifier(), "keys": key_wrap(), "source": "wallet"}
    check_document(actor=holder(person_id), at=NOW, files=chip_of(person_id).document(), **about)


def agree(client, address=CONSENT):
    """Agree to the words as they are shown; return the page that showed them."""
    page = client.get(address)
    client.post(address, {name: hidden(page, name) for name in ("text_version", "language")})
    return page.content.decode()


def leads_to(client, address):
    """Give the last address that a page leads to."""
    return client.get(address, follow=True).request["PATH_INFO"]


def show_face(client, *, pictures=1):
    """Show the face once; give the page that follows."""
    started = client.post(f"{FACE}start/").json()
    for number in range(pictures):
        client.post(started["frames"], b"picture %d" % number, content_type="image/jpeg")
    return client.get(client.post(started["finish"]).json()["next"]).content.decode()


def test_both_ways_are_offered_as_equals_and_every_part_offers_the_counter(client, person_id):
    page = client.get(WAY).content.decode()

    assert "Two ways, equal" in page
    assert "Begin by phone" in page
    assert 'id="counter"' in page
    assert f'href="{WAY}#counter"' in client.get(CONSENT).content.decode()


def test_without_what_compares_faces_the_wallet_says_so_and_the_counter_is_there(client, person_id, settings):
    settings.RONGKA_PERSON_VERIFIER = "tests.web.wallet.test_proving.nobody"

    page = client.get(WAY).content.decode()

    assert "Not offered in this city" in page
    assert 'id="counter"' in page
    assert {leads_to(client, part) for part in (CONSENT, PASSPORT, CHIP, FACE, RESULT)} == {WAY}


def test_no_part_is_open_before_the_one_before_it(client, person_id):
    assert {leads_to(client, part) for part in (PASSPORT, CHIP, FACE)} == {CONSENT}
    agree(client)
    assert {leads_to(client, part) for part in (CHIP, FACE)} == {PASSPORT}
    zone = {"zone": person_card(person_id).mrz, "confirm": "1"}
    assert client.post(PASSPORT, zone)["Location"] == CHIP
    assert leads_to(client, FACE) == CHIP
    assert client.post(CHIP, uploads(chip_of(person_id)), follow=True).request["PATH_INFO"] == FACE


def test_after_a_new_passport_its_own_chip_is_asked_for(client, city, person_id, read):
    before = leads_to(client, FACE)

    record_new_passport(actor=city.employer, at=NOW, person_id=person_id, passport=passport("DEMO", "ANNA MARIA"))

    assert (before, leads_to(client, FACE)) == (FACE, PASSPORT)


def test_nobody_proves_anything_before_the_entry(client, holder_at):
    holder_at(State.VISA_ISSUED)

    assert {leads_to(client, part) for part in (CONSENT, PASSPORT, CHIP, FACE)} == {WAY}
    assert client.post(f"{FACE}start/").status_code == 404


def test_the_consent_is_kept_in_its_words_and_language(client, person_id):
    agree(client, CONSENT.replace("/en/", "/zh-hans/"))

    kept = consent_of(person_id)
    assert (kept.language, kept.text_version) == ("zh-Hans", consent_text.VERSION)


def test_nobody_agrees_to_words_that_were_not_shown(client, person_id):
    other = [
        {},
        {"text_version": "2026-11", "language": "en"},
        {"text_version": consent_text.VERSION, "language": "zh"},
    ]

    answers = [client.post(CONSENT, sent) for sent in other]

    assert [answer.status_code for answer in answers] == [409] * 3
    assert "These words are new since you opened the page" in answers[0].content.decode()
    assert consent_of(person_id) is None


def test_a_provider_who_gets_the_pictures_is_named_and_part_of_the_version(client, person_id, settings):
    settings.RONGKA_PROCESSOR = "tests.web.wallet.test_proving.processor"

    page = agree(client)

    assert "Face &amp; Co compares for this city" in page
    assert consent_of(person_id).text_version == consent_text.words_with(processor()).version != consent_text.VERSION


def test_no_word_of_the_consent_changes_without_a_new_version():
    words = "\n".join(text for pair in consent_text.PARAGRAPHS for one in pair for text in (one.zh, one.en))

    assert sha256(words.encode()).hexdigest() == consent_text.DIGESTS[consent_text.VERSION]
    assert f"{parameter('verification.images-kept', on=TODAY).value} days" in words
    assert parameter("verification.portrait-kept", on=TODAY).value == 1
    assert "after one day at the latest" in words


def test_taking_the_consent_back_deletes_the_pictures_and_ends_what_was_handed_in(client, person_id, read):
    show_face(client)

    page = client.post(f"{CONSENT}withdraw/", follow=True).content.decode()

    assert "Your consent is taken back" in page
    assert images_held_of(person_id) == []
    assert state_of(person_id) is State.ADMITTED
    assert consent_of(person_id) is None


def test_wrong_lines_are_explained(client, person_id, agreed):
    mrz = person_card(person_id).mrz
    typed = {
        "check digit": f"{mrz[:-1]}9",
        "instead of 44": mrz[:-2],
        "differs from the permit record in: passport number": passport().mrz,
        "Enter both lines": "",
    }

    answers = {words: client.post(PASSPORT, {"zone": zone}) for words, zone in typed.items()}

    assert {answer.status_code for answer in answers.values()} == {422}
    assert [words for words, answer in answers.items() if words not in answer.content.decode()] == []
    assert leads_to(client, CHIP) == PASSPORT


def test_right_lines_are_shown_with_their_check_digits_before_they_are_confirmed(client, person_id, agreed):
    page = client.post(PASSPORT, {"zone": person_card(person_id).mrz.lower()}).content.decode()

    assert "Is this your passport?" in page
    assert page.count("<code>") == 5
    assert leads_to(client, CHIP) == PASSPORT


def test_a_pairing_code_lets_an_app_hand_in_the_chip_and_the_page_goes_on(client, person_id, admission_id, agreed):
    client.post(PASSPORT, {"zone": person_card(person_id).mrz, "confirm": "1"})

    page = client.post(f"{CHIP}code/").content.decode()
    secret = page.partition("data-pairing-secret>")[2].partition("<")[0]
    app = actor_of_pairing(secret=secret, at=NOW)
    about = {"admission_id": admission_id, "verifier": document_verifier(), "keys": key_wrap(), "source": "app"}
    check_document(actor=app, at=NOW, files=chip_of(person_id).document(), pairing_secret=secret, **about)

    assert "<svg" in page
    assert secret not in client.get(CHIP).content.decode()
    assert leads_to(client, CHIP) == FACE


def test_a_chip_that_is_not_enough_says_why(client, person_id, agreed):
    client.post(PASSPORT, {"zone": person_card(person_id).mrz, "confirm": "1"})
    chosen = {
        "differs from the permit record in: passport": uploads(chip_of(person_id, number="XD7777777")),
        "DG2 is missing": uploads(chip_of(person_id), without=("DG2.bin",)),
        "Choose the files": {},
    }

    pages = {words: client.post(CHIP, files, follow=True).content.decode() for words, files in chosen.items()}

    assert [words for words, page in pages.items() if words not in page] == []
    assert all(f'href="{WAY}#counter"' in page for page in pages.values())
    assert leads_to(client, FACE) == CHIP


def test_files_that_were_changed_are_never_passed(client, person_id, admission_id, agreed):
    whole = chip_of(person_id).document()
    changed = ChipDocument(sod=whole.sod[:-1] + bytes([whole.sod[-1] ^ 1]), dg1=whole.dg1, dg2=whole.dg2)
    about = {"admission_id": admission_id, "verifier": document_verifier(), "keys": key_wrap(), "source": "wallet"}
    check_document(actor=holder(person_id), at=NOW, files=changed, **about)
    client.post(PASSPORT, {"zone": person_card(person_id).mrz, "confirm": "1"})

    page = client.get(CHIP).content.decode()

    assert "chip did not pass its checks" in page
    assert "chip.signature-wrong" in page


def test_what_is_handed_in_says_whose_turn_it_is_and_binds_after_the_review(client, city, person_id, read):
    page = show_face(client)
    steps = client.get("/en/wallet/").content.decode()
    proof = proof_of(case_of_person(person_id).admission_id)
    open_images(actor=city.examiner, at=NOW, subject_id=proof.id, keys=key_wrap())
    review(city.examiner, proof.id, outcome="accepted")

    assert "Your verification is handed in" in page
    assert "Decided at the latest on" in page
    assert "See where it stands" in steps
    assert verification_of(person_id).level == "L2"
    assert "You are verified" in client.get(WAY).content.decode()
    assert client.get("/en/wallet/card/").status_code == 200


def test_a_rejection_tells_its_reasons_and_both_ways_are_open_again(client, city, person_id, read):
    show_face(client)
    proof = proof_of(case_of_person(person_id).admission_id)
    review(city.examiner, proof.id, outcome="rejected", reasons=["review-not-alone"])

    page, steps = client.get(RESULT).content.decode(), client.get("/en/wallet/").content.decode()

    assert "The officer sent it back" in page
    assert f'href="{FACE}"' in page
    assert all("Somebody else is in the pictures" in one for one in (page, steps))
    assert "Get verified" in steps


def test_what_was_handed_in_can_be_withdrawn(client, person_id, read):
    show_face(client)

    page = client.post(f"{WAY}withdraw/", follow=True).content.decode()

    assert "Withdrawn" in page
    assert state_of(person_id) is State.ADMITTED
    assert images_held_of(person_id) == []


def test_each_failure_has_its_reason_and_the_third_leads_to_the_counter(client, person_id, read):
    AGENCY.status = PersonStatus.FAIL

    pages = [show_face(client) for _ in range(3)]
    fourth = client.post(f"{FACE}start/")

    assert all("not similar enough" in page for page in pages)
    assert [f'href="{FACE}"' in page for page in pages] == [True, True, False]
    assert "Please go to a counter now" in pages[2]
    assert leads_to(client, FACE) == RESULT
    assert (fourth.status_code, fourth.json()["code"]) == (409, "proof.no-tries-left")


def test_nobody_sends_pictures_to_the_try_of_another(client, city, enter, person_id, read):
    started = client.post(f"{FACE}start/").json()
    enter(city.person_at(State.ADMITTED))

    answers = [client.post(started["frames"], b"picture", content_type="image/jpeg"), client.post(started["finish"])]

    assert {answer.status_code for answer in answers} == {404}


def test_a_picture_that_is_too_large_is_refused_before_it_is_read(client, person_id, read):
    started = client.post(f"{FACE}start/").json()

    answer = client.post(started["frames"], bytes(300_001), content_type="image/jpeg")

    assert answer.status_code == 413


def test_the_holder_takes_away_all_that_is_kept(client, person_id, read):
    show_face(client, pictures=2)

    answer = client.get("/en/wallet/me/evidence.zip")

    pieces = list(answer.streaming_content)
    with ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        record = json.loads(archive.read("evidence.json"))
    assert "no-store" in answer["Cache-Control"]
    assert len(names) == 4  # the record, the portrait, two pictures
    assert len(pieces) == 5  # one after the other, and the list at the end
    assert [len(record[part]) for part in ("consents", "document_checks", "pictures", "proofs")] == [1, 1, 3, 1]
