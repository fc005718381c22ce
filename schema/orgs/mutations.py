"""Changing orgs, their members and their workspaces."""

from typing import Annotated

import strawberry

from app.core import ids
from app.core.errors import LaunchKitError
from app.core.ids import UserId, WorkspaceId
from app.core.principal import Role
from app.identity import closing, membership, service
from app.identity import types as domain
from app.identity.errors import MemberNotFound, WorkspaceNotFound
from schema.core import node
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem
from schema.orgs.types import Environment, Member, Org, Workspace

_KEY = "Makes repeating safe: 24 hours long the same key means the same effect."


@strawberry.input(description="A wish for an org.")
class CreateOrgInput:
    name: str = strawberry.field(description="What it is called.")
    slug: str | None = strawberry.field(
        default=None, description="Its name in addresses; without one, after its name."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=_KEY)


@strawberry.input(description="An org of yours.")
class OrgInput:
    org_id: strawberry.ID = strawberry.field(description="Its id.")


@strawberry.input(description="What an org is to be like.")
class UpdateOrgInput:
    org_id: strawberry.ID = strawberry.field(description="Its id.")
    name: str = strawberry.field(description="What it is called from now on.")


@strawberry.input(description="A wish for an environment.")
class CreateWorkspaceInput:
    org_id: strawberry.ID = strawberry.field(description="The org it belongs to.")
    name: str = strawberry.field(description="Unique in the org.")
    environment: Environment = strawberry.field(description="Live or test; it stays what it is.")
    idempotency_key: str | None = strawberry.field(default=None, description=_KEY)


@strawberry.input(description="Another name for an environment.")
class RenameWorkspaceInput:
    workspace_id: strawberry.ID = strawberry.field(description="Its id.")
    name: str = strawberry.field(description="Unique in the org.")


@strawberry.input(description="A member of an org.")
class MemberInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    user_id: strawberry.ID = strawberry.field(description="The person.")


@strawberry.input(description="What a member may do from now on.")
class ChangeMemberRoleInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    user_id: strawberry.ID = strawberry.field(description="The person.")
    role: Role = strawberry.field(description="At most what you may do yourself.")


@strawberry.type(description="The org is there.")
class CreatedOrg:
    org: Org = strawberry.field(description="The org as it was made.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had made it before.")


@strawberry.type(description="The environment is there.")
class CreatedWorkspace:
    workspace: Workspace = strawberry.field(description="The environment as it was made.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had made it before.")


@strawberry.type(description="Somebody is a member no longer.")
class EndedMembership:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    user_id: strawberry.ID = strawberry.field(description="Who has left it.")


CreateOrgResult = Annotated[
    CreatedOrg | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("CreateOrgResult", description="The org, or why there is none."),
]
OrgResult = Annotated[
    Org | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("OrgResult", description="The org, or why it is as it was."),
]
CreateWorkspaceResult = Annotated[
    CreatedWorkspace | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("CreateWorkspaceResult", description="The environment, or why there is none."),
]
WorkspaceResult = Annotated[
    Workspace | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("WorkspaceResult", description="The environment, or why it is as it was."),
]
MemberResult = Annotated[
    Member | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("MemberResult", description="The member, or why they are as they were."),
]
EndMembershipResult = Annotated[
    EndedMembership | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("EndMembershipResult", description="Who left, or why they are still there."),
]


@strawberry.type
class OrgMutations:
    @strawberry.mutation(description="Makes an org that you own, with a live and a test environment.")
    async def create_org(
        self,
        info: Info,
        input: Annotated[CreateOrgInput, strawberry.argument(description="The org that is wanted.")],
    ) -> CreateOrgResult:
        command = domain.CreateOrg(input.name, input.slug, input.idempotency_key)
        try:
            done = await service.create(info.context.principal, command=command, now=info.context.now)
            # Whoever asks was no member when the request began; the answer may ask for what members see.
            await info.context.renew()
        except LaunchKitError as error:
            return problem(error)
        return CreatedOrg(org=Org.of(done.value), is_replay=done.is_replay)

    @strawberry.mutation(description="Renames an org; its slug stays.")
    async def update_org(
        self, info: Info, input: Annotated[UpdateOrgInput, strawberry.argument(description="The new name.")]
    ) -> OrgResult:
        principal, now = info.context.principal, info.context.now
        try:
            return Org.of(
                await service.rename(principal, node.org_id(input.org_id), name=input.name, now=now)
            )
        except LaunchKitError as error:
            return problem(error)

    @strawberry.mutation(
        description="Has an org deleted in 30 days. Until then it can be read and nothing else, and its API keys "
        "are refused."
    )
    async def request_org_deletion(
        self, info: Info, input: Annotated[OrgInput, strawberry.argument(description="Which one.")]
    ) -> OrgResult:
        principal, now = info.context.principal, info.context.now
        try:
            return Org.of(await closing.request(principal, node.org_id(input.org_id), now=now))
        except LaunchKitError as error:
            return problem(error)

    @strawberry.mutation(description="Keeps an org whose deletion was asked for; its API keys work again.")
    async def cancel_org_deletion(
        self, info: Info, input: Annotated[OrgInput, strawberry.argument(description="Which one.")]
    ) -> OrgResult:
        principal, now = info.context.principal, info.context.now
        try:
            return Org.of(await closing.cancel(principal, node.org_id(input.org_id), now=now))
        except LaunchKitError as error:
            return problem(error)

    @strawberry.mutation(description="Makes an environment.")
    async def create_workspace(
        self,
        info: Info,
        input: Annotated[
            CreateWorkspaceInput, strawberry.argument(description="The environment that is wanted.")
        ],
    ) -> CreateWorkspaceResult:
        command = domain.CreateWorkspace(
            input.name, "test" if input.environment is Environment.TEST else "live", input.idempotency_key
        )
        principal, now = info.context.principal, info.context.now
        try:
            done = await service.create_workspace(
                principal, node.org_id(input.org_id), command=command, now=now
            )
        except LaunchKitError as error:
            return problem(error)
        return CreatedWorkspace(workspace=Workspace.of(done.value), is_replay=done.is_replay)

    @strawberry.mutation(description="Renames an environment.")
    async def rename_workspace(
        self,
        info: Info,
        input: Annotated[RenameWorkspaceInput, strawberry.argument(description="The new name.")],
    ) -> WorkspaceResult:
        principal, now = info.context.principal, info.context.now
        try:
            workspace_id = WorkspaceId(node.find("ws", input.workspace_id, WorkspaceNotFound))
            return Workspace.of(
                await service.rename_workspace(principal, workspace_id, name=input.name, now=now)
            )
        except LaunchKitError as error:
            return problem(error)

    @strawberry.mutation(description="Gives a member another role; it counts from their next request.")
    async def change_member_role(
        self,
        info: Info,
        input: Annotated[ChangeMemberRoleInput, strawberry.argument(description="Who, and which role.")],
    ) -> MemberResult:
        principal, now = info.context.principal, info.context.now
        try:
            org_id, user_id = node.org_id(input.org_id), _user_id(input.user_id)
            done = await membership.change_role(principal, org_id, user_id=user_id, role=input.role, now=now)
        except LaunchKitError as error:
            return problem(error)
        return Member.of(done.value)

    @strawberry.mutation(description="Ends somebody's membership.")
    async def remove_member(
        self, info: Info, input: Annotated[MemberInput, strawberry.argument(description="Whose.")]
    ) -> EndMembershipResult:
        principal, now = info.context.principal, info.context.now
        try:
            org_id, user_id = node.org_id(input.org_id), _user_id(input.user_id)
            await membership.remove(principal, org_id, user_id=user_id, now=now)
        except LaunchKitError as error:
            return problem(error)
        return EndedMembership(org_id=input.org_id, user_id=input.user_id)

    @strawberry.mutation(description="Ends your own membership. The last owner cannot leave.")
    async def leave_org(
        self, info: Info, input: Annotated[OrgInput, strawberry.argument(description="Which org.")]
    ) -> EndMembershipResult:
        principal = info.context.principal
        try:
            await membership.leave(principal, node.org_id(input.org_id), now=info.context.now)
        except LaunchKitError as error:
            return problem(error)
        user_id = strawberry.ID(ids.encode("user", principal.id))
        return EndedMembership(org_id=input.org_id, user_id=user_id)

    @strawberry.mutation(description="Makes another member an owner, and you an admin.")
    async def transfer_ownership(
        self, info: Info, input: Annotated[MemberInput, strawberry.argument(description="The new owner.")]
    ) -> MemberResult:
        principal, now = info.context.principal, info.context.now
        try:
            org_id, user_id = node.org_id(input.org_id), _user_id(input.user_id)
            return Member.of(await membership.transfer_ownership(principal, org_id, user_id=user_id, now=now))
        except LaunchKitError as error:
            return problem(error)


def _user_id(value: strawberry.ID) -> UserId:
    return UserId(node.find("user", value, MemberNotFound))
