"""`rongka demo passport`: a folder of files that a verifier takes, and that call themselves a specimen."""

from datetime import UTC, date, datetime

import pytest

from rongka.cli.__main__ import main
from rongka.proofing.chip import Answer, ChipDocument, ChipVerifier, TrustStore

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
