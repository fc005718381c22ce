"""Verifying tokens that others signed (RFC 7519, RFC 8725; ID tokens: OpenID Connect Core, 3.1.3.7)."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from joserfc import jws, jwt
from joserfc.errors import ExpiredTokenError, JoseError, UnsupportedAlgorithmError
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from app.accounts.errors import TokenExpired, TokenInvalid
from app.accounts.external.signing_keys import SigningKey, SigningKeys

# Asymmetric ones only. With a symmetric one, the published key would be the secret.
ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"}
)
# Of the issuer's clock ahead of ours. Expiry is exact: what we say of it elsewhere is `exp`.
_SKEW_SECONDS = 30
MAX_LENGTH = 16_384


class _Registry(JWSRegistry):
    # Some put a certificate's thumbprint, or things of their own, in the header.
    max_header_length = 4_096

    def get_alg(self, name: str) -> Any:
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError(f"Algorithm of '{name}' is not allowed")
        # The library warns of the name EdDSA (RFC 9864), which issuers go on using.
        return self.algorithms[name]


_REGISTRY = _Registry(strict_check_header=False)


@dataclass(frozen=True, slots=True)
class Verified:
    claims: Mapping[str, Any]
    expires_at: datetime


def unverified_issuer(token: str) -> str | None:
    """Who the token says it is from. Decides which keys it is verified with, and nothing else."""
    try:
        payload = jws.extract_compact(token.encode(), registry=_REGISTRY).payload
        claims = orjson.loads(payload)
        issuer = claims.get("iss") if isinstance(claims, dict) else None
    except (JoseError, ValueError):
        return None
    return issuer if isinstance(issuer, str) else None


async def verify(token: str, keys: SigningKeys, *, issuer: str, now: datetime) -> Verified:
    """Raises `TokenExpired`, `TokenInvalid`, or `IssuerUnavailable` without keys to judge by.

    Of the header only `alg` and `kid` are looked at: a key or an address in it (`jwk`, `jku`, `x5c`, `x5u`) is
    whatever its sender likes. Says nothing of whom the token is for.
    """
    key = await keys.find(_kid(token), now=now)
    if key is None:
        raise TokenInvalid
    return _verify(token, key, issuer=issuer, now=now)


def _kid(token: str) -> str | None:
    try:
        if len(token) > MAX_LENGTH:
            raise TokenInvalid
        header = jws.extract_compact(token.encode(), registry=_REGISTRY).headers()
    except (JoseError, ValueError):
        raise TokenInvalid from None
    kid = header.get("kid")
    if header.get("alg") not in ALGORITHMS or not isinstance(kid, str | None):
        raise TokenInvalid
    return kid


def _verify(token: str, key: SigningKey, *, issuer: str, now: datetime) -> Verified:
    try:
        claims = jwt.decode(token, key, registry=_REGISTRY).claims
        JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=_SKEW_SECONDS,
            iss={"essential": True, "value": issuer},
            sub={"essential": True},
            exp={"essential": True},
        ).validate(claims)
        expires_at = datetime.fromtimestamp(claims["exp"], UTC)
    except ExpiredTokenError:
        raise TokenExpired from None
    except (JoseError, ValueError, TypeError, OverflowError, OSError):
        raise TokenInvalid from None
    if expires_at <= now:
        raise TokenExpired
    return Verified(claims, expires_at)


def is_for(claims: Mapping[str, Any], audience: str) -> bool:
    aud = claims.get("aud")
    return audience in aud if isinstance(aud, list) else aud == audience


def is_id_token_of(claims: Mapping[str, Any], *, client_id: str, nonce: str) -> bool:
    """Whether it was made for this client, in answer to the request with this nonce."""
    aud, azp, told = claims.get("aud"), claims.get("azp"), claims.get("nonce")
    if isinstance(aud, list) and len(aud) > 1 and azp is None:
        return False
    return (
        is_for(claims, client_id)
        and azp in (None, client_id)
        and "iat" in claims
        and isinstance(told, str)
        and hmac.compare_digest(told.encode(), nonce.encode())
    )
