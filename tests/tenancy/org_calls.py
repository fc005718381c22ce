"""How to call what is about orgs, their workspaces and members, and invitations, on both surfaces."""

from collections.abc import Mapping, Sequence

from app.core.ids import InvitationId
from app.core.principal import Permission
from app.infra import db
from app.invitations.tokens import TokenSigner
from tests.tenancy import rows
from tests.tenancy.values import PEOPLE, SIGNED_IN, Call, Cursor, Id, Made, Needs, Unique, call
from tests.tenancy.world import Asker, World

MANAGES = Permission.MEMBERS_MANAGE
# A key that may do nothing but manage members would give or take more than it has itself.
BEYOND = {"key members:manage": "role_beyond_yours"}
UNCONFIRMED = {"VIEWER": "email_unverified"}
HEADER = {"Idempotency-Key": Unique()}


async def mailed_invitation(world: World, asker: Asker) -> str:
    """To the asker, who is not in the org for once."""
    row = await rows.invitation(world.acme)
    await db.execute(
        "UPDATE invitation SET email = (SELECT email FROM user_account WHERE id = $1) WHERE id = $2",
        *(asker.person, row),
    )
    await db.execute("DELETE FROM membership WHERE user_id = $1", asker.person)
    return TokenSigner.derive(world.settings.secret_key).sign(InvitationId(row))


FIELDS: Mapping[str, Sequence[Call]] = {
    "Query.plans": [call(SIGNED_IN)],
    "Query.members": [call(Permission.MEMBERS_READ, orgId=Id("org"), first=5, after=Cursor("membership"))],
    "Query.workspaces": [call(Permission.ORG_READ, orgId=Id("org"))],
    "Query.invitations": [
        call(
            Permission.MEMBERS_READ,
            orgId=Id("org"),
            first=5,
            after=Cursor("invitation"),
            status="OPEN",
        )
    ],
    "Mutation.createOrg": [
        call(
            PEOPLE,
            unless=UNCONFIRMED,
            input={"name": "New", "slug": Unique("new-{}"), "idempotencyKey": Unique()},
        )
    ],
    "Mutation.updateOrg": [call(Permission.ORG_MANAGE, input={"orgId": Id("org"), "name": "Other"})],
    "Mutation.requestOrgDeletion": [call(Permission.ORG_DELETE, input={"orgId": Id("org")})],
    "Mutation.cancelOrgDeletion": [call(Permission.ORG_DELETE, input={"orgId": Id("org")})],
    "Mutation.createWorkspace": [
        call(
            Permission.ORG_MANAGE,
            input={
                "orgId": Id("org"),
                "name": "Staging",
                "environment": "TEST",
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Mutation.renameWorkspace": [
        call(Permission.ORG_MANAGE, input={"workspaceId": Id("ws"), "name": "Other"})
    ],
    "Mutation.changeMemberRole": [
        call(MANAGES, unless=BEYOND, input={"orgId": Id("org"), "userId": Id("user"), "role": "VIEWER"})
    ],
    "Mutation.removeMember": [call(MANAGES, unless=BEYOND, input={"orgId": Id("org"), "userId": Id("user")})],
    "Mutation.leaveOrg": [
        call(
            Needs(Permission.ORG_READ, people_only=True),
            unless={"OWNER": "last_owner"},
            input={"orgId": Id("org")},
        )
    ],
    "Mutation.transferOwnership": [
        call(Needs(Permission.ORG_MANAGE, people_only=True), input={"orgId": Id("org"), "userId": Id("user")})
    ],
    "Mutation.inviteMember": [
        call(
            MANAGES,
            unless=BEYOND,
            input={
                "orgId": Id("org"),
                "email": Unique("guest-{}@x.example"),
                "role": "VIEWER",
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Mutation.resendInvitation": [call(MANAGES, unless=BEYOND, input={"invitationId": Id("invitation")})],
    "Mutation.revokeInvitation": [call(MANAGES, unless=BEYOND, input={"invitationId": Id("invitation")})],
    "Mutation.acceptInvitation": [call(PEOPLE, unless=UNCONFIRMED, input={"token": Made(mailed_invitation)})],
}

OPERATIONS: Mapping[str, Sequence[Call]] = {
    "GET /v1/org": [call()],
    "GET /v1/workspaces": [call()],
    "POST /v1/workspaces": [call(header=HEADER, body={"name": "Staging", "environment": "test"})],
    "GET /v1/members": [call(query={"limit": 5, "cursor": Cursor("membership")})],
    "PATCH /v1/members/{user_id}": [
        call(unless=BEYOND, path={"user_id": Id("user")}, header=HEADER, body={"role": "VIEWER"})
    ],
    "DELETE /v1/members/{user_id}": [call(unless=BEYOND, path={"user_id": Id("user")}, header=HEADER)],
    "GET /v1/invitations": [
        call(query={"status": "OPEN", "limit": 5, "cursor": Cursor("invitation")}),
    ],
    "POST /v1/invitations": [
        call(
            unless=BEYOND,
            header=HEADER,
            body={"email": Unique("guest-{}@x.example"), "role": "VIEWER"},
        )
    ],
    "DELETE /v1/invitations/{id}": [call(unless=BEYOND, path={"id": Id("invitation")}, header=HEADER)],
}
