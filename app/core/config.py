"""Settings: read from the environment once, typed, checked before anything starts."""

import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from app.core import issuers
from app.core.egress import Rules
from app.core.issuers import Issuers

_MIN_SECRET_BYTES = 32
_MAX_PORT = 65_535
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_REDIS = ("redis", "rediss", "unix")
_WITHOUT_REDIS = "LAUNCHKIT_RATE_LIMITS_WHEN_REDIS_IS_AWAY"

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class WithoutRedis(StrEnum):
    """What rate limits do while Redis is away: each process counts by itself, or requests are refused."""

    LOCAL = "local"
    CLOSED = "closed"


class SettingsError(Exception):
    """One sentence per problem; the start stops with all of them."""


@dataclass(frozen=True, slots=True)
class ProviderCredentials:
    """Key, base URL and default models of one model provider; `None` leaves the provider's own."""

    api_key: str | None = field(default=None, repr=False)
    base_url: str | None = None
    model: str | None = None
    embedding_model: str | None = None


@dataclass(frozen=True, slots=True)
class LiteLlmProxy:
    """Where a LiteLLM proxy is, without `/v1`, and the key with which its keys are managed."""

    base_url: str
    master_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    environment: Environment = Environment.DEVELOPMENT
    database_url: str | None = field(default=None, repr=False)
    redis_url: str | None = field(default=None, repr=False)
    broker_url: str | None = field(default=None, repr=False)
    data_dir: Path = Path("data")
    secret_key: str = field(default="", repr=False)
    public_url: str = "http://127.0.0.1:8080"
    host: str = "127.0.0.1"
    port: int = 8080
    log_format: str = "console"
    log_level: str = "INFO"
    otlp_endpoint: str | None = None
    metrics_port: int | None = None
    trace_sample_ratio: float = 1.0
    database_pool_size: int = 10
    is_rate_limited: bool = True
    rate_limits_without_redis: WithoutRedis = WithoutRedis.LOCAL
    openai: ProviderCredentials = ProviderCredentials()
    anthropic: ProviderCredentials = ProviderCredentials()
    gemini: ProviderCredentials = ProviderCredentials()
    litellm: LiteLlmProxy | None = None
    job_kinds: tuple[str, ...] = ()
    job_lease_seconds: int = 30
    worker_memory_mib: int | None = None
    job_retention_days: int | None = None
    cors_origins: frozenset[str] = frozenset()
    graphql_introspection: bool = True
    graphql_max_cost: int = 2_000
    trusted_documents: Path | None = None
    key_rotation_overlap_hours: int = 24
    trusted_proxies: tuple[Network, ...] = ()
    max_ingested_events: int = 1_000
    late_event_days: int = 34
    usage_key_days: int = 40
    usage_retention_months: int | None = None
    stripe_secret_key: str | None = field(default=None, repr=False)
    stripe_api_base: str | None = None
    gateway_lease_seconds: int = 90
    gateway_drains: bool = True
    gateway_drain_seconds: int = 300
    gateway_default_output_tokens: int = 4_096
    gateway_first_byte_seconds: int = 600
    gateway_idle_seconds: int = 120
    gateway_retries: int = 1
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str = "LaunchKit <no-reply@localhost>"
    issuers: Issuers = field(default_factory=Issuers)
    egress_allow: tuple[Network, ...] = ()
    allows_plain_http: bool = True
    webhook_retention_days: int = 30

    @property
    def egress(self) -> Rules:
        """Where requests to addresses that users enter may go."""
        return Rules(self.egress_allow, allows_http=self.allows_plain_http)

    @property
    def is_production(self) -> bool:
        return self.environment is Environment.PRODUCTION

    @property
    def is_embedded(self) -> bool:
        """Whether `launchkit dev` has to start its own PostgreSQL or Valkey."""
        return self.database_url is None or self.redis_url is None

    def require_database_url(self) -> str:
        if self.database_url is None:
            raise SettingsError("DATABASE_URL is not set: name a PostgreSQL, or use `launchkit dev`.")
        return self.database_url

    def require_redis_url(self) -> str:
        if self.redis_url is None:
            raise SettingsError("REDIS_URL is not set: name a Redis or Valkey, or use `launchkit dev`.")
        return self.redis_url

    @property
    def job_lease(self) -> timedelta:
        return timedelta(seconds=self.job_lease_seconds)

    @property
    def worker_memory_bytes(self) -> int | None:
        return None if self.worker_memory_mib is None else self.worker_memory_mib * 1024 * 1024

    @property
    def effective_broker_url(self) -> str:
        return self.broker_url or self.require_redis_url()


def default_data_dir(environ: Mapping[str, str]) -> Path:
    base = environ.get("XDG_DATA_HOME") or Path(environ.get("HOME", "~")).expanduser() / ".local" / "share"
    return Path(base) / "launchkit"


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environ` (default: the process's); raises `SettingsError` naming every bad variable."""
    env = os.environ if environ is None else environ
    problems: list[str] = []
    settings = Settings(
        environment=_environment(env, problems),
        database_url=_url(env, "DATABASE_URL", ("postgresql", "postgres"), problems),
        redis_url=_url(env, "REDIS_URL", _REDIS, problems),
        broker_url=_url(env, "BROKER_URL", (*_REDIS, "amqp", "amqps"), problems),
        data_dir=Path(env.get("LAUNCHKIT_DATA_DIR") or default_data_dir(env)).expanduser().absolute(),
        secret_key=env.get("LAUNCHKIT_SECRET_KEY", ""),
        host=env.get("HOST") or "127.0.0.1",
        port=_integer(env, "PORT", 8080, 1, _MAX_PORT, problems),
        log_format=_log_format(env, problems),
        log_level=_choice(env, "LAUNCHKIT_LOG_LEVEL", "INFO", _LOG_LEVELS, problems),
        otlp_endpoint=_url(env, "OTEL_EXPORTER_OTLP_ENDPOINT", ("http", "https"), problems),
        metrics_port=_integer(env, "LAUNCHKIT_METRICS_PORT", 0, 1, _MAX_PORT, problems) or None,
        trace_sample_ratio=_ratio(env, "LAUNCHKIT_TRACE_SAMPLE_RATIO", problems),
        database_pool_size=_integer(env, "LAUNCHKIT_DATABASE_POOL_SIZE", 10, 1, 200, problems),
        is_rate_limited=_choice(env, "LAUNCHKIT_RATE_LIMITS", "on", ("on", "off"), problems) == "on",
        rate_limits_without_redis=WithoutRedis(
            _choice(env, _WITHOUT_REDIS, WithoutRedis.LOCAL, tuple(WithoutRedis), problems)
        ),
        openai=replace(
            _credentials(env, "OPENAI"), embedding_model=env.get("OPENAI_EMBEDDING_MODEL") or None
        ),
        anthropic=_credentials(env, "ANTHROPIC"),
        gemini=_credentials(env, "GEMINI"),
        litellm=_litellm(env, problems),
        job_kinds=tuple(
            name.strip() for name in env.get("LAUNCHKIT_JOB_KINDS", "").split(",") if name.strip()
        ),
        job_retention_days=_integer(env, "LAUNCHKIT_JOB_RETENTION_DAYS", 0, 1, 3_660, problems) or None,
        job_lease_seconds=_integer(env, "LAUNCHKIT_JOB_LEASE_SECONDS", 30, 5, 3_600, problems),
        worker_memory_mib=_integer(env, "LAUNCHKIT_WORKER_MEMORY_MIB", 0, 256, 1_048_576, problems) or None,
        cors_origins=_origins(env, "LAUNCHKIT_CORS_ORIGINS", problems),
        graphql_introspection=_development_only(env, "LAUNCHKIT_GRAPHQL_INTROSPECTION", problems),
        graphql_max_cost=_integer(env, "LAUNCHKIT_GRAPHQL_MAX_COST", 2_000, 1, 1_000_000, problems),
        trusted_documents=_path(env, "LAUNCHKIT_TRUSTED_DOCUMENTS", problems),
        key_rotation_overlap_hours=_integer(
            env, "LAUNCHKIT_KEY_ROTATION_OVERLAP_HOURS", 24, 0, 168, problems
        ),
        trusted_proxies=_networks(env, "LAUNCHKIT_TRUSTED_PROXIES", problems),
        max_ingested_events=_integer(env, "LAUNCHKIT_INGEST_MAX_EVENTS", 1_000, 1, 10_000, problems),
        late_event_days=_integer(env, "LAUNCHKIT_LATE_EVENT_DAYS", 34, 1, 366, problems),
        usage_key_days=_integer(env, "LAUNCHKIT_USAGE_KEY_DAYS", 40, 2, 3_660, problems),
        usage_retention_months=_integer(env, "LAUNCHKIT_USAGE_RETENTION_MONTHS", 0, 1, 1_200, problems)
        or None,
        stripe_secret_key=env.get("STRIPE_SECRET_KEY") or None,
        stripe_api_base=_url(env, "STRIPE_API_BASE", ("http", "https"), problems),
        gateway_lease_seconds=_integer(env, "LAUNCHKIT_GATEWAY_LEASE_SECONDS", 90, 3, 3_600, problems),
        gateway_drains=_choice(
            env, "LAUNCHKIT_GATEWAY_WHEN_CLIENTS_LEAVE", "drain", ("cancel", "drain"), problems
        )
        == "drain",
        gateway_drain_seconds=_integer(env, "LAUNCHKIT_GATEWAY_DRAIN_SECONDS", 300, 1, 3_600, problems),
        gateway_default_output_tokens=_integer(
            env, "LAUNCHKIT_GATEWAY_DEFAULT_OUTPUT_TOKENS", 4_096, 1, 1_000_000, problems
        ),
        gateway_first_byte_seconds=_integer(
            env, "LAUNCHKIT_GATEWAY_FIRST_BYTE_SECONDS", 600, 1, 3_600, problems
        ),
        gateway_idle_seconds=_integer(env, "LAUNCHKIT_GATEWAY_IDLE_SECONDS", 120, 1, 3_600, problems),
        gateway_retries=_integer(env, "LAUNCHKIT_GATEWAY_RETRIES", 1, 0, 5, problems),
        smtp_url=_url(env, "SMTP_URL", ("smtp", "smtps"), problems),
        egress_allow=_networks(env, "LAUNCHKIT_EGRESS_ALLOW", problems),
        allows_plain_http=_development_only(env, "LAUNCHKIT_EGRESS_HTTP", problems),
        webhook_retention_days=_integer(env, "LAUNCHKIT_WEBHOOK_RETENTION_DAYS", 30, 2, 3_660, problems),
    )
    found = issuers.read(env, problems, is_production=settings.is_production)
    settings = replace(
        settings,
        issuers=found,
        public_url=(env.get("LAUNCHKIT_PUBLIC_URL") or f"http://{settings.host}:{settings.port}").rstrip("/"),
    )
    settings = replace(settings, mail_from=_mail_from(env, settings.public_url, problems))
    problems += _usage_problems(settings)
    problems += _production_problems(settings)
    if problems:
        raise SettingsError("\n".join(problems))
    return settings


def generate_secret() -> str:
    return secrets.token_urlsafe(_MIN_SECRET_BYTES)


def _usage_problems(settings: Settings) -> list[str]:
    """An event must not outlive what tells that it was counted before, nor be kept for less than it may be late."""
    problems = []
    if settings.usage_key_days <= settings.late_event_days:
        problems.append(
            f"LAUNCHKIT_USAGE_KEY_DAYS is {settings.usage_key_days}: use more than LAUNCHKIT_LATE_EVENT_DAYS, "
            f"which is {settings.late_event_days}."
        )
    months = settings.usage_retention_months
    if months is not None and months * 28 < settings.usage_key_days:
        problems.append(
            f"LAUNCHKIT_USAGE_RETENTION_MONTHS is {months}: use as many months as LAUNCHKIT_USAGE_KEY_DAYS has days "
            f"({settings.usage_key_days}), or more."
        )
    return problems


def _production_problems(settings: Settings) -> list[str]:
    weak = len(settings.secret_key.encode()) < _MIN_SECRET_BYTES or len(set(settings.secret_key)) < 10
    if not settings.is_production:
        return []
    problems = []
    if weak:
        problems.append(
            f"LAUNCHKIT_SECRET_KEY is missing or weak: use at least {_MIN_SECRET_BYTES} random bytes "
            '(python -c "import secrets; print(secrets.token_urlsafe(32))").'
        )
    if settings.database_url is None:
        problems.append("DATABASE_URL is not set: production uses a PostgreSQL 15 or newer of its own.")
    if settings.redis_url is None:
        problems.append("REDIS_URL is not set: production uses a Redis or Valkey of its own.")
    # Cookies are marked `Secure`, and links in mails safe to open, by its scheme.
    if not issuers.is_safe_address(settings.public_url, allow_loopback_http=True):
        problems.append(
            "LAUNCHKIT_PUBLIC_URL is not https: set the address that browsers use, https://…; "
            "plain http is for this machine alone (http://localhost…)."
        )
    return problems


def _environment(env: Mapping[str, str], problems: list[str]) -> Environment:
    text = env.get("LAUNCHKIT_ENV") or Environment.DEVELOPMENT
    try:
        return Environment(text)
    except ValueError:
        problems.append(f"LAUNCHKIT_ENV is {text!r}: use development or production.")
        return Environment.DEVELOPMENT


def _log_format(env: Mapping[str, str], problems: list[str]) -> str:
    default = "json" if env.get("LAUNCHKIT_ENV") == Environment.PRODUCTION else "console"
    return _choice(env, "LAUNCHKIT_LOG_FORMAT", default, ("json", "console"), problems)


def _development_only(env: Mapping[str, str], name: str, problems: list[str]) -> bool:
    """On in development, in production only where it is said."""
    default = "off" if env.get("LAUNCHKIT_ENV") == Environment.PRODUCTION else "on"
    return _choice(env, name, default, ("on", "off"), problems) == "on"


def _path(env: Mapping[str, str], name: str, problems: list[str]) -> Path | None:
    text = env.get(name)
    if not text:
        return None
    path = Path(text).expanduser().absolute()
    if not path.exists():
        problems.append(f"{name} is {text!r}: there is no such file or folder.")
    return path


def _mail_from(env: Mapping[str, str], public_url: str, problems: list[str]) -> str:
    host = urlsplit(public_url).hostname or "localhost"
    text = env.get("LAUNCHKIT_MAIL_FROM") or f"LaunchKit <no-reply@{host}>"
    if "@" not in parseaddr(text)[1] or not text.isprintable():
        problems.append(
            f"LAUNCHKIT_MAIL_FROM is {text!r}: use an address such as Acme <no-reply@acme.example>."
        )
    return text


def _choice(
    env: Mapping[str, str], name: str, default: str, choices: tuple[str, ...], problems: list[str]
) -> str:
    text = env.get(name) or default
    chosen = next((choice for choice in choices if choice.casefold() == text.casefold()), None)
    if chosen is None:
        problems.append(f"{name} is {text!r}: use {' or '.join(choices)}.")
    return chosen or default


def _url(env: Mapping[str, str], name: str, schemes: tuple[str, ...], problems: list[str]) -> str | None:
    """The address itself is left out of the problem: it may hold a password."""
    text = env.get(name) or None
    if text is not None and not text.startswith(tuple(f"{scheme}://" for scheme in schemes)):
        problems.append(f"{name} is not an address of the form {' or '.join(f'{s}://…' for s in schemes)}.")
    return text


def _origins(env: Mapping[str, str], name: str, problems: list[str]) -> frozenset[str]:
    """Exact ones: a wildcard would let every page act with a visitor's cookies."""
    found = frozenset(text.strip().lower() for text in env.get(name, "").split(",") if text.strip())
    for origin in sorted(found):
        scheme, _, host = origin.partition("://")
        if scheme not in ("http", "https") or not host or any(mark in host for mark in "/*?#@ "):
            problems.append(f"{name} holds {origin!r}: use exact origins such as https://app.example.com.")
    return found


def _networks(env: Mapping[str, str], name: str, problems: list[str]) -> tuple[Network, ...]:
    """Addresses and networks. Not all addresses at once: then everybody could name any address as theirs."""
    found: list[Network] = []
    for text in (part.strip() for part in env.get(name, "").split(",")):
        if not text:
            continue
        try:
            network = ipaddress.ip_network(text)
        except ValueError:
            problems.append(
                f"{name} holds {text!r}: use addresses and networks such as 10.0.0.5 or 10.0.0.0/8."
            )
            continue
        if network.prefixlen == 0:
            problems.append(f"{name} holds {text!r}, which is everybody: name only what you trust.")
        found.append(network)
    return tuple(found)


def _integer(
    env: Mapping[str, str], name: str, default: int, low: int, high: int, problems: list[str]
) -> int:
    text = env.get(name)
    if not text:
        return default
    if text.isascii() and text.isdecimal() and low <= int(text) <= high:
        return int(text)
    problems.append(f"{name} is {text!r}: use a whole number from {low} to {high}.")
    return default


def _ratio(env: Mapping[str, str], name: str, problems: list[str]) -> float:
    text = env.get(name)
    if not text:
        return 1.0 if env.get("LAUNCHKIT_ENV") != Environment.PRODUCTION else 0.01
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        problems.append(f"{name} is {text!r}: use a number from 0 to 1.")
    return value


def _litellm(env: Mapping[str, str], problems: list[str]) -> LiteLlmProxy | None:
    base_url = _url(env, "LITELLM_BASE_URL", ("http", "https"), problems)
    master_key = env.get("LITELLM_MASTER_KEY")
    if base_url and master_key:
        return LiteLlmProxy(base_url.rstrip("/").removesuffix("/v1"), master_key)
    if base_url:
        problems.append("LITELLM_MASTER_KEY is not set: LITELLM_BASE_URL needs it, or leave out both.")
    if master_key:
        problems.append("LITELLM_BASE_URL is not set: LITELLM_MASTER_KEY is for it, or leave out both.")
    return None


def _credentials(env: Mapping[str, str], name: str) -> ProviderCredentials:
    return ProviderCredentials(
        *(env.get(f"{name}_{suffix}") or None for suffix in ("API_KEY", "BASE_URL", "MODEL"))
    )
