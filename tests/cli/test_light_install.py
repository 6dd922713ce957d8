"""`pip install rongka` brings no server: the command line must work where Django is not installed."""

import subprocess
import sys

import pytest

WITHOUT_THE_SERVER = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"django", "psycopg", "procrastinate", "granian", "axes", "whitenoise"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
from rongka.cli.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def _rongka(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_THE_SERVER, *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("arguments", [["--help"], ["verify", "--help"], ["rules", "check"]], ids=" ".join)
def test_what_needs_no_server_runs_without_one(arguments):
    done = _rongka(*arguments)

    assert done.returncode == 0, done.stderr


def test_what_needs_the_server_says_so():
    done = _rongka("migrate")

    assert done.returncode == 1
    assert "pip install 'rongka[server]'" in done.stderr
    assert "Traceback" not in done.stderr
