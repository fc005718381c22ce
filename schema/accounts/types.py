"""Sessions as the schema shows them."""

from datetime import datetime
from enum import Enum

import strawberry

from app.accounts import types as domain
from app.accounts.sessions import types as sessions
from app.core import ids
from app.core.ids import SessionId
from schema.core.errors import Problem
from schema.core.node import Node
from schema.orgs.types import User

_PREFIX = "ses"


@strawberry.enum(description="How the tokens of a session travel.")
class SessionTransport(Enum):
    TOKEN = strawberry.enum_value("token", description="In the answer; the client keeps and sends them.")
    COOKIE = strawberry.enum_value(
        "cookie", description="In cookies that no script can read: for pages in a browser."
    )


@strawberry.type(description="A session has begun, or goes on with new tokens.")
class SignedIn:
    user: User = strawberry.field(description="Who signed in.")
    session_id: strawberry.ID = strawberry.field(description="The session.")
    access_token: str | None = strawberry.field(
        description="Send as `Authorization: Bearer …`; null where it is in a cookie."
    )
    expires_at: datetime = strawberry.field(description="From when on the access token is refused.")
    refresh_token: str | None = strawberry.field(
        description="Good once, for the next pair of tokens; null where it is in a cookie."
    )
    refresh_expires_at: datetime = strawberry.field(description="From when on one has to sign in again.")
    csrf_token: str | None = strawberry.field(
        description="Send as `X-CSRF-Token` with whatever is not a GET; null where no cookies are used."
    )

    @classmethod
    def of(cls, signed_in: domain.SignedIn, *, csrf_token: str | None) -> "SignedIn":
        """With `csrf_token` the tokens are in cookies, and not here."""
        is_bare = csrf_token is None
        return cls(
            user=User.of(signed_in.user),
            session_id=session_id(signed_in.session_id),
            access_token=signed_in.access.token if is_bare else None,
            expires_at=signed_in.access.expires_at,
            refresh_token=signed_in.refresh.token if is_bare else None,
            refresh_expires_at=signed_in.refresh.expires_at,
            csrf_token=csrf_token,
        )


@strawberry.type(description="The refresh token is unknown, used, expired, or its session has ended.")
class RefreshRefused(Problem):
    pass


@strawberry.type(description="From one sign-in to its end: on one device, usually.")
class Session(Node):
    method: str = strawberry.field(description="`password`, or the issuer of an external identity.")
    created_at: datetime = strawberry.field(description="When it was begun.")
    last_seen_at: datetime = strawberry.field(description="When it was begun or last refreshed.")
    expires_at: datetime = strawberry.field(description="When it ends if it is not refreshed.")
    ip: str | None = strawberry.field(description="The address that it was begun from.")
    user_agent: str | None = strawberry.field(description="What the client called itself then.")
    is_current: bool = strawberry.field(description="Whether it is the one that asks.")

    @classmethod
    def of(cls, session: sessions.Session, *, current: SessionId | None) -> "Session":
        return cls(
            id=session_id(session.id),
            method=session.method,
            created_at=session.created_at,
            last_seen_at=session.last_seen_at,
            expires_at=session.expires_at,
            ip=session.ip,
            user_agent=session.user_agent,
            is_current=session.id == current,
        )


def session_id(value: SessionId) -> strawberry.ID:
    return strawberry.ID(ids.encode(_PREFIX, value))


def find_session_id(text: str) -> SessionId | None:
    found = ids.find(_PREFIX, text)
    return None if found is None else SessionId(found)
