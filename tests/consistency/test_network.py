"""The negative control of the guard in conftest: a guard that lets everything pass would look just as green."""

import socket

import pytest


@pytest.mark.parametrize(
    "address", [("192.0.2.1", 80), ("rongka.example", 443), ("198.51.100.7", 443), ("2001:db8::1", 80, 0, 0)]
)
def test_a_test_cannot_leave_this_machine(address):
    kind = socket.AF_INET6 if len(address) == 4 else socket.AF_INET

    with socket.socket(kind) as probe, pytest.raises(RuntimeError, match="loopback only"):
        probe.connect(address)


def test_a_test_reaches_this_machine():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=1) as probe,
    ):
        assert probe.getpeername() == server.getsockname()
