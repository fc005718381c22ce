"""Reading one's own sessions."""

import strawberry

from app.accounts.sessions import queries as sessions
from schema.accounts import delivery
from schema.accounts.types import Session
from schema.core.context import Info


@strawberry.type
class SessionQueries:
    @strawberry.field(description="Your sessions that have not ended, newest first, 100 at most.")
    async def sessions(self, info: Info) -> list[Session]:
        principal = info.context.principal
        found = await sessions.live(principal, now=info.context.now)
        return [Session.of(session, current=principal.session_id) for session in found]

    @strawberry.field(
        description="What a page has to send as `X-CSRF-Token`, also when its access token has expired; null without "
        "the cookies of a session. Ask by GET."
    )
    def csrf_token(self, info: Info) -> str | None:
        session_id = info.context.credential.cookie_session
        return None if session_id is None else delivery.csrf_token(info.context, session_id)
