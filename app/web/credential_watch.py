"""Closes open connections whose credential, membership or permission went away, also where nobody sends anything.

Operations look at the credential for themselves; an idle socket would notice nothing. One task of the process asks
PostgreSQL every few seconds about all distinct credentials at once, and does not run while no connection is open.
Before an update is sent the last look may be a second old at most (`look_lately`), however many it is for. Redis
has no part in it. While PostgreSQL cannot be asked nobody is closed, but for what the clock alone tells.
"""

import asyncio
import contextlib
import contextvars
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta

from aiohttp import web

from app.core.clock import utcnow
from app.core.errors import LaunchKitError
from app.core.principal import Principal
from app.infra import telemetry
from app.web import standing
from app.web.standing import Grants, Holder

log = telemetry.logger(__name__)

# Revocation closes within 5 s: this, the query and the closing.
INTERVAL_SECONDS = 3.0
REMINDER = timedelta(seconds=60)
_QUERY_SECONDS = 2.0
# A revoked key is refused everywhere within so long: what is sent by itself is no exception.
RECENT_SECONDS = 0.9

UNAUTHORIZED = 4401
FORBIDDEN = 4403

Remind = Callable[[datetime], Awaitable[None]]
Dismiss = Callable[[int, str], Awaitable[None]]


class Watched:
    """One open socket. `remind` tells its client when the credential will expire, `dismiss` closes it."""

    def __init__(self, principal: Principal, *, remind: Remind, dismiss: Dismiss) -> None:
        self.principal = principal
        self.granted: Grants = principal.orgs
        self.is_reminded = False
        self.remind = remind
        self.dismiss = dismiss

    def renew(self, principal: Principal) -> None:
        """By a newer credential. What was granted before is not forgotten: losing it still closes."""
        self.principal = principal
        self.is_reminded = False

    @property
    def holder(self) -> Holder:
        return Holder.of(self.principal)


class CredentialWatch:
    """One per process. Sockets add themselves once they are let in, and leave when they end.

    `context` is that of the application, not of the request that happens to be the first: its id is not ours.
    """

    def __init__(self, context: contextvars.Context, *, clock: Callable[[], datetime] = utcnow) -> None:
        self._context = context
        self._clock = clock
        self._watched: set[Watched] = set()
        self._task: asyncio.Task[None] | None = None
        self._messages: set[asyncio.Task[None]] = set()
        self._looked_at = -math.inf
        self._looking: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._watched)

    def add(self, watched: Watched) -> None:
        self._watched.add(watched)
        if self._task is None:
            context = self._context.copy()
            self._task = asyncio.create_task(self._run(), name="credential-watch", context=context)

    def discard(self, watched: Watched) -> None:
        self._watched.discard(watched)

    async def look_lately(self) -> None:
        """Returns when the last look is no older than `RECENT_SECONDS`; whoever may not stay is dismissed by then."""
        if asyncio.get_running_loop().time() - self._looked_at < RECENT_SECONDS:
            return
        if self._looking is None:
            context = self._context.copy()
            self._looking = asyncio.create_task(self._look(), name="credential-look", context=context)
        await asyncio.shield(self._looking)

    async def close(self) -> None:
        for task in (self._task, self._looking, *self._messages):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    async def _run(self) -> None:
        try:
            while self._watched:
                await asyncio.sleep(INTERVAL_SECONDS)
                await self._look()
        finally:
            self._task = None

    async def _look(self) -> None:
        began = asyncio.get_running_loop().time()
        try:
            await self._judge_all()
        finally:
            self._looked_at = began
            self._looking = None

    async def _judge_all(self) -> None:
        now = self._clock()
        for watched in list(self._watched):
            self._judge_time(watched, now)
        if not self._watched:
            return
        try:
            async with asyncio.timeout(_QUERY_SECONDS):
                await self._judge_standing(now)
        except (LaunchKitError, TimeoutError) as error:
            log.warning("credential_watch.cannot_look", error=str(error), sockets=len(self._watched))
        except Exception:
            # A dead watch would leave revoked credentials in place, and nobody would know.
            log.error("credential_watch.crashed", exc_info=True)

    def _judge_time(self, watched: Watched, now: datetime) -> None:
        expires_at = watched.principal.expires_at
        if expires_at is None:
            return
        if expires_at <= now:
            self._dismiss(watched, UNAUTHORIZED, "credential_expired")
        elif expires_at - now <= REMINDER and not watched.is_reminded:
            watched.is_reminded = True
            self._tell(watched.remind(expires_at))

    async def _judge_standing(self, now: datetime) -> None:
        held = {watched: watched.holder for watched in self._watched}
        found = await standing.grants(set(held.values()), now=now)
        for watched, holder in held.items():
            # Who left or renewed meanwhile was not asked about.
            if watched in self._watched and watched.holder == holder:
                self._judge(watched, found.get(holder))

    def _judge(self, watched: Watched, granted: Grants | None) -> None:
        if granted is None:
            self._dismiss(watched, UNAUTHORIZED, "credential_revoked")
        elif any(
            not before <= granted.get(org_id, frozenset()) for org_id, before in watched.granted.items()
        ):
            self._dismiss(watched, FORBIDDEN, "permission_lost")
        else:
            watched.granted = granted

    def _dismiss(self, watched: Watched, code: int, reason: str) -> None:
        self._watched.discard(watched)
        log.info("credential_watch.closed", code=code, reason=reason, principal_kind=watched.principal.kind)
        self._tell(watched.dismiss(code, reason))

    def _tell(self, message: Awaitable[None]) -> None:
        """Apart from the watch: one client that takes nothing must not hold up the others."""
        task = asyncio.create_task(_quietly(message))
        self._messages.add(task)
        task.add_done_callback(self._messages.discard)


async def _quietly(message: Awaitable[None]) -> None:
    try:
        await message
    except Exception:
        log.info("credential_watch.not_told", exc_info=True)


WATCH = web.AppKey("launchkit.credential_watch", CredentialWatch)


async def running(app: web.Application) -> AsyncIterator[None]:
    """The watch of an application: for its `cleanup_ctx`."""
    app[WATCH] = watch = CredentialWatch(contextvars.copy_context())
    yield
    await watch.close()
