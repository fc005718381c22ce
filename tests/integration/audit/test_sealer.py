"""Sealing: everything that has committed, once, without a gap, and without holding up who writes."""

import asyncio
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from app.audit import queries, sealer, service
from app.audit.errors import ChainBroken
from app.audit.types import INSTALLATION
from app.core.config import Settings
from app.core.ids import OrgId
from app.infra import db
from tests.factories import audit
from tests.factories.orgs import NOW


@pytest.fixture(autouse=True)
def _emptied(settings: Settings) -> None:
    """Every test here writes."""


def key(settings: Settings) -> bytes:
    return sealer.signing_key(settings.secret_key)


class TestSeal:
    async def test_gives_every_entry_its_place(self, settings: Settings) -> None:
        one, other = audit.new_org(), audit.new_org()
        await audit.write(one, 3)
        await audit.write(other, 2)

        assert not await audit.sealer_of(settings).tick(now=NOW)

        assert await audit.chain_of(one) == [0, 1, 2]
        assert await audit.chain_of(other) == [0, 1]
        assert await db.fetchval("SELECT count(*) FROM audit_unsealed") == 0

    async def test_goes_on_where_the_chain_ends(self, settings: Settings) -> None:
        org = audit.new_org()
        for start in (0, 3, 6):
            await audit.write(org, 3, start=start)
            await audit.seal_all(settings)

        assert await audit.chain_of(org) == list(range(9))
        assert not await audit.findings(settings)

    async def test_seals_at_most_a_batch_and_says_that_there_is_more(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sealer, "_BATCH", 10)
        org = audit.new_org()
        await audit.write(org, 25)
        one = audit.sealer_of(settings)

        assert await one.tick(now=NOW)
        assert len(await audit.chain_of(org)) == 10
        assert await one.tick(now=NOW)
        assert not await one.tick(now=NOW)
        assert len(await audit.chain_of(org)) == 25

    async def test_reaches_every_org_however_many_there_are(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sealer, "_ORGS_AT_A_TIME", 4)
        monkeypatch.setattr(sealer, "_BATCH", 2)
        orgs = [audit.new_org() for _ in range(10)]
        for org in orgs:
            await audit.write(org, 8)
        one = audit.sealer_of(settings)

        for _ in range(3):
            await one.tick(now=NOW)

        assert {len(await audit.chain_of(org)) for org in orgs} == {2}, "none waits behind another's backlog"

    @pytest.mark.parametrize("org", [INSTALLATION, OrgId(UUID(int=2**128 - 1))], ids=["least", "greatest"])
    async def test_reaches_the_installations_own_log_too(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch, org: OrgId
    ) -> None:
        """Its id is the least there is, where a walk over orgs would begin."""
        monkeypatch.setattr(sealer, "_ORGS_AT_A_TIME", 1)
        await audit.write(org, 3)
        one = audit.sealer_of(settings)
        await one.tick(now=NOW)
        await audit.write(org, 1)
        for _ in range(2):
            await one.tick(now=NOW)
        assert len(await audit.chain_of(org)) == 4

    async def test_tells_who_listens(self, settings: Settings) -> None:
        org = audit.new_org()
        await audit.write(org, 2)
        await audit.seal_all(settings)

        [row] = await db.fetch("SELECT name, payload FROM outbox_message")
        assert row["name"] == "audit_entries.sealed"
        assert f'"audit:{org}"' in row["payload"]

    async def test_leaves_an_org_to_the_sealer_that_is_at_it(self, settings: Settings) -> None:
        org = audit.new_org()
        await audit.write(org, 2)
        holder = await asyncpg.connect(settings.require_database_url())
        async with holder.transaction():
            await holder.fetch(sealer._LOCK, str(org))
            assert await sealer.seal(org, key=key(settings), now=NOW) == 0
        await holder.close()
        assert await sealer.seal(org, key=key(settings), now=NOW) == 2

    async def test_that_is_undone_leaves_nothing_and_is_done_again(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        org = audit.new_org()
        await audit.write(org, 3)

        def broken(*_: object) -> None:
            raise KeyError

        with monkeypatch.context() as patch:
            patch.setattr(sealer, "_advance", broken)
            with pytest.raises(KeyError):
                await sealer.seal(org, key=key(settings), now=NOW)
        assert await audit.chain_of(org) == []
        assert await db.fetchval("SELECT count(*) FROM audit_unsealed") == 3

        await audit.seal_all(settings)
        assert await audit.chain_of(org) == [0, 1, 2]

    async def test_killed_before_its_commit_leaves_nothing(self, settings: Settings) -> None:
        org = audit.new_org()
        await audit.write(org, 200)
        dead = asyncio.create_task(sealer.seal(org, key=key(settings), now=NOW))
        await asyncio.sleep(0.003)
        dead.cancel()
        await asyncio.gather(dead, return_exceptions=True)

        await audit.seal_all(settings)
        assert await audit.chain_of(org) == list(range(200))
        assert not await audit.findings(settings)

    async def test_waits_for_nobody_and_forgets_nobody_who_commits_late(self, settings: Settings) -> None:
        """The late one has the smaller id: who remembered the last id seen would never look at it again."""
        org = audit.new_org()
        async with db.unit_of_work() as uow:
            await uow.begin()
            service.record(uow, audit.entry(org, 0))
            sql, arguments = uow._writes.pop().sql, list(uow._args)
        late = await asyncpg.connect(settings.require_database_url())
        transaction = late.transaction()
        await transaction.start()
        await late.execute(sql, *arguments)

        await audit.write(org, 2, start=1)
        await audit.seal_all(settings)
        assert await audit.chain_of(org) == [1, 2]

        await transaction.commit()
        await late.close()
        assert not await audit.findings(settings)
        await audit.seal_all(settings)
        assert await audit.chain_of(org) == [1, 2, 0]
        assert not await audit.findings(settings)

    async def test_seals_each_once_while_many_write_and_several_seal(self, settings: Settings) -> None:
        orgs = [audit.new_org() for _ in range(5)]
        writing = True

        async def keep_sealing() -> None:
            one = audit.sealer_of(settings)
            while writing:
                await one.tick(now=NOW)

        async def write(number: int) -> None:
            async with db.unit_of_work(shares_commit=True) as uow:
                service.record(uow, audit.entry(orgs[number % 5], number))

        sealing = [asyncio.create_task(keep_sealing()) for _ in range(2)]
        await asyncio.gather(*(write(number) for number in range(200)))
        writing = False
        await asyncio.gather(*sealing)
        await audit.seal_all(settings)

        for position, org in enumerate(orgs):
            assert sorted(await audit.chain_of(org)) == list(range(position, 200, 5))
        assert not await audit.findings(settings)

    async def test_takes_no_lock_that_who_writes_would_meet(self, settings: Settings) -> None:
        org = audit.new_org()
        await audit.write(org, 1)
        async with db.unit_of_work() as uow:
            await uow.fetch(sealer._LOCK, str(org))
            await uow.fetch("SELECT * FROM audit_unsealed FOR UPDATE")
            async with asyncio.timeout(14):
                other = await asyncpg.connect(settings.require_database_url())
                await other.execute(
                    "INSERT INTO audit_entry (id, org_id, at, action, principal_kind, principal_id, target_type, "
                    "changes) VALUES (gen_random_uuid(), $1, now(), 'job.created', 'user', $1, 'job', '{}')",
                    org,
                )
                await other.close()

    async def test_knows_how_long_the_oldest_has_waited(self, settings: Settings) -> None:
        assert await queries.unsealed_seconds(now=NOW) == 0
        await audit.write(audit.new_org(), 1)
        now = await db.fetchval("SELECT since + interval '90 seconds' FROM audit_unsealed")
        assert await queries.unsealed_seconds(now=now) == pytest.approx(90)


class TestCheckpoints:
    async def seqs(self) -> list[int]:
        return [row["seq"] for row in await db.fetch("SELECT seq FROM audit_checkpoint ORDER BY seq")]

    async def test_are_signed_at_first_and_then_every_so_many_seals(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sealer, "CHECKPOINT_EVERY", 5)
        org = audit.new_org()
        for start in range(0, 12, 2):
            await audit.write(org, 2, start=start)
            await audit.seal_all(settings)

        assert await self.seqs() == [2, 8]
        assert not await audit.findings(settings)

    async def test_are_signed_every_hour(self, settings: Settings) -> None:
        org = audit.new_org()
        for minutes in (0, 59, 60, 61, 119, 121):
            await audit.write(org, 1, start=minutes)
            await audit.seal_all(settings, now=NOW + timedelta(minutes=minutes))

        assert await self.seqs() == [1, 3, 6]
        assert not await audit.findings(settings)


class TestBrokenChain:
    @pytest.mark.parametrize(
        "damage",
        [
            "DELETE FROM audit_seal WHERE seq = 3",
            "DELETE FROM audit_head",
            "UPDATE audit_seal SET hash = sha256('x') WHERE seq = 3",
            "UPDATE audit_head SET signature = sha256('x')",
        ],
    )
    async def test_is_not_built_upon_and_holds_up_no_other_org(self, settings: Settings, damage: str) -> None:
        """A sealer that went on would sign what the attacker left."""
        org, other = audit.new_org(), audit.new_org()
        await audit.write(org, 3)
        await audit.seal_all(settings)
        await audit.tamper(settings, damage)
        await audit.write(org, 1, start=3)
        await audit.write(other, 1)

        with pytest.raises(ChainBroken):
            await sealer.seal(org, key=key(settings), now=NOW)
        await audit.sealer_of(settings).tick(now=NOW)

        assert await audit.chain_of(other) == [0]
        assert await db.fetchval("SELECT count(*) FROM audit_unsealed WHERE org_id = $1", org) == 1
        assert await audit.findings(settings, org)
