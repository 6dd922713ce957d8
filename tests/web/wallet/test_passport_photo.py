"""The passport's lines from a photo: help with typing in the wallet, never more."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rongka.config.security import MAX_BODY
from rongka.proofing.mrz.photo import MAX_BYTES
from rongka.registers.people.queries import person_card
from tests.proofing.mrz_photos import page
from tests.proofing.test_mrz_photo import as_file, empty_png
from tests.web.wallet.test_proving import CHIP, CONSENT, PASSPORT, admission_id, agreed, leads_to, person_id

__all__ = ["admission_id", "agreed", "person_id"]
PHOTO = f"{PASSPORT}photo/"


@pytest.fixture(autouse=True)
def _faces(settings):
    settings.RONGKA_PERSON_VERIFIER = "tests.web.wallet.test_proving.agency"


def picture(data, name="zone.png"):
    return {"photo": SimpleUploadedFile(name, data)}


def test_a_photo_fills_the_box_and_confirms_nothing(client, person_id, agreed, caplog):
    mrz = person_card(person_id).mrz
    caplog.set_level(logging.DEBUG)

    answer = client.post(PHOTO, picture(as_file(page(mrz, scale=12))))

    assert answer.status_code == 200
    assert answer.context["form"].initial == {"zone": mrz}
    assert "no check digit guards it" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert mrz[:44] not in caplog.text
    assert leads_to(client, CHIP) == PASSPORT


def test_what_the_check_digits_say_against_a_photo_is_said_at_once(client, person_id, agreed):
    mrz = person_card(person_id).mrz
    wrong = mrz[:-1] + str((int(mrz[-1]) + 1) % 10)

    words = client.post(PHOTO, picture(as_file(page(wrong, scale=12)))).content.decode()

    assert "Something was read wrong" in words
    assert "check digit of the whole second line" in words


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"no picture", 422, "photo.not-a-picture"),
        (empty_png(60_000, 60_000), 413, "photo.too-large"),
        (bytes(MAX_BYTES + 1), 413, "photo.too-large"),
        (empty_png(20, 20), 422, "photo.no-lines"),
    ],
)
def test_a_hostile_picture_is_refused_in_both_languages(client, agreed, data, status, code):
    answer = client.post(PHOTO, picture(data))

    words = answer.content.decode()
    assert answer.status_code == status
    assert code in words
    assert "或直接输入两行" in words
    assert "Or type the two lines" in words


def test_without_a_photo_the_box_is_still_there(client, person_id, agreed):
    answer = client.post(PHOTO)

    assert answer.status_code == 422
    assert "Choose or take a photo" in answer.content.decode()
    assert 'name="zone"' in answer.content.decode()


def test_nobody_reads_a_photo_before_the_consent(client, person_id):
    assert client.post(PHOTO, picture(b"")).headers["Location"] == CONSENT


def test_no_file_that_comes_in_is_written_to_a_disk(settings):
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE == MAX_BODY
