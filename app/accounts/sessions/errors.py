"""What can go wrong with sessions."""

from app.core.errors import Forbidden, Unauthenticated


class RefreshRefused(Unauthenticated):
    """The same for a token that is unknown, used, expired, of an ended session, or not of this browser's."""

    code = "refresh_refused"
    title = "The refresh token is not valid (any more); sign in again."


class NoSession(Forbidden):
    code = "no_session"
    title = "This credential belongs to no session that was begun here: there is nothing to sign out of."
