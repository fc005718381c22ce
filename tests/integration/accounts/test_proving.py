"""Proving again who one is."""

from datetime import timedelta

import argon2
import pytest

from app.accounts import guessing, proving
from app.accounts.errors import RecentSignInRequired, WrongPassword
from app.accounts.proving import RECENT, Proved
from app.core.config import Settings
from app.core.errors import Forbidden
from app.core.ids import SessionId, UserId
from app.core.principal import Principal
from app.infra import db, hashing
from app.infra.buckets import LocalBuckets
from app.limits.errors import RateLimited
from app.limits.service import Limiter
from tests.factories.orgs import NOW, PASSWORD, Tenant, tenant, with_password

SOON, LATE = NOW + RECENT, NOW + RECENT + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real algorithm with the least work: what it costs is tested elsewhere."""
    monkeypatch.setattr(hashing, "_hasher", argon2.PasswordHasher(1, 8, 1))


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


def in_session(acme: Tenant) -> Principal:
    """In the first session, which has the person's id and began at `NOW`."""
    return Principal("user", acme.owner.id, session_id=SessionId(acme.owner.id))


class TestProve:
    async def test_takes_the_password_however_old_the_session(self, acme: Tenant) -> None:
        await with_password(acme)
        person = in_session(acme)
        proved = await proving.prove(person, PASSWORD, limiter=None, now=LATE)
        assert proved == Proved(UserId(person.id), person.session_id)

    @pytest.mark.parametrize("password", [None, "", "another one entirely"])
    async def test_refuses_any_other_in_a_session_of_this_moment(
        self, acme: Tenant, password: str | None
    ) -> None:
        await with_password(acme)
        with pytest.raises(WrongPassword) as raised:
            await proving.prove(in_session(acme), password, limiter=None, now=NOW)
        assert [error.field for error in raised.value.field_errors] == ["password"]

    async def test_takes_a_recent_session_where_there_is_no_password(self, acme: Tenant) -> None:
        await proving.prove(in_session(acme), None, limiter=None, now=SOON)

    async def test_refuses_an_older_session_where_there_is_no_password(self, acme: Tenant) -> None:
        for password in (None, PASSWORD):
            with pytest.raises(RecentSignInRequired):
                await proving.prove(in_session(acme), password, limiter=None, now=LATE)

    async def test_refuses_without_a_session_that_lasts(self, acme: Tenant, settings: Settings) -> None:
        rival = await tenant(settings, "rival")
        await db.execute("UPDATE user_session SET revoked_at = created_at WHERE user_id = $1", acme.owner.id)
        for session_id in (None, SessionId(acme.owner.id), SessionId(rival.owner.id)):
            person = Principal("user", acme.owner.id, session_id=session_id)
            with pytest.raises(RecentSignInRequired):
                await proving.prove(person, None, limiter=None, now=NOW)

    async def test_lets_a_stolen_session_guess_ten_times(self, acme: Tenant) -> None:
        await with_password(acme)
        counting = Limiter(LocalBuckets(), None)
        for _ in range(guessing.QUOTA.amount):
            with pytest.raises(WrongPassword):
                await proving.prove(in_session(acme), "wrong", limiter=counting, now=NOW)
        with pytest.raises(RateLimited):
            await proving.prove(in_session(acme), PASSWORD, limiter=counting, now=NOW)

    async def test_is_not_for_keys(self, acme: Tenant) -> None:
        with pytest.raises(Forbidden):
            await proving.prove(acme.key, PASSWORD, limiter=None, now=NOW)
