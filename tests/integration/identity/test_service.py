"""Signing in, and making people and orgs."""

from types import SimpleNamespace

import asyncpg
import pytest

from app.core import ids
from app.core.config import Settings
from app.core.errors import InvalidInput
from app.core.ids import UserId
from app.core.principal import Role
from app.identity import models, service
from app.identity.errors import WrongCredentials
from app.identity.tokens import TokenSigner
from app.identity.types import SignIn
from app.infra import db, hashing
from tests.factories.orgs import NOW, PASSWORD, Tenant, tenant, with_password

SIGNER = TokenSigner(b"k" * 32)


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    made = await tenant(settings)
    await with_password(made)
    return made


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hashes that argon2 really worked on."""
    worked: list[str] = []
    original = hashing._hasher.verify

    def verify(stored: str, password: str) -> bool:
        worked.append(stored)
        return original(stored, password)

    monkeypatch.setattr(hashing, "_hasher", SimpleNamespace(verify=verify))
    return worked


class TestSignIn:
    async def test_gives_a_token_for_the_right_password(self, acme: Tenant) -> None:
        signed_in = await service.sign_in(SIGNER, SignIn(acme.email, PASSWORD), now=NOW)

        assert signed_in.user.id == acme.owner.id
        assert signed_in.user.email == acme.email
        assert SIGNER.verify(signed_in.access.token, now=NOW).user_id == acme.owner.id

    async def test_does_not_mind_the_case_of_an_address(self, acme: Tenant) -> None:
        signed_in = await service.sign_in(SIGNER, SignIn(acme.email.upper(), PASSWORD), now=NOW)

        assert signed_in.user.id == acme.owner.id

    @pytest.mark.parametrize("known", [True, False])
    async def test_answers_a_wrong_password_and_an_unknown_address_alike(
        self, acme: Tenant, known: bool, verified: list[str]
    ) -> None:
        email = acme.email if known else "nobody@acme.example"

        with pytest.raises(WrongCredentials) as raised:
            await service.sign_in(SIGNER, SignIn(email, "wrong"), now=NOW)

        assert str(raised.value) == WrongCredentials.title
        assert len(verified) == 1
        assert verified[0].startswith("$argon2id$v=19$m=65536,t=3,p=4$")

    async def test_refuses_an_account_without_a_password_after_the_same_work(
        self, settings: Settings, verified: list[str]
    ) -> None:
        other = await tenant(settings, "other")

        for password in ("nobody has this password", "x"):
            with pytest.raises(WrongCredentials):
                await service.sign_in(SIGNER, SignIn(other.email, password), now=NOW)
        assert verified == [hashing._NOBODY] * 2

    @pytest.mark.parametrize("email", ["' OR 1=1 --@x", "%@acme.example", "owner@acme.example "])
    async def test_takes_an_address_as_it_is(self, acme: Tenant, email: str) -> None:
        with pytest.raises(WrongCredentials):
            await service.sign_in(SIGNER, SignIn(email, PASSWORD), now=NOW)

    @pytest.mark.parametrize(
        ("email", "password", "fields"),
        [
            ("", "", ["email", "password"]),
            ("no-at-sign", "x", ["email"]),
            ("a@b", "", ["password"]),
            (f"{'a' * 254}@b", "x" * 1025, ["email", "password"]),
        ],
    )
    async def test_names_what_is_malformed_before_any_work(
        self, settings: Settings, verified: list[str], email: str, password: str, fields: list[str]
    ) -> None:
        with pytest.raises(InvalidInput) as raised:
            await service.sign_in(SIGNER, SignIn(email, password), now=NOW)

        assert [error.field for error in raised.value.field_errors] == fields
        assert verified == []

    async def test_never_repeats_the_password(self, acme: Tenant) -> None:
        with pytest.raises(WrongCredentials) as raised:
            await service.sign_in(SIGNER, SignIn(acme.email, "hunter2-hunter2"), now=NOW)

        assert "hunter2" not in repr(raised.value)
        stored = await db.fetchval("SELECT string_agg(audit_entry::text, '') FROM audit_entry")
        assert "hunter2" not in stored


class TestCreateUser:
    async def test_stores_no_password(self, settings: Settings) -> None:
        user_id = await service.create_user(email="Ada@x.example", name="Ada", password=PASSWORD, now=NOW)

        row = await db.fetchrow("SELECT * FROM user_account WHERE id = $1", user_id)
        assert row is not None
        assert row["email"] == "Ada@x.example"
        assert PASSWORD not in str(dict(row))
        signed_in = await service.sign_in(SIGNER, SignIn("ada@X.example", PASSWORD), now=NOW)
        assert signed_in.user.id == user_id

    async def test_keeps_addresses_apart_without_regard_to_case(self, settings: Settings) -> None:
        await models.User.create(id=ids.uuid7(), email="Ada@x.example", name="Ada", created_at=NOW)

        with pytest.raises(asyncpg.UniqueViolationError, match="user_account_email"):
            await db.fetch(
                "INSERT INTO user_account (id, email, name, created_at) VALUES ($1, 'ADA@x.example', 'A', $2)",
                ids.uuid7(),
                NOW,
            )


class TestCreateOrg:
    async def test_comes_with_an_owner_two_workspaces_and_a_trace(self, settings: Settings) -> None:
        user_id = UserId(ids.uuid7())
        await models.User.create(id=user_id, email="ada@x.example", name="Ada", created_at=NOW)
        org_id = await service.create_org(name="Acme", slug="acme", plan="PRO", owner_id=user_id, now=NOW)

        members = await db.fetch("SELECT org_id, user_id, role FROM membership")
        assert [tuple(row) for row in members] == [(org_id, user_id, Role.OWNER)]
        spaces = await db.fetch("SELECT name, kind FROM workspace WHERE org_id = $1 ORDER BY id", org_id)
        assert [tuple(row) for row in spaces] == [("Live", "live"), ("Test", "test")]
        audit = await db.fetch("SELECT action, target_id, principal_id FROM audit_entry")
        assert [tuple(row) for row in audit] == [("org.created", org_id, user_id)]

    async def test_leaves_nothing_when_its_owner_does_not_exist(self, settings: Settings) -> None:
        with pytest.raises(Exception, match="membership_user_id_fkey"):
            await service.create_org(
                name="Acme", slug="acme", plan="PRO", owner_id=UserId(ids.uuid7()), now=NOW
            )

        for table in ("org", "membership", "workspace", "audit_entry"):
            assert await db.fetchval(f"SELECT count(*) FROM {table}") == 0
