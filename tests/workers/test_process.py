"""A worker process of its own, as it runs in production."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from app.accounts.keys import AccountKeys
from app.accounts.links import service as links
from app.core.clock import utcnow
from app.core.config import Settings
from app.infra import broker, db, redis
from app.infra.pubsub import Publisher
from app.jobs.state import State
from app.outbox import courier as outbox_courier
from app.outbox.courier import Courier
from tests.factories import jobs
from tests.factories.orgs import Tenant
from tests.fakes import smtp
from tests.waiting import eventually

ROOT = Path(__file__).resolve().parents[2]
# Of a process on a busy machine.
STARTING_SECONDS = 120.0
MAIN = "from app.core import config; from workers import main; main.main(config.load(), threads=2)"


@asynccontextmanager
async def worker(settings: Settings, **variables: str) -> AsyncIterator[asyncio.subprocess.Process]:
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": settings.require_database_url(),
        "REDIS_URL": settings.require_redis_url(),
        "LAUNCHKIT_SECRET_KEY": settings.secret_key,
        "LAUNCHKIT_LOG_FORMAT": "json",
        **variables,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", MAIN, cwd=ROOT, env=environment, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@asynccontextmanager
async def handing_over(settings: Settings) -> AsyncIterator[None]:
    """The fast path of a web process."""
    client = redis.connect(settings.require_redis_url())
    sender = broker.sender(settings.effective_broker_url)
    async with outbox_courier.running(Courier(sender, Publisher(client), clock=utcnow)):
        yield
    await sender.close()
    await client.aclose()


async def until_logged(process: asyncio.subprocess.Process, event: str) -> list[str]:
    assert process.stderr is not None
    lines: list[str] = []
    async with asyncio.timeout(STARTING_SECONDS):
        while event not in (lines[-1] if lines else ""):
            line = await process.stderr.readline()
            assert line, "\n".join(lines)
            lines.append(line.decode())
    return lines


class TestMain:
    async def test_runs_jobs_end_to_end_and_ends_when_told(self, acme: Tenant, settings: Settings) -> None:
        async with worker(settings) as process, handing_over(settings):
            await until_logged(process, "worker.ready")
            made = [await jobs.queued(acme, now=utcnow()) for _ in range(5)]
            for job in made:

                async def has_ended(job_id: object = job.id) -> bool:
                    return await jobs.state_of(job_id) is State.SUCCEEDED  # type: ignore[arg-type]

                await eventually(has_ended, within=STARTING_SECONDS)
            assert await db.fetchval("SELECT sum(requests) FROM usage_rollup_hour") == 5

            async def is_acknowledged() -> bool:
                return not await db.fetchval("SELECT count(*) FROM outbox_message")

            await eventually(is_acknowledged)
            process.send_signal(signal.SIGTERM)
            await until_logged(process, "worker.stopping")
            async with asyncio.timeout(STARTING_SECONDS):
                assert await process.wait() == 0

    async def test_mails_a_link_that_opens_what_it_was_asked_for(
        self, acme: Tenant, settings: Settings
    ) -> None:
        async with smtp.running() as (inbox, port):
            mail = {"SMTP_URL": f"smtp://127.0.0.1:{port}", "LAUNCHKIT_PUBLIC_URL": "https://acme.example"}
            async with worker(settings, **mail), handing_over(settings):
                await links.request_verification(acme.owner, limiter=None, address="192.0.2.7", now=utcnow())
                await eventually(lambda: inbox.mails, within=STARTING_SECONDS, what="the mail")
        [sent] = inbox.mails
        text = sent.get_body(("plain",))
        assert text is not None
        found = re.search(r"https://acme\.example/account/verify-email#(\S+)", text.get_content())
        assert found

        await links.verify_email(AccountKeys.derive(settings.secret_key), found[1], now=utcnow())

        assert await db.fetchval("SELECT email_verified_at FROM user_account") is not None

    async def test_ends_when_it_cannot_start(self, settings: Settings) -> None:
        """A supervisor can only restart what ends."""
        async with worker(settings, OPENAI_API_KEY="sk-ключ") as process, asyncio.timeout(STARTING_SECONDS):
            _, stderr = await process.communicate()
        assert process.returncode not in (0, None)
        assert b"OPENAI_API_KEY" in stderr
