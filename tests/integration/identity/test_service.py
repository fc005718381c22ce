"""Making people, orgs and workspaces."""

import asyncio
from typing import Any

import asyncpg
import orjson
import pytest

from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, InvalidInput, LaunchKitError, NotFound
from app.core.ids import UserId, WorkspaceId
from app.core.principal import ROLE_PERMISSIONS, Permission, Principal, Role
from app.identity import closing, free_orgs, models, queries, service
from app.identity.errors import (
    EmailUnverified,
    OrgClosing,
    PersonNeeded,
    SlugTaken,
    TooManyOrgs,
    TooManyWorkspaces,
    WorkspaceNameTaken,
    WorkspaceNotFound,
)
from app.identity.types import CreateOrg, CreateWorkspace
from app.infra import db, hashing
from tests.factories.orgs import NOW, PASSWORD, member, person, snapshot, tenant


async def trace(action: str) -> tuple[Any, Any, Any]:
    """Who did it to what, and the changes, of the only entry of this action."""
    [row] = await db.fetch("SELECT * FROM audit_entry WHERE action = $1", action)
    return row["principal_id"], row["target_id"], orjson.loads(row["changes"])


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


class TestCreate:
    async def test_comes_with_an_owner_two_workspaces_and_a_trace(self, settings: Settings) -> None:
        ada = await person("ada")

        done = await service.create(ada, command=CreateOrg("Acme, Inc."), now=NOW)

        org = done.value
        assert (org.name, org.slug, org.plan, org.created_at) == ("Acme, Inc.", "acme-inc", "FREE", NOW)
        owner = Principal("user", ada.id, {org.id: ROLE_PERMISSIONS[Role.OWNER]})
        assert await queries.org(owner, org.id) == org
        members = await db.fetch("SELECT org_id, user_id, role FROM membership")
        assert [tuple(row) for row in members] == [(org.id, ada.id, Role.OWNER)]
        spaces = await queries.workspaces(owner, org.id)
        assert [(space.name, space.kind) for space in spaces] == [("Live", "live"), ("Test", "test")]
        changes = {"name": "Acme, Inc.", "slug": "acme-inc", "plan": "FREE"}
        assert await trace("org.created") == (ada.id, org.id, changes)

    async def test_finds_a_free_slug_for_the_same_name(self, settings: Settings) -> None:
        people = [await person(f"p{number}") for number in range(20)]

        made = await asyncio.gather(
            *(service.create(one, command=CreateOrg("Acme"), now=NOW) for one in people)
        )

        slugs = {done.value.slug for done in made}
        assert len(slugs) == 20
        assert all(slug == "acme" or slug.startswith("acme-") for slug in slugs)

    async def test_refuses_a_slug_that_is_taken(self, settings: Settings) -> None:
        await tenant(settings)
        ada = await person("ada")
        before = await snapshot()

        with pytest.raises(SlugTaken):
            await service.create(ada, command=CreateOrg("Other", "acme"), now=NOW)
        assert await snapshot() == before

    async def test_makes_one_org_per_key(self, settings: Settings) -> None:
        ada = await person("ada")
        command = CreateOrg("Acme", idempotency_key="k")

        made = await asyncio.gather(*(service.create(ada, command=command, now=NOW) for _ in range(10)))

        assert len({done.value for done in made}) == 1
        assert [done.is_replay for done in made].count(False) == 1
        assert await db.fetchval("SELECT count(*) FROM org") == 1

    async def test_is_for_people(self, settings: Settings) -> None:
        acme = await tenant(settings)
        before = await snapshot()

        with pytest.raises(PersonNeeded):
            await service.create(acme.key, command=CreateOrg("Other"), now=NOW)
        assert await snapshot() == before

    async def test_needs_a_confirmed_address(self, settings: Settings) -> None:
        ada = await person("ada")
        await db.execute("UPDATE user_account SET email_verified_at = NULL")
        before = await snapshot()

        with pytest.raises(EmailUnverified):
            await service.create(ada, command=CreateOrg("Acme"), now=NOW)
        assert await snapshot() == before

    async def test_gives_one_person_no_more_free_orgs_than_the_bound(self, settings: Settings) -> None:
        ada = await person("ada")

        made = await asyncio.gather(
            *(service.create(ada, command=CreateOrg("Acme"), now=NOW) for _ in range(15)),
            return_exceptions=True,
        )

        assert sum(isinstance(one, TooManyOrgs) for one in made) == 5
        assert await db.fetchval("SELECT count(*) FROM org") == free_orgs.MAX_FREE_ORGS
        await db.execute("UPDATE org SET plan = 'PRO' WHERE id = (SELECT min(id::text)::uuid FROM org)")
        await service.create(ada, command=CreateOrg("Acme"), now=NOW)

    @pytest.mark.parametrize(
        ("command", "fields"),
        [
            (CreateOrg(""), ["name"]),
            (CreateOrg("x" * 201), ["name"]),
            (CreateOrg(" x"), ["name"]),
            (CreateOrg("Win https://evil.example"), ["name"]),
            (CreateOrg("x\0y", "No", ""), ["idempotency_key", "name", "slug"]),
            (CreateOrg("x", "org_x"), ["slug"]),
        ],
    )
    async def test_names_every_wrong_field(
        self, settings: Settings, command: CreateOrg, fields: list[str]
    ) -> None:
        with pytest.raises(InvalidInput) as raised:
            await service.create(Principal("user", ids.uuid7()), command=command, now=NOW)
        assert [error.field for error in raised.value.errors] == fields


class TestCreateOrg:
    async def test_leaves_nothing_when_its_owner_does_not_exist(self, settings: Settings) -> None:
        with pytest.raises(Exception, match="membership_user_id_fkey"):
            await service.create_org(
                name="Acme", slug="acme", plan="PRO", owner_id=UserId(ids.uuid7()), now=NOW
            )

        for table in ("org", "membership", "workspace", "audit_entry"):
            assert await db.fetchval(f"SELECT count(*) FROM {table}") == 0


class TestRename:
    async def test_leaves_a_trace_of_before_and_after(self, settings: Settings) -> None:
        acme = await tenant(settings)

        org = await service.rename(acme.owner, acme.org_id, name="Acme 2", now=NOW)

        assert await queries.org(acme.owner, acme.org_id) == org
        assert (org.name, org.slug) == ("Acme 2", "acme")
        changes = {"name": {"before": "Acme", "after": "Acme 2"}}
        assert await trace("org.updated") == (acme.owner.id, acme.org_id, changes)

    async def test_writes_nothing_when_nothing_changes(self, settings: Settings) -> None:
        acme = await tenant(settings)
        before = await snapshot()

        await service.rename(acme.owner, acme.org_id, name="Acme", now=NOW)
        assert await snapshot() == before

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER, Role.VIEWER])
    async def test_is_for_owners(self, settings: Settings, role: Role) -> None:
        acme, rival = await tenant(settings), await tenant(settings, "rival")
        somebody = await member(acme, role)
        before = await snapshot()

        for principal, case in ((somebody, Forbidden), (rival.owner, NotFound)):
            with pytest.raises(case):
                await service.rename(principal, acme.org_id, name="Mine", now=NOW)
        assert await snapshot() == before


class TestCreateWorkspace:
    async def test_adds_one_with_a_trace(self, settings: Settings) -> None:
        acme = await tenant(settings)

        done = await service.create_workspace(
            acme.owner, acme.org_id, command=CreateWorkspace("Staging", "test"), now=NOW
        )

        space = done.value
        assert (space.org_id, space.name, space.kind) == (acme.org_id, "Staging", "test")
        assert await queries.workspace(acme.owner, space.id) == space
        changes = {"name": "Staging", "environment": "test"}
        assert await trace("workspace.created") == (acme.owner.id, space.id, changes)

    async def test_refuses_a_name_that_is_taken(self, settings: Settings) -> None:
        acme = await tenant(settings)
        before = await snapshot()

        with pytest.raises(WorkspaceNameTaken):
            await service.create_workspace(
                acme.owner, acme.org_id, command=CreateWorkspace("Live", "live", "k"), now=NOW
            )
        assert await snapshot() == before

    async def test_is_repeated_with_the_first_answer(self, settings: Settings) -> None:
        acme = await tenant(settings)
        command = CreateWorkspace("Staging", "test", "k")

        made = [
            await service.create_workspace(acme.owner, acme.org_id, command=command, now=NOW)
            for _ in range(2)
        ]

        assert made[0].value == made[1].value
        assert [done.is_replay for done in made] == [False, True]

    async def test_stops_at_the_bound_under_concurrency(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(service, "MAX_WORKSPACES", 5)
        acme = await tenant(settings)

        made = await asyncio.gather(
            *(
                service.create_workspace(
                    acme.owner, acme.org_id, command=CreateWorkspace(f"w{number}", "test"), now=NOW
                )
                for number in range(20)
            ),
            return_exceptions=True,
        )

        assert sum(isinstance(one, TooManyWorkspaces) for one in made) == 17
        assert await db.fetchval("SELECT count(*) FROM workspace WHERE org_id = $1", acme.org_id) == 5

    async def test_needs_org_manage_whatever_the_workspace_of_a_key(self, settings: Settings) -> None:
        acme = await tenant(settings)
        narrow = Principal(
            "api_key",
            acme.key.id,
            {acme.org_id: frozenset(Permission) - {Permission.ORG_MANAGE}},
            acme.live.id,
        )
        before = await snapshot()

        for principal in (narrow, await member(acme, Role.ADMIN)):
            before = await snapshot()
            with pytest.raises(Forbidden, match="org:manage"):
                await service.create_workspace(
                    principal, acme.org_id, command=CreateWorkspace("Mine", "live"), now=NOW
                )
            assert await snapshot() == before


class TestRenameWorkspace:
    async def test_leaves_a_trace_of_before_and_after(self, settings: Settings) -> None:
        acme = await tenant(settings)

        space = await service.rename_workspace(acme.owner, acme.test.id, name="Staging", now=NOW)

        assert await queries.workspace(acme.owner, acme.test.id) == space
        assert (space.name, space.kind) == ("Staging", "test")
        changes = {"name": {"before": "Test", "after": "Staging"}}
        assert await trace("workspace.updated") == (acme.owner.id, acme.test.id, changes)

    @pytest.mark.parametrize(
        ("name", "case"), [("Live", WorkspaceNameTaken), ("", InvalidInput), ("x\n", InvalidInput)]
    )
    async def test_refuses_what_cannot_be(
        self, settings: Settings, name: str, case: type[LaunchKitError]
    ) -> None:
        acme = await tenant(settings)
        before = await snapshot()

        with pytest.raises(case):
            await service.rename_workspace(acme.owner, acme.test.id, name=name, now=NOW)
        assert await snapshot() == before

    async def test_answers_alike_for_one_of_others_and_for_none(self, settings: Settings) -> None:
        acme, rival = await tenant(settings), await tenant(settings, "rival")
        before = await snapshot()

        said = []
        for workspace_id in (rival.live.id, WorkspaceId(ids.uuid7())):
            with pytest.raises(WorkspaceNotFound) as raised:
                await service.rename_workspace(acme.owner, workspace_id, name="Mine", now=NOW)
            said.append(str(raised.value))
        assert said[0] == said[1]
        assert await snapshot() == before

    async def test_is_refused_while_the_org_closes(self, settings: Settings) -> None:
        """Also to who was let in before its end was asked for."""
        acme = await tenant(settings)
        await closing.request(acme.owner, acme.org_id, now=NOW)
        before = await snapshot()

        with pytest.raises(OrgClosing):
            await service.rename_workspace(acme.owner, acme.test.id, name="Staging", now=NOW)
        with pytest.raises(OrgClosing):
            await service.rename(acme.owner, acme.org_id, name="Mine", now=NOW)
        assert await snapshot() == before
