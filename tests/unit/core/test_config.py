"""Settings from the environment."""

from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path

import pytest

from app.core import config
from app.core.config import Environment, Settings, SettingsError

SECRET = config.generate_secret()
PRODUCTION = {
    "LAUNCHKIT_ENV": "production",
    "LAUNCHKIT_SECRET_KEY": SECRET,
    "DATABASE_URL": "postgresql://app:db-password@db.example/launchkit",
    "REDIS_URL": "rediss://:redis-password@redis.example/0",
}


def problems(environ: Mapping[str, str]) -> list[str]:
    """The first word of each: the variable's name."""
    with pytest.raises(SettingsError) as raised:
        config.load(environ)
    return [line.split()[0] for line in str(raised.value).splitlines()]


class TestLoad:
    def test_needs_nothing_in_development(self) -> None:
        settings = config.load({"HOME": "/srv/ada"})

        assert settings.environment is Environment.DEVELOPMENT
        assert settings.is_embedded
        assert settings.data_dir == Path("/srv/ada/.local/share/launchkit")
        assert settings.public_url == "http://127.0.0.1:8080"
        assert settings.log_format == "console"
        assert settings.trace_sample_ratio == 1.0

    def test_wants_keys_to_outlive_late_events(self) -> None:
        late = {"HOME": "/", "LAUNCHKIT_LATE_EVENT_DAYS": "40"}
        assert problems(late) == ["LAUNCHKIT_USAGE_KEY_DAYS"]
        assert config.load({**late, "LAUNCHKIT_USAGE_KEY_DAYS": "41"}).usage_key_days == 41

    def test_wants_events_to_be_kept_as_long_as_their_keys(self) -> None:
        assert problems({"HOME": "/", "LAUNCHKIT_USAGE_RETENTION_MONTHS": "1"}) == [
            "LAUNCHKIT_USAGE_RETENTION_MONTHS"
        ]
        assert config.load({"HOME": "/", "LAUNCHKIT_USAGE_RETENTION_MONTHS": "2"}).usage_retention_months == 2
        assert config.load({"HOME": "/"}).usage_retention_months is None

    @pytest.mark.parametrize("sender", ["nobody", "Acme <>", "a@b.example\nBcc: c@d.example"])
    def test_wants_an_address_that_mails_can_be_from(self, sender: str) -> None:
        with pytest.raises(SettingsError, match="LAUNCHKIT_MAIL_FROM"):
            config.load({"LAUNCHKIT_MAIL_FROM": sender})

    def test_reads_every_variable(self) -> None:
        settings = config.load(
            {
                **PRODUCTION,
                "BROKER_URL": "amqp://broker.example",
                "LAUNCHKIT_DATA_DIR": "/var/lib/launchkit",
                "LAUNCHKIT_PUBLIC_URL": "https://api.example/",
                "HOST": "0.0.0.0",
                "PORT": "9000",
                "LAUNCHKIT_LOG_FORMAT": "console",
                "LAUNCHKIT_LOG_LEVEL": "debug",
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector.example:4318",
                "LAUNCHKIT_TRACE_SAMPLE_RATIO": "0.5",
                "LAUNCHKIT_DATABASE_POOL_SIZE": "3",
                "LAUNCHKIT_RATE_LIMITS": "off",
                "LAUNCHKIT_RATE_LIMITS_WHEN_REDIS_IS_AWAY": "closed",
                "OPENAI_API_KEY": "sk-1",
                "OPENAI_BASE_URL": "https://openai.example",
                "OPENAI_MODEL": "m",
                "OPENAI_EMBEDDING_MODEL": "e",
                "ANTHROPIC_API_KEY": "sk-2",
                "GEMINI_API_KEY": "sk-3",
                "LITELLM_BASE_URL": "http://litellm.example:4000/v1/",
                "LITELLM_MASTER_KEY": "sk-4",
                "LAUNCHKIT_JOB_KINDS": "mine.kinds, other.kinds,",
                "SMTP_URL": "smtps://mail.example",
                "LAUNCHKIT_EGRESS_ALLOW": "10.20.0.0/16, fd00::7",
                "LAUNCHKIT_WEBHOOK_RETENTION_DAYS": "7",
            }
        )

        assert settings == Settings(
            environment=Environment.PRODUCTION,
            database_url=PRODUCTION["DATABASE_URL"],
            redis_url=PRODUCTION["REDIS_URL"],
            broker_url="amqp://broker.example",
            data_dir=Path("/var/lib/launchkit"),
            secret_key=SECRET,
            public_url="https://api.example",
            host="0.0.0.0",
            port=9000,
            log_format="console",
            log_level="DEBUG",
            otlp_endpoint="http://collector.example:4318",
            trace_sample_ratio=0.5,
            database_pool_size=3,
            is_rate_limited=False,
            rate_limits_without_redis=config.WithoutRedis.CLOSED,
            openai=config.ProviderCredentials("sk-1", "https://openai.example", "m", "e"),
            anthropic=config.ProviderCredentials("sk-2"),
            gemini=config.ProviderCredentials("sk-3"),
            litellm=config.LiteLlmProxy("http://litellm.example:4000", "sk-4"),
            job_kinds=("mine.kinds", "other.kinds"),
            graphql_introspection=False,
            smtp_url="smtps://mail.example",
            mail_from="LaunchKit <no-reply@api.example>",
            egress_allow=(ip_network("10.20.0.0/16"), ip_network("fd00::7")),
            allows_plain_http=False,
            webhook_retention_days=7,
        )

    def test_takes_an_empty_variable_for_an_absent_one(self) -> None:
        names = ["LAUNCHKIT_ENV", "PORT", "HOST", "DATABASE_URL", "REDIS_URL", "LAUNCHKIT_LOG_LEVEL"]

        assert config.load({**dict.fromkeys(names, ""), "HOME": "/h"}) == config.load({"HOME": "/h"})

    def test_logs_json_and_samples_a_hundredth_in_production(self) -> None:
        settings = config.load(PRODUCTION)

        assert settings.log_format == "json"
        assert settings.trace_sample_ratio == 0.01

    def test_names_every_bad_variable_in_one_error(self) -> None:
        bad = {
            "LAUNCHKIT_ENV": "staging",
            "PORT": "http",
            "LAUNCHKIT_LOG_FORMAT": "xml",
            "LAUNCHKIT_LOG_LEVEL": "loud",
            "LAUNCHKIT_TRACE_SAMPLE_RATIO": "2",
            "LAUNCHKIT_DATABASE_POOL_SIZE": "0",
            "LAUNCHKIT_RATE_LIMITS": "of",
            "LAUNCHKIT_RATE_LIMITS_WHEN_REDIS_IS_AWAY": "open",
            "DATABASE_URL": "mysql://db.example/launchkit",
            "REDIS_URL": "redis.example:6379",
            "BROKER_URL": "kafka://broker.example",
        }

        assert sorted(problems(bad)) == sorted(bad)

    @pytest.mark.parametrize("port", ["0", "65536", "-1", "8080.0", "0x50", "٣", " 80"])
    def test_refuses_a_port_that_is_none(self, port: str) -> None:
        assert problems({"PORT": port}) == ["PORT"]

    @pytest.mark.parametrize("ratio", ["-0.1", "1.1", "nan", "inf", "half"])
    def test_refuses_a_ratio_beyond_its_bounds(self, ratio: str) -> None:
        assert problems({"LAUNCHKIT_TRACE_SAMPLE_RATIO": ratio}) == ["LAUNCHKIT_TRACE_SAMPLE_RATIO"]

    def test_reads_origins_as_browsers_send_them(self) -> None:
        settings = config.load({"LAUNCHKIT_CORS_ORIGINS": "https://App.example, http://localhost:3000,"})

        assert settings.cors_origins == {"https://app.example", "http://localhost:3000"}

    @pytest.mark.parametrize(
        "origin", ["*", "https://*.example", "app.example", "https://app.example/", "null", "https://a@b"]
    )
    def test_refuses_an_origin_that_is_not_exact(self, origin: str) -> None:
        assert problems({"LAUNCHKIT_CORS_ORIGINS": origin}) == ["LAUNCHKIT_CORS_ORIGINS"]

    def test_reads_trusted_proxies(self) -> None:
        settings = config.load({"LAUNCHKIT_TRUSTED_PROXIES": "10.0.0.5, 10.1.0.0/16,,fd00::/8"})

        assert [str(network) for network in settings.trusted_proxies] == [
            "10.0.0.5/32",
            "10.1.0.0/16",
            "fd00::/8",
        ]
        assert config.load({}).trusted_proxies == ()

    @pytest.mark.parametrize("proxy", ["0.0.0.0/0", "::/0", "10.0.0.5/8", "proxy.example", "*", "10.0.0.256"])
    def test_refuses_a_proxy_that_is_no_network_or_everybody(self, proxy: str) -> None:
        environ = {"LAUNCHKIT_TRUSTED_PROXIES": f"10.0.0.1,{proxy}"}

        assert problems(environ) == ["LAUNCHKIT_TRUSTED_PROXIES"]

    def test_refuses_a_url_without_telling_the_password_in_it(self) -> None:
        with pytest.raises(SettingsError) as raised:
            config.load({"DATABASE_URL": "postgresq://app:db-password@db.example/launchkit"})

        assert "db-password" not in str(raised.value)


class TestProduction:
    def test_starts_with_a_strong_secret(self) -> None:
        assert config.load(PRODUCTION).is_production

    @pytest.mark.parametrize(
        "secret",
        ["", "change-me", "a" * 64, "abc" * 20, SECRET[:31]],
        ids=["none", "a known one", "one letter", "three letters", "too short"],
    )
    def test_stops_without_one(self, secret: str) -> None:
        assert problems({**PRODUCTION, "LAUNCHKIT_SECRET_KEY": secret}) == ["LAUNCHKIT_SECRET_KEY"]

    @pytest.mark.parametrize(
        "url", ["http://us.example", "http://0.0.0.0:8080", "us.example", "ftp://localhost"]
    )
    def test_stops_where_browsers_would_speak_in_the_clear(self, url: str) -> None:
        assert problems({**PRODUCTION, "LAUNCHKIT_PUBLIC_URL": url}) == ["LAUNCHKIT_PUBLIC_URL"]
        assert problems({**PRODUCTION, "HOST": "0.0.0.0"}) == ["LAUNCHKIT_PUBLIC_URL"]

    @pytest.mark.parametrize("url", ["https://us.example", "http://localhost:8080", "http://127.0.0.1:80"])
    def test_starts_with_tls_and_on_this_machine(self, url: str) -> None:
        assert config.load({**PRODUCTION, "LAUNCHKIT_PUBLIC_URL": url}).public_url == url

    def test_never_starts_embedded_servers(self) -> None:
        environ = {"LAUNCHKIT_ENV": "production", "LAUNCHKIT_SECRET_KEY": SECRET}

        assert sorted(problems(environ)) == ["DATABASE_URL", "REDIS_URL"]

    def test_names_all_that_is_missing_at_once(self) -> None:
        environ = {"LAUNCHKIT_ENV": "production", "PORT": "x"}

        assert sorted(problems(environ)) == ["DATABASE_URL", "LAUNCHKIT_SECRET_KEY", "PORT", "REDIS_URL"]

    def test_does_not_repeat_a_weak_secret(self) -> None:
        with pytest.raises(SettingsError) as raised:
            config.load({**PRODUCTION, "LAUNCHKIT_SECRET_KEY": "hunter2hunter2"})

        assert "hunter2" not in str(raised.value)


class TestSettings:
    def test_shows_no_secret(self) -> None:
        settings = config.load(
            {
                **PRODUCTION,
                "BROKER_URL": "amqp://app:broker-password@broker.example",
                "OPENAI_API_KEY": "openai-key",
                "ANTHROPIC_API_KEY": "anthropic-key",
                "GEMINI_API_KEY": "gemini-key",
                "LITELLM_BASE_URL": "http://litellm.example",
                "LITELLM_MASTER_KEY": "litellm-key",
            }
        )

        for shown in (repr(settings), str(settings)):
            assert SECRET not in shown
            assert "password" not in shown
            assert "-key'" not in shown

    @pytest.mark.parametrize(
        ("given", "missing"),
        [("LITELLM_BASE_URL", "LITELLM_MASTER_KEY"), ("LITELLM_MASTER_KEY", "LITELLM_BASE_URL")],
    )
    def test_says_which_half_of_a_proxy_is_missing(self, given: str, missing: str) -> None:
        with pytest.raises(SettingsError, match=f"{missing} is not set"):
            config.load({given: "http://litellm.example"})

    def test_says_which_server_is_not_named(self) -> None:
        settings = config.load({})

        with pytest.raises(SettingsError, match="DATABASE_URL"):
            settings.require_database_url()
        with pytest.raises(SettingsError, match="REDIS_URL"):
            settings.require_redis_url()

    def test_sends_tasks_through_redis_unless_a_broker_is_named(self) -> None:
        assert config.load({"REDIS_URL": "redis://r"}).effective_broker_url == "redis://r"
        both = {"REDIS_URL": "redis://r", "BROKER_URL": "amqp://b"}
        assert config.load(both).effective_broker_url == "amqp://b"


class TestGenerateSecret:
    def test_is_never_the_same_and_strong_enough_for_production(self) -> None:
        secrets = {config.generate_secret() for _ in range(100)}

        assert len(secrets) == 100
        for secret in secrets:
            config.load({**PRODUCTION, "LAUNCHKIT_SECRET_KEY": secret})
