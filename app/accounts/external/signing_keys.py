"""The public keys of an issuer (JSON Web Key Set, RFC 7517), found by their ids."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, OKPKey, RSAKey

from app.accounts.external.kept import Kept
from app.core.federation import IssuerUnavailable

SigningKey = RSAKey | ECKey | OKPKey
# By id; the only key of a set may have none.
KeySet = Mapping[str | None, SigningKey]

_MAX_KEYS = 100
_MIN_RSA_BITS = 2048


def parse(document: object) -> KeySet:
    """The keys that sign, unusable ones left out (RFC 7517, 5); raises `IssuerUnavailable` where there is no set."""
    keys = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(keys, list) or len(keys) > _MAX_KEYS:
        raise IssuerUnavailable
    return {data.get("kid"): key for data in keys if isinstance(data, dict) and (key := _key(data))}


def _key(data: dict[str, Any]) -> SigningKey | None:
    # Symmetric keys above all: somebody who publishes one would let everybody sign.
    if data.get("kty") not in ("RSA", "EC", "OKP") or data.get("use", "sig") != "sig":
        return None
    try:
        key = JWKRegistry.import_key({name: value for name, value in data.items() if name != "d"})
        public = key.public_key if isinstance(key, (RSAKey, ECKey, OKPKey)) else None
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    if isinstance(public, RSAPublicKey) and public.key_size < _MIN_RSA_BITS:
        return None
    return key if isinstance(key, (RSAKey, ECKey, OKPKey)) else None


class SigningKeys:
    def __init__(self, fetch: Callable[[datetime], Awaitable[object]]) -> None:
        async def fetch_and_parse(now: datetime) -> KeySet:
            return parse(await fetch(now))

        self._kept = Kept(fetch_and_parse)

    async def find(self, kid: str | None, *, now: datetime) -> SigningKey | None:
        """None where the issuer has no such key, also after asking it again; raises `IssuerUnavailable`."""
        found = _find(await self._kept.get(now=now), kid)
        return found or _find(await self._kept.renewed(now=now), kid)


def _find(keys: KeySet, kid: str | None) -> SigningKey | None:
    if kid is None:
        return next(iter(keys.values())) if len(keys) == 1 else None
    return keys.get(kid)
