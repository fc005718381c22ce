"""Who an identity belongs to, also when many ask at once."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg
import orjson
import pytest

from app.accounts.errors import SessionEnded
from app.accounts.external import queries, service
from app.accounts.external.errors import (
    AccountExists,
    EmailMissing,
    IdentityTaken,
    IdentityUnlinked,
    LastSignInMethod,
)
from app.accounts.external.types import Bearer, Profile
from app.accounts.keys import AccountKeys
from app.accounts.types import Client
from app.core import ids
from app.core.config import Settings
from app.core.errors import NotFound
from app.core.ids import IdentityId, SessionId, UserId
from app.core.principal import Principal
from app.infra import db
from tests.factories.databases import waiters
from tests.factories.orgs import NOW, Tenant, tenant
from tests.waiting import until

ISSUER = "https://id.example"
OTHER = "https://other.example"
BOTH = frozenset({ISSUER, OTHER})
KEYS = AccountKeys.derive("k" * 40)
ADA = Profile(ISSUER, "ada-1", "ada@x.example", email_verified=True, name="Ada")
AT_OTHER = replace(ADA, issuer=OTHER, subject="77")


async def sign_in(profile: Profile) -> UserId:
    signed_in = await service.sign_in(KEYS, profile, client=Client("192.0.2.1", "tests"), now=NOW)
    return signed_in.user.id


async def state() -> dict[str, list[tuple[Any, ...]]]:
    """Everything that could have changed."""
    tables = ("user_account", "external_identity", "user_session", "refresh_token", "audit_entry")
    return {
        table: [tuple(row) for row in await db.fetch(f"SELECT * FROM {table} ORDER BY 1")] for table in tables
    }


async def actions() -> list[str]:
    return [row["action"] for row in await db.fetch("SELECT action FROM audit_entry ORDER BY id")]


async def count(table: str) -> int:
    found: int = await db.fetchval(f"SELECT count(*) FROM {table}")
    return found


async def told() -> list[UserId]:
    """Who will be mailed that an identity was linked."""
    rows = await db.fetch("SELECT payload FROM outbox_message WHERE name = 'send_account_notice' ORDER BY id")
    tasks = [orjson.loads(row["payload"])["kwargs"] for row in rows]
    assert all(task["change"] == "identity_linked" for task in tasks)
    return [UserId(UUID(task["user_id"])) for task in tasks]


async def verified(settings: Settings) -> Tenant:
    """An account with a verified address."""
    found = await tenant(settings)
    await db.execute("UPDATE user_account SET email_verified_at = $1", NOW)
    return found


def of(owner: Tenant) -> Profile:
    return replace(ADA, email=owner.email)


def of_owner(owner: Tenant) -> tuple[UserId, SessionId]:
    """A person's first session has their id."""
    return UserId(owner.owner.id), SessionId(owner.owner.id)


async def link(profile: Profile, owner: Tenant) -> None:
    user_id, session_id = of_owner(owner)
    await service.link(profile, user_id=user_id, session_id=session_id, now=NOW)


class TestSignIn:
    async def test_makes_an_account_without_a_password(self, settings: Settings) -> None:
        user_id = await sign_in(ADA)
        [row] = await db.fetch("SELECT * FROM user_account")
        assert (row["id"], row["email"], row["name"]) == (user_id, "ada@x.example", "Ada")
        assert (row["password_hash"], row["email_verified_at"]) == (None, NOW)
        assert await actions() == ["identity.linked", "account.created", "session.started"]
        assert await told() == [], "a new account is no news"
        assert await db.fetchval("SELECT method FROM user_session") == ISSUER

    async def test_takes_no_web_address_for_a_name(self, settings: Settings) -> None:
        claims = {"email": "ada@x.example", "email_verified": True, "name": "Win https://evil.example"}
        await sign_in(Profile.of_claims(ISSUER, {"sub": "ada-1", **claims}))
        assert await db.fetchval("SELECT name FROM user_account") == "ada"

    async def test_leaves_a_trace_that_names_no_secret_and_no_org(self, settings: Settings) -> None:
        user_id = await sign_in(ADA)
        rows = await db.fetch("SELECT org_id, principal_id, changes FROM audit_entry")
        assert {row["org_id"].int for row in rows} == {0}
        assert {row["principal_id"] for row in rows} == {user_id}

    async def test_finds_the_person_by_the_identity_not_by_the_address(self, settings: Settings) -> None:
        first = await sign_in(ADA)
        stranger = await sign_in(replace(ADA, subject="eve", email="eve@x.example"))
        assert await sign_in(replace(ADA, email="eve@x.example")) == first != stranger
        assert await sign_in(replace(ADA, email=None)) == first

    async def test_tells_equal_subjects_of_two_issuers_apart(self, settings: Settings) -> None:
        first = await sign_in(ADA)
        assert await sign_in(replace(ADA, issuer=OTHER, email="other@x.example")) != first

    async def test_needs_an_address_for_a_new_account(self, settings: Settings) -> None:
        with pytest.raises(EmailMissing):
            await sign_in(replace(ADA, email=None, email_verified=False))
        assert not any((await state()).values())

    @pytest.mark.parametrize(
        "email", ["\u212aim@x.example", "kim@x.example, eve@x.example", "k\u0130m@x.example"]
    )
    async def test_takes_no_address_that_may_be_read_as_anothers(
        self, settings: Settings, email: str
    ) -> None:
        """In lower case PostgreSQL makes a plain k of the Kelvin sign; a mail to a list goes to all of it."""
        acme = await verified(settings)
        await db.execute("UPDATE user_account SET email = 'kim@x.example' WHERE id = $1", acme.owner.id)
        before = await state()
        with pytest.raises(EmailMissing):
            await sign_in(Profile.make(ISSUER, "eve", email=email, email_verified=True, name="Eve"))
        assert await state() == before

    async def test_makes_one_person_of_fifty_who_come_at_once(self, settings: Settings) -> None:
        found = await asyncio.gather(*(sign_in(ADA) for _ in range(50)))
        assert len(set(found)) == 1
        assert (await count("user_account"), await count("external_identity")) == (1, 1)
        assert await count("user_session") == 50
        assert (await actions()).count("account.created") == 1

    async def test_makes_one_person_of_two_issuers_that_come_at_once(self, settings: Settings) -> None:
        profiles = [ADA, AT_OTHER] * 10
        assert len(set(await asyncio.gather(*map(sign_in, profiles)))) == 1
        assert (await count("user_account"), await count("external_identity")) == (1, 2)

    async def test_joins_an_account_whose_address_both_sides_verified(self, settings: Settings) -> None:
        owner = await verified(settings)
        assert await sign_in(replace(ADA, email=owner.email.upper())) == owner.owner.id
        assert (await actions())[-2:] == ["identity.linked", "session.started"]
        assert await told() == [owner.owner.id]

    @pytest.mark.parametrize("is_verified_there", [True, False])
    async def test_never_joins_an_account_that_did_not_verify_its_address(
        self, settings: Settings, is_verified_there: bool
    ) -> None:
        owner = await tenant(settings)
        before = await state()
        with pytest.raises(AccountExists):
            await sign_in(replace(of(owner), email_verified=is_verified_there))
        assert await state() == before

    async def test_never_joins_on_an_address_that_the_issuer_did_not_verify(self, settings: Settings) -> None:
        owner = await verified(settings)
        before = await state()
        with pytest.raises(AccountExists):
            await sign_in(replace(of(owner), email_verified=False))
        assert await state() == before

    async def test_never_joins_an_account_with_a_second_factor(self, settings: Settings) -> None:
        """The issuer would be a way around it."""
        owner = await verified(settings)
        await db.execute(
            "INSERT INTO totp (user_id, secret, created_at, confirmed_at) VALUES ($1, $2, $3, $3)",
            owner.owner.id,
            b"sealed",
            NOW,
        )
        before = await state()
        with pytest.raises(AccountExists):
            await sign_in(of(owner))
        assert await state() == before

    @pytest.mark.parametrize(
        ("taken_away", "refusal"),
        [
            ("DELETE FROM external_identity", AccountExists),
            ("UPDATE external_identity SET unlinked_at = now()", IdentityUnlinked),
        ],
    )
    async def test_refuses_an_identity_that_is_just_being_taken_away(
        self, settings: Settings, taken_away: str, refusal: type[Exception]
    ) -> None:
        """As by a reset of the password, which ends all sessions: this one would outlive it."""
        profile = replace(ADA, email_verified=False)
        user_id = await sign_in(profile)
        other = await asyncpg.connect(settings.require_database_url())
        try:
            async with other.transaction():
                await other.execute("SELECT FROM user_account WHERE id = $1 FOR UPDATE", user_id)
                signing_in = asyncio.create_task(sign_in(profile))
                await until(lambda: _waits(other), "the sign-in to wait for the reset")
                await other.execute(taken_away)
            with pytest.raises(refusal):
                await signing_in
        finally:
            await other.close()
        assert await count("user_session") == 1


async def _waits(other: "asyncpg.Connection[asyncpg.Record]") -> bool:
    return await waiters(other) == 1


class TestAdmit:
    async def test_makes_one_person_of_fifty_first_requests(self, settings: Settings) -> None:
        await asyncio.gather(*(service.admit(ADA, now=NOW) for _ in range(50)))
        assert (await count("user_account"), await count("external_identity")) == (1, 1)
        assert await actions() == ["identity.linked", "account.created"]
        assert await count("user_session") == 0

    async def test_follows_the_same_rule(self, settings: Settings) -> None:
        owner = await tenant(settings)
        before = await state()
        with pytest.raises(AccountExists):
            await service.admit(of(owner), now=NOW)
        assert await state() == before


class TestLink:
    async def test_lets_the_identity_in_whatever_its_address(self, settings: Settings) -> None:
        owner = await tenant(settings)
        await link(replace(ADA, email_verified=False), owner)
        assert await sign_in(ADA) == owner.owner.id
        assert "identity.linked" in await actions()
        assert await told() == [owner.owner.id]

    async def test_changes_nothing_the_second_time(self, settings: Settings) -> None:
        owner = await tenant(settings)
        await link(ADA, owner)
        before = await state()
        await link(ADA, owner)
        assert await state() == before

    async def test_refuses_an_identity_of_somebody_else(self, settings: Settings) -> None:
        owner = await tenant(settings)
        await sign_in(ADA)
        before = await state()
        with pytest.raises(IdentityTaken):
            await link(ADA, owner)
        assert await state() == before

    @pytest.mark.parametrize("ended", ["revoked_at = created_at", "expires_at = created_at"])
    async def test_needs_the_session_that_asked_for_it(self, settings: Settings, ended: str) -> None:
        owner = await tenant(settings)
        await db.execute(f"UPDATE user_session SET {ended}")
        before = await state()
        with pytest.raises(SessionEnded):
            await link(ADA, owner)
        assert await state() == before

    async def test_needs_a_session_of_the_same_person(self, settings: Settings) -> None:
        owner, rival = await tenant(settings), await tenant(settings, "rival")
        before = await state()
        with pytest.raises(SessionEnded):
            await service.link(
                ADA, user_id=UserId(owner.owner.id), session_id=SessionId(rival.owner.id), now=NOW
            )
        assert await state() == before

    async def test_gives_an_identity_to_one_of_two_who_want_it_at_once(self, settings: Settings) -> None:
        owners = [await tenant(settings), await tenant(settings, "rival")]
        results = await asyncio.gather(*(link(ADA, owner) for owner in owners), return_exceptions=True)
        assert sorted(type(result).__name__ for result in results) == ["IdentityTaken", "NoneType"]
        assert await count("external_identity") == 1


class TestUnlink:
    async def identity(self, person: Principal, issuer: str = ISSUER) -> IdentityId:
        return next(each.id for each in await queries.identities(person) if each.issuer == issuer)

    async def test_ends_what_the_identity_let_in(self, settings: Settings) -> None:
        user_id = await sign_in(ADA)
        await db.execute("UPDATE user_account SET password_hash = 'x'")
        person = Principal("user", user_id)
        identity_id = await self.identity(person)

        await service.unlink(person, identity_id, usable_issuers=BOTH, now=NOW)

        assert await queries.identities(person) == []
        assert await db.fetchval("SELECT revoked_at FROM user_session") == NOW
        assert (await actions())[-2:] == ["identity.unlinked", "session.revoked"]
        with pytest.raises(NotFound):
            await service.unlink(person, identity_id, usable_issuers=BOTH, now=NOW)

    async def test_leaves_the_session_in_which_it_happens(self, settings: Settings) -> None:
        signed_in = await service.sign_in(KEYS, ADA, client=Client(), now=NOW)
        await db.execute("UPDATE user_account SET password_hash = 'x'")
        person = Principal("user", signed_in.user.id, session_id=signed_in.session_id)
        await service.unlink(person, await self.identity(person), usable_issuers=BOTH, now=NOW)
        assert await db.fetchval("SELECT revoked_at FROM user_session") is None

    @pytest.mark.parametrize("usable", [{ISSUER, OTHER}, {ISSUER}])
    async def test_refuses_the_last_way_in(self, settings: Settings, usable: set[str]) -> None:
        person = Principal("user", await sign_in(ADA))
        if OTHER not in usable:
            # Linked, but through nothing that this installation still has.
            await sign_in(AT_OTHER)
        before = await state()
        with pytest.raises(LastSignInMethod):
            await service.unlink(person, await self.identity(person), usable_issuers=usable, now=NOW)
        assert await state() == before

    async def test_leaves_one_of_the_last_two_that_go_at_once(self, settings: Settings) -> None:
        person = Principal("user", await sign_in(ADA))
        await sign_in(AT_OTHER)
        identities = [each.id for each in await queries.identities(person)]
        results = await asyncio.gather(
            *(service.unlink(person, each, usable_issuers=BOTH, now=NOW) for each in identities),
            return_exceptions=True,
        )
        assert sorted(type(result).__name__ for result in results) == ["LastSignInMethod", "NoneType"]
        assert len(await queries.identities(person)) == 1

    @pytest.fixture
    async def unlinked(self, settings: Settings) -> Tenant:
        """An account to which the address would link the identity again."""
        owner = await verified(settings)
        await db.execute("UPDATE user_account SET password_hash = 'x'")
        await sign_in(of(owner))
        identity_id = await self.identity(owner.owner)
        await service.unlink(owner.owner, identity_id, usable_issuers=BOTH, now=NOW)
        return owner

    async def test_keeps_the_identity_out_though_the_address_is_equal(self, unlinked: Tenant) -> None:
        before = await state()
        for profile in (of(unlinked), replace(of(unlinked), email="free@x.example")):
            with pytest.raises(IdentityUnlinked):
                await sign_in(profile)
            with pytest.raises(IdentityUnlinked):
                await service.admit(profile, now=NOW)
        assert await queries.find_principal(Bearer(of(unlinked), NOW)) is None
        assert await state() == before

    async def test_does_not_count_as_a_way_in(self, unlinked: Tenant) -> None:
        await sign_in(replace(of(unlinked), issuer=OTHER))
        await db.execute("UPDATE user_account SET password_hash = NULL")
        last = await self.identity(unlinked.owner, OTHER)
        with pytest.raises(LastSignInMethod):
            await service.unlink(unlinked.owner, last, usable_issuers=BOTH, now=NOW)

    async def test_is_undone_by_linking_in_a_session(self, unlinked: Tenant) -> None:
        await link(of(unlinked), unlinked)
        assert await sign_in(of(unlinked)) == unlinked.owner.id
        assert len(await queries.identities(unlinked.owner)) == 1

    async def test_lets_another_account_link_it(self, unlinked: Tenant, settings: Settings) -> None:
        rival = await tenant(settings, "rival")
        await link(of(unlinked), rival)
        assert await sign_in(of(unlinked)) == rival.owner.id
        assert await queries.identities(unlinked.owner) == []

    async def test_stays_where_the_session_that_links_is_over(self, unlinked: Tenant) -> None:
        await db.execute("UPDATE user_session SET revoked_at = created_at")
        before = await state()
        with pytest.raises(SessionEnded):
            await link(of(unlinked), unlinked)
        assert await state() == before

    async def test_answers_for_anothers_identity_as_for_a_missing_one(self, settings: Settings) -> None:
        person = Principal("user", await sign_in(ADA))
        stranger = Principal("user", await sign_in(replace(ADA, subject="eve", email="eve@x.example")))
        before = await state()
        for identity_id in (await self.identity(person), IdentityId(ids.uuid7())):
            with pytest.raises(NotFound):
                await service.unlink(stranger, identity_id, usable_issuers=BOTH, now=NOW)
        assert await state() == before
