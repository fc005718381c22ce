"""Going on with sessions, and ending them."""

import asyncio
from datetime import datetime, timedelta

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from app.accounts import queries
from app.accounts.errors import SessionEnded
from app.accounts.keys import AccountKeys
from app.accounts.sessions import queries as sessions
from app.accounts.sessions import service
from app.accounts.sessions.errors import NoSession, RefreshRefused
from app.accounts.sessions.types import LIFETIME, MAX_AGE
from app.accounts.types import SignedIn
from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, NotFound
from app.core.ids import SessionId
from app.core.principal import Principal
from app.infra import db
from tests.factories.orgs import NOW, Tenant, tenant
from tests.factories.sessions import begun, principal, trace

KEYS = AccountKeys.derive("k" * 32)
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


@pytest.fixture
async def rival(settings: Settings) -> Tenant:
    return await tenant(settings, "rival")


@pytest.fixture
async def signed_in(acme: Tenant) -> SignedIn:
    return await begun(KEYS, acme.owner)


async def refresh(token: str, *, now: datetime = NOW + MINUTE) -> SignedIn:
    return await service.refresh(KEYS, token, now=now)


async def is_live(signed_in: SignedIn, *, now: datetime = NOW + MINUTE) -> bool:
    """Whether a request with a fresh access token of the session would pass."""
    token = KEYS.signer.issue(signed_in.user.id, signed_in.session_id, now=now).token
    try:
        await queries.principal_of_token(KEYS.signer, token, now=now)
    except SessionEnded:
        return False
    return True


def reused() -> float:
    return REGISTRY.get_sample_value("launchkit_refresh_tokens_reused_total") or 0.0


class TestRefresh:
    async def test_gives_the_next_pair_of_the_same_session(self, signed_in: SignedIn) -> None:
        following = await refresh(signed_in.refresh.token)

        assert following.session_id == signed_in.session_id
        assert following.user == signed_in.user
        assert following.refresh.token != signed_in.refresh.token
        claims = KEYS.signer.verify(following.access.token, now=NOW + MINUTE)
        assert (claims.user_id, claims.session_id) == (signed_in.user.id, signed_in.session_id)
        assert claims.expires_at > signed_in.access.expires_at
        assert (await refresh(following.refresh.token, now=NOW + 2 * MINUTE)).user == signed_in.user

    async def test_stores_digests_alone(self, signed_in: SignedIn) -> None:
        following = await refresh(signed_in.refresh.token)

        stored = await db.fetchval("SELECT string_agg(t::text, '') FROM refresh_token t")
        assert signed_in.refresh.token not in stored
        assert following.refresh.token not in stored
        assert following.refresh.token not in repr(following)

    async def test_ends_the_session_when_a_token_comes_again(self, signed_in: SignedIn) -> None:
        following = await refresh(signed_in.refresh.token)
        before = reused()

        with capture_logs() as logs, pytest.raises(RefreshRefused):
            await refresh(signed_in.refresh.token)

        assert not await is_live(signed_in)
        with pytest.raises(RefreshRefused):
            await refresh(following.refresh.token)
        assert await trace("session.reused") == [(signed_in.user.id, signed_in.session_id)]
        assert reused() - before == 1
        assert [line["event"] for line in logs] == ["session.reused"]
        assert signed_in.refresh.token not in repr(logs)

    async def test_ends_no_other_session_of_the_person(self, signed_in: SignedIn, acme: Tenant) -> None:
        other = await begun(KEYS, acme.owner)
        await refresh(signed_in.refresh.token)
        with pytest.raises(RefreshRefused):
            await refresh(signed_in.refresh.token)

        assert await is_live(other)
        await refresh(other.refresh.token)

    async def test_lets_one_of_fifty_at_once_through_and_ends_the_session(self, signed_in: SignedIn) -> None:
        results = await asyncio.gather(
            *(refresh(signed_in.refresh.token) for _ in range(50)), return_exceptions=True
        )

        [following] = [each for each in results if isinstance(each, SignedIn)]
        assert [type(each) for each in results if each is not following] == [RefreshRefused] * 49
        assert await db.fetchval("SELECT count(*) FROM refresh_token") == 2
        assert not await is_live(signed_in), "49 came a second time"
        assert len(await trace("session.reused")) == 1
        with pytest.raises(RefreshRefused):
            await refresh(following.refresh.token)

    @pytest.mark.parametrize(
        "token", ["", "lkr_", "lkr_" + "x" * 43, "nonsense", "lkr_ä", "lkr_\udc80", "lkr_" + "x" * 1000]
    )
    async def test_refuses_what_is_unknown(self, signed_in: SignedIn, token: str) -> None:
        with pytest.raises(RefreshRefused) as raised:
            await refresh(token)

        assert str(raised.value) == RefreshRefused.title
        assert await is_live(signed_in)

    async def test_refuses_an_expired_one_in_the_same_words(self, signed_in: SignedIn) -> None:
        late = NOW + LIFETIME
        with pytest.raises(RefreshRefused) as raised:
            await refresh(signed_in.refresh.token, now=late)

        assert str(raised.value) == RefreshRefused.title
        assert await trace("session.reused") == []
        await refresh(signed_in.refresh.token, now=late - MINUTE)

    async def test_refuses_an_expired_one_of_a_session_that_lasts(self, signed_in: SignedIn) -> None:
        await db.execute("UPDATE refresh_token SET expires_at = $1", NOW)

        with pytest.raises(RefreshRefused):
            await refresh(signed_in.refresh.token)
        assert await is_live(signed_in)

    async def test_refuses_that_of_a_session_that_was_revoked(self, signed_in: SignedIn) -> None:
        await service.sign_out(principal(signed_in), now=NOW)

        with pytest.raises(RefreshRefused):
            await refresh(signed_in.refresh.token)
        assert await db.fetchval("SELECT count(*) FROM refresh_token WHERE used_at IS NULL") == 1
        assert await trace("session.reused") == [], "it was never used"

    async def test_refuses_the_token_of_another_session(self, signed_in: SignedIn, rival: Tenant) -> None:
        theirs = await begun(KEYS, rival.owner)

        with pytest.raises(RefreshRefused):
            await service.refresh(KEYS, theirs.refresh.token, session_id=signed_in.session_id, now=NOW)

        assert await is_live(theirs)
        await service.refresh(KEYS, theirs.refresh.token, session_id=theirs.session_id, now=NOW)

    async def test_refuses_a_token_under_another_key(self, signed_in: SignedIn) -> None:
        with pytest.raises(RefreshRefused):
            await service.refresh(AccountKeys.derive("other" * 8), signed_in.refresh.token, now=NOW)

    async def test_makes_the_session_last_longer_up_to_its_greatest_age(self, signed_in: SignedIn) -> None:
        token, now = signed_in.refresh.token, NOW
        ends = []
        for _ in range(4):
            now += timedelta(days=29)
            if now >= NOW + MAX_AGE:
                break
            following = await refresh(token, now=now)
            token = following.refresh.token
            ends.append(following.refresh.expires_at - NOW)
        assert ends == [timedelta(days=59), timedelta(days=88), MAX_AGE]
        with pytest.raises(RefreshRefused):
            await refresh(token, now=NOW + MAX_AGE)
        assert not await is_live(signed_in, now=NOW + MAX_AGE)


class TestSignOut:
    async def test_ends_the_session_that_asks_at_once(self, signed_in: SignedIn, acme: Tenant) -> None:
        other = await begun(KEYS, acme.owner)

        assert await service.sign_out(principal(signed_in), now=NOW) == signed_in.session_id

        assert not await is_live(signed_in)
        assert await is_live(other)
        assert await trace("session.ended") == [(acme.owner.id, signed_in.session_id)]

    async def test_twice_is_no_fault_and_leaves_one_trace(self, signed_in: SignedIn) -> None:
        for _ in range(2):
            await service.sign_out(principal(signed_in), now=NOW)

        assert len(await trace("session.ended")) == 1

    async def test_is_for_people_with_a_session(self, acme: Tenant) -> None:
        with pytest.raises(NoSession):
            await service.sign_out(Principal("user", acme.owner.id), now=NOW)
        with pytest.raises(Forbidden):
            await service.sign_out(acme.key, now=NOW)


class TestRevoke:
    async def test_ends_another_session_of_ones_own(self, signed_in: SignedIn, acme: Tenant) -> None:
        other = await begun(KEYS, acme.owner)

        await service.revoke(principal(signed_in), other.session_id, now=NOW)

        assert not await is_live(other)
        assert await is_live(signed_in)
        assert await trace("session.revoked") == [(acme.owner.id, other.session_id)]

    async def test_answers_for_that_of_another_as_for_none(self, signed_in: SignedIn, rival: Tenant) -> None:
        theirs = await begun(KEYS, rival.owner)
        said = []
        for session_id in (theirs.session_id, SessionId(ids.uuid7())):
            with pytest.raises(NotFound) as raised:
                await service.revoke(principal(signed_in), session_id, now=NOW)
            said.append(str(raised.value))

        assert said[0] == said[1]
        assert await is_live(theirs)
        assert await trace("session.revoked") == []

    async def test_finds_no_session_that_has_ended(self, signed_in: SignedIn, acme: Tenant) -> None:
        other = await begun(KEYS, acme.owner)
        await service.revoke(principal(signed_in), other.session_id, now=NOW)
        with pytest.raises(NotFound):
            await service.revoke(principal(signed_in), other.session_id, now=NOW)
        with pytest.raises(NotFound):
            await service.revoke(principal(signed_in), signed_in.session_id, now=NOW + LIFETIME)


class TestRevokeAll:
    async def test_ends_all_but_one(self, signed_in: SignedIn, acme: Tenant, rival: Tenant) -> None:
        others = [await begun(KEYS, acme.owner) for _ in range(3)]
        theirs = await begun(KEYS, rival.owner)

        ended = await service.revoke_all(principal(signed_in), but=signed_in.session_id, now=NOW)

        assert {each.session_id for each in others} <= set(ended)
        assert not any([await is_live(each) for each in others])
        assert await is_live(signed_in)
        assert await is_live(theirs)
        assert {target for _, target in await trace("session.revoked")} == set(ended)

    async def test_ends_all_where_none_is_named(self, signed_in: SignedIn) -> None:
        ended = await service.revoke_all(principal(signed_in), but=None, now=NOW)

        assert signed_in.session_id in ended
        assert not await is_live(signed_in)

    async def test_ends_none_where_the_one_to_keep_is_not_ones_own(
        self, signed_in: SignedIn, rival: Tenant
    ) -> None:
        theirs = await begun(KEYS, rival.owner)
        with pytest.raises(NotFound):
            await service.revoke_all(principal(signed_in), but=theirs.session_id, now=NOW)

        assert await is_live(signed_in)


class TestLive:
    async def test_lists_ones_own_newest_first_without_those_that_ended(
        self, signed_in: SignedIn, acme: Tenant, rival: Tenant
    ) -> None:
        await begun(KEYS, rival.owner)
        ended = await begun(KEYS, acme.owner)
        await service.revoke(principal(signed_in), ended.session_id, now=NOW)
        newest = await begun(KEYS, acme.owner, now=NOW + MINUTE)

        found = await sessions.live(principal(signed_in), now=NOW + MINUTE)

        # The last is that of the factory.
        assert [each.id for each in found[:-1]] == [newest.session_id, signed_in.session_id]
        assert (found[0].method, found[0].ip, found[0].user_agent) == ("password", "192.0.2.7", "Firefox")
        later = await sessions.live(principal(signed_in), now=NOW + LIFETIME)
        assert newest.session_id in [each.id for each in later]
        assert signed_in.session_id not in [each.id for each in later]

    async def test_is_bounded(self, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sessions, "MAX_LISTED", 1)

        [found] = await sessions.live(principal(signed_in), now=NOW)

        assert found.id == signed_in.session_id

    async def test_is_for_people(self, acme: Tenant) -> None:
        with pytest.raises(Forbidden):
            await sessions.live(acme.key, now=NOW)


class TestPurgeExpired:
    async def test_removes_sessions_that_are_over_with_their_tokens(
        self, signed_in: SignedIn, acme: Tenant
    ) -> None:
        await refresh(signed_in.refresh.token, now=NOW)
        later = await begun(KEYS, acme.owner, now=NOW + MINUTE)

        assert await service.purge_expired(now=NOW + LIFETIME) == 3, "two tokens and a session"

        left = {row["id"] for row in await db.fetch("SELECT id FROM user_session")}
        assert signed_in.session_id not in left
        assert later.session_id in left
        assert await db.fetchval("SELECT count(*) FROM refresh_token") == 1

    async def test_takes_a_batch_at_a_time(self, signed_in: SignedIn) -> None:
        await refresh(signed_in.refresh.token, now=NOW)
        counts = [await service.purge_expired(now=NOW + LIFETIME, limit=1) for _ in range(3)]

        assert counts == [1, 2, 0]
