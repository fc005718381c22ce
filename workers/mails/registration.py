"""The actor that mails what signing up has to say to somebody who did so before."""

from uuid import UUID

from app.accounts.links.tasks import QUEUE
from app.core.ids import UserId
from app.identity import queries as identity
from workers import runtime
from workers.actor import actor
from workers.mails.post import post
from workers.mails.rendering import render


@actor(queue=QUEUE)
async def send_sign_up_notice(*, user_id: str, at: str, **_: object) -> None:
    """Tells the owner of an account that somebody tried to sign up with its address at `at`."""
    [user] = await identity.users_by_id([UserId(UUID(user_id))])
    if user is None:
        return
    await post(
        render(
            "sign_up_notice",
            key=f"sign-up:{user_id}:{at}",
            to=user.email,
            name=user.name,
            email=user.email,
            reset_url=f"{runtime.current().settings.public_url}/account/reset-password",
        )
    )
