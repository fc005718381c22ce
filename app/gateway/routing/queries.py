"""Reading policies."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import orjson

from app.core.ids import OrgId
from app.core.principal import Permission, Principal
from app.gateway.errors import PolicyNotFound
from app.gateway.routing.policy import Capability, Choice, Policy, Strategy, WhenClientLeaves
from app.infra import db
from app.infra.db import Row

COLUMNS = (
    "id, org_id, model, strategy, targets, baseline, cache_seconds, cached_percent, when_client_leaves, created_at, "
    "updated_at"
)
_OF_ORGS = f"SELECT {COLUMNS} FROM gateway_policy WHERE org_id = ANY($1::uuid[])"
_OF_ORG = f"SELECT {COLUMNS} FROM gateway_policy WHERE org_id = $1 ORDER BY model"
_ONE = f"SELECT {COLUMNS} FROM gateway_policy WHERE org_id = $1 AND id = $2"


async def of_org(principal: Principal, org_id: OrgId) -> Sequence[Policy]:
    """By the name that they are for."""
    access = principal.authorise(org_id, Permission.GATEWAY_MANAGE)
    return [policy(row) for row in await db.fetch(_OF_ORG, access.org_id)]


async def get(principal: Principal, org_id: OrgId, policy_id: UUID) -> Policy:
    access = principal.authorise(org_id, Permission.GATEWAY_MANAGE)
    row = await db.fetchrow(_ONE, access.org_id, policy_id)
    if row is None:
        raise PolicyNotFound
    return policy(row)


async def of_orgs(orgs: Sequence[OrgId]) -> Mapping[OrgId, Mapping[str, Policy]]:
    """By the name that they are for, for sending calls."""
    found: dict[OrgId, dict[str, Policy]] = {org_id: {} for org_id in orgs}
    for row in await db.fetch(_OF_ORGS, list(orgs)):
        found[OrgId(row["org_id"])][row["model"]] = policy(row)
    return found


def policy(row: Row) -> Policy:
    return Policy(
        row["id"],
        OrgId(row["org_id"]),
        row["model"],
        Strategy(row["strategy"]),
        [_choice(target) for target in orjson.loads(row["targets"])],
        row["baseline"],
        row["cache_seconds"],
        row["cached_percent"],
        None if row["when_client_leaves"] is None else WhenClientLeaves(row["when_client_leaves"]),
        row["created_at"],
        row["updated_at"],
    )


def _choice(target: Mapping[str, object]) -> Choice:
    declared, context, weight = target["capabilities"], target["context"], target["weight"]
    # Policies that were set before it could be said have none.
    most = target.get("max_output")
    return Choice(
        str(target["model"]),
        weight if isinstance(weight, int) else 1,
        frozenset(map(Capability, declared)) if isinstance(declared, list) else None,
        context if isinstance(context, int) else None,
        most if isinstance(most, int) else None,
    )
