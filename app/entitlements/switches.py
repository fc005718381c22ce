"""Defining feature flags for the installation, and switching them for an org."""

from datetime import datetime

from app.audit import service as audit
from app.audit.types import INSTALLATION, Action, Entry
from app.core.errors import FieldError, InvalidInput
from app.core.ids import OrgId
from app.core.principal import SYSTEM, Permission, Principal
from app.entitlements import events, flags, records
from app.entitlements.errors import (
    FlagNotFound,
    FlagNotPermitted,
)
from app.entitlements.types import (
    Flag,
    FlagState,
)
from app.infra import db
from app.outbox import service as outbox
from app.plans import current as plans

_FLAG = f"SELECT {records.FLAG_COLUMNS} FROM feature_flag WHERE key = $1 FOR SHARE"
_PLAN = "SELECT plan FROM org WHERE id = $1"
_OVERRIDE = """
INSERT INTO feature_flag_override (flag_key, org_id, is_enabled, updated_at)
VALUES ($1::text, $2::uuid, $3::boolean, $4::timestamptz)
ON CONFLICT (flag_key, org_id) DO UPDATE SET is_enabled = excluded.is_enabled, updated_at = excluded.updated_at
"""
_NO_OVERRIDE = "DELETE FROM feature_flag_override WHERE flag_key = $1::text AND org_id = $2::uuid"
_DEFINE = f"""
INSERT INTO feature_flag (key, description, plans, percentage, updated_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (key) DO UPDATE SET description = excluded.description, plans = excluded.plans,
    percentage = excluded.percentage, updated_at = excluded.updated_at
RETURNING {records.FLAG_COLUMNS}
"""
_UNDEFINE = "DELETE FROM feature_flag WHERE key = $1 RETURNING key"


async def set_flag(
    principal: Principal, org_id: OrgId, *, key: str, is_enabled: bool | None, now: datetime
) -> FlagState:
    """The org's own switch of a flag; None leaves it to the rollout. Raises `FlagNotFound`, `FlagNotPermitted`."""
    access = principal.authorise(org_id, Permission.ORG_MANAGE)
    async with db.unit_of_work() as uow:
        rows = await uow.fetch(_FLAG, key)
        if not rows:
            raise FlagNotFound
        [org] = await uow.fetch(_PLAN, access.org_id)
        state = flags.state(
            records.flag(rows[0]), org_id=access.org_id, plan=org["plan"], override=is_enabled
        )
        if not state.is_permitted:
            raise FlagNotPermitted
        if is_enabled is None:
            uow.add(_NO_OVERRIDE, key, access.org_id)
        else:
            uow.add(_OVERRIDE, key, access.org_id, is_enabled, now)
        changes = {"key": key, "is_enabled": is_enabled}
        entry = Entry(access.org_id, Action.FEATURE_FLAG_SET, principal, "feature_flag", None, now, changes)
        audit.record(uow, entry)
        outbox.publish(uow, events.changed(access.org_id), now=now)
    return state


async def define_flag(flag: Flag, *, now: datetime) -> Flag:
    """For operators: makes the flag, or takes the place of what was said of it. Raises `InvalidInput`."""
    await plans.read()
    if unknown := [plan for plan in flag.plans or () if not plans.catalogue().has_code(plan)]:
        mend = f"There is no plan {', '.join(unknown)}."
        raise InvalidInput([FieldError("plans", "unknown_plan", mend)])
    async with db.unit_of_work() as uow:
        listed = None if flag.plans is None else list(flag.plans)
        [row] = await uow.fetch(_DEFINE, flag.key, flag.description, listed, flag.percentage, now)
        changes = {"key": flag.key, "plans": listed, "percentage": flag.percentage}
        entry = Entry(INSTALLATION, Action.FEATURE_FLAG_DEFINED, SYSTEM, "feature_flag", None, now, changes)
        audit.record(uow, entry)
        outbox.publish(uow, events.changed(INSTALLATION), now=now)
    return records.flag(row)


async def remove_flag(key: str, *, now: datetime) -> None:
    """For operators: with what orgs switched of it. Raises `FlagNotFound`."""
    async with db.unit_of_work() as uow:
        if not await uow.fetch(_UNDEFINE, key):
            raise FlagNotFound
        entry = Entry(
            INSTALLATION, Action.FEATURE_FLAG_REMOVED, SYSTEM, "feature_flag", None, now, {"key": key}
        )
        audit.record(uow, entry)
        outbox.publish(uow, events.changed(INSTALLATION), now=now)
