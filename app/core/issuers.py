"""Settings of those who tell us who somebody is: OpenID Connect issuers, GitHub, an issuer of bearer tokens."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

_OIDC_ISSUER = re.compile(r"OIDC_(?:([A-Z][A-Z0-9_]*)_)?ISSUER")
_MAX_ISSUER_LENGTH = 255
_TAKEN = frozenset({"github"})
GITHUB_URL = "https://github.com"
GITHUB_API_URL = "https://api.github.com"


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """`name` is part of our addresses, `label` what people read on a button. Without a secret: a public client."""

    name: str
    label: str
    issuer: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class GithubSettings:
    client_id: str
    client_secret: str = field(repr=False)
    url: str = GITHUB_URL
    api_url: str = GITHUB_API_URL


@dataclass(frozen=True, slots=True)
class BearerSettings:
    """An issuer whose tokens are accepted beside our own; `jwks_url` None: by discovery."""

    issuer: str
    jwks_url: str | None = None
    audience: str | None = None


@dataclass(frozen=True, slots=True)
class Issuers:
    oidc: tuple[OidcSettings, ...] = ()
    github: GithubSettings | None = None
    bearer: BearerSettings | None = None


def read(env: Mapping[str, str], problems: list[str], *, is_production: bool) -> Issuers:
    """Adds one sentence to `problems` for each variable that is missing or wrong."""
    reader = _Reader(env, problems, is_production=is_production)
    return Issuers(reader.oidc(), reader.github(), reader.bearer())


def is_safe_address(url: str, *, allow_loopback_http: bool) -> bool:
    """Whether what is said there can be trusted: https, or http that does not leave the machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return False
    if not host or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (allow_loopback_http and parts.scheme == "http" and _is_loopback(host))


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class _Reader:
    def __init__(self, env: Mapping[str, str], problems: list[str], *, is_production: bool) -> None:
        self._env = env
        self._problems = problems
        self._allow_loopback_http = not is_production

    def oidc(self) -> tuple[OidcSettings, ...]:
        """One for each `OIDC_<NAME>_ISSUER`; of `OIDC_ISSUER`, without a name, the name is `oidc`."""
        found = [
            match for name in sorted({*self._env, "OIDC_ISSUER"}) if (match := _OIDC_ISSUER.fullmatch(name))
        ]
        read = [
            self._oidc(match.group(0), match.group(1)) for match in found if self._env.get(match.group(0))
        ]
        return tuple(one for one in read if one is not None)

    def _oidc(self, variable: str, upper: str | None) -> OidcSettings | None:
        prefix = variable.removesuffix("ISSUER")
        name = (upper or "oidc").lower().replace("_", "-")
        issuer = self._address(variable)
        client_id = self._required(f"{prefix}CLIENT_ID", beside=variable)
        secret = self._env.get(f"{prefix}CLIENT_SECRET") or None
        label = self._env.get(f"{prefix}LABEL") or name.replace("-", " ").title()
        if name in _TAKEN:
            self._problems.append(f"{variable} uses a name that is taken: choose another for {name}.")
            return None
        return OidcSettings(name, label, issuer, client_id, secret) if issuer and client_id else None

    def github(self) -> GithubSettings | None:
        client_id, secret = (self._env.get(f"GITHUB_CLIENT_{part}") for part in ("ID", "SECRET"))
        url = self._address("GITHUB_URL", GITHUB_URL)
        api_url = self._address("GITHUB_API_URL", GITHUB_API_URL)
        if not client_id and not secret:
            return None
        client_id = self._required("GITHUB_CLIENT_ID", beside="GITHUB_CLIENT_SECRET")
        secret = self._required("GITHUB_CLIENT_SECRET", beside="GITHUB_CLIENT_ID")
        if not (client_id and secret and url and api_url):
            return None
        return GithubSettings(client_id, secret, url.rstrip("/"), api_url.rstrip("/"))

    def bearer(self) -> BearerSettings | None:
        issuer = self._address("JWT_ISSUER", None)
        jwks_url = self._address("JWT_JWKS_URL", None)
        audience = self._env.get("JWT_AUDIENCE") or None
        if (jwks_url or audience) and not self._env.get("JWT_ISSUER"):
            self._required("JWT_ISSUER", beside="JWT_JWKS_URL or JWT_AUDIENCE")
        if issuer and not audience and not self._allow_loopback_http:
            # Else whatever the issuer signs for others, and for anybody's app of theirs, would pass here.
            self._required("JWT_AUDIENCE", beside="JWT_ISSUER in production")
        return BearerSettings(issuer, jwks_url, audience) if issuer else None

    def _required(self, name: str, *, beside: str) -> str | None:
        if not self._env.get(name):
            self._problems.append(f"{name} is not set: {beside} needs it.")
        return self._env.get(name) or None

    def _address(self, name: str, default: str | None = None) -> str | None:
        url = self._env.get(name) or default
        if url is None:
            return None
        if (
            is_safe_address(url, allow_loopback_http=self._allow_loopback_http)
            and len(url) <= _MAX_ISSUER_LENGTH
        ):
            return url
        plain = ", or http://localhost… in development" if self._allow_loopback_http else ""
        self._problems.append(f"{name} is not an address that can be trusted: use https://…{plain}.")
        return None
