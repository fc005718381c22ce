"""`/v1/credits/wallets`: whose credit there is, what was given, and what changed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from aiohttp import web
from pydantic import Field

from app.core import ids
from app.core.clock import utcnow
from app.core.errors import FieldError, InvalidInput
from app.core.ids import WalletId
from app.core.money import to_text
from app.core.pagination import encode_cursor
from app.core.principal import Environment, Permission, Principal
from app.credits import queries
from app.credits.errors import WalletNotFound
from app.credits.types import OwnerKind, Transaction, Wallet
from app.rest import paging
from app.rest.operation import Operation, Parameter
from app.rest.v1.credit import GrantView, grant_view
from app.web.body import json_response
from app.web.organisation import sole_org

_PATH = "/v1/credits/wallets"
_TEXT = "Decimal as text"
Cursor = Annotated[str | None, Field(description="Pass as `cursor` for the next page; null at the end")]
ENVIRONMENT = Parameter(
    "environment",
    "query",
    Literal["live", "test"],
    "Default: that of your key; a key sees no other",
)


@dataclass(frozen=True, slots=True)
class OwnerView:
    kind: OwnerKind
    ref: Annotated[
        str | None,
        Field(description="Your own id for the customer, or the team's name; null of the org's own"),
    ]


@dataclass(frozen=True, slots=True)
class WalletView:
    """Prepaid credit of an org, a team or a customer."""

    id: Annotated[str, Field(description="wal_…")]
    owner: OwnerView
    environment: Environment
    balance: Annotated[
        str, Field(description="The sum of its ledger: what its grants have left, less debt. Decimal as text")
    ]
    held: Annotated[str, Field(description="Of the balance, what open holds have set aside; decimal as text")]
    debt: Annotated[
        str, Field(description="Used beyond what there was; the next grant repays it. Decimal as text")
    ]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class WalletWithCreditView(WalletView):
    """A wallet, and what can be taken from it."""

    available: Annotated[
        str, Field(description="What any use could take now, without credit of one feature. Decimal as text")
    ]


@dataclass(frozen=True, slots=True)
class WalletList:
    data: list[WalletView]
    next_cursor: Cursor


@dataclass(frozen=True, slots=True)
class GrantList:
    data: list[GrantView]
    next_cursor: Cursor


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of a ledger transaction; those of one transaction sum to zero."""

    account: Annotated[str, Field(description="`credit`, `debt`, `issued`, `consumed` or `expired`")]
    grant_id: Annotated[str | None, Field(description="Of `credit`: grant_…")]
    amount: Annotated[str, Field(description="Positive or negative; decimal as text")]


@dataclass(frozen=True, slots=True)
class TransactionView:
    """A change of a wallet's balance, never changed itself."""

    id: Annotated[str, Field(description="txn_…")]
    kind: Annotated[
        str, Field(description="`grant`, `consume`, `settle`, `repay`, `expire`, `refund` or `claw_back`")
    ]
    at: datetime
    amount: Annotated[str, Field(description="What it moved; decimal as text")]
    balance_after: Annotated[str, Field(description=_TEXT)]
    hold_id: Annotated[str | None, Field(description="The hold that it ended")]
    reverses_id: Annotated[
        str | None,
        Field(
            description="What it gives or takes back: a transaction, or a grant, whose id is its transaction's"
        ),
    ]
    note: str | None
    entries: list[EntryView]


@dataclass(frozen=True, slots=True)
class Ledger:
    data: list[TransactionView]
    next_cursor: Cursor


def view(wallet: Wallet) -> WalletView:
    return WalletView(
        id=ids.encode("wal", wallet.id),
        owner=OwnerView(wallet.owner.kind, wallet.owner.ref or None),
        environment=wallet.environment,
        balance=to_text(wallet.balance),
        held=to_text(wallet.held),
        debt=to_text(wallet.debt),
        created_at=wallet.created_at,
    )


def transaction_view(transaction: Transaction) -> TransactionView:
    hold_id, reverses_id = transaction.hold_id, transaction.reverses_id
    return TransactionView(
        id=ids.encode("txn", transaction.id),
        kind=transaction.kind,
        at=transaction.at,
        amount=to_text(transaction.amount),
        balance_after=to_text(transaction.balance_after),
        hold_id=None if hold_id is None else ids.encode("hold", hold_id),
        reverses_id=None if reverses_id is None else ids.encode("txn", reverses_id),
        note=transaction.note,
        entries=[
            EntryView(
                entry.account,
                None if entry.grant_id is None else ids.encode("grant", entry.grant_id),
                to_text(entry.amount),
            )
            for entry in transaction.entries
        ],
    )


async def page(request: web.Request, principal: Principal) -> web.Response:
    found = await queries.wallets(
        principal,
        sole_org(principal),
        request=paging.read(request),
        kind=_owner_kind(request),
        environment=environment(request),
    )
    cursor = encode_cursor(found.items[-1].id) if found.has_next else None
    return json_response(WalletList([view(wallet) for wallet in found.items], cursor))


async def get(request: web.Request, principal: Principal) -> web.Response:
    found = await queries.wallet(principal, sole_org(principal), wallet_id(request))
    credit = await queries.credits_of(principal, found, now=utcnow())
    shown = view(found)
    return json_response(
        WalletWithCreditView(
            shown.id,
            shown.owner,
            shown.environment,
            shown.balance,
            shown.held,
            shown.debt,
            shown.created_at,
            to_text(credit.available),
        )
    )


async def grants(request: web.Request, principal: Principal) -> web.Response:
    found = await queries.grants(
        principal, sole_org(principal), wallet_id(request), request=paging.read(request)
    )
    cursor = encode_cursor(found.items[-1].id) if found.has_next else None
    return json_response(GrantList([grant_view(grant) for grant in found.items], cursor))


async def ledger(request: web.Request, principal: Principal) -> web.Response:
    found = await queries.ledger(
        principal, sole_org(principal), wallet_id(request), request=paging.read(request)
    )
    cursor = encode_cursor(found.items[-1].id) if found.has_next else None
    return json_response(Ledger([transaction_view(one) for one in found.items], cursor))


def wallet_id(request: web.Request) -> WalletId:
    found = ids.find("wal", request.match_info["id"])
    if found is None:
        raise WalletNotFound
    return WalletId(found)


def environment(request: web.Request) -> Environment | None:
    match request.query.get("environment"):
        case None:
            return None
        case "live":
            return "live"
        case "test":
            return "test"
    raise InvalidInput([FieldError("environment", "unknown", "Use live or test.")])


def _owner_kind(request: web.Request) -> OwnerKind | None:
    text = request.query.get("owner_kind")
    if text is not None and text not in set(OwnerKind):
        raise InvalidInput([FieldError("owner_kind", "unknown", f"Use {', '.join(OwnerKind)}.")])
    return None if text is None else OwnerKind(text)


ID = Parameter("id", "path", str, "wal_…", required=True)


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            _PATH,
            "list_wallets",
            "Wallets, newest first.",
            Permission.CREDITS_READ,
            page,
            {200: ("A page of wallets", WalletList)},
            parameters=[
                Parameter("owner_kind", "query", OwnerKind, "Only those of owners of this kind"),
                ENVIRONMENT,
                *paging.PARAMETERS,
            ],
            tag="Credits",
        ),
        Operation(
            "GET",
            f"{_PATH}/{{id}}",
            "get_wallet",
            "One wallet.",
            Permission.CREDITS_READ,
            get,
            {200: ("The wallet", WalletWithCreditView)},
            parameters=[ID],
            tag="Credits",
        ),
        Operation(
            "GET",
            f"{_PATH}/{{id}}/grants",
            "list_grants",
            "All that a wallet was given, newest first.",
            Permission.CREDITS_READ,
            grants,
            {200: ("A page of grants", GrantList)},
            parameters=[ID, *paging.PARAMETERS],
            tag="Credits",
        ),
        Operation(
            "GET",
            f"{_PATH}/{{id}}/ledger",
            "list_ledger",
            "What changed a wallet's balance, newest first.",
            Permission.CREDITS_READ,
            ledger,
            {200: ("A page of the ledger", Ledger)},
            parameters=[ID, *paging.PARAMETERS],
            tag="Credits",
        ),
    ]
