"""The demo users, orgs and keys."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

from app.apikeys import service as apikeys
from app.apikeys.errors import KeyInvalid, KeyLimitReached
from app.apikeys.types import CreateApiKey, NewApiKey, RotateApiKey
from app.apikeys.verification import KeyVerifier
from app.core.ids import OrgId, UserId
from app.core.principal import ROLE_PERMISSIONS, Permission, Principal, Role
from app.dev.seed.facts import KEY_NAME, PASSWORD, DemoOrg, Person
from app.identity import membership, service
from app.infra import db

# Of those that an older version seeded, too: nobody signs in without.
_CONFIRM = """
UPDATE user_account SET email_verified_at = $2 WHERE lower(email) = ANY($1::text[]) AND email_verified_at IS NULL
"""
_USERS = "SELECT lower(email) AS email, id FROM user_account WHERE lower(email) = ANY($1::text[])"
_ORG = "SELECT id FROM org WHERE slug = $1"
_MEMBERS = "SELECT user_id FROM membership WHERE org_id = $1"
_USABLE_KEY = """
SELECT id, scopes, workspace_id FROM api_key
WHERE org_id = $1 AND revoked_at IS NULL AND replaced_by_id IS NULL AND (expires_at IS NULL OR expires_at > $3)
ORDER BY name = $2 DESC, id DESC LIMIT 1
"""
_OVERLAP = timedelta(hours=24)


async def ensure_people(people: tuple[Person, ...], *, now: datetime) -> tuple[Mapping[Person, UserId], int]:
    """The users' ids, and how many of them are new. Hashing a password is slow on purpose: all at once."""
    rows = await db.fetch(_USERS, [person.email for person in people])
    known = {row["email"]: UserId(row["id"]) for row in rows}
    missing = [person for person in people if person.email not in known]
    made = await asyncio.gather(
        *(service.create_user(email=p.email, name=p.name, password=PASSWORD, now=now) for p in missing)
    )
    await db.execute(_CONFIRM, [person.email for person in people], now)
    known |= {person.email: user_id for person, user_id in zip(missing, made, strict=True)}
    return {person: known[person.email] for person in people}, len(missing)


async def ensure_org(
    org: DemoOrg, members: Mapping[Person, UserId], *, now: datetime
) -> tuple[OrgId, Principal, bool]:
    """The org, its owner, and whether it is new. `members` are added in their roles where they are missing."""
    owner_id = next(user_id for person, user_id in members.items() if person.role is Role.OWNER)
    org_id = await db.fetchval(_ORG, org.slug)
    is_new = org_id is None
    if is_new:
        org_id = await service.create_org(
            name=org.name, slug=org.slug, plan=org.plan, owner_id=owner_id, now=now
        )
    owner = Principal("user", owner_id, {org_id: ROLE_PERMISSIONS[Role.OWNER]})
    present = {row["user_id"] for row in await db.fetch(_MEMBERS, org_id)}
    for person, user_id in members.items():
        if user_id not in present:
            await membership.add_member(owner, org_id, user_id=user_id, role=person.role, now=now)
    return org_id, owner, is_new


async def ensure_demo_key(
    owner: Principal, org_id: OrgId, *, verifier: KeyVerifier, token: str | None, now: datetime
) -> tuple[Principal, str, bool]:
    """The key that is shown, as text, and whether it is new: a text that was lost cannot be had back."""
    if token is not None and (key := await _verified(verifier, token, org_id, now)) is not None:
        return key, token, False
    new = await _create(owner, org_id, verifier=verifier, now=now)
    return _principal(new), new.shown_token, True


async def ensure_any_key(
    owner: Principal, org_id: OrgId, *, verifier: KeyVerifier, now: datetime
) -> tuple[Principal, bool]:
    """A key whose text nobody needs, and whether it is new."""
    row = await db.fetchrow(_USABLE_KEY, org_id, KEY_NAME, now)
    if row is None:
        return _principal(await _create(owner, org_id, verifier=verifier, now=now)), True
    return Principal("api_key", row["id"], {org_id: frozenset(Permission)}, row["workspace_id"]), False


async def _verified(verifier: KeyVerifier, token: str, org_id: OrgId, now: datetime) -> Principal | None:
    try:
        key = await verifier.verify(token, now=now)
    except KeyInvalid:
        return None
    return key if org_id in key.orgs else None


async def _create(owner: Principal, org_id: OrgId, *, verifier: KeyVerifier, now: datetime) -> NewApiKey:
    """Where the plan has no place left, the key takes that of an earlier one."""
    command = CreateApiKey(KEY_NAME, list(Permission))
    try:
        return await apikeys.create(owner, org_id, command=command, verifier=verifier, now=now)
    except KeyLimitReached:
        key_id = await db.fetchval(_USABLE_KEY, org_id, KEY_NAME, now)
        return await apikeys.rotate(
            owner, key_id, command=RotateApiKey(), verifier=verifier, default_overlap=_OVERLAP, now=now
        )


def _principal(new: NewApiKey) -> Principal:
    return Principal("api_key", new.key.id, {new.key.org_id: new.key.scopes}, new.key.workspace_id)
