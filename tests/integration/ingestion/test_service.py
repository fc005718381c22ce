"""Usage that is sent: counted once, told item by item."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.principal import Permission, Principal
from app.credits.types import Owner, OwnerKind, ScopeKind
from app.customers import service as customers
from app.infra import db, telemetry
from app.ingestion.intake import Intake
from app.ingestion.types import Status
from tests.factories import databases, prices, usage, wallets
from tests.factories.orgs import NOW, Tenant, tenant
from tests.factories.usage import event, ingest, statuses

HOUR = timedelta(hours=1)


async def count(table: str) -> int:
    number: int = await db.fetchval(f"SELECT count(*) FROM {table}")
    return number


async def only(sql: str, *args: object) -> tuple[Any, ...]:
    rows = await db.fetch(sql, *args)
    assert len(rows) == 1
    return tuple(rows[0])


class TestIngest:
    async def test_tells_of_each_item_in_order_what_became_of_it(self, acme: Tenant) -> None:
        await ingest(acme, event("known"), event("other"))

        results = await ingest(
            acme,
            event("new"),
            event("known"),
            event("bad", input_tokens=-1),
            event("other", input_tokens=9),
            event("new"),
            event("new", input_tokens=9),
            {"event_type": "CUSTOM"},
        )

        assert [(result.event_id, result.status) for result in results] == [
            ("new", "accepted"),
            ("known", "duplicate"),
            ("bad", "invalid"),
            ("other", "conflict"),
            ("new", "duplicate"),
            ("new", "conflict"),
            (None, "invalid"),
        ]
        assert [error.field for error in results[2].errors] == ["input_tokens"]
        assert await count("usage_event") == 3

    async def test_takes_our_id_of_a_customer_for_the_org_s_own(
        self, settings: Settings, acme: Tenant
    ) -> None:
        rival = await tenant(settings, "rival")
        await ingest(acme, event("first", customer_id="law-firm-a"))
        await ingest(rival, event("first", customer_id="rivals"))
        mine, rivals = [
            ids.encode("cus", await db.fetchval("SELECT id FROM customer WHERE external_id = $1", name))
            for name in ("law-firm-a", "rivals")
        ]
        results = await ingest(
            acme,
            event("ours", customer_id=mine),
            event("rivals", customer_id=rivals),
            event("nobody", customer_id=ids.encode("cus", ids.uuid7())),
            event("stripes", customer_id="cus_NffrFeUfNV2Hib"),
            event("first", customer_id=mine),
        )

        assert [result.status for result in results] == [
            *("accepted", "invalid", "invalid", "accepted", "duplicate")
        ]
        assert {(error.field, error.code) for result in results for error in result.errors} == {
            ("customer_id", "customer_not_found")
        }
        rows = await db.fetch("SELECT event_id, customer_id FROM usage_event WHERE org_id = $1", acme.org_id)
        assert {row["event_id"]: row["customer_id"] for row in rows} == {
            "first": "law-firm-a",
            "ours": "law-firm-a",
            "stripes": "cus_NffrFeUfNV2Hib",
        }
        named = await db.fetch("SELECT external_id FROM customer WHERE org_id = $1", acme.org_id)
        assert {row["external_id"] for row in named} == {"law-firm-a", "cus_NffrFeUfNV2Hib"}

    async def test_keeps_the_event_as_it_was_said(self, acme: Tenant) -> None:
        said = event(
            "e",
            provider="OPENAI",
            model="gpt-4-turbo",
            customer_id="law-firm-a",
            user_id="u1",
            feature_id="research",
            cached_input_tokens=10,
            cache_write_tokens=20,
            reasoning_tokens=30,
            latency_ms=1_024,
            timestamp="2026-11-20T11:30:00+02:00",
            properties={"a": [1, {"b": None}]},
        )

        assert await statuses(acme, said) == ["accepted"]

        row = await db.fetchrow("SELECT * FROM usage_event")
        assert row is not None
        kept = dict(row)
        assert isinstance(kept.pop("id"), UUID)
        assert kept == {
            "org_id": acme.org_id,
            "workspace_id": acme.live.id,
            "event_id": "e",
            "event_type": "TOKEN_USAGE",
            "occurred_at": NOW - HOUR / 2,
            "received_at": NOW,
            "customer_id": "law-firm-a",
            "user_id": "u1",
            "feature_id": "research",
            "api_key_id": acme.key.id,
            "job_id": None,
            "provider": "openai",
            "model": "gpt-4-turbo",
            "input_tokens": 1_000,
            "output_tokens": 500,
            "cached_input_tokens": 10,
            "cache_write_tokens": 20,
            "reasoning_tokens": 30,
            "usage_source": "provider",
            "cost_usd": kept["cost_usd"],
            "credits": Decimal("1.5"),
            "cost_ref": kept["cost_ref"],
            "burn_ref": "default@1",
            "properties": '{"a": [1, {"b": null}]}',
            "unit_type": None,
            "quantity": None,
            "image_size": None,
            "image_quality": None,
            "latency_ms": 1_024,
            "revenue_usd": None,
            "payer_id": None,
            "ledger_transaction_id": None,
        }
        assert kept["cost_usd"] > 0
        assert await only("SELECT bucket, requests FROM usage_latency_hour") == (80, 1)

    async def test_keeps_images_and_units_of_the_orgs_own(self, acme: Tenant) -> None:
        image = {
            "event_id": "i",
            "event_type": "IMAGE_GENERATION",
            "provider": "openai",
            "model": "dall-e-3",
            "image_count": 2,
            "image_size": "1024x1024",
            "quality": "hd",
        }
        pages = {"event_id": "c", "event_type": "CUSTOM", "unit_type": "pages", "quantity": "5.5"}
        named = {"event_id": "n", "event_type": "SIGNATURE", "properties": {"a": 1}}

        assert await statuses(acme, image, pages, named) == ["accepted"] * 3

        rows = await db.fetch(
            "SELECT event_id, event_type, unit_type, quantity, image_size, image_quality, properties "
            "FROM usage_event ORDER BY event_id DESC"
        )
        assert [tuple(row) for row in rows] == [
            ("n", "CUSTOM", "SIGNATURE", 1, None, None, '{"a": 1, "event_type": "SIGNATURE"}'),
            ("i", "IMAGE_GENERATION", "images", 2, "1024x1024", "hd", "{}"),
            ("c", "CUSTOM", "pages", Decimal("5.5"), None, None, "{}"),
        ]

    @pytest.mark.parametrize(
        "again",
        [
            {"provider": "OpenAI"},
            {"timestamp": "2026-11-20T12:00:00+02:00"},
            {"cached_input_tokens": 0},
            {"properties": {"b": 2, "a": 1}},
            {"quantity": "3.0"},
        ],
    )
    async def test_takes_other_words_for_the_same(self, acme: Tenant, again: dict[str, Any]) -> None:
        said = event(
            "e", timestamp="2026-11-20T10:00:00Z", properties={"a": 1, "b": 2}, quantity=3, unit_type="x"
        )
        await ingest(acme, said)

        assert await statuses(acme, said | again) == ["duplicate"]
        assert await statuses(acme, said | again | {"output_tokens": 501}) == ["conflict"]

    async def test_knows_an_event_again_whose_time_was_that_of_its_receipt(self, acme: Tenant) -> None:
        await ingest(acme, event("e"))

        assert await statuses(acme, event("e"), now=NOW + HOUR) == ["duplicate"]

    async def test_takes_in_what_is_new_beside_what_was_known(self, acme: Tenant) -> None:
        """Of what is refused nothing is kept: not its customer, its latency or its sums."""
        await ingest(acme, event("a", customer_id="one", latency_ms=200), event("b", customer_id="one"))
        found = await statuses(
            acme,
            event("c", customer_id="two", latency_ms=300, properties={"k": 1}),
            event("a", customer_id="one", latency_ms=200),
            event("b", customer_id="three", latency_ms=400),
            event("d", customer_id="one", feature_id="f"),
        )

        assert found == ["accepted", "duplicate", "conflict", "accepted"]
        kept = await db.fetch(
            "SELECT event_id, customer_id, feature_id, latency_ms, properties FROM usage_event ORDER BY event_id"
        )
        assert [tuple(row) for row in kept] == [
            ("a", "one", None, 200, "{}"),
            ("b", "one", None, None, "{}"),
            ("c", "two", None, 300, '{"k": 1}'),
            ("d", "one", "f", None, "{}"),
        ]
        customers = await db.fetch("SELECT external_id FROM customer ORDER BY external_id")
        assert [row["external_id"] for row in customers] == ["one", "two"]

    async def test_makes_customers_when_they_are_first_named(self, acme: Tenant) -> None:
        await ingest(
            acme, event("a", customer_id="x"), event("b", customer_id="y"), event("c", customer_id="x")
        )
        await ingest(acme, event("d", customer_id="y"), event("bad", customer_id="z", input_tokens=-1))

        rows = await db.fetch("SELECT external_id, created_at FROM customer ORDER BY 1")
        assert [tuple(row) for row in rows] == [("x", NOW), ("y", NOW)]

    @pytest.mark.parametrize(
        ("age", "is_backfill", "status"),
        [
            (timedelta(days=34), False, "accepted"),
            (timedelta(days=34, seconds=1), False, "invalid"),
            (timedelta(days=34, seconds=1), True, "accepted"),
            (timedelta(days=3_654), True, "invalid"),
            (timedelta(minutes=-10), False, "accepted"),
            (timedelta(minutes=-10, seconds=-1), False, "invalid"),
            (timedelta(minutes=-10, seconds=-1), True, "invalid"),
        ],
    )
    async def test_takes_events_of_its_window(
        self, acme: Tenant, age: timedelta, is_backfill: bool, status: str
    ) -> None:
        at = (NOW - age).isoformat()

        assert await statuses(acme, event("e", timestamp=at), is_backfill=is_backfill) == [status]

    async def test_makes_partitions_for_a_backfill(self, acme: Tenant) -> None:
        at = [f"{year}-07-0{day}T00:00:00Z" for year in (2020, 2023) for day in (1, 2)]

        await ingest(acme, *(event(t, timestamp=t) for t in at), is_backfill=True)

        used = await db.fetch("SELECT DISTINCT tableoid::regclass::text AS name FROM usage_event ORDER BY 1")
        assert [row["name"] for row in used] == ["usage_event_2020_07", "usage_event_2023_07"]

    async def test_refuses_more_than_a_batch(self, acme: Tenant) -> None:
        with pytest.raises(InvalidInput) as raised:
            await ingest(acme, event("a"), event("b"), rules=replace(usage.RULES, max_events=1))

        assert [(e.field, e.code) for e in raised.value.field_errors] == [("events", "too_many")]
        assert await count("usage_event") == 0

    async def test_is_for_those_who_may(self, acme: Tenant, settings: Settings) -> None:
        before = await usage.everything()
        reader = Principal("user", acme.owner.id, {acme.org_id: frozenset({Permission.USAGE_READ})})

        with pytest.raises(Forbidden, match="usage:write"):
            await ingest(acme, event("e"), principal=reader)
        with pytest.raises(NotFound):
            await ingest(acme, event("e"), principal=(await tenant(settings, "rival")).key)
        assert await usage.everything() == before

    async def test_counts_what_became_of_events(self, acme: Tenant) -> None:
        def seen() -> list[float]:
            counters = [
                telemetry.USAGE_EVENTS.labels(status) for status in ("accepted", "duplicate", "invalid")
            ]
            return [counter._value.get() for counter in counters]

        before = seen()
        await ingest(acme, event("a"), event("b"), event("a"), event("c", input_tokens=-1))

        assert [now - then for now, then in zip(seen(), before, strict=True)] == [2, 1, 1]

    async def test_knows_customers_by_our_ids_too(self, acme: Tenant, settings: Settings) -> None:
        rival = await tenant(settings, "rival")
        await customers.ensure(acme.org_id, ["a"], now=NOW)
        await customers.ensure(rival.org_id, ["b"], now=NOW)
        ours, theirs = [
            ids.encode("cus", await db.fetchval("SELECT id FROM customer WHERE external_id = $1", name))
            for name in "ab"
        ]
        sent = [
            event("e1", customer_id=ours),
            event("e2", customer_id="a"),
            event("e3", customer_id="cus_Nffr"),
        ]

        results = await ingest(acme, *sent, event("e4", customer_id=theirs), event("e1", customer_id="a"))

        assert [result.status.value for result in results] == [*["accepted"] * 3, "invalid", "duplicate"]
        assert [(error.field, error.code) for error in results[3].errors] == [
            ("customer_id", "customer_not_found")
        ]
        found = await db.fetch("SELECT customer_id FROM usage_event ORDER BY event_id")
        assert [row["customer_id"] for row in found] == ["a", "a", "cus_Nffr"]
        made = await db.fetch("SELECT external_id FROM customer WHERE org_id = $1 ORDER BY 1", acme.org_id)
        assert [row["external_id"] for row in made] == ["a", "cus_Nffr"]

    async def test_keeps_orgs_apart(self, acme: Tenant, settings: Settings) -> None:
        rival = await tenant(settings, "rival")
        intake = Intake()

        both = await asyncio.gather(
            *(
                statuses(org, event("e", customer_id="c"), event(org.org), intake=intake)
                for org in (acme, rival, acme, rival)
            )
        )

        assert sorted(map(tuple, both)) == [("accepted",) * 2] * 2 + [("duplicate",) * 2] * 2
        assert await count("usage_event") == 4
        assert await count("customer") == 2

    async def test_leaves_to_jobs_the_ids_of_what_they_use(self, acme: Tenant) -> None:
        """Else whoever names one first keeps the job's end, and its bill, from ever being written."""
        theirs = f"job:{ids.uuid7()}:0"
        [refused, other] = await ingest(acme, event(theirs), event("job:42"))
        assert (refused.status, [error.code for error in refused.errors]) == (Status.INVALID, ["reserved"])
        assert other.status is Status.ACCEPTED
        [correction] = await ingest(acme, {"event_id": theirs, "voids": "job:42"})
        assert correction.status is Status.INVALID


class TestPrices:
    async def test_are_the_customers_of_its_tier_or_of_all_at_that_time(self, acme: Tenant) -> None:
        for audience, amount in ((prices.ALL, 1), (prices.tier("gold"), 2), (prices.customer("own"), 3)):
            await prices.published(
                acme, prices.rule(amount), audience=audience, credit_price="0.01", start=NOW
            )
        await customers.ensure(acme.org_id, ["golden", "own"], now=NOW)
        await db.execute("UPDATE customer SET tier = 'gold'")
        sent = {
            "none": event("none"),
            "plain": event("plain", customer_id="plain"),
            "gold": event("gold", customer_id="golden"),
            "own": event("own", customer_id="own"),
            "before": event("before", customer_id="own", timestamp=(NOW - HOUR).isoformat()),
        }

        assert await statuses(acme, *sent.values()) == ["accepted"] * 5

        rows = await db.fetch("SELECT event_id, credits, revenue_usd, burn_ref FROM usage_event")
        assert {row["event_id"]: row["credits"] for row in rows} == {
            "none": 1_500,
            "plain": 1_500,
            "gold": 3_000,
            "own": 4_500,
            "before": Decimal("1.5"),
        }
        assert {row["event_id"]: row["revenue_usd"] for row in rows if row["revenue_usd"]} == {
            "none": 15,
            "plain": 15,
            "gold": 30,
            "own": 45,
        }
        assert {row["burn_ref"][:5] for row in rows} == {"burn_", "defau"}
        assert await db.fetchval("SELECT sum(revenue_usd) FROM usage_rollup_hour") == 105

    async def test_that_are_not_known_leave_an_event_unrated(self, acme: Tenant) -> None:
        assert await statuses(acme, event("e", model="never-heard-of")) == ["accepted"]

        assert await only("SELECT unrated, cost_usd FROM usage_rollup_hour") == (1, 0)
        assert await only("SELECT cost_usd, cost_ref FROM usage_event") == (None, None)


class TestCredit:
    async def test_is_drawn_once_for_a_wallet_and_a_batch(self, acme: Tenant) -> None:
        wallet = await wallets.wallet(acme, 100)

        await ingest(acme, event("a"), event("b"))
        await ingest(acme, event("a"), event("b"))

        drawn = await only(
            "SELECT id, wallet_id, amount, balance_after FROM ledger_transaction WHERE kind = 'consume'"
        )
        assert drawn[1:] == (wallet, 3, 97)
        of = await db.fetch("SELECT DISTINCT ledger_transaction_id FROM usage_event")
        assert [row[0] for row in of] == [drawn[0]]

    async def test_becomes_debt_where_there_is_none(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 1)

        assert await statuses(acme, event("a")) == ["accepted"]

        assert await only("SELECT balance, debt FROM wallet") == (Decimal("-0.5"), Decimal("0.5"))

    async def test_adds_up_events_that_are_as_large_as_one_may_be(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 1)
        await prices.published(acme, prices.rule(600_000_000), credit_price="1", start=NOW)

        assert await statuses(acme, *(event(f"e{n}") for n in range(3))) == ["accepted"] * 3

        total = 2_700_000_000_000
        assert await only("SELECT debt FROM wallet") == (total - 1,)
        assert await only("SELECT credits, revenue_usd FROM usage_rollup_hour") == (total, total)

    async def test_comes_from_the_team_else_the_customer_else_the_org(self, acme: Tenant) -> None:
        org = await wallets.wallet(acme, 100)
        own = await wallets.wallet(acme, 100, owner=Owner(OwnerKind.CUSTOMER, "own"))
        teamed = await wallets.wallet(acme, 100, owner=Owner(OwnerKind.CUSTOMER, "teamed"))
        team = await wallets.wallet(acme, 100, owner=Owner(OwnerKind.TEAM, "red"))
        await ingest(acme, event("0", customer_id="teamed"))
        await db.execute("UPDATE customer SET team = 'red' WHERE external_id = 'teamed'")

        await ingest(
            acme,
            event("1"),
            event("2", customer_id="nobody"),
            event("3", customer_id="own"),
            event("4", customer_id="teamed"),
        )

        rows = await db.fetch("SELECT id, balance FROM wallet")
        assert {row["id"]: row["balance"] for row in rows} == {
            org: 97,
            own: Decimal("98.5"),
            teamed: Decimal("98.5"),
            team: Decimal("98.5"),
        }

    async def test_is_nobodys_where_a_team_has_none(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 100)
        await wallets.wallet(acme, 100, owner=Owner(OwnerKind.CUSTOMER, "c"))
        await customers.ensure(acme.org_id, ["c"], now=NOW)
        await db.execute("UPDATE customer SET team = 'red'")

        assert await statuses(acme, event("1", customer_id="c")) == ["accepted"]

        assert [row[0] for row in await db.fetch("SELECT balance FROM wallet")] == [100, 100]

    async def test_takes_grants_that_are_kept_for_a_feature(self, acme: Tenant) -> None:
        wallet = await wallets.wallet(acme, 100)
        kept = await wallets.grant(acme, wallet, 2, feature_id="chat", priority=1)

        await ingest(acme, event("1", feature_id="chat"), event("2", feature_id="other"), event("3"))

        assert await db.fetchval("SELECT remaining FROM credit_grant WHERE id = $1", kept) == Decimal("0.5")
        assert await db.fetchval("SELECT balance FROM wallet") == Decimal("97.5")

    async def test_of_a_test_workspace_is_its_own(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 100)
        await wallets.wallet(acme, 100, environment="test")
        key = replace(acme.key, workspace_id=acme.test.id, environment="test")

        await ingest(acme, event("a"), principal=key)

        rows = await db.fetch("SELECT environment, balance FROM wallet ORDER BY 1")
        assert [tuple(row) for row in rows] == [("live", 100), ("test", Decimal("98.5"))]

    async def test_is_not_drawn_for_history(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 100)

        await ingest(acme, event("a", timestamp="2024-01-01T00:00:00Z"), is_backfill=True)

        assert await db.fetchval("SELECT balance FROM wallet") == 100
        assert await db.fetchval("SELECT sum(credits) FROM usage_rollup_hour") == Decimal("1.5")

    async def test_counts_towards_every_budget_in_its_way(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 100)
        await wallets.wallet(acme, 100, owner=Owner(OwnerKind.TEAM, "red"))
        await customers.ensure(acme.org_id, ["c"], now=NOW)
        await db.execute("UPDATE customer SET team = 'red'")
        for kind, ref in (
            (ScopeKind.CUSTOMER, "c"),
            (ScopeKind.USER, "u"),
            (ScopeKind.TEAM, "red"),
            (ScopeKind.API_KEY, str(acme.key.id)),
            (ScopeKind.USER, "another"),
        ):
            await wallets.budget(acme, kind, ref, 1)

        await ingest(acme, event("1", customer_id="c"), event("2", customer_id="c", user_id="u"), event("3"))

        rows = await db.fetch(
            "SELECT scope_kind, scope_id, spent FROM budget_usage u JOIN budget ON id = budget_id ORDER BY 1"
        )
        assert [tuple(row) for row in rows] == [
            ("api_key", str(acme.key.id), Decimal("4.5")),
            ("customer", "c", 3),
            ("team", "red", 3),
            ("user", "u", Decimal("1.5")),
        ]


class TestConcurrency:
    async def test_goes_on_where_a_budget_is_removed_at_that_moment(
        self, acme: Tenant, settings: Settings
    ) -> None:
        await wallets.wallet(acme, 100)
        await wallets.budget(acme, ScopeKind.USER, "u", 50)
        async with databases.transaction(settings.require_database_url()) as remover:
            await remover.execute("DELETE FROM budget")
            sending = asyncio.create_task(statuses(acme, event("e", user_id="u")))
            async with asyncio.timeout(14):
                while not await databases.waiters(remover):
                    await asyncio.sleep(0.02)
        assert await sending == ["accepted"]
        assert await db.fetchval("SELECT balance FROM wallet") == Decimal("98.5")

    async def test_counts_one_of_many_at_once(self, acme: Tenant) -> None:
        """Through two processes, each of which merges its callers."""
        await wallets.wallet(acme, 1_000)
        intakes = Intake(), Intake()
        ids = [f"e{number}" for number in range(40)]

        async def send(number: int) -> list[str]:
            batch = ids[number % 7 :] + ids[: number % 7]
            return await statuses(
                acme,
                *(event(i, customer_id=f"c{int(i[1:]) % 5}") for i in (batch if number % 2 else batch[::-1])),
                intake=intakes[number % 2],
            )

        found = await asyncio.gather(*(send(number) for number in range(24)))

        assert Counter(status for each in found for status in each) == {"accepted": 40, "duplicate": 23 * 40}
        assert await only("SELECT sum(requests), sum(credits) FROM usage_rollup_hour") == (40, 60)
        assert await db.fetchval("SELECT balance FROM wallet") == 940

    async def test_shares_a_commit(self, acme: Tenant) -> None:
        """Fifty at once, of which the first two leave alone: all others in few statements."""
        intake = Intake()
        found = await asyncio.gather(*(statuses(acme, event(f"e{n}"), intake=intake) for n in range(50)))

        assert found == [["accepted"]] * 50
        commits = await db.fetchval("SELECT count(DISTINCT xmin::text) FROM usage_event")
        assert commits <= 10
