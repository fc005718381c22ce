"""Sessions with tokens, begun without a password: argon2 would take longer than the test."""

from datetime import datetime

from app.accounts import service
from app.accounts.keys import AccountKeys
from app.accounts.types import Client, SignedIn
from app.core.ids import UserId
from app.core.principal import Principal
from app.identity.types import User
from app.infra import db
from tests.factories.orgs import NOW

LAPTOP = Client("192.0.2.7", "Firefox")


async def begun(
    keys: AccountKeys, owner: Principal, *, now: datetime = NOW, client: Client = LAPTOP
) -> SignedIn:
    row = await db.fetchrow("SELECT * FROM user_account WHERE id = $1", owner.id)
    assert row is not None
    user = User(UserId(row["id"]), row["email"], row["name"], row["created_at"])
    async with db.unit_of_work() as uow:
        return service.begin_session(uow, keys, user, method="password", client=client, now=now)


def principal(signed_in: SignedIn) -> Principal:
    return Principal("user", signed_in.user.id, session_id=signed_in.session_id)


async def trace(action: str) -> list[tuple[object, object]]:
    """Who did it to which session."""
    rows = await db.fetch(
        "SELECT principal_id, target_id FROM audit_entry WHERE action = $1 ORDER BY id", action
    )
    return [(row["principal_id"], row["target_id"]) for row in rows]
