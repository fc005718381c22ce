"""Creating jobs."""

import asyncio

from app.core.config import Settings
from app.infra import db
from app.jobs import kinds, service
from app.jobs.types import CreateJob
from tests.factories.orgs import NOW, tenant

kinds.load()


class TestCreate:
    async def test_one_key_makes_one_job_however_many_ask_at_once(self, settings: Settings) -> None:
        acme = await tenant(settings)
        command = CreateJob("summarize", {"text": "Whales are large."}, idempotency_key="k1")

        made = await asyncio.gather(
            *(service.create(acme.key, acme.org_id, command=command, now=NOW) for _ in range(50))
        )

        assert len({created.job.id for created in made}) == 1
        assert sum(not created.is_replay for created in made) == 1
        assert await db.fetchval("SELECT count(*) FROM job") == 1
        assert await db.fetchval("SELECT count(*) FROM outbox_message WHERE kind = 'task'") == 1
