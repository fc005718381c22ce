"""Making people and orgs."""

import asyncpg
import pytest

from app.core import ids
from app.core.config import Settings
from app.core.ids import UserId
from app.core.principal import Role
from app.identity import models, service
from app.infra import db, hashing
from tests.factories.orgs import NOW, PASSWORD


class TestCreateUser:
    async def test_stores_no_password(self, settings: Settings) -> None:
        user_id = await service.create_user(email="Ada@x.example", name="Ada", password=PASSWORD, now=NOW)

        row = await db.fetchrow("SELECT * FROM user_account WHERE id = $1", user_id)
        assert row is not None
        assert row["email"] == "Ada@x.example"
        assert PASSWORD not in str(dict(row))
        assert await hashing.verify_password(row["password_hash"], PASSWORD)

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
