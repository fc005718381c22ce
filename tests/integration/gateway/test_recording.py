"""Calls that the database lost, as where it crashed before they were on its disk."""

import pytest

from app.core.config import Settings
from app.core.events import org_topic
from app.credits.types import ScopeKind
from app.gateway.running import Running
from app.gateway.service import Gateway
from app.infra import db, durability
from app.outbox import courier
from app.outbox.courier import Courier
from tests.factories import wallets
from tests.factories.orgs import NOW, Tenant
from tests.factories.senders import Recorder
from tests.integration.gateway.test_sweeping import acme, begun, books, gateway, is_clean
from tests.waiting import eventually

__all__ = ["acme", "gateway"]

_LOST = (
    "DELETE FROM gateway_call",
    "DELETE FROM credit_hold",
    "UPDATE credit_grant SET held = 0",
    "UPDATE wallet SET held = 0",
)


async def lost(monkeypatch: pytest.MonkeyPatch, gateway: Gateway, acme: Tenant) -> Running:
    """A call under way, of which nothing is left in the database."""
    with monkeypatch.context() as fault:
        fault.setattr(durability, "_FLUSH", "SELECT pg_terminate_backend(pg_backend_pid())")
        running = await begun(gateway, acme)
        await running.recorded()
    for statement in _LOST:
        await db.execute(statement)
    return running


class TestRecorded:
    async def test_says_that_nothing_has_to_be_written_anew(self, gateway: Gateway, acme: Tenant) -> None:
        running = await begun(gateway, acme)
        await running.recorded()
        running.abandon()
        await gateway.idle()
        assert (await books())[0] == 1
        assert gateway._opened == {}

    async def test_lets_a_call_be_metered_that_the_database_lost(
        self, monkeypatch: pytest.MonkeyPatch, gateway: Gateway, acme: Tenant
    ) -> None:
        running = await lost(monkeypatch, gateway, acme)
        running.abandon()
        await gateway.idle()
        [row] = await db.fetch("SELECT credits FROM usage_event")
        assert await books() == (1, 0, 1000 - row["credits"])
        assert row["credits"] > 0
        await is_clean()

    async def test_lets_it_be_paid_though_nobody_would_admit_it_by_now(
        self, monkeypatch: pytest.MonkeyPatch, settings: Settings, gateway: Gateway, acme: Tenant
    ) -> None:
        running = await lost(monkeypatch, gateway, acme)
        await wallets.budget(acme, ScopeKind.API_KEY, str(acme.key.id), 1)
        running.abandon()
        await gateway.idle()
        [row] = await db.fetch(
            "SELECT e.credits, l.amount, u.spent FROM usage_event e "
            "JOIN ledger_transaction l ON l.id = e.ledger_transaction_id CROSS JOIN budget_usage u"
        )
        assert row["credits"] == row["amount"] == row["spent"] > 1
        assert await books() == (1, 0, 1000 - row["credits"])
        await is_clean()


class TestBooks:
    async def test_wake_who_follows_the_wallet_and_the_usage(self, gateway: Gateway, acme: Tenant) -> None:
        recorder = Recorder()
        wallet, usage = (org_topic(noun, acme.org_id) for noun in ("wallet", "usage"))
        async with courier.running(Courier(recorder, recorder, clock=lambda: NOW)):
            running = await begun(gateway, acme)
            await eventually(lambda: recorder.woken == [wallet])
            running.abandon()
            await gateway.idle()
            await eventually(lambda: sorted(recorder.woken) == sorted([wallet, wallet, usage]))
