"""A hardware module, here SoftHSM: the same turns as with files, and keys that cannot leave."""

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rongka.credential import Algorithm, KeyStoreError, Purpose, cose
from rongka.signer import SignerClient, SignerUnavailableError, Turn, open_signer
from tests.credential.world import World

LIBRARY = next((p for p in Path("/usr/lib").glob("**/softhsm/libsofthsm2.so") if p.exists()), None)
PIN = "a PIN for tests"
TOKENS = ("turns", "algorithms", "leaving", "threads", "command", "closed")

if LIBRARY is None or shutil.which("softhsm2-util") is None:
    pytest.skip("SoftHSM is missing (on Debian: apt-get install softhsm2)", allow_module_level=True)
pkcs11 = pytest.importorskip("pkcs11", reason="python-pkcs11 is missing (pip install 'rongka[pkcs11]')")

from rongka.signer.pkcs11 import Pkcs11KeyProvider  # noqa: E402 - it imports what may be missing


@pytest.fixture(scope="module")
def module(tmp_path_factory):
    """Make the tokens before the library reads its folder; it is loaded once in a process."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        for token in TOKENS:
            command = ["softhsm2-util", "--init-token", "--free", "--label", token, "--pin", PIN, "--so-pin", PIN]
            subprocess.run(command, check=True, capture_output=True)
        yield LIBRARY


def provider(module, token, pin=PIN):
    return Pkcs11KeyProvider(library=module, token=token, pin=pin.encode())


def test_a_key_in_a_module_is_replaced_in_turns_as_one_in_a_file_is(module):
    keys = provider(module, "turns")
    old = open_signer(keys).public_keys()[Purpose.CARD][0]

    new = keys.prepare(purpose=Purpose.CARD)
    assert open_signer(keys).public_keys()[Purpose.CARD] == (old, new)
    with pytest.raises(KeyStoreError, match="waits already"):
        keys.prepare(purpose=Purpose.CARD)
    with pytest.raises(KeyStoreError, match="signs now"):
        keys.retire(kid=old.kid)
    keys.promote(purpose=Purpose.CARD)
    assert open_signer(keys).public_keys()[Purpose.CARD] == (new, old)
    with pytest.raises(KeyStoreError, match="prepare one"):
        keys.promote(purpose=Purpose.CARD)
    keys.retire(kid=old.kid)

    assert open_signer(keys).public_keys()[Purpose.CARD] == (new,)
    assert [row.turn for row in keys.held()] == [Turn.NOW] * len(Purpose)


@pytest.mark.parametrize(("algorithm", "purpose"), [(Algorithm.ES256, "card"), (Algorithm.EDDSA, "notice")])
def test_a_module_signs_what_everybody_can_verify(module, algorithm, purpose):
    keys = provider(module, "algorithms")
    public = keys.prepare(purpose=Purpose(purpose), algorithm=algorithm)
    (row,) = (row for row in keys.held() if row.key.public == public)

    signature = row.key.sign(b"data")

    assert public.algorithm is algorithm
    public.verify(signature=signature, data=b"data")


def test_a_private_key_does_not_leave_its_module(module):
    keys = provider(module, "leaving")
    keys.prepare(purpose=Purpose.CARD)
    (row,) = keys.held()
    private = row.key.private

    assert private[pkcs11.Attribute.SENSITIVE]
    assert private[pkcs11.Attribute.NEVER_EXTRACTABLE]
    assert private[pkcs11.Attribute.LOCAL]
    with pytest.raises(pkcs11.AttributeSensitive):
        _ = private[pkcs11.Attribute.VALUE]


def test_a_key_that_could_leave_its_module_is_not_used(module):
    keys = provider(module, "leaving")
    curve = {pkcs11.Attribute.EC_PARAMS: bytes.fromhex("06082a8648ce3d030107")}
    domain = keys._session.create_domain_parameters(pkcs11.KeyType.EC, curve, local=True)
    loose = {pkcs11.Attribute.EXTRACTABLE: True, pkcs11.Attribute.SENSITIVE: False}
    pair = domain.generate_keypair(store=True, label="rongka status now", id=b"loose", private_template=loose)

    with pytest.raises(KeyStoreError, match="could leave"):
        keys.held()
    for one in pair:
        one.destroy()


def test_many_threads_sign_with_one_module(module):
    signer = open_signer(provider(module, "threads"))
    world = World()
    claim_set = cose.read(world.card()).payload

    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(lambda _: signer.sign_credential(purpose=Purpose.CARD, claim_set=claim_set), range(40)))

    for token in tokens:
        cose.read(token).verify(key=signer.public_keys()[Purpose.CARD][0])


@pytest.mark.parametrize(
    ("library", "token", "pin"),
    [
        (None, "closed", "wrong"),
        (None, "no such token", PIN),
        ("/nowhere/lib.so", "closed", PIN),
        (None, "closed", "\xff"),
    ],
    ids=["another PIN", "no token", "no library", "a PIN of other characters"],
)
def test_a_module_that_does_not_open_says_so(module, library, token, pin):
    with pytest.raises(KeyStoreError):
        Pkcs11KeyProvider(library=Path(library or module), token=token, pin=pin.encode("latin-1")).held()


def test_the_signer_runs_on_a_module_with_its_pin_in_a_file_or_the_environment(module, tmp_path):
    (tmp_path / "pin").write_text(PIN + "\n")
    keys = ["--pkcs11", str(module), "--token", "command"]
    command = [sys.executable, "-m", "rongka.cli"]
    environment = os.environ | {"RONGKA_HOME": str(tmp_path), "RONGKA_SIGNER_PASSPHRASE": PIN}
    running = subprocess.Popen(
        [*command, "signer", *keys, "--passphrase-file", str(tmp_path / "pin")], env=environment, stderr=subprocess.PIPE
    )
    try:
        held = _answer(SignerClient(tmp_path / "signer.sock"))
    finally:
        running.terminate()
        running.communicate()

    shown = subprocess.run(
        [*command, "keys", "show", *keys], env=environment, capture_output=True, text=True, check=True
    )
    assert {line.split()[2] for line in shown.stdout.splitlines()} == {key.kid.hex() for (key,) in held.values()}
    assert PIN not in " ".join(command + keys)


def _answer(client):
    give_up_at = time.monotonic() + 20
    while True:
        try:
            return client.public_keys()
        except SignerUnavailableError:
            if time.monotonic() > give_up_at:
                raise
            time.sleep(0.02)
