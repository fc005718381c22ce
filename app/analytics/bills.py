"""The monthly bill of an org: its plan's price and the tokens of the month, of all of its workspaces."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.core.errors import FieldError, InvalidInput
from app.core.ids import OrgId
from app.core.principal import Permission, Principal
from app.infra import db
from app.plans import bills, current
from app.plans.bills import Bill
from app.plans.types import ref_of

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_FIRST_YEAR = 1970

_USED = """
SELECT o.plan, o.plan_version, (
    SELECT coalesce(sum(d.input_tokens + d.output_tokens), 0)::bigint FROM usage_rollup_day d
    WHERE d.org_id = o.id AND d.day >= $2 AND d.day < $3
) AS tokens
FROM org o WHERE o.id = $1
"""


@dataclass(frozen=True, slots=True)
class MonthlyBill:
    """Of the calendar month `[start, end)` in UTC; late events still change it."""

    start: datetime
    end: datetime
    bill: Bill


async def monthly(principal: Principal, org_id: OrgId, *, month: str | None, now: datetime) -> MonthlyBill:
    """Of `month` (`2026-11`), or of the present one so far; by the version of the plan that the org is on now."""
    access = principal.authorise(org_id, Permission.USAGE_READ)
    start = _start(month, now)
    end = (start + timedelta(days=31)).replace(day=1)
    row = await db.fetchrow(_USED, access.org_id, start, end)
    assert row is not None  # else nobody would be authorised for it
    plan = current.catalogue().of(ref_of(row["plan"], row["plan_version"]))
    return MonthlyBill(start, end, bills.bill(plan, row["tokens"]))


def _start(month: str | None, now: datetime) -> datetime:
    present = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    if month is None:
        return present
    found = _MONTH.fullmatch(month)
    if found is None or int(found[1]) < _FIRST_YEAR:
        raise InvalidInput([FieldError("month", "invalid_month", "Write it as year and month: 2026-11.")])
    start = present.replace(year=int(found[1]), month=int(found[2]))
    if start > present:
        raise InvalidInput(
            [FieldError("month", "too_early", "It has not begun: name this month or one before.")]
        )
    return start
