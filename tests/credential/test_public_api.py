"""The package's public names, and that a name brings no more with it than it needs."""

import subprocess
import sys

import pytest

from rongka import credential

LOADED = "import sys\n{}\nprint(*sys.modules)"


def _loaded_by(program):
    done = subprocess.run([sys.executable, "-c", LOADED.format(program)], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_every_public_name_is_listed_once_and_can_be_imported():
    homes = [name for names in credential._HOMES.values() for name in names]

    assert sorted(homes) == sorted(credential.__all__)
    assert all(getattr(credential, name) is not None for name in credential.__all__)
    assert set(credential.__all__) <= set(dir(credential))


def test_every_public_name_says_what_it_is():
    assert [name for name in credential.__all__ if not (getattr(credential, name).__doc__ or "").strip()] == []


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'forge'"):
        _ = credential.forge


def test_verifying_a_code_loads_no_pictures_no_certificates_and_no_network():
    loaded = _loaded_by("from rongka.credential import judge, verify_live_code, verify_trust_list")

    assert "rongka.credential.codes" in loaded
    assert loaded.isdisjoint({"PIL", "zxingcpp", "pypdfium2", "cryptography.x509", "django", "http.client", "asyncio"})


def test_importing_the_package_alone_loads_nothing_of_it():
    assert not any(name.startswith("rongka.credential.") for name in _loaded_by("import rongka.credential"))
