"""Telling who holds an API key."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from app.apikeys import format as key_format
from app.apikeys import queries, verification
from app.apikeys.errors import KeyInvalid
from app.apikeys.verification import KeyVerifier
from app.core.config import Settings
from app.core.principal import Permission, Principal
from app.infra import db
from tests.factories import limits
from tests.factories.apikeys import Made, made, verifier
from tests.factories.databases import statements
from tests.factories.orgs import NOW, Tenant


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def monotonic(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("app.apikeys.verification.time", _Time(clock))
    return clock


class _Time:
    def __init__(self, clock: Clock) -> None:
        self.monotonic = clock
        self.time = time.time


async def update(new: Made, column: str, value: object) -> None:
    assert await db.execute(f"UPDATE api_key SET {column} = $2 WHERE id = $1", new.key.id, value) == 1


def with_checksum(body: str) -> str:
    return body + key_format._checksum(body)


class TestVerify:
    async def test_tells_the_principal_of_a_key(
        self, settings: Settings, acme: Tenant, keys: KeyVerifier
    ) -> None:
        new = await made(settings, acme.owner, acme.org_id, scopes=[Permission.JOBS_READ], now=NOW)

        principal = await keys.verify(new.token, now=NOW)

        assert principal == Principal(
            "api_key", new.key.id, {acme.org_id: frozenset({Permission.JOBS_READ})}, acme.live.id
        )

    async def test_asks_nothing_about_a_mistyped_key(
        self, acme: Tenant, new: Made, keys: KeyVerifier
    ) -> None:
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
        self, settings: Settings, acme: Tenant, new: Made, keys: KeyVerifier, is_cached: bool
    ) -> None:
        other = await made(settings, acme.owner, acme.org_id, now=NOW)
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
        self, acme: Tenant, new: Made, keys: KeyVerifier, monotonic: Clock
    ) -> None:
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
        self, acme: Tenant, new: Made, keys: KeyVerifier, monotonic: Clock
    ) -> None:
        expiry = NOW + timedelta(milliseconds=10)
        await update(new, "expires_at", expiry)

        await keys.verify(new.token, now=expiry - timedelta(microseconds=1))
        with statements() as sent, pytest.raises(KeyInvalid):
            await keys.verify(new.token, now=expiry)
        assert sent == []

        with pytest.raises(KeyInvalid):
            await verifier_like(keys).verify(new.token, now=expiry)

    async def test_does_not_remember_refusals(
        self, acme: Tenant, new: Made, keys: KeyVerifier, monotonic: Clock
    ) -> None:
        await update(new, "revoked_at", NOW)
        with pytest.raises(KeyInvalid):
            await keys.verify(new.token, now=NOW)
        await update(new, "revoked_at", None)

        assert (await keys.verify(new.token, now=NOW)).id == new.key.id

    async def test_takes_on_a_change_of_scopes_within_a_second(
        self, acme: Tenant, new: Made, keys: KeyVerifier, monotonic: Clock
    ) -> None:
        await keys.verify(new.token, now=NOW)
        await update(new, "scopes", ["jobs:read"])
        monotonic.now += 0.9

        principal = await keys.verify(new.token, now=NOW)
        assert principal.orgs == {acme.org_id: frozenset({Permission.JOBS_READ})}

    async def test_takes_on_a_change_of_plan_within_a_second(
        self, acme: Tenant, new: Made, keys: KeyVerifier, monotonic: Clock
    ) -> None:
        assert (await keys.verify(new.token, now=NOW)).plans == {acme.org_id: "PRO@1"}
        await limits.put_on(acme, "FREE")
        monotonic.now += 0.9
        assert (await keys.verify(new.token, now=NOW)).plans == {acme.org_id: "FREE@1"}

    async def test_ignores_scopes_of_another_version(
        self, acme: Tenant, new: Made, keys: KeyVerifier
    ) -> None:
        await update(new, "scopes", ["jobs:read", "time:travel", ""])

        principal = await keys.verify(new.token, now=NOW)
        assert principal.orgs == {acme.org_id: frozenset({Permission.JOBS_READ})}
        (read,) = await queries.keys_by_id([new.key.id])
        assert read is not None
        assert read.scopes == frozenset({Permission.JOBS_READ})

    async def test_keeps_its_memory_within_bounds(
        self, settings: Settings, acme: Tenant, keys: KeyVerifier, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(verification, "_CACHE_ENTRIES", 2)
        some = [await made(settings, acme.owner, acme.org_id, now=NOW) for _ in range(4)]
        for new in some:
            await keys.verify(new.token, now=NOW)

        assert len(keys._cache) == 2
        with statements() as sent:
            for new in (some[3], some[0]):
                await keys.verify(new.token, now=NOW)
        assert len(sent) == 1


def verifier_like(keys: KeyVerifier) -> KeyVerifier:
    """One that remembers nothing yet."""
    return KeyVerifier(keys._digest_key)
