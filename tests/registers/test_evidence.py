"""Evidence: pictures that only their key opens and only in their place, deleted in time and written down; pairings."""

from dataclasses import replace
from datetime import timedelta
from unittest.mock import Mock
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from rongka.config.proofing import FileKeyWrap
from rongka.jobs.retention import delete_due_images
from rongka.registers.evidence.commands import PAIRING_OPEN, give_consent, open_pairing
from rongka.registers.evidence.commands import delete_due_images as delete_batch
from rongka.registers.evidence.errors import ImagesDeleted, KeyUnreadable, NonceDiffers, PairingUnknown, TooManyChecks
from rongka.registers.evidence.kinds import DELETION_REASONS, Source
from rongka.registers.evidence.models import Deletion, DocumentCheck, FaceConsent, Pairing, PersonKey, StoredImage
from rongka.registers.evidence.pictures import keep_frame, open_image_row
from rongka.registers.evidence.queries import (
    actor_of_pairing,
    consent_of,
    face_data_held,
    images_held_of,
    newest_check,
    own_evidence,
    pairing_by_secret,
)
from rongka.registers.evidence.sealing import new_key, seal, unseal
from rongka.registers.identity.looking import open_images, own_pictures
from rongka.registers.journal.actors import SYSTEM
from rongka.registers.journal.errors import NotFound, NotPermitted
from rongka.registers.people.queries import person_card
from tests.registers.city import NOW, City
from tests.registers.online import KEYS, Online, chip_verifier, specimen

pytestmark = pytest.mark.usefixtures("as_application")  # with no more rights than the running application has
DAY = timedelta(days=1)


def keep(online, image=b"a picture", *, days=7):
    wanted = {"person_id": online.person_id, "proof_id": uuid4(), "keys": KEYS, "delete_after": NOW + days * DAY}
    return StoredImage.objects.get(id=keep_frame(at=NOW, image=image, **wanted))


def test_a_box_opens_with_its_key_in_its_own_place_and_nowhere_else():
    key, place = new_key(), {"image_id": uuid4(), "person_id": uuid4(), "kind": "frame"}
    box = seal(b"a picture", key=key, **place)

    elsewhere = [place | {"image_id": uuid4()}, place | {"person_id": uuid4()}, place | {"kind": "portrait"}]
    changed = bytes([box[0] ^ 1]) + box[1:], box[:-1] + bytes([box[-1] ^ 1]), box[:12], b""
    attempts = [(box, key, other) for other in elsewhere]
    attempts += [(other, key, place) for other in changed] + [(box, new_key(), place)]

    assert unseal(box, key=key, **place) == b"a picture"
    for one, with_key, there in attempts:
        with pytest.raises(ImagesDeleted):
            unseal(one, key=with_key, **there)


def test_a_persons_pictures_go_in_time_with_the_key_and_a_backup_of_the_box_stays_shut(city: City):
    online, other = Online.admitted(city), Online.admitted(city)
    first, second, others = keep(online, days=1), keep(online, b"another", days=2), keep(other, days=3)

    held = face_data_held(at=NOW)
    deleted = [delete_due_images(at=NOW + days * DAY) for days in (0, 1, 2)]

    assert (held.persons, held.images, held.next_deletion) == (2, 3, NOW + DAY)
    assert deleted == [0, 1, 1]
    assert [(row.images, row.persons, row.keys) for row in Deletion.objects.order_by("at")] == [(1, 1, 0), (1, 1, 1)]
    StoredImage.objects.filter(id=second.id).update(box=second.box, deleted_at=None)  # put back from a backup
    second.refresh_from_db()
    with pytest.raises(ImagesDeleted):
        open_image_row(second, keys=KEYS)
    assert open_image_row(others, keys=KEYS).data == b"a picture"
    assert keep(online, b"a third").key_id != first.key_id
    later = face_data_held(at=NOW)
    assert [row.reason for row in later.deletions] == ["time-over", "time-over"]
    assert {row.reason for row in later.deletions} <= set(DELETION_REASONS)
    assert (later.duty_from.value, later.is_duty_reached) == (100_000, False)


def test_many_pictures_go_in_batches_and_each_is_written_down(city: City, monkeypatch):
    monkeypatch.setattr("rongka.registers.evidence.pictures.MOST_AT_ONCE", 2)
    online = Online.admitted(city)
    for number in range(3):
        keep(online, f"picture {number}".encode(), days=1)

    first = delete_batch(actor=SYSTEM, at=NOW + DAY)
    rest = delete_due_images(at=NOW + DAY)

    assert (first.images, first.keys, rest) == (2, 0, 1)
    assert not PersonKey.objects.filter(destroyed_at__isnull=True).exists()


def test_without_the_secret_outside_the_database_nothing_opens(city: City):
    online = Online.admitted(city)
    row = keep(online)

    other = FileKeyWrap(secret=bytes(32))
    with pytest.raises(ImagesDeleted):
        open_image_row(row, keys=other)
    assert own_pictures(actor=online.actor, at=NOW, keys=other) == []
    with pytest.raises(KeyUnreadable):
        keep_frame(
            at=NOW, image=b"more", person_id=online.person_id, proof_id=uuid4(), keys=other, delete_after=NOW + DAY
        )


@pytest.mark.parametrize("table", ["evidence_deletion", "evidence_documentcheck"])
def test_what_was_deleted_and_what_was_checked_is_written_once(table):
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):  # noqa: S608
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_an_app_hands_in_a_chip_under_a_pairing_that_ends_with_it(city: City):
    online = Online.admitted(city)
    online.consent()
    opened = open_pairing(actor=online.actor, at=NOW, admission_id=online.admission_id)
    passport, typed = specimen(online.person_id), f" {opened.secret[:5]}-{opened.secret[5:]}".lower().replace("0", "o")
    nonce = bytes.fromhex(opened.chip_nonce)
    asked = {"actor": actor_of_pairing(secret=typed, at=NOW), "source": Source.APP, "pairing_secret": typed}

    with pytest.raises(NonceDiffers):
        online.read_chip(passport.document(answer=passport.answer(bytes(8))), **asked)
    online.read_chip(passport.document(answer=passport.answer(nonce)), **asked)

    check = newest_check(online.admission_id)
    assert (check.level, check.source, check.agrees, check.has_portrait) == ("L3", Source.APP, True, True)
    with pytest.raises(PairingUnknown):
        online.read_chip(passport.document(), **asked)


def test_a_pairing_is_for_a_short_while_and_for_one_person(city: City):
    online, other = Online.admitted(city), Online.admitted(city)
    other.consent()
    first = open_pairing(actor=online.actor, at=NOW, admission_id=online.admission_id)
    second = open_pairing(actor=city.examiner, at=NOW, admission_id=online.admission_id)

    assert pairing_by_secret(secret=second.secret, at=NOW).person_id == online.person_id
    for secret, at in ((first.secret, NOW), (second.secret, NOW + PAIRING_OPEN), ("", NOW), ("0" * 10, NOW)):
        with pytest.raises(PairingUnknown):
            pairing_by_secret(secret=secret, at=at)
    with pytest.raises(PairingUnknown):
        other.read_chip(pairing_secret=second.secret)
    with pytest.raises(NotFound):
        open_pairing(actor=other.actor, at=NOW, admission_id=online.admission_id)
    with pytest.raises(NotPermitted):
        open_pairing(actor=city.border, at=NOW, admission_id=online.admission_id)


def test_an_answer_that_nobody_asked_for_proves_no_original(city: City):
    online = Online.admitted(city)
    online.consent()
    passport = specimen(online.person_id)

    online.read_chip(passport.document(answer=passport.answer(bytes(8))))

    assert newest_check(online.admission_id).level == "L2"


def test_a_check_keeps_hashes_and_words_and_no_file(city: City):
    online = Online.admitted(city)
    online.consent()
    files = specimen(online.person_id).document()
    online.read_chip(replace(files, dg2=None))

    row = DocumentCheck.objects.get(admission_id=online.admission_id)

    assert {one["name"] for one in row.result["hashes"]} == {"SOD", "DG1", "DG14", "DG15"}
    assert all(one["zh"] and one["en"] for one in row.result["checks"])
    assert row.result["claims"]["surname"] == "DEMO"
    assert files.sod.hex() not in str(row.result)
    assert len(str(row.result)) < 6_000


def test_of_somebody_elses_chip_only_the_fields_that_differ_are_kept(city: City):
    online, other = Online.admitted(city), Online.admitted(city)
    online.consent()
    online.read_chip(specimen(other.person_id).document())

    check = newest_check(online.admission_id)

    assert (check.differences, check.result["claims"]) == (("number",), None)
    assert person_card(other.person_id).passport_number not in str(own_evidence(online.person_id))


def test_a_pairing_that_ends_while_the_chip_is_verified_carries_no_check(city: City):
    online = Online.admitted(city)
    online.consent()
    opened = open_pairing(actor=online.actor, at=NOW, admission_id=online.admission_id)

    def verify(files, *, at):
        Pairing.objects.filter(id=opened.id).update(closed_at=at)
        return chip_verifier().verify(files, at=at)

    with pytest.raises(PairingUnknown):
        online.read_chip(verifier=Mock(verify=verify), pairing_secret=opened.secret)
    assert newest_check(online.admission_id) is None


def test_nobody_reads_chips_without_end(city: City, monkeypatch):
    monkeypatch.setattr("rongka.registers.evidence.documents.MOST_A_DAY", 1)
    online = Online.admitted(city)
    online.consent()
    online.read_chip()

    unasked = Mock()
    with pytest.raises(TooManyChecks):
        online.read_chip(verifier=unasked)
    unasked.verify.assert_not_called()
    online.read_chip(at=NOW + DAY)
    counter = {"actor": city.examiner, "source": Source.COUNTER}
    online.read_chip(**counter)  # the holder's tries take nothing from the counter
    with pytest.raises(TooManyChecks):
        online.read_chip(**counter)


def test_a_new_version_of_the_words_is_a_new_consent(city: City):
    online = Online.admitted(city)
    first = [online.consent(), online.consent()]
    give = {"actor": online.actor, "at": NOW, "admission_id": online.admission_id}

    second = give_consent(**give, language="zh-hans", text_version="2")

    assert first[0] == first[1] != second
    assert (consent_of(online.person_id).id, consent_of(online.person_id).language) == (second, "zh-hans")
    assert FaceConsent.objects.get(id=first[0]).withdrawn_at == NOW


def test_a_person_gets_all_that_is_kept_and_nobody_elses(city: City):
    online, other = Online.admitted(city), Online.admitted(city)
    online.submit()
    other.submit()

    told = own_evidence(online.person_id)

    assert {name: len(rows) for name, rows in told.items()} == {"consents": 1, "document_checks": 1, "pictures": 9}
    assert "box" not in str(told)
    assert {image.person_id for image in images_held_of(online.person_id)} == {online.person_id}
    check_id = newest_check(online.admission_id).id
    with pytest.raises(NotFound):
        open_images(actor=city.examiner, at=NOW, subject_id=check_id, keys=KEYS)  # no counter made this check
