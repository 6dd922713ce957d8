import pytest

from rongka.cli.__main__ import main
from rongka.signer import FileKeyProvider, Turn, open_signer

WORDS = "twelve bytes or more"


@pytest.fixture
def keys(tmp_path, monkeypatch):
    monkeypatch.setenv("RONGKA_HOME", str(tmp_path))
    monkeypatch.setenv("RONGKA_SIGNER_PASSPHRASE", WORDS)
    return FileKeyProvider(folder=tmp_path / "keys", passphrase=WORDS.encode())


def test_a_key_is_replaced_in_turns(keys, capsys):
    assert main(["keys", "show"]) == 0
    assert "rongka signer" in capsys.readouterr().out
    old = open_signer(keys).public_keys()["card"][0]

    assert main(["keys", "prepare", "card", "--algorithm", "eddsa"]) == 0
    assert main(["keys", "promote", "card"]) == 0
    assert main(["keys", "retire", old.kid.hex()]) == 0
    assert "rongka trust publish" in capsys.readouterr().out

    assert main(["keys", "show"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert len(shown) == 4
    assert old.kid.hex() not in "".join(shown)
    assert shown[0].split()[:2] == ["card", Turn.NOW]
    assert shown[0].endswith("EDDSA")


@pytest.mark.parametrize("arguments", [["promote", "card"], ["retire", "00000000"], ["retire", "no hex"]])
def test_what_cannot_be_done_is_said(keys, capsys, arguments):
    assert main(["keys", *arguments]) == 1
    assert "rongka keys:" in capsys.readouterr().err


def test_without_its_library_a_module_is_asked_for(keys, capsys, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pkcs11", None)
    monkeypatch.delitem(__import__("sys").modules, "rongka.signer.pkcs11", raising=False)

    assert main(["keys", "show", "--pkcs11", "/nowhere/lib.so"]) == 1
    assert "rongka[pkcs11]" in capsys.readouterr().err
