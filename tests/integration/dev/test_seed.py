"""The demo data, written to a real database."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from unittest.mock import patch

import pytest

from app.core.clock import utcnow
from app.core.config import Settings
from app.core.ids import OrgId
from app.core.inference import Usage
from app.core.principal import Permission, Principal
from app.credits import verification
from app.dev.seed import check, run
from app.infra import db, orm
from app.metering.types import EventType, Metered
from app.pricing import quoting
from app.pricing.book import PriceBook


@pytest.fixture(autouse=True)
def _open_orm() -> Iterator[None]:
    """Seeding opens and closes the ORM of its process, which here is that of all tests."""

    async def keep(*_: object, **__: object) -> None:
        return

    with patch.object(orm, "init", keep), patch.object(orm, "close", keep):
        yield


class TestIsComplete:
    async def test_after_a_seeding_with_the_key_that_it_gave(self, settings: Settings) -> None:
        seeded = await run.run(settings, token=None, now=utcnow())
        assert await check.is_complete(settings, seeded.api_key)

        again = await run.run(settings, token=seeded.api_key, now=utcnow())
        assert (again.added, again.api_key) == ([], seeded.api_key)

    async def test_is_not_while_somebody_could_not_sign_in(self, settings: Settings) -> None:
        """As with what a version seeded that knew no confirmed addresses."""
        seeded = await run.run(settings, token=None, now=utcnow())
        assert await db.fetchval("SELECT count(*) FROM user_account WHERE email_verified_at IS NULL") == 0
        await db.execute("UPDATE user_account SET email_verified_at = NULL")
        assert not await check.is_complete(settings, seeded.api_key)

        await run.run(settings, token=seeded.api_key, now=utcnow())
        assert await check.is_complete(settings, seeded.api_key)

    async def test_is_not_with_any_other_key(self, settings: Settings) -> None:
        token = (await run.run(settings, token=None, now=utcnow())).api_key
        other_secret = token[:-1] + ("0" if token[-1] != "0" else "1")
        kinds = {"lk_live_": "lk_test_", "lk_test_": "lk_live_"}
        other_environment = kinds[token[:8]] + token[8:]
        for other in (other_secret, other_environment):
            assert not await check.is_complete(settings, other)

    async def test_is_not_under_another_installations_secret(self, settings: Settings) -> None:
        token = (await run.run(settings, token=None, now=utcnow())).api_key
        assert not await check.is_complete(replace(settings, secret_key="x" * 44), token)


class TestCredit:
    async def test_is_there_once_and_adds_up(self, settings: Settings) -> None:
        seeded = await run.run(settings, token=None, now=utcnow())
        assert "6 wallets" in seeded.added
        before = await db.fetch("SELECT t::text FROM wallet t ORDER BY id")
        await db.execute("DELETE FROM budget WHERE scope_id = 'studio-nord'")

        again = await run.run(settings, token=seeded.api_key, now=utcnow())

        # Who was interrupted before the last step is completed without anything happening twice.
        assert again.added == ["1 wallets"]
        assert await db.fetch("SELECT t::text FROM wallet t ORDER BY id") == before
        assert await db.fetchval("SELECT count(*) FROM budget") == 4
        assert [finding async for finding in verification.findings()] == []

    async def test_is_of_customers_with_names_and_of_the_orgs_themselves(self, settings: Settings) -> None:
        await run.run(settings, token=None, now=utcnow())
        named = "SELECT count(*) FROM customer WHERE name IS NOT NULL"
        assert await db.fetchval(named) == await db.fetchval("SELECT count(*) FROM budget") == 4
        assert await db.fetchval("SELECT count(*) FROM wallet WHERE owner_kind = 'org' AND balance > 0") == 2


class TestPrices:
    async def test_give_a_quote_its_margin(self, settings: Settings) -> None:
        """The example of the documentation, as the demo key asks it."""
        seeded = await run.run(settings, token=None, now=utcnow())
        assert "2 burn tables" in seeded.added
        org_id = OrgId(await db.fetchval("SELECT id FROM org WHERE plan = 'PRO'"))
        asker = Principal("system", org_id, {org_id: frozenset({Permission.PRICES_READ})})
        call = Metered(EventType.TOKEN_USAGE, "openai", "gpt-4-turbo", Usage(1_000, 500))
        quote = await quoting.quote(
            asker, org_id, book=PriceBook(), question=quoting.Question(call), now=utcnow()
        )
        assert (quote.credits, quote.cost_usd) == (Decimal(5), Decimal("0.025"))
        assert quote.margin_percent == Decimal("50.00")

    async def test_are_added_to_what_an_older_version_seeded(self, settings: Settings) -> None:
        seeded = await run.run(settings, token=None, now=utcnow())
        await db.fetch("TRUNCATE burn_table CASCADE")
        assert not await check.is_complete(settings, seeded.api_key)
        again = await run.run(settings, token=seeded.api_key, now=utcnow())
        assert again.added == ["2 burn tables"]
        assert await check.is_complete(settings, seeded.api_key)


class TestWebhooks:
    async def test_are_an_endpoint_that_is_off_and_one_that_failed(self, settings: Settings) -> None:
        seeded = await run.run(settings, token=None, now=utcnow())
        assert "2 webhook endpoints" in seeded.added

        [row] = await db.fetch("SELECT state, attempts, last_status FROM webhook_delivery")
        assert tuple(row) == ("DEAD", 3, 504)
        assert await db.fetchval("SELECT count(*) FROM webhook_attempt") == 3
        assert await db.fetchval("SELECT count(*) FROM webhook_endpoint WHERE is_enabled") == 1


class TestRun:
    async def test_keeps_within_the_plan_however_often_the_key_is_lost(self, settings: Settings) -> None:
        tokens = [(await run.run(settings, token=None, now=utcnow())).api_key for _ in range(7)]

        assert len(set(tokens)) == 7
        assert await check.is_complete(settings, tokens[-1])
        places = """
            SELECT o.plan, count(*) FROM api_key k JOIN org o ON o.id = k.org_id
            WHERE revoked_at IS NULL AND replaced_by_id IS NULL GROUP BY o.plan
        """
        assert {row["plan"]: row["count"] for row in await db.fetch(places)} == {"FREE": 1, "PRO": 5}
