"""Endpoints and what may be done to them."""

from datetime import timedelta
from typing import Any

import pytest

from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, InvalidInput
from app.core.ids import WebhookDeliveryId, WebhookEndpointId
from app.core.pagination import PageRequest
from app.core.principal import Role
from app.infra import db
from app.webhooks import delivering, queries, redelivery, secrets, service
from app.webhooks.delivering import Result
from app.webhooks.errors import (
    DeliveryNotFound,
    DeliveryUnderWay,
    EndpointDisabled,
    EndpointLimitReached,
    EndpointNotFound,
)
from app.webhooks.retrying import WINDOW, Next, Outcome, State
from app.webhooks.secrets import SecretUnreadable, Vault
from app.webhooks.types import CreateEndpoint, DeliveryFilter, UpdateEndpoint
from tests.factories import webhooks
from tests.factories.orgs import NOW, Tenant, member, tenant
from tests.factories.webhooks import NOWHERE, VAULT
from tests.fakes.outside import client

URL = "https://hooks.example/a?token=hidden"


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


async def create(acme: Tenant, **wishes: Any) -> Any:
    command = CreateEndpoint(**{"url": URL, **wishes})
    return await service.create(
        acme.owner, acme.org_id, command=command, vault=VAULT, outbound=NOWHERE, now=NOW
    )


async def update(acme: Tenant, endpoint_id: WebhookEndpointId, **wishes: Any) -> Any:
    command = UpdateEndpoint(**wishes)
    done = await service.update(acme.owner, endpoint_id, command=command, outbound=NOWHERE, now=NOW)
    return done.value


async def snapshot() -> list[str]:
    tables = ("webhook_endpoint", "webhook_delivery", "audit_entry", "outbox_message")
    return [
        row["t"]
        for table in tables
        for row in await db.fetch(f"SELECT t::text AS t FROM {table} t ORDER BY 1")
    ]


class TestCreate:
    async def test_shows_the_secret_once_and_keeps_it_sealed(self, acme: Tenant) -> None:
        new = await create(acme, idempotency_key="k")
        again = await create(acme, idempotency_key="k")

        assert new.secret.startswith("whsec_")
        assert (again.secret, again.is_replay, again.endpoint) == (None, True, new.endpoint)
        stored = await db.fetchval("SELECT secret FROM webhook_endpoint")
        assert new.secret.encode() not in stored
        assert VAULT.open(new.endpoint.id, stored) == new.secret

    async def test_leaves_a_trace_without_secrets(self, acme: Tenant) -> None:
        new = await create(acme)

        [row] = await db.fetch(
            "SELECT t::text AS text, target_id FROM audit_entry t WHERE action = 'webhook_endpoint.created'"
        )
        assert row["target_id"] == new.endpoint.id
        assert "hidden" not in row["text"]
        assert new.secret not in row["text"]

    @pytest.mark.parametrize(
        ("wishes", "field"),
        [
            ({"url": "ftp://hooks.example"}, "url"),
            ({"url": "https://user:password@hooks.example"}, "url"),
            ({"url": "https://10.0.0.1/"}, "url"),
            ({"description": "x" * 201}, "description"),
            ({"event_types": []}, "event_types"),
            ({"event_types": ["job.unheard_of"]}, "event_types.0"),
            ({"max_concurrency": 0}, "max_concurrency"),
            ({"rate_per_second": 0}, "rate_per_second"),
            ({"idempotency_key": ""}, "idempotency_key"),
        ],
    )
    async def test_names_what_is_wrong_and_makes_nothing(
        self, acme: Tenant, wishes: dict[str, Any], field: str
    ) -> None:
        before = await snapshot()
        with pytest.raises(InvalidInput) as caught:
            await create(acme, **wishes)

        assert [fault.field for fault in caught.value.errors] == [field]
        assert await snapshot() == before

    async def test_refuses_more_than_an_org_may_have(
        self, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(service, "MAX_ENDPOINTS", 1)
        await create(acme)
        with pytest.raises(EndpointLimitReached):
            await create(acme)

        assert await db.fetchval("SELECT count(*) FROM webhook_endpoint") == 1

    async def test_refuses_who_is_no_admin(self, acme: Tenant) -> None:
        person = await member(acme, Role.MEMBER)
        with pytest.raises(Forbidden):
            await service.create(
                person, acme.org_id, command=CreateEndpoint(URL), vault=VAULT, outbound=NOWHERE, now=NOW
            )

        assert await db.fetchval("SELECT count(*) FROM webhook_endpoint") == 0


class TestUpdate:
    async def test_changes_what_is_named_and_leaves_the_rest(self, acme: Tenant) -> None:
        made = await create(acme, description="old", rate_per_second=5)
        after = await update(acme, made.endpoint.id, description="new", rate_per_second=None)

        assert (after.description, after.rate_per_second, after.url) == ("new", None, URL)
        assert await queries.get(acme.owner, made.endpoint.id) == after

    async def test_writes_nothing_where_nothing_is_different(self, acme: Tenant) -> None:
        made = await create(acme)
        before = await snapshot()
        await update(acme, made.endpoint.id, url=URL, event_types=["*"], is_enabled=True)

        assert await snapshot() == before

    async def test_looks_at_a_new_address_as_at_the_first(self, acme: Tenant) -> None:
        made = await create(acme)
        async with client() as outbound:
            with pytest.raises(InvalidInput):
                await service.update(
                    acme.owner,
                    made.endpoint.id,
                    command=UpdateEndpoint(url="https://169.254.169.254/"),
                    outbound=outbound,
                    now=NOW,
                )

        assert (await queries.get(acme.owner, made.endpoint.id)).url == URL

    async def test_switches_off_and_on(self, acme: Tenant) -> None:
        made = await create(acme)
        off = await update(acme, made.endpoint.id, is_enabled=False)
        assert (off.is_enabled, off.disabled_reason, off.disabled_at) == (False, "manual", NOW)

        on = await update(acme, made.endpoint.id, is_enabled=True)
        assert (on.is_enabled, on.disabled_reason, on.disabled_at) == (True, None, None)


class TestRotate:
    async def test_keeps_the_secret_before_for_a_day(self, acme: Tenant) -> None:
        made = await create(acme)
        rotated = await service.rotate(acme.owner, made.endpoint.id, vault=VAULT, now=NOW)
        row = await db.fetchrow("SELECT * FROM webhook_endpoint")
        assert row is not None

        assert VAULT.open(made.endpoint.id, row["secret"]) == rotated.secret != made.secret
        assert VAULT.open(made.endpoint.id, row["previous_secret"]) == made.secret
        assert row["previous_secret_until"] == NOW + timedelta(hours=24)


class TestDelete:
    async def test_ends_it_and_forgets_its_secrets(self, acme: Tenant) -> None:
        made = await create(acme)
        await webhooks.tell(acme)
        await service.delete(acme.owner, made.endpoint.id, now=NOW)

        with pytest.raises(EndpointNotFound):
            await queries.get(acme.owner, made.endpoint.id)
        assert await db.fetchval("SELECT secret FROM webhook_endpoint") == b""
        assert await delivering.claim(limit=10, now=NOW + timedelta(days=1)) == []
        assert await delivering.bury(now=NOW) == 1
        page = await queries.deliveries(
            acme.owner, acme.org_id, request=PageRequest(), wanted=DeliveryFilter(state=State.DEAD)
        )
        assert len(page.items) == 1

    async def test_of_all_is_for_orgs_that_end(self, settings: Settings, acme: Tenant) -> None:
        rival = await tenant(settings, "rival")
        await create(acme)
        kept = await create(rival)
        await service.delete_all(acme.org_id, now=NOW)

        rows = await db.fetch("SELECT id FROM webhook_endpoint WHERE deleted_at IS NULL")
        assert [row["id"] for row in rows] == [kept.endpoint.id]


class TestRedeliver:
    async def test_makes_a_delivery_that_is_dead_due_again_for_a_day(self, acme: Tenant) -> None:
        await create(acme)
        await webhooks.tell(acme, now=NOW)
        [row] = await db.fetch(
            "UPDATE webhook_delivery SET state = 'DEAD', finished_at = $1 RETURNING id", NOW
        )
        later = NOW + timedelta(days=3)
        done = await redelivery.redeliver(
            acme.owner, WebhookDeliveryId(row["id"]), idempotency_key="k", now=later
        )
        replay = await redelivery.redeliver(
            acme.owner, WebhookDeliveryId(row["id"]), idempotency_key="k", now=later
        )

        assert (done.value.state, done.value.due_at, done.value.finished_at) == (State.PENDING, later, None)
        assert (replay.is_replay, replay.value) == (True, done.value)
        assert await db.fetchval("SELECT retry_until FROM webhook_delivery") == later + WINDOW
        assert (
            await db.fetchval("SELECT count(*) FROM audit_entry WHERE action = 'webhooks.redelivered'") == 1
        )

    async def test_leaves_alone_what_is_being_sent(self, acme: Tenant) -> None:
        await create(acme)
        await webhooks.tell(acme, now=NOW)
        [taken] = await delivering.claim(limit=1, now=NOW)
        before = await snapshot()
        with pytest.raises(DeliveryUnderWay):
            await redelivery.redeliver(acme.owner, taken.id, now=NOW)

        assert await snapshot() == before

    async def test_of_another_orgs_is_of_nothing(self, settings: Settings, acme: Tenant) -> None:
        rival = await tenant(settings, "rival")
        made = await create(rival)
        await webhooks.tell(rival, now=NOW)
        [row] = await db.fetch("SELECT id FROM webhook_delivery")
        before = await snapshot()
        with pytest.raises(DeliveryNotFound):
            await redelivery.redeliver(acme.owner, WebhookDeliveryId(row["id"]), now=NOW)
        with pytest.raises(EndpointNotFound):
            await redelivery.redeliver_since(acme.owner, made.endpoint.id, since=NOW, now=NOW)

        assert await snapshot() == before

    async def test_since_a_moment_takes_the_dead_and_if_wanted_what_arrived(self, acme: Tenant) -> None:
        made = await create(acme)
        for hours in (0, 1, 2):
            await webhooks.tell(acme, count=2, now=NOW + timedelta(hours=hours))
        dead = "state = 'DEAD', finished_at = created_at"
        await db.execute(f"UPDATE webhook_delivery SET {dead}")
        newest = "SELECT max(id::text)::uuid FROM webhook_delivery"
        await db.execute(f"UPDATE webhook_delivery SET state = 'SUCCEEDED' WHERE id = ({newest})")
        since, now = NOW + timedelta(hours=1), NOW + timedelta(hours=3)
        first = await redelivery.redeliver_since(acme.owner, made.endpoint.id, since=since, now=now)
        second = await redelivery.redeliver_since(
            acme.owner, made.endpoint.id, since=since, includes_succeeded=True, now=now
        )

        assert (first.value.count, second.value.count) == (3, 1)
        assert not first.value.has_more

    async def test_since_a_moment_goes_on_behind_what_has_arrived_again(
        self, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(redelivery, "_MOST_AT_ONCE", 2)
        made = await create(acme)
        await webhooks.tell(acme, count=5, now=NOW)
        arrived = "UPDATE webhook_delivery SET state = 'SUCCEEDED', finished_at = created_at"
        counts, after = [], None
        for _ in range(3):
            await db.execute(arrived)
            done = await redelivery.redeliver_since(
                acme.owner, made.endpoint.id, since=NOW, includes_succeeded=True, after=after, now=NOW
            )
            counts.append((done.value.count, done.value.has_more))
            after = done.value.last

        assert counts == [(2, True), (2, True), (1, False)]
        assert after is None
        assert await db.fetchval("SELECT count(*) FROM webhook_delivery WHERE seq = 2") == 5

    async def test_since_a_moment_that_nobody_can_place_is_refused(self, acme: Tenant) -> None:
        made = await create(acme)
        before = await snapshot()
        naive = NOW.replace(tzinfo=None)
        with pytest.raises(InvalidInput, match="since"):
            await redelivery.redeliver_since(acme.owner, made.endpoint.id, since=naive, now=NOW)

        assert await snapshot() == before

    async def test_is_refused_while_the_endpoint_is_off(self, acme: Tenant) -> None:
        made = await create(acme)
        await update(acme, made.endpoint.id, is_enabled=False)
        for act in (redelivery.send_test(acme.owner, made.endpoint.id, now=NOW),):
            with pytest.raises(EndpointDisabled):
                await act
        with pytest.raises(EndpointDisabled):
            await redelivery.redeliver_since(acme.owner, made.endpoint.id, since=NOW, now=NOW)

        assert await db.fetchval("SELECT count(*) FROM webhook_delivery") == 0


class TestBook:
    async def test_leaves_to_others_what_they_have_taken_since(self, acme: Tenant) -> None:

        await create(acme)
        await webhooks.tell(acme, now=NOW)
        [lost] = await delivering.claim(limit=1, now=NOW)
        later = NOW + timedelta(minutes=1)
        [mine] = await delivering.claim(limit=1, now=later)
        assert mine.id == lost.id
        stale = Result(lost, Outcome(500), Next(State.DEAD, later), NOW)
        await delivering.book([stale], now=later)

        row = await db.fetchrow("SELECT state, lease_token FROM webhook_delivery")
        assert row is not None
        assert (row["state"], row["lease_token"]) == ("SENDING", mine.token)
        assert await db.fetchval("SELECT count(*) FROM webhook_attempt") == 0


class TestVault:
    def test_opens_nothing_of_another_row_or_under_another_key(self) -> None:
        one, other = (WebhookEndpointId(ids.uuid7()) for _ in range(2))
        sealed = VAULT.seal(one, secrets.generate())
        with pytest.raises(SecretUnreadable):
            VAULT.open(other, sealed)
        with pytest.raises(SecretUnreadable):
            Vault(b"x" * 32).open(one, sealed)
