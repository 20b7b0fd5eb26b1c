"""Which network addresses are on the public internet: a page must not lead a reader into its own network."""

from __future__ import annotations

import ipaddress

# Networks whose addresses carry an IPv4 address, to which packets then go.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_6TO4 = ipaddress.IPv6Network("2002::/16")
_SITE_LOCAL = ipaddress.IPv6Network("fec0::/10")


def why_not_public(address: str) -> str | None:
    """What kind of address this is, if it is not one of the public internet; None if it is.

    >>> why_not_public("127.0.0.1")
    'loopback'
    >>> why_not_public("198.41.0.4") is None
    True
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "malformed"
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.scope_id is not None or ip in _SITE_LOCAL:
            return "link-local" if ip.is_link_local else "private"
        if ip.ipv4_mapped is not None:
            return "IPv4-mapped"
        if ip in _NAT64:
            return why_not_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip in _6TO4:
            return why_not_public(str(ipaddress.IPv4Address(int(ip) >> 80 & 0xFFFFFFFF)))
    kinds = {
        "unspecified": ip.is_unspecified,
        "loopback": ip.is_loopback,
        "link-local": ip.is_link_local,
        "multicast": ip.is_multicast,
        "private": ip.is_private,
        "reserved": ip.is_reserved or not ip.is_global,
    }
    return next((kind for kind, is_so in kinds.items() if is_so), None)
