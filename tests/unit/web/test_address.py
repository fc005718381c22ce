"""Whose address a chain of proxies vouches for."""

import ipaddress
import time

import pytest

from app.web import address

PROXIES = [ipaddress.ip_network(text) for text in ("10.0.0.0/8", "192.0.2.7", "fd00::/8")]


def client(peer: str, *headers: str) -> str:
    return address.client(peer, headers, PROXIES)


class TestClient:
    def test_is_the_peer_where_it_is_no_proxy(self) -> None:
        assert client("203.0.113.9", "198.51.100.1") == "203.0.113.9"

    def test_is_who_called_the_proxy(self) -> None:
        assert client("10.0.0.1", "198.51.100.1") == "198.51.100.1"

    def test_is_never_what_stands_left_of_who_called_the_proxy(self) -> None:
        """There stands whatever the client sent itself."""
        assert client("10.0.0.1", "1.1.1.1, 10.0.0.9, 198.51.100.1") == "198.51.100.1"

    def test_is_found_through_a_chain_of_proxies(self) -> None:
        assert client("10.0.0.1", "1.1.1.1, 198.51.100.1, 192.0.2.7,10.4.4.4") == "198.51.100.1"

    def test_is_found_through_several_headers(self) -> None:
        assert client("10.0.0.1", "1.1.1.1, 198.51.100.1", "192.0.2.7", "10.4.4.4") == "198.51.100.1"

    @pytest.mark.parametrize(
        "nothing", ["", " ", ",", "unknown", "_hidden", "10.0.0.300", "'; --", "x" * 8000]
    )
    def test_is_the_last_known_proxy_where_an_entry_is_no_address(self, nothing: str) -> None:
        assert client("10.0.0.1", f"198.51.100.1, {nothing}") == "10.0.0.1"
        assert client("10.0.0.1", f"198.51.100.1, {nothing}, 10.0.0.2") == "10.0.0.2"

    def test_is_the_proxy_itself_where_it_says_nothing(self) -> None:
        assert client("10.0.0.1") == "10.0.0.1"

    def test_is_the_furthest_where_all_are_proxies(self) -> None:
        assert client("10.0.0.1", "10.0.0.3, 10.0.0.2") == "10.0.0.3"

    @pytest.mark.parametrize(
        ("peer", "entry", "found"),
        [
            ("fd00::1", "2001:db8::5", "2001:db8::5"),
            ("fd00::1", "[2001:db8::5]:4711", "2001:db8::5"),
            ("fd00::1", "2001:0DB8:0:0::5", "2001:db8::5"),
            ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
            ("2001:db8::1", "198.51.100.1", "2001:db8::1"),
            ("fd00::1", "fe80::1%" + "zone" * 10, "fd00::1"),
            ("::ffff:203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ],
    )
    def test_may_be_of_either_version(self, peer: str, entry: str, found: str) -> None:
        assert client(peer, entry) == found

    @pytest.mark.parametrize("peer", ["", "@socket"])
    def test_of_a_unix_socket_is_what_it_was(self, peer: str) -> None:
        assert client(peer, "198.51.100.1") == peer

    def test_of_a_very_long_chain_costs_no_more_than_its_end(self) -> None:
        headers = ["10.0.0.2, " * 800 + "10.0.0.2"] * 120
        started = time.process_time()
        assert client("10.0.0.1", *headers) == "10.0.0.2"
        assert time.process_time() - started < 0.5

    def test_fits_where_it_is_stored(self) -> None:
        """The column of the audit log has 45 characters."""
        longest = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255"
        for entry in (longest, "x" * 60, f"[{longest}]:65535"):
            assert len(client("10.0.0.1", entry)) <= 45
