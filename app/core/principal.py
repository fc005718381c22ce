"""Who acts, and what they may do.

A `Principal` is a user, an API key or the system itself. `authorise` is the only way to an `Access`, and
reads and writes of a tenant's rows take an `Access`: an org id nobody checked does not type-check.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Literal
from uuid import UUID

from app.core import allowed_models
from app.core.allowed_models import ModelNotAllowed
from app.core.errors import Forbidden, NotFound
from app.core.ids import IdentityId, OrgId, SessionId, WorkspaceId


class Permission(StrEnum):
    """What a role grants and an API key is scoped to: one vocabulary for both."""

    ORG_READ = "org:read"
    ORG_MANAGE = "org:manage"
    ORG_DELETE = "org:delete"
    MEMBERS_READ = "members:read"
    MEMBERS_MANAGE = "members:manage"
    KEYS_READ = "keys:read"
    KEYS_MANAGE = "keys:manage"
    JOBS_READ = "jobs:read"
    JOBS_WRITE = "jobs:write"
    USAGE_READ = "usage:read"
    USAGE_WRITE = "usage:write"
    AUDIT_READ = "audit:read"
    PRICES_READ = "prices:read"
    PRICES_MANAGE = "prices:manage"
    CREDITS_READ = "credits:read"
    CREDITS_USE = "credits:use"
    CREDITS_MANAGE = "credits:manage"
    GATEWAY_USE = "gateway:use"
    GATEWAY_MANAGE = "gateway:manage"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"


class Role(StrEnum):
    OWNER = "OWNER"
    ADMIN = "ADMIN"
    MEMBER = "MEMBER"
    VIEWER = "VIEWER"


_VIEWER = frozenset(
    {
        Permission.ORG_READ,
        Permission.MEMBERS_READ,
        Permission.JOBS_READ,
        Permission.USAGE_READ,
        Permission.PRICES_READ,
        Permission.CREDITS_READ,
    }
)
_MEMBER = _VIEWER | {
    Permission.JOBS_WRITE,
    Permission.USAGE_WRITE,
    Permission.CREDITS_USE,
    Permission.GATEWAY_USE,
}
_ADMIN = _MEMBER | {
    Permission.MEMBERS_MANAGE,
    Permission.KEYS_READ,
    Permission.KEYS_MANAGE,
    Permission.AUDIT_READ,
    Permission.PRICES_MANAGE,
    Permission.CREDITS_MANAGE,
    Permission.GATEWAY_MANAGE,
    Permission.WEBHOOKS_READ,
    Permission.WEBHOOKS_WRITE,
}

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.VIEWER: _VIEWER,
        Role.MEMBER: _MEMBER,
        Role.ADMIN: _ADMIN,
        Role.OWNER: frozenset(Permission),
    }
)

# While an org waits for its end nothing in it changes, but who asked for that may think better of it.
_WHILE_CLOSING = frozenset(permission for permission in Permission if permission.value.endswith(":read")) | {
    Permission.ORG_DELETE
}

_CLOSING = "The org is about to be deleted and can only be read; an owner can still cancel its deletion."


def granted(role: Role, *, is_closing: bool = False) -> frozenset[Permission]:
    """What a member may do: in an org that is about to be deleted, only read, and cancel that."""
    return ROLE_PERMISSIONS[role] & _WHILE_CLOSING if is_closing else ROLE_PERMISSIONS[role]


# What they are about is one for all workspaces of an org: upstreams, policies, endpoints, prices, members.
_OF_ALL_ENVIRONMENTS = frozenset(
    {
        Permission.GATEWAY_MANAGE,
        Permission.WEBHOOKS_WRITE,
        Permission.PRICES_MANAGE,
        Permission.MEMBERS_MANAGE,
        Permission.ORG_MANAGE,
        Permission.ORG_DELETE,
    }
)


class LiveKeyNeeded(Forbidden):
    """Whatever its scopes: who gives a key of a test workspace away means to give nothing away that is live."""

    code = "live_key_needed"
    title = (
        "This changes what the org's live workspaces use, too, and a key of a test workspace may not: use a key of a "
        "live workspace, or sign in."
    )


PrincipalKind = Literal["user", "api_key", "system"]
Environment = Literal["live", "test"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a user is called and since when."""

    email: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Principal:
    """`id` is the user's or the key's; `orgs` what it may do where. A key has one org and one workspace.

    `plans` are the versions that the orgs are on (`PRO@1`), as far as they were read with the credential: limits need
    them at each request.
    So are `quotas`, the requests a minute of orgs that agreed on an amount of their own. `environment` is that of a
    key's workspace; a person's is live. `session_id` is that of a user who signed in here, `identity_id` that by which
    a token of another issuer lets one in; `expires_at` is when the credential that was shown stops being good. `models`
    are the patterns of `app.core.allowed_models` that a key is limited to; None is any model. `tokens_per_minute` are
    those of models that it may take; None is any number. `profile` is a user's own, as it was when the credential was
    looked at. `closing` are orgs that wait for their end: what they lack there is told as what it is.
    """

    kind: PrincipalKind
    id: UUID
    orgs: Mapping[OrgId, frozenset[Permission]] = field(default_factory=dict)
    workspace_id: WorkspaceId | None = None
    plans: Mapping[OrgId, str] = field(default_factory=dict, compare=False)
    quotas: Mapping[OrgId, int] = field(default_factory=dict, compare=False)
    environment: Environment = field(default="live", compare=False)
    session_id: SessionId | None = field(default=None, compare=False)
    identity_id: IdentityId | None = field(default=None, compare=False)
    expires_at: datetime | None = field(default=None, compare=False)
    models: tuple[str, ...] | None = field(default=None, compare=False)
    tokens_per_minute: int | None = field(default=None, compare=False)
    profile: Profile | None = field(default=None, compare=False, repr=False)
    closing: frozenset[OrgId] = field(default=frozenset(), compare=False)

    def may(self, org_id: OrgId, permission: Permission) -> bool:
        """Whether `authorise` would pass: for what is left out of an answer instead of being refused."""
        return permission in self.orgs.get(org_id, frozenset()) and not self._is_kept_from(permission)

    def authorise(self, org_id: OrgId, permission: Permission) -> "Access":
        """Raises `NotFound` where the principal is no part of the org, `Forbidden` without the permission, and
        `LiveKeyNeeded` for a test key that would change what is live.
        """
        granted = self.orgs.get(org_id)
        if granted is None:
            raise NotFound
        if permission not in granted:
            if org_id in self.closing and permission not in _WHILE_CLOSING:
                raise Forbidden(_CLOSING)
            raise Forbidden(f"This needs the permission {permission}.")
        if self._is_kept_from(permission):
            raise LiveKeyNeeded
        return Access(self, org_id, permission)

    def _is_kept_from(self, permission: Permission) -> bool:
        return self.environment == "test" and self.kind == "api_key" and permission in _OF_ALL_ENVIRONMENTS

    def require_model(self, model: str | None) -> None:
        """Raises `ModelNotAllowed` for a model outside `models`; None stands for one that is chosen later."""
        if self.models is None or (model is not None and allowed_models.allows(self.models, model)):
            return
        listed = ", ".join(self.models)
        if model is None:
            raise ModelNotAllowed(f"This API key is limited to models: name one of {listed} in `model`.")
        raise ModelNotAllowed(f"This API key may not use {model[:128]!r}; it may use {listed}.")


# What time alone brings about.
SYSTEM = Principal("system", UUID(int=0))


@dataclass(frozen=True, slots=True)
class Access:
    """Proof that `principal` holds `permission` in `org_id`. Made by `Principal.authorise` alone."""

    principal: Principal
    org_id: OrgId
    permission: Permission
