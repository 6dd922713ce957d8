import os
import random

import pytest

from rongka.cli.__main__ import main
from rongka.credential import sign_trust_list, transport
from rongka.credential.inspecting import escaped
from rongka.credential.qr import qr_png
from tests.credential.mdoc.world import MdocWorld
from tests.credential.sd_jwt_world import presented
from tests.credential.world import World


@pytest.fixture
def world():
    return World()


def _inspect(capsys, what):
    code = main(["inspect", what])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_a_code_is_shown_as_a_tree_that_says_it_is_unverified(capsys, world):
    code, out, _ = _inspect(capsys, world.live_code())

    assert code == 0
    assert out.startswith("未经验证")
    assert "UNVERIFIED" in out.splitlines()[0]
    assert "NGUYEN, VAN AN" in out
    assert "上海融卡示例国际贸易有限责任公司" in out
    assert "kcwt, the issuer's CWT" in out


def test_files_of_every_kind_are_shown(capsys, world, tmp_path):
    contents = {
        "printed.txt": world.printed_code().encode() + b"\n",
        "code.png": qr_png(world.live_code()),
        "trust.cwt": sign_trust_list(trust=world.trust(), anchor=world.anchor),
        "status.cwt": world.status_token(),
        "card.cwt": world.card(),
        "card.sd-jwt": presented(world).encode(),
        "response.cbor": MdocWorld().present(),
    }
    expected = ("notice", "kcwt", "issuers", "status_list", "card", "disclosures", "docType")

    for (name, data), words in zip(contents.items(), expected, strict=True):
        (tmp_path / name).write_bytes(data)
        code, out, err = _inspect(capsys, str(tmp_path / name))
        assert (code, err) == (0, ""), name
        assert words in out, name


def test_a_code_with_two_dots_is_no_token_and_a_token_is_no_code(capsys, world):
    codes = (World().live_code() for _ in range(10_000))
    code = next(code for code in codes if code.count(".") == 2)
    token = presented(world).partition("~")[0]

    shown = [_inspect(capsys, what) for what in (code, token)]

    assert [(status, error) for status, _, error in shown] == [(0, "")] * 2
    assert "kcwt, the issuer's CWT" in shown[0][1]
    assert "JWT" in shown[1][1].splitlines()[1]


@pytest.mark.parametrize(
    "what", ["", "hello", "NCF" * 200, "a.b.c", "a~b", "\x00", "x" * 100_000, "/", "é" * 9], ids=repr
)
def test_what_cannot_be_read_exits_2_and_says_so_in_both_languages(capsys, what):
    code, out, err = _inspect(capsys, what)

    assert (code, out) == (2, "")
    assert "；" in err
    assert "Traceback" not in err


def test_hostile_files_never_end_in_a_traceback(capsys, world, tmp_path):
    changes = random.Random(5)
    good = [world.card(), presented(world).encode(), MdocWorld().present(), transport.read(world.live_code())]
    for _ in range(150):
        data = bytearray(changes.choice(good))
        for _ in range(changes.randrange(1, 4)):
            data[changes.randrange(len(data))] = changes.randrange(256)
        (tmp_path / "hostile").write_bytes(data)
        assert _inspect(capsys, str(tmp_path / "hostile"))[0] in {0, 2}
    (tmp_path / "noise").write_bytes(os.urandom(5_000))
    assert _inspect(capsys, str(tmp_path / "noise"))[0] == 2


def test_a_text_cannot_command_the_terminal():
    assert escaped("\x1b[31mred\r\n\u202e\u2066名") == "\\x1b[31mred\\r\\n\\u202e\\u2066名"
    assert escaped("\ud800") == "\\ud800"
