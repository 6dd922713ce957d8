"""What an operator did not set is named in one line, without a traceback."""

import os
import subprocess
import sys

import pytest


def _rongka(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "rongka.cli", *arguments],
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"RONGKA_MODE": "production"}, "SECRET_KEY must be set in production"),
        ({"RONGKA_MODE": "production", "SECRET_KEY": "x"}, "ALLOWED_HOSTS must be set in production"),
        ({"RONGKA_MODE": "prod"}, "RONGKA_MODE must be one of"),
        ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL must look like"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_missing_setting_is_named(given, named):
    done = _rongka("migrate", **given)

    assert done.returncode == 1
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_production_does_not_serve_on_the_embedded_database():
    done = _rongka("serve", "--port", "0", RONGKA_MODE="production")

    assert done.returncode == 1
    assert "set DATABASE_URL in production" in done.stderr
    assert "Traceback" not in done.stderr
