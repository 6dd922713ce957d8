import io
import json

import pytest

from rongka.cli.__main__ import main
from rongka.credential import Status, base64url, cbor, sign_trust_list
from rongka.credential.qr import qr_png
from rongka.documents import render_notice
from tests.credential.city import City
from tests.credential.mdoc.world import TRANSCRIPT
from tests.credential.sd_jwt_world import AUDIENCE, FOUR, NONCE, presented
from tests.credential.world import NOW, World
from tests.documents.papers import notice

AT = str(int(NOW.timestamp()))


@pytest.fixture
def world():
    return World()


@pytest.fixture(scope="module")
def city():
    return City()


@pytest.fixture
def files(world, tmp_path):
    return lists_of(world, tmp_path)


def lists_of(world, tmp_path):
    """The lists and the anchor as files, and the options that name them."""
    contents = {
        "trust": sign_trust_list(trust=world.trust(), anchor=world.anchor),
        "anchor": cbor.encode(world.anchor.public.to_cose()),
        "status": world.status_token(),
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    return [part for name in contents for part in (f"--{name}", str(tmp_path / name))]


def _verify(capsys, *arguments):
    code = main(["verify", "--json", "--at", AT, *arguments])
    return code, json.loads(capsys.readouterr().out)


def test_a_valid_code_exits_0_and_shows_the_claims(capsys, world, files):
    code, answer = _verify(capsys, *files, world.live_code())

    assert code == 0
    assert answer["verdict"] == "valid"
    assert answer["claims"]["name_viz"] == "NGUYEN, VAN AN"
    assert answer["issuer"]["zh"] == "上海"


def test_a_code_in_a_picture_and_on_standard_input_is_the_same_code(capsys, world, files, tmp_path, monkeypatch):
    (tmp_path / "code.png").write_bytes(qr_png(world.live_code()))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(world.live_code().encode() + b"\n")))

    assert _verify(capsys, *files, "--image", str(tmp_path / "code.png"))[0] == 0
    assert _verify(capsys, *files, "-")[0] == 0


def test_a_code_is_read_from_the_notice_as_it_is_printed(capsys, world, files, tmp_path):
    (tmp_path / "notice.pdf").write_bytes(render_notice(notice(code=world.printed_code())))

    code, answer = _verify(capsys, *files, "--file", str(tmp_path / "notice.pdf"))

    assert (code, answer["reason"]) == (3, "document.printed")
    assert answer["claims"]["notice_number"] == "SH2026000123"


def test_an_sd_jwt_counts_as_the_answer_to_one_question(capsys, world, files):
    question = ["--nonce", NONCE, "--audience", AUDIENCE]
    shown = presented(world)

    code, answer = _verify(capsys, *files, *question, shown)

    assert (code, answer["verdict"]) == (0, "valid")
    assert sorted(answer["claims"]) == sorted(FOUR)
    assert _verify(capsys, *files, "--nonce", "another", "--audience", AUDIENCE, shown)[0] == 1
    assert main(["verify", *files, shown]) == 64


@pytest.mark.parametrize("write", [bytes, base64url.encode], ids=["binary", "base64url"])
def test_an_mdoc_counts_as_the_answer_in_one_session(capsys, city, tmp_path, write):
    files = lists_of(city, tmp_path)
    (tmp_path / "response").write_bytes(write(city.present()))
    (tmp_path / "transcript").write_bytes(TRANSCRIPT)
    response = ["--file", str(tmp_path / "response")]

    code, answer = _verify(capsys, *files, *response, "--transcript", str(tmp_path / "transcript"))

    assert (code, answer["verdict"]) == (0, "valid")
    assert answer["claims"]["birth_date"] == "1990-04-05"
    assert _verify(capsys, *files, *response, "--transcript", str(tmp_path / "trust"))[0] == 1
    assert main(["verify", *files, *response]) == 64


def test_each_verdict_has_its_exit_code(capsys, world, files, tmp_path):
    live = world.live_code()

    for code, exit_code, verdict in ((live[:-30], 1, "not_valid"), ("https://example.com", 2, "not_our_code")):
        answer = _verify(capsys, *files, code)
        assert (answer[0], answer[1]["verdict"]) == (exit_code, verdict)
        assert "claims" not in answer[1]
    assert _verify(capsys, live)[0] == 3
    assert _verify(capsys, *files[:4], live)[1]["reason"] == "status.missing"
    (tmp_path / "status").write_bytes(world.status_token(Status.INVALID))
    assert _verify(capsys, *files, live)[1]["reason"] == "status.revoked"
    main(["verify", "--json", "--at", str(int(AT) + 61), *files, live])
    assert json.loads(capsys.readouterr().out)["reason"] == "code.stale"


def test_lists_that_nobody_trusted_signed_are_not_used(capsys, world, files, tmp_path):
    live = world.live_code()
    (tmp_path / "status").write_bytes(World().status_token())
    assert _verify(capsys, *files, live)[1]["reason"] == "status.missing"

    (tmp_path / "trust").write_bytes(sign_trust_list(trust=world.trust(), anchor=World().anchor))
    code, answer = _verify(capsys, *files, live)

    assert (code, answer["reason"]) == (3, "trust.missing")
    assert "claims" not in answer


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["A", "--image", "x.png"],
        ["--image", "/nowhere.png"],
        ["A", "--trust", "/nowhere"],
        ["A", "--at", "tomorrow"],
        ["A", "--at", "9" * 40],
    ],
    ids=str,
)
def test_bad_usage_exits_64_and_says_why_in_both_languages(capsys, arguments):
    assert main(["verify", *arguments]) == 64
    error = capsys.readouterr().err
    assert "；" in error


def test_unknown_options_exit_64_too(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["verify", "--no-such-option"])

    assert stop.value.code == 64


def test_a_verdict_for_people_is_in_both_languages(capsys, world, files):
    main(["verify", "--at", AT, *files, world.live_code()])

    out = capsys.readouterr().out
    assert "有效 VALID" in out
    assert "Compare the person" in out
