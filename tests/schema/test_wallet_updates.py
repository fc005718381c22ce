"""`walletUpdated`: told after every use of credit, without a row in the outbox for each."""

import asyncio
from contextlib import aclosing
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from gql import GraphQLRequest, gql
from gql.client import AsyncClientSession
from gql.transport.exceptions import TransportQueryError

from app.core import ids
from app.core.ids import WalletId
from app.credits.live import WalletFeeds
from app.infra import db
from tests.factories import wallets
from tests.factories.orgs import Tenant
from tests.schema.test_subscriptions import connected

FOLLOW = """subscription($id: ID!, $after: BigInt) {
  walletUpdated(id: $id, after: $after) { seq wallet { balance held available } }
}"""


def follow(session: AsyncClientSession, wallet_id: WalletId, **variables: Any) -> Any:
    wanted = {"id": ids.encode("wal", wallet_id), **variables}
    return session.subscribe(GraphQLRequest(gql(FOLLOW), variable_values=wanted))


class TestWalletUpdated:
    async def test_tells_what_is_left_after_each_use(self, server: TestServer, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 100)
        async with (
            connected(server, acme.headers) as session,
            asyncio.timeout(14),
            aclosing(follow(session, wallet_id)) as updates,
        ):
            first = (await anext(updates))["walletUpdated"]
            assert first["wallet"] == {"balance": "100", "held": "0", "available": "100"}
            rows = await db.fetchval("SELECT count(*) FROM outbox_message")
            await wallets.hold(acme, wallet_id, 30)
            second = (await anext(updates))["walletUpdated"]
            assert second["wallet"] == {"balance": "100", "held": "30", "available": "70"}
            assert await db.fetchval("SELECT count(*) FROM outbox_message") == rows
            await wallets.grant(acme, wallet_id, 5)
            third = (await anext(updates))["walletUpdated"]
            assert third["wallet"]["available"] == "75"
        assert first["seq"] < second["seq"] < third["seq"]

    async def test_goes_on_from_what_was_seen(self, server: TestServer, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 100)
        seq = await db.fetchval("SELECT seq FROM wallet WHERE id = $1", wallet_id)
        async with connected(server, acme.headers) as session, asyncio.timeout(14):
            async with aclosing(follow(session, wallet_id, after=seq)) as updates:
                waiting = asyncio.ensure_future(anext(updates))
                await asyncio.sleep(0.3)
                assert not waiting.done(), "nothing is new"
                await wallets.hold(acme, wallet_id, 1)
                assert (await waiting)["walletUpdated"]["seq"] > seq
            async with aclosing(follow(session, wallet_id, after=seq)) as again:
                assert (await anext(again))["walletUpdated"]["wallet"]["held"] == "1"

    async def test_makes_good_a_wake_up_that_was_lost(
        self, server: TestServer, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(WalletFeeds, "SAFETY_SECONDS", 0.2)
        wallet_id = await wallets.wallet(acme, 100)
        async with (
            connected(server, acme.headers) as session,
            asyncio.timeout(14),
            aclosing(follow(session, wallet_id)) as updates,
        ):
            await anext(updates)
            await db.execute("UPDATE wallet SET held = 7, seq = seq + 1 WHERE id = $1", wallet_id)
            assert (await anext(updates))["walletUpdated"]["wallet"]["held"] == "7"

    async def test_of_others_is_as_of_none(self, server: TestServer, acme: Tenant, rival: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 100)
        async with connected(server, rival.headers) as session, asyncio.timeout(14):
            for one in (wallet_id, WalletId(ids.uuid7())):
                with pytest.raises(TransportQueryError) as raised:
                    await anext(follow(session, one))
                assert raised.value.errors is not None
                assert raised.value.errors[0]["extensions"]["code"] == "wallet_not_found"
