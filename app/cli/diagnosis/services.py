"""Checks of what LaunchKit talks to: PostgreSQL, Redis, the broker, and its own port."""

import asyncio
import importlib.util
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import asyncpg
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.cli.diagnosis import webhooks
from app.cli.diagnosis.finding import Finding, fail, ok, warn
from app.core.clock import utcnow
from app.core.config import Settings
from app.dev import port as dev_port
from app.infra import migrations
from app.infra.embedded.binaries import leading_number
from app.infra.litellm import LiteLlm, ProxyAway

_PATIENCE_SECONDS = 5.0
_OLDEST_POSTGRES = 15
_OLDEST_REDIS = 7
_UNREACHABLE = (OSError, TimeoutError, RedisError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError)
# What is slower than that is not busy but not running.
_WAITED_SECONDS = 60
_PROGRESS = """
SELECT
    extract(epoch FROM now() - (
        SELECT min(j.queued_at) FROM job_slot s JOIN job j ON j.id = s.job_id WHERE j.state = 'QUEUED'
    ))::int AS queued,
    EXISTS (SELECT FROM job WHERE lease_expires_at > now()) AS is_any_running,
    extract(epoch FROM now() - (SELECT min(since) FROM audit_unsealed))::int AS unsealed
"""
# A third of a job's lease: what is further apart makes healthy workers lose their jobs.
_CLOCKS_APART = timedelta(seconds=10)
_EMBEDDED = "embedded; `launchkit dev` starts it, and it is not running now"


async def database(url: str | None) -> Sequence[Finding]:
    """Reachable, new enough, up to date, and worked on."""
    if url is None:
        return [ok("database", _EMBEDDED)]
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            connection = await asyncpg.connect(url)
            version = connection.get_settings().server_version
            clock = await _clock(connection)
            await connection.close()
            status = await migrations.status(url)
            work = [] if status.pending else await _working(url)
    except _UNREACHABLE as error:
        return [fail("database", _said(error), "Start it, or correct DATABASE_URL.")]
    return [_postgres(version), *clock, _migrations(status.pending), *work]


def _postgres(version: str) -> Finding:
    text = f"PostgreSQL {version}"
    if leading_number(version) < _OLDEST_POSTGRES:
        return fail("database", text, f"Upgrade it to {_OLDEST_POSTGRES} or newer.")
    return ok("database", text)


async def _clock(connection: "asyncpg.Connection[asyncpg.Record]") -> Sequence[Finding]:
    """Whether this machine's clock is that of the database's: each machine that runs LaunchKit is to be asked."""
    before = utcnow()
    theirs = await connection.fetchval("SELECT clock_timestamp()")
    apart = max(theirs - utcnow(), before - theirs)
    if apart <= _CLOCKS_APART:
        return []
    text = f"{apart.total_seconds():.0f} seconds apart from PostgreSQL's"
    mend = "Synchronise both by NTP: by its clock a scheduler takes running jobs for lost, and tokens for expired."
    return [fail("clock", text, mend)]


def _migrations(pending: Sequence[str]) -> Finding:
    if pending:
        return fail(
            "migrations", f"{len(pending)} not applied: {', '.join(pending)}", "Run `launchkit migrate`."
        )
    return ok("migrations", "up to date")


async def _working(url: str) -> Sequence[Finding]:
    connection = await asyncpg.connect(url)
    try:
        row = await connection.fetchrow(_PROGRESS)
        assert row is not None
        return [*_work(dict(row)), *await webhooks.findings(connection)]
    finally:
        await connection.close()


def _work(progress: Mapping[str, Any]) -> Sequence[Finding]:
    """Processes are found by what nobody does in their place; where nothing waits, nothing is known of them."""
    findings = []
    if (progress["queued"] or 0) > _WAITED_SECONDS and not progress["is_any_running"]:
        waited = f"a job has waited for {progress['queued']} seconds, and none is running"
        findings.append(
            warn(
                "worker", waited, "Start `launchkit worker`; if one runs, see ops/runbooks/jobs-are-stuck.md."
            )
        )
    if (progress["unsealed"] or 0) > _WAITED_SECONDS:
        waited = f"the audit log was not sealed for {progress['unsealed']} seconds"
        mend = "Start `launchkit scheduler`; if one runs, see ops/runbooks/audit-is-not-sealed.md."
        findings.append(warn("scheduler", waited, mend))
    return findings


async def redis(url: str | None) -> Finding:
    if url is None:
        return ok("redis", _EMBEDDED)
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            client = Redis.from_url(url)
            facts = await client.info("server")
            await client.aclose()
    except _UNREACHABLE as error:
        return fail("redis", _said(error), "Start it, or correct REDIS_URL.")
    return _redis_version(facts)


def _redis_version(facts: dict[str, object]) -> Finding:
    name = "Valkey" if "valkey_version" in facts else "Redis"
    text = f"{name} {facts.get('valkey_version', facts['redis_version'])}"
    # Valkey says which Redis it stands in for.
    if int(str(facts["redis_version"]).partition(".")[0]) < _OLDEST_REDIS:
        return fail("redis", text, f"Upgrade it to {_OLDEST_REDIS} or newer, or to any Valkey.")
    return ok("redis", text)


async def broker(settings: Settings) -> Finding:
    """Where it is not the Redis that was looked at already."""
    url = settings.broker_url
    if url is None or url == settings.redis_url:
        return ok("broker", "the same Redis")
    if not url.startswith(("amqp://", "amqps://")):
        finding = await redis(url)
        return Finding(
            "broker", finding.level, finding.text, finding.mend and "Start it, or correct BROKER_URL."
        )
    if importlib.util.find_spec("pika") is None:
        return fail("broker", "RabbitMQ needs another package", "pip install 'launchkit[rabbitmq]'")
    return await _rabbitmq(url)


async def _rabbitmq(url: str) -> Finding:
    where = urlsplit(url)
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            _, writer = await asyncio.open_connection(where.hostname, where.port or 5672)
            writer.close()
    except _UNREACHABLE as error:
        return fail("broker", _said(error), "Start it, or correct BROKER_URL.")
    return ok("broker", "RabbitMQ accepts connections")


async def litellm(settings: Settings) -> Sequence[Finding]:
    """Reachable, with a database, and open to the master key; nothing is said where none is set."""
    if settings.litellm is None:
        return []
    proxy = LiteLlm(settings.litellm.base_url, settings.litellm.master_key, seconds=_PATIENCE_SECONDS)
    try:
        await proxy.find(["launchkit-doctor"])
    except ProxyAway as error:
        mend = "Start it with a database, or correct LITELLM_BASE_URL and LITELLM_MASTER_KEY; calls do not wait for it."
        return [warn("litellm", _said(error), mend)]
    finally:
        await proxy.close()
    return [ok("litellm", "LiteLLM answers; keys are mirrored to it")]


async def port(settings: Settings, url: str) -> Finding:
    """Free, or taken by LaunchKit itself."""
    try:
        dev_port.require_free(settings)
    except dev_port.PortTaken as error:
        if await _is_launchkit(url):
            return ok("port", f"{settings.port}: LaunchKit answers")
        problem, _, mend = str(error).partition(": ")
        return fail("port", problem, f"{mend[:1].upper()}{mend[1:]}")
    return ok("port", f"{settings.port} is free")


async def _is_launchkit(url: str) -> bool:
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_PATIENCE_SECONDS)) as session,
            session.get(f"{url}/ready") as response,
        ):
            answer = await response.json(content_type=None)
            return isinstance(answer, dict) and {"status", "database", "redis"} <= answer.keys()
    except (aiohttp.ClientError, OSError, ValueError):
        return False


def _said(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer within {_PATIENCE_SECONDS:.0f} seconds"
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
