import socket
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from rongka.credential import KeyStoreError, LocalSigner, Purpose, cbor, cose, read_code
from rongka.signer import SignerBusyError, SignerClient, SignerRefusedError, SignerUnavailableError, frames
from rongka.signer.server import SignerServer
from tests.credential.world import NOW, World


@pytest.fixture
def world():
    return World()


@pytest.fixture
def path():
    with TemporaryDirectory(prefix="rk") as folder:  # a socket's path has at most 107 bytes
        yield Path(folder) / "signer.sock"


@pytest.fixture
def client(world, path):
    with SignerServer(path=path, signer=LocalSigner(world.keys)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield SignerClient(path)
        server.shutdown()
        thread.join()


def _claim_set(world):
    return cbor.decode(world.card()).value[2]


def test_a_credential_is_signed_by_the_key_of_its_purpose(client, world):
    token = client.sign_credential(purpose=Purpose.CARD, claim_set=_claim_set(world))

    message = cose.read(token)
    assert message.verify(key=world.keys[Purpose.CARD].public) == _claim_set(world)


def test_a_status_list_is_signed(client, world):
    claim_set = cose.read(world.status_token()).payload

    token = client.sign_status_list(claim_set=claim_set)

    assert cose.read(token, max_bytes=1 << 20).verify(key=world.keys[Purpose.STATUS].public) == claim_set


def test_the_public_keys_are_listed_and_no_private_ones(client, world):
    assert client.public_keys() == {purpose: (key.public,) for purpose, key in world.keys.items()}


@pytest.mark.parametrize("purpose", [Purpose.NOTICE, Purpose.STATUS])
def test_a_card_is_not_signed_as_something_else(client, world, purpose):
    with pytest.raises(SignerRefusedError) as refusal:
        client.sign_credential(purpose=purpose, claim_set=_claim_set(world))

    assert refusal.value.reason == "credential.claims"


@pytest.mark.parametrize(
    "claim_set",
    [b"", b"any bytes", cbor.encode({1: 2}), cbor.encode({6: 1, 8: {}, 169: {}, -65537: {}}), b"\xa1" * 5000],
    ids=lambda data: data[:8].hex() or "nothing",
)
def test_nothing_but_our_claim_sets_is_signed(client, claim_set):
    for sign in (
        lambda: client.sign_credential(purpose=Purpose.CARD, claim_set=claim_set),
        lambda: client.sign_status_list(claim_set=claim_set),
    ):
        with pytest.raises(SignerRefusedError):
            sign()


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {1: "reveal_keys"},
        {1: [1]},
        {1: "sign_credential"},
        {1: "sign_credential", 2: "root", 3: b""},
        {1: "sign_status_list", 3: "x"},
    ],
)
def test_an_unknown_request_is_refused_and_the_connection_stays(client, request_):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(client.path))
        frames.send(connection, request_)
        refusal = frames.receive(connection)
        frames.send(connection, {1: frames.PUBLIC_KEYS})

        assert set(refusal) == {frames.ERROR}
        assert frames.RESULT in frames.receive(connection)


@pytest.mark.parametrize("data", [b"\xff\xff\xff\xff", b"\x00\x00\x00\x05abcde", b"\x00\x00", b"\x00\x00\x00\x03\xa1"])
def test_a_broken_frame_ends_its_connection_and_no_other(client, world, data):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(str(client.path))
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(1000):
            pass

    assert client.public_keys()


def test_many_callers_at_once_each_get_their_own_answer(client, world):
    claim_sets = [cose.read(world.card(issued_at=NOW.replace(minute=minute))).payload for minute in range(40)]

    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(lambda c: client.sign_credential(purpose=Purpose.CARD, claim_set=c), claim_sets))

    assert [cose.read(token).payload for token in tokens] == claim_sets


def test_only_its_owner_may_connect(client):
    mode = stat.S_IMODE(client.path.stat().st_mode)

    assert mode == 0o600


def test_a_second_signer_does_not_take_the_place_of_a_living_one(client, world):
    with pytest.raises(SignerBusyError):
        SignerServer(path=client.path, signer=LocalSigner(world.keys))


def test_a_socket_left_by_a_dead_signer_is_taken_over(world, path):
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))

    with SignerServer(path=path, signer=LocalSigner(world.keys)):
        assert path.exists()
    assert not path.exists()


def test_without_a_signer_the_client_says_so_as_a_key_store_that_is_closed(path):
    with pytest.raises(SignerUnavailableError) as error:
        SignerClient(path).public_keys()

    assert error.value.code == "signer.unavailable"
    assert isinstance(error.value, KeyStoreError)


def test_a_code_signed_over_the_socket_is_read(client, world):
    code = world.live_code(card_cwt=client.sign_credential(purpose=Purpose.CARD, claim_set=_claim_set(world)))

    assert read_code(code).issued.verify(key=world.keys[Purpose.CARD].public)
