"""Which buckets a request spends from."""

import ipaddress
from collections.abc import Sequence
from functools import lru_cache

from app.core.principal import Principal
from app.core.token_bucket import Demand, Quota
from app.limits import plans
from app.limits.types import Caller, Scope

# What one customer of a network provider is given: single addresses of it are free to make up.
_IPV6_PREFIX = 64


def of(caller: Caller) -> Sequence[tuple[Scope, Demand]]:
    if caller.principal is None:
        return [_of_address(Scope.ANONYMOUS, caller.address, plans.ANONYMOUS)]
    return [*_of_principal(caller.principal), of_address(caller.address)]


def of_address(address: str) -> tuple[Scope, Demand]:
    """The bucket that all known callers behind an address share."""
    return _of_address(Scope.IP, address, plans.ADDRESS)


def _of_principal(principal: Principal) -> list[tuple[Scope, Demand]]:
    scope = Scope.API_KEY if principal.kind == "api_key" else Scope.USER
    quota = plans.best_quota(principal.plans, principal.quotas)
    own = scope, Demand(f"{scope}:{principal.id}", quota)
    if len(principal.orgs) != 1:
        # Which of several orgs the request is about is not known before it is read.
        return [own]
    [org_id] = principal.orgs
    return [(Scope.ORG, Demand(f"{Scope.ORG}:{org_id}", quota)), own]


@lru_cache(maxsize=4096)
def _of_address(scope: Scope, address: str, quota: Quota) -> tuple[Scope, Demand]:
    return scope, Demand(f"{scope}:{network(address)}", quota)


def network(address: str) -> str:
    """An IPv4 address is itself, an IPv6 one its /64; IPv4 written as IPv6 is IPv4."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed.packed, _IPV6_PREFIX), strict=False))
