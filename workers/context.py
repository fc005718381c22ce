"""What a running handler can reach: the `JobContext` of this process."""

import asyncio
import contextlib
import time
from collections.abc import Sequence

from app.core.clock import utcnow
from app.core.ids import JobId, OrgId
from app.core.text import storable
from app.infra import telemetry
from app.infra.pubsub import Publisher
from app.jobs import events, execution
from app.jobs.errors import LeaseLost
from app.jobs.execution import Lease
from app.jobs.kinds import Providers
from app.jobs.state import State
from app.jobs.types import ItemOutcome, ModelCall
from workers.stopping import Reason, Wish
from workers.writing import PASSING, write

log = telemetry.logger(__name__)

# Subscribers are shown progress at most this often; text that comes faster travels together.
_REPORT_SECONDS = 0.2
# What was noted is kept when the handler goes on for so long: most note a call and end.
_NOTE_SECONDS = 1.0


class RunningJob:
    """One attempt at one job."""

    def __init__(self, lease: Lease, wish: Wish, providers: Providers, publisher: Publisher) -> None:
        self._lease = lease
        self._wish = wish
        self._providers = providers
        self._publisher = publisher
        self._percent = 0
        self._text: list[str] = []
        self._written = 0
        self._reported_at = 0.0
        self._calls: list[ModelCall] = []
        self._kept = 0
        self._keeping: asyncio.Task[None] | None = None
        self._is_over = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._has_items = False
        self._flushing = asyncio.Lock()

    @property
    def org_id(self) -> OrgId:
        return self._lease.job.org_id

    @property
    def job_id(self) -> JobId:
        return self._lease.job.id

    @property
    def providers(self) -> Providers:
        return self._providers

    @property
    def is_cancelling(self) -> bool:
        return self._wish.reason is Reason.CANCELLED

    @property
    def calls(self) -> Sequence[ModelCall]:
        """Those that the handler noted so far."""
        return self._calls

    def note(self, *calls: ModelCall) -> None:
        self._calls.extend(calls)
        # A handler may do its work in a thread.
        self._loop.call_soon_threadsafe(self._keep_noted)

    def close(self) -> None:
        """The handler has ended, or nobody waits for it any more: whoever writes its end knows of its calls."""
        self._is_over.set()

    def _keep_noted(self) -> None:
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.create_task(self._write_noted())

    async def _write_noted(self) -> None:
        """For a bill that no worker will write: this one may be killed. What fails is tried again with the next."""
        while self._kept < len(self._calls):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_NOTE_SECONDS):
                    await self._is_over.wait()
            if self._is_over.is_set():
                return
            calls = list(self._calls)
            try:
                self._heed(await execution.note_calls(self._lease, calls))
            except LeaseLost:
                return
            except PASSING as error:
                log.warning("job.calls_not_noted", error=str(error))
            else:
                self._kept = len(calls)

    async def saved_items(self) -> Sequence[ItemOutcome]:
        self._has_items = True
        return await execution.saved_items(self._lease)

    async def save_items(self, *items: ItemOutcome) -> None:
        self._has_items = True
        self._heed(await write(lambda: execution.save_items(self._lease, items, now=utcnow())))

    async def all_calls(self) -> Sequence[ModelCall]:
        """Those of its saved items too, whichever attempt made them."""
        if not self._has_items:
            return self._calls
        saved = await write(lambda: execution.saved_items(self._lease))
        return [*(call for item in saved for call in item.calls), *self._calls]

    async def report(self, progress: float, text: str = "") -> None:
        if text:
            self._text.append(text)
        percent = max(self._percent, min(99, int(progress * 100)))
        has_news = bool(self._text) or percent > self._percent
        self._percent = percent
        if has_news and time.monotonic() - self._reported_at >= _REPORT_SECONDS:
            await self.flush()

    async def flush(self) -> None:
        """Writes what was reported and not yet shown. A database that is away or busy costs progress, not the job."""
        self._reported_at = time.monotonic()
        # One at a time, and what is reported meanwhile is the next one's: a handler may do several things at once.
        async with self._flushing:
            # Of a character that came in two halves both are here, as a rule.
            delta = storable("".join(self._text))
            self._text.clear()
            try:
                state = await execution.progress(
                    self._lease, percent=self._percent, offset=self._written, delta=delta, now=utcnow()
                )
            except BaseException as error:
                self._text.insert(0, delta)
                if not isinstance(error, PASSING):
                    raise
                log.warning("job.progress_not_written", error=str(error))
                return
            self._written += len(delta)
        self._heed(state)
        try:
            await self._publisher.wake(events.topic(self.job_id))
        except ConnectionError as error:
            log.warning("job.progress_not_published", error=str(error))

    @property
    def has_unwritten_text(self) -> bool:
        return bool(self._text)

    def _heed(self, state: State) -> None:
        if state is State.CANCELLING:
            self._wish.tell(Reason.CANCELLED)
