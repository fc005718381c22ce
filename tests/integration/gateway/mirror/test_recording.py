"""Messages to the mirror are written with what they tell of, and only where a proxy is set."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import orjson
import pytest

from app.apikeys import closing
from app.apikeys import service as apikeys
from app.apikeys.errors import KeyRevoked
from app.apikeys.types import RotateApiKey, UpdateApiKey
from app.apikeys.verification import KeyVerifier
from app.core.config import Settings
from app.credits import budgets
from app.credits.types import Period, Scope, ScopeKind, SetBudget
from app.infra import db
from tests.factories import apikeys as factory
from tests.factories import limits
from tests.factories.apikeys import Made, made
from tests.factories.orgs import NOW, Tenant

DAY = timedelta(hours=24)


@pytest.fixture
def keys(settings: Settings) -> KeyVerifier:
    return factory.verifier(settings)


@pytest.fixture
async def key(acme: Tenant, settings: Settings) -> Made:
    """Made before anybody is told."""
    await limits.put_on(acme, "PRO")
    return await made(settings, acme.owner, acme.org_id, now=NOW)


async def told() -> list[str]:
    """The ids of keys in messages, which are forgotten then."""
    rows = await db.fetch("SELECT payload FROM outbox_message WHERE name = 'mirror_key' ORDER BY id")
    await db.execute("DELETE FROM outbox_message")
    payloads: list[Any] = [orjson.loads(row["payload"]) for row in rows]
    assert all(list(one["kwargs"]) == ["key_id"] for one in payloads), "ids alone"
    return [one["kwargs"]["key_id"] for one in payloads]


def budget(ref: str, kind: ScopeKind = ScopeKind.API_KEY) -> SetBudget:
    return SetBudget(Scope(kind, ref), "live", Period.DAY, Decimal(5), is_hard=True)


@pytest.mark.usefixtures("recorded")
class TestRecord:
    async def test_tells_of_all_that_becomes_of_a_key(
        self, acme: Tenant, key: Made, keys: KeyVerifier, settings: Settings
    ) -> None:
        key_id = str(key.key.id)
        await told()
        new = await made(settings, acme.owner, acme.org_id, now=NOW)
        assert await told() == [str(new.key.id)]
        await apikeys.update(acme.owner, key.key.id, command=UpdateApiKey(name="other"), now=NOW)
        assert await told() == [key_id]
        next_one = await apikeys.rotate(
            acme.owner, key.key.id, command=RotateApiKey(), verifier=keys, default_overlap=DAY, now=NOW
        )
        assert sorted(await told()) == sorted([key_id, str(next_one.key.id)])
        await apikeys.revoke(acme.owner, key.key.id, now=NOW)
        assert await told() == [key_id]

    async def test_tells_of_its_budgets(self, acme: Tenant, key: Made) -> None:
        await told()
        done = await budgets.set_budget(acme.owner, acme.org_id, command=budget(str(key.key.id)), now=NOW)
        assert await told() == [str(key.key.id)]
        await budgets.remove_budget(acme.owner, acme.org_id, budget_id=done.value.id, now=NOW)
        assert await told() == [str(key.key.id)]

    async def test_tells_of_no_other_budgets(self, acme: Tenant) -> None:
        await told()
        await budgets.set_budget(acme.owner, acme.org_id, command=budget("u1", ScopeKind.USER), now=NOW)
        assert await told() == []

    async def test_tells_of_the_keys_of_an_org_that_ends(self, acme: Tenant, key: Made) -> None:
        await told()
        await closing.revoke_all(acme.org_id, now=NOW)
        assert sorted(await told()) == sorted([str(acme.key.id), str(key.key.id)])
        await closing.revoke_all(acme.org_id, now=NOW)
        assert await told() == []

    async def test_tells_nothing_of_what_changed_nothing(self, acme: Tenant, key: Made) -> None:
        await apikeys.revoke(acme.owner, key.key.id, now=NOW)
        await told()
        with pytest.raises(KeyRevoked):
            await apikeys.update(acme.owner, key.key.id, command=UpdateApiKey(name="other"), now=NOW)
        await apikeys.revoke(acme.owner, key.key.id, now=NOW)
        assert await told() == []


class TestWithoutAProxy:
    async def test_nothing_is_written(self, acme: Tenant, key: Made) -> None:
        await apikeys.revoke(acme.owner, key.key.id, now=NOW)
        assert await told() == []
