"""No test reaches the network, and only one that says so reaches this machine."""

import socket

import pytest

DISCARD = 9


@pytest.mark.parametrize("address", ["192.0.2.1", "127.0.0.1"])
@pytest.mark.parametrize("method", ["connect", "connect_ex"])
def test_sockets_are_closed(address, method):
    with socket.socket() as closed, pytest.raises(AssertionError, match="sockets are closed"):
        getattr(closed, method)((address, DISCARD))


def test_no_datagram_is_sent():
    with socket.socket(type=socket.SOCK_DGRAM) as closed, pytest.raises(AssertionError):
        closed.sendto(b"", ("192.0.2.1", DISCARD))


@pytest.mark.loopback
def test_a_test_that_says_so_reaches_this_machine_and_no_other():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as own:
        own.connect(server.getsockname())
    with socket.socket() as other, pytest.raises(AssertionError):
        other.connect(("192.0.2.1", DISCARD))
