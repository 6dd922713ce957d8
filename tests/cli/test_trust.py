import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from rongka.cli.__main__ import main
from rongka.credential import LocalSigner
from rongka.signer.anchor import TrustFolder
from rongka.signer.server import SignerServer
from tests.credential.world import World


@pytest.fixture
def instance(monkeypatch):
    with TemporaryDirectory(prefix="rk") as folder:
        monkeypatch.setenv("RONGKA_HOME", folder)
        yield Path(folder)


@pytest.fixture
def world(instance):
    world = World()
    with SignerServer(path=instance / "signer.sock", signer=LocalSigner(world.keys)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield world
        server.shutdown()
        thread.join()


def test_init_makes_the_anchor_and_a_list_of_the_signers_keys(instance, world, capsys):
    assert main(["trust", "init", "--name", "上海", "Shanghai"]) == 0
    assert main(["trust", "init"]) == 0
    assert main(["trust", "show"]) == 0

    trust = TrustFolder(instance / "trust").trust_list()
    assert {row.key for issuer in trust.issuers for row in issuer.keys} == {key.public for key in world.keys.values()}
    assert "Shanghai" not in capsys.readouterr().out.splitlines()[0]


def test_a_lost_key_is_named_by_its_identifier(instance, world, capsys):
    main(["trust", "init"])
    kid = world.keys["card"].public.kid.hex()

    assert main(["trust", "publish", "--distrust", kid]) == 0
    assert main(["trust", "show"]) == 0
    assert "DISTRUSTED" in capsys.readouterr().out
    assert main(["trust", "publish", "--distrust", "no hex"]) == 1


def test_without_a_signer_or_a_list_it_says_so(instance, capsys):
    assert main(["trust", "init"]) == 1
    assert main(["trust", "show"]) == 1
    assert "signer does not answer" in capsys.readouterr().err


def test_in_production_no_passphrase_is_made_up(instance, world, capsys, monkeypatch):
    monkeypatch.setenv("RONGKA_MODE", "production")

    assert main(["trust", "init"]) == 1
    assert "RONGKA_ANCHOR_PASSPHRASE" in capsys.readouterr().err
