"""Whose the port is."""

import errno
import socket
from dataclasses import replace

import pytest

from app.core.config import Settings
from app.dev import port


class TestRequireFree:
    def test_a_free_port_is_fine_and_stays_free(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            number = probe.getsockname()[1]
        for _ in range(2):
            port.require_free(replace(Settings(), port=number))

    def test_a_taken_port_is_named_with_another(self) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            number = other.getsockname()[1]
            with pytest.raises(port.PortTaken, match=rf"Port {number} .* PORT=\d+"):
                port.require_free(replace(Settings(), port=number))

    def test_a_port_that_others_share_is_taken_too(self) -> None:
        with socket.socket() as other:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            other.bind(("127.0.0.1", 0))
            other.listen()
            with pytest.raises(port.PortTaken):
                port.require_free(replace(Settings(), port=other.getsockname()[1]))

    def test_an_address_of_no_machine_of_ours(self) -> None:
        with pytest.raises(port.PortTaken, match="check HOST and PORT"):
            port.require_free(replace(Settings(), host="192.0.2.1"))


class TestRefusal:
    def test_a_privileged_port(self) -> None:
        error = port.refusal(replace(Settings(), port=80), PermissionError(errno.EACCES, "Permission denied"))
        assert "PORT above 1023" in str(error)
