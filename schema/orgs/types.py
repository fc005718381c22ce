"""People, orgs, workspaces and keys."""

from datetime import datetime
from enum import Enum
from typing import Annotated
from uuid import UUID

import strawberry

from app.accounts.types import Protection
from app.apikeys import types as apikeys
from app.core import ids
from app.core.ids import ApiKeyId, OrgId, UserId, WorkspaceId
from app.core.principal import Permission, Role
from app.identity import queries as identity
from app.identity import types as domain
from schema.core import enums
from schema.core.context import Info
from schema.core.node import Node

_CREATOR = "Who made something: a person or a key."


@strawberry.enum(description="Whether a workspace is for real or for trying out.")
class Environment(Enum):
    LIVE = strawberry.enum_value("live", description="For real.")
    TEST = strawberry.enum_value("test", description="For trying out: apart from what is live.")


enums.describe(
    Role,
    name="Role",
    description="What a member may do, from everything to reading.",
    values={
        Role.OWNER: "Everything, the end of the org among it.",
        Role.ADMIN: "Members, keys and the audit log, besides what a member may do.",
        Role.MEMBER: "Makes jobs and records usage.",
        Role.VIEWER: "Reads.",
    },
)


@strawberry.type(description="A person who signs in.")
class User(Node):
    email: str = strawberry.field(description="The address they sign in with.")
    name: str = strawberry.field(description="What they are called.")
    created_at: datetime = strawberry.field(description="When the account was made.")
    user_id: strawberry.Private[UserId]

    @classmethod
    def of(cls, user: domain.User) -> "User":
        return cls(
            id=strawberry.ID(ids.encode("user", user.id)),
            email=user.email,
            name=user.name,
            created_at=user.created_at,
            user_id=user.id,
        )

    @strawberry.field(
        description="Whether they confirmed the address; you see it of yourself, else it is null."
    )
    async def email_verified(self, info: Info) -> bool | None:
        found = await self._protection(info)
        return None if found is None else found.is_email_verified

    @strawberry.field(description="Whether signing in needs a code; you see it of yourself, else it is null.")
    async def totp_enabled(self, info: Info) -> bool | None:
        found = await self._protection(info)
        return None if found is None else found.is_totp_enabled

    @strawberry.field(description="Recovery codes not used yet; you see it of yourself, else it is null.")
    async def recovery_codes_left(self, info: Info) -> int | None:
        found = await self._protection(info)
        return None if found is None else found.recovery_codes_left

    async def _protection(self, info: Info) -> Protection | None:
        asker = info.context.credential.found
        if asker is None or (asker.kind, asker.id) != ("user", self.user_id):
            return None
        return await info.context.loaders.protection.load(self.user_id)


@strawberry.type(description="An environment of an org; what happens in one is never seen in another.")
class Workspace(Node):
    name: str = strawberry.field(description="Unique in the org.")
    environment: Environment = strawberry.field(description="Live or test.")

    @classmethod
    def of(cls, workspace: domain.Workspace) -> "Workspace":
        return cls(
            id=strawberry.ID(ids.encode("ws", workspace.id)),
            name=workspace.name,
            environment=Environment(workspace.kind),
        )


@strawberry.type(description="A tenant: everything belongs to one.")
class Org(Node):
    name: str = strawberry.field(description="What it is called.")
    slug: str = strawberry.field(description="Its name in addresses.")
    plan: str = strawberry.field(description="The plan it is on.")
    created_at: datetime = strawberry.field(description="When it was made.")
    deletion_due_at: datetime | None = strawberry.field(
        description="When it will be deleted, unless that is cancelled before. Until then it can only be read."
    )
    source: strawberry.Private[domain.Org]

    @classmethod
    def of(cls, org: domain.Org) -> "Org":
        return cls(
            id=strawberry.ID(ids.encode("org", org.id)),
            name=org.name,
            slug=org.slug,
            plan=org.plan,
            created_at=org.created_at,
            deletion_due_at=org.deletion_due_at,
            source=org,
        )

    @strawberry.field(description="Its environments.")
    async def workspaces(self, info: Info) -> list[Workspace]:
        found = await identity.workspaces(info.context.principal, self.source.id)
        return [Workspace.of(workspace) for workspace in found]


@strawberry.type(description="A person's place in an org.")
class Member:
    user: User = strawberry.field(description="Who it is.")
    role: Role = strawberry.field(description="What they may do.")
    since: datetime = strawberry.field(description="When they joined.")

    @classmethod
    def of(cls, member: domain.Member) -> "Member":
        return cls(user=User.of(member.user), role=member.role, since=member.since)


# `Creator` below, said before there is an `ApiKey`.
_Creator = Annotated["User | ApiKey", strawberry.union("Creator", description=_CREATOR)]


@strawberry.type(description="A key with which a server calls; the secret is not readable.")
class ApiKey(Node):
    name: str = strawberry.field(description="What it is for.")
    public_id: str = strawberry.field(description="The part of the key that is not secret.")
    created_at: datetime = strawberry.field(description="When it was made.")
    scopes: list[str] | None = strawberry.field(
        description="What it may do, for example `jobs:read`; null, as all below, where you may not read keys."
    )
    allowed_models: list[str] | None = strawberry.field(
        description="The models it may use, by name or by a prefix and `*`; null where it may use any."
    )
    tokens_per_minute: int | None = strawberry.field(
        description="Tokens of models that it may take in a minute through the gateway; null where it may take any."
    )
    expires_at: datetime | None = strawberry.field(description="From when on it is refused; null is never.")
    revoked_at: datetime | None = strawberry.field(description="When it was revoked.")
    last_used_at: datetime | None = strawberry.field(
        description="When it was last used: up to a quarter of a minute late."
    )
    source: strawberry.Private[apikeys.ApiKey]
    is_whole: strawberry.Private[bool]

    @classmethod
    def of(cls, key: apikeys.ApiKey, *, is_whole: bool = True) -> "ApiKey":
        """Only its name, its public id and its age for who may see what it made but may not read keys."""
        return cls(
            id=strawberry.ID(ids.encode("key", key.id)),
            name=key.name,
            public_id=key.public_id,
            created_at=key.created_at,
            scopes=sorted(key.scopes) if is_whole else None,
            allowed_models=list(key.allowed_models) if is_whole and key.allowed_models else None,
            tokens_per_minute=key.tokens_per_minute if is_whole else None,
            expires_at=key.expires_at if is_whole else None,
            revoked_at=key.revoked_at if is_whole else None,
            last_used_at=key.last_used_at if is_whole else None,
            source=key,
            is_whole=is_whole,
        )

    @strawberry.field(description="The environment whose jobs and usage it sees.")
    async def workspace(self, info: Info) -> Workspace | None:
        return await load_workspace(info, self.source.workspace_id) if self.is_whole else None

    @strawberry.field(
        description="Who made it; null for the oldest keys, and for people whom you may not read.",
    )
    async def created_by(self, info: Info) -> _Creator | None:
        key = self.source
        if not self.is_whole or key.created_by_kind is None or key.created_by_id is None:
            return None
        return await load_creator(info, key.org_id, key.created_by_kind, key.created_by_id)

    @strawberry.field(description="The key it was rotated to.")
    async def replaced_by(self, info: Info) -> "ApiKey | None":
        successor = self.source.replaced_by_id
        return await load_key(info, self.source.org_id, successor) if self.is_whole and successor else None


Creator = Annotated[User | ApiKey, strawberry.union("Creator", description=_CREATOR)]


async def load_workspace(info: Info, workspace_id: WorkspaceId) -> Workspace | None:
    found = await info.context.loaders.workspace.load(workspace_id)
    return None if found is None else Workspace.of(found)


async def load_creator(info: Info, org_id: OrgId, kind: str, creator_id: UUID) -> User | ApiKey | None:
    """None also for a person where the asker may not read the org's members."""
    if kind == "user":
        if not info.context.principal.may(org_id, Permission.MEMBERS_READ):
            return None
        user = await info.context.loaders.user.load(UserId(creator_id))
        return None if user is None else User.of(user)
    return await load_key(info, org_id, ApiKeyId(creator_id))


async def load_key(info: Info, org_id: OrgId, key_id: ApiKeyId) -> ApiKey | None:
    key = await info.context.loaders.api_key.load(key_id)
    is_whole = info.context.principal.may(org_id, Permission.KEYS_READ)
    return None if key is None else ApiKey.of(key, is_whole=is_whole)
