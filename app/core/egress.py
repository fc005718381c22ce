"""Where requests to addresses that users enter may go: to the public internet, and to what the installation allows.

An address that carries another inside (IPv4 in IPv6, NAT64, 6to4) is judged by both. Registries: IANA special-purpose
address registries (RFC 6890), NAT64 RFC 6052 and 8215, 6to4 RFC 3056, Teredo RFC 4380, ISATAP RFC 5214.
"""

import ipaddress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
# Python calls these global; none of them is a server of anybody's on the internet.
_SPECIAL: tuple[Network, ...] = (
    IPv4Network("192.88.99.0/24"),  # relays of 6to4, withdrawn
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.31.196.0/24"),
    IPv4Network("192.52.193.0/24"),
    IPv4Network("192.175.48.0/24"),
    IPv6Network("2001::/23"),  # Teredo among them
    IPv6Network("2001:db8::/32"),
    IPv6Network("2620:4f:8000::/48"),
    IPv6Network("3fff::/20"),
)
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)


@dataclass(frozen=True, slots=True)
class Rules:
    """`allowed` networks may be reached though they are not public; `allows_http`: without TLS, too."""

    allowed: tuple[Network, ...] = ()
    allows_http: bool = False

    def allows(self, address: Address) -> bool:
        """Whether a connection to `address` may be opened."""
        if any(_is_in(address, network) for network in self.allowed):
            return True
        carried = _carried_by(address)
        if isinstance(address, IPv6Address) and (address.ipv4_mapped is not None or address in _NAT64):
            # Nothing but another way of writing what it carries.
            return carried is not None and self.allows(carried)
        return _is_global(address) and (carried is None or self.allows(carried))


def parse(text: str) -> Address | None:
    """The address that `text` writes, with or without the brackets and the zone of a URL; None for a name."""
    try:
        return ipaddress.ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return None


def _is_in(address: Address, network: Network) -> bool:
    return address.version == network.version and address in network


def _is_global(address: Address) -> bool:
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    if isinstance(address, IPv6Address) and address not in _UNICAST:
        return False
    return not any(_is_in(address, network) for network in _SPECIAL)


def _carried_by(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64 or int(address) >> 32 & 0xFFFF_FFFF in _ISATAP:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.sixtofour
