"""Reading the trace of one call."""

from app.core.errors import Unavailable
from app.core.ids import OrgId
from app.core.principal import Permission, Principal
from app.gateway.errors import TraceNotFound
from app.gateway.tracing.log import TraceLog
from app.gateway.tracing.trace import Trace


async def get(principal: Principal, org_id: OrgId, request_id: str, *, log: TraceLog) -> Trace:
    """A key sees the calls of its workspace. Raises `TraceNotFound`, `Unavailable`."""
    access = principal.authorise(org_id, Permission.USAGE_READ)
    try:
        found = await log.find(access.org_id, request_id)
    except ConnectionError as error:
        raise Unavailable("Traces cannot be read right now.") from error
    if found is None or principal.workspace_id not in (None, found.workspace_id):
        raise TraceNotFound
    return found
