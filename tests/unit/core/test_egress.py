"""Which addresses requests to what users entered may reach."""

from ipaddress import ip_address, ip_network

import pytest

from app.core import egress
from app.core.egress import Rules

PUBLIC = [
    "93.184.216.34",
    "1.1.1.1",
    "2606:4700:4700::1111",
    "64:ff9b::1.1.1.1",
    "::ffff:1.1.1.1",
    "2002:101:101::1",
]
INNER = [
    *("127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "192.168.1.1", "0.0.0.0", "0.1.2.3"),
    *("169.254.169.254", "100.64.0.1", "100.127.255.255", "224.0.0.1", "239.1.1.1", "240.0.0.1"),
    *(
        "255.255.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "192.88.99.1",
    ),
    *("::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1", "3fff::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::7f00:1"),
    *("64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b:1::1"),
    *("2002:7f00:1::", "2002:a00:1::1", "2002:a9fe:a9fe::1", "2001:0:5ef5:79fd::1", "2001::1"),
    *("2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:127.0.0.1", "100::1", "5f00::1", "4000::1"),
]


class TestAllows:
    @pytest.mark.parametrize("text", PUBLIC)
    def test_says_yes_to_the_public_internet(self, text: str) -> None:
        assert Rules().allows(ip_address(text))

    @pytest.mark.parametrize("text", INNER)
    def test_says_no_to_what_only_we_reach_however_it_is_written(self, text: str) -> None:
        assert not Rules().allows(ip_address(text))

    @pytest.mark.parametrize("text", ["10.1.2.3", "::ffff:10.1.2.3", "64:ff9b::10.1.2.3", "fd00::7"])
    def test_says_yes_to_networks_of_the_installations_own(self, text: str) -> None:
        assert Rules((ip_network("10.1.0.0/16"), ip_network("fd00::/64"))).allows(ip_address(text))

    def test_says_no_beside_such_a_network(self) -> None:
        assert not Rules((ip_network("10.1.0.0/16"),)).allows(ip_address("10.2.0.1"))


class TestParse:
    @pytest.mark.parametrize("text", ["127.0.0.1", "[::1]", "::1", "fe80::1%eth0", "[fe80::1%25eth0]"])
    def test_reads_addresses_as_urls_write_them(self, text: str) -> None:
        assert egress.parse(text) is not None

    @pytest.mark.parametrize("text", ["example.com", "127.1", "0x7f000001", "2130706433", ""])
    def test_takes_everything_else_for_a_name_that_is_to_be_resolved(self, text: str) -> None:
        assert egress.parse(text) is None
