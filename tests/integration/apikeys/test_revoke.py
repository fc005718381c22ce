"""Revoking API keys: at once, for good, and everywhere."""

import asyncio
import time
from dataclasses import replace

import aiohttp
import orjson
import pytest
from yarl import URL

from app.apikeys import service, verification
from app.apikeys.errors import KeyInvalid, KeyNotFound
from app.apikeys.verification import KeyVerifier
from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, InvalidInput
from app.core.ids import ApiKeyId
from app.core.principal import Permission, Principal, Role
from app.infra import db
from tests.factories.apikeys import Made, everything, verifier
from tests.factories.orgs import NOW, Tenant, member, tenant
from tests.fakes import network
from tests.fakes.web import serving


class TestRevoke:
    async def test_ends_the_key(self, acme: Tenant, new: Made, keys: KeyVerifier) -> None:
        revoked = await service.revoke(acme.owner, new.key.id, now=NOW)

        assert revoked.value == replace(new.key, revoked_at=NOW)
        with pytest.raises(KeyInvalid):
            await keys.verify(new.token, now=NOW)

    async def test_leaves_a_trace(self, acme: Tenant, new: Made) -> None:
        await service.revoke(acme.owner, new.key.id, now=NOW)

        row = await db.fetchrow("SELECT * FROM audit_entry WHERE action = 'api_key.revoked'")
        assert row is not None
        assert (row["target_id"], row["principal_id"]) == (new.key.id, acme.owner.id)
        assert orjson.loads(row["changes"]) == {"revoked_at": {"before": None, "after": NOW.isoformat()}}

    async def test_tells_endpoints_which_key_and_nothing_secret(self, acme: Tenant, new: Made) -> None:
        await service.revoke(acme.owner, new.key.id, now=NOW)

        payload = await db.fetchval("SELECT payload FROM outbox_message WHERE name = 'api_key.revoked'")
        assert orjson.loads(payload)["body"]["api_key_id"] == ids.encode("key", new.key.id)
        assert new.token not in payload

    async def test_changes_nothing_the_second_time(self, acme: Tenant, new: Made) -> None:
        first = await service.revoke(acme.owner, new.key.id, now=NOW)
        before = await everything()

        answers = await asyncio.gather(
            *(service.revoke(acme.owner, new.key.id, now=NOW.replace(year=2027)) for _ in range(5))
        )
        assert [answer.value for answer in answers] == [first.value] * 5
        assert await everything() == before

    async def test_is_replayed_by_its_idempotency_key(self, acme: Tenant, new: Made) -> None:
        first = await service.revoke(acme.owner, new.key.id, idempotency_key="k", now=NOW)
        again = await service.revoke(acme.owner, new.key.id, idempotency_key="k", now=NOW)
        assert (first.is_replay, again.is_replay) == (False, True)
        assert again.value == first.value
        with pytest.raises(InvalidInput):
            await service.revoke(acme.owner, new.key.id, idempotency_key="", now=NOW)

    async def test_lets_a_key_end_itself(self, acme: Tenant, new: Made, keys: KeyVerifier) -> None:
        itself = await keys.verify(new.token, now=NOW)
        assert (await service.revoke(itself, new.key.id, now=NOW)).value.revoked_at == NOW

    async def test_is_denied_to_all_others_and_changes_nothing(
        self, settings: Settings, acme: Tenant, new: Made
    ) -> None:
        rival = await tenant(settings, "rival")
        in_test = Principal("api_key", ids.uuid7(), acme.key.orgs, acme.test.id)
        reader = Principal(
            "api_key", ids.uuid7(), {acme.org_id: frozenset({Permission.KEYS_READ})}, acme.live.id
        )
        people = [await member(acme, role) for role in (Role.MEMBER, Role.VIEWER)]
        before = await everything()

        for by in (rival.owner, rival.key, in_test):
            with pytest.raises(KeyNotFound):
                await service.revoke(by, new.key.id, now=NOW)
        with pytest.raises(KeyNotFound):
            await service.revoke(acme.owner, ApiKeyId(ids.uuid7()), now=NOW)
        for person in (*people, reader):
            with pytest.raises(Forbidden):
                await service.revoke(person, new.key.id, now=NOW)
        assert await everything() == before


class TestWithinASecond:
    async def test_every_process_refuses_the_key(self, settings: Settings, acme: Tenant, new: Made) -> None:
        """Two caches, as two processes have; both have the key fresh when it is revoked."""
        processes = [verifier(settings), verifier(settings)]
        for process in processes:
            await process.verify(new.token, now=NOW)

        await service.revoke(acme.owner, new.key.id, now=NOW)
        revoked = time.monotonic()
        last = await asyncio.gather(*(until_refused(process, new.token) for process in processes))

        assert verification._CACHE_SECONDS < 1
        assert all(at - revoked <= verification._CACHE_SECONDS for at in last)
        for process in processes:
            with pytest.raises(KeyInvalid):
                await process.verify(new.token, now=NOW)

    async def test_two_applications_refuse_it_while_redis_is_away(
        self, settings: Settings, acme: Tenant, new: Made
    ) -> None:
        async with network.wire_to(settings.require_redis_url()) as (wire, url):
            away = replace(settings, redis_url=url)
            async with serving(away) as first, serving(away) as second, aiohttp.ClientSession() as client:
                urls = [server.make_url("/v1/rate-limit") for server in (first, second)]

                async def status(url: URL) -> int:
                    async with client.get(url, headers=new.headers) as answer:
                        return answer.status

                async def until_refused(url: URL) -> float:
                    last, asked_at = 0.0, time.monotonic()
                    while await status(url) != 401:
                        await asyncio.sleep(0.01)
                        last, asked_at = asked_at, time.monotonic()
                    return last

                await wire.cut()
                assert [await status(url) for url in urls] == [200, 200]
                await service.revoke(acme.owner, new.key.id, now=NOW)
                revoked = time.monotonic()
                async with asyncio.timeout(60):
                    last = await asyncio.gather(*(until_refused(url) for url in urls))
                # Asked within the second was the last good answer; how long requests take is beside the point.
                assert all(at - revoked <= verification._CACHE_SECONDS for at in last)
                assert [await status(url) for url in urls] == [401, 401]


async def until_refused(process: KeyVerifier, token: str) -> float:
    """When it was asked last before it refused the key."""
    last = 0.0
    while True:
        asked_at = time.monotonic()
        try:
            await process.verify(token, now=NOW)
        except KeyInvalid:
            return last
        last = asked_at
        await asyncio.sleep(0.005)
