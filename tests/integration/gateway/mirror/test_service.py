"""The mirror against LiteLLM's routes over HTTP: whatever happens to either side, they come to say the same."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from app.apikeys import service as apikeys
from app.apikeys.types import UpdateApiKey
from app.core import ids
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.ids import ApiKeyId
from app.core.principal import Permission
from app.credits.types import ScopeKind
from app.gateway.mirror import service
from app.gateway.mirror.service import Mirror, MirrorUnsettled
from app.infra import db
from app.infra.litellm import LiteLlm, ProxyAway
from app.pricing.book import PriceBook
from tests.factories import limits, prices, wallets
from tests.factories.apikeys import Made, made
from tests.factories.orgs import Tenant
from tests.fakes.litellm import MASTER_KEY, FakeLiteLlm
from tests.integration.gateway.mirror.conftest import VIRTUAL_KEYS


@pytest.fixture
async def key(acme: Tenant, settings: Settings) -> Made:
    await limits.put_on(acme, "ENTERPRISE")
    return await a_key(acme, settings)


async def a_key(acme: Tenant, settings: Settings, **wishes: Any) -> Made:
    wishes = {"scopes": [Permission.GATEWAY_USE], **wishes}
    return await made(settings, acme.owner, acme.org_id, now=utcnow(), **wishes)


async def change(acme: Tenant, key: Made, **wishes: Any) -> None:
    await apikeys.update(acme.owner, key.key.id, command=UpdateApiKey(**wishes), now=utcnow())


async def revoke(acme: Tenant, key: Made) -> None:
    await apikeys.revoke(acme.owner, key.key.id, now=utcnow())


async def settle(mirror: Mirror, *keys: Made, now: datetime | None = None) -> int:
    return await mirror.settle([one.key.id for one in keys], now=now or utcnow())


def known(proxy: FakeLiteLlm, key: Made) -> dict[str, Any]:
    found = proxy.by_alias(ids.encode("key", key.key.id))
    assert found is not None
    return found


def once(act: Callable[[], Awaitable[None]]) -> Callable[[str, Any], Awaitable[None]]:
    """For the first write alone: the next ones go through."""
    is_done = False

    async def run(_path: str, _body: Any) -> None:
        nonlocal is_done
        if not is_done:
            is_done = True
            await act()

    return run


class TestSettle:
    async def test_makes_a_key_as_it_is_here(
        self, acme: Tenant, mirror: Mirror, proxy: FakeLiteLlm, key: Made, settings: Settings
    ) -> None:
        limited = await a_key(
            acme,
            settings,
            allowed_models=["litellm/gpt-4o*"],
            tokens_per_minute=9_000,
            expires_at=utcnow() + timedelta(days=30),
        )
        await prices.published(acme, prices.rule(1), credit_price="0.02")
        await wallets.budget(acme, ScopeKind.API_KEY, str(limited.key.id), 500, period="month")
        assert await settle(mirror, key, limited) == 2

        found = known(proxy, limited)
        assert (found["models"], found["tpm_limit"]) == (["gpt-4o*"], 9_000)
        assert (found["max_budget"], found["budget_duration"]) == (10.0, "1mo")
        assert abs(found["expires"] - limited.key.expires_at) < timedelta(seconds=5)
        assert found["metadata"]["launchkit_org"] == acme.org
        free = known(proxy, key)
        assert (free["models"], free["tpm_limit"], free["max_budget"], free["expires"]) == (
            [],
            None,
            None,
            None,
        )
        assert proxy.knows(VIRTUAL_KEYS.of(key.key.id))

    async def test_changes_nothing_when_it_comes_again(
        self, mirror: Mirror, proxy: FakeLiteLlm, key: Made
    ) -> None:
        await settle(mirror, key)
        before = list(proxy.writes)
        assert await settle(mirror, key) == 0
        assert proxy.writes == before == ["/key/generate"]

    async def test_follows_changes_and_ends(
        self, acme: Tenant, mirror: Mirror, proxy: FakeLiteLlm, key: Made
    ) -> None:
        await settle(mirror, key)
        await change(acme, key, allowed_models=["claude-*"], tokens_per_minute=50)
        await settle(mirror, key)
        assert (known(proxy, key)["models"], known(proxy, key)["tpm_limit"]) == (["claude-*"], 50)
        await change(acme, key, allowed_models=None, tokens_per_minute=None)
        await settle(mirror, key)
        assert (known(proxy, key)["models"], known(proxy, key)["tpm_limit"]) == ([], None)
        await revoke(acme, key)
        await settle(mirror, key)
        assert await settle(mirror, key) == 0, "it is gone"
        assert proxy.keys == {}
        assert proxy.writes == ["/key/generate", "/key/update", "/key/update", "/key/delete"]

    async def test_takes_a_budget_away_again(
        self, acme: Tenant, mirror: Mirror, proxy: FakeLiteLlm, key: Made
    ) -> None:
        await prices.published(acme, prices.rule(1), credit_price="0.02")
        await wallets.budget(acme, ScopeKind.API_KEY, str(key.key.id), 500, period="day")
        await wallets.budget(acme, ScopeKind.API_KEY, str(key.key.id), 900, period="total")
        await settle(mirror, key)
        found = known(proxy, key)
        assert (found["max_budget"], found["budget_duration"]) == (18.0, None)
        assert [(w["budget_duration"], w["max_budget"]) for w in found["budget_limits"]] == [("1d", 10.0)]
        await db.execute("DELETE FROM budget")
        await settle(mirror, key)
        assert (known(proxy, key)["max_budget"], known(proxy, key)["budget_limits"]) == (None, [])

    @pytest.mark.parametrize("ended", ["expired", "closing", "without the scope"])
    async def test_knows_no_key_that_cannot_call_models(
        self, acme: Tenant, mirror: Mirror, proxy: FakeLiteLlm, key: Made, ended: str
    ) -> None:
        await settle(mirror, key)
        match ended:
            case "expired":
                await db.execute("UPDATE api_key SET expires_at = now() WHERE id = $1", key.key.id)
            case "closing":
                await db.execute("UPDATE org SET deletion_due_at = now() WHERE id = $1", acme.org_id)
            case _:
                await db.execute("UPDATE api_key SET scopes = '{jobs:read}' WHERE id = $1", key.key.id)
        await settle(mirror, key, now=utcnow() + timedelta(seconds=1))
        assert proxy.keys == {}

    async def test_of_a_key_that_is_nowhere_does_nothing(self, mirror: Mirror, proxy: FakeLiteLlm) -> None:
        assert await mirror.settle([ApiKeyId(ids.uuid7())], now=utcnow()) == 0
        assert proxy.writes == []


class TestFaults:
    @pytest.mark.parametrize("mood", ["failing", "silent"])
    async def test_of_the_proxy_are_raised_and_made_good_later(
        self, mirror: Mirror, proxy: FakeLiteLlm, key: Made, mood: str
    ) -> None:
        proxy.mood = mood
        with pytest.raises(ProxyAway) as caught:
            await settle(mirror, key)
        assert MASTER_KEY not in str(caught.value)
        proxy.mood = "well"
        assert await settle(mirror, key) == 1

    async def test_where_nobody_answers_are_raised(self, key: Made) -> None:
        alone = Mirror(LiteLlm("http://127.0.0.1:1", MASTER_KEY), VIRTUAL_KEYS, PriceBook())
        with pytest.raises(ProxyAway):
            await settle(alone, key)
        await alone.close()

    async def test_of_the_master_key_are_worth_waiting(self, proxy: FakeLiteLlm, key: Made) -> None:
        """It is the operator's to mend; the message stays."""
        wrong = Mirror(LiteLlm(proxy.url, "sk-wrong"), VIRTUAL_KEYS, PriceBook())
        with pytest.raises(ProxyAway, match="401"):
            await settle(wrong, key)
        await wrong.close()

    async def test_an_answer_that_was_lost_is_found_done(
        self, mirror: Mirror, proxy: FakeLiteLlm, key: Made
    ) -> None:
        proxy.is_lost_after_write = True
        with pytest.raises(ProxyAway):
            await settle(mirror, key)
        assert await settle(mirror, key) == 0
        assert proxy.writes == ["/key/generate"]

    async def test_a_key_that_is_refused_keeps_no_other_waiting(
        self, acme: Tenant, mirror: Mirror, proxy: FakeLiteLlm, key: Made, settings: Settings
    ) -> None:
        other = await a_key(acme, settings)

        async def refuse(_path: str, body: Any) -> None:
            proxy.mood = "refusing" if body["key_alias"] == ids.encode("key", key.key.id) else "well"

        proxy.before_write = refuse
        with capture_logs() as logs:
            assert await settle(mirror, key, other) == 1
        assert [line["event"] for line in logs] == ["mirror.refused"]
        assert "Not like this" in logs[0]["error"]
        assert VIRTUAL_KEYS.of(key.key.id) not in repr(logs)
        assert known(proxy, other)


class TestRaces:
    async def test_a_key_that_ends_while_it_is_made_does_not_stay(
        self, acme: Tenant, mirror: Mirror, proxy: FakeLiteLlm, key: Made
    ) -> None:
        proxy.before_write = once(lambda: revoke(acme, key))
        await settle(mirror, key)
        assert proxy.keys == {}

    async def test_the_older_of_two_that_write_last_looks_again(
        self, acme: Tenant, mirror: Mirror, proxy: FakeLiteLlm, key: Made
    ) -> None:
        """The newer one has come and gone before the older one's write arrives."""
        await settle(mirror, key)
        await change(acme, key, tokens_per_minute=1)

        async def newer() -> None:
            await change(acme, key, tokens_per_minute=2)
            await settle(mirror, key)

        proxy.before_write = once(newer)
        await settle(mirror, key)
        assert known(proxy, key)["tpm_limit"] == 2

    async def test_what_another_did_first_is_no_refusal(
        self, acme: Tenant, mirror: Mirror, proxy: FakeLiteLlm, key: Made
    ) -> None:
        """It is made, changed or removed between our look and our write."""

        async def other() -> None:
            await settle(mirror, key)

        with capture_logs() as logs:
            proxy.before_write = once(other)
            await settle(mirror, key)
            assert len(proxy.keys) == 1
            await change(acme, key, tokens_per_minute=9)

            async def gone() -> None:
                await revoke(acme, key)
                await settle(mirror, key)

            proxy.before_write = once(gone)
            await settle(mirror, key)
            assert proxy.keys == {}
        assert logs == []

    async def test_is_removed_by_two_at_once(
        self, acme: Tenant, mirror: Mirror, proxy: FakeLiteLlm, key: Made
    ) -> None:
        await settle(mirror, key)
        await revoke(acme, key)

        async def other() -> None:
            await settle(mirror, key)

        proxy.before_write = once(other)
        with capture_logs() as logs:
            await settle(mirror, key)
        assert (proxy.keys, logs) == ({}, [])

    async def test_many_at_once_make_one_key(self, mirror: Mirror, proxy: FakeLiteLlm, key: Made) -> None:
        await asyncio.gather(*(settle(mirror, key) for _ in range(20)))
        assert len(proxy.keys) == 1
        assert await settle(mirror, key) == 0

    async def test_many_at_once_remove_it(
        self, acme: Tenant, mirror: Mirror, proxy: FakeLiteLlm, key: Made
    ) -> None:
        await settle(mirror, key)
        await revoke(acme, key)
        await asyncio.gather(*(settle(mirror, key) for _ in range(20)))
        assert proxy.keys == {}

    async def test_one_that_never_ends_is_given_up_for_now(
        self, acme: Tenant, mirror: Mirror, proxy: FakeLiteLlm, key: Made
    ) -> None:
        async def again(_path: str, _body: Any) -> None:
            await db.execute(
                "UPDATE api_key SET tokens_per_minute = coalesce(tokens_per_minute, 0) + 1 WHERE id = $1",
                key.key.id,
            )

        proxy.before_write = again
        with pytest.raises(MirrorUnsettled):
            await settle(mirror, key)


class TestWalk:
    async def test_gives_a_proxy_that_was_set_up_anew_its_keys_page_by_page(
        self,
        acme: Tenant,
        mirror: Mirror,
        proxy: FakeLiteLlm,
        key: Made,
        settings: Settings,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(service, "PAGE", 2)
        keys = [key, *[await a_key(acme, settings) for _ in range(3)]]
        await revoke(acme, keys[-1])
        await settle(mirror, *keys)
        proxy.keys.clear()

        after, pages = None, 0
        while True:
            await db.execute("DELETE FROM outbox_message")
            await mirror.walk(after, now=utcnow())
            pages += 1
            after = await db.fetchval("SELECT (payload->'kwargs'->>'after')::uuid FROM outbox_message")
            if after is None:
                break
        # With acme's first key, which has every scope, and the revoked one.
        assert pages == 3
        assert {row["key_alias"] for row in proxy.keys.values()} == {
            ids.encode("key", key_id) for key_id in (acme.key.id, *(one.key.id for one in keys[:3]))
        }

    async def test_removes_what_was_revoked_while_nobody_was_told(
        self, acme: Tenant, mirror: Mirror, proxy: FakeLiteLlm, key: Made
    ) -> None:
        await settle(mirror, key)
        await revoke(acme, key)
        await mirror.walk(None, now=utcnow())
        assert {row["key_alias"] for row in proxy.keys.values()} == {ids.encode("key", acme.key.id)}

    async def test_repairs_what_was_changed_there(
        self, mirror: Mirror, proxy: FakeLiteLlm, key: Made
    ) -> None:
        await settle(mirror, key)
        known(proxy, key)["max_budget"] = 1_000.0
        known(proxy, key)["metadata"]["team"] = "core"
        await mirror.walk(None, now=utcnow())
        assert (known(proxy, key)["max_budget"], known(proxy, key)["metadata"]["team"]) == (None, "core")

    async def test_is_begun_once_however_many_schedulers_there_are(self, settings: Settings) -> None:
        for _ in range(3):
            await service.begin_walk(now=utcnow())
        rows = await db.fetch("SELECT name, payload FROM outbox_message")
        assert [row["name"] for row in rows] == ["mirror_page"]
