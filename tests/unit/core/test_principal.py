"""Roles, permissions and authorisation."""

import itertools

import pytest

from app.core import ids
from app.core.errors import Forbidden, NotFound
from app.core.ids import OrgId
from app.core.principal import (
    ROLE_PERMISSIONS,
    Access,
    LiveKeyNeeded,
    Permission,
    Principal,
    Role,
    granted,
)

MINE, FOREIGN = OrgId(ids.uuid7()), OrgId(ids.uuid7())

P = Permission
_VIEWER = {P.ORG_READ, P.MEMBERS_READ, P.JOBS_READ, P.USAGE_READ, P.PRICES_READ, P.CREDITS_READ}
TABLE = {
    Role.VIEWER: _VIEWER,
    Role.MEMBER: _VIEWER | {P.JOBS_WRITE, P.USAGE_WRITE, P.CREDITS_USE, P.GATEWAY_USE},
    Role.ADMIN: set(P) - {P.ORG_MANAGE, P.ORG_DELETE},
    Role.OWNER: set(P),
}


class TestRolePermissions:
    def test_are_the_table(self) -> None:
        assert {role: set(granted) for role, granted in ROLE_PERMISSIONS.items()} == TABLE

    @pytest.mark.parametrize("permission", Permission)
    def test_let_an_owner_do_everything(self, permission: Permission) -> None:
        assert permission in ROLE_PERMISSIONS[Role.OWNER]

    def test_let_a_viewer_only_read(self) -> None:
        assert {permission.split(":")[1] for permission in ROLE_PERMISSIONS[Role.VIEWER]} == {"read"}

    def test_grow_with_the_role(self) -> None:
        ladder = [ROLE_PERMISSIONS[role] for role in (Role.VIEWER, Role.MEMBER, Role.ADMIN, Role.OWNER)]

        assert all(lower < higher for lower, higher in itertools.pairwise(ladder))

    def test_cannot_be_changed_at_run_time(self) -> None:
        with pytest.raises(TypeError):
            ROLE_PERMISSIONS[Role.VIEWER] = frozenset(Permission)  # type: ignore[index]


class TestGranted:
    @pytest.mark.parametrize("role", Role)
    def test_leaves_reading_alone_in_an_org_that_is_closing(self, role: Role) -> None:
        left = granted(role, is_closing=True)

        assert granted(role) == ROLE_PERMISSIONS[role]
        assert left == {p for p in TABLE[role] if p.value.endswith(":read") or p is P.ORG_DELETE}
        assert (P.ORG_DELETE in left) == (role is Role.OWNER)


class TestTestKeys:
    @pytest.mark.parametrize("permission", Permission)
    def test_change_nothing_that_is_one_for_all_workspaces(self, permission: Permission) -> None:
        key = Principal("api_key", ids.uuid7(), {MINE: ROLE_PERMISSIONS[Role.OWNER]}, environment="test")
        is_kept_from = permission in {
            *(P.GATEWAY_MANAGE, P.WEBHOOKS_WRITE, P.PRICES_MANAGE),
            *(P.MEMBERS_MANAGE, P.ORG_MANAGE, P.ORG_DELETE),
        }
        assert key.may(MINE, permission) is not is_kept_from
        if is_kept_from:
            with pytest.raises(LiveKeyNeeded, match="live workspace"):
                key.authorise(MINE, permission)
        else:
            assert key.authorise(MINE, permission).permission is permission
        with pytest.raises(NotFound):
            key.authorise(FOREIGN, permission)


class TestAuthorise:
    @pytest.mark.parametrize("role", Role)
    @pytest.mark.parametrize("permission", Permission)
    def test_follows_the_table(self, role: Role, permission: Permission) -> None:
        principal = Principal("user", ids.uuid7(), {MINE: ROLE_PERMISSIONS[role]})

        if permission in TABLE[role]:
            assert principal.authorise(MINE, permission) == Access(principal, MINE, permission)
        else:
            with pytest.raises(Forbidden, match=permission.value):
                principal.authorise(MINE, permission)

    @pytest.mark.parametrize("permission", Permission)
    def test_cannot_tell_a_foreign_org_from_a_missing_one(self, permission: Permission) -> None:
        principal = Principal("user", ids.uuid7(), {MINE: frozenset(Permission)})

        with pytest.raises(NotFound) as raised:
            principal.authorise(FOREIGN, permission)

        assert str(FOREIGN) not in str(raised.value)

    def test_is_forbidden_and_not_missing_for_a_key_without_scopes(self) -> None:
        principal = Principal("api_key", ids.uuid7(), {MINE: frozenset()})

        with pytest.raises(Forbidden):
            principal.authorise(MINE, Permission.ORG_READ)

    def test_grants_nothing_to_a_principal_without_orgs(self) -> None:
        with pytest.raises(NotFound):
            Principal("user", ids.uuid7()).authorise(MINE, Permission.ORG_READ)
