"""Making API keys and telling who holds one."""

import re
import time
from dataclasses import replace
from datetime import timedelta

import orjson
import pytest

from app.apikeys import format as key_format
from app.apikeys import queries, service
from app.apikeys.errors import KeyInvalid
from app.apikeys.service import KeyVerifier
from app.apikeys.types import NewApiKey
from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, NotFound
from app.core.ids import ApiKeyId
from app.core.principal import ROLE_PERMISSIONS, Permission, Principal, Role
from app.infra import db
from tests.factories import limits
from tests.factories.databases import statements
from tests.factories.orgs import NOW, Tenant, member, tenant, verifier


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


@pytest.fixture
def keys(settings: Settings) -> KeyVerifier:
    return verifier(settings)


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def monotonic(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("app.apikeys.service.time", _Time(clock))
    return clock


class _Time:
    def __init__(self, clock: Clock) -> None:
        self.monotonic = clock
        self.time = time.time


async def create(
    acme: Tenant,
    keys: KeyVerifier,
    *,
    by: Principal | None = None,
    scopes: frozenset[Permission] | None = None,
) -> NewApiKey:
    return await service.create(
        by or acme.owner,
        acme.live,
        verifier=keys,
        name="server",
        scopes=frozenset(Permission) if scopes is None else scopes,
        now=NOW,
    )


async def update(new: NewApiKey, column: str, value: object) -> None:
    assert await db.execute(f"UPDATE api_key SET {column} = $2 WHERE id = $1", new.key.id, value) == 1


def with_checksum(body: str) -> str:
    return body + key_format._checksum(body)


class TestVerify:
    async def test_tells_the_principal_of_a_key(self, acme: Tenant, keys: KeyVerifier) -> None:
        new = await create(acme, keys, scopes=frozenset({Permission.JOBS_READ}))

        principal = await keys.verify(new.token, now=NOW)

        assert principal == Principal(
            "api_key", new.key.id, {acme.org_id: frozenset({Permission.JOBS_READ})}, acme.live.id
        )

    async def test_asks_nothing_about_a_mistyped_key(self, acme: Tenant, keys: KeyVerifier) -> None:
        new = await create(acme, keys)
        alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
        with statements() as sent:
            for position, char in enumerate(new.token):
                typed = alphabet[(alphabet.find(char) + 1) % 32]
                with pytest.raises(KeyInvalid):
                    await keys.verify(new.token[:position] + typed + new.token[position + 1 :], now=NOW)
            for other in (
                "",
                "lk_live_pk_",
                new.token.replace("live", "test"),
                new.token.upper(),
                new.token + "0",
            ):
                with pytest.raises(KeyInvalid):
                    await keys.verify(other, now=NOW)

        assert sent == []

    @pytest.mark.parametrize("is_cached", [False, True])
    async def test_refuses_a_wrong_secret_for_a_right_public_id(
        self, acme: Tenant, keys: KeyVerifier, is_cached: bool
    ) -> None:
        new, other = await create(acme, keys), await create(acme, keys)
        if is_cached:
            await keys.verify(new.token, now=NOW)
            await keys.verify(other.token, now=NOW)
        secret = key_format.parse(other.token)
        assert secret is not None

        crossed = with_checksum(f"lk_live_pk_{new.key.public_id}_{secret.secret}")
        with pytest.raises(KeyInvalid):
            await keys.verify(crossed, now=NOW)

    async def test_refuses_a_key_nobody_made(self, acme: Tenant, keys: KeyVerifier) -> None:
        token, _ = key_format.generate("live")

        with pytest.raises(KeyInvalid):
            await keys.verify(token, now=NOW)

    async def test_refuses_every_key_under_another_installation_s_secret(
        self, settings: Settings, acme: Tenant
    ) -> None:
        other = verifier(replace(settings, secret_key="another-" + settings.secret_key))

        with pytest.raises(KeyInvalid):
            await other.verify(acme.token, now=NOW)

    async def test_remembers_a_key_for_less_than_a_second(
        self, acme: Tenant, keys: KeyVerifier, monotonic: Clock
    ) -> None:
        with statements() as sent:
            for elapsed, asked in ((0.0, 1), (0.5, 1), (0.89, 1), (0.9, 2), (1.0, 2), (1.9, 3)):
                monotonic.now = 1_000 + elapsed
                await keys.verify(acme.token, now=NOW)
                assert len(sent) == asked, elapsed

    async def test_refuses_a_revoked_key_within_a_second(
        self, acme: Tenant, keys: KeyVerifier, monotonic: Clock
    ) -> None:
        new = await create(acme, keys)
        await keys.verify(new.token, now=NOW)
        monotonic.now += 0.1
        await update(new, "revoked_at", NOW)

        monotonic.now = 1_001.0
        for _ in range(2):
            with pytest.raises(KeyInvalid):
                await keys.verify(new.token, now=NOW)

    async def test_counts_the_second_from_before_it_asked(
        self, acme: Tenant, keys: KeyVerifier, monotonic: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A slow answer is an old answer."""
        original = db.fetchrow

        async def slow(sql: str, *args: object) -> db.Row | None:
            row = await original(sql, *args)
            monotonic.now += 0.95
            return row

        with monkeypatch.context() as patch:
            patch.setattr(db, "fetchrow", slow)
            await keys.verify(acme.token, now=NOW)
        with statements() as sent:
            await keys.verify(acme.token, now=NOW)

        assert len(sent) == 1

    async def test_refuses_an_expired_key_even_when_it_remembers_it(
        self, acme: Tenant, keys: KeyVerifier, monotonic: Clock
    ) -> None:
        new = await create(acme, keys)
        expiry = NOW + timedelta(milliseconds=10)
        await update(new, "expires_at", expiry)

        await keys.verify(new.token, now=expiry - timedelta(microseconds=1))
        with statements() as sent, pytest.raises(KeyInvalid):
            await keys.verify(new.token, now=expiry)
        assert sent == []

        with pytest.raises(KeyInvalid):
            await verifier_like(keys).verify(new.token, now=expiry)

    async def test_does_not_remember_refusals(
        self, acme: Tenant, keys: KeyVerifier, monotonic: Clock
    ) -> None:
        new = await create(acme, keys)
        await update(new, "revoked_at", NOW)
        with pytest.raises(KeyInvalid):
            await keys.verify(new.token, now=NOW)
        await update(new, "revoked_at", None)

        assert (await keys.verify(new.token, now=NOW)).id == new.key.id

    async def test_takes_on_a_change_of_scopes_within_a_second(
        self, acme: Tenant, keys: KeyVerifier, monotonic: Clock
    ) -> None:
        new = await create(acme, keys)
        await keys.verify(new.token, now=NOW)
        await update(new, "scopes", ["jobs:read"])
        monotonic.now += 0.9

        principal = await keys.verify(new.token, now=NOW)
        assert principal.orgs == {acme.org_id: frozenset({Permission.JOBS_READ})}

    async def test_takes_on_a_change_of_plan_within_a_second(
        self, acme: Tenant, keys: KeyVerifier, monotonic: Clock
    ) -> None:
        new = await create(acme, keys)
        assert (await keys.verify(new.token, now=NOW)).plans == {acme.org_id: "PRO"}
        await limits.put_on(acme, "FREE")
        monotonic.now += 0.9
        assert (await keys.verify(new.token, now=NOW)).plans == {acme.org_id: "FREE"}

    async def test_ignores_scopes_of_another_version(self, acme: Tenant, keys: KeyVerifier) -> None:
        new = await create(acme, keys)
        await update(new, "scopes", ["jobs:read", "time:travel", ""])

        principal = await keys.verify(new.token, now=NOW)
        assert principal.orgs == {acme.org_id: frozenset({Permission.JOBS_READ})}
        (read,) = await queries.keys_by_id([new.key.id])
        assert read is not None
        assert read.scopes == frozenset({Permission.JOBS_READ})

    async def test_keeps_its_memory_within_bounds(
        self, acme: Tenant, keys: KeyVerifier, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(service, "_CACHE_ENTRIES", 2)
        made = [await create(acme, keys) for _ in range(4)]
        for new in made:
            await keys.verify(new.token, now=NOW)

        assert len(keys._cache) == 2
        with statements() as sent:
            for new in (made[3], made[0]):
                await keys.verify(new.token, now=NOW)
        assert len(sent) == 1


def verifier_like(keys: KeyVerifier) -> KeyVerifier:
    """One that remembers nothing yet."""
    return KeyVerifier(keys._digest_key)


class TestCreate:
    async def test_shows_the_key_in_full_once_and_stores_none_of_its_secret(
        self, acme: Tenant, keys: KeyVerifier
    ) -> None:
        new = await create(acme, keys)
        parsed = key_format.parse(new.token)
        assert parsed is not None

        for table in ("api_key", "audit_entry", "outbox_message"):
            for row in await db.fetch(f"SELECT * FROM {table}"):
                stored = repr(dict(row))
                assert parsed.secret not in stored
                assert new.token[-7:] not in stored
                assert parsed.secret.encode().hex() not in stored
        digest = await db.fetchval("SELECT secret_digest FROM api_key WHERE id = $1", new.key.id)
        assert digest == keys.digest(parsed)
        assert parsed.secret not in repr(new.key)

    async def test_leaves_a_trace_of_who_made_what(self, acme: Tenant, keys: KeyVerifier) -> None:
        new = await create(acme, keys, scopes=frozenset({Permission.JOBS_READ, Permission.JOBS_WRITE}))

        row = await db.fetchrow("SELECT * FROM audit_entry WHERE target_id = $1", new.key.id)
        assert row is not None
        assert (row["action"], row["principal_id"]) == ("api_key.created", acme.owner.id)
        assert orjson.loads(row["changes"]) == {"name": "server", "scopes": ["jobs:read", "jobs:write"]}

    @pytest.mark.parametrize("environment", ["live", "test"])
    async def test_names_the_environment_of_its_workspace(
        self, acme: Tenant, keys: KeyVerifier, environment: str
    ) -> None:
        workspace = acme.live if environment == "live" else acme.test
        new = await service.create(acme.owner, workspace, verifier=keys, name="n", scopes=Permission, now=NOW)

        assert re.fullmatch(rf"lk_{environment}_pk_[0-9a-z]{{16}}_[0-9a-z]{{59}}", new.token)
        assert (await keys.verify(new.token, now=NOW)).workspace_id == workspace.id

    async def test_grants_no_more_than_its_maker_holds(self, acme: Tenant, keys: KeyVerifier) -> None:
        admin = await member(acme, Role.ADMIN)
        narrow = Principal(
            "api_key",
            ids.uuid7(),
            {acme.org_id: frozenset({Permission.KEYS_MANAGE, Permission.JOBS_READ})},
            acme.live.id,
        )

        by_admin = await create(acme, keys, by=admin)
        by_key = await create(acme, keys, by=narrow)

        assert by_admin.key.scopes == ROLE_PERMISSIONS[Role.ADMIN]
        assert by_key.key.scopes == {Permission.KEYS_MANAGE, Permission.JOBS_READ}
        for new in (by_admin, by_key):
            assert (await keys.verify(new.token, now=NOW)).orgs == {acme.org_id: new.key.scopes}

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER])
    async def test_is_denied_without_the_permission_and_changes_nothing(
        self, acme: Tenant, keys: KeyVerifier, role: Role
    ) -> None:
        person = await member(acme, role)
        before = await everything()

        with pytest.raises(Forbidden):
            await create(acme, keys, by=person)

        assert await everything() == before

    async def test_cannot_see_the_workspace_of_another_org(
        self, settings: Settings, acme: Tenant, keys: KeyVerifier
    ) -> None:
        rival = await tenant(settings, "rival")
        before = await everything()

        with pytest.raises(NotFound):
            await create(acme, keys, by=rival.owner)

        assert await everything() == before


async def everything() -> list[str]:
    rows = await db.fetch(
        "SELECT id::text AS id FROM api_key UNION ALL SELECT id::text FROM audit_entry ORDER BY 1"
    )
    return [row["id"] for row in rows]


class TestKeysById:
    async def test_keeps_the_order_and_the_gaps_and_reads_no_secret(
        self, acme: Tenant, keys: KeyVerifier
    ) -> None:
        first, second = await create(acme, keys), await create(acme, keys)

        found = await queries.keys_by_id([second.key.id, ApiKeyId(ids.uuid7()), first.key.id])

        assert found == [second.key, None, first.key]
