"""Reading what tops wallets up, and what came of it."""

from collections.abc import Sequence

from app.core.ids import OrgId, WalletId
from app.core.pagination import Page, PageRequest
from app.core.principal import Permission, Principal
from app.credits import queries as wallets
from app.credits.top_ups import records
from app.credits.top_ups.errors import AutoTopUpNotFound
from app.credits.top_ups.types import AutoTopUp, TopUp
from app.infra import db

_OF_WALLETS = f"SELECT {records.AUTO_COLUMNS} FROM auto_top_up WHERE wallet_id = ANY ($1::uuid[])"
_LAST = f"""
SELECT t.* FROM unnest($1::uuid[]) AS w (id) CROSS JOIN LATERAL (
    SELECT {records.TOP_UP_COLUMNS} FROM top_up WHERE wallet_id = w.id ORDER BY id DESC LIMIT 1
) AS t
"""
_PAGE = f"""
SELECT {records.TOP_UP_COLUMNS} FROM top_up WHERE wallet_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3
"""


async def get(principal: Principal, org_id: OrgId, wallet_id: WalletId) -> AutoTopUp:
    """Raises `WalletNotFound`, `AutoTopUpNotFound`."""
    principal.authorise(org_id, Permission.CREDITS_READ)
    await wallets.wallet(principal, org_id, wallet_id)
    [found] = await of_wallets([wallet_id])
    if found is None:
        raise AutoTopUpNotFound
    return found


async def page(
    principal: Principal, org_id: OrgId, wallet_id: WalletId, *, request: PageRequest
) -> Page[TopUp]:
    """The wallet's top-ups, newest first. Raises `WalletNotFound`."""
    principal.authorise(org_id, Permission.CREDITS_READ)
    await wallets.wallet(principal, org_id, wallet_id)
    rows = await db.fetch(_PAGE, wallet_id, request.position, request.first + 1)
    return Page.of([records.top_up(row) for row in rows], request)


async def of_wallets(wallet_ids: Sequence[WalletId]) -> list[AutoTopUp | None]:
    """Of each wallet, with the last top-up; two queries. Of wallets that the caller may read."""
    rows = await db.fetch(_OF_WALLETS, list(wallet_ids))
    if not rows:
        return [None] * len(wallet_ids)
    last = {row["wallet_id"]: records.top_up(row) for row in await db.fetch(_LAST, list(wallet_ids))}
    found = {row["wallet_id"]: records.auto_top_up(row, last.get(row["wallet_id"])) for row in rows}
    return [found.get(wallet_id) for wallet_id in wallet_ids]
