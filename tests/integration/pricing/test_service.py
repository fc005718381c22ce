"""Writing prices, against the database that guards them."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import asyncpg
import pytest

from app.core.config import Settings
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.ids import BurnTableId, uuid7
from app.core.pagination import PageRequest
from app.core.principal import Role
from app.infra import db
from app.pricing import queries, service
from app.pricing.errors import (
    BurnTableEmpty,
    BurnTableNotFound,
    BurnTableOverlap,
    BurnTablePublished,
    ProviderPriceEnded,
    ProviderPriceNotFound,
    ProviderPriceOverlap,
)
from app.pricing.types import (
    BurnTableDraft,
    NewBurnTable,
    NewProviderPrice,
    PriceLine,
    Rule,
    RuleTier,
    TableStatus,
    table_ref,
)
from tests.factories import orgs, prices
from tests.factories.orgs import NOW, Tenant

DAY = timedelta(days=1)
UNKNOWN = BurnTableId(uuid7())


@pytest.fixture
async def tenant(settings: Settings) -> Tenant:
    return await orgs.tenant(settings)


async def everything() -> list[Any]:
    """All that prices are kept in, as it is."""
    return [
        await db.fetch(f"SELECT * FROM {table} ORDER BY id")
        for table in ("burn_table", "burn_rule", "provider_price", "audit_entry", "outbox_message")
    ]


async def audited(action: str) -> int:
    count: int = await db.fetchval("SELECT count(*) FROM audit_entry WHERE action = $1", action)
    return count


async def queued(tenant: Tenant) -> int:
    count: int = await db.fetchval(
        "SELECT count(*) FROM outbox_message WHERE name = 'rate_unrated' AND payload->'kwargs'->>'org_id' = $1",
        str(tenant.org_id),
    )
    return count


class TestCreateBurnTable:
    async def test_makes_a_draft_with_its_rules_in_order(self, tenant: Tenant) -> None:
        rules = [
            Rule(
                "tokens",
                Decimal("0.1"),
                Decimal(7),
                tiers=(RuleTier(Decimal(10), Decimal("2.000000000001")),),
            ),
            Rule("images", Decimal(3), provider="openai", model="dall-e*", image_size="1024x1024"),
        ]
        table = await prices.draft(tenant, *rules, credit_price="0.01")
        read = await queries.burn_table(tenant.owner, tenant.org_id, table.id)

        assert read == table
        assert (table.status, table.version, table.effective_from) == (TableStatus.DRAFT, 1, None)
        assert list(table.rules) == rules
        assert await audited("burn_table.created") == 1

    async def test_numbers_versions_by_audience(self, tenant: Tenant) -> None:
        made = [
            await prices.draft(tenant, audience=audience)
            for audience in (prices.ALL, prices.customer("a"), prices.ALL, prices.tier("a"), prices.ALL)
        ]

        assert [table.version for table in made] == [1, 1, 2, 1, 3]

    async def test_numbers_versions_without_a_gap_when_many_come_at_once(self, tenant: Tenant) -> None:
        made = await asyncio.gather(*(prices.draft(tenant) for _ in range(6)))

        assert sorted(table.version for table in made) == [1, 2, 3, 4, 5, 6]

    async def test_makes_one_draft_of_a_key(self, tenant: Tenant) -> None:
        command = NewBurnTable(BurnTableDraft("x", [prices.PER_TOKEN]), idempotency_key="k")
        first, second = [
            await service.create_burn_table(tenant.owner, tenant.org_id, command=command, now=NOW)
            for _ in range(2)
        ]

        assert first.value == second.value
        assert (first.is_replay, second.is_replay) == (False, True)

    async def test_names_every_fault(self, tenant: Tenant) -> None:
        before = await everything()
        rules = [
            Rule("", Decimal(-1), Decimal(0), provider="op*", model="g*t"),
            Rule("tokens", Decimal("1E-13"), image_size="1x1"),
            Rule("tokens", Decimal(1), tiers=tuple(RuleTier(Decimal(n), Decimal(1)) for n in (5, 5))),
            Rule("pages", Decimal("NaN")),
            Rule("TOKENS", Decimal(1), model="GPT"),
            Rule("TOKENS", Decimal(1), model="gpt"),
        ]
        with pytest.raises(InvalidInput) as refused:
            await prices.draft(tenant, *rules, credit_price="-1")

        assert {(error.field, error.code) for error in refused.value.errors} == {
            ("credit_price_usd", "out_of_range"),
            ("rules.0.unit", "length"),
            ("rules.0.credits", "out_of_range"),
            ("rules.0.per", "out_of_range"),
            ("rules.0.provider", "pattern"),
            ("rules.0.model", "pattern"),
            ("rules.1.credits", "too_precise"),
            ("rules.1.image_size", "unexpected"),
            ("rules.2.tiers.1.up_to", "not_ascending"),
            ("rules.3.credits", "out_of_range"),
            ("rules.5", "duplicate"),
        }
        assert await everything() == before

    async def test_is_refused_without_the_permission(self, tenant: Tenant) -> None:
        member = replace(tenant, owner=await orgs.member(tenant, Role.MEMBER))
        before = await everything()
        with pytest.raises(Forbidden):
            await prices.draft(member)

        assert await everything() == before


class TestUpdateBurnTable:
    async def test_replaces_what_a_draft_says(self, tenant: Tenant) -> None:
        table = await prices.draft(tenant, credit_price="1")
        draft = BurnTableDraft("Other", [prices.rule(2), prices.rule(3, "pages")])
        updated = await service.update_burn_table(tenant.owner, tenant.org_id, table.id, draft=draft, now=NOW)

        assert (updated.value.name, list(updated.value.rules), updated.value.credit_price_usd) == (
            "Other",
            draft.rules,
            None,
        )
        assert await audited("burn_table.updated") == 1

    async def test_leaves_a_published_one_alone(self, tenant: Tenant) -> None:
        table = await prices.published(tenant)
        before = await everything()
        draft = BurnTableDraft("Other", [prices.rule(2)])
        with pytest.raises(BurnTablePublished):
            await service.update_burn_table(tenant.owner, tenant.org_id, table.id, draft=draft, now=NOW)
        with pytest.raises(BurnTablePublished):
            await service.delete_burn_table(tenant.owner, tenant.org_id, table.id, now=NOW)

        assert await everything() == before

    async def test_does_not_see_another_orgs(self, tenant: Tenant, settings: Settings) -> None:
        other = await orgs.tenant(settings, "other")
        table = await prices.draft(other)
        before = await everything()
        draft = BurnTableDraft("Other", [prices.rule(2)])
        for table_id in (table.id, UNKNOWN):
            with pytest.raises(BurnTableNotFound):
                await service.update_burn_table(tenant.owner, tenant.org_id, table_id, draft=draft, now=NOW)
            with pytest.raises(BurnTableNotFound):
                await service.delete_burn_table(tenant.owner, tenant.org_id, table_id, now=NOW)
            with pytest.raises(BurnTableNotFound):
                await service.publish_burn_table(tenant.owner, tenant.org_id, table_id, now=NOW)
            with pytest.raises(BurnTableNotFound):
                await queries.burn_table(tenant.owner, tenant.org_id, table_id)
        with pytest.raises(NotFound):
            await queries.burn_table(tenant.owner, other.org_id, table.id)

        assert await everything() == before


class TestDeleteBurnTable:
    async def test_drops_a_draft_with_its_rules(self, tenant: Tenant) -> None:
        table = await prices.draft(tenant)
        await service.delete_burn_table(tenant.owner, tenant.org_id, table.id, now=NOW)

        assert await db.fetchval("SELECT count(*) FROM burn_rule") == 0
        assert await audited("burn_table.deleted") == 1


class TestPublishBurnTable:
    async def test_puts_it_in_force_and_asks_for_what_had_no_price(self, tenant: Tenant) -> None:
        table = await prices.published(tenant, start=NOW - DAY)

        assert (table.status, table.effective_from, table.effective_to) == (
            TableStatus.PUBLISHED,
            NOW - DAY,
            None,
        )
        assert await queued(tenant) == 1
        assert await audited("burn_table.published") == 1

    async def test_ends_the_version_before_in_the_same_moment(self, tenant: Tenant) -> None:
        first = await prices.published(tenant)
        second = await prices.published(tenant, start=NOW + DAY)
        third = await prices.published(tenant, audience=prices.customer("a"), start=NOW + 2 * DAY)
        read = await queries.burn_tables(tenant.owner, tenant.org_id, request=PageRequest())

        assert [(table.id, table.effective_to) for table in read.items] == [
            (third.id, None),
            (second.id, None),
            (first.id, NOW + DAY),
        ]

    @pytest.mark.parametrize("start", [NOW, NOW - DAY])
    async def test_names_the_table_that_it_would_overlap(self, tenant: Tenant, start: Any) -> None:
        first = await prices.published(tenant)
        draft = await prices.draft(tenant)
        before = await everything()
        with pytest.raises(BurnTableOverlap) as refused:
            await service.publish_burn_table(
                tenant.owner, tenant.org_id, draft.id, effective_from=start, now=NOW
            )

        assert refused.value.other == table_ref(first.id, 1)
        assert table_ref(first.id, 1) in str(refused.value)
        assert await everything() == before

    async def test_fills_a_gap_when_it_has_an_end(self, tenant: Tenant) -> None:
        await prices.published(tenant)
        earlier = await prices.published(tenant, start=NOW - DAY, end=NOW)

        assert earlier.effective_to == NOW

    async def test_with_an_end_ends_no_other(self, tenant: Tenant) -> None:
        await prices.published(tenant)
        with pytest.raises(BurnTableOverlap):
            await prices.published(tenant, start=NOW + DAY, end=NOW + 2 * DAY)

    async def test_refuses_a_table_without_rules(self, tenant: Tenant) -> None:
        command = NewBurnTable(BurnTableDraft("x", []))
        made = await service.create_burn_table(tenant.owner, tenant.org_id, command=command, now=NOW)
        with pytest.raises(BurnTableEmpty):
            await service.publish_burn_table(tenant.owner, tenant.org_id, made.value.id, now=NOW)

    async def test_happens_once(self, tenant: Tenant) -> None:
        table = await prices.draft(tenant)
        done = [
            await service.publish_burn_table(
                tenant.owner, tenant.org_id, table.id, idempotency_key="k", now=NOW
            )
            for _ in range(2)
        ]

        assert done[0].value == done[1].value
        assert await queued(tenant) == 1
        with pytest.raises(BurnTablePublished):
            await service.publish_burn_table(tenant.owner, tenant.org_id, table.id, now=NOW)

    async def test_of_two_at_once_is_done_one_after_the_other(self, tenant: Tenant) -> None:
        drafts = [await prices.draft(tenant) for _ in range(4)]
        outcomes = await asyncio.gather(
            *(
                service.publish_burn_table(
                    tenant.owner, tenant.org_id, draft.id, effective_from=NOW + n * DAY, now=NOW
                )
                for n, draft in enumerate(drafts)
            ),
            return_exceptions=True,
        )
        rows = await db.fetch(
            "SELECT effective_from, effective_to FROM burn_table WHERE status = 'published' ORDER BY 1"
        )

        assert all(isinstance(o, BurnTableOverlap) for o in outcomes if isinstance(o, BaseException))
        assert [row["effective_to"] for row in rows] == [
            *(row["effective_from"] for row in rows[1:]),
            None,
        ]


class TestDatabase:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE burn_table SET credit_price_usd = 9",
            "UPDATE burn_table SET effective_from = now()",
            "UPDATE burn_table SET status = 'draft', effective_from = NULL, published_at = NULL",
            "DELETE FROM burn_table",
            "UPDATE burn_rule SET credits = 9",
            "DELETE FROM burn_rule",
            "INSERT INTO burn_rule SELECT gen_random_uuid(), id, 9, '*', '*', 'x', NULL, NULL, 1, 1 FROM burn_table",
            "UPDATE provider_price SET prices = '{}'",
            "DELETE FROM provider_price",
        ],
    )
    async def test_refuses_to_change_what_was_published(self, tenant: Tenant, statement: str) -> None:
        await prices.published(tenant)
        await prices.own(tenant, "gpt-4o", 1)
        before = await everything()
        with pytest.raises(asyncpg.PostgresError, match="published"):
            await db.execute(statement)

        assert await everything() == before

    async def test_refuses_a_second_table_for_the_same_time(self, tenant: Tenant) -> None:
        """What the service's lock prevents, by itself."""
        await prices.published(tenant)
        with pytest.raises(asyncpg.ExclusionViolationError):
            await db.execute(
                "INSERT INTO burn_table SELECT gen_random_uuid(), org_id, name, audience_kind, audience_ref, 9, "
                "status, effective_from + interval '1 day', NULL, NULL, created_at, published_at FROM burn_table"
            )


class TestProviderPrice:
    async def test_takes_over_from_the_one_before(self, tenant: Tenant) -> None:
        first = await prices.own(tenant, "gpt-4o", "0.5")
        second = await prices.own(tenant, "gpt-4o", "0.25", start=NOW + DAY)
        rows = await db.fetch("SELECT id, effective_to FROM provider_price ORDER BY effective_from")

        assert [tuple(row) for row in rows] == [(first.id, NOW + DAY), (second.id, None)]
        assert await queued(tenant) == 2
        assert await audited("provider_price.created") == 2

    async def test_names_the_price_that_it_would_overlap(self, tenant: Tenant) -> None:
        await prices.own(tenant, "gpt-4o", 1)
        before = await everything()
        with pytest.raises(ProviderPriceOverlap) as refused:
            await prices.own(tenant, "GPT-4o", 2)

        assert str(refused.value.other).startswith("price_")
        assert await everything() == before

    async def test_ends_once(self, tenant: Tenant) -> None:
        price = await prices.own(tenant, "gpt-4o", 1)
        with pytest.raises(InvalidInput):
            await service.end_provider_price(
                tenant.owner, tenant.org_id, price.id, effective_to=NOW - DAY, now=NOW
            )
        ended = await service.end_provider_price(tenant.owner, tenant.org_id, price.id, now=NOW + DAY)
        with pytest.raises(ProviderPriceEnded):
            await service.end_provider_price(tenant.owner, tenant.org_id, price.id, now=NOW + 2 * DAY)

        assert ended.value == replace(price, effective_to=NOW + DAY)
        assert await audited("provider_price.ended") == 1

    async def test_of_another_org_is_not_there(self, tenant: Tenant, settings: Settings) -> None:
        other = await orgs.tenant(settings, "other")
        price = await prices.own(other, "gpt-4o", 1)
        before = await everything()
        with pytest.raises(ProviderPriceNotFound):
            await service.end_provider_price(tenant.owner, tenant.org_id, price.id, now=NOW + DAY)

        assert await everything() == before

    async def test_names_every_fault(self, tenant: Tenant) -> None:
        line = PriceLine("images", Decimal(-1), Decimal(0), "x" * 33)
        command = NewProviderPrice("a*", "*b", [line, line], NOW, NOW)
        with pytest.raises(InvalidInput) as refused:
            await service.create_provider_price(tenant.owner, tenant.org_id, command=command, now=NOW)

        assert {error.field for error in refused.value.errors} == {
            "provider",
            "model",
            "lines.0.usd",
            "lines.0.per",
            "lines.0.image_size",
            "lines.1",
            "lines.1.usd",
            "lines.1.per",
            "lines.1.image_size",
            "effective_to",
        }
