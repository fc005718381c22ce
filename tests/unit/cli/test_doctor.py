"""What `launchkit doctor` finds."""

import json
import socket
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import orjson
import pytest
from aiohttp import web
from click.testing import CliRunner
from pytest_aiohttp.plugin import AiohttpServer

from app.cli import doctor
from app.cli.diagnosis import machine, services
from app.cli.diagnosis.finding import Level, fail, ok, warn
from app.core.config import Environment, ProviderCredentials, Settings


class TestCommand:
    def test_prints_a_line_with_the_mend_per_finding(self, monkeypatch: pytest.MonkeyPatch) -> None:
        findings = [
            ok("python", "3.13"),
            warn("models", "none", "Set one."),
            fail("redis", "refused", "Start it."),
        ]
        monkeypatch.setattr(doctor, "diagnose", lambda: findings)
        result = CliRunner().invoke(doctor.command)
        assert result.exit_code == 1
        assert result.output.splitlines() == [
            "ok    python      3.13",
            "warn  models      none -> Set one.",
            "fail  redis       refused -> Start it.",
        ]

    def test_is_content_with_warnings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(doctor, "diagnose", lambda: [ok("a", "b"), warn("c", "d", "e")])
        assert CliRunner().invoke(doctor.command).exit_code == 0

    def test_prints_json(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(doctor, "diagnose", lambda: [fail("redis", "refused", "Start it.")])
        result = CliRunner().invoke(doctor.command, ["--json"])
        assert json.loads(result.output) == {
            "ok": False,
            "findings": [{"name": "redis", "level": "fail", "text": "refused", "mend": "Start it."}],
        }

    def test_names_each_bad_setting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PORT", "no")
        monkeypatch.setenv("LAUNCHKIT_ENV", "no")
        failed = [finding for finding in doctor.diagnose() if finding.level is Level.FAIL]
        assert [finding.text.split()[0] for finding in failed] == ["LAUNCHKIT_ENV", "PORT"]


class TestMachine:
    def test_job_kinds(self) -> None:
        found = machine.job_kinds(Settings(job_kinds=("app.jobs.handlers.batch", "acme.jobs", "app.nothing")))
        assert [(finding.level, finding.text) for finding in found] == [
            (Level.OK, "kinds of app.jobs.handlers.batch"),
            (Level.FAIL, "LAUNCHKIT_JOB_KINDS names acme.jobs, which is not found"),
            (Level.FAIL, "LAUNCHKIT_JOB_KINDS names app.nothing, which is not found"),
        ]

    @pytest.mark.parametrize(
        ("version", "level"), [((3, 10, 9), Level.FAIL), ((3, 11, 0), Level.OK), ((3, 14, 1), Level.OK)]
    )
    def test_python(self, version: tuple[int, ...], level: Level) -> None:
        assert machine.python(version).level is level

    def test_data_dir_may_be_made_later(self, tmp_path: Path) -> None:
        finding = machine.data_dir(Settings(data_dir=tmp_path / "a" / "b"))
        assert (finding.level, "will be made" in finding.text) == (Level.OK, True)

    def test_data_dir_must_not_be_below_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        finding = machine.data_dir(Settings(data_dir=tmp_path / "file" / "data"))
        assert (finding.level, finding.mend) == (Level.FAIL, "Choose LAUNCHKIT_DATA_DIR elsewhere.")

    def test_providers_are_named_and_their_keys_are_not(self) -> None:
        finding = machine.providers(Settings(anthropic=ProviderCredentials(api_key="sk-very-secret")))
        assert (finding.level, finding.text) == (Level.OK, "set: ANTHROPIC_API_KEY")

    def test_no_provider_is_a_warning(self) -> None:
        assert machine.providers(Settings()).level is Level.WARN

    def test_payments_are_named_and_their_key_is_not(self) -> None:
        assert "by hand" in machine.payments(Settings()).text
        finding = machine.payments(Settings(stripe_secret_key="sk_live_x"))
        assert "Stripe" in finding.text
        assert "sk_live_x" not in finding.text

    def test_outbound_says_where_requests_may_go(self) -> None:
        networks = (ip_network("10.20.0.0/16"),)
        finding = machine.outbound(Settings(egress_allow=networks, allows_plain_http=False))
        assert finding.level is Level.OK
        assert finding.text == "https, to public addresses and 10.20.0.0/16"

    def test_plain_http_in_production_is_a_warning(self) -> None:
        finding = machine.outbound(Settings(environment=Environment.PRODUCTION, allows_plain_http=True))
        assert finding.level is Level.WARN

    def test_named_servers_need_no_binaries_of_ours(self) -> None:
        settings = Settings(database_url="postgresql://elsewhere/x", redis_url="redis://elsewhere/0")
        assert list(machine.binaries(settings)) == []

    def test_missing_binaries_are_told_with_the_mend(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("LAUNCHKIT_PG_BIN", str(tmp_path))
        findings = machine.binaries(Settings(redis_url="redis://elsewhere/0"))
        assert [finding.level for finding in findings] == [Level.FAIL]
        assert "bin directory of a PostgreSQL" in (findings[0].mend or "")

    def test_missing_assets_are_a_warning(self, tmp_path: Path) -> None:
        assert machine.assets(tmp_path).mend == "Run `make assets`."


class TestDatabase:
    async def test_unreachable(self) -> None:
        (finding,) = await services.database("postgresql://127.0.0.1:1/x")
        assert (finding.level, finding.mend) == (Level.FAIL, "Start it, or correct DATABASE_URL.")

    async def test_without_an_address_it_is_embedded(self) -> None:
        (finding,) = await services.database(None)
        assert finding.level is Level.OK

    @pytest.mark.parametrize(
        ("version", "level"), [("14.9", Level.FAIL), ("15.0", Level.OK), ("19beta1", Level.OK)]
    )
    def test_must_be_new_enough(self, version: str, level: Level) -> None:
        assert services._postgres(version).level is level

    def test_pending_migrations_fail(self) -> None:
        assert services._migrations(["1_x.py"]).mend == "Run `launchkit migrate`."
        assert services._migrations([]).level is Level.OK


class TestWork:
    @pytest.mark.parametrize(
        ("queued", "is_any_running", "unsealed", "missing"),
        [
            (None, False, None, []),
            (59, False, 59, []),
            (3_600, True, None, []),
            (61, False, None, ["worker"]),
            (None, True, 61, ["scheduler"]),
        ],
    )
    def test_that_nobody_does_names_who_should(
        self, queued: int | None, is_any_running: bool, unsealed: int | None, missing: list[str]
    ) -> None:
        progress = {"queued": queued, "is_any_running": is_any_running, "unsealed": unsealed}
        findings = services._work(progress)
        assert [finding.name for finding in findings] == missing
        assert all(finding.level is Level.WARN and "Start" in str(finding.mend) for finding in findings)


class TestRedis:
    async def test_unreachable(self) -> None:
        assert (await services.redis("redis://127.0.0.1:1/0")).level is Level.FAIL

    async def test_an_address_of_no_use_fails_and_does_not_raise(self) -> None:
        assert (await services.redis("nonsense")).level is Level.FAIL

    @pytest.mark.parametrize(
        ("facts", "text", "level"),
        [
            ({"redis_version": "6.2.1"}, "Redis 6.2.1", Level.FAIL),
            ({"redis_version": "7.4.0"}, "Redis 7.4.0", Level.OK),
            ({"redis_version": "7.2.4", "valkey_version": "9.1.2"}, "Valkey 9.1.2", Level.OK),
        ],
    )
    def test_must_be_new_enough(self, facts: dict[str, object], text: str, level: Level) -> None:
        finding = services._redis_version(facts)
        assert (finding.text, finding.level) == (text, level)


class TestBroker:
    async def test_is_redis_by_default(self) -> None:
        assert (await services.broker(Settings())).level is Level.OK

    async def test_of_its_own_is_looked_at(self) -> None:
        finding = await services.broker(Settings(broker_url="redis://127.0.0.1:1/1"))
        assert (finding.name, finding.level) == ("broker", Level.FAIL)


class TestPort:
    async def test_free(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            number = probe.getsockname()[1]
        finding = await services.port(Settings(port=number), f"http://127.0.0.1:{number}")
        assert finding.level is Level.OK

    @pytest.mark.parametrize(
        ("answer", "level"),
        [
            ({"status": "ok", "database": "ok", "redis": "ok"}, Level.OK),
            ({"status": "unavailable", "database": "unreachable", "redis": "ok"}, Level.OK),
            ({"hello": "world"}, Level.FAIL),
        ],
    )
    async def test_taken(self, aiohttp_server: AiohttpServer, answer: dict[str, str], level: Level) -> None:
        async def ready(_request: web.Request) -> web.Response:
            return web.Response(body=orjson.dumps(answer), content_type="application/json")

        application = web.Application()
        application.router.add_get("/ready", ready)
        server = await aiohttp_server(application)
        assert server.port is not None
        settings = replace(Settings(), port=server.port)
        finding = await services.port(settings, str(server.make_url("")).rstrip("/"))
        assert finding.level is level
