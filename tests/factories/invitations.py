"""Invitations, and people who hold one."""

from datetime import datetime

from app.core.principal import Principal, Role
from app.invitations import service
from app.invitations.tokens import TokenSigner
from app.invitations.types import Invitation, InviteMember
from tests.conftest import SECRET_KEY
from tests.factories.orgs import NOW, Tenant

SIGNER = TokenSigner.derive(SECRET_KEY)


async def invited(
    tenant: Tenant,
    name: str = "ada",
    role: Role = Role.MEMBER,
    *,
    by: Principal | None = None,
    key: str | None = None,
    now: datetime = NOW,
) -> Invitation:
    """Of `name@x.example`, who need not have an account."""
    command = InviteMember(f"{name}@x.example", role, key)
    return (await service.invite(by or tenant.owner, tenant.org_id, command=command, now=now)).value


def token_of(invitation: Invitation) -> str:
    """What only the mail holds."""
    return SIGNER.sign(invitation.id)
