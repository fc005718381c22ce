"""Actors that mail what an account's person has to know or to open."""

from datetime import datetime
from uuid import UUID

from app.accounts.links import queries, signing, tasks
from app.accounts.links.purposes import Purpose
from app.accounts.notices import Change
from app.core.clock import utcnow
from app.core.ids import LinkId, UserId
from app.identity import queries as identity
from workers import runtime
from workers.actor import actor
from workers.mails.post import post
from workers.mails.rendering import render

# Of `app.web.pages`.
_PAGES = {Purpose.VERIFY_EMAIL: "verify-email", Purpose.RESET_PASSWORD: "reset-password"}

_CHANGES = {
    Change.TOTP_ENABLED: "A second factor was switched on for",
    Change.TOTP_DISABLED: "The second factor was switched off for",
    Change.IDENTITY_LINKED: "An account elsewhere was linked, and may now sign in, to",
}


@actor(queue=tasks.QUEUE)
async def send_link(*, link_id: str, **_: object) -> None:
    """Mails one link, unless it was used, is too old, or was never made: an address that nobody has."""
    link = await queries.find_open(LinkId(UUID(link_id)), now=utcnow())
    if link is None:
        return
    token = signing.token(runtime.current().account_keys.links, link.purpose, link.id)
    # Behind the #: it reaches the page's script, and neither a server's log nor the next site's Referer.
    url = f"{_page(link.purpose)}#{token}"
    await post(
        render(
            link.purpose.value,
            key=f"link:{link_id}",
            to=link.email,
            name=link.name,
            email=link.email,
            url=url,
            expires_at=link.expires_at,
        )
    )


@actor(queue=tasks.QUEUE)
async def send_password_notice(*, user_id: str, at: str, **_: object) -> None:
    """Tells a person that their password was changed at `at`."""
    [user] = await identity.users_by_id([UserId(UUID(user_id))])
    if user is None:
        return
    await post(
        render(
            "password_changed",
            key=f"password:{user_id}:{at}",
            to=user.email,
            name=user.name,
            email=user.email,
            at=datetime.fromisoformat(at),
            reset_url=_page(Purpose.RESET_PASSWORD),
        )
    )


@actor(queue=tasks.QUEUE)
async def send_account_notice(*, user_id: str, change: str, at: str, **_: object) -> None:
    """Tells a person that another way to sign in was set up, or one taken away, at `at`."""
    [user] = await identity.users_by_id([UserId(UUID(user_id))])
    if user is None:
        return
    await post(
        render(
            "account_changed",
            key=f"account:{user_id}:{change}:{at}",
            to=user.email,
            name=user.name,
            email=user.email,
            what=_CHANGES[Change(change)],
            at=datetime.fromisoformat(at),
            reset_url=_page(Purpose.RESET_PASSWORD),
        )
    )


def _page(purpose: Purpose) -> str:
    return f"{runtime.current().settings.public_url}/account/{_PAGES[purpose]}"
