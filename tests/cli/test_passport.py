"""`rongka demo passport`: a folder of files that a verifier takes, and that call themselves a specimen."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from PIL import Image

from rongka.cli.__main__ import main
from rongka.config import proofing
from rongka.proofing.chip import Answer, ChipDocument, ChipVerifier, TrustStore, read_portrait
from rongka.registers.people.queries import person_card
from rongka.rulebook.order import State

NONCE = "0123456789abcdef"
AT = datetime(2026, 11, 2, tzinfo=UTC)


def _make(folder, *options: str) -> int:
    return main(["demo", "passport", "--folder", str(folder), "--seed", "s", "--on", "2026-11-01", *options])


def _read(folder, name: str) -> bytes:
    return (folder / name).read_bytes()


def test_the_files_verify_under_the_root_beside_them(tmp_path, capsys):
    code = _make(tmp_path / "p", "--nonce", NONCE, "--state", "D", "--surname", "Müller")

    folder = tmp_path / "p"
    document = ChipDocument(
        *(_read(folder, name) for name in ("EF.SOD.bin", "DG1.bin", "DG2.bin", "DG14.bin", "DG15.bin")),
        answer=Answer(bytes.fromhex(NONCE), _read(folder, "answer.bin")),
    )
    trust = TrustStore.of_certificates([_read(folder, "CSCA.cer")], version="x", dated_on=date(2026, 11, 1))
    result = ChipVerifier(trust).verify(document, at=AT)
    assert code == 0
    assert (result.status, result.level, result.claims.surname) == ("pass", "L3", "MUELLER")
    shown = capsys.readouterr().out
    assert all(words in shown for words in ("样本 SPECIMEN", "这不是护照", "This is no passport"))
    assert "SPECIMEN" in (folder / "SPECIMEN.txt").read_text(encoding="utf-8")


def test_a_seed_and_a_day_make_the_same_files(tmp_path):
    for name in ("a", "b"):
        _make(tmp_path / name)

    assert _read(tmp_path / "a", "EF.SOD.bin") == _read(tmp_path / "b", "EF.SOD.bin")


@pytest.mark.parametrize("options", [("--state", "QQQ"), ("--surname", "张"), ("--number", "1234567890")])
def test_what_no_passport_can_hold_is_refused_in_words(tmp_path, capsys, options):
    code = _make(tmp_path / "p", *options)

    assert code == 1
    assert not (tmp_path / "p").exists()
    assert capsys.readouterr().err.startswith("rongka demo: ")


@pytest.mark.django_db
def test_a_workers_passport_is_verified_by_the_demo_and_by_nobody_else(city, tmp_path, monkeypatch):
    person = person_card(city.person_at(State.ADMITTED))
    code = _make(tmp_path / "p", "--of", person.passport_number.lower(), "--portrait", str(_picture(tmp_path)))

    folder = tmp_path / "p"
    document = ChipDocument(*(_read(folder, f"{name}.bin") for name in ("EF.SOD", "DG1", "DG2", "DG14", "DG15")))
    result = proofing.document_verifier().verify(document, at=AT)
    monkeypatch.setenv("RONGKA_MODE", "production")
    elsewhere = proofing.document_verifier().verify(document, at=AT)
    assert (code, result.status, elsewhere.status) == (0, "pass", "cannot_verify")
    claims = result.claims
    assert (claims.issuing_state, claims.number) == (person.issuing_state, person.passport_number)
    assert (claims.birth_on, claims.sex, claims.expires_on) == (person.birth_on, person.sex, person.passport_expires_on)
    with Image.open(BytesIO(read_portrait(document.dg2).image)) as portrait:
        assert (portrait.format, max(portrait.size), len(portrait.getexif())) == ("JPEG", 960, 0)


def _picture(folder):
    picture = Image.new("RGB", (2_000, 3_000), "white")
    exif = picture.getexif()
    exif[0x010E] = "where it was taken"
    picture.save(folder / "me.png", exif=exif)
    return folder / "me.png"


@pytest.mark.django_db
@pytest.mark.parametrize("options", [("--of", "NOBODY"), ("--portrait", "/nowhere.png"), ("--portrait", __file__)])
def test_nobodys_number_and_no_picture_are_refused_in_words(tmp_path, capsys, options):
    assert _make(tmp_path / "p", *options) == 1
    assert capsys.readouterr().err.startswith("rongka demo: ")
